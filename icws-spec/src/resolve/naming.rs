//! Rust names: no two alike where they meet, none that cannot be used.

use std::collections::HashMap;

use crate::api::{Api, Origin};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::rules;
use crate::source::Place;

/// The names of one scope of the bindings, with what each stands for.
struct Names<'a> {
    what: String,
    taken: HashMap<String, (String, Place)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Names<'a> {
    fn new(what: impl Into<String>, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Names { what: what.into(), taken: HashMap::new(), diagnostics }
    }

    /// Takes a name for `item`; reports it when it is taken or unusable.
    fn take(&mut self, name: &str, item: String, place: Place) {
        if !names::is_identifier(name) {
            self.diagnostics.push(
                Diagnostic::new(
                    &rules::RESERVED_NAME,
                    place,
                    format!("{item} would be called `{name}`, which is not a name in Rust"),
                )
                .help("choose another with `rust_name: …`"),
            );
            return;
        }
        if let Some((other, first)) = self.taken.get(name) {
            self.diagnostics.push(
                Diagnostic::new(
                    &rules::NAME_COLLISION,
                    place,
                    format!("{item} and {other} are both called `{name}` in {}", self.what),
                )
                .help("choose another name for one of them with `rust_name: …`")
                .related(*first, "the other one"),
            );
            return;
        }
        self.taken.insert(name.to_owned(), (item, place));
    }

    fn reserve(&mut self, name: &str, item: String, place: Place, taken: &[&str]) {
        if taken.contains(&name) {
            self.diagnostics.push(
                Diagnostic::new(
                    &rules::RESERVED_NAME,
                    place,
                    format!("{item} would be called `{name}`, a name that the bindings use themselves"),
                )
                .help("choose another with `rust_name: …`"),
            );
        }
    }
}

/// Checks the names of the whole model.
pub(super) fn check(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    check_modules(api, diagnostics);
    check_types(api, diagnostics);
    for record in &api.records {
        let mut names = Names::new(format!("`{}`", record.rust_name), diagnostics);
        for property in &record.properties {
            let item = format!("the property `{}`", property.name);
            names.take(&property.rust_name, item, property.place);
        }
    }
    for operation in api.resources.iter().flat_map(|r| &r.operations) {
        let mut names = Names::new(format!("`{}`", operation.rust_name), diagnostics);
        for parameter in operation.parameters.iter().filter(|p| p.origin == Origin::Caller) {
            let item = format!("the parameter `{}`", parameter.name);
            names.reserve(&parameter.rust_name, item.clone(), parameter.place, names::BUILDER_METHODS);
            names.take(&parameter.rust_name, item, parameter.place);
        }
    }
}

/// Modules come from namespaces; one at the root must leave room for the rest.
fn check_modules(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
    for (namespace, place) in namespaces(api) {
        let modules = names::modules(namespace);
        if let Some(first) = modules.first()
            && names::ROOT_MODULES.contains(&first.as_str())
        {
            diagnostics.push(Diagnostic::new(
                &rules::RESERVED_NAME,
                place,
                format!("the namespace `{namespace}` needs a module `{first}`, a name that the bindings use themselves"),
            ));
        }
        match seen.get(&modules) {
            Some(other) if *other != namespace => diagnostics.push(Diagnostic::new(
                &rules::NAME_COLLISION,
                place,
                format!("the namespaces `{namespace}` and `{other}` share one module"),
            )),
            Some(_) => {}
            None => {
                seen.insert(modules, namespace);
            }
        }
    }
}

fn namespaces(api: &Api) -> impl Iterator<Item = (&str, Place)> {
    let records = api.records.iter().map(|r| (r.namespace.as_str(), r.place));
    let operations = api.resources.iter().flat_map(|r| &r.operations);
    records.chain(operations.map(|o| (o.namespace.as_str(), o.place)))
}

fn check_types(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut modules: Vec<&str> = namespaces(api).map(|(namespace, _)| namespace).collect();
    modules.sort_unstable();
    modules.dedup();
    for module in modules {
        let mut names = Names::new(format!("the module of `{module}`"), diagnostics);
        for record in api.records.iter().filter(|r| r.namespace == module) {
            let what = if record.message.is_some() { "message" } else { "object" };
            names.take(&record.rust_name, format!("the {what} `{}`", record.name), record.place);
            if let Some(delta) = record.message.as_ref().and_then(|m| m.delta.as_ref()) {
                let item = format!("the state of `{}`", record.name);
                names.take(&delta.state_rust_name, item, record.place);
            }
        }
        let operations = api.resources.iter().flat_map(|r| &r.operations);
        for operation in operations.filter(|o| o.namespace == module) {
            let (name, place) = (&operation.rust_name, operation.place);
            names.take(name, format!("the operation `{}`", operation.name), place);
            names.take(
                &format!("{name}Builder"),
                format!("the builder of `{}`", operation.name),
                place,
            );
            names.take(
                &format!("{name}Response"),
                format!("the response of `{}`", operation.name),
                place,
            );
        }
    }
}
