//! Texts of a model made safe for where they go. A model may be anybody's: a
//! text of it must not turn into code, markup or a command of a terminal.
//!
//! | where it goes | function |
//! |---|---|
//! | a terminal, a message of the compiler | [`visible`] |
//! | a doc comment, a changelog | [`markdown()`], [`inline`] |
//! | a name in Markdown | [`code`] |
//! | JSON that people look at | [`json`] |
//! | a text in YAML | `quoted` |

mod markdown;

pub use markdown::{inline, markdown};

/// Returns true for a character that ends a line somewhere: in an editor, in
/// YAML, or on a terminal.
fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Returns true for a character that cannot be seen and changes what is: it moves
/// the cursor, turns the direction of the text, or makes two texts look alike.
/// The joiners of Arabic, Indic and emoji are left alone.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\t'
        || is_break(c)
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A text without the byte order mark that a file may begin with: no place counts it.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Makes what cannot be seen visible: `U+202E`. Each kind of line end is one, and
/// lines stay lines.
pub fn visible(text: &str) -> String {
    spelled(text, true)
}

/// The same on one line.
pub(crate) fn visible_line(text: &str) -> String {
    spelled(text, false)
}

fn spelled(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        match c {
            c if lines && is_break(c) => out.push('\n'),
            c if is_hidden(c) => out.push_str(&format!("U+{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The text with a sign in place of each hidden character, so that columns stay.
pub(crate) fn in_columns(text: &str) -> String {
    let sign = |c: char| {
        if is_hidden(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().map(sign).collect()
}

/// A name as code in Markdown, between as many backticks as it takes.
pub fn code(name: &str) -> String {
    let name = visible_line(name);
    if name.is_empty() {
        return "\"\"".to_owned();
    }
    let fence = "`".repeat(longest_run(&name, '`') + 1);
    // Markdown takes away one space on both sides.
    let ticks = name.starts_with('`') || name.ends_with('`');
    let pad = ticks || (name.starts_with(' ') && name.ends_with(' '));
    let pad = if pad { " " } else { "" };
    format!("{fence}{pad}{name}{pad}{fence}")
}

/// JSON with the hidden characters of its strings escaped. JSON has none outside
/// of strings but line feeds.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || !is_hidden(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

/// The text in the double quotes of YAML. What cannot be seen, and what YAML does not
/// let stand in a text, is escaped.
#[cfg(any(feature = "cli", feature = "formats"))]
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("\\U{:08x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// How many of a character stand in a row at most.
fn longest_run(text: &str, of: char) -> usize {
    let runs = text.split(|c| c != of).map(str::len);
    runs.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_spelled() {
        assert_eq!(visible("a\rb\r\nc\u{202e}d"), "a\nb\ncU+202Ed");
        assert_eq!(visible("\u{1b}[31m\0"), "U+001B[31mU+0000");
        assert_eq!(visible_line("a\nb\u{200b}"), "aU+000AbU+200B");
        assert_eq!(
            visible("tab\tand \u{1f468}\u{200d}\u{1f467}"),
            "tab\tand \u{1f468}\u{200d}\u{1f467}"
        );
        assert_eq!(in_columns("a\u{1b}b"), "a\u{fffd}b");
    }

    #[test]
    fn a_name_is_code_whatever_is_in_it() {
        assert_eq!(code("state"), "`state`");
        assert_eq!(code("a`b[c]"), "``a`b[c]``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\nb"), "`aU+000Ab`");
        assert_eq!(code(""), "\"\"");
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({ "a\u{202e}\u{7f}": ["\u{1b}", "\u{e0041}", "ü"] });
        let text = json(&format!("{value:#}\n"));
        assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{text}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }
}
