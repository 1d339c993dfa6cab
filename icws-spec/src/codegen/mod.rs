//! From the plan of the bindings to Rust.
//!
//! Everything was decided before: the generator cannot fail, it only writes
//! down. What it writes is data and small functions over the hand-written
//! runtime, because the bodies it emits are what the compiler spends time on.

mod builders;
mod docs;
mod enums;
mod examples;
mod modules;
mod operations;
mod records;
mod requests;
mod responses;
mod tokens;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;
use crate::plan::{Plan, Selection};

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
}

impl Default for Options {
    fn default() -> Self {
        Options {
            selection: Selection::default(),
            runtime: quote!(::icws_runtime),
            tests: false,
        }
    }
}

/// Generates the bindings of a model: one module per namespace, and at the root
/// `Message`, `AnyRequest`, `ROUTES`, the shared `requests` and `responses`, and the
/// markers of required `parameters`.
pub fn generate(model: &Model, options: &Options) -> TokenStream {
    let whole = options.selection.pinned(model.api());
    let api = options.selection.narrowed(&whole);
    // The names of a model are sound, and so are those of a part of it.
    let plan = match options.selection.only {
        Some(_) => Plan::of_part(&api, &whole),
        None => Plan::of(&api).0,
    };
    let modules = modules::modules(&plan);
    let root = [
        unions::message(&plan),
        operations::any_request(&plan),
        requests::module(&plan),
        responses::module(&plan),
        operations::lists(&plan),
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
