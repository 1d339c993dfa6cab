//! Response enums, shared by shape.
//!
//! Operations with the same statuses and the same representations in them share
//! one enum, generic over what a success carries; each has its own name for it.
//! The API has few such shapes, and every enum that is not emitted is one that
//! the compiler need not check.

use std::collections::HashMap;

use crate::api::{Arena, Id, Operation, Reply, Status};
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
    /// What `into_result` gives: the one thing that a plain success carries, or
    /// nothing where all successes are empty. `None` where it gives the response:
    /// there is more to tell than one value.
    pub success: Option<RustType>,
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
pub(super) struct Responses {
    pub shapes: Arena<ResponseShape>,
    known: HashMap<Vec<Arm>, Id<ResponseShape>>,
    /// The names of the enums.
    names: Scope<'static>,
}

impl Responses {
    pub fn new() -> Self {
        Responses {
            shapes: Arena::default(),
            known: HashMap::new(),
            names: Scope::of_contents(
                format!("`{}`", ours::RESPONSES),
                "their names are digests of what replies hold: give a header, or an object, another name with `rust_name: …`",
            ),
        }
    }

    /// The shape of an operation's responses, and what its successes carry.
    pub fn shape(
        &mut self,
        operation: &Operation,
        types: &Types<'_>,
        findings: &mut Findings,
    ) -> (Id<ResponseShape>, Vec<RustType>) {
        let mut replies: Vec<&Reply> = operation.replies.iter().collect();
        replies.sort_by_key(|reply| reply.status);
        let successes = || operation.successes();
        let empty = |reply: &Reply| reply.body.is_none() && reply.headers.is_empty();
        let carries = match successes().count() {
            1 => Carries::One,
            _ if successes().all(empty) => Carries::Nothing,
            _ => Carries::Several,
        };
        let mut variants = Scope::new(
            format!("the outcome of `{}`", operation.id()),
            &[ours::UNEXPECTED],
        );
        let arms = replies.iter();
        let arms: Vec<Arm> = arms
            .map(|reply| {
                let what = format!("the reply {}", reply.status);
                let owner = Owner::part(what, reply.place, operation.place);
                let wanted = names::status_name(reply.status.code());
                let variant = variants.take(&wanted, owner, findings);
                arm(operation, reply, variant, carries, types, findings)
            })
            .collect();
        let successes = replies.iter().filter(|reply| reply.is_success());
        let successes = successes.filter(|_| carries != Carries::Nothing);
        let successes = successes.map(|reply| types.body(reply)).collect();
        let shape = match self.known.get(&arms) {
            Some(shape) => *shape,
            None => {
                let what = format!("the outcome of `{}`", operation.id());
                let owner = Owner::item(what, operation.place);
                let name = self.names.take(&name(&arms, types), owner, findings);
                let shape = self.add(name, arms.clone());
                self.known.insert(arms, shape);
                shape
            }
        };
        (shape, successes)
    }

    fn add(&mut self, name: Name, arms: Vec<Arm>) -> Id<ResponseShape> {
        let successes = arms.iter().filter(|arm| arm.is_success);
        let generics = successes.filter_map(|arm| arm.parameter().cloned());
        self.shapes.push(ResponseShape {
            name,
            generics: generics.collect(),
            success: success(&arms),
            arms,
        })
    }
}

/// The name of a shape: its statuses, and a digest of what failures hold and of
/// the headers, where there are any.
fn name(arms: &[Arm], types: &Types<'_>) -> String {
    let statuses: Vec<String> = arms.iter().map(|arm| arm.status.to_string()).collect();
    let readable = ours::shared_outcome(&statuses);
    let empty = RustType::Unit.inside(Generic::Failure);
    let plain =
        |arm: &Arm| arm.headers.is_empty() && (arm.parameter().is_some() || arm.payload == empty);
    let text = |ty: &RustType| content::text(ty, types);
    let mut content = String::new();
    for arm in arms {
        content.push_str(&format!("{}: {}\n", arm.status, text(&arm.payload)));
        for header in &arm.headers {
            let (wire, ty) = (&header.wire, text(&header.value));
            content.push_str(&format!("{wire} {}: {ty}\n", header.name));
        }
    }
    content::name(&readable, arms.iter().all(plain), &content)
}

/// What the successes of an operation carry.
#[derive(Clone, Copy, PartialEq)]
enum Carries {
    /// There is one success.
    One,
    /// There are several, and all are empty.
    Nothing,
    /// There are several.
    Several,
}

/// What the successes give, if it is one thing.
fn success(arms: &[Arm]) -> Option<RustType> {
    let mut successes = arms.iter().filter(|arm| arm.is_success);
    let first = successes.next()?;
    let one = successes.all(|arm| arm.payload == first.payload);
    (one && first.field.is_none()).then(|| first.payload.clone())
}

fn arm(
    operation: &Operation,
    reply: &Reply,
    variant: Name,
    carries: Carries,
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
        true if carries == Carries::One => RustType::Parameter(Name::own(ours::CONTENT_PARAMETER)),
        true if carries == Carries::Nothing => RustType::Unit,
        true => RustType::Parameter(Name::own(&ours::content_parameter(reply.status))),
        false => types.content(reply),
    };
    let headers = headers.collect();
    let field = if reply.is_success() {
        ours::VALUE
    } else {
        ours::FAILURE
    };
    Arm {
        status: reply.status,
        variant,
        payload,
        field: (!reply.headers.is_empty()).then(|| scope.ours(field)),
        is_success: reply.is_success(),
        headers,
    }
}
