//! The response: its status, its headers and its body.

use serde_json::Value;

use super::super::events;
use super::super::exchange::{self, Exchange, MASKED};
use super::super::facts::Fact;
use super::super::finding::Part;
use super::super::route::Found;
use super::super::rules;
use super::request::{is_blank, is_nothing};
use super::{Check, Message, Subject, body_of, text};
use crate::api::{BodyType, HeaderType, Reply};

/// The media type of an event stream.
const EVENTS: &str = "text/event-stream";

impl<'a> Check<'a, '_> {
    pub(super) fn reply(
        &mut self,
        found: Found<'a>,
        status: u16,
        exchange: &Exchange,
    ) -> Vec<Message<'a>> {
        let operation = found.operation;
        let subject = Subject::operation(operation);
        let Some(reply) = documented(&operation.replies, status) else {
            self.turn_to(Part::Status);
            let message = format!("the operation has no reply with the status {status}");
            let is_page = exchange.is_page();
            let message = match is_page {
                true => format!("{message}; a page for people came, as gateways send them"),
                false => message,
            };
            let fact = (!is_page).then(|| Fact::Status {
                operation: subject.id.clone(),
                status,
                reply: body_of(exchange),
            });
            self.report(&rules::UNDOCUMENTED_STATUS, &subject, message, None, fact);
            return Vec::new();
        };
        let subject = subject.part(&status.to_string(), reply.place);
        if !exchange.continued {
            self.coverage.status(found.number, status);
            self.headers(reply, &subject, exchange);
        }
        self.reply_body(reply, &subject, status, exchange)
    }

    fn headers(&mut self, reply: &Reply, subject: &Subject, exchange: &Exchange) {
        for header in &reply.headers {
            self.turn_to(Part::ResponseHeader(header.name.clone()));
            let own = subject.part(&header.name, header.place);
            match (exchange.response_header(&header.name), &header.ty) {
                (None, _) if header.required => {
                    let message = format!("the required header `{}` is missing", header.name);
                    self.report(&rules::MISSING_HEADER, &own, message, None, None);
                }
                (Some(value), HeaderType::Value(ty)) if value != MASKED => {
                    if let Some(expected) = text::misfit(value, ty) {
                        let message = format!("`{}` must be {expected}", header.name);
                        let example = Some(self.mask.text(&header.name, value));
                        self.report(&rules::TYPE_MISMATCH, &own, message, example, None);
                    }
                }
                _ => {}
            }
        }
    }

    fn reply_body(
        &mut self,
        reply: &'a Reply,
        subject: &Subject,
        status: u16,
        exchange: &Exchange,
    ) -> Vec<Message<'a>> {
        self.turn_to(Part::ResponseBody);
        let media = exchange.media_type();
        let (Some(bytes), Some(body)) = (exchange.response_body.known(), &reply.body) else {
            let unexpected = |bytes: &[u8]| reply.body.is_none() && !is_nothing(bytes);
            if exchange.response_body.known().is_some_and(unexpected) {
                let message = format!("the reply {status} has no body in the model");
                self.report(&rules::UNEXPECTED_BODY, subject, message, None, None);
            }
            return Vec::new();
        };
        let is_stream = media.as_deref() == Some(EVENTS);
        match body {
            BodyType::Messages if is_stream => return self.events(bytes, subject),
            _ if is_blank(bytes) => {
                let message = format!("the reply {status} has a body in the model");
                self.report(&rules::MISSING_BODY, subject, message, None, None);
            }
            BodyType::Media(expected) => {
                let plain = expected.split(';').next().unwrap_or_default().trim();
                if let Some(media) = media.filter(|media| !media.eq_ignore_ascii_case(plain)) {
                    let message = format!("the body must be `{expected}`");
                    let example = Some(self.mask.name(&media));
                    self.report(&rules::OTHER_MEDIA, subject, message, example, None);
                }
            }
            BodyType::Messages => {
                let mut messages = Vec::new();
                self.json(bytes, subject, |check, value| {
                    messages = check.messages(value, subject);
                });
                return messages;
            }
            BodyType::Value(ty) => self.json(bytes, subject, |check, value| {
                check.value(value, ty, subject, "the body", false);
            }),
        }
        Vec::new()
    }

    /// The events of a stream: one message each.
    fn events(&mut self, bytes: &[u8], subject: &Subject) -> Vec<Message<'a>> {
        let text = String::from_utf8_lossy(bytes);
        let mut messages = Vec::new();
        for (index, data) in events::data(&text).iter().enumerate() {
            self.turn_to(Part::Event(index + 1));
            if data == MASKED {
                continue;
            }
            self.json(data.as_bytes(), subject, |check, value| {
                messages.extend(check.message(value, subject));
            });
        }
        messages
    }

    /// Reads JSON.
    pub(super) fn json(
        &mut self,
        bytes: &[u8],
        subject: &Subject,
        then: impl FnOnce(&mut Self, &Value),
    ) {
        match exchange::json(bytes) {
            Ok(value) => then(self, &value),
            Err(error) => {
                let message = "it is no JSON";
                let example = Some(format!("{} bytes, {error}", bytes.len()));
                self.report(&rules::UNREADABLE_BODY, subject, message, example, None);
            }
        }
    }
}

/// The reply of a status: that of its number before that of any success.
fn documented(replies: &[Reply], status: u16) -> Option<&Reply> {
    let exact = |reply: &&Reply| reply.status.code() == Some(status);
    let mut fitting = replies.iter().filter(|reply| reply.status.is(status));
    replies.iter().find(exact).or_else(|| fitting.next())
}

/// Returns true if a response with messages came, and what is in it is not known.
pub(in super::super) fn has_lost_messages(found: Found<'_>, exchange: &Exchange) -> bool {
    let mut bodies = found.operation.replies.iter().map(|reply| &reply.body);
    let brings = bodies.any(|body| *body == Some(BodyType::Messages));
    let is_whole = exchange.status.is_some() && exchange.response_body.known().is_some();
    brings && !is_whole
}
