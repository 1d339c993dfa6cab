//! The modules of the bindings, and the names of the items in them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::api::{Api, Arena, Enumeration, Operation, Record};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::place::Place;
use crate::rules;

use super::names::{Findings, Name, Owner, Path, Scope};
use super::ours;

/// The names of the items of a model.
pub(super) struct Items {
    /// The modules of each namespace.
    pub modules: BTreeMap<String, Rc<[Name]>>,
    pub enums: Arena<Path, Enumeration>,
    pub records: Arena<RecordNames, Record>,
    /// In the order of [`Api::operations`].
    pub operations: Vec<OperationNames>,
}

/// The names that come of an object or message.
pub(super) struct RecordNames {
    /// The struct, `Room`.
    pub own: Path,
    /// The enum over its options, `AnyRoom`; taken only where there are options.
    pub any: Path,
    /// The merged state, `RoomState`, where there is one.
    pub state: Option<Name>,
}

/// The names that come of an operation.
#[derive(Clone)]
pub struct OperationNames {
    /// The request, `Subscribe`.
    pub own: Path,
    /// Its builder, `SubscribeBuilder`.
    pub builder: Name,
    /// The marker that stands for the operation itself, `SubscribeOperation`.
    pub marker: Name,
    /// Its response, `SubscribeOutcome`.
    pub response: Name,
}

impl Items {
    /// Takes the names of all items.
    pub fn of(api: &Api, findings: &mut Findings) -> Items {
        let modules = modules(api, findings);
        let mut scopes = Scopes::new(&modules);
        let enums = api.enums.iter().map(|enumeration| {
            let what = format!("the enumeration `{}`", enumeration.name);
            let owner = Owner::item(what, enumeration.place);
            let wanted = own(&enumeration.rust_name, &enumeration.name, names::type_name);
            scopes.take(&enumeration.namespace, &wanted, owner, findings)
        });
        let enums = enums.collect();
        let records = api.records.iter();
        let records = records
            .map(|record| scopes.record(record, findings))
            .collect();
        let operations = api.operations();
        let operations = operations
            .map(|(_, operation)| scopes.operation(operation, findings))
            .collect();
        Items {
            enums,
            records,
            operations,
            modules,
        }
    }
}

/// The name that the model gives, or the one that comes of the wire's.
pub(super) fn own(given: &Option<String>, wire: &str, made: fn(&str) -> String) -> String {
    given.clone().unwrap_or_else(|| made(wire))
}

/// Everything that stands in a module, by namespace.
fn places(api: &Api) -> impl Iterator<Item = (&str, Place)> {
    let enums = api.enums.iter().map(|e| (e.namespace.as_str(), e.place));
    let records = api.records.iter().map(|r| (r.namespace.as_str(), r.place));
    let operations = api
        .operations()
        .map(|(_, o)| (o.namespace.as_str(), o.place));
    enums.chain(records).chain(operations)
}

/// Modules come from namespaces; one at the root must leave room for the rest,
/// and no two namespaces share one.
fn modules(api: &Api, findings: &mut Findings) -> BTreeMap<String, Rc<[Name]>> {
    let mut modules = BTreeMap::new();
    let mut namespaces: BTreeMap<Rc<[Name]>, &str> = BTreeMap::new();
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for (namespace, place) in places(api) {
        let path: Rc<[Name]> = match modules.get(namespace) {
            Some(path) => Rc::clone(path),
            None => {
                let names = names::modules(namespace);
                let path: Rc<[Name]> = names.iter().map(|name| Name::own(name)).collect();
                modules.insert(namespace.to_owned(), Rc::clone(&path));
                path
            }
        };
        let first = path.first().map_or("", Name::as_str);
        let reserved = ours::ROOT_MODULES.contains(&first);
        let other = *namespaces.entry(Rc::clone(&path)).or_insert(namespace);
        if !reserved && other == namespace {
            continue;
        }
        findings.unsound.insert(place);
        if !reported.insert(namespace) {
            continue;
        }
        let finding = if reserved {
            let message = format!(
                "the namespace `{namespace}` needs a module `{first}`, a name that the bindings use themselves"
            );
            Diagnostic::new(&rules::RESERVED_NAME, place, message)
        } else {
            let message =
                format!("the namespaces `{namespace}` and `{other}` would share one module");
            Diagnostic::new(&rules::NAME_COLLISION, place, message)
        };
        findings.diagnostics.push(finding);
    }
    modules
}

/// The scopes of all modules.
struct Scopes<'a> {
    modules: &'a BTreeMap<String, Rc<[Name]>>,
    scopes: BTreeMap<&'a str, Scope<'static>>,
}

impl<'a> Scopes<'a> {
    /// The modules below a module stand in it beside its items.
    fn new(modules: &'a BTreeMap<String, Rc<[Name]>>) -> Self {
        let mut children: BTreeMap<&[Name], BTreeSet<&str>> = BTreeMap::new();
        for path in modules.values() {
            for (depth, name) in path.iter().enumerate() {
                let parent = path.get(..depth).unwrap_or_default();
                children.entry(parent).or_default().insert(name.plain());
            }
        }
        let scope = |namespace: &str, path: &[Name]| {
            let mut scope = Scope::new(format!("the module of `{namespace}`"), &[]);
            let children = children.get(path).into_iter().flatten();
            children.for_each(|child| scope.hold(child, "a namespace"));
            scope
        };
        let scopes = modules
            .iter()
            .map(|(namespace, path)| (namespace.as_str(), scope(namespace, path)));
        Scopes {
            modules,
            scopes: scopes.collect(),
        }
    }

    fn take(
        &mut self,
        namespace: &str,
        wanted: &str,
        owner: Owner,
        findings: &mut Findings,
    ) -> Path {
        let modules = self.modules.get(namespace).cloned();
        let name = match self.scopes.get_mut(namespace) {
            Some(scope) => scope.take(wanted, owner, findings),
            None => Name::own(wanted),
        };
        Path {
            modules: modules.unwrap_or_default(),
            name,
        }
    }

    fn record(&mut self, record: &Record, findings: &mut Findings) -> RecordNames {
        let (name, place) = (&record.name, record.place);
        let mut take = |wanted: &str, what: &str| {
            let owner = Owner::item(format!("the {what} `{name}`"), place);
            self.take(&record.namespace, wanted, owner, findings)
        };
        let kind = if record.message.is_some() {
            "message"
        } else {
            "object"
        };
        let own = take(
            &own(&record.rust_name, &record.name, names::type_name),
            kind,
        );
        let any = ours::any(&own.name);
        let any = if record.options.is_empty() {
            Path {
                modules: Rc::clone(&own.modules),
                name: Name::own(&any),
            }
        } else {
            take(&any, "options of")
        };
        let state = record.delta().map(|_| {
            let wanted = names::state_name(own.name.plain());
            take(&wanted, "state of").name
        });
        RecordNames { own, any, state }
    }

    fn operation(&mut self, operation: &Operation, findings: &mut Findings) -> OperationNames {
        let mut take = |wanted: &str, what: &str| {
            let what = format!("the {what} `{}`", operation.name);
            let owner = Owner::item(what, operation.place);
            self.take(&operation.namespace, wanted, owner, findings)
        };
        let own = take(
            &own(&operation.rust_name, &operation.name, names::type_name),
            "operation",
        );
        let name = own.name.plain().to_owned();
        OperationNames {
            own,
            builder: take(&ours::builder(&name), "builder of").name,
            marker: take(&ours::marker(&name), "marker of").name,
            response: take(&ours::outcome(&name), "outcome of").name,
        }
    }
}
