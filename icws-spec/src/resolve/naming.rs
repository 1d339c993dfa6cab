//! Rust names: no two alike where they meet, none that cannot be used.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{Api, Enumeration, Operation, Origin, Record};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::place::Place;
use crate::rules;

/// Names of the fields beside the headers in a reply's variant.
const REPLY_FIELDS: &[&str] = &["value", "failure"];

/// Names of variants that every enumeration has.
const ENUM_VARIANTS: &[&str] = &["Unknown"];

/// Name of the field and setter of a request's body.
const BODY: &str = "body";

/// Checks the names of the whole model. Items whose names cannot stand are
/// marked as omitted, or taken out.
pub(super) fn check(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut unsound = HashSet::new();
    let mut checker = Checker {
        unsound: &mut unsound,
        diagnostics,
    };
    checker.namespaces(api);
    checker.types(api);
    for record in &api.records {
        checker.properties(record);
    }
    for enumeration in &api.enums {
        checker.values(enumeration);
    }
    for operation in operations(api) {
        checker.operation(operation);
    }
    for record in &mut api.records {
        record.omitted |= unsound.contains(&record.place);
    }
    for enumeration in &mut api.enums {
        enumeration.omitted |= unsound.contains(&enumeration.place);
    }
    for resource in &mut api.resources {
        resource
            .operations
            .retain(|operation| !unsound.contains(&operation.place));
    }
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> {
    api.resources
        .iter()
        .flat_map(|resource| &resource.operations)
}

/// Everything that stands in a module, by namespace.
fn items(api: &Api) -> impl Iterator<Item = (&str, Place)> {
    let enums = api.enums.iter().map(|e| (e.namespace.as_str(), e.place));
    let records = api.records.iter().map(|r| (r.namespace.as_str(), r.place));
    let operations = operations(api).map(|o| (o.namespace.as_str(), o.place));
    enums.chain(records).chain(operations)
}

struct Checker<'a> {
    /// The items that cannot be generated.
    unsound: &'a mut HashSet<Place>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    /// Modules come from namespaces; one at the root must leave room for the
    /// rest.
    fn namespaces(&mut self, api: &Api) {
        let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
        let mut reported: HashSet<&str> = HashSet::new();
        for (namespace, place) in items(api) {
            let modules = names::modules(namespace);
            let reserved = modules
                .first()
                .filter(|first| names::ROOT_MODULES.contains(&first.as_str()));
            let other = *seen.entry(modules.clone()).or_insert(namespace);
            if reserved.is_none() && other == namespace {
                continue;
            }
            self.unsound.insert(place);
            if !reported.insert(namespace) {
                continue;
            }
            self.diagnostics.push(match reserved {
                Some(first) => Diagnostic::new(
                    &rules::RESERVED_NAME,
                    place,
                    format!("the namespace `{namespace}` needs a module `{first}`, a name that the bindings use themselves"),
                ),
                None => Diagnostic::new(
                    &rules::NAME_COLLISION,
                    place,
                    format!("the namespaces `{namespace}` and `{other}` would share one module"),
                ),
            });
        }
    }

    /// Types of one module, with the modules beside them.
    fn types(&mut self, api: &Api) {
        let namespaces: BTreeSet<&str> = items(api).map(|(namespace, _)| namespace).collect();
        let modules: HashSet<Vec<String>> = namespaces
            .iter()
            .flat_map(|namespace| {
                let modules = names::modules(namespace);
                (1..=modules.len())
                    .map(move |end| modules.iter().take(end).cloned().collect::<Vec<_>>())
            })
            .collect();
        for namespace in &namespaces {
            let mut scope = Scope::new(format!("the module of `{namespace}`"));
            let module = names::modules(namespace);
            let beside = modules
                .iter()
                .filter(|other| other.len() == module.len() + 1 && other.starts_with(&module));
            scope.modules = beside.filter_map(|other| other.last().cloned()).collect();
            for enumeration in api.enums.iter().filter(|e| e.namespace == *namespace) {
                let item = format!("the enumeration `{}`", enumeration.name);
                self.take(&mut scope, &enumeration.rust_name, item, enumeration.place);
            }
            for record in api.records.iter().filter(|r| r.namespace == *namespace) {
                let what = if record.message.is_some() {
                    "message"
                } else {
                    "object"
                };
                self.take(
                    &mut scope,
                    &record.rust_name,
                    format!("the {what} `{}`", record.name),
                    record.place,
                );
                if !record.options.is_empty() {
                    let item = format!("the options of `{}`", record.name);
                    self.take(&mut scope, &record.any_rust_name, item, record.place);
                }
                if let Some(delta) = record.message.as_ref().and_then(|m| m.delta.as_ref()) {
                    let item = format!("the state of `{}`", record.name);
                    self.take(&mut scope, &delta.state_rust_name, item, record.place);
                }
            }
            for operation in operations(api).filter(|o| o.namespace == *namespace) {
                let name = &operation.rust_name;
                for (suffix, what) in [
                    ("", "operation"),
                    ("Builder", "builder of"),
                    ("Operation", "kind of"),
                    ("Response", "response of"),
                ] {
                    let item = format!("the {what} `{}`", operation.name);
                    self.take(
                        &mut scope,
                        &format!("{name}{suffix}"),
                        item,
                        operation.place,
                    );
                }
            }
        }
    }

    fn values(&mut self, enumeration: &Enumeration) {
        let mut scope = Scope::new(format!("`{}`", enumeration.rust_name));
        for value in &enumeration.values {
            let item = format!("the value `{}`", value.name);
            let free = enumeration.flags
                || self.leave_free(&value.rust_name, &item, value.place, ENUM_VARIANTS);
            if !(free && self.take(&mut scope, &value.rust_name, item, value.place)) {
                self.unsound.insert(enumeration.place);
            }
        }
    }

    fn properties(&mut self, record: &Record) {
        let mut scope = Scope::new(format!("`{}`", record.rust_name));
        for property in &record.properties {
            let item = format!("the property `{}`", property.name);
            if !self.take(&mut scope, &property.rust_name, item, property.place) {
                self.unsound.insert(record.place);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let mut scope = Scope::new(format!("`{}`", operation.rust_name));
        for parameter in operation
            .parameters
            .iter()
            .filter(|p| p.origin == Origin::Caller)
        {
            let item = format!("the parameter `{}`", parameter.name);
            let name = &parameter.rust_name;
            let free = self.leave_free(name, &item, parameter.place, names::BUILDER_METHODS);
            if !(free && self.take(&mut scope, name, item, parameter.place)) {
                self.unsound.insert(operation.place);
            }
        }
        let bodies = operation.body.iter().map(|_| BODY);
        for body in bodies {
            if !self.take(&mut scope, body, "the body".to_owned(), operation.place) {
                self.unsound.insert(operation.place);
            }
        }
        self.errors(operation);
        for reply in &operation.replies {
            let mut scope = Scope::new(format!("the reply {}", reply.status));
            for header in &reply.headers {
                let item = format!("the header `{}`", header.name);
                let name = &header.rust_name;
                let free = self.leave_free(name, &item, reply.place, REPLY_FIELDS);
                if !(free && self.take(&mut scope, name, item, reply.place)) {
                    self.unsound.insert(operation.place);
                }
            }
        }
    }

    /// The constants of an operation's errors. One identifier may stand in
    /// several replies, and a shared reply in several operations.
    fn errors(&mut self, operation: &Operation) {
        let mut scope = Scope::new(format!("the errors of `{}`", operation.rust_name));
        let mut known: Vec<(&str, &str)> = Vec::new();
        for error in operation.replies.iter().flat_map(|reply| &reply.errors) {
            let names = (error.id.as_str(), error.rust_name.as_str());
            if known.contains(&names) {
                continue;
            }
            known.push(names);
            let item = format!("the error `{}`", error.id);
            let reported = self.unsound.contains(&error.place);
            if reported || !self.take(&mut scope, &error.rust_name, item, error.place) {
                self.unsound.insert(operation.place);
            }
        }
    }

    /// Takes a name for `item`; reports it when it is taken or unusable.
    fn take(&mut self, scope: &mut Scope, name: &str, item: String, place: Place) -> bool {
        let diagnostic = if name == names::RUNTIME {
            Diagnostic::new(
                &rules::RESERVED_NAME,
                place,
                format!("{item} would be called `{name}`, a name that the bindings use themselves"),
            )
        } else if !names::is_identifier(name) {
            Diagnostic::new(
                &rules::RESERVED_NAME,
                place,
                format!("{item} would be called `{name}`, which is not a name in Rust"),
            )
        } else if scope.modules.contains(name) {
            Diagnostic::new(
                &rules::NAME_COLLISION,
                place,
                format!(
                    "{item} and a namespace are both called `{name}` in {}",
                    scope.what
                ),
            )
        } else if let Some((other, first)) = scope.taken.get(name) {
            Diagnostic::new(
                &rules::NAME_COLLISION,
                place,
                format!(
                    "{item} and {other} are both called `{name}` in {}",
                    scope.what
                ),
            )
            .related(*first, "the other one")
        } else {
            scope.taken.insert(name.to_owned(), (item, place));
            return true;
        };
        self.unsound.insert(place);
        self.diagnostics
            .push(diagnostic.help("choose another name with `rust_name: …`"));
        false
    }

    fn leave_free(&mut self, name: &str, item: &str, place: Place, reserved: &[&str]) -> bool {
        if !reserved.contains(&name) {
            return true;
        }
        self.diagnostics.push(
            Diagnostic::new(
                &rules::RESERVED_NAME,
                place,
                format!("{item} would be called `{name}`, a name that the bindings use themselves"),
            )
            .help("choose another with `rust_name: …`"),
        );
        false
    }
}

/// The names of one scope of the bindings, with what each stands for.
struct Scope {
    what: String,
    taken: HashMap<String, (String, Place)>,
    modules: HashSet<String>,
}

impl Scope {
    fn new(what: String) -> Self {
        Scope {
            what,
            taken: HashMap::new(),
            modules: HashSet::new(),
        }
    }
}
