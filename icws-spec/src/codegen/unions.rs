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
    let union = union(context, &record.any_rust_name, &docs, &choices, untyped);
    let rt = context.rt;
    let name = ident(&record.any_rust_name);
    let common = record.properties.iter();
    let common: Vec<TokenStream> = common
        .filter(|property| record.message.is_none() && is_shared(property, &choices))
        .map(|property| shared(context, record, property, &choices))
        .collect();
    let common = (!common.is_empty()).then(|| quote!(impl #name { #(#common)* }));
    let conversions = choices.iter().map(|Choice { variant, path, .. }| {
        quote! {
            impl ::core::convert::From<#path> for #name {
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

        impl #rt::Value for #name {
            fn read(&mut self, reader: &mut #rt::Reader<'_>) -> ::core::result::Result<(), #rt::ReadError> {
                #rt::read_union(self, reader)
            }
            fn write(&self, writer: &mut #rt::Writer) {
                #rt::write_union(self, writer)
            }
            fn visit(&self, visitor: &mut #rt::Visitor<'_>) {
                #rt::visit_union(self, visitor)
            }
        }

        impl #rt::Blank for #name {
            fn blank() -> Self {
                #name::Unknown(#rt::Blank::blank())
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
    let rt = context.rt;
    let (ty, value) = match (property.required, property.nullable) {
        (true, false) => (ty, quote!(::core::option::Option::Some(&value.#field))),
        (false, true) => (
            quote!(#rt::Field<#ty>),
            quote!(::core::option::Option::Some(&value.#field)),
        ),
        _ => (ty, quote!(::core::option::Option::as_ref(&value.#field))),
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
        pub fn #field(&self) -> ::core::option::Option<&#ty> {
            match self {
                #(#name::#variants(value) => #value,)*
                #name::Unknown(_) => ::core::option::Option::None,
            }
        }
    }
}

/// `Message`, with a variant for each message and one for types that the model
/// does not know.
pub(super) fn message(context: &Context<'_>) -> TokenStream {
    let rt = context.rt;
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
    let union = union(context, "Message", &docs, &choices, None);
    quote! {
        #union

        #[allow(dead_code)]
        impl Message {
            /// The message's `__type`; `None` when an unknown one has none.
            pub fn type_urn(&self) -> ::core::option::Option<&::core::primitive::str> {
                <Self as #rt::Union>::type_urn(self)
            }
        }
    }
}

fn union(
    context: &Context<'_>,
    name: &str,
    docs: &TokenStream,
    choices: &[Choice<'_>],
    untyped: Option<&Choice<'_>>,
) -> TokenStream {
    let rt = context.rt;
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
            const UNTYPED: ::core::option::Option<::core::primitive::usize> = ::core::option::Option::Some(#number);
        })
    });
    let blank = if choices.is_empty() {
        quote! {
            fn blank(_: ::core::primitive::usize) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    } else {
        quote! {
            fn blank(number: ::core::primitive::usize) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match number {
                    #(#numbers => #name::#options(#rt::Record::blank()),)*
                    _ => return ::core::option::Option::None,
                })
            }
        }
    };
    let access = access(rt, &name, &variants);
    quote! {
        #docs
        #[derive(::core::clone::Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #variant_docs] #variants(#paths),)*
            /// One of a type that the model does not know.
            Unknown(#rt::UnknownObject),
        }

        impl #rt::Union for #name {
            const URNS: &'static [&'static ::core::primitive::str] = &[#(#sorted),*];
            #untyped
            #blank
            fn unknown(object: #rt::UnknownObject) -> Self {
                #name::Unknown(object)
            }
            #access
        }

        impl ::core::cmp::PartialEq for #name {
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                #rt::eq_union(self, other)
            }
        }

        impl ::core::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #rt::debug_union(self, formatter)
            }
        }
    }
}

/// The option that a union is, to be looked at and to be read into. Without
/// options there is nothing to look at, and what is behind it is not reached.
fn access(rt: &TokenStream, name: &Ident, variants: &[&Ident]) -> TokenStream {
    let (content, row) = if variants.is_empty() {
        (
            quote!(match self { #name::Unknown(object) => ::core::result::Result::Err(object) }),
            quote!(::core::option::Option::None),
        )
    } else {
        (
            quote!(::core::result::Result::Ok(match self {
                #(#name::#variants(record) => record,)*
                #name::Unknown(object) => return ::core::result::Result::Err(object),
            })),
            quote!(::core::option::Option::Some(match self {
                #(#name::#variants(record) => record,)*
                #name::Unknown(_) => return ::core::option::Option::None,
            })),
        )
    };
    quote! {
        fn content(&self) -> ::core::result::Result<&dyn #rt::Row, &#rt::UnknownObject> {
            #content
        }
        fn row_mut(&mut self) -> ::core::option::Option<&mut dyn #rt::Row> {
            #row
        }
    }
}
