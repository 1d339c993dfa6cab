//! The operations, and the enum over all of their requests for servers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{Location, Segment, Supplier};
use crate::plan::{ParameterFacts, Plan, PlannedOperation, Subscription, ours};
use crate::texts::code;

use super::docs::Docs;
use super::modules::{runtime, unused};
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

/// Says that an operation starts a stream of messages, what they add up to, and
/// which operation ends it.
pub(super) fn subscription(plan: &Plan<'_>, subscription: &Subscription) -> Option<TokenStream> {
    let start = &plan.operations.get(subscription.start)?.names;
    let stop = &plan.operations.get(subscription.stop)?.names;
    let root = root_of(&start.own);
    let marker = ident(&start.marker);
    let states = subscription.states().filter_map(|record| {
        let path = tokens::path(&plan.structs[record].state_path()?);
        Some(quote!(#root #path))
    });
    let states: Vec<_> = states.collect();
    let state = match &states[..] {
        [one] => one.clone(),
        states => quote!((#(#states),*)),
    };
    let messages = subscription.messages.iter().map(|message| {
        let path = tokens::path(&plan.structs[message.record].path);
        let key = option(message.key);
        let ends = message.ends;
        let standing = match &message.standing {
            Some(facts) => {
                let (property, suspended, faulted) =
                    (facts.property, facts.suspended, facts.faulted);
                quote!(__rt::Some(__rt::StandingMeta { property: #property, suspended: #suspended, faulted: #faulted }))
            }
            None => quote!(__rt::None),
        };
        quote! {
            __rt::FollowedMeta {
                message: <#root #path as __rt::Record>::META,
                is: __rt::is_row::<#root #path>,
                key: #key,
                standing: #standing,
                ends: #ends,
            }
        }
    });
    let stop = tokens::path(&stop.own);
    let key = option(subscription.key);
    Some(quote! {
        impl __rt::SubscriptionKind for #marker {
            type State = #state;
            type Stop = #root #stop;
            const KEY: __rt::Option<__rt::usize> = #key;
            const MESSAGES: &'static [__rt::FollowedMeta] = &[#(#messages),*];
        }
    })
}

/// Says that an operation ends later, and by which message.
fn long(plan: &Plan<'_>, index: usize) -> Option<TokenStream> {
    let long = plan.long.iter().find(|long| long.operation == index)?;
    let names = &plan.operations.get(index)?.names;
    let root = root_of(&names.own);
    let marker = ident(&names.marker);
    let completed = tokens::path(&plan.structs[long.completed].path);
    let function = own(match plan.unions.contains_key(&long.accepted) {
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
    let items = match field.property.required && !field.property.nullable {
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

fn option(number: Option<usize>) -> TokenStream {
    match number {
        Some(number) => quote!(__rt::Some(#number)),
        None => quote!(__rt::None),
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

/// The module of the lists of parameters.
pub(super) fn lists(plan: &Plan<'_>) -> TokenStream {
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
    let unused = unused();
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
                    #(#any_request::#variants(arguments) => &mut **arguments,)*
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
        #unused
        pub enum #any_request {
            #(#[doc = #docs] #variants(__rt::Box<#paths>),)*
        }

        /// The requests of the model, for [`route`](__rt::route()).
        #unused
        pub static #routes: &[__rt::Route<#any_request>] = {
            fn decode(number: __rt::usize, request: &__rt::RequestHead<'_>) -> __rt::Result<#any_request, __rt::RouteError> {
                #decode
            }
            &[#(__rt::Route { meta: <#paths as __rt::Request>::META, number: #numbers, decode },)*]
        };
    }
}
