//! Enumerations and flags.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Enumeration;
use crate::plan::{Enum, Form, NamedValue, ours};
use crate::texts::code;

use super::docs::Docs;
use super::tokens::{self, ident, own};

/// The Rust type of an enumeration.
pub(super) fn enumeration(planned: &Enum<'_>) -> TokenStream {
    let name = ident(&planned.path.name);
    let (from_number, number) = (own(ours::FROM_NUMBER), own(ours::NUMBER));
    let (body, is_flags) = match planned.form {
        Form::Variants => (variants(planned), None),
        Form::Flags => {
            let is_flags = quote! {
                const FLAGS: __rt::bool = true;
            };
            (flags(planned), Some(is_flags))
        }
    };
    let table = planned.values.iter().map(|one| {
        let of = Literal::i64_suffixed(one.value.number);
        let name = &one.value.name;
        let since = tokens::since(one.since);
        quote!(__rt::EnumMeta { number: #of, name: #name, since: #since })
    });
    let shape = tokens::leaf();
    quote! {
        #body

        impl __rt::Eq for #name {}

        impl __rt::Enumeration for #name {
            const VALUES: &'static [__rt::EnumMeta] = &[#(#table),*];
            #is_flags
            #[inline]
            fn of(number: __rt::i64) -> Self {
                Self::#from_number(number)
            }
            #[inline]
            fn as_number(&self) -> __rt::i64 {
                self.#number()
            }
        }

        impl __rt::Value for #name {
            #[inline]
            fn read(&mut self, reader: &mut __rt::Reader<'_>) -> __rt::Result<(), __rt::ReadError> {
                __rt::read_enum(self, reader)
            }
            #[inline]
            fn write(&self, writer: &mut __rt::Writer) {
                __rt::write_enum(self, writer)
            }
            #shape
            #[inline]
            fn visit_leaf(&self, visitor: &mut __rt::Visitor<'_>) {
                __rt::visit_enum(self, visitor)
            }
        }

        impl __rt::Blank for #name {
            #[inline]
            fn blank() -> Self {
                Self::#from_number(0)
            }
        }

        impl __rt::Parameter for #name {
            #[inline]
            fn to_text(&self) -> __rt::Option<__rt::Cow<'_, __rt::str>> {
                __rt::enum_to_text(self)
            }
            #[inline]
            fn read_text(&mut self, text: &__rt::str) -> __rt::Result<(), __rt::ParameterError> {
                __rt::enum_read_text(self, text)
            }
            #[inline]
            fn visit(&self, visitor: &mut __rt::Visitor<'_>) {
                __rt::visit_enum(self, visitor)
            }
        }
    }
}

fn docs(enumeration: &Enumeration, how: &str) -> TokenStream {
    Docs::new(&enumeration.doc, &format!("{}.", code(&enumeration.name)))
        .then(format!("The enumeration {}.", code(&enumeration.name)))
        .then(how)
        .since(enumeration.since.as_ref())
        .source(enumeration.source.as_deref())
        .tokens()
}

fn value_docs(one: &NamedValue<'_>) -> TokenStream {
    let value = one.value;
    Docs::new(&value.doc, &format!("{}.", code(&value.name)))
        .then(format!("{}, {}.", code(&value.name), value.number))
        .since(one.since)
        .tokens()
}

/// An enum with a variant for each value, and one for all others.
fn variants(planned: &Enum<'_>) -> TokenStream {
    let enumeration = planned.enumeration;
    let (name, unknown) = (ident(&planned.path.name), own(ours::UNRECOGNIZED));
    let (from_number, number) = (own(ours::FROM_NUMBER), own(ours::NUMBER));
    let docs = docs(
        enumeration,
        &format!(
            "Match with a `_` arm: numbers that a newer model names become new\nvariants. Until then they are `{}`, and sent as they came.",
            ours::UNRECOGNIZED
        ),
    );
    let values = &planned.values;
    let value_docs = values.iter().map(value_docs);
    let variants: Vec<_> = values.iter().map(|one| ident(&one.name)).collect();
    let numbers = values
        .iter()
        .map(|one| Literal::i64_unsuffixed(one.value.number));
    let numbers: Vec<_> = numbers.collect();
    quote! {
        #docs
        #[derive(__rt::Clone, __rt::Copy, __rt::Debug, __rt::PartialEq, __rt::Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#value_docs #variants,)*
            /// A number that the model has no name for.
            #unknown(__rt::i64),
        }

        impl #name {
            /// The value of a number.
            #[inline]
            pub const fn #from_number(number: __rt::i64) -> Self {
                match number {
                    #(#numbers => Self::#variants,)*
                    other => Self::#unknown(other),
                }
            }

            /// The number on the wire.
            #[inline]
            pub const fn #number(self) -> __rt::i64 {
                match self {
                    #(Self::#variants => #numbers,)*
                    Self::#unknown(number) => number,
                }
            }
        }
    }
}

/// A number whose bits have names.
fn flags(planned: &Enum<'_>) -> TokenStream {
    let enumeration = planned.enumeration;
    let name = ident(&planned.path.name);
    let (from_number, number) = (own(ours::FROM_NUMBER), own(ours::NUMBER));
    let (contains, with) = (own(ours::CONTAINS), own(ours::WITH));
    let docs = docs(
        enumeration,
        "Bits that the model has no name for are kept, and sent as they came.",
    );
    let constants = planned.values.iter().map(|one| {
        let docs = value_docs(one);
        let constant = ident(&one.name);
        let bits = Literal::i64_unsuffixed(one.value.number);
        quote!(#docs pub const #constant: Self = Self { bits: #bits };)
    });
    quote! {
        #docs
        #[derive(__rt::Clone, __rt::Copy, __rt::Debug, __rt::PartialEq, __rt::Hash)]
        pub struct #name {
            bits: __rt::i64,
        }

        impl #name {
            #(#constants)*

            /// The bits of a number.
            #[inline]
            pub const fn #from_number(number: __rt::i64) -> Self {
                Self { bits: number }
            }

            /// The number on the wire.
            #[inline]
            pub const fn #number(self) -> __rt::i64 {
                self.bits
            }

            /// Returns true if all bits of `other` are set.
            #[inline]
            pub const fn #contains(self, other: Self) -> __rt::bool {
                self.bits & other.bits == other.bits
            }

            /// The bits of both.
            #[inline]
            pub const fn #with(self, other: Self) -> Self {
                Self { bits: self.bits | other.bits }
            }
        }
    }
}
