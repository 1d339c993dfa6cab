//! The builder of a request: forgetting a required parameter, or giving one
//! twice, does not compile.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Operation, Origin, Parameter, Type};

use super::context::{Context, ident, newer, root_of};
use super::docs::Docs;

/// The name of the field and setter of a request's body.
pub(super) const BODY: &str = "body";

/// A parameter that the caller gives, or the body, with the names around it.
struct Given<'a> {
    ty: &'a Type,
    /// The name of the setter, and of the field of the request.
    field: Ident,
    /// The number of the builder's field. It has no name, because a compiler
    /// that finds a private field of a setter's name talks of that.
    slot: Literal,
    /// The type parameter that says whether it has been given; only for
    /// required ones.
    state: Option<Ident>,
    rust: TokenStream,
    docs: TokenStream,
}

/// The parameters of an operation that its struct holds.
pub(super) fn caller_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|p| p.origin == Origin::Caller)
}

/// The builder's type, its setters and `build`.
pub(super) fn builder(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let rt = context.rt;
    let root = root_of(&operation.namespace);
    let name = ident(&operation.rust_name);
    let builder = format_ident!("{}Builder", operation.rust_name);
    let given = given(context, operation, &builder, &root);
    let states: Vec<&Ident> = given.iter().filter_map(|g| g.state.as_ref()).collect();
    let missing: Vec<TokenStream> = given
        .iter()
        .filter(|g| g.state.is_some())
        .map(|g| {
            let marker = &g.field;
            quote!(#rt::Missing<#root parameters::#marker>)
        })
        .collect();
    let fields = given.iter().map(|Given { state, rust, .. }| match state {
        Some(state) => quote!(#state),
        None => quote!(::core::option::Option<#rust>),
    });
    let start = given.iter().map(|Given { state, .. }| match state {
        Some(_) => quote!(#rt::Missing::new()),
        None => quote!(::core::option::Option::None),
    });
    let setters = given.iter().map(|one| match &one.state {
        Some(_) => required_setter(rt, &builder, &given, one, &missing),
        None => optional_setter(&builder, &given, one),
    });
    let bounds = given.iter().filter_map(|Given { state, rust, .. }| {
        state
            .as_ref()
            .map(|state| quote!(#state: #rt::Provided<Value = #rust>,))
    });
    let take = given.iter().map(
        |Given {
             field, slot, state, ..
         }| match state {
            Some(_) => quote!(#field: #rt::Provided::take(self.#slot)),
            None => quote!(#field: self.#slot),
        },
    );
    let docs = format!(
        " Builds [`{}`]; `build` is there once every required parameter is given.",
        operation.rust_name
    );
    let builder_docs = format!(" A request of `{}`, to be filled in.", operation.rust_name);
    quote! {
        impl #name {
            #[doc = #builder_docs]
            pub fn builder() -> #builder {
                #builder(#(#start),*)
            }
        }

        #[doc = #docs]
        #[must_use = "a builder does nothing until `build`"]
        pub struct #builder<#(#states = #missing),*>(#(#fields),*);

        #(#setters)*

        impl<#(#states),*> #builder<#(#states),*> {
            /// The request.
            pub fn build(self) -> #name where #(#bounds)* {
                #name { #(#take,)* }
            }
        }
    }
}

fn given<'a>(
    context: &Context<'_>,
    operation: &'a Operation,
    builder: &Ident,
    root: &TokenStream,
) -> Vec<Given<'a>> {
    let mut taken = vec![operation.rust_name.clone(), builder.to_string()];
    let mut given: Vec<Given<'a>> = Vec::new();
    for parameter in caller_parameters(operation) {
        given.push(Given {
            ty: &parameter.ty,
            field: ident(&parameter.rust_name),
            slot: Literal::usize_unsuffixed(given.len()),
            state: parameter
                .required
                .then(|| state_name(&parameter.rust_name, &mut taken)),
            rust: context.value_type(&parameter.ty, root),
            docs: setter_docs(operation, parameter),
        });
    }
    if let Some(body) = &operation.body {
        given.push(Given {
            ty: body,
            field: ident(BODY),
            slot: Literal::usize_unsuffixed(given.len()),
            state: Some(state_name(BODY, &mut taken)),
            rust: context.value_type(body, root),
            docs: Docs::new("The representation in the body, required.", "").tokens(),
        });
    }
    given
}

fn required_setter(
    rt: &TokenStream,
    builder: &Ident,
    given: &[Given<'_>],
    one: &Given<'_>,
    missing: &[TokenStream],
) -> TokenStream {
    let Given {
        field, ty, rust, ..
    } = one;
    let required: Vec<&Given<'_>> = given.iter().filter(|g| g.state.is_some()).collect();
    let others = required
        .iter()
        .filter(|g| g.field != one.field)
        .filter_map(|g| g.state.as_ref());
    let choose = |this: &dyn Fn(usize) -> TokenStream| -> Vec<TokenStream> {
        required
            .iter()
            .enumerate()
            .map(|(index, g)| match &g.state {
                Some(state) if g.field != one.field => quote!(#state),
                _ => this(index),
            })
            .collect()
    };
    let before = choose(&|index| missing.get(index).cloned().unwrap_or_default());
    let after = choose(&|_| quote!(#rt::Set<#rust>));
    let (argument, value) = argument(ty, rust);
    let fields = given.iter().map(|g| {
        let slot = &g.slot;
        if g.field == one.field {
            quote!(#rt::Set(#value))
        } else {
            quote!(self.#slot)
        }
    });
    let docs = &one.docs;
    quote! {
        impl<#(#others),*> #builder<#(#before),*> {
            #docs
            pub fn #field(self, value: #argument) -> #builder<#(#after),*> {
                #builder(#(#fields),*)
            }
        }
    }
}

fn optional_setter(builder: &Ident, given: &[Given<'_>], one: &Given<'_>) -> TokenStream {
    let Given {
        field,
        slot,
        ty,
        rust,
        ..
    } = one;
    let states: Vec<&Ident> = given.iter().filter_map(|g| g.state.as_ref()).collect();
    let (argument, value) = argument(ty, rust);
    let docs = &one.docs;
    quote! {
        impl<#(#states),*> #builder<#(#states),*> {
            #docs
            pub fn #field(mut self, value: #argument) -> Self {
                self.#slot = ::core::option::Option::Some(#value);
                self
            }
        }
    }
}

/// The type of a setter's argument, and how the value is made of it.
fn argument(ty: &Type, rust: &TokenStream) -> (TokenStream, TokenStream) {
    // Options of a base convert into the type over all of them.
    if ty.is_text() || matches!(ty, Type::Record(_)) {
        return (
            quote!(impl ::core::convert::Into<#rust>),
            quote!(::core::convert::Into::into(value)),
        );
    }
    (rust.clone(), quote!(value))
}

fn setter_docs(operation: &Operation, parameter: &Parameter) -> TokenStream {
    let state = match &parameter.default {
        _ if parameter.required => "required".to_owned(),
        Some(default) => format!("optional; the server takes `{default}` without it"),
        None => "optional".to_owned(),
    };
    Docs::new(&parameter.doc, &format!("`{}`.", parameter.name))
        .then(format!(
            "`{}` in the {}, {state}.",
            parameter.name,
            parameter.location.word(),
        ))
        .since(newer(parameter.since.as_ref(), operation.since.as_ref()))
        .source(parameter.source.as_deref())
        .tokens()
}

/// The type parameter for a required parameter: `InteractionId`, or with a
/// number behind it where the name is taken.
fn state_name(rust_name: &str, taken: &mut Vec<String>) -> Ident {
    let name = rust_name.strip_prefix("r#").unwrap_or(rust_name);
    let name = name.to_upper_camel_case();
    let mut state = name.clone();
    while taken.contains(&state) {
        state = format!("{name}{}", taken.len());
    }
    taken.push(state.clone());
    format_ident!("{state}")
}

/// The markers by which the compiler names a parameter that was forgotten: one
/// for each name, for all operations together.
pub(super) fn markers(context: &Context<'_>) -> TokenStream {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for parameter in context
        .operations()
        .flat_map(caller_parameters)
        .filter(|p| p.required)
    {
        names.entry(&parameter.rust_name).or_insert(&parameter.name);
    }
    if context
        .operations()
        .any(|operation| operation.body.is_some())
    {
        names.insert(BODY, BODY);
    }
    if names.is_empty() {
        return TokenStream::new();
    }
    let markers = names.iter().map(|(rust_name, wire)| {
        let marker = ident(rust_name);
        let docs = format!(" Stands for `{wire}`.");
        quote! {
            #[doc = #docs]
            pub enum #marker {}
        }
    });
    quote! {
        /// The required parameters, as types: a builder that lacks one names it.
        #[allow(dead_code, non_camel_case_types)]
        pub mod parameters { #(#markers)* }
    }
}
