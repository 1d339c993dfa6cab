//! The lists of parameters that operations share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Location, Supplier};
use crate::plan::{ParameterFacts, Plan, ours};

use super::modules::runtime;
use super::tokens::{self, ident, own};

/// The module of the lists of parameters.
pub(super) fn module(plan: &Plan<'_>) -> TokenStream {
    if plan.lists.is_empty() {
        return TokenStream::new();
    }
    let lists = plan.lists.iter().map(|list| {
        let name = ident(&list.name);
        let facts = list.facts.iter().map(parameter_meta);
        quote!(pub static #name: &[__rt::ParameterMeta] = &[#(#facts),*];)
    });
    let (module, runtime) = (own(ours::PARAMETER_LISTS), runtime());
    quote! {
        mod #module {
            #runtime
            #(#lists)*
        }
    }
}

fn parameter_meta(facts: &ParameterFacts<'_>) -> TokenStream {
    let name = facts.name;
    let location = match facts.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Header => quote!(Header),
    };
    let supplier = match facts.supplier {
        Supplier::Caller => quote!(Caller),
        Supplier::SessionId => quote!(SessionId),
        Supplier::CsrfToken => quote!(CsrfToken),
        Supplier::Cookie => quote!(Cookie),
    };
    let required = facts.required;
    let since = tokens::since(facts.since);
    quote! {
        __rt::ParameterMeta {
            name: #name,
            location: __rt::Location::#location,
            supplier: __rt::Supplier::#supplier,
            required: #required,
            since: #since,
        }
    }
}
