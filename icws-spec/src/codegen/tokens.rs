//! Names, paths and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::api::Since;
use crate::plan::{Name, Path, Plan, RustType, ours};

/// A name as an identifier, raw where it is written so.
pub(super) fn ident(name: &Name) -> Ident {
    own(name.as_str())
}

/// A name of the runtime or the generator's own.
pub(super) fn own(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The path from the root of the bindings to an item.
pub(super) fn path(path: &Path) -> TokenStream {
    let modules = path.modules.iter().map(ident);
    let name = ident(&path.name);
    quote!(#(#modules::)* #name)
}

/// The steps from the module of an item up to the root: `super::super::`.
pub(super) fn root_of(path: &Path) -> TokenStream {
    let steps = path.modules.iter().map(|_| quote!(super::));
    quote!(#(#steps)*)
}

/// A type, as named from a module with `root` to the root of the bindings.
pub(super) fn rust_type(plan: &Plan<'_>, ty: &RustType, root: &TokenStream) -> TokenStream {
    match ty {
        RustType::Known(name) => {
            let name = own(name);
            quote!(__rt::#name)
        }
        RustType::Item(item) => {
            let path = path(plan.types.path(*item));
            quote!(#root #path)
        }
        RustType::Parameter(name) => {
            let name = ident(name);
            quote!(#name)
        }
        RustType::Unit => quote!(()),
        RustType::Batch => {
            let message = own(ours::MESSAGE);
            quote!(__rt::Batch<#root #message>)
        }
        RustType::Of(name, inner) => {
            let name = own(name);
            let inner = rust_type(plan, inner, root);
            quote!(__rt::#name<#inner>)
        }
        RustType::Map(value) => {
            let value = rust_type(plan, value, root);
            quote!(__rt::BTreeMap<__rt::String, #value>)
        }
    }
}

/// What a value of a type starts out as. Where it can be named it is: the
/// compiler then need not look for it.
pub(super) fn blank(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Known("String") => quote!(__rt::String::new()),
        RustType::Known("bool") => quote!(false),
        RustType::Known("i32" | "i64") => quote!(0),
        RustType::Known("f32" | "f64") => quote!(0.0),
        RustType::Of("Vec", _) => quote!(__rt::Vec::new()),
        RustType::Of("Option", _) => quote!(__rt::None),
        RustType::Of("Field", _) => quote!(__rt::Field::Absent),
        _ => quote!(__rt::Blank::blank()),
    }
}

/// A feature version as the runtime knows it.
pub(super) fn since(since: Option<&Since>) -> TokenStream {
    match since.and_then(version) {
        None => quote!(__rt::None),
        Some(version) => quote!(__rt::Some(#version)),
    }
}

/// A feature version; `None` when it is not known: nothing is refused for it.
pub(super) fn version(since: &Since) -> Option<TokenStream> {
    let (feature, version) = (&since.feature, since.version?);
    Some(quote!(__rt::FeatureVersion { feature: #feature, version: #version }))
}
