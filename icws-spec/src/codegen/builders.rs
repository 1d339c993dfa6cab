//! The builder of a request: forgetting a required parameter, or giving one
//! twice, does not compile.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::api::{Operation, Origin, Parameter};

use super::context::{Context, ident};
use super::requests::{Given, Names};

/// The name of the field and setter of a request's body.
pub(super) const BODY: &str = "body";

/// The parameters of an operation that its struct holds.
pub(super) fn caller_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation
        .parameters
        .iter()
        .filter(|p| p.origin == Origin::Caller)
}

/// The builder's type, its setters and `build`, for the requests of one shape.
pub(super) fn builder(names: &Names, given: &[Given]) -> TokenStream {
    let Names {
        request,
        builder,
        generics,
        unit,
    } = names;
    let states: Vec<&Ident> = given.iter().filter_map(|g| g.state.as_ref()).collect();
    let missing: Vec<TokenStream> = given
        .iter()
        .filter(|g| g.state.is_some())
        .map(|g| {
            let marker = &g.field;
            quote!(__rt::Missing<super::parameters::#marker>)
        })
        .collect();
    let fields = given.iter().map(|Given { state, rust, .. }| match state {
        Some(state) => quote!(#state),
        None => quote!(__rt::Option<#rust>),
    });
    let start = given.iter().map(|Given { state, .. }| match state {
        Some(_) => quote!(__rt::Missing::new()),
        None => quote!(__rt::None),
    });
    let setters = given.iter().map(|one| match &one.state {
        Some(_) => required_setter(names, given, one, &missing),
        None => optional_setter(names, given, one),
    });
    let bounds = given.iter().filter_map(|Given { state, rust, .. }| {
        state
            .as_ref()
            .map(|state| quote!(#state: __rt::Provided<Value = #rust>,))
    });
    let take = given.iter().map(
        |Given {
             field, slot, state, ..
         }| match state {
            Some(_) => quote!(#field: __rt::Provided::take(self.#slot)),
            None => quote!(#field: self.#slot),
        },
    );
    quote! {
        impl<#(#generics),*> #request<#(#generics),*> {
            /// A request, to be filled in.
            pub fn builder() -> #builder<#(#generics),*> {
                #builder(#(#start,)* __rt::PhantomData)
            }
        }

        /// Builds a request; `build` is there once every required parameter is given.
        #[must_use = "a builder does nothing until `build`"]
        pub struct #builder<#(#generics,)* #(#states = #missing),*>(#(#fields,)* __rt::PhantomData<fn() -> (#(#generics,)*)>);

        #(#setters)*

        impl<#(#generics,)* #(#states),*> #builder<#(#generics,)* #(#states),*> {
            /// The request.
            pub fn build(self) -> #request<#(#generics),*> where #(#bounds)* {
                #request { #(#take,)* #unit: __rt::PhantomData }
            }
        }
    }
}

fn required_setter(
    names: &Names,
    given: &[Given],
    one: &Given,
    missing: &[TokenStream],
) -> TokenStream {
    let Names {
        builder, generics, ..
    } = names;
    let Given { field, rust, .. } = one;
    let required: Vec<&Given> = given.iter().filter(|g| g.state.is_some()).collect();
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
    let after = choose(&|_| quote!(__rt::Set<#rust>));
    let (argument, value) = one.argument();
    let fields = given.iter().map(|g| {
        let slot = &g.slot;
        if g.field == one.field {
            quote!(__rt::Set(#value))
        } else {
            quote!(self.#slot)
        }
    });
    let end = Literal::usize_unsuffixed(given.len());
    let docs = &one.docs;
    quote! {
        impl<#(#generics,)* #(#others),*> #builder<#(#generics,)* #(#before),*> {
            #docs
            pub fn #field(self, value: #argument) -> #builder<#(#generics,)* #(#after),*> {
                #builder(#(#fields,)* self.#end)
            }
        }
    }
}

fn optional_setter(names: &Names, given: &[Given], one: &Given) -> TokenStream {
    let Names {
        builder, generics, ..
    } = names;
    let Given { field, slot, .. } = one;
    let states: Vec<&Ident> = given.iter().filter_map(|g| g.state.as_ref()).collect();
    let (argument, value) = one.argument();
    let docs = &one.docs;
    quote! {
        impl<#(#generics,)* #(#states),*> #builder<#(#generics,)* #(#states),*> {
            #docs
            pub fn #field(mut self, value: #argument) -> Self {
                self.#slot = __rt::Some(#value);
                self
            }
        }
    }
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
