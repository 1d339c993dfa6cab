//! Enums over several objects, told apart by their `__type`: what derives from
//! a base, and all messages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{Property, Record};

use super::context::{Context, ident, record_path, root_of, variants};
use super::docs::Docs;

/// One option of a union.
struct Choice<'a> {
    record: &'a Record,
    variant: Ident,
    path: TokenStream,
}

fn choices<'a>(records: Vec<&'a Record>, root: &TokenStream) -> Vec<Choice<'a>> {
    let names = records
        .iter()
        .map(|r| (r.namespace.as_str(), r.rust_name.as_str()));
    let variants = variants(names);
    let choice = |(record, variant): (&&'a Record, Ident)| {
        let path = record_path(record);
        Choice {
            record,
            variant,
            path: quote!(#root #path),
        }
    };
    records.iter().zip(variants).map(choice).collect()
}

/// `AnyX`, for an object that others derive from.
pub(super) fn any(context: &Context<'_>, record: &Record) -> TokenStream {
    let options = record
        .options
        .iter()
        .filter_map(|id| context.api.records.get(id.0));
    let options = options.filter(|record| !record.omitted).collect();
    let choices = choices(options, &root_of(&record.namespace));
    let head = format!(" A [`{}`], or what derives from it.", record.rust_name);
    let docs = quote! {
        #[doc = #head]
        ///
        /// Match with a `_` arm: a newer model may know more that derives from
        /// it. Until then such an object is `Unknown`, and sent as it came.
    };
    // Without a `__type` it is the base itself, if that can travel.
    let untyped = choices.iter().find(|choice| !choice.record.is_typed());
    let union = union(&record.any_rust_name, &docs, &choices, untyped);
    let name = ident(&record.any_rust_name);
    let common = record.properties.iter();
    let common: Vec<TokenStream> = common
        .filter(|property| record.message.is_none() && is_shared(property, &choices))
        .map(|property| shared(context, record, property, &choices))
        .collect();
    let common = (!common.is_empty()).then(|| quote!(impl #name { #(#common)* }));
    let conversions = choices.iter().map(|Choice { variant, path, .. }| {
        quote! {
            impl __rt::From<#path> for #name {
                fn from(value: #path) -> Self {
                    #name::#variant(value)
                }
            }
        }
    });
    quote! {
        #union
        #common
        #(#conversions)*

        impl __rt::Value for #name {
            fn read(&mut self, reader: &mut __rt::Reader<'_>) -> __rt::Result<(), __rt::ReadError> {
                __rt::read_union(self, reader)
            }
            fn write(&self, writer: &mut __rt::Writer) {
                __rt::write_union(self, writer)
            }
            fn visit(&self, visitor: &mut __rt::Visitor<'_>) {
                __rt::visit_union(self, visitor)
            }
        }

        impl __rt::Blank for #name {
            fn blank() -> Self {
                #name::Unknown(__rt::Blank::blank())
            }
        }
    }
}

/// Whether all options hold a property in the same way.
fn is_shared(property: &Property, choices: &[Choice<'_>]) -> bool {
    choices.iter().all(|choice| {
        let mut all = choice.record.properties.iter();
        all.any(|other| other.rust_name == property.rust_name && other.boxed == property.boxed)
    })
}

/// A property of the base, whichever option it is. Messages have none of
/// these: what is optional in a base has three states in a delta.
fn shared(
    context: &Context<'_>,
    base: &Record,
    property: &Property,
    choices: &[Choice<'_>],
) -> TokenStream {
    let name = ident(&base.any_rust_name);
    let field = ident(&property.rust_name);
    let ty = context.property_type(property, &root_of(&base.namespace));
    let (ty, value) = match (property.required, property.nullable) {
        (true, false) => (ty, quote!(__rt::Some(&value.#field))),
        (false, true) => (quote!(__rt::Field<#ty>), quote!(__rt::Some(&value.#field))),
        _ => (ty, quote!(__rt::Option::as_ref(&value.#field))),
    };
    let docs = Docs::new(&property.doc, &format!("`{}`.", property.name))
        .then(format!(
            "`{}`, of whichever it is; `None` when it has none or is not known.",
            property.name
        ))
        .tokens();
    let variants = choices.iter().map(|choice| &choice.variant);
    quote! {
        #docs
        pub fn #field(&self) -> __rt::Option<&#ty> {
            match self {
                #(#name::#variants(value) => #value,)*
                #name::Unknown(_) => __rt::None,
            }
        }
    }
}

/// `Message`, with a variant for each message and one for types that the model
/// does not know.
pub(super) fn message(context: &Context<'_>) -> TokenStream {
    let messages = context
        .messages()
        .filter(|record| record.urn.is_some())
        .collect();
    let choices = choices(messages, &TokenStream::new());
    let docs = quote! {
        /// A message from a session's queue.
        ///
        /// Match with a `_` arm: messages that a newer model knows become new
        /// variants. Until then they arrive as [`Message::Unknown`], with their
        /// text as it came.
        #[allow(dead_code)]
    };
    let union = union("Message", &docs, &choices, None);
    quote! {
        #union

        #[allow(dead_code)]
        impl Message {
            /// The message's `__type`; `None` when an unknown one has none.
            pub fn type_urn(&self) -> __rt::Option<&__rt::str> {
                <Self as __rt::Union>::type_urn(self)
            }
        }
    }
}

fn union(
    name: &str,
    docs: &TokenStream,
    choices: &[Choice<'_>],
    untyped: Option<&Choice<'_>>,
) -> TokenStream {
    let name = ident(name);
    let variants: Vec<_> = choices.iter().map(|choice| &choice.variant).collect();
    let paths: Vec<_> = choices.iter().map(|choice| &choice.path).collect();
    let variant_docs = choices.iter().map(|choice| match &choice.record.urn {
        Some(urn) => format!(" `{}`, `{urn}`.", choice.record.id()),
        None => format!(" `{}`.", choice.record.id()),
    });
    // By their `__type`; what has none is behind those that have.
    let mut numbered: Vec<&Choice<'_>> = choices.iter().collect();
    numbered.sort_by_key(|choice| (choice.record.urn.is_none(), choice.record.urn.as_deref()));
    let sorted = numbered
        .iter()
        .filter_map(|choice| choice.record.urn.as_deref());
    let numbers = 0..numbered.len();
    let options = numbered.iter().map(|choice| &choice.variant);
    let untyped = untyped.and_then(|untyped| {
        let mut all = numbered.iter();
        let number = all.position(|choice| choice.variant == untyped.variant)?;
        Some(quote! {
            const UNTYPED: __rt::Option<__rt::usize> = __rt::Some(#number);
        })
    });
    let blank = if choices.is_empty() {
        quote! {
            fn blank(_: __rt::usize) -> __rt::Option<Self> {
                __rt::None
            }
        }
    } else {
        quote! {
            fn blank(number: __rt::usize) -> __rt::Option<Self> {
                __rt::Some(match number {
                    #(#numbers => #name::#options(__rt::Record::blank()),)*
                    _ => return __rt::None,
                })
            }
        }
    };
    let access = access(&name, &variants);
    quote! {
        #docs
        #[derive(__rt::Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #variant_docs] #variants(#paths),)*
            /// One of a type that the model does not know.
            Unknown(__rt::UnknownObject),
        }

        impl __rt::Union for #name {
            const URNS: &'static [&'static __rt::str] = &[#(#sorted),*];
            #untyped
            #blank
            fn unknown(object: __rt::UnknownObject) -> Self {
                #name::Unknown(object)
            }
            #access
        }

        impl __rt::PartialEq for #name {
            fn eq(&self, other: &Self) -> __rt::bool {
                __rt::eq_union(self, other)
            }
        }

        impl __rt::Debug for #name {
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                __rt::debug_union(self, formatter)
            }
        }
    }
}

/// The option that a union is, to be looked at and to be read into. Without
/// options there is nothing to look at, and what is behind it is not reached.
fn access(name: &Ident, variants: &[&Ident]) -> TokenStream {
    let (content, row) = if variants.is_empty() {
        (
            quote!(match self { #name::Unknown(object) => __rt::Err(object) }),
            quote!(__rt::None),
        )
    } else {
        (
            quote!(__rt::Ok(match self {
                #(#name::#variants(record) => record,)*
                #name::Unknown(object) => return __rt::Err(object),
            })),
            quote!(__rt::Some(match self {
                #(#name::#variants(record) => record,)*
                #name::Unknown(_) => return __rt::None,
            })),
        )
    };
    quote! {
        fn content(&self) -> __rt::Result<&dyn __rt::Row, &__rt::UnknownObject> {
            #content
        }
        fn row_mut(&mut self) -> __rt::Option<&mut dyn __rt::Row> {
            #row
        }
    }
}
