//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Since;

/// The parts of a doc comment.
#[derive(Default)]
pub(super) struct Docs(Vec<String>);

impl Docs {
    /// Starts with a text of the model; `instead` says something when the
    /// model has none.
    pub fn new(text: &str, instead: &str) -> Self {
        Docs(vec![if text.is_empty() {
            instead.to_owned()
        } else {
            escape(text)
        }])
    }

    /// Adds a paragraph of the generator's own, in Markdown.
    pub fn then(mut self, paragraph: impl Into<String>) -> Self {
        self.0.push(paragraph.into());
        self
    }

    /// Adds a table of two columns, if it has rows.
    pub fn table(
        self,
        (name, meaning): (&str, &str),
        rows: impl Iterator<Item = (String, String)>,
    ) -> Self {
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let rows = rows.map(|(name, text)| format!("\n| {} | {} |", cell(&name), cell(&text)));
        let rows: String = rows.collect();
        if rows.is_empty() {
            return self;
        }
        self.then(format!("| {name} | {meaning} |\n|---|---|{rows}"))
    }

    /// All of it in one line.
    pub fn line(&self) -> String {
        self.0.join(" ")
    }

    /// Adds the feature version, if any.
    pub fn since(self, since: Option<&Since>) -> Self {
        match since {
            Some(since) if since.version.is_none() => self.then(format!(
                "Of the feature `{}`; with which version it came is not known.",
                since.feature
            )),
            Some(since) => self.then(format!("Since `{since}`.")),
            None => self,
        }
    }

    /// Adds where the fact comes from, if the model says so.
    pub fn source(self, source: Option<&str>) -> Self {
        match source {
            Some(source) => self.then(format!("Source: {}", escape(source))),
            None => self,
        }
    }

    /// The attribute.
    pub fn tokens(&self) -> TokenStream {
        lines(&self.0.join("\n\n"))
    }
}

/// A doc comment of one attribute for each line, as `///` makes it.
fn lines(text: &str) -> TokenStream {
    let text = readable(text);
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// The text as the compiler takes it in a comment: each kind of line end is
/// one, and characters that turn the direction of what follows are spelled.
fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\r' => out.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("U+{:04X}", u32::from(c)));
            }
            other => out.push(other),
        }
    }
    out
}

/// Keeps rustdoc from reading links and tags into a text, except between
/// backticks.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        if c == '`' {
            code = !code;
        }
        if !code && "[]<>*_\\".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    if code {
        out.push('`');
    }
    out.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_holds_what_the_compiler_takes() {
        assert_eq!(readable("a\rb\r\nc\u{202e}d"), "a\nb\ncU+202Ed");
    }

    #[test]
    fn markdown_of_a_text_is_plain() {
        assert_eq!(escape("a [b] <c> `x[0]`"), "a \\[b\\] \\<c\\> `x[0]`");
        assert_eq!(escape("an open `tick"), "an open `tick`");
    }
}
