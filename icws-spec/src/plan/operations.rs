//! Operations: what they are called, and which shapes they have.

use std::collections::HashMap;

use crate::api::{
    Arena, ErrorIdentifier, Id, Location, Operation, RecordId, Resource, Since, Supplier,
};
use crate::names;

use super::content;
use super::follow::Subscription;
use super::items::{OperationNames, own};
use super::long::LongOperation;
use super::names::{Findings, Name, Owner, Scope};
use super::ours;
use super::paged::{Objects, PagedOperation};
use super::requests::{self, GivenParameter, RequestShape, Requests, newer};
use super::responses::{ResponseShape, Responses};
use super::types::{Item, RustType, Types};
use super::unions;

/// An operation in the bindings.
pub struct PlannedOperation<'a> {
    /// The resource that it belongs to.
    pub resource: &'a Resource,
    /// The operation.
    pub operation: &'a Operation,
    /// What it is called.
    pub names: OperationNames,
    /// Its variant in the enum over all requests.
    pub variant: Name,
    /// The names of the parameters that the caller gives, with their positions
    /// among all.
    pub parameters: Vec<(usize, Name)>,
    /// The shape of its requests.
    pub request: Id<RequestShape<'a>>,
    /// The object in the body, where there is one.
    pub object: Option<Item>,
    /// The shape of its responses.
    pub response: Id<ResponseShape>,
    /// What its successes carry.
    pub successes: Vec<RustType>,
    /// The constants of the identifiers that its errors can have.
    pub errors: Vec<(Name, &'a ErrorIdentifier)>,
    /// The list of its parameters; `None` without parameters.
    pub list: Option<Id<ParameterList<'a>>>,
    /// Whether it is called without a session.
    pub is_sessionless: bool,
    /// The subscription that it starts, if it starts one.
    pub subscription: Option<Id<Subscription>>,
    /// How it ends later, if it does.
    pub long: Option<LongOperation>,
    /// How it gives a list page by page, if it does.
    pub paged: Option<PagedOperation<'a>>,
    /// The object of which properties are selected, where they are.
    pub selected: Option<RecordId>,
}

impl<'a> PlannedOperation<'a> {
    /// The setters of its builder with the parameters that they set; the last one sets
    /// the body, where there is one.
    pub fn setters(&self) -> impl Iterator<Item = (&str, Option<GivenParameter<'a>>)> {
        let operation = self.operation;
        let names = self.parameters.iter().map(|(_, name)| name.plain());
        let given = operation.given();
        let given = given.map(|(_, parameter)| Some(GivenParameter::of(operation, parameter)));
        let body = operation.body.iter().map(|_| (ours::BODY, None));
        names.zip(given).chain(body)
    }

    /// Returns the variant behind the name of the enum over all requests.
    pub fn variant_path(&self) -> String {
        format!("{}::{}", ours::ANY_REQUEST, self.variant)
    }

    /// The name of the parameter at a position, if the caller gives it.
    pub fn parameter(&self, index: usize) -> Option<&Name> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(position, _)| *position == index);
        found.map(|(_, name)| name)
    }

    /// The constant of an identifier of one of its errors.
    pub fn error(&self, error: &ErrorIdentifier) -> Option<&Name> {
        let mut errors = self.errors.iter();
        let found =
            errors.find(|(_, other)| other.id == error.id && other.rust_name == error.rust_name);
        found.map(|(name, _)| name)
    }
}

/// The facts of parameters, once for all operations that have the same: the
/// compiler has to look at each of them.
pub struct ParameterList<'a> {
    /// The name of the list.
    pub name: Name,
    /// The parameters, those that the caller gives first.
    pub facts: Vec<ParameterFacts<'a>>,
}

/// What the runtime knows of a parameter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ParameterFacts<'a> {
    /// The name on the wire.
    pub name: &'a str,
    /// Where it travels.
    pub location: Location,
    /// Who supplies it.
    pub supplier: Supplier,
    /// Whether every request has it.
    pub required: bool,
    /// Its feature version, when it is not that of the operation.
    pub since: Option<&'a Since>,
}

/// A list before it has a name, with the first operation that has it.
struct List<'a> {
    facts: Vec<ParameterFacts<'a>>,
    operation: &'a Operation,
}

/// What operations share.
pub(super) struct Shapes<'a> {
    /// The variants of the enum over all requests.
    variants: Scope<'static>,
    pub requests: Requests<'a>,
    pub responses: Responses,
    lists: Arena<List<'a>, ParameterList<'a>>,
    known: HashMap<Vec<ParameterFacts<'a>>, Id<ParameterList<'a>>>,
}

impl<'a> Shapes<'a> {
    pub fn new() -> Self {
        Shapes {
            variants: Scope::new(format!("`{}`", ours::ANY_REQUEST), &[]),
            requests: Requests::new(),
            responses: Responses::new(),
            lists: Arena::default(),
            known: HashMap::new(),
        }
    }

    /// The operation with its shapes.
    pub fn operation(
        &mut self,
        (resource, operation): (&'a Resource, &'a Operation),
        names: OperationNames,
        objects: Objects<'a>,
        long: Option<LongOperation>,
        types: &Types<'_>,
        findings: &mut Findings,
    ) -> PlannedOperation<'a> {
        let owner = Owner::item(
            format!("the variant of `{}`", operation.id()),
            operation.place,
        );
        let wanted = unions::variant(&operation.namespace, &names.own.name);
        let variant = self.variants.take(&wanted, owner, findings);
        let parameters = requests::parameters(operation, findings);
        let selects = objects.selected.is_some();
        let (request, object) =
            self.requests
                .shape(operation, &parameters, selects, types, findings);
        let errors = errors(operation, findings);
        let (response, successes) = self.responses.shape(operation, types, findings);
        PlannedOperation {
            resource,
            operation,
            names,
            variant,
            parameters,
            request,
            object,
            response,
            successes,
            errors,
            list: self.list(operation),
            is_sessionless: operation.is_sessionless(),
            subscription: None,
            long,
            paged: objects.paged,
            selected: objects.selected,
        }
    }

    fn list(&mut self, operation: &'a Operation) -> Option<Id<ParameterList<'a>>> {
        // What the caller gives comes first: shared structs number it so.
        let parameters = operation.parameters.iter();
        let (given, others): (Vec<_>, Vec<_>) = parameters.partition(|one| one.is_given());
        let facts = given
            .into_iter()
            .chain(others)
            .map(|parameter| ParameterFacts {
                name: &parameter.name,
                location: parameter.location,
                supplier: parameter.supplier,
                required: parameter.required,
                since: newer(parameter.since.as_ref(), operation.since.as_ref()),
            });
        let facts: Vec<ParameterFacts<'a>> = facts.collect();
        if facts.is_empty() {
            return None;
        }
        let lists = &mut self.lists;
        Some(*self.known.entry(facts).or_insert_with_key(|facts| {
            lists.push(List {
                facts: facts.clone(),
                operation,
            })
        }))
    }

    /// The lists with their names.
    pub fn lists(&mut self, findings: &mut Findings) -> Arena<ParameterList<'a>> {
        let lists = std::mem::take(&mut self.lists);
        let contents: Vec<String> = lists.iter().map(|list| content(&list.facts)).collect();
        let names = content::hidden_names(ours::LIST, &contents);
        let mut scope = Scope::new(format!("`{}`", ours::PARAMETER_LISTS), &[]);
        let lists = lists.into_iter().zip(names).map(|(list, wanted)| {
            let what = format!("the list of the parameters of `{}`", list.operation.id());
            let owner = Owner::item(what, list.operation.place);
            ParameterList {
                name: scope.take(&wanted, owner, findings),
                facts: list.facts,
            }
        });
        lists.collect()
    }
}

/// All that a list says, of which its name is a digest.
fn content(facts: &[ParameterFacts<'_>]) -> String {
    let mut content = String::new();
    for fact in facts {
        content.push_str(&format!(
            "{:?} {} {} {} {}\n",
            fact.name,
            fact.location.word(),
            fact.supplier.word().unwrap_or("caller"),
            fact.required,
            fact.since.map(ToString::to_string).unwrap_or_default(),
        ));
    }
    content
}

/// The constants of an operation's errors. One identifier may stand in several
/// replies, and a shared reply in several operations.
fn errors<'a>(
    operation: &'a Operation,
    findings: &mut Findings,
) -> Vec<(Name, &'a ErrorIdentifier)> {
    let of = own(&operation.rust_name, &operation.name, names::type_name);
    let mut scope = Scope::new(format!("the errors of `{of}`"), &[ours::BUILDER]);
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut errors = Vec::new();
    for error in operation.replies.iter().flat_map(|reply| &reply.errors) {
        let wanted = own(&error.rust_name, &error.id, names::constant_name);
        let one = (error.id.as_str(), wanted.clone());
        if known.contains(&one) {
            continue;
        }
        known.push(one);
        let owner = Owner::part(
            format!("the error `{}`", error.id),
            error.place,
            operation.place,
        );
        errors.push((scope.take(&wanted, owner, findings), error));
    }
    errors
}
