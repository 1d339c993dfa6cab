//! Texts of servers in errors and logs: on one line, and not longer than people read.

use std::fmt::{self, Write};

/// So many characters are shown, those of escape sequences among them.
const MOST: usize = 500;

/// A text of a server, to be shown to a person. Line breaks, escape sequences and
/// characters that turn the direction of writing are escaped: they could make one line
/// of a log look like others. The end of a long text is left out.
pub struct Shown<'t>(pub &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut room = MOST;
        for (number, c) in self.0.chars().enumerate() {
            let is_escaped = c.is_control() || turns(c);
            let length = if is_escaped {
                c.escape_default().len()
            } else {
                1
            };
            let Some(rest) = room.checked_sub(length) else {
                let more = self.0.chars().count() - number;
                return write!(f, "… and {more} characters more");
            };
            room = rest;
            if is_escaped {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Whether a character changes the direction of writing, or is a line break of its own.
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// What came or goes out, for `Debug`: the body of a new session has its token, a proxy
/// may answer with what it was sent, and of what the model does not know nobody can say
/// what is secret in it.
pub(crate) struct Hidden<'a>(pub &'a [u8]);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} bytes)", self.0.len())
    }
}

/// An address without the name and password that may stand before its host.
pub fn without_user(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn a_text_of_a_server_stays_on_its_line() {
        let text = "a\nERROR b\x1b[31m \u{202e}c é";
        let shown = Shown(text).to_string();
        assert_eq!(shown, "a\\nERROR b\\u{1b}[31m \\u{202e}c é");
        let long = Shown(&"x".repeat(5_000_000)).to_string();
        assert!(long.len() < 600 && long.ends_with("… and 4999500 characters more"));
        // Escaped, one character is eight.
        let long = Shown(&"\u{202e}".repeat(5_000_000)).to_string();
        assert!(long.len() < 600 && long.ends_with("… and 4999938 characters more"));
        let whole = "x".repeat(500);
        assert_eq!(Shown(&whole).to_string(), whole);
    }
}
