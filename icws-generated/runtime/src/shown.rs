//! Texts of servers in errors and logs: on one line, and not longer than people read.

use std::fmt::{self, Write};

/// So many characters are shown.
const MOST: usize = 500;

/// A text of a server, to be shown to a person. Line breaks, escape sequences and
/// characters that turn the direction of writing are escaped: they could make one line
/// of a log look like others. The end of a long text is left out.
pub struct Shown<'t>(pub &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for c in characters.by_ref().take(MOST) {
            if c.is_control() || turns(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                f.write_char(c)?;
            }
        }
        match characters.count() {
            0 => Ok(()),
            more => write!(f, "… and {more} characters more"),
        }
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
    }
}
