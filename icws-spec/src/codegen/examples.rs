//! The examples of the model as tests, and what other tests ask of the bindings.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::OperationExample;
use crate::plan::{Example, Path, Plan, Tested, ours};

use super::modules::runtime;
use super::sizes;
use super::tokens::{self, ident, own};

/// A module with one test for each example.
pub(super) fn tests(plan: &Plan<'_>) -> TokenStream {
    let names = plan.examples.iter().map(|example| ident(&example.name));
    let checks = plan.examples.iter().map(|example| check(plan, example));
    let (examples, runtime) = (own(ours::EXAMPLES), runtime());
    let sizes = sizes::list(plan);
    quote! {
        #[cfg(test)]
        mod #examples {
            #runtime
            #sizes
            #(
                #[::core::prelude::v1::test]
                fn #names() -> __rt::Result<(), __rt::String> {
                    #checks
                }
            )*
        }
    }
}

fn check(plan: &Plan<'_>, example: &Example<'_>) -> TokenStream {
    match example.of {
        Tested::Record(record, json) => {
            let path = tokens::path(&plan.structs[record].path);
            quote!(__rt::testing::record::<super::#path>(#json))
        }
        Tested::Message(record, urn, json) => {
            let path = tokens::path(&plan.structs[record].path);
            let message = own(ours::MESSAGE);
            quote!(__rt::testing::message::<super::#message, super::#path>(#urn, #json))
        }
        Tested::Operation(id, example) => operation_check(&plan.operations[id].names.own, example),
    }
}

fn operation_check(path: &Path, example: &OperationExample) -> TokenStream {
    let path = tokens::path(path);
    let parameters = pairs(&example.parameters);
    let request = &example.request;
    let request_body = example.request_body.as_deref().unwrap_or_default();
    let status = example.status;
    let media = example
        .media
        .as_deref()
        .unwrap_or("application/vnd.inin.icws+JSON; charset=utf-8");
    let headers = pairs(&example.headers);
    let body = example.body.as_deref().unwrap_or_default();
    quote! {
        __rt::testing::operation::<super::#path>(&__rt::testing::Example {
            parameters: &[#parameters],
            request: #request,
            request_body: #request_body,
            status: #status,
            headers: &[#headers],
            media: #media,
            body: #body,
        })
    }
}

fn pairs(pairs: &[(String, String)]) -> TokenStream {
    let (names, values): (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
    quote!(#((#names, #values)),*)
}
