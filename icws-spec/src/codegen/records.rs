//! Structs for objects and messages, and the merged state of delta messages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{DeltaFacts, Property, Record};

use super::context::{Context, ident, newer, root_of};
use super::docs::Docs;

/// The struct of a record with all that belongs to it.
pub(super) fn record(context: &Context<'_>, record: &Record) -> TokenStream {
    let root = root_of(&record.namespace);
    let delta = record
        .message
        .as_ref()
        .and_then(|message| message.delta.as_ref());
    let name = ident(&record.rust_name);
    let docs = docs(record);
    let fields = record.properties.iter().map(|property| {
        let docs = property_docs(record, property);
        let field = ident(&property.rust_name);
        let ty = context.field_type(property, delta.is_some(), &root);
        quote!(#docs pub #field: #ty)
    });
    let new = constructor(context, record, &root);
    let meta = meta(context, record);
    let field: Vec<_> = record
        .properties
        .iter()
        .map(|p| ident(&p.rust_name))
        .collect();
    let state = delta.map(|delta| state(context, record, delta, &root));
    let numbered = || field.iter().enumerate();
    let accessors = accessors(numbered());
    let common = common(&name, "clone_record", "eq_record", "debug_record");
    let in_delta = delta.is_some();
    let blanks = record.properties.iter();
    let blanks = blanks.map(|p| context.blank_field(p, in_delta));
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }

        impl #name { #new }

        impl __rt::Record for #name {
            const META: &'static __rt::RecordMeta = &#meta;
            #accessors
            fn blank() -> Self {
                #name { #(#field: #blanks,)* }
            }
        }

        #common

        #state
    }
}

/// `Clone`, `PartialEq` and `Debug` by functions of the runtime: the bodies that
/// `derive` makes cost the compiler more than all others.
fn common(name: &Ident, clone: &str, eq: &str, debug: &str) -> TokenStream {
    let (clone, eq, debug) = (ident(clone), ident(eq), ident(debug));
    quote! {
        impl __rt::Clone for #name {
            fn clone(&self) -> Self {
                __rt::#clone(self)
            }
        }

        impl __rt::PartialEq for #name {
            fn eq(&self, other: &Self) -> __rt::bool {
                __rt::#eq(self, other)
            }
        }

        impl __rt::Debug for #name {
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                __rt::#debug(self, formatter)
            }
        }
    }
}

/// The properties by their numbers.
fn accessors<'a>(fields: impl Iterator<Item = (usize, &'a Ident)>) -> TokenStream {
    let (index, field): (Vec<_>, Vec<_>) = fields.unzip();
    let body = |reference: TokenStream| {
        if field.is_empty() {
            return quote! {
                let _ = index;
                __rt::None
            };
        }
        quote! {
            __rt::Some(match index {
                #(#index => #reference self.#field,)*
                _ => return __rt::None,
            })
        }
    };
    let (read, write) = (body(quote!(&)), body(quote!(&mut)));
    quote! {
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            #read
        }
        fn field_mut(&mut self, index: __rt::usize) -> __rt::Option<&mut dyn __rt::Value> {
            #write
        }
    }
}

fn docs(record: &Record) -> TokenStream {
    let instead = format!("`{}`.", record.name);
    let mut docs = Docs::new(&record.doc, &instead);
    let kind = if record.message.is_some() {
        "message"
    } else {
        "object"
    };
    docs = match &record.urn {
        Some(urn) => docs.then(format!("The {kind} `{}`, `{urn}`.", record.name)),
        None => docs.then(format!("The {kind} `{}`.", record.name)),
    };
    if record.is_abstract {
        docs = docs.then("What its options have in common; it does not travel by itself.");
    }
    docs.since(record.since.as_ref())
        .source(record.source.as_deref())
        .tokens()
}

fn property_docs(record: &Record, property: &Property) -> TokenStream {
    let state = match (property.required, property.nullable) {
        (false, false) if property.conditional => "conditionally required",
        (false, true) if property.conditional => "conditionally required, may be null",
        (true, false) => "required",
        (true, true) => "required, may be null",
        (false, false) => "optional",
        (false, true) => "optional, may be null",
    };
    let case = if property.ignore_case {
        "; case does not matter"
    } else {
        ""
    };
    Docs::new(&property.doc, &format!("`{}`.", property.name))
        .then(format!("`{}`, {state}{case}.", property.name))
        .since(newer(property.since.as_ref(), record.since.as_ref()))
        .source(property.source.as_deref())
        .tokens()
}

/// `new` takes what is required; the rest starts out absent.
fn constructor(context: &Context<'_>, record: &Record, root: &TokenStream) -> TokenStream {
    let in_delta = record.message.as_ref().is_some_and(|m| m.delta.is_some());
    let arguments = record
        .properties
        .iter()
        .filter(|p| p.required)
        .map(|property| {
            let field = ident(&property.rust_name);
            let ty = match (&property.ty, property.nullable) {
                (ty, false) if ty.is_text() => {
                    let ty = context.value_type(ty, root);
                    quote!(impl __rt::Into<#ty>)
                }
                _ => context.field_type(property, false, root),
            };
            quote!(#field: #ty)
        });
    let fields = record.properties.iter().map(|property| {
        let field = ident(&property.rust_name);
        match (property.required, &property.ty, property.nullable) {
            (true, ty, false) if ty.is_text() => {
                quote!(#field: __rt::Into::into(#field))
            }
            (true, _, _) => quote!(#field),
            (false, _, _) => {
                let blank = context.blank_field(property, in_delta);
                quote!(#field: #blank)
            }
        }
    });
    let many = (record.properties.iter().filter(|p| p.required).count() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        /// With the required properties; the others are absent until set.
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* }
        }
    }
}

fn meta(context: &Context<'_>, record: &Record) -> TokenStream {
    let name = &record.rust_name;
    let typed = record.is_typed();
    let since = context.since(record.since.as_ref());
    let urn = match &record.urn {
        Some(urn) => quote!(__rt::Some(#urn)),
        None => quote!(__rt::None),
    };
    let properties = record.properties.iter().map(|property| {
        let (name, required) = (&property.name, property.required);
        quote!((#name, #required))
    });
    let later = record
        .properties
        .iter()
        .enumerate()
        .filter_map(|(index, property)| {
            let since = newer(property.since.as_ref(), record.since.as_ref())?;
            let (feature, version) = (&since.feature, since.version);
            Some(quote!((#index, __rt::FeatureVersion { feature: #feature, version: #version })))
        });
    quote! {
        __rt::RecordMeta { name: #name, urn: #urn, typed: #typed, since: #since, properties: &[#(#properties),*], newer: &[#(#later),*] }
    }
}

/// The state that a cache keeps: what the messages say, merged.
fn state(
    context: &Context<'_>,
    record: &Record,
    delta: &DeltaFacts,
    root: &TokenStream,
) -> TokenStream {
    let name = ident(&record.rust_name);
    let state = ident(&delta.state_rust_name);
    let docs = Docs::new(
        &format!(
            "What the `{}` messages of one subscription add up to.",
            record.rust_name
        ),
        "",
    )
    .then("Kept by a `Cache`; a property that the server never sent, or took back, is `None`.")
    .tokens();
    let kept: Vec<(usize, &Property)> = record
        .properties
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != delta.flag)
        .collect();
    let fields = kept.iter().map(|(_, property)| {
        let docs = Docs::new(&property.doc, &format!("`{}`.", property.name)).tokens();
        let field = ident(&property.rust_name);
        let value = context.property_type(property, root);
        let ty = if property.required && !property.nullable {
            value
        } else {
            quote!(__rt::Option<#value>)
        };
        quote!(#docs pub #field: #ty)
    });
    let field: Vec<Ident> = kept.iter().map(|(_, p)| ident(&p.rust_name)).collect();
    let accessors = accessors(kept.iter().map(|(index, _)| *index).zip(&field));
    let blanks = kept.iter().map(|(_, property)| {
        if property.required {
            context.blank_field(property, true)
        } else {
            quote!(__rt::None)
        }
    });
    let common = common(&state, "clone_state", "eq_state", "debug_state");
    let DeltaFacts {
        flag,
        state_rust_name,
        ..
    } = delta;
    let key = match delta.key {
        Some(key) => quote!(__rt::Some(#key)),
        None => quote!(__rt::None),
    };
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #state { #(#fields,)* }

        impl __rt::Delta for #name {
            type State = #state;
            const DELTA: &'static __rt::DeltaMeta = &__rt::DeltaMeta { flag: #flag, key: #key, state: #state_rust_name };
        }

        impl __rt::DeltaState for #state {
            type Message = #name;
            #accessors
            fn blank() -> Self {
                #state { #(#field: #blanks,)* }
            }
        }

        #common
    }
}
