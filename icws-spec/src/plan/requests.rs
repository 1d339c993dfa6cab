//! Request structs, shared by shape.
//!
//! Operations with the same parameters share one struct and one builder, generic
//! over the operation and over the object in the body; each has its own name for
//! it. Most operations of the API take the parameters that others take, and
//! every struct that is not emitted is one that the compiler need not check.

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::api::{Arena, Id, Location, Operation, Parameter, Since, Type};
use crate::names;

use super::content;
use super::items::own;
use super::known::Known;
use super::names::{Findings, Name, Owner, Scope};
use super::ours;
use super::paged::SELECT;
use super::types::{Item, RustType, Takes, Types};

/// So many parameters are in the name of a struct; the others are counted.
const NAMED: usize = 3;

/// A struct of what callers give with requests, and its builder.
pub struct RequestShape<'a> {
    /// The struct's name.
    pub name: Name,
    /// The builder's name.
    pub builder: Name,
    /// The type parameters: the object in the body, if there is one. The builder
    /// has the operation before it.
    pub generics: Vec<Name>,
    /// What the caller gives.
    pub given: Vec<Given<'a>>,
    /// Whether requests have a body.
    pub has_body: bool,
}

/// A parameter that the caller gives, or the body.
pub struct Given<'a> {
    /// The setter, and the field of the request.
    pub name: Name,
    /// The parameter, as the first operation has it; `None` for the body.
    pub parameter: Option<GivenParameter<'a>>,
    /// Whether all operations that share the struct say the same of it.
    pub is_alike: bool,
    /// The builder's type parameter that says whether it has been given; only
    /// for required ones.
    pub state: Option<Name>,
    /// The type of the field: what may be left out is optional.
    pub ty: RustType,
    /// The type of the value, which the setter takes.
    pub value: RustType,
    /// What the setter takes.
    pub takes: Takes,
}

/// A parameter, as an operation has it. Operations that share a struct may say
/// different things of it.
#[derive(Clone, Copy, PartialEq)]
pub struct GivenParameter<'a> {
    /// The name on the wire.
    pub wire: &'a str,
    /// Where it travels.
    pub location: Location,
    /// Whether every request has it.
    pub required: bool,
    /// What the server takes when it is left out.
    pub default: Option<&'a str>,
    /// What it is for.
    pub doc: &'a str,
    /// Where the fact comes from.
    pub source: Option<&'a str>,
    /// Its feature version, when it is not that of the operation.
    pub since: Option<&'a Since>,
}

impl<'a> GivenParameter<'a> {
    /// The parameter as this operation has it.
    pub fn of(operation: &'a Operation, parameter: &'a Parameter) -> Self {
        GivenParameter {
            wire: &parameter.name,
            location: parameter.location,
            required: parameter.required,
            default: parameter.default.as_deref(),
            doc: &parameter.doc,
            source: parameter.source.as_deref(),
            since: newer(parameter.since.as_ref(), operation.since.as_ref()),
        }
    }
}

/// What makes two operations share a struct: names and types, not texts.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    /// The parameter by which properties are selected, not texts.
    selects: Option<Name>,
    given: Vec<(Name, RustType, bool)>,
    body: Option<RustType>,
}

/// The structs met so far.
pub(super) struct Requests<'a> {
    pub shapes: Arena<RequestShape<'a>>,
    known: HashMap<Key, Id<RequestShape<'a>>>,
    /// The names of the structs and builders.
    names: Scope<'static>,
}

impl<'a> Requests<'a> {
    pub fn new() -> Self {
        Requests {
            shapes: Arena::default(),
            known: HashMap::new(),
            names: Scope::of_contents(
                format!("`{}`", ours::REQUESTS),
                "their names are digests of their parameters: give a parameter another name with `rust_name: …`",
            ),
        }
    }

    /// The shape of an operation's requests, and the type of the object in the
    /// body, if there is one.
    pub fn shape(
        &mut self,
        operation: &'a Operation,
        names: &[(usize, Name)],
        selects: bool,
        types: &Types<'_>,
        findings: &mut Findings,
    ) -> (Id<RequestShape<'a>>, Option<Item>) {
        let body = operation.body.as_ref().map(|body| match body {
            // One struct over objects serves them all.
            Type::Record(_) => RustType::Parameter(Name::own(ours::CONTENT_PARAMETER)),
            other => types.value(other),
        });
        let given = operation.given().zip(names);
        let select = operation
            .given()
            .position(|(_, parameter)| parameter.name == SELECT);
        let selects = select.filter(|_| selects).and_then(|at| names.get(at));
        let selects = selects.map(|(_, name)| name);
        let key = Key {
            selects: selects.cloned(),
            given: given
                .map(|((_, p), (_, name))| (name.clone(), types.value(&p.ty), p.required))
                .collect(),
            body: body.clone(),
        };
        let shape = match self.known.get(&key) {
            Some(shape) => {
                self.shapes[*shape].compare(operation);
                *shape
            }
            None => {
                let name = stem(&key, types);
                let mut take = |wanted: &str, what: &str| {
                    let owner = Owner::item(
                        format!("the {what} of `{}`", operation.id()),
                        operation.place,
                    );
                    self.names.take(wanted, owner, findings)
                };
                let names_of_types = (
                    take(&ours::request(&name), "arguments"),
                    take(&ours::builder(&name), "builder"),
                );
                let shape = self.add(operation, names, selects, body, names_of_types, types);
                self.known.insert(key, shape);
                shape
            }
        };
        let object = match operation.body {
            Some(Type::Record(id)) => Some(types.record(id)),
            _ => None,
        };
        (shape, object)
    }

    fn add(
        &mut self,
        operation: &'a Operation,
        names: &[(usize, Name)],
        selects: Option<&Name>,
        body: Option<RustType>,
        (request, builder): (Name, Name),
        types: &Types<'_>,
    ) -> Id<RequestShape<'a>> {
        let own = [request.as_str(), builder.as_str()];
        let mut states = Scope::new("a builder", &own);
        states.ours(ours::OPERATION_PARAMETER);
        let generics = match &body {
            Some(RustType::Parameter(name)) => vec![states.ours(name.as_str())],
            _ => Vec::new(),
        };
        let mut given: Vec<Given<'a>> = Vec::new();
        for ((_, parameter), (_, name)) in operation.given().zip(names) {
            let state = || states.give_way(&name.plain().to_upper_camel_case());
            given.push(Given {
                state: parameter.required.then(state),
                name: name.clone(),
                ty: types.parameter(parameter),
                value: types.value(&parameter.ty),
                takes: match selects == Some(name) {
                    true => Takes::Properties,
                    false => types.takes(&parameter.ty),
                },
                parameter: Some(GivenParameter::of(operation, parameter)),
                is_alike: true,
            });
        }
        let has_body = body.is_some();
        given.extend(body.map(|ty| Given {
            name: Name::own(ours::BODY),
            parameter: None,
            is_alike: true,
            state: Some(states.give_way(&ours::BODY.to_upper_camel_case())),
            // Options of a base convert into the type over all of them.
            takes: match &operation.body {
                Some(Type::Record(_)) | None => Takes::Into,
                Some(other) => types.takes(other),
            },
            value: ty.clone(),
            ty,
        }));
        self.shapes.push(RequestShape {
            name: request.clone(),
            builder: builder.clone(),
            generics,
            given,
            has_body,
        })
    }
}

impl RequestShape<'_> {
    /// Notes where another operation says something else of its parameters.
    fn compare(&mut self, operation: &Operation) {
        for (given, (_, parameter)) in self.given.iter_mut().zip(operation.given()) {
            let other = GivenParameter::of(operation, parameter);
            given.is_alike &= given.parameter.is_some_and(|known| known == other);
        }
    }
}

/// The beginning of a struct's name: its parameters, and a digest of their types
/// where they are not one required text.
fn stem(key: &Key, types: &Types<'_>) -> String {
    let words = key.given.iter().map(|(name, ..)| name.plain());
    let words: Vec<&str> = words.chain(key.body.iter().map(|_| ours::BODY)).collect();
    let named = words.iter().take(NAMED);
    let mut readable: String = named.map(|word| word.to_upper_camel_case()).collect();
    match words.len().saturating_sub(NAMED) {
        0 if words.is_empty() => readable.push_str("Bare"),
        0 => {}
        more => readable.push_str(&format!("And{more}")),
    }
    // A parameter that cannot have its name has had its finding.
    readable = names::letters(&readable);
    if !names::is_identifier(&readable) {
        readable.insert(0, 'P');
    }
    let string = RustType::Known(Known::String);
    let object = !matches!(key.body, Some(ref body) if !matches!(body, RustType::Parameter(_)));
    let plain = match &key.given[..] {
        [] => true,
        [(name, ty, required)] => {
            // Two names may be one in capitals: `a1` and `a_1`.
            let same = name.plain().to_upper_camel_case().to_snake_case() == name.plain();
            same && *ty == string && *required && key.body.is_none()
        }
        _ => false,
    };
    let text = |ty: &RustType| content::text(ty, types);
    let mut content = String::new();
    for (name, ty, required) in &key.given {
        content.push_str(&format!("{name}: {}, {required}\n", text(ty)));
    }
    match &key.selects {
        None => {}
        Some(name) if name.as_str() == SELECT => content.push_str("selects\n"),
        Some(name) => content.push_str(&format!("selects by {name}\n")),
    }
    content.push_str(&key.body.as_ref().map(text).unwrap_or_default());
    content::name(&readable, plain && object, &content)
}

/// The names of the parameters that the caller gives, with their positions.
pub(super) fn parameters(operation: &Operation, findings: &mut Findings) -> Vec<(usize, Name)> {
    let of = own(&operation.rust_name, &operation.name, names::type_name);
    let mut scope = Scope::new(format!("`{of}`"), &[ours::BUILD]);
    if operation.body.is_some() {
        let place = operation.body_place.unwrap_or(operation.place);
        let owner = Owner::part("the body".to_owned(), place, operation.place);
        scope.hold(ours::BODY, owner);
    }
    let given = operation.given();
    given
        .map(|(index, parameter)| {
            let owner = Owner::part(
                format!("the parameter `{}`", parameter.name),
                parameter.place,
                operation.place,
            );
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
