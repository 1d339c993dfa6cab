//! Structs for objects and messages, and the merged state of delta messages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::Record;
use crate::plan::{Collected, Field, Key, Plan, State, Struct, Takes, ours};
use crate::texts::code;

use super::docs::Docs;
use super::tokens::{self, blank, ident, own, root_of, rust_type};

/// The struct of a record with all that belongs to it.
pub(super) fn record(plan: &Plan<'_>, planned: &Struct<'_>) -> TokenStream {
    let record = planned.record;
    let root = root_of(&planned.path);
    let name = ident(&planned.path.name);
    let docs = docs(record);
    let fields = planned.fields.iter().map(|field| {
        let docs = property_docs(field);
        let ty = rust_type(plan, &field.ty, &root);
        let field = ident(&field.name);
        quote!(#docs pub #field: #ty)
    });
    let new = constructor(plan, planned, &root);
    let meta = meta(plan, planned, &root);
    let field: Vec<_> = planned.fields.iter().map(|f| ident(&f.name)).collect();
    let state = planned.state.as_ref();
    let state = state.map(|state| self::state(plan, planned, state, &root));
    let constants = constants(planned);
    let key = planned.key.as_ref().map(|key| self::key(planned, key));
    let accessors = accessors(field.iter().enumerate(), field.len());
    let common = common(
        &name,
        "clone_record",
        &quote!(__rt::debug_record(self, formatter)),
    );
    let blanks = planned.fields.iter().map(|field| blank(&field.ty));
    let (unknown, no_unknown) = unknown();
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #unknown }

        impl #name { #new }

        impl __rt::Record for #name {
            const META: &'static __rt::RecordMeta = &#meta;
            #accessors
            #[inline]
            fn blank() -> Self {
                #name { #(#field: #blanks,)* #no_unknown }
            }
        }

        #common

        #key

        #constants

        #state
    }
}

/// `Clone`, `PartialEq` and `Debug` by functions of the runtime: the bodies that
/// `derive` makes cost the compiler more than all others.
fn common(name: &Ident, clone: &str, debug: &TokenStream) -> TokenStream {
    let clone = own(clone);
    quote! {
        impl __rt::Clone for #name {
            #[inline]
            fn clone(&self) -> Self {
                __rt::#clone(self)
            }
        }

        impl __rt::PartialEq for #name {
            #[inline]
            fn eq(&self, other: &Self) -> __rt::bool {
                __rt::eq_record(self, other)
            }
        }

        impl __rt::Debug for #name {
            #[inline]
            fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
                #debug
            }
        }
    }
}

/// The field for what the model does not know, and how it starts out. It is
/// public, so that `..` fills it where the bindings are; a constant costs the
/// compiler less than a call.
fn unknown() -> (TokenStream, TokenStream) {
    let field = own(ours::UNKNOWN_FIELD);
    (
        quote!(#[doc(hidden)] pub #field: __rt::UnknownProperties),
        quote!(#field: __rt::UnknownProperties::NONE),
    )
}

/// The properties by their numbers, and behind them, by their count, those that
/// the model does not know.
fn accessors<'a>(fields: impl Iterator<Item = (usize, &'a Ident)>, count: usize) -> TokenStream {
    let (index, field): (Vec<_>, Vec<_>) = fields.unzip();
    let unknown = own(ours::UNKNOWN_FIELD);
    let body = |reference: TokenStream| {
        quote! {
            __rt::Some(match index {
                #(#index => #reference self.#field,)*
                #count => #reference self.#unknown,
                _ => return __rt::None,
            })
        }
    };
    let (read, write) = (body(quote!(&)), body(quote!(&mut)));
    quote! {
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            #read
        }
        #[inline]
        fn field_mut(&mut self, index: __rt::usize) -> __rt::Option<&mut dyn __rt::Value> {
            #write
        }
    }
}

fn docs(record: &Record) -> TokenStream {
    let name = code(&record.name);
    let instead = format!("{name}.");
    let mut docs = Docs::new(&record.doc, &instead);
    let kind = if record.message.is_some() {
        "message"
    } else {
        "object"
    };
    docs = match &record.urn {
        Some(urn) => docs.then(format!("The {kind} {name}, {}.", code(urn))),
        None => docs.then(format!("The {kind} {name}.")),
    };
    if record.is_abstract {
        docs = docs.then("What its options have in common; it does not travel by itself.");
    }
    docs.since(record.since.as_ref())
        .source(record.source.as_deref())
        .tokens()
}

fn property_docs(field: &Field<'_>) -> TokenStream {
    let property = field.property;
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
    let name = code(&property.name);
    Docs::new(&property.doc, &format!("{name}."))
        .then(format!("{name}, {state}{case}."))
        .since(field.since)
        .source(property.source.as_deref())
        .tokens()
}

/// `new` takes what is required; the rest starts out absent.
fn constructor(plan: &Plan<'_>, planned: &Struct<'_>, root: &TokenStream) -> TokenStream {
    let arguments = planned.arguments().map(|(field, argument)| {
        let name = ident(&field.name);
        let of = (&argument.ty, root);
        let (ty, _) = tokens::argument(plan, &argument.takes, of, &quote!());
        quote!(#name: #ty)
    });
    let fields = planned.fields.iter().map(|field| {
        let name = ident(&field.name);
        match &field.argument {
            // Checked-in code must be as clippy wants it.
            Some(argument) if argument.takes == Takes::Value => quote!(#name),
            Some(argument) => {
                let of = (&argument.ty, root);
                let (_, value) = tokens::argument(plan, &argument.takes, of, &quote!(#name));
                quote!(#name: #value)
            }
            None => {
                let blank = blank(&field.ty);
                quote!(#name: #blank)
            }
        }
    });
    let (_, no_unknown) = unknown();
    let many =
        (planned.arguments().count() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let new = own(ours::NEW);
    quote! {
        /// With the required properties; the others are absent until set.
        #many
        #[inline]
        pub fn #new(#(#arguments),*) -> Self {
            Self { #(#fields,)* #no_unknown }
        }
    }
}

/// What the properties of a delta do to what is known.
fn merges(plan: &Plan<'_>, planned: &Struct<'_>, root: &TokenStream) -> TokenStream {
    let merges = planned.merges.iter().map(|merge| {
        let (property, into, is_told) = (merge.property, merge.into, merge.is_told);
        let (function, types) = merge.how.function();
        let function = own(function);
        let types = types.into_iter().map(|ty| rust_type(plan, ty, root));
        let types: Vec<_> = types.collect();
        let types = (!types.is_empty()).then(|| quote!(::<#(#types),*>));
        quote!(__rt::MergeMeta { property: #property, into: #into, is_told: #is_told, merge: __rt::#function #types })
    });
    quote!(&[#(#merges),*])
}

/// The properties as constants, to be selected where operations read them.
fn constants(planned: &Struct<'_>) -> Option<TokenStream> {
    let name = ident(&planned.path.name);
    let constants = planned.constants.iter().zip(&planned.fields);
    let constants = constants.map(|(constant, field)| {
        let wire = field.property.name.as_str();
        let docs = format!(" {}, to be selected.", code(wire));
        let constant = ident(constant);
        quote!(#[doc = #docs] pub const #constant: __rt::Property<Self> = __rt::Property::new(#wire);)
    });
    (!planned.constants.is_empty()).then(|| quote!(impl #name { #(#constants)* }))
}

/// What tells an item of a collection apart.
fn key(planned: &Struct<'_>, key: &Key) -> TokenStream {
    let name = ident(&planned.path.name);
    let parts = key.0.iter().map(|part| {
        let within = part.within.iter().fold(quote!(self), |within, step| {
            let name = ident(&step.name);
            match step.may_be_absent {
                true => quote!(__rt::Maybe::maybe(&#within.#name)?),
                false => quote!(#within.#name),
            }
        });
        let last = ident(&part.last.name);
        match (part.is_number, part.last.may_be_absent) {
            (false, _) => quote!(&#within.#last),
            (true, false) => quote!(&__rt::Enumeration::as_number(&#within.#last)),
            (true, true) => {
                quote!(&__rt::Enumeration::as_number(__rt::Maybe::maybe(&#within.#last)?))
            }
        }
    });
    quote! {
        impl __rt::Keyed for #name {
            #[inline]
            fn key(&self) -> __rt::Option<__rt::String> {
                __rt::key_of(&[#(#parts),*])
            }
        }
    }
}

fn meta(plan: &Plan<'_>, planned: &Struct<'_>, root: &TokenStream) -> TokenStream {
    let record = planned.record;
    let name = planned.path.name.as_str();
    let typed = record.is_typed;
    let since = tokens::since(record.since.as_ref());
    let urn = tokens::option(record.urn.as_ref());
    let properties = record.properties.iter().map(|property| {
        let (name, required) = (&property.name, property.required);
        quote!((#name, #required))
    });
    let later = planned.fields.iter().enumerate();
    let later = later.filter_map(|(index, field)| {
        let version = tokens::version(field.since?)?;
        Some(quote!((#index, #version)))
    });
    let merges = merges(plan, planned, root);
    quote! {
        __rt::RecordMeta { name: #name, urn: #urn, typed: #typed, since: #since, properties: &[#(#properties),*], newer: &[#(#later),*], merges: #merges }
    }
}

/// The state that a cache keeps: what the messages say, merged.
fn state(
    plan: &Plan<'_>,
    planned: &Struct<'_>,
    state: &State<'_>,
    root: &TokenStream,
) -> TokenStream {
    let name = ident(&planned.path.name);
    let docs = Docs::new(
        "",
        &format!(
            "What the `{}` messages of one subscription add up to.",
            planned.path.name
        ),
    )
    .then("Kept by a `Cache`; a property that the server never sent, or took back, is `None`.")
    .tokens();
    let kept = || state.fields.iter();
    let field: Vec<_> = kept().map(|kept| ident(&kept.name)).collect();
    let fields = kept().zip(&field).map(|(kept, field)| {
        let docs = match kept.property {
            Some(property) => Docs::new(&property.doc, &format!("{}.", code(&property.name))),
            None => Docs::new("", "The items that there are."),
        };
        let docs = docs.tokens();
        let ty = rust_type(plan, &kept.ty, root);
        quote!(#docs pub #field: #ty)
    });
    let blanks = kept().map(|kept| blank(&kept.ty));
    let numbers = kept().map(|kept| kept.position);
    let accessors = accessors(numbers.zip(&field), planned.fields.len());
    let (unknown, no_unknown) = unknown();
    let (flag, state_name) = (state.flag, state.name.as_str());
    let key = tokens::option(state.key);
    let collected = state.collected.as_ref();
    let collected = collected.map(|one| self::collected(plan, state, one, root));
    let state = ident(&state.name);
    let debug = quote!(__rt::debug_row(self, #state_name, formatter));
    let common = common(&state, "clone_state", &debug);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #state { #(#fields,)* #unknown }

        impl __rt::Delta for #name {
            type State = #state;
            const DELTA: &'static __rt::DeltaMeta = &__rt::DeltaMeta { flag: #flag, key: #key };
        }

        impl __rt::Row for #state {
            #[inline]
            fn meta(&self) -> &'static __rt::RecordMeta {
                <#name as __rt::Record>::META
            }
            #accessors
        }

        impl __rt::DeltaState for #state {
            type Message = #name;
            #[inline]
            fn blank() -> Self {
                #state { #(#field: #blanks,)* #no_unknown }
            }
        }

        #collected
        #common
    }
}

/// Says where the items of a state are.
fn collected(
    plan: &Plan<'_>,
    state: &State<'_>,
    collected: &Collected,
    root: &TokenStream,
) -> TokenStream {
    let (state, field) = (ident(&state.name), ident(&collected.field));
    let item = rust_type(plan, &collected.item, root);
    quote! {
        impl __rt::Collected for #state {
            type Item = #item;
            #[inline]
            fn collection(&self) -> &__rt::Items<#item> {
                &self.#field
            }
        }
    }
}
