//! What of a line is shown with a finding. A file may be one line with thousands of
//! findings, so that each must cost what is shown of it, and not the line.

#[cfg(test)]
thread_local! {
    /// How many characters this thread has looked at.
    pub(crate) static LETTERS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Lines are shown up to this width.
pub(crate) const WIDTH: usize = 200;

/// The part of a line around what a finding is about.
pub(crate) struct Excerpt {
    pub text: String,
    /// How many characters of the line stand before it.
    pub left_out: usize,
    /// Whether more of the line follows.
    pub is_cut: bool,
    /// How many characters the finding is about, as far as they are in the part.
    pub length: usize,
}

/// A line that parts are taken from.
pub(crate) struct Line<'a> {
    text: &'a str,
    /// Where each so manieth character of a long line begins, in bytes.
    marks: Vec<usize>,
}

/// So many characters are from one mark to the next.
const STEP: usize = WIDTH;

impl<'a> Line<'a> {
    /// A line without text.
    pub const EMPTY: Line<'static> = Line {
        text: "",
        marks: Vec::new(),
    };

    pub fn new(text: &'a str) -> Self {
        let marks = match text.len() > WIDTH {
            true => {
                let all = counted(text.char_indices());
                all.step_by(STEP).map(|(byte, _)| byte).collect()
            }
            false => Vec::new(),
        };
        Line { text, marks }
    }

    /// Returns what stands around a column, counted from 1.
    pub fn around(&self, column: usize) -> Excerpt {
        let before = column.saturating_sub(1);
        let is_long = self.marks.len() > 1;
        let start = match is_long {
            true => before.saturating_sub(WIDTH / 2),
            false => 0,
        };
        let mut rest = self.letters_from(start);
        let part: Vec<char> = rest.by_ref().take(WIDTH).collect();
        let is_cut = rest.next().is_some();
        let about = part.get(before - start..).unwrap_or_default();
        Excerpt {
            length: token_length(about, is_cut),
            left_out: start,
            is_cut,
            text: part.into_iter().collect(),
        }
    }

    /// The characters from a position on.
    fn letters_from(&self, position: usize) -> impl Iterator<Item = char> + use<'a> {
        let mark = self.marks.get(position / STEP).copied();
        let (byte, skipped) = match mark {
            Some(byte) => (byte, position % STEP),
            None if self.marks.is_empty() => (0, position),
            None => (self.text.len(), 0),
        };
        counted(self.text.get(byte..).unwrap_or_default().chars()).skip(skipped)
    }
}

/// What is counted in tests.
fn counted<I: Iterator>(letters: I) -> impl Iterator<Item = I::Item> + use<I> {
    letters.inspect(|_| {
        #[cfg(test)]
        LETTERS.set(LETTERS.get() + 1);
    })
}

/// How far the key, scalar or bracket reaches that a text begins with.
fn token_length(rest: &[char], is_cut: bool) -> usize {
    let token = match rest.first().copied() {
        Some(quote @ ('"' | '\'')) => {
            let end = rest.iter().skip(1).position(|c| *c == quote);
            end.map_or(rest.len(), |end| end + 2)
        }
        Some(open @ ('{' | '[')) => bracket_length(rest, open, is_cut),
        _ => plain_length(rest),
    };
    let token = rest.get(..token).unwrap_or_default();
    let trailing = token.iter().rev().take_while(|c| c.is_whitespace()).count();
    (token.len() - trailing).max(1)
}

/// Up to the bracket that closes the first one, or the bracket alone; all where more
/// follows.
fn bracket_length(rest: &[char], open: char, is_cut: bool) -> usize {
    let close = if open == '{' { '}' } else { ']' };
    let mut depth = 0usize;
    let end = rest.iter().position(|c| {
        depth += usize::from(*c == open);
        depth -= usize::from(*c == close);
        depth == 0
    });
    let open_end = if is_cut { rest.len() } else { 1 };
    end.map_or(open_end, |end| end + 1)
}

/// Up to what ends a plain scalar: a colon, comma, bracket or comment. Braces
/// of a path belong to it.
fn plain_length(rest: &[char]) -> usize {
    let mut braces = 0usize;
    let end = rest.iter().enumerate().position(|(index, c)| {
        let next = rest.get(index + 1);
        if *c == '{' {
            braces += 1;
        }
        let closes = *c == '}' && braces == 0;
        if *c == '}' {
            braces = braces.saturating_sub(1);
        }
        closes
            || matches!(c, ',' | '[' | ']') && index > 0
            || *c == ':' && next.is_none_or(|c| c.is_whitespace())
            || *c == ' ' && next.is_some_and(|c| *c == '#')
    });
    end.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(line: &str, column: usize) -> (String, usize, bool, usize) {
        let excerpt = Line::new(line).around(column);
        let Excerpt {
            text,
            left_out,
            is_cut,
            length,
        } = excerpt;
        (text, left_out, is_cut, length)
    }

    #[test]
    fn of_a_long_line_the_part_around_is_taken() {
        assert_eq!(around("a: b", 4), ("a: b".to_owned(), 0, false, 1));
        let line = format!("{}, here{}", "a".repeat(498), "b".repeat(500));
        let part = format!("{}, here{}", "a".repeat(98), "b".repeat(96));
        assert_eq!(around(&line, 501), (part, 400, true, 100));
        let (part, left_out, is_cut, length) = around(&line, 1);
        assert_eq!((part.len(), left_out, is_cut, length), (200, 0, true, 200));
        let (part, left_out, is_cut, _) = around(&line, 1000);
        assert_eq!((part.len(), left_out, is_cut), (105, 899, false));
    }

    #[test]
    fn positions_are_those_of_characters() {
        let line: String = (0..1000)
            .map(|n| if n % 3 == 0 { '\u{e9}' } else { 'a' })
            .collect();
        for column in [1, 100, 101, 500, 999, 1000, 2000] {
            let (part, left_out, ..) = around(&line, column);
            let wanted: String = line.chars().skip(left_out).take(WIDTH).collect();
            assert_eq!(part, wanted, "{column}");
        }
        let short = "\u{e9}".repeat(WIDTH);
        assert_eq!(around(&short, WIDTH), (short.clone(), 0, false, 1));
    }

    #[test]
    fn a_bracket_that_closes_further_on_is_shown_to_the_end() {
        let line = format!("a: {{ {} }}", "b".repeat(400));
        assert_eq!(around(&line, 4).3, WIDTH - 3);
        assert_eq!(around("a: { b", 4).3, 1);
    }
}
