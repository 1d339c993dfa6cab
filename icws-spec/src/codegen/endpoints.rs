//! The request types, and the enum over all of them for servers.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Location, Operation, Origin, Parameter, Resource, Segment};

use super::builders::{builder, caller_parameters};
use super::context::{Context, ident, newer, operation_path, root_of, variants};
use super::docs::Docs;
use super::modules::unused;

/// The struct of a request, its builder and its place in the API. `response` is
/// the type of the answer.
pub(super) fn endpoint(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    response: &TokenStream,
    lists: &mut ParameterLists,
) -> TokenStream {
    let rt = context.rt;
    let root = root_of(&operation.namespace);
    let name = ident(&operation.rust_name);
    let docs = docs(context, resource, operation);
    let fields = caller_parameters(operation).map(|parameter| {
        let field = ident(&parameter.rust_name);
        let ty = context.value_type(&parameter.ty, &root);
        let docs = Docs::new(&parameter.doc, &format!("`{}`.", parameter.name)).tokens();
        if parameter.required {
            quote!(#docs pub #field: #ty)
        } else {
            quote!(#docs pub #field: ::core::option::Option<#ty>)
        }
    });
    let body = operation.body.as_ref().map(|ty| {
        let ty = context.value_type(ty, &root);
        quote!(
            /// The representation in the body.
            pub body: #ty
        )
    });
    let fields = fields.chain(body);
    let field: Vec<_> = caller_parameters(operation)
        .map(|p| ident(&p.rust_name))
        .collect();
    let index: Vec<_> = operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.origin == Origin::Caller)
        .map(|(index, _)| index)
        .collect();
    let response_name = format_ident!("{}Response", operation.rust_name);
    let response_docs = format!(" What the server answers to [`{}`].", operation.rust_name);
    let builder = builder(context, operation);
    let meta = meta(context, resource, operation, lists);
    let unused = field.is_empty().then(|| quote!(let _ = index;));
    let blanks = caller_parameters(operation).map(|parameter| {
        if parameter.required {
            context.blank_value(&parameter.ty)
        } else {
            quote!(::core::option::Option::None)
        }
    });
    let blank_body = operation
        .body
        .as_ref()
        .map(|_| quote!(body: #rt::Blank::blank(),));
    let body = operation.body.as_ref().map(|_| {
        quote! {
            fn body(&self) -> ::core::option::Option<&dyn #rt::Value> {
                ::core::option::Option::Some(&self.body)
            }
            fn body_mut(&mut self) -> ::core::option::Option<&mut dyn #rt::Value> {
                ::core::option::Option::Some(&mut self.body)
            }
        }
    });
    let errors = errors(operation);
    let sessionless = operation
        .parameters
        .iter()
        .all(|p| p.origin == Origin::Caller);
    let sessionless = sessionless.then(|| quote!(impl #rt::Sessionless for #name {}));
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }

        #builder

        #[doc = #response_docs]
        pub type #response_name = #response;

        impl #rt::Endpoint for #name {
            type Response = #response_name;
            const META: &'static #rt::EndpointMeta = &#meta;
            fn blank() -> Self {
                #name { #(#field: #blanks,)* #blank_body }
            }
            fn parameter(&self, index: ::core::primitive::usize) -> ::core::option::Option<&dyn #rt::Parameter> {
                #unused
                #(if index == #index { return ::core::option::Option::Some(&self.#field); })*
                ::core::option::Option::None
            }
            fn parameter_mut(&mut self, index: ::core::primitive::usize) -> ::core::option::Option<&mut dyn #rt::Parameter> {
                #unused
                #(if index == #index { return ::core::option::Option::Some(&mut self.#field); })*
                ::core::option::Option::None
            }
            #body
        }

        #sessionless
        #errors
    }
}

/// The identifiers of errors as constants.
fn errors(operation: &Operation) -> Option<TokenStream> {
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
        constants.push(quote!(#docs pub const #name: &'static ::core::primitive::str = #id;));
    }
    let name = ident(&operation.rust_name);
    (!constants.is_empty()).then(|| quote!(impl #name { #(#constants)* }))
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
    let rt = context.rt;
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
        #rt::EndpointMeta {
            id: #id,
            method: #rt::Method::#method,
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
    pub fn module(&self, context: &Context<'_>) -> TokenStream {
        if self.statics.is_empty() {
            return TokenStream::new();
        }
        let rt = context.rt;
        let names = self.statics.iter().map(|(name, _)| name);
        let lists = self.statics.iter().map(|(_, list)| list);
        quote! {
            mod parameter_lists {
                #(pub static #names: &[#rt::ParameterMeta] = &[#lists];)*
            }
        }
    }
}

fn parameter_meta(
    context: &Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
) -> TokenStream {
    let rt = context.rt;
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
        #rt::ParameterMeta {
            name: #name,
            location: #rt::Location::#location,
            origin: #rt::Origin::#origin,
            required: #required,
            since: #since,
        }
    }
}

/// `Operation`, one variant for each endpoint, and the table that a server
/// matches requests against.
pub(super) fn operation_enum(context: &Context<'_>) -> TokenStream {
    let rt = context.rt;
    let operations: Vec<&Operation> = context.operations().collect();
    let names = operations
        .iter()
        .map(|o| (o.namespace.as_str(), o.rust_name.as_str()));
    let variants = variants(names);
    let paths: Vec<TokenStream> = operations.iter().map(|o| operation_path(o)).collect();
    let docs = operations.iter().map(|o| format!(" `{}`.", o.id()));
    let unused = unused();
    let runtime = rt.to_string().replace(' ', "");
    let routes_docs = format!(" The requests of the model, for [`route`]({runtime}::route()).");
    quote! {
        /// Any request of the model, as a server meets it.
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[non_exhaustive]
        #unused
        pub enum Operation {
            #(#[doc = #docs] #variants(#paths),)*
        }

        #[doc = #routes_docs]
        #unused
        pub static ROUTES: &[#rt::Route<Operation>] = &[
            #(#rt::Route {
                meta: <#paths as #rt::Endpoint>::META,
                decode: |request| ::core::result::Result::map(
                    #rt::decode_request::<#paths>(request),
                    Operation::#variants,
                ),
            },)*
        ];
    }
}
