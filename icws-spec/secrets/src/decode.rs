//! Texts that are encoded within others.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The text without one layer of what it is encoded by; `None` if it has none.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut plain = Cow::Borrowed(text);
    if text.contains('%') {
        plain = Cow::Owned(percent_decode_str(text).decode_utf8_lossy().into_owned());
    }
    if plain.contains("\\u") {
        plain = Cow::Owned(unescaped(&plain));
    }
    if plain.contains('&') {
        let marks = [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ];
        for (entity, mark) in marks {
            plain = Cow::Owned(plain.replace(entity, mark));
        }
    }
    (plain != text).then(|| plain.into_owned())
}

/// The text with the letters that JSON spells by their numbers, however often their
/// backslashes are escaped.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let bare = escape.trim_start_matches('\\');
        let digits = bare.strip_prefix('u').and_then(|digits| digits.get(..4));
        let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        rest = match letter.and_then(char::from_u32) {
            Some(letter) => {
                out.push(letter);
                bare.get(5..).unwrap_or_default()
            }
            None => {
                out.push_str(escape.strip_suffix(bare).unwrap_or_default());
                bare
            }
        };
    }
    out.push_str(rest);
    out
}
