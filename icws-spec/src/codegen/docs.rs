//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Since;
use crate::texts::{code, inline, markdown, visible};

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
            markdown(text)
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
                "Of the feature {}; with which version it came is not known.",
                code(&since.feature)
            )),
            Some(since) => self.then(format!("Since {}.", code(&since.to_string()))),
            None => self,
        }
    }

    /// Adds where the fact comes from, if the model says so.
    pub fn source(self, source: Option<&str>) -> Self {
        match source {
            Some(source) => self.then(format!("Source: {}", inline(source))),
            None => self,
        }
    }

    /// The attribute.
    pub fn tokens(&self) -> TokenStream {
        lines(&self.0.join("\n\n"))
    }
}

/// A doc comment of one attribute for each line, as `///` makes it.
pub(super) fn lines(text: &str) -> TokenStream {
    let text = visible(text);
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
