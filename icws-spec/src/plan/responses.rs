//! Response enums, shared by shape.
//!
//! Operations with the same statuses and the same representations in them share
//! one enum, generic over what a success carries; each has its own name for it.
//! The API has few such shapes, and every enum that is not emitted is one that
//! the compiler need not check.

use std::collections::HashMap;

use crate::api::{Operation, Reply, Status};
use crate::names;

use super::content;
use super::items::own;
use super::known::Generic;
use super::names::{Findings, Name, Owner, Scope};
use super::ours;
use super::types::{RustType, Types};

/// An enum over the replies of operations.
pub struct ResponseShape {
    /// Its name.
    pub name: Name,
    /// What successes carry.
    pub generics: Vec<Name>,
    /// The replies, by their statuses.
    pub arms: Vec<Arm>,
    /// The type parameter that `into_result` gives; `None` where it gives the
    /// response: unless there is one plain success there is more to tell than
    /// one value.
    pub success: Option<Name>,
}

/// One reply in the enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The status.
    pub status: Status,
    /// The variant.
    pub variant: Name,
    /// What the variant holds, beside the headers.
    pub payload: RustType,
    /// The field of the payload in a variant with fields; `None` for a variant
    /// that holds the payload alone.
    pub field: Option<Name>,
    /// Whether the request did what it was for.
    pub is_success: bool,
    /// The headers with facts of their own.
    pub headers: Vec<Header>,
}

impl Arm {
    /// Returns the type parameter that the variant holds, if it holds one.
    fn parameter(&self) -> Option<&Name> {
        match &self.payload {
            RustType::Parameter(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the header with a name on the wire.
    pub fn header(&self, wire: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.wire == wire)
    }
}

/// A header in a reply's variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Header {
    /// The name on the wire.
    pub wire: String,
    /// The field.
    pub name: Name,
    /// The type of the field.
    pub ty: RustType,
    /// The type of the value.
    pub value: RustType,
}

/// The shapes met so far.
#[derive(Default)]
pub(super) struct Responses {
    pub shapes: Vec<ResponseShape>,
    known: HashMap<Vec<Arm>, usize>,
}

impl Responses {
    /// The shape of an operation's responses, and what its successes carry.
    pub fn shape(
        &mut self,
        operation: &Operation,
        types: &Types<'_>,
        findings: &mut Findings,
    ) -> (usize, Vec<RustType>) {
        let mut replies: Vec<&Reply> = operation.replies.iter().collect();
        replies.sort_by_key(|reply| reply.status);
        let one = operation.successes().count() == 1;
        let arms = replies.iter();
        let arms: Vec<Arm> = arms
            .map(|reply| arm(operation, reply, one, types, findings))
            .collect();
        let successes = replies.iter().filter(|reply| reply.is_success());
        let successes = successes.map(|reply| types.body(reply)).collect();
        let shape = match self.known.get(&arms) {
            Some(shape) => *shape,
            None => {
                self.known.insert(arms.clone(), self.shapes.len());
                self.add(arms, types)
            }
        };
        (shape, successes)
    }

    fn add(&mut self, arms: Vec<Arm>, types: &Types<'_>) -> usize {
        let successes = arms.iter().filter(|arm| arm.is_success);
        let generics = successes.filter_map(|arm| arm.parameter().cloned());
        self.shapes.push(ResponseShape {
            name: name(&arms, types),
            generics: generics.collect(),
            success: success(&arms),
            arms,
        });
        self.shapes.len() - 1
    }
}

/// The name of a shape: its statuses, and a digest of what failures hold and of
/// the headers, where there are any.
fn name(arms: &[Arm], types: &Types<'_>) -> Name {
    let statuses: Vec<String> = arms.iter().map(|arm| arm.status.to_string()).collect();
    let readable = ours::shared_outcome(&statuses);
    let empty = RustType::Unit.inside(Generic::Failure);
    let plain = |arm: &Arm| arm.headers.is_empty() && (arm.is_success || arm.payload == empty);
    let text = |ty: &RustType| content::text(ty, types);
    let mut content = String::new();
    for arm in arms {
        content.push_str(&format!("{}: {}\n", arm.status, text(&arm.payload)));
        for header in &arm.headers {
            let (wire, ty) = (&header.wire, text(&header.value));
            content.push_str(&format!("{wire} {}: {ty}\n", header.name));
        }
    }
    Name::own(&content::name(&readable, arms.iter().all(plain), &content))
}

/// The type parameter of the one success, if it is plain.
fn success(arms: &[Arm]) -> Option<Name> {
    let mut successes = arms.iter().filter(|arm| arm.is_success);
    match (successes.next(), successes.next()) {
        (Some(one), None) if one.field.is_none() => one.parameter().cloned(),
        _ => None,
    }
}

fn arm(
    operation: &Operation,
    reply: &Reply,
    one: bool,
    types: &Types<'_>,
    findings: &mut Findings,
) -> Arm {
    let mut scope = Scope::new(
        format!("the reply {}", reply.status),
        &[ours::VALUE, ours::FAILURE],
    );
    let headers = reply.headers.iter().map(|header| {
        let owner = Owner::part(
            format!("the header `{}`", header.name),
            header.place,
            operation.place,
        );
        let wanted = own(&header.rust_name, &header.name, names::value_name);
        Header {
            wire: header.name.clone(),
            name: scope.take(&wanted, owner, findings),
            ty: types.header_field(&header.ty),
            value: types.header(&header.ty),
        }
    });
    let payload = match reply.is_success() {
        true if one => RustType::Parameter(Name::own(ours::CONTENT_PARAMETER)),
        true => RustType::Parameter(Name::own(&ours::content_parameter(reply.status))),
        false => types.content(reply),
    };
    let field = if reply.is_success() {
        ours::VALUE
    } else {
        ours::FAILURE
    };
    Arm {
        status: reply.status,
        variant: Name::own(&names::status_name(reply.status.code())),
        payload,
        field: (!reply.headers.is_empty()).then(|| Name::own(field)),
        is_success: reply.is_success(),
        headers: headers.collect(),
    }
}
