//! The plan of the bindings: everything that is decided about the Rust, as data.
//!
//! What is generated is selected ([`Selection`]), every name is taken from the
//! scope that it stands in (`names`), the types are found (`types`), and
//! operations are given the shapes that they share (`requests`, `responses`).
//! Problems with names are found in the same pass, and are findings of `check`.
//! `codegen` writes a plan down, and `diff` compares two plans.

mod content;
mod deltas;
mod enums;
mod examples;
mod fields;
mod follow;
mod handled;
mod items;
mod known;
mod long;
mod names;
mod needs;
mod operations;
pub mod ours;
mod paged;
mod part;
mod records;
mod requests;
mod responses;
mod select;
mod types;
mod unions;
mod words;

use std::collections::{BTreeMap, HashSet};

use crate::api::{
    Api, Arena, EnumId, Enumeration, Id, Operation, OperationId, Record, RecordId, Status,
};
use crate::diagnostic::Diagnostic;

pub use deltas::{How, Merge};
pub use enums::{Enum, Form, NamedValue};
pub use examples::{Example, Tested};
#[cfg(feature = "cli")]
pub(crate) use fields::{FieldNames, NoField};
pub use follow::{Followed, Subscription};
pub use handled::Handled;
pub use items::OperationNames;
pub use known::{Generic, Known};
pub use long::LongOperation;
pub(crate) use names::Findings;
pub use names::{Name, Path};
pub use operations::{ParameterFacts, ParameterList, PlannedOperation};
pub use paged::PagedOperation;
pub use records::{Argument, Collected, Field, Key, KeyPart, State, StateField, Step, Struct};
pub use requests::{Given, GivenParameter, RequestShape};
pub use responses::{Arm, Header, ResponseShape};
#[cfg(feature = "traffic")]
pub(crate) use select::is_of;
pub use select::{NameKind, Namespaces, Pins, Selection, UnknownName};
pub use types::{Item, RustType, Takes, Types};
pub use unions::{Choice, Shared, Union};

pub(crate) use select::Part;
pub(crate) use words::Words;

use items::Items;
use operations::Shapes;

/// The bindings of a model, before they are written.
pub struct Plan<'a> {
    /// The model.
    pub api: &'a Api,
    /// The types of values.
    pub types: Types<'a>,
    /// The modules at the root.
    pub modules: Vec<Module>,
    /// The types of the enumerations.
    pub enums: Arena<Enum<'a>, Enumeration>,
    /// The structs of objects and messages.
    pub structs: Arena<Struct<'a>, Record>,
    /// The enum over all messages.
    pub message: Union<'a>,
    /// The operations, in the order of [`Api::operations`].
    pub operations: Arena<PlannedOperation<'a>, Operation>,
    /// The shapes of requests.
    pub requests: Arena<RequestShape<'a>>,
    /// The shapes of responses.
    pub responses: Arena<ResponseShape>,
    /// The lists of parameters.
    pub lists: Arena<ParameterList<'a>>,
    /// The subscriptions.
    pub subscriptions: Arena<Subscription>,
    /// The markers by which the compiler names a required parameter that was
    /// forgotten, with the name on the wire: one for each name, for all
    /// operations together.
    pub markers: BTreeMap<Name, String>,
    /// The examples of the model, as tests.
    pub examples: Vec<Example<'a>>,
}

/// A module of the bindings.
pub struct Module {
    /// Its name.
    pub name: Name,
    /// The namespace that it is for.
    pub namespace: String,
    /// What stands in it.
    pub items: Vec<ModuleItem>,
    /// The modules in it.
    pub modules: Vec<Module>,
}

/// Something that stands in a module, by where the [`Plan`] has it.
#[derive(Debug, Clone, Copy)]
pub enum ModuleItem {
    /// One of [`Plan::enums`].
    Enum(EnumId),
    /// One of [`Plan::structs`], with the enum over its options.
    Struct(RecordId),
    /// One of [`Plan::operations`].
    Operation(OperationId),
    /// One of [`Plan::subscriptions`].
    Subscription(Id<Subscription>),
}

impl<'a> Plan<'a> {
    /// Decides how a model is written in Rust, and says what is wrong with its
    /// names. What is found unsound must be left out of the model before its
    /// plan is written.
    pub(crate) fn of(api: &'a Api) -> (Plan<'a>, Findings) {
        let mut findings = Findings::default();
        let items = Items::of(api, &mut findings);
        let records = items.records.iter();
        let types = Types::new(
            api,
            records.map(|n| (n.own.clone(), n.any.clone())).collect(),
            items.enums.clone(),
        );
        let enums = api.enums.entries();
        let enums = enums.map(|(id, e)| Enum::of(e, &items.enums[id], &mut findings));
        let enums = enums.collect();
        let structs = api
            .records
            .entries()
            .map(|(id, record)| Struct::of(record, &items.records[id], &types, &mut findings));
        let mut structs: Arena<Struct<'a>, Record> = structs.collect();
        records::keys(api, &mut structs);
        let objects = paged::objects(api, &structs);
        records::constants(&paged::items(&objects), &mut structs, &mut findings);
        unions::of_options(api, &types, &mut structs, &mut findings);
        let message = Union::of_messages(api, &structs, &mut findings);
        let mut shapes = Shapes::new();
        let operations = api.operations().zip(items.operations).zip(objects);
        let operations = operations.map(|((operation, names), objects)| {
            let long = long::of(api, &structs, operation.1);
            shapes.operation(operation, names, objects, long, &types, &mut findings)
        });
        let mut operations: Arena<PlannedOperation<'a>, Operation> = operations.collect();
        let lists = shapes.lists(&mut findings);
        let subscriptions = follow::subscriptions(api, &structs);
        for (id, subscription) in subscriptions.entries() {
            operations[subscription.start].subscription = Some(id);
        }
        let examples = examples::of(api, &operations, &mut findings);
        let plan = Plan {
            modules: modules(api, &operations, &items.modules),
            message,
            markers: markers(&operations, &shapes.requests.shapes),
            examples,
            requests: shapes.requests.shapes,
            responses: shapes.responses.shapes,
            lists,
            api,
            types,
            enums,
            structs,
            operations,
            subscriptions,
        };
        (plan, findings)
    }

    /// Returns the reply of an operation with a status in its response enum.
    pub fn arm(&self, operation: &PlannedOperation<'_>, status: Status) -> Option<&Arm> {
        let mut arms = self.responses[operation.response].arms.iter();
        arms.find(|arm| arm.status == status)
    }

    /// Whether the result of an operation is what its success holds, and not the
    /// response.
    pub fn gives_value(&self, operation: &PlannedOperation<'_>) -> bool {
        self.responses[operation.response].success.is_some()
    }
}

/// The model without the items whose names cannot stand, which are reported; and
/// what its bindings say in common.
///
/// What is left may have other names: a base without its options has constants for its
/// properties. Those that cannot stand go as well, and are not reported, as they may
/// stand in the model as a whole.
pub(crate) fn sound(mut api: Api, diagnostics: &mut Vec<Diagnostic>) -> (Api, Words) {
    let (plan, findings) = Plan::of(&api);
    diagnostics.extend(findings.diagnostics);
    let mut words = Words::of(&plan);
    let mut unsound = findings.unsound;
    let mut gone = HashSet::new();
    while !unsound.is_subset(&gone) {
        gone.extend(unsound);
        api = part::without(&api, |_, place| gone.contains(&place));
        let (plan, findings) = Plan::of(&api);
        words = Words::of(&plan);
        unsound = findings.unsound;
    }
    (api, words)
}

/// The parameters that anything requires, and the body.
fn markers<'a>(
    operations: &Arena<PlannedOperation<'a>, Operation>,
    shapes: &Arena<RequestShape<'a>>,
) -> BTreeMap<Name, String> {
    let mut markers = BTreeMap::new();
    let used = operations.iter().map(|o| &shapes[o.request]);
    for given in used.flat_map(|shape| &shape.given) {
        if given.state.is_some() {
            let wire = given.parameter.map(|given| given.wire);
            let wire = wire.unwrap_or(ours::BODY);
            markers
                .entry(given.name.clone())
                .or_insert_with(|| wire.to_owned());
        }
    }
    markers
}

/// The tree of modules that the namespaces make, each with its items.
fn modules(
    api: &Api,
    operations: &Arena<PlannedOperation<'_>, Operation>,
    paths: &BTreeMap<String, std::rc::Rc<[Name]>>,
) -> Vec<Module> {
    let mut root = Module {
        name: Name::own("crate"),
        namespace: String::new(),
        items: Vec::new(),
        modules: Vec::new(),
    };
    let mut add = |namespace: &str, item: ModuleItem| {
        if let Some(path) = paths.get(namespace) {
            root.at(namespace, path).items.push(item);
        }
    };
    for (id, enumeration) in api.enums.entries() {
        add(&enumeration.namespace, ModuleItem::Enum(id));
    }
    for (id, record) in api.records.entries() {
        add(&record.namespace, ModuleItem::Struct(id));
    }
    for (_, of_resource) in api.by_resource() {
        for (id, operation) in &of_resource {
            add(&operation.namespace, ModuleItem::Operation(*id));
        }
        for (id, operation) in of_resource {
            if let Some(subscription) = operations[id].subscription {
                add(&operation.namespace, ModuleItem::Subscription(subscription));
            }
        }
    }
    root.modules
}

impl Module {
    /// The module of a namespace, made where it is not there. Modules are in the
    /// order of their names.
    fn at(&mut self, namespace: &str, path: &[Name]) -> &mut Module {
        let mut module = self;
        let mut whole = String::new();
        for (name, part) in path.iter().zip(namespace.split('.')) {
            if !whole.is_empty() {
                whole.push('.');
            }
            whole.push_str(part);
            let found = module.modules.binary_search_by(|one| one.name.cmp(name));
            let index = found.unwrap_or_else(|index| {
                let new = Module {
                    name: name.clone(),
                    namespace: whole.clone(),
                    items: Vec::new(),
                    modules: Vec::new(),
                };
                module.modules.insert(index, new);
                index
            });
            module = &mut module.modules[index];
        }
        module
    }
}
