//! The modules of the bindings, and the names of the items in them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::api::{Api, Arena, Enumeration, Operation, Record};
use crate::names;
use crate::place::Place;

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
        let mut scopes = Scopes::new(api, &modules);
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

/// The modules of the namespaces. One at the root must leave room for the rest, and no
/// two namespaces, nor what they are within, share one.
fn modules(api: &Api, findings: &mut Findings) -> BTreeMap<String, Rc<[Name]>> {
    let mut modules = BTreeMap::new();
    let mut scopes: BTreeMap<String, Scope<'static>> = BTreeMap::new();
    // The names of the namespaces so far, and whether they could be had.
    let mut known: BTreeMap<String, (Name, bool)> = BTreeMap::new();
    let mut unsound = BTreeSet::new();
    for (namespace, place) in namespaces(api) {
        let mut path = Vec::new();
        let mut around = String::new();
        for (step, wanted) in namespace.split('.').zip(names::modules(namespace)) {
            let within = match around.as_str() {
                "" => step.to_owned(),
                around => format!("{around}.{step}"),
            };
            let (name, is_sound) = known.entry(within.clone()).or_insert_with(|| {
                let scope = scopes.entry(around.clone());
                let scope = scope.or_insert_with(|| match around.as_str() {
                    "" => Scope::of_modules("the bindings", ours::ROOT_MODULES),
                    _ => Scope::of_modules(format!("the module of `{around}`"), &[]),
                });
                let before = findings.diagnostics.len();
                let owner = Owner::item(format!("the namespace `{within}`"), place);
                let name = scope.take(&wanted, owner, findings);
                (name, findings.diagnostics.len() == before)
            });
            if !*is_sound {
                unsound.insert(namespace);
            }
            path.push(name.clone());
            around = within;
        }
        modules.insert(namespace.to_owned(), path.into());
    }
    // What stands in a namespace without a module goes with it.
    let lost = places(api).filter(|(namespace, _)| unsound.contains(namespace));
    findings.unsound.extend(lost.map(|(_, place)| place));
    modules
}

/// The namespaces in which something stands, each with its place: where a file says it,
/// or what stands in it.
fn namespaces(api: &Api) -> impl Iterator<Item = (&str, Place)> {
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    for (namespace, place) in self::places(api) {
        places.entry(namespace).or_insert(place);
    }
    for namespace in &api.namespaces {
        if let Some(place) = places.get_mut(namespace.name.as_str()) {
            *place = namespace.place;
        }
    }
    let mut places: Vec<(&str, Place)> = places.into_iter().collect();
    places.sort_by_key(|(_, place)| *place);
    places.into_iter()
}

/// The scopes of all modules.
struct Scopes<'a> {
    modules: &'a BTreeMap<String, Rc<[Name]>>,
    scopes: BTreeMap<&'a str, Scope<'static>>,
}

impl<'a> Scopes<'a> {
    /// The modules below a module stand in it beside its items.
    fn new(api: &Api, modules: &'a BTreeMap<String, Rc<[Name]>>) -> Self {
        let mut scopes: BTreeMap<&str, Scope<'static>> = BTreeMap::new();
        for namespace in modules.keys() {
            let scope = Scope::new(format!("the module of `{namespace}`"), &[]);
            scopes.insert(namespace, scope);
        }
        for (namespace, place) in namespaces(api) {
            let Some(path) = modules.get(namespace) else {
                continue;
            };
            let dots = namespace.match_indices('.').map(|(at, _)| at);
            for (depth, dot) in dots.enumerate() {
                let around = namespace
                    .get(..dot)
                    .and_then(|around| scopes.get_mut(around));
                if let (Some(scope), Some(name)) = (around, path.get(depth + 1)) {
                    let what = "a namespace".to_owned();
                    scope.hold(name.plain(), Owner::item(what, place));
                }
            }
        }
        Scopes { modules, scopes }
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
