//! What a reply has but its body. Of one with a source elsewhere, what the page
//! does not show is no difference.

use crate::api::{HeaderType, RecordId, Reply};
use crate::facts;
use crate::place::Place;

use super::super::page::{Method, Status};
use super::super::said;
use super::bodies::named;
use super::doubts::why;
use super::facts::Beside;
use super::{Change, Comparison};

/// A status of the page, with what is around it.
pub(super) struct Shown<'p> {
    pub method: Option<&'p Method>,
    pub status: &'p Status,
    /// Why what stands in it may be of another status.
    pub question: Option<String>,
}

impl<'p, 'm> Comparison<'p, 'm> {
    /// What a reply says apart from its version.
    pub(super) fn reply_facts(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        self.reply_body(shown, reply);
        self.headers(shown, reply);
        self.messages(shown, reply);
        self.errors(shown, reply);
    }

    /// Why a reply may have more than the page shows.
    pub(super) fn of_reply(&self, status: &Status) -> Option<String> {
        let absence = self.doubts.of_absence();
        absence.or_else(|| self.doubts.of_more(status.line, status.end))
    }

    /// Why what stands in a status may be of another one, or half of something.
    pub(super) fn in_reply(&self, shown: &Shown<'_>, line: usize, end: usize) -> Option<String> {
        let behind = self.doubts.behind(shown.status.line, line);
        let more = behind.or_else(|| self.doubts.of_more(line, end));
        more.or_else(|| shown.question.clone())
    }

    fn headers(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        let status = shown.status;
        let place = reply.place;
        for header in &status.headers {
            let found = reply
                .headers
                .iter()
                .find(|other| other.name.eq_ignore_ascii_case(&header.name));
            let question = self.in_reply(shown, header.line, header.end);
            let Some(found) = found else {
                let message = format!(
                    "{} has no header `{}` in the model",
                    status.code, header.name
                );
                let change = Change::AddHeader {
                    reply: place,
                    header,
                };
                self.differs_or_asks(header.line, place, message, change, question);
                continue;
            };
            let beside = Beside {
                name: format!("the header `{}`", header.name),
                line: header.line,
                place,
                item: found.place,
            };
            let tables = (said::HEADER, facts::HEADER);
            self.facts(tables, (header, found), &beside, |_| question.clone());
        }
        for header in reply.headers.iter().filter(|_| reply.source.is_none()) {
            let mut headers = status.headers.iter();
            let is_shown = headers.any(|other| other.name.eq_ignore_ascii_case(&header.name));
            if is_shown || self.doubts.is_unread(&header.name) {
                continue;
            }
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
            let question = self.of_reply(status);
            self.differs_or_asks(status.line, place, message, change, question);
        }
    }

    fn messages(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        let status = shown.status;
        let place = reply.place;
        let mut found = Vec::new();
        for record in &status.messages {
            // A page may name a message twice; it follows once all the same.
            let again = |id: &&RecordId| record.name.is_some() && self.is_called(**id, record);
            if found.iter().any(|id| again(&id)) {
                continue;
            }
            let mut messages = reply.messages.iter();
            match messages.find(|id| !found.contains(*id) && self.is_called(**id, record)) {
                Some(id) => {
                    found.push(*id);
                    self.record(record, *id, None);
                }
                None => {
                    let message = format!(
                        "{} has no message {} in the model",
                        status.code,
                        named(record.name.as_deref())
                    );
                    let change = Change::AddMessage {
                        reply: place,
                        record,
                    };
                    let question = self
                        .in_reply(shown, record.line, record.end)
                        .or_else(|| self.of_table(record));
                    self.differs_or_asks(record.line, place, message, change, question);
                }
            }
        }
        let list = self.node(place).and_then(|node| node.get("messages"));
        let lacking = reply.messages.iter().enumerate();
        let lacking = lacking.filter(|(_, id)| !found.contains(id) && reply.source.is_none());
        for (index, id) in lacking {
            let message = format!(
                "{} has no message {} on the page",
                status.code,
                self.shown_type(Some(Some(*id)))
            );
            let item = list.and_then(|list| list.as_list().get(index));
            let change = Change::MoveItem {
                item: Place {
                    file: place.file,
                    node: item.map_or(place.node, |item| item.id),
                },
                to: Vec::new(),
            };
            let body = status.body.as_ref();
            let question = self
                .of_reply(status)
                .or_else(|| body.and_then(|body| self.of_message(body, reply)));
            self.differs_or_asks(status.line, place, message, change, question);
        }
    }

    fn errors(&mut self, shown: &Shown<'p>, reply: &'m Reply) {
        let status = shown.status;
        let place = reply.place;
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
            let question = self.in_reply(shown, error.line, error.end);
            self.differs_or_asks(error.line, place, message, change, question);
        }
        if status.errors.is_empty() || reply.source.is_some() {
            return;
        }
        // Identifiers of servers are told by many sources; the page is one.
        for error in &reply.errors {
            if !status.errors.iter().any(|other| other.id == error.id) {
                let message = format!("{} has no error `{}` on the page", status.code, error.id);
                let question = Some(why::ERRORS.to_owned());
                self.differs_or_asks(status.line, place, message, Change::ByHand, question);
            }
        }
    }
}
