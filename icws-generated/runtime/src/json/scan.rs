//! The grammar of JSON, RFC 8259: where its tokens end in a text.
//!
//! Everything here takes a text and a position in it, and gives the position
//! behind what it found.

use std::borrow::Cow;

/// How deep arrays and objects may nest: a text must not be able to use up the
/// stack.
pub(super) const DEPTH: u32 = 128;

/// What is wrong with a text, and at which byte.
pub(super) type Fault = (&'static str, usize);

/// A text without the byte order mark that some servers, proxies and editors put before
/// it.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text)
}

/// A token, and where it ends.
type Scan<T> = Result<(T, usize), Fault>;

/// The byte of the next token, if there is one, and where it is.
pub(super) fn token(text: &[u8], mut at: usize) -> (Option<u8>, usize) {
    loop {
        match text.get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
            other => return (other.copied(), at),
        }
    }
}

/// Reads one of the three words that JSON has.
pub(super) fn word(text: &[u8], at: usize, word: &str) -> Result<usize, Fault> {
    let end = at + word.len();
    if text.get(at..end) == Some(word.as_bytes()) {
        Ok(end)
    } else {
        Err(("expected `true`, `false` or `null`", at))
    }
}

/// A byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Passes over characters of a string that stand for themselves, eight bytes at
/// a time; whether all are ASCII.
fn plain(text: &[u8], mut at: usize) -> (bool, usize) {
    const HIGH: u64 = each(0x80);
    // The lowest byte that is zero comes out with its high bit set; those above
    // it may too.
    let zero = |word: u64| word.wrapping_sub(each(1)) & !word & HIGH;
    let mut seen = 0;
    while let Some(eight) = text.get(at..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(each(0x20)) & !word & HIGH;
        let stop = control | zero(word ^ each(b'"')) | zero(word ^ each(b'\\'));
        if stop != 0 {
            let bytes = stop.trailing_zeros() / 8;
            let before = (1 << (8 * bytes)) - 1;
            return ((seen | word & before) & HIGH == 0, at + bytes as usize);
        }
        seen |= word;
        at += 8;
    }
    while let Some(byte) = text.get(at) {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            break;
        }
        seen |= u64::from(*byte);
        at += 1;
    }
    (seen & HIGH == 0, at)
}

/// Reads a string, from behind its opening quote to behind its closing one.
pub(super) fn string(text: &[u8], start: usize) -> Scan<Cow<'_, str>> {
    let (_, end) = plain(text, start);
    if text.get(end) == Some(&b'"') {
        return Ok((Cow::Borrowed(utf8(text, start, end)?), end + 1));
    }
    let mut value = String::new();
    let mut from = start;
    loop {
        let (_, end) = plain(text, from);
        value.push_str(utf8(text, from, end)?);
        match text.get(end) {
            Some(b'"') => return Ok((Cow::Owned(value), end + 1)),
            _ => {
                let (character, behind) = escape(text, end)?;
                value.push(character);
                from = behind;
            }
        }
    }
}

/// As [`string`], without its value.
fn skip_string(text: &[u8], start: usize) -> Result<usize, Fault> {
    let mut from = start;
    loop {
        let (ascii, end) = plain(text, from);
        if !ascii {
            utf8(text, from, end)?;
        }
        match text.get(end) {
            Some(b'"') => return Ok(end + 1),
            _ => from = escape(text, end)?.1,
        }
    }
}

fn utf8(text: &[u8], start: usize, end: usize) -> Result<&str, Fault> {
    std::str::from_utf8(text.get(start..end).unwrap_or_default())
        .map_err(|error| ("the string is not UTF-8", start + error.valid_up_to()))
}

/// Reads an escape; anything else that [`plain`] stops at is not allowed.
#[cold]
fn escape(text: &[u8], at: usize) -> Scan<char> {
    match text.get(at) {
        Some(b'\\') => {}
        Some(_) => return Err(("a control character in a string", at)),
        None => return Err(("the text ends within a string", at)),
    }
    let character = match text.get(at + 1) {
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(text, at),
        Some(_) => return Err(("an escape that JSON does not have", at)),
        None => return Err(("the text ends within a string", at + 1)),
    };
    Ok((character, at + 2))
}

/// Reads `\u` and four digits; for a character beyond those, twice.
fn unicode(text: &[u8], at: usize) -> Scan<char> {
    let first = four_digits(text, at)?;
    let behind = at + 6;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, behind));
    }
    // A server that cuts text at a length leaves halves of characters: what is left of
    // one is shown as such, and the rest of the text is not lost for it.
    let half = (char::REPLACEMENT_CHARACTER, behind);
    let Ok(second) = four_digits(text, behind) else {
        return Ok(half);
    };
    let pair = char::decode_utf16([first, second].map(|unit| unit as u16)).next();
    match pair {
        Some(Ok(character)) => Ok((character, behind + 6)),
        _ => Ok(half),
    }
}

fn four_digits(text: &[u8], at: usize) -> Result<u32, Fault> {
    let escape = text.get(at..at + 6).unwrap_or_default();
    escape
        .strip_prefix(b"\\u")
        .and_then(|digits| {
            digits.iter().try_fold(0, |value, digit| {
                Some(value * 16 + char::from(*digit).to_digit(16)?)
            })
        })
        .ok_or(("expected `\\u` and four hexadecimal digits", at))
}

/// Passes over a string, from behind its opening quote, whatever is in it.
fn skip_string_loosely(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Passes over a value that is not JSON in every detail: by its brackets and strings
/// alone, so that what follows it is not lost. `None` when the text ends within it.
pub(super) fn skip_loosely(text: &[u8], start: usize) -> Option<usize> {
    // There is no value at all: what follows the comma is another one.
    if text.get(start) == Some(&b',') {
        return Some(start);
    }
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match text.get(at) {
            Some(b'"') => at = skip_string_loosely(text, at + 1)?,
            Some(b'{' | b'[') => {
                depth += 1;
                at += 1;
            }
            Some(b'}' | b']') if depth > 0 => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            // The blanks before the comma are not part of it.
            Some(b',' | b'}' | b']') | None if depth == 0 && at > start => {
                return Some(start + text.get(start..at)?.trim_ascii_end().len());
            }
            None => return None,
            Some(_) => at += 1,
        }
        if depth == 0 && text.get(start) == Some(&b'"') {
            return Some(at);
        }
    }
}

/// The text of a property of an object, found as [`skip_loosely`] passes over values;
/// `None` when it is not there, or no plain text, or the text is not one whole object.
pub(crate) fn text_loosely<'a>(text: &'a [u8], name: &str) -> Option<&'a str> {
    let (first, start) = token(text, 0);
    let mut at = start + 1;
    let end = skip_loosely(text, start)?;
    if first != Some(b'{') || token(text, end).0.is_some() {
        return None;
    }
    loop {
        let (quote, start) = token(text, at);
        if quote != Some(b'"') {
            return None;
        }
        let end = skip_string_loosely(text, start + 1)?;
        let (colon, behind) = token(text, end);
        if colon != Some(b':') {
            return None;
        }
        let (_, value) = token(text, behind + 1);
        let is_it = text.get(start + 1..end - 1) == Some(name.as_bytes());
        let value_end = skip_loosely(text, value)?;
        if is_it {
            let inside = text
                .get(value..value_end)?
                .strip_prefix(b"\"")?
                .strip_suffix(b"\"")?;
            return std::str::from_utf8(inside)
                .ok()
                .filter(|text| !text.contains('\\'));
        }
        let (comma, behind) = token(text, value_end);
        if comma != Some(b',') {
            return None;
        }
        at = behind + 1;
    }
}

/// Passes over a number; whether it is a whole one: digits alone.
pub(super) fn number(text: &[u8], start: usize) -> Scan<bool> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(("expected a digit", from));
        }
        Ok(from + count)
    };
    let mut at = start + usize::from(text.get(start) == Some(&b'-'));
    at = if text.get(at) == Some(&b'0') {
        at + 1
    } else {
        digits(at)?
    };
    let whole = at;
    if text.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = matches!(text.get(at + 1), Some(b'+' | b'-'));
        at = digits(at + 1 + usize::from(sign))?;
    }
    Ok((at == whole, at))
}

/// Goes behind the `:` of a property.
pub(super) fn colon(text: &[u8], at: usize) -> Result<usize, Fault> {
    match token(text, at) {
        (Some(b':'), at) => Ok(at + 1),
        (_, at) => Err(("expected `:`", at)),
    }
}

/// Passes over a value, whatever it is.
pub(super) fn skip(text: &[u8], mut at: usize) -> Result<usize, Fault> {
    // A bit for each level, the innermost lowest: whether it is an object.
    let (mut objects, mut depth) = (0_u128, 0);
    loop {
        let (next, start) = token(text, at);
        at = match next {
            Some(open @ (b'{' | b'[')) => {
                let object = open == b'{';
                if depth == DEPTH {
                    return Err(("nested too deep", start));
                }
                match token(text, start + 1) {
                    (Some(b'}'), close) if object => close + 1,
                    (Some(b']'), close) if !object => close + 1,
                    (next, inner) => {
                        objects = objects << 1 | u128::from(object);
                        depth += 1;
                        at = if object {
                            skip_key(text, next, inner)?
                        } else {
                            inner
                        };
                        continue;
                    }
                }
            }
            Some(b'"') => skip_string(text, start + 1)?,
            Some(b't') => word(text, start, "true")?,
            Some(b'f') => word(text, start, "false")?,
            Some(b'n') => word(text, start, "null")?,
            Some(b'-' | b'0'..=b'9') => number(text, start)?.1,
            Some(_) => return Err(("expected a value", start)),
            None => return Err(("the text ends where a value should be", start)),
        };
        loop {
            if depth == 0 {
                return Ok(at);
            }
            let object = objects & 1 == 1;
            let (next, here) = token(text, at);
            match next {
                Some(b',') => {
                    let (next, inner) = token(text, here + 1);
                    at = if object {
                        skip_key(text, next, inner)?
                    } else {
                        inner
                    };
                    break;
                }
                Some(b'}') if object => at = here + 1,
                Some(b']') if !object => at = here + 1,
                _ if object => return Err(("expected `,` or `}`", here)),
                _ => return Err(("expected `,` or `]`", here)),
            }
            objects >>= 1;
            depth -= 1;
        }
    }
}

fn skip_key(text: &[u8], next: Option<u8>, at: usize) -> Result<usize, Fault> {
    if next != Some(b'"') {
        return Err(("expected the name of a property", at));
    }
    colon(text, skip_string(text, at + 1)?)
}
