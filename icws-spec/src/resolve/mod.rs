//! From the checked tree to the resolved [`Api`].
//!
//! The shape check has already taken out what the language does not know, so
//! this pass asks only whether the model makes sense, and reports everything it
//! finds at once. An item with a finding that would make its bindings wrong is
//! left out; the rest of the model stands.

mod bases;
mod delta_rules;
mod deltas;
mod enums;
mod examples;
mod headers;
mod identity;
mod namespaces;
mod parameters;
mod records;
mod recursion;
mod replies;
mod resources;
mod scope;
mod since;
mod standing;
mod types;
mod values;

use crate::api::{Api, Arena, Record};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

pub(crate) use deltas::settle;
use scope::Scope;

/// The types of the model, as the checks of operations and examples need them.
struct Types<'a> {
    records: &'a Arena<Record>,
    scope: &'a Scope<'a>,
}

/// Resolves what was loaded. Findings are added to `diagnostics`; the returned
/// model holds the items without one.
pub fn resolve(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Api {
    let scope = Scope::declare(sources, diagnostics);
    let features = scope.features();
    let namespaces = namespaces::resolve(&scope, diagnostics);
    let enums = enums::resolve(&scope, diagnostics);
    let mut records = records::resolve(&scope, diagnostics);
    bases::resolve(&mut records, &scope, diagnostics);
    deltas::resolve(&mut records, &scope, diagnostics);
    standing::resolve(&mut records, &enums, &scope, diagnostics);
    recursion::check(&records, diagnostics);
    let types = Types {
        records: &records,
        scope: &scope,
    };
    let unsound = examples::check_records(&types, diagnostics);
    let resources = resources::resolve(&types, diagnostics);
    examples::remove(&mut records, &unsound);
    Api {
        features,
        namespaces,
        enums,
        records,
        resources,
    }
}
