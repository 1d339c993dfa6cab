//! Holds one exchange against the model.

mod body;
mod messages;
mod reply;
mod request;
mod text;

use serde_json::Value;

use super::coverage::Counters;
use super::exchange::{Body, Exchange, MASKED};
use super::facts::{Came, Fact, is_success};
use super::finding::{Finding, Part};
use super::index::Index;
use super::mask::Mask;
use super::route::{Found, Target};
use super::rules::Rule;
use super::shape::Shape;
use crate::api::{Operation, Record};
use crate::place::Place;

pub(super) use messages::Message;
pub(super) use reply::has_lost_messages;
use request::is_blank;
pub(super) use text::misfit;

/// A check under way, with what it has found.
pub(super) struct Check<'a, 'c> {
    pub index: &'c Index<'a>,
    pub mask: &'c Mask,
    pub coverage: &'c mut Counters,
    pub findings: Vec<Finding>,
    /// The part of the exchange that is looked at.
    part: Part,
    /// The place in its JSON, as a JSON pointer.
    pointer: String,
    /// Whether what is there is a secret.
    is_secret: bool,
}

/// An operation that the model does not have.
pub(super) struct Unknown<'u> {
    pub rule: &'static Rule,
    /// The path in pieces; `None` for a parameter.
    pub path: Vec<Option<String>>,
    /// The namespace that it would be in.
    pub namespace: &'u str,
    /// Its resource, if the model has that.
    pub place: Option<Place>,
}

/// What a value belongs to in the model.
#[derive(Clone)]
struct Subject {
    namespace: String,
    id: String,
    place: Option<Place>,
}

impl<'a, 'c> Check<'a, 'c> {
    pub fn new(index: &'c Index<'a>, mask: &'c Mask, coverage: &'c mut Counters) -> Self {
        Check {
            index,
            mask,
            coverage,
            findings: Vec::new(),
            part: Part::Target,
            pointer: String::new(),
            is_secret: false,
        }
    }

    /// Holds request and response of an operation against it, and returns the messages
    /// that came.
    pub fn operation(
        &mut self,
        found: Found<'a>,
        target: &Target<'_>,
        exchange: &Exchange,
    ) -> Vec<Message<'a>> {
        if !exchange.continued {
            self.coverage.operation(found.number);
            self.request(found, target, exchange);
        }
        match exchange.status {
            Some(status) => self.reply(found, status, exchange),
            None => Vec::new(),
        }
    }

    /// Reports an operation that the model does not have.
    pub fn unknown(&mut self, unknown: Unknown<'_>, target: &Target<'_>, exchange: &Exchange) {
        let Unknown {
            rule,
            path,
            namespace,
            place,
        } = unknown;
        let shown: String = path.iter().fold(String::new(), |shown, piece| {
            shown
                + "/"
                + &piece
                    .as_deref()
                    .map_or("{}".into(), |piece| self.mask.name(piece))
        });
        let shown = self.mask.name(&shown);
        let status = exchange.status;
        let came = status.map_or("no response".to_owned(), |status| status.to_string());
        let method = &exchange.method;
        let message = match place {
            Some(_) => {
                let method = self.mask.name(method);
                format!("the model has no {method} of this resource; {came} came")
            }
            None => format!("the model has no such path; {came} came"),
        };
        let status = status.filter(|_| !exchange.is_page());
        // A failure is a reply of an operation that something else proves, and what was
        // sent then may be why.
        let fact = status.map(|status| Fact::Operation {
            path,
            method: method.clone(),
            query: match is_success(status) {
                true => request::names(target.query),
                false => Vec::new(),
            },
            request: shape(&exchange.request_body).filter(|_| is_success(status)),
            status,
            reply: body_of(exchange),
        });
        self.turn_to(Part::Target);
        let subject = Subject {
            namespace: namespace.to_owned(),
            id: format!("{} {shown}", self.mask.name(method)),
            place,
        };
        self.report(rule, &subject, message, None, fact);
    }

    /// Looks at another part of the exchange.
    fn turn_to(&mut self, part: Part) {
        self.part = part;
        self.pointer.clear();
        self.is_secret = false;
    }

    fn report(
        &mut self,
        rule: &'static Rule,
        subject: &Subject,
        message: impl Into<String>,
        example: Option<String>,
        fact: Option<Fact>,
    ) {
        self.findings.push(Finding {
            rule,
            part: self.part.clone(),
            pointer: self.pointer.clone(),
            subject: subject.id.clone(),
            namespace: subject.namespace.clone(),
            place: subject.place,
            message: message.into(),
            example: match self.is_secret {
                true => example.map(|_| MASKED.to_owned()),
                false => example,
            },
            // What a client sends proves nothing of the server.
            fact: fact.filter(|_| !self.part.is_of_request() || self.part == Part::Target),
        });
    }

    /// Does something at a place further inside.
    fn at(&mut self, step: &str, then: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        for c in step.chars() {
            match c {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                c => self.pointer.push(c),
            }
        }
        then(self);
        self.pointer.truncate(length);
    }

    /// Does something at a place nothing of which is shown if it is a secret.
    fn within(&mut self, is_secret: bool, step: &str, then: impl FnOnce(&mut Self)) {
        let before = self.is_secret;
        self.is_secret |= is_secret;
        self.at(step, then);
        self.is_secret = before;
    }
}

impl Subject {
    fn operation(operation: &Operation) -> Self {
        Subject {
            namespace: operation.namespace.clone(),
            id: operation.id(),
            place: Some(operation.place),
        }
    }

    fn record(record: &Record) -> Self {
        Subject {
            namespace: record.namespace.clone(),
            id: record.id(),
            place: Some(record.place),
        }
    }

    /// A part of it.
    fn part(&self, name: &str, place: Place) -> Self {
        Subject {
            namespace: self.namespace.clone(),
            id: format!("{}.{name}", self.id),
            place: Some(place),
        }
    }
}

/// The shape of a JSON body; `None` when it is empty, not known or no JSON.
fn shape(body: &Body) -> Option<Shape> {
    body.json().map(|value| Shape::of(&value))
}

/// What came as the body of the response; `None` when it is empty or not known.
fn body_of(exchange: &Exchange) -> Option<Came> {
    let is_empty = exchange.response_body.known().is_none_or(is_blank);
    if is_empty {
        return None;
    }
    let json = shape(&exchange.response_body).map(Came::Json);
    // What is called JSON and is none is damaged.
    let media = || {
        exchange
            .media_type()
            .filter(|media| !media.contains("json"))
    };
    json.or_else(|| media().map(Came::Other))
}

/// What kind of JSON a value is.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number",
        Value::Number(_) => "a whole number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
