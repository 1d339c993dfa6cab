//! From the checked tree to the resolved [`Api`].
//!
//! The shape check has already taken out what the language does not know, so
//! this pass asks only whether the model makes sense, and reports everything it
//! finds at once. An item with a finding that would make its bindings wrong is
//! left out; the rest of the model stands.

mod examples;
mod naming;
mod parameters;
mod records;
mod replies;
mod resources;
mod scope;
mod since;
mod types;

use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

use scope::Scope;

/// Resolves what was loaded. Findings are added to `diagnostics`; the returned
/// model holds the items without one.
pub fn resolve(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Api {
    let scope = Scope::declare(sources, diagnostics);
    let features = scope.features();
    let mut records = records::resolve(&scope, diagnostics);
    examples::check_records(&mut records, &scope, diagnostics);
    let resources = resources::resolve(&scope, &records, diagnostics);
    let mut api = Api {
        features,
        records,
        resources,
    };
    naming::check(&mut api, diagnostics);
    api
}
