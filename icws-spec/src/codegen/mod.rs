//! From the plan of the bindings to Rust.
//!
//! Everything was decided before: the generator cannot fail, it only writes
//! down. What it writes is data and small functions over the hand-written
//! runtime, because the bodies it emits are what the compiler spends time on.

mod any_request;
mod builders;
mod docs;
mod enums;
mod examples;
mod modules;
mod operation_docs;
mod operations;
mod parameter_lists;
mod records;
mod requests;
mod responses;
mod sizes;
mod subscriptions;
mod tokens;
mod unions;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;
use crate::plan::Selection;

/// How the bindings are to be generated.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// What of the model is generated.
    pub selection: Selection,
    /// The path of the runtime's crate; `::icws_runtime` unless set.
    pub runtime: TokenStream,
    /// Whether the examples of the model become `#[test]` functions.
    pub tests: bool,
    /// The Cargo feature that turns each namespace at the top on, to be named in
    /// the docs of its modules.
    pub cargo_features: BTreeMap<String, String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            selection: Selection::default(),
            runtime: quote!(::icws_runtime),
            tests: false,
            cargo_features: BTreeMap::new(),
        }
    }
}

/// Generates the bindings of a model: one module per namespace, and at the root
/// `Message`, `AnyRequest`, `ROUTES`, the shared `requests` and `responses`, and the
/// markers of required `parameters`.
pub fn generate(model: &Model, options: &Options) -> TokenStream {
    let part = model.part(&options.selection);
    let plan = part.words.plan(&part.api);
    let modules = modules::modules(&plan, &options.cargo_features);
    let root = [
        unions::message(&plan),
        any_request::any_request(&plan),
        requests::module(&plan),
        responses::module(&plan),
        parameter_lists::module(&plan),
        builders::markers(&plan),
        if options.tests {
            examples::tests(&plan)
        } else {
            TokenStream::new()
        },
    ];
    let runtime = &options.runtime;
    quote! {
        // All that is emitted names the runtime and the standard library by
        // this: no item of a model hides it, and short paths are less to read
        // for the compiler.
        #[allow(unused_imports)]
        use #runtime::__private1 as __rt;

        #modules
        #(#root)*
    }
}
