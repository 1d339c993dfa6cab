//! The examples of the model as tests.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Operation, OperationExample, Record};

use super::context::{Context, operation_path, record_path};
use super::modules::runtime;

/// A module with one test for each example.
pub(super) fn tests(context: &Context<'_>) -> TokenStream {
    let records = context.api.records.iter().filter(|record| !record.omitted);
    let records = records.flat_map(|record| {
        record.examples.iter().map(|example| {
            let name = test_name(&record.id(), &example.name);
            let check = record_check(record, &example.json);
            (name, check)
        })
    });
    let operations = context.operations().flat_map(|operation| {
        operation.examples.iter().map(|example| {
            let name = test_name(&operation.id(), &example.name);
            (name, operation_check(operation, example))
        })
    });
    let (names, checks): (Vec<_>, Vec<_>) = records.chain(operations).unzip();
    let runtime = runtime();
    quote! {
        #[cfg(test)]
        mod examples {
            #runtime
            #(
                #[::core::prelude::v1::test]
                fn #names() -> __rt::Result<(), __rt::String> {
                    #checks
                }
            )*
        }
    }
}

fn test_name(id: &str, example: &str) -> proc_macro2::Ident {
    format_ident!(
        "{}_{}",
        id.replace('.', "_").to_snake_case(),
        example.to_snake_case()
    )
}

fn record_check(record: &Record, json: &str) -> TokenStream {
    let path = record_path(record);
    match (&record.message, &record.urn) {
        (Some(_), Some(urn)) => {
            quote!(__rt::testing::message::<super::Message, super::#path>(#urn, #json))
        }
        _ => quote!(__rt::testing::record::<super::#path>(#json)),
    }
}

fn operation_check(operation: &Operation, example: &OperationExample) -> TokenStream {
    let path = operation_path(operation);
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
