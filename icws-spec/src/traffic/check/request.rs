//! The request: its parameters and its body.

use std::borrow::Cow;
use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use super::super::exchange::{Exchange, MASKED};
use super::super::facts::MOST_NAMES;
use super::super::finding::Part;
use super::super::route::{Found, Target};
use super::super::rules;
use super::{Check, Subject, text};
use crate::api::{Location, Parameter, Resource};

impl<'a> Check<'a, '_> {
    pub(super) fn request(&mut self, found: Found<'a>, target: &Target<'_>, exchange: &Exchange) {
        let operation = found.operation;
        let subject = Subject::operation(operation);
        let query: Vec<(String, String)> = pairs(target.query).collect();
        for parameter in &operation.parameters {
            self.turn_to(part(parameter));
            let own = subject.part(&parameter.name, parameter.place);
            match given(parameter, found.resource, target, &query, exchange) {
                Some(given) => self.parameter(parameter, &own, &given),
                None if parameter.required => {
                    let (word, name) = (parameter.location.word(), &parameter.name);
                    let message = format!("the required {word} parameter `{name}` is missing");
                    self.report(&rules::MISSING_PARAMETER, &own, message, None, None);
                }
                None => {}
            }
        }
        let known = operation.parameters.iter();
        let known = known.filter(|parameter| parameter.location == Location::Query);
        let known: HashSet<&str> = known.map(|parameter| parameter.name.as_str()).collect();
        for (full, value) in &query {
            if !known.contains(full.as_str()) {
                let name = self.mask.name(full);
                self.turn_to(Part::Query(name.clone()));
                let message = format!("the operation has no query parameter `{name}`");
                let example = Some(self.mask.text(full, value));
                self.report(&rules::UNKNOWN_PARAMETER, &subject, message, example, None);
            }
        }
        self.request_body(found, &subject, exchange);
    }

    fn parameter(&mut self, parameter: &Parameter, subject: &Subject, given: &str) {
        if given == MASKED || !parameter.is_given() {
            return;
        }
        if let Some(expected) = text::misfit(given, &parameter.ty) {
            let message = format!("`{}` must be {expected}", parameter.name);
            let example = Some(self.mask.text(&parameter.name, given));
            self.report(&rules::TYPE_MISMATCH, subject, message, example, None);
        }
    }

    fn request_body(&mut self, found: Found<'a>, subject: &Subject, exchange: &Exchange) {
        self.turn_to(Part::RequestBody);
        let Some(bytes) = exchange.request_body.known() else {
            return;
        };
        match &found.operation.body {
            Some(ty) if is_blank(bytes) => {
                let message = format!("a body is missing: {}", text::expected(ty));
                self.report(&rules::MISSING_BODY, subject, message, None, None);
            }
            Some(ty) => self.json(bytes, subject, |check, value| {
                check.value(value, ty, subject, "the body", false);
            }),
            None if is_nothing(bytes) => {}
            None => {
                let message = "the operation takes no body";
                self.report(&rules::UNEXPECTED_BODY, subject, message, None, None);
            }
        }
    }
}

fn part(parameter: &Parameter) -> Part {
    let name = parameter.name.clone();
    match parameter.location {
        Location::Path => Part::PathParameter(name),
        Location::Query => Part::Query(name),
        Location::Header => Part::RequestHeader(name),
    }
}

/// The text of a parameter, if the request has it.
fn given<'e>(
    parameter: &Parameter,
    resource: &Resource,
    target: &Target<'e>,
    query: &'e [(String, String)],
    exchange: &'e Exchange,
) -> Option<Cow<'e, str>> {
    match parameter.location {
        Location::Path => {
            let piece = target.pieces.get(resource.piece(parameter)?)?;
            Some(percent_decode_str(piece).decode_utf8_lossy())
        }
        Location::Query => {
            let found = query.iter().find(|(name, _)| *name == parameter.name);
            found.map(|(_, value)| Cow::from(value))
        }
        Location::Header => exchange.request_header(&parameter.name).map(Cow::from),
    }
}

/// Names and values of a query.
pub(in super::super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// The names in a query, each once, up to a number that no operation has.
pub(super) fn names(query: &str) -> Vec<String> {
    let mut known = HashSet::new();
    let names = pairs(query).map(|(name, _)| name);
    let new = names.filter(|name| known.insert(name.clone()));
    new.take(MOST_NAMES).collect()
}

pub(super) fn is_blank(body: &[u8]) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
}

/// Returns true for a body by which clients and servers say that there is none.
pub(super) fn is_nothing(body: &[u8]) -> bool {
    is_blank(body) || matches!(body.trim_ascii(), b"null" | b"{}" | b"\"\"")
}
