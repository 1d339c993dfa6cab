//! Replies with all that they have but their bodies.

use crate::api::{HeaderType, Operation, Reply};
use crate::place::Place;

use super::super::page::{Method, Status};
use super::bodies::shown;
use super::{Change, Comparison, Versions, required};

impl<'p, 'm> Comparison<'p, 'm> {
    pub(super) fn replies(&mut self, method: &'p Method, operation: &'m Operation) {
        let mut before = None;
        for status in &method.statuses {
            match operation
                .replies
                .iter()
                .find(|reply| reply.status.code() == Some(status.code))
            {
                None => {
                    let message =
                        format!("{} has no reply {} in the model", method.verb, status.code);
                    let change = Change::AddReply {
                        operation: operation.place,
                        method,
                        status,
                        after: before,
                    };
                    self.differs(status.line, operation.place, message, change);
                }
                Some(reply) => {
                    before = Some(status.code);
                    if reply.source.is_none() {
                        self.reply(method, status, operation, reply);
                    }
                }
            }
        }
        for reply in operation
            .replies
            .iter()
            .filter(|reply| reply.source.is_none())
        {
            if !method
                .statuses
                .iter()
                .any(|status| Some(status.code) == reply.status.code())
            {
                let message = format!("{} has no status {} on the page", method.verb, reply.status);
                let change = Change::Drop {
                    item: operation.place,
                    section: Some("replies"),
                    key: reply.status.to_string(),
                };
                self.differs(method.line, reply.place, message, change);
            }
        }
    }

    fn reply(
        &mut self,
        method: &'p Method,
        status: &'p Status,
        operation: &'m Operation,
        reply: &'m Reply,
    ) {
        let first = self.differences.len();
        self.reply_facts(Some(method), status, reply);
        self.since(Versions {
            name: format!("the status {}", status.code),
            line: status.line,
            place: reply.place,
            item: reply.place,
            page: status.since.as_ref(),
            page_around: method.since.as_ref().or(self.page.since.as_ref()),
            model: reply.since.as_ref(),
            model_around: operation.since.as_ref(),
        });
        let node = self.node(reply.place);
        if !node.is_some_and(|node| node.as_str().is_some() || node.get("use").is_some()) {
            return;
        }
        // What a shared reply says is changed where it is used, at once.
        let mut whole = Some(Change::Reply {
            item: reply.place,
            method,
            status,
        });
        for difference in self.differences.iter_mut().skip(first) {
            if difference.place == reply.place {
                difference.change = whole.take().unwrap_or(Change::Included);
            }
        }
    }

    /// What a reply says apart from its version.
    pub(super) fn reply_facts(
        &mut self,
        method: Option<&'p Method>,
        status: &'p Status,
        reply: &'m Reply,
    ) {
        self.reply_body(method, status, reply);
        self.headers(status, reply);
        self.messages(status, reply);
        self.errors(status, reply);
    }

    fn headers(&mut self, status: &'p Status, reply: &'m Reply) {
        let place = reply.place;
        for header in &status.headers {
            let found = reply
                .headers
                .iter()
                .find(|other| other.name.eq_ignore_ascii_case(&header.name));
            let Some(found) = found else {
                let message = format!(
                    "{} has no header `{}` in the model",
                    status.code, header.name
                );
                self.differs(
                    header.line,
                    place,
                    message,
                    Change::AddHeader {
                        reply: place,
                        header,
                    },
                );
                continue;
            };
            if found.required != header.required {
                let message = format!(
                    "the header `{}` is {} on the page",
                    header.name,
                    required(header.required, false)
                );
                let name = found.name.clone();
                self.differs(
                    header.line,
                    place,
                    message,
                    Change::Header {
                        reply: place,
                        header,
                        name,
                    },
                );
            }
        }
        for header in &reply.headers {
            if !status
                .headers
                .iter()
                .any(|other| other.name.eq_ignore_ascii_case(&header.name))
            {
                let challenge = if header.ty == HeaderType::Challenge {
                    ", a challenge,"
                } else {
                    ""
                };
                let message = format!(
                    "{} has no header `{}`{challenge} on the page",
                    status.code, header.name
                );
                let change = Change::Drop {
                    item: place,
                    section: Some("headers"),
                    key: header.name.clone(),
                };
                self.differs(status.line, place, message, change);
            }
        }
    }

    fn messages(&mut self, status: &'p Status, reply: &'m Reply) {
        let place = reply.place;
        let mut found = Vec::new();
        for record in &status.messages {
            match reply
                .messages
                .iter()
                .find(|id| self.is_called(**id, record))
            {
                Some(id) => {
                    found.push(*id);
                    self.record(record, *id, None);
                }
                None => {
                    let message = format!(
                        "{} has no message {} in the model",
                        status.code,
                        shown(record.name.as_deref())
                    );
                    self.differs(
                        record.line,
                        place,
                        message,
                        Change::AddMessage {
                            reply: place,
                            record,
                        },
                    );
                }
            }
        }
        let list = self.node(place).and_then(|node| node.get("messages"));
        for (index, id) in reply
            .messages
            .iter()
            .enumerate()
            .filter(|(_, id)| !found.contains(id))
        {
            let message = format!(
                "{} has no message {} on the page",
                status.code,
                self.shown_type(Some(Some(*id)))
            );
            let item = list.and_then(|list| list.as_list().get(index));
            let change = item.map_or(Change::ByHand, |item| {
                let item = Place {
                    file: place.file,
                    node: item.id,
                };
                Change::MoveItem {
                    item,
                    to: Vec::new(),
                }
            });
            self.differs(status.line, place, message, change);
        }
    }

    fn errors(&mut self, status: &'p Status, reply: &'m Reply) {
        let place = reply.place;
        // Identifiers of servers are told by many sources; the page is one.
        for error in &status.errors {
            let found = reply.errors.iter().find(|other| other.id == error.id);
            let urn = found.and_then(|found| self.model.api()[found.ty?].urn.clone());
            let (message, change) = match found {
                None => (
                    format!("{} has no error `{}` in the model", status.code, error.id),
                    Change::AddError {
                        reply: place,
                        error,
                    },
                ),
                Some(_) if error.urn.is_some() && error.urn != urn => (
                    format!(
                        "the error `{}` comes with another type in the model",
                        error.id
                    ),
                    Change::Error {
                        reply: place,
                        error,
                    },
                ),
                Some(_) => continue,
            };
            self.differs(error.line, place, message, change);
        }
        if status.errors.is_empty() {
            return;
        }
        for error in &reply.errors {
            if !status.errors.iter().any(|other| other.id == error.id) {
                let message = format!("{} has no error `{}` on the page", status.code, error.id);
                let change = Change::Drop {
                    item: place,
                    section: Some("errors"),
                    key: error.id.clone(),
                };
                self.differs(status.line, place, message, change);
            }
        }
    }
}
