//! Request structs, shared by shape.
//!
//! Operations with the same parameters share one struct and one builder, generic
//! over the operation and over the object in the body; each has its own name for
//! it. Most operations of the API take the parameters that others take, and
//! every struct that is not emitted is one that the compiler need not check.

use std::collections::HashMap;

use heck::ToUpperCamelCase;

use crate::api::{Location, Operation, Parameter, Since, Type};
use crate::names;

use super::items::own;
use super::names::{Findings, Name, Owner, Scope};
use super::types::{RustType, Types};

/// The field and setter of a request's body.
pub const BODY: &str = "body";

/// What a builder has beside its setters.
const BUILD: &str = "build";

/// So many parameters are in the name of a struct; the others are counted.
const NAMED: usize = 3;

/// A struct of requests, and its builder.
pub struct RequestShape<'a> {
    /// The struct's name.
    pub name: Name,
    /// The builder's name.
    pub builder: Name,
    /// The type parameters: the operation, and the object in the body if there
    /// is one.
    pub generics: Vec<Name>,
    /// What the caller gives.
    pub given: Vec<Given<'a>>,
    /// Whether requests have a body.
    pub has_body: bool,
    /// Whether they are made without a session.
    pub is_sessionless: bool,
}

/// A parameter that the caller gives, or the body.
pub struct Given<'a> {
    /// The setter, and the field of the request.
    pub name: Name,
    /// The parameter; `None` for the body.
    pub parameter: Option<GivenParameter<'a>>,
    /// The builder's type parameter that says whether it has been given; only
    /// for required ones.
    pub state: Option<Name>,
    /// The type of the value.
    pub ty: RustType,
    /// Whether the setter takes all that converts into the type.
    pub converts: bool,
}

/// A parameter of the operation by which a shape was met first.
#[derive(Clone, Copy)]
pub struct GivenParameter<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// Its position among all parameters of the operation.
    pub index: usize,
    /// Its feature version, when it is not that of the operation.
    pub since: Option<&'a Since>,
}

/// What makes two operations share a struct: all that is in it.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    given: Vec<GivenKey<'a>>,
    body: Option<RustType>,
    is_sessionless: bool,
}

#[derive(PartialEq, Eq, Hash)]
struct GivenKey<'a> {
    index: usize,
    wire: &'a str,
    name: Name,
    location: Location,
    ty: &'a Type,
    required: bool,
    default: Option<&'a str>,
    doc: &'a str,
    source: Option<&'a str>,
    since: Option<&'a Since>,
}

/// The structs met so far.
#[derive(Default)]
pub(super) struct Requests<'a> {
    pub shapes: Vec<RequestShape<'a>>,
    known: HashMap<Key<'a>, usize>,
    alike: HashMap<String, usize>,
}

impl<'a> Requests<'a> {
    /// The shape of an operation's requests, and the type of the object in the
    /// body, if there is one.
    pub fn shape(
        &mut self,
        operation: &'a Operation,
        names: &[(usize, Name)],
        types: &Types<'_>,
    ) -> (usize, Option<RustType>) {
        let body = operation.body.as_ref().map(|body| match body {
            // One struct over objects serves them all.
            Type::Record(_) => RustType::Parameter(Name::own("T")),
            other => types.value(other),
        });
        let given = operation.given().zip(names);
        let key = Key {
            given: given
                .map(|((index, parameter), (_, name))| GivenKey {
                    index,
                    wire: &parameter.name,
                    name: name.clone(),
                    location: parameter.location,
                    ty: &parameter.ty,
                    required: parameter.required,
                    default: parameter.default.as_deref(),
                    doc: &parameter.doc,
                    source: parameter.source.as_deref(),
                    since: newer(parameter.since.as_ref(), operation.since.as_ref()),
                })
                .collect(),
            is_sessionless: operation.is_sessionless(),
            body: body.clone(),
        };
        let shape = match self.known.get(&key) {
            Some(shape) => *shape,
            None => {
                self.known.insert(key, self.shapes.len());
                self.add(operation, names, body, types)
            }
        };
        let object = operation.body.as_ref();
        let object = object.filter(|ty| matches!(ty, Type::Record(_)));
        (shape, object.map(|ty| types.value(ty)))
    }

    fn add(
        &mut self,
        operation: &'a Operation,
        names: &[(usize, Name)],
        body: Option<RustType>,
        types: &Types<'_>,
    ) -> usize {
        let stem = self.stem(names, body.is_some());
        let mut generics = vec![Name::own("O")];
        if let Some(RustType::Parameter(name)) = &body {
            generics.push(name.clone());
        }
        let (request, builder) = (format!("{stem}Request"), format!("{stem}Builder"));
        let mut states = Scope::new("a builder", &[&request, &builder]);
        for generic in &generics {
            states.hold(generic.as_str(), "a type parameter");
        }
        let mut given: Vec<Given<'a>> = Vec::new();
        for ((index, parameter), (_, name)) in operation.given().zip(names) {
            let state = || states.give_way(&name.plain().to_upper_camel_case());
            given.push(Given {
                state: parameter.required.then(state),
                name: name.clone(),
                ty: types.value(&parameter.ty),
                converts: parameter.ty.is_text(),
                parameter: Some(GivenParameter {
                    parameter,
                    index,
                    since: newer(parameter.since.as_ref(), operation.since.as_ref()),
                }),
            });
        }
        let has_body = body.is_some();
        let text = operation.body.as_ref().is_some_and(Type::is_text);
        given.extend(body.map(|ty| Given {
            name: Name::own(BODY),
            parameter: None,
            state: Some(states.give_way(&BODY.to_upper_camel_case())),
            // Options of a base convert into the type over all of them.
            converts: text || matches!(ty, RustType::Parameter(_)),
            ty,
        }));
        self.shapes.push(RequestShape {
            name: Name::own(&request),
            builder: Name::own(&builder),
            generics,
            given,
            has_body,
            is_sessionless: operation.is_sessionless(),
        });
        self.shapes.len() - 1
    }

    /// The beginning of a struct's name: `InteractionId`, or with `Kind2` behind
    /// it where it is taken.
    fn stem(&mut self, names: &[(usize, Name)], has_body: bool) -> String {
        let names = names.iter().map(|(_, name)| name.plain());
        let names: Vec<&str> = names.chain(has_body.then_some(BODY)).collect();
        let named = names.iter().take(NAMED);
        let mut stem: String = named.map(|name| name.to_upper_camel_case()).collect();
        match names.len().saturating_sub(NAMED) {
            0 if names.is_empty() => stem.push_str("Bare"),
            0 => {}
            more => stem.push_str(&format!("And{more}")),
        }
        let alike = self.alike.entry(stem.clone()).or_default();
        *alike += 1;
        if *alike > 1 {
            stem.push_str(&format!("Kind{alike}"));
        }
        stem
    }
}

/// The names of the parameters that the caller gives, with their positions.
pub(super) fn parameters(operation: &Operation, findings: &mut Findings) -> Vec<(usize, Name)> {
    let of = own(&operation.rust_name, &operation.name, names::type_name);
    let mut scope = Scope::new(format!("`{of}`"), &[BUILD]);
    if operation.body.is_some() {
        scope.hold(BODY, "the body");
    }
    let given = operation.given();
    given
        .map(|(index, parameter)| {
            let owner = Owner {
                what: format!("the parameter `{}`", parameter.name),
                place: parameter.place,
                item: operation.place,
            };
            let wanted = own(&parameter.rust_name, &parameter.name, names::value_name);
            (index, scope.take(&wanted, owner, findings))
        })
        .collect()
}

/// The version of a part, when it is not that of the whole: what goes without
/// saying is not generated.
pub fn newer<'a>(part: Option<&'a Since>, whole: Option<&Since>) -> Option<&'a Since> {
    part.filter(|part| Some(*part) != whole)
}
