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
pub(super) fn operation(plan: &Plan<'_>, index: usize) -> Option<TokenStream> {
    let planned = plan.operations.get(index)?;
    let names = &planned.names;
    let root = root_of(&names.own);
    let own_name = names.own.name.as_str();
    let docs = operation_docs::docs(plan, index, planned);
    let marker_docs = format!(" Says of a request that it is a [`{own_name}`].");
    let response_docs = format!(" What the server answers to [`{own_name}`].");
    let builder_docs = format!(
        " Builds [`{own_name}`]; `{}` is there once every required parameter is given.",
        ours::BUILD
    );
    let meta = meta(plan, planned, &root);
    let shape = plan.requests.get(planned.request)?;
    let (request, request_builder) = (ident(&shape.name), ident(&shape.builder));
    let content = planned.object.iter();
    let content = content.map(|ty| rust_type(plan, ty, &root));
    let arguments = quote!(#(#content),*);
    let content = planned.object.iter().map(|_| quote!(, #arguments));
    let content = quote!(#(#content)*);
    let (name, builder) = (ident(&names.own.name), ident(&names.builder));
    let (marker, response) = (ident(&names.marker), ident(&names.response));
    let (requests, all_responses) = (own(ours::REQUESTS), own(ours::RESPONSES));
    let parameters = own(ours::PARAMETERS);
    let errors = errors(planned, &marker);
    let long = long(plan, index);
    let paged = paged(plan, index);
    let selecting = selecting(plan, index);
    let sessionless = planned.operation.is_sessionless();
    let sessionless = sessionless.then(|| quote!(impl __rt::SessionlessOperation for #marker {}));
    let states = shape.given.iter().filter_map(|given| {
        let state = given.state.as_ref()?;
        Some((ident(state), ident(&given.name)))
    });
    let (state, missing): (Vec<_>, Vec<_>) = states.unzip();
    let responses = ident(&plan.responses.get(planned.response)?.name);
    let successes = planned.successes.iter();
    let successes = successes.map(|ty| rust_type(plan, ty, &root));
    Some(quote! {
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

        #sessionless

        #long

        #paged
        #selecting

        #errors
    })
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

/// Says that an operation ends later, and by which message.
fn long(plan: &Plan<'_>, index: usize) -> Option<TokenStream> {
    let long = plan.long.iter().find(|long| long.operation == index)?;
    let names = &plan.operations.get(index)?.names;
    let root = root_of(&names.own);
    let marker = ident(&names.marker);
    let completed = tokens::path(&plan.structs[long.completed].path);
    let function = own(match long.is_union {
        true => "accepted_by_union",
        false => "accepted_by_record",
    });
    Some(quote! {
        impl __rt::LongOperation for #marker {
            type Completed = #root #completed;
            fn request_id(accepted: &<Self::Response as __rt::Response>::Success) -> __rt::Option<&__rt::str> {
                __rt::#function(accepted)
            }
        }
    })
}

/// Says of which object an operation selects properties.
fn selecting(plan: &Plan<'_>, index: usize) -> Option<TokenStream> {
    let planned = plan.operations.get(index)?;
    let item = tokens::path(&plan.structs[planned.selected?].path);
    let root = root_of(&planned.names.own);
    let marker = ident(&planned.names.marker);
    Some(quote! {
        impl __rt::Selecting for #marker {
            type Item = #root #item;
        }
    })
}

/// Says that an operation gives a list page by page.
fn paged(plan: &Plan<'_>, index: usize) -> Option<TokenStream> {
    let paged = plan.paged.iter().find(|paged| paged.operation == index)?;
    let names = &plan.operations.get(index)?.names;
    let root = root_of(&names.own);
    let marker = ident(&names.marker);
    let item = tokens::path(&plan.structs[paged.item].path);
    let field = plan.structs[paged.page].fields.get(paged.items)?;
    let (range, name) = (paged.range, ident(&field.name));
    let items = match paged.has_list {
        true => quote!(page.#name),
        false => quote!(__rt::listed(page.#name)),
    };
    Some(quote! {
        impl __rt::PagedOperation for #marker {
            type Item = #root #item;
            const RANGE: __rt::usize = #range;
            fn items(page: <Self::Response as __rt::Response>::Success) -> __rt::Vec<Self::Item> {
                #items
            }
        }
    })
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
    let list = planned.list.and_then(|list| plan.lists.get(list));
    let parameters = match list {
        Some(list) => {
            let (lists, list) = (own(ours::PARAMETER_LISTS), ident(&list.name));
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
