//! Enums over several objects, told apart by their `__type`: what derives from
//! a base, and all messages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::Record;
use crate::plan::{Plan, Shared, Struct, Union, ours};
use crate::texts::code;

use super::docs::Docs;
use super::tokens::{self, ident, own, root_of, rust_type};

/// One option of a union.
struct Choice<'a> {
    record: &'a Record,
    variant: Ident,
    path: TokenStream,
}

fn choices<'a>(plan: &'a Plan<'_>, union: &Union<'_>, root: &TokenStream) -> Vec<Choice<'a>> {
    let choices = union.choices.iter().map(|choice| {
        let planned = &plan.structs[choice.record];
        let path = tokens::path(&planned.path);
        Choice {
            record: planned.record,
            variant: ident(&choice.variant),
            path: quote!(#root #path),
        }
    });
    choices.collect()
}

/// `AnyX`, for an object that others derive from.
pub(super) fn any(plan: &Plan<'_>, base: &Struct<'_>, planned: &Union<'_>) -> TokenStream {
    let choices = choices(plan, planned, &root_of(&planned.path));
    let head = format!("A [`{}`], or what derives from it.", base.path.name);
    let docs = Docs::new("", &head).then(format!(
        "Match with a `_` arm: a newer model may know more that derives from\nit. Until then such an object is `{}`, and sent as it came.",
        ours::UNRECOGNIZED
    ));
    let docs = docs.tokens();
    let union = union(planned, &docs, &choices, &quote!(#[inline]));
    let (name, unknown) = (ident(&planned.path.name), own(ours::UNRECOGNIZED));
    let common = planned.shared.iter();
    let common: Vec<TokenStream> = common
        .map(|property| shared(plan, planned, property, &choices))
        .collect();
    let common = (!common.is_empty()).then(|| quote!(impl #name { #(#common)* }));
    let shape = tokens::leaf();
    quote! {
        #union
        #common

        impl __rt::Value for #name {
            #[inline]
            fn read(&mut self, reader: &mut __rt::Reader<'_>) -> __rt::Result<(), __rt::ReadError> {
                __rt::read_union(self, reader)
            }
            #[inline]
            fn write(&self, writer: &mut __rt::Writer) {
                __rt::write_union(self, writer)
            }
            #shape
            #[inline]
            fn visit_leaf(&self, visitor: &mut __rt::Visitor<'_>) {
                __rt::visit_union(self, visitor)
            }
        }

        impl __rt::Blank for #name {
            #[inline]
            fn blank() -> Self {
                #name::#unknown(__rt::Blank::blank())
            }
        }
    }
}

/// A property of the base, whichever option it is.
fn shared(
    plan: &Plan<'_>,
    union: &Union<'_>,
    shared: &Shared<'_>,
    choices: &[Choice<'_>],
) -> TokenStream {
    let (name, unknown) = (ident(&union.path.name), own(ours::UNRECOGNIZED));
    let property = shared.property;
    let ty = rust_type(plan, &shared.ty, &root_of(&union.path));
    let field = ident(&shared.field);
    let value = if shared.is_option {
        quote!(__rt::Option::as_ref(&value.#field))
    } else {
        quote!(__rt::Some(&value.#field))
    };
    let wire = code(&property.name);
    let docs = Docs::new(&property.doc, &format!("{wire}."))
        .then(format!(
            "{wire}, of whichever it is; `None` when it has none or is not known."
        ))
        .tokens();
    let variants = choices.iter().map(|choice| &choice.variant);
    quote! {
        #docs
        #[inline]
        pub fn #field(&self) -> __rt::Option<&#ty> {
            match self {
                #(#name::#variants(value) => #value,)*
                #name::#unknown(_) => __rt::None,
            }
        }
    }
}

/// `Message`, with a variant for each message and one for types that the model
/// does not know.
pub(super) fn message(plan: &Plan<'_>) -> TokenStream {
    let choices = choices(plan, &plan.message, &TokenStream::new());
    let name = ident(&plan.message.path.name);
    let docs = Docs::new("", "A message from a session's queue.").then(format!(
        "Match with a `_` arm: messages that a newer model knows become new\nvariants. Until then they arrive as [`{name}::{}`], with their\ntext as it came.",
        ours::UNRECOGNIZED
    ));
    let docs = docs.tokens();
    let docs = quote! {
        #docs
        #[allow(dead_code)]
    };
    let type_urn = own(ours::TYPE_URN);
    let union = union(&plan.message, &docs, &choices, &TokenStream::new());
    let paths = choices.iter().map(|choice| &choice.path);
    quote! {
        #union

        #(impl __rt::Arriving for #paths {})*

        __rt::serde! { unions { #name } }

        #[allow(dead_code)]
        impl #name {
            /// The message's `__type`; `None` when an unknown one has none.
            pub fn #type_urn(&self) -> __rt::Option<&__rt::str> {
                <Self as __rt::Union>::type_urn(self)
            }
        }
    }
}

fn union(
    planned: &Union<'_>,
    docs: &TokenStream,
    choices: &[Choice<'_>],
    inline: &TokenStream,
) -> TokenStream {
    let (name, unknown) = (ident(&planned.path.name), own(ours::UNRECOGNIZED));
    let variants: Vec<_> = choices.iter().map(|choice| &choice.variant).collect();
    let paths: Vec<_> = choices.iter().map(|choice| &choice.path).collect();
    let variant_docs = choices.iter().map(|choice| match &choice.record.urn {
        Some(urn) => format!(" {}, {}.", code(&choice.record.id()), code(urn)),
        None => format!(" {}.", code(&choice.record.id())),
    });
    let urns = &planned.urns;
    let numbers = 0..planned.numbered.len();
    let options = planned.numbered.iter().map(ident);
    let untyped = planned.untyped.map(|number| {
        quote! {
            const UNTYPED: __rt::Option<__rt::usize> = __rt::Some(#number);
        }
    });
    let blank = if choices.is_empty() {
        quote! {
            #inline
            fn blank(_: __rt::usize) -> __rt::Option<Self> {
                __rt::None
            }
        }
    } else {
        quote! {
            #inline
            fn blank(number: __rt::usize) -> __rt::Option<Self> {
                __rt::Some(match number {
                    #(#numbers => #name::#options(__rt::Box::new(__rt::Record::blank())),)*
                    _ => return __rt::None,
                })
            }
        }
    };
    let access = access(&name, &variants, inline);
    let conversions = choices.iter().map(|choice| {
        let Choice { variant, path, .. } = choice;
        quote! {
            impl __rt::From<#path> for #name {
                #[inline]
                fn from(value: #path) -> Self {
                    #name::#variant(__rt::Box::new(value))
                }
            }
        }
    });
    quote! {
        #docs
        #[non_exhaustive]
        #[allow(clippy::enum_variant_names)]
        pub enum #name {
            #(#[doc = #variant_docs] #variants(__rt::Box<#paths>),)*
            /// One of a type that the model does not know.
            #unknown(__rt::UnknownObject),
        }

        impl __rt::Union for #name {
            const URNS: &'static [&'static __rt::str] = &[#(#urns),*];
            #untyped
            #blank
            #inline
            fn unknown(object: __rt::UnknownObject) -> Self {
                #name::#unknown(object)
            }
            #access
        }

        #(#conversions)*

        impl __rt::Clone for #name {
            #[inline]
            fn clone(&self) -> Self {
                match self {
                    #(#name::#variants(value) => #name::#variants(__rt::Box::new(__rt::clone_record(&**value))),)*
                    #name::#unknown(object) => #name::#unknown(__rt::Clone::clone(object)),
                }
            }
        }

        impl __rt::PartialEq for #name {
            #[inline]
            fn eq(&self, other: &Self) -> __rt::bool {
                __rt::eq_union(self, other)
            }
        }

        impl __rt::Debug for #name {
            #[inline]
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                __rt::debug_union(self, formatter)
            }
        }
    }
}

/// The option that a union is, to be looked at and to be read into. Without
/// options there is nothing to look at, and what is behind it is not reached.
fn access(name: &Ident, variants: &[&Ident], inline: &TokenStream) -> TokenStream {
    let unknown = own(ours::UNRECOGNIZED);
    let (content, row) = if variants.is_empty() {
        (
            quote!(match self { #name::#unknown(object) => __rt::Err(object) }),
            quote!(__rt::None),
        )
    } else {
        (
            quote!(__rt::Ok(match self {
                #(#name::#variants(record) => &**record,)*
                #name::#unknown(object) => return __rt::Err(object),
            })),
            quote!(__rt::Some(match self {
                #(#name::#variants(record) => &mut **record,)*
                #name::#unknown(_) => return __rt::None,
            })),
        )
    };
    quote! {
        #inline
        fn content(&self) -> __rt::Result<&dyn __rt::Row, &__rt::UnknownObject> {
            #content
        }
        #inline
        fn row_mut(&mut self) -> __rt::Option<&mut dyn __rt::Row> {
            #row
        }
    }
}
