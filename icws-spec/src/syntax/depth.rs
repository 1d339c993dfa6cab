//! How deep lists and maps in brackets are nested.
//!
//! The YAML reader looks at every open bracket for each token that it reads, so
//! that a text of 100,000 brackets keeps it busy for half a minute. Here the text
//! is read once, by the rules by which the reader tells a bracket from a letter of
//! a text: quotes, comments, block texts, and plain texts on several lines.

use super::node::SyntaxError;

/// As many maps and lists may be within each other; the reader goes no deeper.
pub(super) const MOST: usize = 128;

/// What is said of a map or list that is too deep.
pub(super) fn message() -> String {
    format!("this is nested deeper than {MOST} maps and lists")
}

/// Finds the first bracket that is too deep.
pub(super) fn too_deep(text: &str) -> Option<SyntaxError> {
    let mut scanner = Scanner::new(text);
    while scanner.deepest <= MOST {
        scanner.token()?;
    }
    Some(SyntaxError {
        message: message(),
        line: scanner.line,
        column: scanner.column + 1,
    })
}

struct Scanner<'a> {
    rest: &'a [u8],
    /// From 1.
    line: usize,
    /// In characters, from 0.
    column: usize,
    /// How many brackets are open.
    flow: usize,
    /// How many were open at most.
    deepest: usize,
    /// The columns of the block lists and maps around.
    blocks: Vec<usize>,
    /// The column of what may turn out to be a key.
    key: Option<usize>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Scanner {
            rest: text.as_bytes(),
            line: 1,
            column: 0,
            flow: 0,
            deepest: 0,
            blocks: Vec::new(),
            key: None,
        }
    }

    fn at(&self, offset: usize) -> Option<u8> {
        self.rest.get(offset).copied()
    }

    /// Returns true if nothing stands there, or nothing that can be seen.
    fn is_blank(&self, offset: usize) -> bool {
        self.at(offset)
            .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    fn is_marker(&self) -> bool {
        let marker = self.rest.starts_with(b"---") || self.rest.starts_with(b"...");
        self.column == 0 && marker && self.is_blank(3)
    }

    fn step(&mut self) {
        match self.at(0) {
            Some(b'\n') => {
                self.line += 1;
                self.column = 0;
            }
            // The bytes of a character after its first.
            Some(0x80..0xc0) => {}
            _ => self.column += 1,
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// Steps while the next byte is such a one.
    fn skip(&mut self, such: impl Fn(u8) -> bool) {
        while self.at(0).is_some_and(&such) {
            self.step();
        }
    }

    fn skip_line(&mut self) {
        self.skip(|byte| byte != b'\n');
    }

    /// Passes a token. `None` at the end, or where the reader stops.
    fn token(&mut self) -> Option<()> {
        self.blanks();
        let byte = self.at(0)?;
        let in_block = self.flow == 0;
        if in_block {
            while self.blocks.last().is_some_and(|block| *block > self.column) {
                self.blocks.pop();
            }
        }
        if self.is_marker() {
            self.blocks.clear();
            self.key = None;
            (0..3).for_each(|_| self.step());
            return Some(());
        }
        match byte {
            b'%' if self.column == 0 => self.skip_line(),
            b'[' | b'{' => self.open(),
            b']' | b'}' => {
                self.flow = self.flow.saturating_sub(1);
                self.step();
            }
            b',' => self.step(),
            b'-' if self.is_blank(1) => self.block(self.column),
            b'?' if !in_block || self.is_blank(1) => self.block(self.column),
            b':' if !in_block || self.is_blank(1) => {
                self.block(self.key.unwrap_or(self.column));
            }
            b'|' | b'>' if in_block => self.block_text(),
            b'|' | b'>' | b'@' | b'`' | b'%' => return None,
            b'*' | b'&' | b'!' => {
                self.begin_key();
                self.step();
                self.skip(|byte| {
                    !matches!(
                        byte,
                        b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']' | b'{' | b'}'
                    )
                });
            }
            b'\'' | b'"' => self.quoted(byte),
            _ => self.plain(),
        }
        Some(())
    }

    /// Passes blanks, line ends and comments.
    fn blanks(&mut self) {
        loop {
            match self.at(0) {
                Some(b'#') => self.skip_line(),
                Some(b' ' | b'\t' | b'\r') => self.step(),
                Some(b'\n') => self.line_end(),
                _ => return,
            }
        }
    }

    fn line_end(&mut self) {
        self.step();
        // A key of a block stands on one line.
        if self.flow == 0 {
            self.key = None;
        }
    }

    fn begin_key(&mut self) {
        if self.flow == 0 {
            self.key.get_or_insert(self.column);
        }
    }

    fn open(&mut self) {
        self.begin_key();
        self.flow += 1;
        self.deepest = self.deepest.max(self.flow);
        // What is too deep is told with its place.
        if self.deepest <= MOST {
            self.step();
        }
    }

    /// A mark of a list or map, which is in a block unless brackets are around.
    fn block(&mut self, column: usize) {
        if self.flow == 0 {
            if self.blocks.last().is_none_or(|block| *block < column) {
                self.blocks.push(column);
            }
            self.key = None;
        }
        self.step();
    }

    fn quoted(&mut self, quote: u8) {
        self.begin_key();
        self.step();
        while let Some(byte) = self.at(0) {
            match byte {
                b'\\' if quote == b'"' => {
                    self.step();
                    self.step();
                }
                b'\n' => self.line_end(),
                _ if byte != quote => self.step(),
                // Two of them are one of the text.
                _ if quote == b'\'' && self.at(1) == Some(quote) => {
                    self.step();
                    self.step();
                }
                _ => return self.step(),
            }
        }
    }

    /// A text without quotes. It goes on in the next line if that is indented
    /// more than what is around.
    fn plain(&mut self) {
        self.begin_key();
        let margin = self.blocks.last().map_or(0, |block| block + 1);
        loop {
            if self.is_marker() || self.at(0) == Some(b'#') {
                return;
            }
            while !self.is_blank(0) {
                let ends = match self.at(0) {
                    Some(b':') => self.is_blank(1),
                    Some(b',' | b'[' | b']' | b'{' | b'}') => self.flow > 0,
                    _ => false,
                };
                if ends {
                    return;
                }
                self.step();
            }
            while self.is_blank(0) {
                match self.at(0) {
                    None => return,
                    Some(b'\n') => self.line_end(),
                    _ => self.step(),
                }
            }
            if self.flow == 0 && self.column < margin {
                return;
            }
        }
    }

    /// A text behind `|` or `>`: all lines that are indented as its first line is,
    /// which is more than what is around.
    fn block_text(&mut self) {
        let least = self.blocks.last().map_or(1, |block| block + 1);
        let header = self.rest.iter();
        let header = header.take_while(|byte| !byte.is_ascii_whitespace());
        let mut digits = header.filter(|byte| byte.is_ascii_digit());
        let said = digits.next().map(|digit| usize::from(digit - b'0'));
        let mut margin = said.map(|said| least - 1 + said);
        let mut empty = 0;
        self.skip_line();
        self.line_end();
        while self.at(0).is_some() {
            while self.at(0) == Some(b' ') && margin.is_none_or(|margin| self.column < margin) {
                self.step();
            }
            if matches!(self.at(0), Some(b'\n' | b'\r')) {
                empty = empty.max(self.column);
            } else {
                // Empty lines before the first one may be indented more.
                let margin = *margin.get_or_insert(self.column.max(least).max(empty));
                if self.column < margin {
                    return;
                }
            }
            self.skip_line();
            self.line_end();
        }
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;
    use crate::syntax::{Node, Value, parse};

    /// How many brackets are open at most.
    fn depth(text: &str) -> usize {
        let mut scanner = Scanner::new(text);
        while scanner.token().is_some() {}
        scanner.deepest
    }

    /// How deep a tree is.
    fn height(node: &Node) -> usize {
        let items = node.as_list().iter().map(height);
        let values = node.as_map().iter().map(|entry| height(&entry.node));
        let below = items.chain(values).max().unwrap_or_default();
        below + usize::from(matches!(node.value, Value::List(_) | Value::Map(_)))
    }

    /// A text of some of these pieces.
    fn text(pieces: &[&str], random: &mut Rng) -> String {
        let count = random.usize(1..12);
        (0..count)
            .filter_map(|_| random.choice(pieces))
            .copied()
            .collect()
    }

    #[test]
    fn brackets_of_texts_are_letters() {
        for text in [
            "a: '[[' # [[\nb: \"[[\\\"[\"\nc: x[[\n",
            "a: x\n  [[\nb: 1\n",
            "a: |\n  [[\n\n  [[\nb: 1\n",
            "- a: >2-\n    [[\n- |\n [\n- b\n",
            "a: it's [\nb: don't [",
        ] {
            assert_eq!(depth(text), 0, "{text}");
        }
        for text in [
            "a: [x]",
            "- a: |\n    x\n  b: [x]\n",
            "a: x\n' y': [x]\n",
            "a:\n  x\nb: {c: x}\n",
            "a: ''' [' \nb: [x]",
            "? [x]\n: y",
            "[x]: [y]",
            "a:b: [x]",
            "--- |\n [\n--- [x]",
        ] {
            assert_eq!(depth(text), 1, "{text}");
        }
        assert_eq!(depth("[a, {b: ']'}, {c: [d]}]"), 3);
    }

    #[test]
    fn the_first_that_is_too_deep_is_told() {
        let sound = format!("a: {}{}", "[".repeat(127), "]".repeat(127));
        assert!(parse(&sound).is_ok());
        let at = |text: String| {
            let error = parse(&text).unwrap_err();
            assert_eq!(error.message, message());
            (error.line, error.column)
        };
        assert_eq!(at(format!("ü: x\nü: {}", "[".repeat(100_000))), (2, 132));
        assert_eq!(at(format!("a: {}", "{a: [".repeat(100_000))), (1, 324));
        // The reader knows the depth of blocks, and counts both.
        assert_eq!(at("- ".repeat(100_000)), (1, 257));
        assert_eq!(at(format!("- {}", "[".repeat(128))), (1, 130));
    }

    #[test]
    fn no_sound_text_is_taken_for_deeper_than_it_is() {
        let pieces = [
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            "a",
            "b: ",
            "- ",
            "? ",
            "'",
            "\"",
            "#",
            " # ",
            "|\n",
            ">\n",
            "\n",
            "\n  ",
            "\n    ",
            " ",
            "x [",
            "'['",
            "\"[\"",
            "&a ",
            "*a",
            "\\",
            "''",
            "-",
            "|2\n",
            "---\n",
            "c: [d]\n",
            "- {e: f}\n",
        ];
        let mut random = Rng::with_seed(1);
        let mut sound = 0;
        for _ in 0..60_000 {
            let text = text(&pieces, &mut random);
            if let Ok(root) = parse(&text) {
                assert!(depth(&text) <= height(&root), "{text}");
                sound += 1;
            }
        }
        assert!(sound > 3_000, "{sound}");
    }

    #[test]
    fn no_bracket_is_overlooked() {
        let pieces = [
            "a: x", "b: 'y'", "- c", "\n", "\n  ", "\n    ", "d: |\n", "e: >\n", "'", "\"", " [f]",
            " # g", "x y", "- ", "h:", "\n\n", "i:\n",
        ];
        let mut random = Rng::with_seed(2);
        let mut sound = 0;
        for _ in 0..60_000 {
            let text = format!("{}\nz: [[[[x]]]]\n", text(&pieces, &mut random));
            let root = parse(&text).ok();
            if root.is_some_and(|root| root.get("z").is_some_and(|z| height(z) == 4)) {
                assert!(depth(&text) >= 4, "{text}");
                sound += 1;
            }
        }
        assert!(sound > 1_000, "{sound}");
    }
}
