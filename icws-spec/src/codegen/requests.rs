//! The request structs that operations share.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Given, Plan, RequestShape, ours};
use crate::texts::code;

use super::builders::builder;
use super::docs::Docs;
use super::modules::{allowed, runtime};
use super::tokens::{blank, ident, own, rust_type};

/// The module with all the structs.
pub(super) fn module(plan: &Plan<'_>) -> TokenStream {
    if plan.requests.is_empty() {
        return TokenStream::new();
    }
    let structs = plan.requests.iter().map(|shape| request(plan, shape));
    let (requests, allowed, runtime) = (own(ours::REQUESTS), allowed(), runtime());
    quote! {
        /// What callers give with requests, shared by operations with the same parameters.
        #allowed
        pub mod #requests { #runtime #(#structs)* }
    }
}

/// A struct with its builder.
fn request(plan: &Plan<'_>, shape: &RequestShape<'_>) -> TokenStream {
    let request = ident(&shape.name);
    let content: Vec<Ident> = shape.generics.iter().map(ident).collect();
    let given = &shape.given;
    let root = quote!(super::);
    let fields = given.iter().map(|one| {
        let docs = field_docs(one);
        let field = ident(&one.name);
        let ty = rust_type(plan, &one.ty, &root);
        quote!(#docs pub #field: #ty)
    });
    let all: Vec<Ident> = given.iter().map(|one| ident(&one.name)).collect();
    let shown = given.iter().map(|one| one.name.plain());
    let blanks = given.iter().map(|one| match one.parameter {
        Some(_) => blank(&one.ty),
        None => quote!(__rt::Blank::blank()),
    });
    let parameters = given.iter().filter(|one| one.parameter.is_some());
    let parameters = parameters.map(|one| ident(&one.name)).enumerate();
    let (index, field): (Vec<_>, Vec<_>) = parameters.unzip();
    let unused = field.is_empty().then(|| quote!(let _ = index;));
    let unshown = all.is_empty().then(|| quote!(let _ = shown;));
    let body = shape.has_body.then(|| {
        let body = own(ours::BODY);
        quote! {
            #[inline]
            fn body(&self) -> __rt::Option<&dyn __rt::Value> {
                __rt::Some(&self.#body)
            }
            #[inline]
            fn body_mut(&mut self) -> __rt::Option<&mut dyn __rt::Value> {
                __rt::Some(&mut self.#body)
            }
        }
    });
    let builder = builder(plan, shape);
    let docs = docs(given);
    quote! {
        #docs
        #[derive(__rt::Clone)]
        #[non_exhaustive]
        pub struct #request<#(#content),*> {
            #(#fields,)*
        }

        #builder

        impl<#(#content: __rt::Blank),*> __rt::Blank for #request<#(#content),*> {
            #[inline]
            fn blank() -> Self {
                #request { #(#all: #blanks,)* }
            }
        }

        impl<#(#content: __rt::Value + __rt::Debug),*> __rt::Arguments for #request<#(#content),*> {
            #[inline]
            fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&self.#field); })*
                __rt::None
            }
            #[inline]
            fn parameter_mut(&mut self, index: __rt::usize) -> __rt::Option<&mut dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&mut self.#field); })*
                __rt::None
            }
            #[inline]
            fn show(&self, shown: &mut __rt::fmt::DebugStruct<'_, '_>) {
                #unshown
                #(shown.field(#shown, &self.#all);)*
            }
            #body
        }
    }
}

fn docs(given: &[Given<'_>]) -> TokenStream {
    let fields: Vec<String> = given.iter().map(|one| format!("`{}`", one.name)).collect();
    let text = if fields.is_empty() {
        "What callers give with requests without parameters.".to_owned()
    } else {
        format!("What callers give with requests: {}.", fields.join(", "))
    };
    Docs::new("", &text).tokens()
}

/// What is said of a field.
fn field_docs(one: &Given<'_>) -> TokenStream {
    match one.parameter {
        Some(given) if one.is_alike => {
            Docs::new(given.doc, &format!("{}.", code(given.wire))).tokens()
        }
        Some(_) => Docs::new("", &format!("`{}`, see the operation.", one.name.plain())).tokens(),
        None => Docs::new("", "The representation in the body.").tokens(),
    }
}
