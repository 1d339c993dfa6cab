//! A difference between an exchange and a model.

use std::fmt;

use super::facts::Fact;
use super::rules::Rule;
use crate::place::Place;
use crate::texts::visible_line;

/// A difference between an exchange and a model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of difference it is.
    pub rule: &'static Rule,
    /// The part of the exchange.
    pub part: Part,
    /// The place within the JSON of that part, as a JSON pointer; empty for all of
    /// it and for what is no JSON.
    pub pointer: String,
    /// What it is about in the model: an operation, a property, an enumeration. For
    /// what the model does not have, its path or URN.
    pub subject: String,
    /// The namespace of that; empty when nothing tells it.
    pub namespace: String,
    /// Where that stands in the model; `None` for what it does not have.
    pub place: Option<Place>,
    /// What differs, without any value that may be a secret.
    pub message: String,
    /// The value, with what is secret masked; `None` where it tells nothing.
    pub example: Option<String>,
    /// What the exchange proves.
    pub(crate) fact: Option<Fact>,
}

/// A part of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// Method and path.
    Target,
    /// A parameter in the path.
    PathParameter(String),
    /// A parameter in the query.
    Query(String),
    /// A header of the request.
    RequestHeader(String),
    /// The body of the request.
    RequestBody,
    /// The status of the response.
    Status,
    /// A header of the response.
    ResponseHeader(String),
    /// The body of the response.
    ResponseBody,
    /// A message of an event stream, counted from 1.
    Event(usize),
    /// All of it, as it stands in a file.
    Entry,
}

impl Part {
    /// Returns true for what the client sent.
    pub fn is_of_request(&self) -> bool {
        match self {
            Part::Target
            | Part::PathParameter(_)
            | Part::Query(_)
            | Part::RequestHeader(_)
            | Part::RequestBody => true,
            Part::Status
            | Part::ResponseHeader(_)
            | Part::ResponseBody
            | Part::Event(_)
            | Part::Entry => false,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Target => f.write_str("request"),
            Part::PathParameter(name) => write!(f, "path parameter `{}`", visible_line(name)),
            Part::Query(name) => write!(f, "query parameter `{}`", visible_line(name)),
            Part::RequestHeader(name) => write!(f, "request header `{}`", visible_line(name)),
            Part::RequestBody => f.write_str("request body"),
            Part::Status => f.write_str("status"),
            Part::ResponseHeader(name) => write!(f, "response header `{}`", visible_line(name)),
            Part::ResponseBody => f.write_str("response body"),
            Part::Event(number) => write!(f, "event {number}"),
            Part::Entry => f.write_str("entry"),
        }
    }
}
