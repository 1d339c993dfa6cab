//! YAML in the style of the shipped model: a short map on one line, a long one
//! in a block, texts in quotes.

use crate::texts::quoted;
use crate::todo::{Asker, comment};

/// How wide a map on one line may be.
const WIDTH: usize = 110;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Yaml {
    /// A number, `true` or `false`, as it is written.
    Raw(String),
    /// A name or type, with quotes where it needs them.
    Word(String),
    /// A text, always in quotes.
    Text(String),
    /// A map on one line, if it fits.
    Line(Vec<Field>),
    /// A map in a block.
    Block(Vec<Field>),
    /// A list on one line, if it fits.
    List(Vec<Yaml>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Open questions, each with what asks it, for the comment above.
    pub todos: Vec<(Asker, String)>,
    /// Whether a blank line stands above.
    pub spaced: bool,
    /// The key.
    pub key: String,
    /// The value.
    pub value: Yaml,
}

/// A key with its value.
pub(crate) fn field(key: impl Into<String>, value: Yaml) -> Field {
    Field {
        todos: Vec::new(),
        spaced: false,
        key: key.into(),
        value,
    }
}

/// A key with a name or type.
pub(crate) fn word(key: &str, value: impl Into<String>) -> Field {
    field(key, Yaml::Word(value.into()))
}

/// A key with a text.
pub(crate) fn text(key: &str, value: impl Into<String>) -> Field {
    field(key, Yaml::Text(value.into()))
}

/// `true`.
pub(crate) fn truth() -> Yaml {
    Yaml::Raw("true".to_owned())
}

impl Yaml {
    fn has_todos(&self) -> bool {
        match self {
            Yaml::Line(fields) | Yaml::Block(fields) => fields
                .iter()
                .any(|field| !field.todos.is_empty() || field.value.has_todos()),
            Yaml::List(items) => items.iter().any(Yaml::has_todos),
            _ => false,
        }
    }

    /// Whether it has to be a block whatever its length.
    fn is_block(&self) -> bool {
        match self {
            Yaml::Block(fields) => !fields.is_empty(),
            Yaml::Line(fields) => fields.iter().any(|field| field.value.is_block()),
            Yaml::List(items) => items.iter().any(Yaml::is_block),
            _ => false,
        }
    }

    /// The value on one line, without its open questions.
    pub fn on_one_line(&self) -> String {
        match self {
            Yaml::Raw(text) => text.clone(),
            Yaml::Word(text) if is_plain(text, true) => text.clone(),
            Yaml::Word(text) | Yaml::Text(text) => quoted(text),
            Yaml::Line(fields) | Yaml::Block(fields) if fields.is_empty() => "{}".to_owned(),
            Yaml::Line(fields) | Yaml::Block(fields) => {
                let fields = fields.iter().map(Field::on_one_line);
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
            Yaml::List(items) => {
                let items = items.iter().map(Yaml::on_one_line);
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Field {
    /// Adds an open question.
    #[must_use]
    pub fn todo(mut self, asker: impl Into<Asker>, text: impl Into<String>) -> Field {
        self.todos.push((asker.into(), text.into()));
        self
    }

    /// Key and value on one line, as inside of a map.
    pub fn on_one_line(&self) -> String {
        let (key, value) = (key(&self.key, true), self.value.on_one_line());
        if is_long(&key) {
            return format!("? {key} : {value}");
        }
        format!("{key}: {value}")
    }

    /// The lines of key and value in a block of this indentation.
    pub fn lines(&self, indent: usize, out: &mut String) {
        let margin = " ".repeat(indent);
        if self.spaced {
            out.push('\n');
        }
        for (asker, text) in &self.todos {
            out.push_str(&todo(&margin, *asker, text));
        }
        let key = key(&self.key, false);
        if is_long(&key) {
            out.push_str(&format!("{margin}? {key}\n{margin}:"));
        } else {
            out.push_str(&format!("{margin}{key}:"));
        }
        value_lines(&self.value, indent, key_width(indent, &self.key), out);
    }
}

/// The comment of an open question, as a line.
pub(super) fn todo(margin: &str, asker: Asker, text: &str) -> String {
    format!("{margin}{}\n", comment(asker, text))
}

fn key_width(indent: usize, key: &str) -> usize {
    indent + key.len() + 2
}

/// What stands behind a colon or dash, to the end of the line.
fn value_lines(value: &Yaml, indent: usize, column: usize, out: &mut String) {
    let line = value.on_one_line();
    let fits = column + line.len() <= WIDTH;
    let one_line = !value.has_todos() && !value.is_block() && fits;
    match value {
        Yaml::Line(fields) | Yaml::Block(fields) if !one_line && !fields.is_empty() => {
            out.push('\n');
            fields.iter().for_each(|field| field.lines(indent + 2, out));
        }
        Yaml::List(items) if !one_line => {
            out.push('\n');
            let margin = " ".repeat(indent + 2);
            for item in items {
                out.push_str(&margin);
                out.push_str("- ");
                out.push_str(&item.on_one_line());
                out.push('\n');
            }
        }
        _ => {
            out.push(' ');
            out.push_str(&line);
            out.push('\n');
        }
    }
}

fn key(key: &str, in_line: bool) -> String {
    let number = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
    if number || is_plain(key, in_line) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// Returns true for a key that YAML reads behind a question mark only: else the
/// reader looks no further than 1024 characters for the colon.
fn is_long(key: &str) -> bool {
    key.chars().count() > 1000
}

/// Words that YAML, in one version or another, takes for something else.
const TAKEN: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Whether a text stays the same without quotes.
fn is_plain(text: &str, in_line: bool) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '/';
    let path = text.starts_with('/') && !in_line;
    text.starts_with(first)
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-./: ".contains(c) || path && "{}".contains(c))
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !TAKEN.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_word_and_text_is_read_again(name: String, text: String) {
            for make in [Yaml::Word, Yaml::Text] {
                let line = Yaml::Line(vec![field(name.clone(), make(text.clone()))]);
                let block = Yaml::Block(vec![field(name.clone(), make(text.clone()))]);
                for value in [line, block] {
                    let mut out = String::new();
                    field("a", value).lines(0, &mut out);
                    let root = parse(&out).unwrap();
                    let entry = &root.get("a").unwrap().as_map()[0];
                    prop_assert_eq!(&entry.key.text, &name);
                    prop_assert_eq!(entry.node.as_str(), Some(text.as_str()));
                }
            }
        }
    }

    #[test]
    fn a_key_of_any_length_is_read_again() {
        for name in ["a".repeat(5000), "\"".repeat(600), "/x{".repeat(500)] {
            for make in [Yaml::Line, Yaml::Block] {
                let inner = make(vec![field(name.clone(), truth()), word("b", "c")]);
                let fields = vec![field(name.clone(), inner), word("d", "e")];
                let mut out = String::new();
                field("a", make(fields)).lines(0, &mut out);
                let root = parse(&out).unwrap();
                let outer = root.get("a").and_then(|a| a.get(&name)).unwrap();
                assert_eq!(outer.get(&name).and_then(|one| one.as_bool()), Some(true));
                assert_eq!(outer.get("b").and_then(|one| one.as_str()), Some("c"));
            }
        }
    }

    #[test]
    fn what_looks_like_something_else_is_quoted() {
        for text in [
            "true",
            "No",
            "12",
            "",
            "list[1..*] string",
            "a: b",
            "-",
            "# x",
            "~",
        ] {
            let out = Yaml::Word(text.to_owned()).on_one_line();
            assert!(out.starts_with('"'), "{out}");
        }
        for text in [
            "string",
            "list string",
            "urn:inin.com:a.b:c",
            "interactions 8",
        ] {
            assert_eq!(Yaml::Word(text.to_owned()).on_one_line(), text);
        }
    }

    #[test]
    fn a_map_with_an_open_question_is_a_block() {
        let inner = word("type", "string").todo(7, "which\ntype");
        let mut out = String::new();
        field("a", Yaml::Line(vec![inner])).lines(2, &mut out);
        assert_eq!(
            out,
            "  a:\n    # TODO (page line 7): which type\n    type: string\n"
        );
    }
}
