//! What a fact can be.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::api::{Api, RecordId, Since, Type};

use super::words::{record_id, type_name};

/// The value of a key. What refers to other items is comparable within one model
/// only.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// The item says nothing.
    Nothing,
    /// Whether something is so.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A word or a text.
    Word(Cow<'a, str>),
    /// A list of words.
    Words(Vec<Cow<'a, str>>),
    /// A type.
    Type(&'a Type),
    /// An object or message.
    Record(RecordId),
    /// Keys of a map with their values.
    Parts(Vec<(&'static str, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// A word.
    pub fn word(word: impl Into<Cow<'a, str>>) -> Value<'a> {
        Value::Word(word.into())
    }

    /// A word, if there is one.
    pub fn option(word: Option<impl Into<Cow<'a, str>>>) -> Value<'a> {
        word.map_or(Value::Nothing, Value::word)
    }

    /// A text that is empty when nothing is said.
    pub(super) fn text(text: &'a str) -> Value<'a> {
        Value::option(Some(text).filter(|text| !text.is_empty()))
    }

    /// A version.
    pub fn since(since: Option<&Since>) -> Value<'a> {
        Value::option(since.map(ToString::to_string))
    }

    /// Returns the value as JSON, `null` for nothing. Types and items are written
    /// with whole ids.
    pub fn json(&self, api: &Api) -> Json {
        match self {
            Value::Nothing => Json::Null,
            Value::Flag(flag) => (*flag).into(),
            Value::Number(number) => (*number).into(),
            Value::Word(word) => word.as_ref().into(),
            Value::Words(words) => words.iter().map(AsRef::<str>::as_ref).collect(),
            Value::Type(ty) => type_name(api, ty).into(),
            Value::Record(id) => record_id(api, *id).into(),
            Value::Parts(parts) => {
                let parts = parts.iter();
                let parts = parts.map(|(key, value)| ((*key).to_owned(), value.json(api)));
                Json::Object(parts.collect())
            }
        }
    }

    /// Returns the value as a message has it: code, or `nothing`.
    pub fn shown(&self, api: &Api) -> String {
        match self {
            Value::Nothing => "nothing".to_owned(),
            Value::Words(words) if words.is_empty() => "nothing".to_owned(),
            Value::Words(words) => format!("`{}`", words.join("`, `")),
            Value::Parts(parts) => {
                let parts = parts.iter();
                let parts = parts.map(|(key, value)| format!("{key} {}", value.shown(api)));
                parts.collect::<Vec<_>>().join(", ")
            }
            _ => format!("`{}`", self.bare(api)),
        }
    }

    /// Returns the value as plain text.
    pub fn bare(&self, api: &Api) -> String {
        match self {
            Value::Word(word) => word.clone().into_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Type(ty) => type_name(api, ty),
            Value::Record(id) => record_id(api, *id),
            Value::Nothing | Value::Words(_) | Value::Parts(_) => self.shown(api),
        }
    }
}
