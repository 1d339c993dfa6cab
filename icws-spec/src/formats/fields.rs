//! JSON objects in the order in which they are filled.

use serde_json::{Map, Value as Json};

use crate::api::Since;
use crate::texts;

/// A JSON object that is being filled.
#[derive(Default)]
pub(super) struct Fields(Map<String, Json>);

impl Fields {
    /// An object that goes on with what is there.
    pub fn of(json: Json) -> Fields {
        match json {
            Json::Object(map) => Fields(map),
            _ => Fields::default(),
        }
    }

    pub fn put(&mut self, name: &str, value: impl Into<Json>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// What is not there is left out.
    pub fn option(&mut self, name: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// A flag, where it is set.
    pub fn flag(&mut self, name: &str, flag: bool) {
        if flag {
            self.put(name, true);
        }
    }

    /// A list, unless it is empty.
    pub fn list(&mut self, name: &str, items: Vec<Json>) {
        if !items.is_empty() {
            self.put(name, items);
        }
    }

    /// An object, unless it is empty.
    pub fn object(&mut self, name: &str, fields: Fields) {
        if !fields.0.is_empty() {
            self.put(name, fields.0);
        }
    }

    /// A text of the model. What shows such documents reads Markdown.
    pub fn markdown(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, texts::markdown(text));
        }
    }

    /// The first sentence of a text, unless it is empty.
    pub fn summary(&mut self, text: &str) {
        let summary = sentence(text);
        self.option("summary", (!summary.is_empty()).then_some(summary));
    }

    /// The version of a feature, unless it is that of what stands around.
    pub fn since(&mut self, since: Option<&Since>, around: Option<&Since>) {
        let since = since.filter(|since| Some(*since) != around);
        self.option("x-icws-since", since.map(ToString::to_string));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn map(self) -> Map<String, Json> {
        self.0
    }

    pub fn json(self) -> Json {
        Json::Object(self.0)
    }
}

/// The first sentence of a text, on one line.
pub(super) fn sentence(text: &str) -> String {
    let line = texts::visible(text);
    let line = line.lines().next().unwrap_or_default().trim();
    let end = line.find(". ").unwrap_or(line.len());
    let sentence = line.get(..end).unwrap_or(line);
    sentence.trim_end_matches('.').to_owned()
}
