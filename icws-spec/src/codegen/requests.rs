//! The request structs that operations share.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::plan::{Given, Plan, RequestShape, ours};

use super::builders::builder;
use super::docs::Docs;
use super::modules::{runtime, unused};
use super::tokens::{blank, ident, own, rust_type};

/// The module with all the structs.
pub(super) fn module(plan: &Plan<'_>) -> TokenStream {
    if plan.requests.is_empty() {
        return TokenStream::new();
    }
    let structs = plan.requests.iter().map(|shape| request(plan, shape));
    let (requests, unused, runtime) = (own(ours::REQUESTS), unused(), runtime());
    quote! {
        /// The requests of all operations, by the parameters that they take.
        #unused
        pub mod #requests { #runtime #(#structs)* }
    }
}

/// A struct with its builder.
fn request(plan: &Plan<'_>, shape: &RequestShape<'_>) -> TokenStream {
    let request = ident(&shape.name);
    let generics: Vec<Ident> = shape.generics.iter().map(ident).collect();
    let unit = own(ours::OPERATION_FIELD);
    let operation = own(ours::OPERATION_PARAMETER);
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
    let body = shape.has_body.then(|| {
        let body = own(ours::BODY);
        quote! {
            fn body(&self) -> __rt::Option<&dyn __rt::Value> {
                __rt::Some(&self.#body)
            }
            fn body_mut(&mut self) -> __rt::Option<&mut dyn __rt::Value> {
                __rt::Some(&mut self.#body)
            }
        }
    });
    // What is behind the operation is the object in the body.
    let content: Vec<&Ident> = generics.iter().skip(1).collect();
    let sessionless = shape.is_sessionless.then(|| {
        quote! {
            impl<#operation: __rt::Operation, #(#content: __rt::Value + __rt::Blank),*> __rt::Sessionless for #request<#(#generics),*> {}
        }
    });
    let builder = builder(plan, shape);
    let docs = docs(given);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #request<#(#generics),*> {
            #(#fields,)*
            #unit: __rt::PhantomData<fn() -> #operation>,
        }

        impl<#operation, #(#content: __rt::Clone),*> __rt::Clone for #request<#(#generics),*> {
            fn clone(&self) -> Self {
                #request {
                    #(#all: __rt::Clone::clone(&self.#all),)*
                    #unit: __rt::PhantomData,
                }
            }
        }

        impl<#operation: __rt::Operation, #(#content: __rt::Debug),*> __rt::Debug for #request<#(#generics),*> {
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                formatter.debug_struct(#operation::META.id)#(.field(#shown, &self.#all))*.finish()
            }
        }

        #builder

        impl<#operation: __rt::Operation, #(#content: __rt::Value + __rt::Blank),*> __rt::Request for #request<#(#generics),*> {
            type Operation = #operation;
            type Response = #operation::Response;
            const META: &'static __rt::OperationMeta = #operation::META;
            fn blank() -> Self {
                #request { #(#all: #blanks,)* #unit: __rt::PhantomData }
            }
        }

        impl<#operation, #(#content: __rt::Value),*> __rt::Arguments for #request<#(#generics),*> {
            fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&self.#field); })*
                __rt::None
            }
            fn parameter_mut(&mut self, index: __rt::usize) -> __rt::Option<&mut dyn __rt::Parameter> {
                #unused
                #(if index == #index { return __rt::Some(&mut self.#field); })*
                __rt::None
            }
            #body
        }

        #sessionless
    }
}

fn docs(given: &[Given<'_>]) -> TokenStream {
    let fields: Vec<String> = given.iter().map(|one| format!("`{}`", one.name)).collect();
    let text = if fields.is_empty() {
        format!(
            "A request that takes no parameters, of the operation `{}`.",
            ours::OPERATION_PARAMETER
        )
    } else {
        format!(
            "A request with {}, of the operation `{}`.",
            fields.join(", "),
            ours::OPERATION_PARAMETER
        )
    };
    Docs::new("", &text).tokens()
}

/// What is said of a field.
fn field_docs(one: &Given<'_>) -> TokenStream {
    match one.parameter {
        Some(given) if one.is_alike => Docs::new(given.doc, &format!("`{}`.", given.wire)).tokens(),
        Some(_) => Docs::new("", &format!("`{}`, see the operation.", one.name.plain())).tokens(),
        None => Docs::new("", "The representation in the body.").tokens(),
    }
}
