//! Bodies of requests and replies.

use crate::api::{BodyType, List, Operation, RecordId, Reply, Type};
use crate::facts;

use super::super::page::{Method, Record};
use super::super::said;
use super::doubts::why;
use super::facts::Beside;
use super::replies::Shown;
use super::{Change, Comparison};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn request_body(&mut self, method: &'p Method, operation: &'m Operation) {
        let found = operation.body.as_ref().map(|body| self.record_of(body));
        let item = operation.place;
        match (&method.body, found) {
            (Some(record), Some(Some(id))) if self.is_called(id, record) => {
                self.record(record, id, method.since.as_ref());
            }
            (Some(record), found) => {
                let message = format!(
                    "the body of {} is {} on the page, {} in the model",
                    method.verb,
                    named(record.name.as_deref()),
                    self.shown_type(found)
                );
                let change = Change::Body {
                    item,
                    method,
                    status: None,
                    record,
                };
                let behind = self.doubts.behind(method.line, record.line);
                let question = behind
                    .or_else(|| self.doubts.of_more(record.line, record.end))
                    .or_else(|| self.of_other(record, found));
                self.differs_or_asks(record.line, item, message, change, question);
            }
            (None, Some(_)) => {
                let message = format!("{} has no body on the page", method.verb);
                let change = Change::Key {
                    item,
                    key: "body",
                    value: None,
                };
                let question = self.of_request(method);
                self.differs_or_asks(method.line, item, message, change, question);
            }
            (None, None) => {}
        }
    }

    /// Why a representation does not take the place of another, or of none.
    fn of_other(&self, record: &Record, found: Option<Option<RecordId>>) -> Option<String> {
        let absence = found.and_then(|_| self.doubts.of_absence());
        absence.or_else(|| self.of_table(record))
    }

    /// Why a name does not stand for a new representation or message.
    pub(super) fn of_table(&self, record: &Record) -> Option<String> {
        let name = record.name.as_deref();
        let has_table = record.has_table || name.is_some_and(|name| self.tables.contains_key(name));
        (!has_table).then(|| why::NO_TABLE.to_owned())
    }

    /// The record that a type is about: itself, or its items.
    fn record_of(&self, ty: &Type) -> Option<RecordId> {
        match ty {
            Type::Record(id) => Some(*id),
            Type::List(List { item, .. }) => self.record_of(item),
            _ => None,
        }
    }

    pub(super) fn shown_type(&self, found: Option<Option<RecordId>>) -> String {
        match found {
            None => "nothing".to_owned(),
            Some(None) => "no object".to_owned(),
            Some(Some(id)) => named(Some(&self.model.api()[id].name)),
        }
    }

    /// Whether a record of the model can be the one of the page: it has its
    /// name or its URN. What has neither on the page may be any.
    pub(super) fn is_called(&self, id: RecordId, page: &Record) -> bool {
        let record = &self.model.api()[id];
        let own = page.groups.first().filter(|_| !page.has_options);
        let urn = own.and_then(|own| own.urn.as_ref());
        match (&page.name, urn, &record.urn) {
            (Some(name), ..) if *name == record.name => true,
            (_, Some(urn), Some(own)) => urn == own,
            (name, ..) => name.is_none(),
        }
    }

    pub(super) fn reply_body(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        let Shown { method, status, .. } = *shown;
        let found = match &reply.body {
            Some(BodyType::Value(ty)) => Some(self.record_of(ty)),
            Some(BodyType::Messages) => Some(None),
            _ => None,
        };
        let place = reply.place;
        self.content(shown, reply);
        match (&status.body, found) {
            (Some(record), Some(Some(id))) if self.is_called(id, record) => {
                let around = method.and_then(|method| method.since.as_ref());
                self.record(record, id, around);
            }
            // A bare array is more than a page can show of it.
            (Some(_), Some(None)) if reply.body == Some(BodyType::Messages) => {}
            (Some(record), found) => {
                let message = format!(
                    "{} has {} on the page, {} in the model",
                    status.code,
                    named(record.name.as_deref()),
                    self.shown_type(found)
                );
                let change = match method {
                    Some(method) => Change::Body {
                        item: place,
                        method,
                        status: Some(status),
                        record,
                    },
                    None => Change::ByHand,
                };
                let question = self
                    .of_message(record, reply)
                    .or_else(|| self.in_reply(shown, record.line, record.end))
                    .or_else(|| self.of_other(record, found))
                    .or_else(|| found.and_then(|_| from_elsewhere(reply)));
                self.differs_or_asks(record.line, place, message, change, question);
            }
            (None, Some(Some(_))) if reply.source.is_none() => {
                let message = format!("{} has no representation on the page", status.code);
                let change = Change::Key {
                    item: place,
                    key: "body",
                    value: None,
                };
                let question = self.of_reply(status);
                self.differs_or_asks(status.line, place, message, change, question);
            }
            (None, _) => {}
        }
    }

    /// Why a representation may be a message that the page does not call so.
    pub(super) fn of_message(&self, record: &Record, reply: &Reply) -> Option<String> {
        let named = |id: &RecordId| record.name.is_some() && self.is_called(*id, record);
        let is_message = reply.messages.iter().any(named);
        is_message.then(|| {
            "it is a message in the model, and the words for that may be missing".to_owned()
        })
    }

    /// Content of another media type.
    fn content(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        let status = shown.status;
        if status.content.is_none() && reply.source.is_some() {
            return;
        }
        let beside = Beside {
            name: status.code.to_string(),
            line: status.line,
            place: reply.place,
            item: reply.place,
        };
        let question = self.of_reply(status).or_else(|| shown.question.clone());
        let tables = (said::STATUS, facts::REPLY);
        self.facts(tables, (status, reply), &beside, |_| question.clone());
    }
}

/// Why the model may know better.
fn from_elsewhere(reply: &Reply) -> Option<String> {
    let source = reply.source.as_ref()?;
    Some(format!("the model has it from elsewhere: {source}"))
}

pub(super) fn named(name: Option<&str>) -> String {
    name.map_or("a representation without a name".to_owned(), |name| {
        format!("`{name}`")
    })
}
