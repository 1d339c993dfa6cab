//! Bodies of requests and replies.

use crate::api::{BodyType, List, Operation, RecordId, Reply, Type};

use super::super::page::{Method, Record, Status};
use super::{Change, Comparison, Value};

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
                    shown(record.name.as_deref()),
                    self.shown_type(found)
                );
                let change = Change::Body {
                    item,
                    method,
                    status: None,
                    record,
                };
                self.differs(record.line, item, message, change);
            }
            (None, Some(_)) => {
                let message = format!("{} has no body on the page", method.verb);
                self.differs(
                    method.line,
                    item,
                    message,
                    Change::Key {
                        item,
                        key: "body",
                        value: None,
                    },
                );
            }
            (None, None) => {}
        }
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
            Some(Some(id)) => shown(Some(&self.model.api()[id].name)),
        }
    }

    /// Whether a record of the model can be the one of the page: it has its
    /// name or its URN. What has no name on the page may have any.
    pub(super) fn is_called(&self, id: RecordId, page: &Record) -> bool {
        let record = &self.model.api()[id];
        page.name.as_ref().is_none_or(|name| *name == record.name)
            || page
                .own()
                .is_some_and(|own| own.urn.is_some() && own.urn == record.urn)
    }

    pub(super) fn reply_body(
        &mut self,
        method: Option<&'p Method>,
        status: &'p Status,
        reply: &'m Reply,
    ) {
        let place = reply.place;
        let code = status.code;
        let media = match &reply.body {
            Some(BodyType::Media(media)) => Some(media),
            _ => None,
        };
        let found = match &reply.body {
            Some(BodyType::Value(ty)) => Some(self.record_of(ty)),
            Some(BodyType::Messages) => Some(None),
            _ => None,
        };
        if status.content.as_ref() != media && status.body.is_none() {
            let shown = |media: Option<&String>| {
                media.map_or("no content of its own".to_owned(), |media| {
                    format!("`{media}`")
                })
            };
            let message = format!(
                "{code} has {} on the page, {} in the model",
                shown(status.content.as_ref()),
                shown(media)
            );
            let value = status.content.clone().map(Value::Word);
            self.differs(
                status.line,
                place,
                message,
                Change::Key {
                    item: place,
                    key: "content",
                    value,
                },
            );
        }
        match (&status.body, found) {
            (Some(record), Some(Some(id))) if self.is_called(id, record) => {
                let around = method.and_then(|method| method.since.as_ref());
                self.record(record, id, around);
            }
            // A bare array is more than a page can show of it.
            (Some(_), Some(None)) if reply.body == Some(BodyType::Messages) => {}
            (Some(record), found) => {
                let message = format!(
                    "{code} has {} on the page, {} in the model",
                    shown(record.name.as_deref()),
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
                self.differs(record.line, place, message, change);
            }
            (None, Some(Some(_))) => {
                let message = format!("{code} has no representation on the page");
                self.differs(
                    status.line,
                    place,
                    message,
                    Change::Key {
                        item: place,
                        key: "body",
                        value: None,
                    },
                );
            }
            (None, _) => {}
        }
    }
}

pub(super) fn shown(name: Option<&str>) -> String {
    name.map_or("a representation without a name".to_owned(), |name| {
        format!("`{name}`")
    })
}
