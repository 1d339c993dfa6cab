//! The operations, and the enum over all of their requests for servers.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Location, Operation, Origin, Parameter, Resource, Segment};

use super::context::{Context, ident, newer, operation_kind, operation_path, root_of, variants};
use super::docs::Docs;
use super::modules::{runtime, unused};
use super::requests::Request;

/// The type of an operation's requests, and its place in the API. `request` is
/// what its requests hold, `response` the type of the answer.
pub(super) fn endpoint(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    request: &Request,
    response: &TokenStream,
    lists: &mut ParameterLists,
) -> TokenStream {
    let root = root_of(&operation.namespace);
    let name = ident(&operation.rust_name);
    let docs = docs(context, resource, operation);
    let kind = operation_kind(operation);
    let kind_docs = format!(
        " Says of a request that it is a [`{}`].",
        operation.rust_name
    );
    let response_name = format_ident!("{}Response", operation.rust_name);
    let response_docs = format!(" What the server answers to [`{}`].", operation.rust_name);
    let meta = meta(context, resource, operation, lists);
    let Request {
        path,
        builder,
        content,
        states,
    } = request;
    let content = content.iter();
    let content = quote!(#(, #content)*);
    let errors = errors(operation, &quote!(#root #path<#kind #content>));
    let builder_name = format_ident!("{}Builder", operation.rust_name);
    let builder_docs = format!(
        " Builds [`{}`]; `build` is there once every required parameter is given.",
        operation.rust_name
    );
    let (state, marker): (Vec<_>, Vec<_>) = states.iter().cloned().unzip();
    quote! {
        #docs
        pub type #name = #root #path<#kind #content>;

        #[doc = #builder_docs]
        pub type #builder_name<#(#state = __rt::Missing<#root parameters::#marker>),*> = #root #builder<#kind #content #(, #state)*>;

        #[doc = #kind_docs]
        pub enum #kind {}

        #[doc = #response_docs]
        pub type #response_name = #response;

        impl __rt::OperationKind for #kind {
            type Response = #response_name;
            const META: &'static __rt::EndpointMeta = &#meta;
        }

        #errors
    }
}

/// The identifiers of errors as constants.
fn errors(operation: &Operation, request: &TokenStream) -> Option<TokenStream> {
    let mut known: Vec<&str> = Vec::new();
    let mut constants = Vec::new();
    for error in operation.replies.iter().flat_map(|reply| &reply.errors) {
        if known.contains(&error.rust_name.as_str()) {
            continue;
        }
        known.push(&error.rust_name);
        let (name, id) = (ident(&error.rust_name), &error.id);
        let docs = Docs::new(&error.doc, "The identifier of an error.")
            .then(format!("`{}`.", error.id))
            .tokens();
        constants.push(quote!(#docs pub const #name: &'static __rt::str = #id;));
    }
    (!constants.is_empty()).then(|| quote!(impl #request { #(#constants)* }))
}

fn docs(context: &Context<'_>, resource: &Resource, operation: &Operation) -> TokenStream {
    let mut docs = Docs::new(&operation.doc, &format!("`{}`.", operation.name))
        .then(format!("`{} {}`", operation.method, resource.path));
    if !resource.doc.is_empty() {
        docs = docs.then(format!("The resource: {}", resource.doc));
    }
    let mut replies = String::from("| status | meaning |\n|---|---|");
    for reply in &operation.replies {
        let doc = reply.doc.replace('|', "\\|").replace('\n', " ");
        replies.push_str(&format!("\n| {} | {doc} |", reply.status));
    }
    docs = docs.then(replies);
    let root = root_of(&operation.namespace).to_string().replace(' ', "");
    for message in operation.replies.iter().flat_map(|reply| &reply.messages) {
        if let Some(record) = context.api.records.get(message.0) {
            let path = context.record(*message).to_string().replace(' ', "");
            docs = docs.then(format!(
                "Followed by [`{}`]({root}{path}) on the session's queue.",
                record.name
            ));
        }
    }
    let source = operation.source.as_deref().or(resource.source.as_deref());
    let page = format!("Reference page: `{}`.", resource.path);
    docs.since(operation.since.as_ref())
        .then(page)
        .source(source)
        .tokens()
}

fn meta(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    lists: &mut ParameterLists,
) -> TokenStream {
    let id = operation.id();
    let method = ident(&operation.method);
    let path = &resource.path;
    let segments = resource.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!("{{{name}}}"),
    });
    let parameters = operation
        .parameters
        .iter()
        .map(|p| parameter_meta(context, operation, p));
    let parameters = lists.reference(quote!(#(#parameters),*), &root_of(&operation.namespace));
    let since = context.since(operation.since.as_ref());
    let statuses = operation.replies.iter().map(|reply| reply.status);
    quote! {
        __rt::EndpointMeta {
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

/// The facts of parameters, once for all operations that have the same: the
/// compiler has to look at each of them.
#[derive(Default)]
pub(super) struct ParameterLists {
    names: BTreeMap<String, Ident>,
    statics: Vec<(Ident, TokenStream)>,
}

impl ParameterLists {
    /// The path to a list, as named from a module with `root` to the root of
    /// the bindings.
    fn reference(&mut self, parameters: TokenStream, root: &TokenStream) -> TokenStream {
        if parameters.is_empty() {
            return quote!(&[]);
        }
        let next = format_ident!("LIST_{}", self.statics.len());
        let name = self.names.entry(parameters.to_string()).or_insert_with(|| {
            self.statics.push((next.clone(), parameters));
            next
        });
        quote!(#root parameter_lists::#name)
    }

    /// The module of the lists.
    pub fn module(&self) -> TokenStream {
        if self.statics.is_empty() {
            return TokenStream::new();
        }
        let names = self.statics.iter().map(|(name, _)| name);
        let lists = self.statics.iter().map(|(_, list)| list);
        let runtime = runtime();
        quote! {
            mod parameter_lists {
                #runtime
                #(pub static #names: &[__rt::ParameterMeta] = &[#lists];)*
            }
        }
    }
}

fn parameter_meta(
    context: &Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
) -> TokenStream {
    let name = &parameter.name;
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Header => quote!(Header),
    };
    let origin = match parameter.origin {
        Origin::Caller => quote!(Caller),
        Origin::SessionId => quote!(SessionId),
        Origin::CsrfToken => quote!(CsrfToken),
        Origin::Cookie => quote!(Cookie),
    };
    let required = parameter.required;
    let since = context.since(newer(parameter.since.as_ref(), operation.since.as_ref()));
    quote! {
        __rt::ParameterMeta {
            name: #name,
            location: __rt::Location::#location,
            origin: __rt::Origin::#origin,
            required: #required,
            since: #since,
        }
    }
}

/// `Operation`, one variant for each endpoint, and the table that a server
/// matches requests against.
pub(super) fn operation_enum(context: &Context<'_>) -> TokenStream {
    let operations: Vec<&Operation> = context.operations().collect();
    let names = operations
        .iter()
        .map(|o| (o.namespace.as_str(), o.rust_name.as_str()));
    let variants = variants(names);
    let paths: Vec<TokenStream> = operations.iter().map(|o| operation_path(o)).collect();
    let docs = operations.iter().map(|o| format!(" `{}`.", o.id()));
    let unused = unused();
    let numbers: Vec<usize> = (0..paths.len()).collect();
    let decode = if paths.is_empty() {
        quote! {
            let _ = (number, request);
            __rt::Err(__rt::RouteError::NotFound)
        }
    } else {
        quote! {
            let mut operation = match number {
                #(#numbers => Operation::#variants(__rt::Endpoint::blank()),)*
                _ => return __rt::Err(__rt::RouteError::NotFound),
            };
            __rt::decode_request(
                match &mut operation {
                    #(Operation::#variants(arguments) => arguments,)*
                },
                request,
            )?;
            __rt::Ok(operation)
        }
    };
    quote! {
        /// Any request of the model, as a server meets it.
        #[derive(__rt::Clone, __rt::Debug)]
        #[non_exhaustive]
        #unused
        pub enum Operation {
            #(#[doc = #docs] #variants(#paths),)*
        }

        /// The requests of the model, for [`route`](__rt::route()).
        #unused
        pub static ROUTES: &[__rt::Route<Operation>] = {
            fn decode(number: __rt::usize, request: &__rt::RequestHead<'_>) -> __rt::Result<Operation, __rt::RouteError> {
                #decode
            }
            &[#(__rt::Route { meta: <#paths as __rt::Endpoint>::META, number: #numbers, decode },)*]
        };
    }
}
