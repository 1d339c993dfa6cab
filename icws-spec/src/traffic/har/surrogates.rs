//! Halves of surrogate pairs, which browsers write for what is no text.

use std::io::{self, BufRead, Read};

/// Replaces each escaped half of a surrogate pair that stands alone (`\ud83d`) by
/// U+FFFD: JSON readers refuse it, and one in a body would cost the whole file.
pub(super) struct Mended<R> {
    inner: R,
    /// What was read and mended, and is not yet taken.
    ready: Vec<u8>,
    taken: usize,
    /// What was read and is to be mended with what follows.
    rest: Vec<u8>,
    ended: bool,
}

/// A pair of halves, `\ud83d\ude00`.
const PAIR: usize = 12;

impl<R: BufRead> Mended<R> {
    pub fn new(inner: R) -> Self {
        Mended {
            inner,
            ready: Vec::new(),
            taken: 0,
            rest: Vec::new(),
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        while self.ready.is_empty() && !self.ended {
            let chunk = self.inner.fill_buf()?;
            let length = chunk.len();
            self.ended = length == 0;
            self.rest.extend_from_slice(chunk);
            self.inner.consume(length);
            let done = mend(&self.rest, self.ended, &mut self.ready);
            self.rest.drain(..done);
        }
        Ok(())
    }
}

/// Mends a text as far as it can be told, and returns how much of it that is.
fn mend(text: &[u8], is_last: bool, out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.iter().position(|byte| *byte == b'\\');
        let plain = plain.unwrap_or(rest.len());
        out.extend_from_slice(rest.get(..plain).unwrap_or_default());
        at += plain;
        let Some(escape) = rest.get(plain..).filter(|escape| !escape.is_empty()) else {
            break;
        };
        if escape.len() < PAIR && !is_last {
            break;
        }
        let is_lone = match (half(escape), half(escape.get(6..).unwrap_or_default())) {
            (Some(Half::First), Some(Half::Second)) => {
                out.extend_from_slice(escape.get(..PAIR).unwrap_or_default());
                at += PAIR;
                continue;
            }
            (Some(_), _) => true,
            (None, _) => false,
        };
        let length = if is_lone { 6 } else { escape.len().min(2) };
        let own = escape.get(..length).unwrap_or_default();
        out.extend_from_slice(if is_lone { br"\ufffd" } else { own });
        at += length;
    }
    at
}

enum Half {
    First,
    Second,
}

/// The half of a pair that an escape is.
fn half(text: &[u8]) -> Option<Half> {
    let digits = text.strip_prefix(br"\u")?.get(..4)?;
    let digits = std::str::from_utf8(digits).ok()?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..0xdc00 => Some(Half::First),
        0xdc00..0xe000 => Some(Half::Second),
        _ => None,
    }
}

impl<R: BufRead> Read for Mended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), ready.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Mended<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken >= self.ready.len() {
            self.refill()?;
        }
        Ok(self.ready.get(self.taken..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn mended(text: &str, capacity: usize) -> String {
        let reader = BufReader::with_capacity(capacity, text.as_bytes());
        let mut out = String::new();
        Mended::new(reader).read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn halves_that_stand_alone_are_replaced_wherever_a_chunk_ends() {
        let text = r#"{"a":"\ud83d\ude00 \uD83D \ude00\\ud83d\\\ud83d","b":"\ud83d"#;
        let whole = r#"{"a":"\ud83d\ude00 \ufffd \ufffd\\ud83d\\\ufffd","b":"\ufffd"#;
        for capacity in 1..80 {
            assert_eq!(mended(text, capacity), whole, "{capacity}");
        }
        assert_eq!(mended("\\", 8), "\\");
        assert_eq!(mended(r"\ud8", 8), r"\ud8");
        assert_eq!(mended("", 8), "");
    }
}
