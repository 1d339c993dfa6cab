//! From the resolved model to Rust.
//!
//! Everything was decided before: the generator cannot fail, it only writes
//! down. What it writes is data and small functions over the hand-written
//! runtime, because the bodies it emits are what the compiler spends time on.

mod builders;
mod context;
mod docs;
mod endpoints;
mod enums;
mod examples;
mod modules;
#[cfg(feature = "cli")]
mod outline;
mod records;
mod requests;
mod responses;
mod subscriptions;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;
use crate::pins::Pins;

use context::Context;
use modules::Modules;
#[cfg(feature = "cli")]
pub(crate) use outline::{Outline, path};
#[cfg(feature = "cli")]
pub(crate) use responses::variant_name;

/// How the bindings are to be generated.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The newest version of each feature to generate for.
    pub pins: Pins,
    /// The path of the runtime's crate; `::icws_runtime` unless set.
    pub runtime: TokenStream,
    /// Whether the examples of the model become `#[test]` functions.
    pub tests: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            pins: Pins::new(),
            runtime: quote!(::icws_runtime),
            tests: false,
        }
    }
}

/// Generates the bindings of a model: one module per namespace, and at the root
/// `Message`, `Operation`, `ROUTES`, the shared `requests` and `responses`, and the
/// markers of required `parameters`.
pub fn generate(api: &Api, options: &Options) -> TokenStream {
    let api = &api.clone().pinned(&options.pins);
    let context = Context::new(api);
    let mut modules = Modules::default();
    for enumeration in api.enums.iter().filter(|enumeration| !enumeration.omitted) {
        modules.add(
            &enumeration.namespace,
            enums::enumeration(&context, enumeration),
        );
    }
    for record in api.records.iter().filter(|record| !record.omitted) {
        modules.add(&record.namespace, records::record(&context, record));
        if !record.options.is_empty() {
            modules.add(&record.namespace, unions::any(&context, record));
        }
    }
    let mut requests = requests::Requests::default();
    let mut shapes = responses::Shapes::default();
    let mut lists = endpoints::ParameterLists::default();
    for resource in &api.resources {
        for operation in &resource.operations {
            let request = requests.request(&context, operation);
            let response = shapes.response(&context, operation);
            let tokens = endpoints::endpoint(
                &context, resource, operation, &request, &response, &mut lists,
            );
            modules.add(&operation.namespace, tokens);
        }
        if let Some((namespace, tokens)) = subscriptions::subscription(&context, resource) {
            modules.add(namespace, tokens);
        }
    }
    let root = [
        unions::message(&context),
        endpoints::operation_enum(&context),
        requests.module(),
        shapes.module(),
        lists.module(),
        builders::markers(&context),
        if options.tests {
            examples::tests(&context)
        } else {
            TokenStream::new()
        },
    ];
    let modules = modules.tokens();
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
