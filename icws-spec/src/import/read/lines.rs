//! The lines of a page, without what nobody sees.

use super::words;

/// A line that is not blank, with single blanks between its words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let lines = text.lines().enumerate().map(|(index, line)| Line {
        number: index + 1,
        text: visible(line),
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}

/// A line as it is seen: browsers put characters without width into long names,
/// so that these can be broken, and blanks that cannot.
fn visible(line: &str) -> String {
    let seen: String = line.chars().filter(|c| !is_invisible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character has no width: marks of order, soft hyphens and joiners,
/// variants, controls other than blanks.
fn is_invisible(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a line is the address of a page, which people copy with it.
pub(super) fn is_address(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    let is_link = words::is_link(text) || text.starts_with("file://");
    let has_host = host.contains('.') && text.contains("/icws/");
    !text.contains(' ') && (is_link || has_host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_width_is_no_part_of_a_name() {
        for odd in [
            "max\u{200b}Attempts",
            "max\u{ad}Attempts",
            "\u{feff}max\u{2060}Attempts\u{202c}",
            "\u{202a}max\u{0}Attempts",
            "\u{a0}maxAttempts\u{202f}\u{3000}",
        ] {
            assert_eq!(visible(odd), "maxAttempts", "{odd:?}");
        }
        assert_eq!(visible("two\u{a0}\twords"), "two words");
        assert_eq!(lines("\u{200b}\n \u{feff}\n"), []);
    }

    #[test]
    fn addresses_with_and_without_a_scheme() {
        for address in [
            "https://help.example/icws/(sessionId)/callback.htm",
            "help.example/docs/icws/(sessionId)/callback/index.htm#Resource",
            "file:///tmp/callback.htm",
        ] {
            assert!(is_address(address), "{address}");
        }
        for other in ["/icws/connection", "error.a/b", "Some words."] {
            assert!(!is_address(other), "{other}");
        }
    }
}
