//! Texts as Markdown that says what they say: paragraphs, lists, code, and links
//! to pages. Everything else that Markdown would read in a text is escaped, so
//! that nothing becomes a test, a link to an item, or HTML.

use super::{longest_run, visible};

/// A text as blocks of Markdown. Its code is fenced as text, because rustdoc runs
/// code that is fenced otherwise, or indented.
pub fn markdown(text: &str) -> String {
    let mut blocks = Blocks::default();
    for line in visible(text).lines() {
        blocks.line(line);
    }
    blocks.finish()
}

/// A text on one line, for the cell of a table or the item of a list.
pub fn inline(text: &str) -> String {
    let text = visible(text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    spans(lines.join(" ").trim())
}

/// What is indented so far is code.
const CODE: usize = 4;

#[derive(Default)]
struct Blocks {
    /// The lines so far.
    out: Vec<String>,
    /// The lines of the paragraph that is being read.
    open: Vec<String>,
    /// What stands before the next line of it, and before those that follow.
    lead: (String, String),
    /// The code that is being read.
    code: Option<Code>,
    /// Whether what is indented belongs to an item of a list.
    in_list: bool,
}

struct Code {
    lines: Vec<String>,
    end: End,
}

/// How code ends.
enum End {
    /// With a fence of as many of these at least; the first fence was indented so
    /// far.
    Fence(char, usize, usize),
    /// With a line that is not indented.
    Outdent,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let text = line.trim();
        let indent = indent(line);
        match &mut self.code {
            Some(code) if !code.is_over(text, indent) => {
                let by = match code.end {
                    End::Fence(_, _, by) => by,
                    End::Outdent => CODE,
                };
                return code.lines.push(outdented(line, by));
            }
            Some(code) => {
                let fence = matches!(code.end, End::Fence(..));
                self.end();
                if fence {
                    return;
                }
            }
            None => {}
        }
        if text.is_empty() {
            self.end();
            return self.blank();
        }
        // What is indented behind a paragraph belongs to it.
        if indent >= CODE && self.open.is_empty() && !self.in_list {
            let first = outdented(line, CODE);
            return self.begin_code(vec![first], End::Outdent);
        }
        let (marker, rest) = markers(text);
        if let Some((mark, length)) = fence(rest) {
            // At the margin, also in an item of a list: there it is code for sure.
            self.end();
            return self.begin_code(Vec::new(), End::Fence(mark, length, indent));
        }
        if marker.is_empty() {
            self.in_list &= indent > 0 || !self.open.is_empty();
        } else {
            self.end();
            self.in_list = true;
            let then = " ".repeat(marker.len());
            self.lead = (marker, then);
        }
        if begins_block(rest) {
            // Code within a paragraph does not reach into the next block.
            self.write();
        }
        self.open.push(rest.to_owned());
    }

    fn begin_code(&mut self, lines: Vec<String>, end: End) {
        self.code = Some(Code { lines, end });
    }

    /// Ends the paragraph or code that is being read.
    fn end(&mut self) {
        self.write();
        self.lead = Default::default();
        if let Some(code) = self.code.take() {
            self.out.extend(code.fenced());
        }
    }

    /// Writes the lines of the paragraph so far.
    fn write(&mut self) {
        let text = spans(&std::mem::take(&mut self.open).join("\n"));
        for line in text.lines() {
            // A line begins with this sign only if it begins with a link.
            let escaped = begins_block(line) && !line.starts_with('<');
            let escape = if escaped { "\\" } else { "" };
            let line = bare_number(line).map_or(line.to_owned(), |(number, mark)| {
                format!("{number}\\{mark}")
            });
            self.out.push(format!("{}{escape}{line}", self.lead.0));
            self.lead.0.clone_from(&self.lead.1);
        }
    }

    fn blank(&mut self) {
        if self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
    }

    fn finish(mut self) -> String {
        self.end();
        while self.out.last().is_some_and(String::is_empty) {
            self.out.pop();
        }
        self.out.join("\n")
    }
}

impl Code {
    fn is_over(&self, text: &str, indent: usize) -> bool {
        match self.end {
            End::Fence(mark, length, _) => {
                text.chars().all(|c| c == mark) && text.chars().count() >= length
            }
            End::Outdent => indent < CODE && !text.is_empty(),
        }
    }

    /// The code between fences that are longer than any of its own.
    fn fenced(mut self) -> Vec<String> {
        while self.lines.last().is_some_and(|line| line.trim().is_empty()) {
            self.lines.pop();
        }
        let inside = self.lines.iter().map(|line| longest_run(line, '`')).max();
        let fence = "`".repeat(inside.unwrap_or_default().max(2) + 1);
        let mut lines = vec![format!("{fence}text")];
        lines.append(&mut self.lines);
        lines.push(fence);
        lines
    }
}

/// How far a line is indented, in columns.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' { CODE } else { 1 }).sum()
}

/// The line without as many blanks as it has of these columns.
fn outdented(line: &str, mut columns: usize) -> String {
    let rest = line.trim_start_matches(|c: char| {
        let width = if c == '\t' { CODE } else { 1 };
        let takes = c.is_whitespace() && columns >= width;
        columns = if takes { columns - width } else { 0 };
        takes
    });
    rest.trim_end().to_owned()
}

/// The character and length of a fence that begins code.
fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| ['`', '~'].contains(c))?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// The marks of an item of a list, which may be that of a list within, and the
/// item. One space is behind each: after more, the item would begin with code.
fn markers(text: &str) -> (String, &str) {
    let mut marks = String::new();
    let mut rest = text;
    loop {
        let (mark, item) = marker(rest);
        if mark.is_empty() {
            return (marks, item);
        }
        marks.push_str(mark);
        rest = item;
    }
}

fn marker(text: &str) -> (&str, &str) {
    let Some((mark, rest)) = text.split_once(char::is_whitespace) else {
        return ("", text);
    };
    let rest = rest.trim_start();
    let number = bare_number(mark).is_some();
    // A line of nothing but marks is a rule across the page.
    let item = matches!(mark, "-" | "+" | "*") && !rest.chars().all(|c| "-+*_ \t".contains(c));
    if !(number || item) {
        return ("", text);
    }
    let end = mark.len() + 1;
    // Any blank after the mark is written as a space.
    match (mark, text.get(..end)) {
        ("*" | "+", _) | (_, None) => ("- ", rest),
        (_, Some(marker)) if marker.ends_with(' ') => (marker, rest),
        _ => ("- ", rest),
    }
}

/// A number with what makes it the mark of an item: `1.` and `1)`.
fn bare_number(text: &str) -> Option<(&str, char)> {
    let mark = text
        .chars()
        .next_back()
        .filter(|c| ['.', ')'].contains(c))?;
    let number = text.strip_suffix(mark)?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some((number, mark))
}

/// Returns true for a line that begins another block by its first character. What
/// `spans` has escaped does not.
fn begins_block(line: &str) -> bool {
    line.starts_with(['#', '>', '=', '-', '+', '~', '<', '|', ':', '*', '_', '['])
}

/// The text of a paragraph: code stays code, links to pages stay links, and all
/// other marks are escaped.
fn spans(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest, &mut out),
            'h' if !before.is_alphanumeric() => link(rest, &mut out),
            _ => 0,
        };
        let taken = if taken > 0 {
            taken
        } else {
            let entity = c == '&' && is_entity(rest);
            if entity || "[]<>*_\\~".contains(c) {
                out.push('\\');
            }
            out.push(c);
            c.len_utf8()
        };
        before = c;
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Copies code up to as many backticks as it began with. Backticks that nothing
/// closes are escaped. Returns how much was read.
fn code_span(text: &str, out: &mut String) -> usize {
    let after = text.trim_start_matches('`');
    let length = text.len() - after.len();
    let mut at = length;
    let mut rest = after;
    while let Some(next) = rest.find('`') {
        let run = rest.get(next..).unwrap_or_default();
        let end = run.trim_start_matches('`');
        let found = run.len() - end.len();
        at += next + found;
        if found == length {
            out.push_str(text.get(..at).unwrap_or_default());
            return at;
        }
        rest = end;
    }
    out.push_str(&"\\`".repeat(length));
    length
}

/// Copies the address of a page as a link. Returns how much was read, 0 if there
/// is no address.
fn link(text: &str, out: &mut String) -> usize {
    let scheme = ["https://", "http://"];
    let Some(scheme) = scheme.iter().find(|scheme| text.starts_with(**scheme)) else {
        return 0;
    };
    let end = text.find(|c: char| c.is_whitespace() || "<>`\"\\".contains(c));
    let address = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let address =
        address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', ']', '}', '*', '_']);
    if address.len() <= scheme.len() {
        return 0;
    }
    out.push_str(&format!("<{address}>"));
    address.len()
}

/// Returns true if a text begins with an entity of HTML, `&lt;`.
fn is_entity(text: &str) -> bool {
    // The longest name has 31 letters.
    let start: String = text.chars().take(40).collect();
    let name = start
        .strip_prefix('&')
        .and_then(|rest| rest.split_once(';'));
    name.is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_text_is_escaped() {
        assert_eq!(markdown("a [b] <c> `x[0]`"), "a \\[b\\] \\<c\\> `x[0]`");
        assert_eq!(
            markdown("# a\n> b\n---\n| c |\n&lt; R&D"),
            "\\# a\n\\> b\n\\---\n\\| c |\n\\&lt; R&D"
        );
        assert_eq!(markdown("a\n1.\n=="), "a\n1\\.\n\\==");
        assert_eq!(
            markdown("[a]: https://example.org"),
            "\\[a\\]: <https://example.org>"
        );
        assert_eq!(
            markdown("see https://example.org/a_b."),
            "see <https://example.org/a_b>."
        );
    }

    #[test]
    fn an_open_tick_ends_with_its_block() {
        assert_eq!(markdown("one ` tick\n\n[b]"), "one \\` tick\n\n\\[b\\]");
        assert_eq!(
            markdown("one ` tick\n- [b] `"),
            "one \\` tick\n- \\[b\\] \\`"
        );
        assert_eq!(markdown("one ` tick\n# b `"), "one \\` tick\n\\# b \\`");
        assert_eq!(markdown("``x [y]`` z"), "``x [y]`` z");
        assert_eq!(markdown("``` and [q]"), "```text\n```");
        assert_eq!(markdown("use ``` and [q]"), "use \\`\\`\\` and \\[q\\]");
    }

    #[test]
    fn code_is_text() {
        let text = "```text\npanic!()\n```";
        assert_eq!(markdown("```\npanic!()\n```"), text);
        assert_eq!(markdown("~~~rust\npanic!()"), text);
        assert_eq!(
            markdown("- ```\n  panic!()\n  ```"),
            "```text\n  panic!()\n```"
        );
        assert_eq!(markdown("    panic!()\n\n"), text);
        assert_eq!(markdown("a\n\n\tpanic!()\nb"), format!("a\n\n{text}\nb"));
        assert_eq!(markdown("~~~\n```\n~~~"), "````text\n```\n````");
    }

    #[test]
    fn lists_stay_lists_without_code() {
        assert_eq!(
            markdown("* a\n  b\n1.     panic!()"),
            "- a\n  b\n1. panic!()"
        );
        assert_eq!(markdown("- a\n\n      panic!()"), "- a\n\npanic!()");
    }

    #[test]
    fn a_line_has_no_blocks() {
        assert_eq!(inline("a\n\n```\n[b]\n```\n"), "a  ``` [b] ```");
        assert_eq!(inline("a ``` [b]"), "a \\`\\`\\` \\[b\\]");
    }
}
