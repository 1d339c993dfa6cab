//! Messages: what they are, and what the session is told of them.

use serde_json::{Map as JsonMap, Value};

use super::super::exchange::{MASKED, TYPE};
use super::super::finding::Part;
use super::super::index::Known;
use super::super::rules;
use super::{Check, Subject, kind};
use crate::api::RecordId;

/// A message that came, as its session is told of it.
pub(in super::super) struct Message<'a> {
    pub record: RecordId,
    /// Whether it is a delta; `None` for a message that is always in full, or does
    /// not say.
    pub delta: Option<bool>,
    /// What its subject is; `None` for all subjects.
    pub key: Option<String>,
    /// Where it is.
    pub part: Part,
    pub pointer: String,
    /// What it is in the model.
    pub is: &'a crate::api::Record,
}

impl<'a> Check<'a, '_> {
    /// A bare array of messages.
    pub(super) fn messages(&mut self, value: &Value, subject: &Subject) -> Vec<Message<'a>> {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            Value::String(text) if text == MASKED => &[],
            other => {
                let message = format!("the messages must be an array, but this is {}", kind(other));
                self.report(&rules::TYPE_MISMATCH, subject, message, None, None);
                &[]
            }
        };
        let mut messages = Vec::new();
        for (index, item) in items.iter().enumerate() {
            self.at(&index.to_string(), |check| {
                messages.extend(check.message(item, subject));
            });
        }
        messages
    }

    /// One message.
    pub(super) fn message(&mut self, value: &Value, subject: &Subject) -> Option<Message<'a>> {
        let Value::Object(object) = value else {
            if value.as_str() != Some(MASKED) {
                let message = format!("a message must be an object, but this is {}", kind(value));
                self.report(&rules::TYPE_MISMATCH, subject, message, None, None);
            }
            return None;
        };
        let Some(urn) = object.get(TYPE).and_then(Value::as_str) else {
            let message = format!("a message says by its `{TYPE}` what it is");
            self.report(&rules::MISSING_TYPE, subject, message, None, None);
            return None;
        };
        if urn == MASKED {
            return None;
        }
        match self.index.known(urn) {
            Known::Message(id) => Some(self.known_message(object, id)),
            Known::Objects(_) => {
                let message = "this `__type` is that of an object, not of a message";
                let example = Some(urn.to_owned());
                self.report(&rules::OTHER_BASE, subject, message, example, None);
                None
            }
            Known::No => {
                self.unknown_type(object, urn, None, true);
                None
            }
        }
    }

    fn known_message(&mut self, object: &JsonMap<String, Value>, id: RecordId) -> Message<'a> {
        let record = &self.index.api[id];
        let name = |position: usize| {
            let property = record.properties.get(position)?;
            Some(property.name.as_str())
        };
        let facts = record.delta();
        let delta = facts.and_then(|facts| object.get(name(facts.flag)?)?.as_bool());
        let key = facts.and_then(|facts| object.get(name(facts.key?)?)?.as_str());
        let key = key.map(str::to_owned);
        self.record(object, id, false, delta);
        Message {
            record: id,
            delta,
            key,
            part: self.part.clone(),
            pointer: self.pointer.clone(),
            is: record,
        }
    }
}
