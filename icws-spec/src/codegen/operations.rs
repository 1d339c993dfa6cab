//! The operations: their requests, and what clients do with them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::Segment;
use crate::plan::{Plan, PlannedOperation, ours};
use crate::texts::code;

use super::docs::Docs;
use super::operation_docs;
use super::tokens::{self, ident, own, root_of, rust_type};

/// The type of an operation's requests, and its place in the API.
pub(super) fn operation(plan: &Plan<'_>, planned: &PlannedOperation<'_>) -> TokenStream {
    let names = &planned.names;
    let root = root_of(&names.own);
    let own_name = names.own.name.as_str();
    let docs = operation_docs::docs(plan, planned);
    let marker_docs = format!(" Says of a request that it is a [`{own_name}`].");
    let response_docs = format!(" What the server answers to [`{own_name}`].");
    let builder_docs = format!(
        " Builds [`{own_name}`]; `{}` is there once every required parameter is given.",
        ours::BUILD
    );
    let meta = meta(plan, planned, &root);
    let shape = &plan.requests[planned.request];
    let (request, request_builder) = (ident(&shape.name), ident(&shape.builder));
    let content = planned
        .object
        .map(|item| tokens::path(plan.types.path(item)));
    let arguments = content.as_ref().map(|object| quote!(#root #object));
    let content = content.as_ref().map(|object| quote!(, #root #object));
    let (name, builder) = (ident(&names.own.name), ident(&names.builder));
    let (marker, response) = (ident(&names.marker), ident(&names.response));
    let (requests, all_responses) = (own(ours::REQUESTS), own(ours::RESPONSES));
    let parameters = own(ours::PARAMETERS);
    let errors = errors(planned, &marker);
    let client = client(plan, planned, &root);
    let states = shape.given.iter().filter_map(|given| {
        let state = given.state.as_ref()?;
        Some((ident(state), ident(&given.name)))
    });
    let (state, missing): (Vec<_>, Vec<_>) = states.unzip();
    let responses = ident(&plan.responses[planned.response].name);
    let successes = planned.successes.iter();
    let successes = successes.map(|ty| rust_type(plan, ty, &root));
    quote! {
        #docs
        pub type #name = __rt::Call<#marker>;

        #[doc = #builder_docs]
        pub type #builder<#(#state = __rt::Missing<#root #parameters::#missing>),*> = #root #requests::#request_builder<self::#marker #content #(, #state)*>;

        #[doc = #marker_docs]
        pub enum #marker {}

        #[doc = #response_docs]
        pub type #response = #root #all_responses::#responses<#(#successes),*>;

        impl __rt::Operation for #marker {
            type Arguments = #root #requests::#request<#arguments>;
            type Builder = #builder;
            type Response = #response;
            const META: &'static __rt::OperationMeta = &#meta;
        }

        #client

        #errors
    }
}

/// The identifiers of errors as constants.
fn errors(planned: &PlannedOperation<'_>, marker: &Ident) -> Option<TokenStream> {
    let constants = planned.errors.iter().map(|(name, error)| {
        let (name, id) = (ident(name), &error.id);
        let docs = Docs::new(&error.doc, "The identifier of an error.")
            .then(format!("{}.", code(&error.id)))
            .tokens();
        quote!(#docs pub const #name: &'static __rt::str = #id;)
    });
    (!planned.errors.is_empty()).then(|| quote!(impl #marker { #(#constants)* }))
}

/// What a client has to know of an operation: that it needs no session, ends later, or
/// gives a list or properties that are selected.
fn client(plan: &Plan<'_>, planned: &PlannedOperation<'_>, root: &TokenStream) -> TokenStream {
    let marker = ident(&planned.names.marker);
    let path = |record| tokens::path(&plan.structs[record].path);
    let sessionless = planned
        .is_sessionless
        .then(|| quote!(impl __rt::SessionlessOperation for #marker {}));
    let long = planned.long.as_ref().map(|long| {
        let (completed, function) = (path(long.completed), own(long.accepted_by));
        quote! {
            impl __rt::LongOperation for #marker {
                type Completed = #root #completed;
                #[inline]
                fn request_id(accepted: &<Self::Response as __rt::Response>::Success) -> __rt::Option<&__rt::str> {
                    __rt::#function(accepted)
                }
            }
        }
    });
    let paged = planned.paged.as_ref().map(|paged| {
        let (item, range, field) = (path(paged.item), paged.range, ident(&paged.field));
        let items = match paged.listed.map(own) {
            Some(listed) => quote!(__rt::#listed(page.#field)),
            None => quote!(page.#field),
        };
        quote! {
            impl __rt::PagedOperation for #marker {
                type Item = #root #item;
                const RANGE: __rt::usize = #range;
                #[inline]
                fn items(page: <Self::Response as __rt::Response>::Success) -> __rt::Vec<Self::Item> {
                    #items
                }
            }
        }
    });
    let selecting = planned.selected.map(|record| {
        let item = path(record);
        quote! {
            impl __rt::Selecting for #marker {
                type Item = #root #item;
            }
        }
    });
    quote! {
        #sessionless
        #long
        #paged
        #selecting
    }
}

fn meta(plan: &Plan<'_>, planned: &PlannedOperation<'_>, root: &TokenStream) -> TokenStream {
    let (resource, operation) = (planned.resource, planned.operation);
    let id = operation.id();
    let method = own(&operation.method);
    let path = &resource.path;
    let segments = resource.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!("{{{name}}}"),
    });
    let parameters = match planned.list {
        Some(list) => {
            let (lists, list) = (own(ours::PARAMETER_LISTS), ident(&plan.lists[list].name));
            quote!(#root #lists::#list)
        }
        None => quote!(&[]),
    };
    let since = tokens::since(operation.since.as_ref());
    let statuses = operation
        .replies
        .iter()
        .filter_map(|reply| reply.status.code());
    quote! {
        __rt::OperationMeta {
            id: #id,
            method: __rt::Method::#method,
            path: #path,
            segments: &[#(#segments),*],
            parameters: #parameters,
            since: #since,
            statuses: &[#(#statuses),*],
        }
    }
}
