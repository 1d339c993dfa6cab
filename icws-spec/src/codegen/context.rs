//! Names and paths that all of the generator uses.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::api::{Api, Operation, Property, Record, RecordId, Since, Type};
use crate::names;

/// The model being generated, and how.
pub(super) struct Context<'a> {
    pub api: &'a Api,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        Context { api }
    }

    /// The path from the root of the bindings to a record.
    pub fn record(&self, id: RecordId) -> TokenStream {
        self.api
            .records
            .get(id.0)
            .map(record_path)
            .unwrap_or_default()
    }

    /// All operations that are generated.
    pub fn operations(&self) -> impl Iterator<Item = &'a Operation> {
        self.api
            .resources
            .iter()
            .flat_map(|resource| &resource.operations)
    }

    /// The messages that are generated.
    pub fn messages(&self) -> impl Iterator<Item = &'a Record> {
        let records = self.api.records.iter();
        records.filter(|record| record.message.is_some() && !record.omitted)
    }

    /// The Rust type of a value, as named from a module with `root` to the root
    /// of the bindings.
    pub fn value_type(&self, ty: &Type, root: &TokenStream) -> TokenStream {
        match ty {
            Type::String => quote!(__rt::String),
            Type::Secret => quote!(__rt::Secret),
            Type::Boolean => quote!(__rt::bool),
            Type::Int => quote!(__rt::i32),
            Type::Long => quote!(__rt::i64),
            Type::Float => quote!(__rt::f32),
            Type::Double => quote!(__rt::f64),
            Type::Uri | Type::Guid | Type::Date | Type::Time => quote!(__rt::String),
            Type::Duration => quote!(__rt::Seconds),
            Type::DateTime => quote!(__rt::DateTime),
            Type::Enum(id) => {
                let path = self
                    .api
                    .enums
                    .get(id.0)
                    .map(|e| item_path(&e.namespace, &e.rust_name));
                quote!(#root #path)
            }
            Type::Record(id) => {
                let path = self.record_type(*id);
                quote!(#root #path)
            }
            Type::List(list) => {
                let item = self.value_type(&list.item, root);
                if list.nullable_items {
                    quote!(__rt::Vec<__rt::Option<#item>>)
                } else {
                    quote!(__rt::Vec<#item>)
                }
            }
            Type::Map(value) => {
                let value = self.value_type(value, root);
                quote!(__rt::BTreeMap<__rt::String, #value>)
            }
        }
    }

    /// The path from the root to what may stand where a record is asked for:
    /// itself, or the enum over those that derive from it.
    fn record_type(&self, id: RecordId) -> TokenStream {
        match self.api.records.get(id.0) {
            Some(record) if !record.options.is_empty() => {
                item_path(&record.namespace, &record.any_rust_name)
            }
            Some(record) => record_path(record),
            None => TokenStream::new(),
        }
    }

    /// The type of a property's value, in a box where it holds itself.
    pub fn property_type(&self, property: &Property, root: &TokenStream) -> TokenStream {
        let value = self.value_type(&property.ty, root);
        if property.boxed {
            quote!(__rt::Boxed<#value>)
        } else {
            value
        }
    }

    /// The Rust type of a struct's field. What may be left out *and* may carry
    /// a meaning by it (absent: unchanged, null: now nothing) has three states.
    pub fn field_type(
        &self,
        property: &Property,
        in_delta: bool,
        root: &TokenStream,
    ) -> TokenStream {
        let value = self.property_type(property, root);
        match (property.required, property.nullable) {
            (true, false) => value,
            (true, true) => quote!(__rt::Option<#value>),
            (false, false) if !in_delta => quote!(__rt::Option<#value>),
            (false, _) => quote!(__rt::Field<#value>),
        }
    }

    /// What a struct's field starts out as. Where the value can be named it is:
    /// the compiler then need not look for it.
    pub fn blank_field(&self, property: &Property, in_delta: bool) -> TokenStream {
        match (property.required, property.nullable) {
            (true, false) if property.boxed => quote!(__rt::Blank::blank()),
            (true, false) => self.blank_value(&property.ty),
            (true, true) => quote!(__rt::None),
            (false, false) if !in_delta => quote!(__rt::None),
            (false, _) => quote!(__rt::Field::Absent),
        }
    }

    /// What a value starts out as.
    pub fn blank_value(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::String | Type::Uri | Type::Guid | Type::Date | Type::Time => {
                quote!(__rt::String::new())
            }
            Type::Boolean => quote!(false),
            Type::Int | Type::Long => quote!(0),
            Type::Float | Type::Double => quote!(0.0),
            Type::List(_) => quote!(__rt::Vec::new()),
            _ => quote!(__rt::Blank::blank()),
        }
    }

    /// A feature version as the runtime knows it.
    pub fn since(&self, since: Option<&Since>) -> TokenStream {
        match since {
            None => quote!(__rt::None),
            Some(since) => {
                let (feature, version) = (&since.feature, since.version);
                quote!(__rt::Some(__rt::FeatureVersion { feature: #feature, version: #version }))
            }
        }
    }
}

/// The version of a part, when it is not that of the whole: what goes without
/// saying is not generated.
pub(super) fn newer<'a>(part: Option<&'a Since>, whole: Option<&Since>) -> Option<&'a Since> {
    part.filter(|part| Some(*part) != whole)
}

/// The steps from a namespace's module up to the root: `super::super::`.
pub(super) fn root_of(namespace: &str) -> TokenStream {
    let steps = names::modules(namespace)
        .into_iter()
        .map(|_| quote!(super::));
    quote!(#(#steps)*)
}

/// The path from the root to a record.
pub(super) fn record_path(record: &Record) -> TokenStream {
    item_path(&record.namespace, &record.rust_name)
}

/// The path from the root to an operation's type.
pub(super) fn operation_path(operation: &Operation) -> TokenStream {
    item_path(&operation.namespace, &operation.rust_name)
}

/// The type that stands for an operation itself, as its requests name it.
pub(super) fn operation_kind(operation: &Operation) -> Ident {
    format_ident!("{}Operation", operation.rust_name)
}

fn item_path(namespace: &str, name: &str) -> TokenStream {
    let modules = names::modules(namespace);
    let modules = modules.iter().map(|module| ident(module));
    let name = ident(name);
    quote!(#(#modules::)* #name)
}

/// An identifier, raw when it is written so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The variants of an enum over items of several namespaces: their own names,
/// with the namespace in front where two are alike.
pub(super) fn variants<'a>(items: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Vec<Ident> {
    let mut alike: HashMap<&str, usize> = HashMap::new();
    for (_, name) in items.clone() {
        *alike.entry(name).or_default() += 1;
    }
    items
        .map(|(namespace, name)| {
            if alike.get(name).is_some_and(|count| *count > 1) {
                ident(&format!("{}{name}", names::type_name(namespace)))
            } else {
                ident(name)
            }
        })
        .collect()
}
