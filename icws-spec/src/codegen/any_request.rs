//! The enum over all requests, and the table by which a server finds one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, ours};
use crate::texts::code;

use super::modules::allowed;
use super::tokens::{self, ident, own};

/// The enum over all requests, with one variant for each operation, and the
/// table that a server matches requests against.
pub(super) fn any_request(plan: &Plan<'_>) -> TokenStream {
    let operations = &plan.operations;
    let variants: Vec<_> = operations.iter().map(|o| ident(&o.variant)).collect();
    let paths = operations.iter().map(|o| tokens::path(&o.names.own));
    let paths: Vec<TokenStream> = paths.collect();
    let docs = operations
        .iter()
        .map(|o| format!(" {}.", code(&o.operation.id())));
    let (any_request, routes) = (own(ours::ANY_REQUEST), own(ours::ROUTES));
    let allowed = allowed();
    let numbers: Vec<usize> = (0..paths.len()).collect();
    let decode = if paths.is_empty() {
        quote! {
            let _ = (number, request);
            __rt::Err(__rt::RouteError::NotFound)
        }
    } else {
        quote! {
            let mut any_request = match number {
                #(#numbers => #any_request::#variants(__rt::Box::new(__rt::Request::blank())),)*
                _ => return __rt::Err(__rt::RouteError::NotFound),
            };
            __rt::decode_request(
                match &mut any_request {
                    #(#any_request::#variants(call) => &mut ***call,)*
                },
                request,
            )?;
            __rt::Ok(any_request)
        }
    };
    quote! {
        /// Any request of the model, as a server meets it.
        #[derive(__rt::Clone, __rt::Debug)]
        #[non_exhaustive]
        #[allow(clippy::enum_variant_names)]
        #allowed
        pub enum #any_request {
            #(#[doc = #docs] #variants(__rt::Box<#paths>),)*
        }

        /// The requests of the model, for [`route`](__rt::route()).
        #allowed
        pub const #routes: &[__rt::Route<#any_request>] = {
            #[inline]
            fn decode(number: __rt::usize, request: &__rt::RequestHead<'_>) -> __rt::Result<#any_request, __rt::RouteError> {
                #decode
            }
            &[#(__rt::Route { meta: <#paths as __rt::Request>::META, number: #numbers, decode },)*]
        };
    }
}
