//! What stands between braces and brackets.

use std::ops::Range;

/// The pieces between an opening bracket and its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Where the bracket opens.
    pub open: usize,
    /// Where it closes.
    pub close: usize,
    /// The pieces between its commas, without blanks around.
    pub items: Vec<Range<usize>>,
}

impl Parts {
    /// What to take out so that one of several pieces is gone, with its comma.
    pub fn without(&self, index: usize) -> Option<Range<usize>> {
        let item = self.items.get(index)?;
        Some(match (self.items.get(index + 1), index.checked_sub(1)) {
            (Some(next), _) => item.start..next.start,
            (None, Some(before)) => self.items.get(before)?.end..item.end,
            (None, None) => item.clone(),
        })
    }
}

/// Takes apart what begins with a bracket here.
pub(super) fn parts(text: &str, open: usize) -> Option<Parts> {
    let mut parts = Parts {
        open,
        close: open,
        items: Vec::new(),
    };
    let mut depth = 0usize;
    let mut start = open + 1;
    // Whether a quote here opens a text; within a word it is a letter.
    let mut fresh = true;
    let mut at = open;
    while let Some(c) = text.get(at..)?.chars().next() {
        let next = at + c.len_utf8();
        match c {
            '"' | '\'' if fresh => {
                at = quote_end(text, at, c)?;
                fresh = false;
                continue;
            }
            '#' if text.get(..at)?.ends_with(char::is_whitespace) => {
                at = at + text.get(at..)?.find('\n')?;
                continue;
            }
            '{' | '[' if fresh => depth += 1,
            '}' | ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    parts.push(text, start..at);
                    parts.close = at;
                    return Some(parts);
                }
            }
            ',' if depth == 1 => {
                parts.push(text, start..at);
                start = next;
            }
            _ => {}
        }
        let separates = match c {
            '{' | '[' if fresh => true,
            ',' => true,
            ':' => text.get(next..)?.starts_with(char::is_whitespace),
            c => fresh && c.is_whitespace(),
        };
        fresh = separates;
        at = next;
    }
    None
}

impl Parts {
    fn push(&mut self, text: &str, range: Range<usize>) {
        let whole = text.get(range.clone()).unwrap_or_default();
        let start = range.start + (whole.len() - whole.trim_start().len());
        let end = range.start + whole.trim_end().len();
        if start < end {
            self.items.push(start..end);
        }
    }
}

/// The end of the quoted text that begins here.
pub(super) fn quote_end(text: &str, start: usize, quote: char) -> Option<usize> {
    let mut chars = text.get(start..)?.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, c)| *c == quote) {
                chars.next();
            } else {
                return Some(start + at + 1);
            }
        }
    }
    None
}

/// The end of the word or number without quotes that begins here.
pub(super) fn plain_end(text: &str, start: usize) -> Option<usize> {
    let line = text.get(start..)?.lines().next()?;
    let mut depth = 0usize;
    let end = line.char_indices().find(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ']' | ',' => return true,
            _ => {}
        }
        *c == '#' && line.get(..*at).is_some_and(|before| before.ends_with(' '))
    });
    let word = line.get(..end.map_or(line.len(), |(at, _)| at))?;
    Some(start + word.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_between_brackets() {
        let text = "a: { b: \"x, }\", c: [1, 2], d: the user's, e: 'it''s' } # }";
        let parts = parts(text, 3).unwrap();
        let items: Vec<&str> = parts
            .items
            .iter()
            .map(|range| &text[range.clone()])
            .collect();
        assert_eq!(
            items,
            ["b: \"x, }\"", "c: [1, 2]", "d: the user's", "e: 'it''s'"]
        );
        assert_eq!(&text[parts.close..], "} # }");
    }

    #[test]
    fn nothing_between_and_no_end() {
        assert_eq!(parts("{ }", 0).unwrap().items, []);
        assert_eq!(parts("{ a: b", 0), None);
        assert_eq!(parts("{ a: 'b }", 0), None);
    }

    #[test]
    fn plain_words_end_before_what_is_not_theirs() {
        for (text, word) in [
            ("int, required: true", "int"),
            ("interactions 8 # why", "interactions 8"),
            ("a#b }", "a#b"),
        ] {
            assert_eq!(&text[..plain_end(text, 0).unwrap()], word);
        }
    }
}
