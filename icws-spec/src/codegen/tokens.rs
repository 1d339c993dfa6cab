//! Names, paths and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::api::Since;
use crate::plan::{Generic, Known, Name, Path, Plan, RustType, Takes, ours};

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
        RustType::Known(known) => {
            let name = own(known.name());
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
        RustType::Message => {
            let message = own(ours::MESSAGE);
            quote!(#root #message)
        }
        RustType::Of(generic, arguments) => {
            let name = own(generic.name());
            let arguments = arguments.iter().map(|one| rust_type(plan, one, root));
            quote!(__rt::#name<#(#arguments),*>)
        }
    }
}

/// What a value of a type starts out as. Where it can be named it is: the
/// compiler then need not look for it.
pub(super) fn blank(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Known(Known::String) => quote!(__rt::String::new()),
        RustType::Known(Known::Bool) => quote!(false),
        RustType::Known(Known::I32 | Known::I64) => quote!(0),
        RustType::Known(Known::F32 | Known::F64) => quote!(0.0),
        RustType::Of(Generic::Vec, _) => quote!(__rt::Vec::new()),
        RustType::Of(Generic::Option, _) => quote!(__rt::None),
        RustType::Of(Generic::Field, _) => quote!(__rt::Field::Absent),
        _ => quote!(__rt::Blank::blank()),
    }
}

/// The shape of a value without parts.
pub(super) fn leaf() -> TokenStream {
    quote! {
        #[inline]
        fn shape(&self) -> __rt::Shape<'_> {
            __rt::Shape::Leaf(self)
        }
        #[inline]
        fn shape_mut(&mut self) -> __rt::ShapeMut<'_> {
            __rt::ShapeMut::Leaf(self)
        }
    }
}

/// The type of an argument, and how the value is made of it.
pub(super) fn argument(
    plan: &Plan<'_>,
    takes: &Takes,
    (ty, root): (&RustType, &TokenStream),
    argument: &TokenStream,
) -> (TokenStream, TokenStream) {
    let rust = rust_type(plan, ty, root);
    match takes {
        Takes::Value => (rust, argument.clone()),
        Takes::Boxed => (rust, quote!(__rt::Into::into(#argument))),
        Takes::Into => (
            quote!(impl __rt::Into<#rust>),
            quote!(__rt::Into::into(#argument)),
        ),
        Takes::Items(item) => {
            let item = rust_type(plan, item, root);
            (
                quote!(impl __rt::IntoIterator<Item = #item>),
                quote!(__rt::items(#argument)),
            )
        }
        Takes::IntoItems(item) => {
            let item = rust_type(plan, item, root);
            (
                quote!(impl __rt::IntoIterator<Item: __rt::Into<#item>>),
                quote!(__rt::items(#argument)),
            )
        }
        Takes::Properties => {
            let operation = own(ours::OPERATION_PARAMETER);
            (
                quote!(impl __rt::IntoIterator<Item = __rt::Property<<#operation as __rt::Selecting>::Item>>),
                quote!(__rt::items(#argument)),
            )
        }
    }
}

/// A feature version as the runtime knows it.
pub(super) fn since(since: Option<&Since>) -> TokenStream {
    option(since.and_then(version))
}

/// What may be there as an `Option`.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        None => quote!(__rt::None),
        Some(value) => quote!(__rt::Some(#value)),
    }
}

/// A feature version; `None` when it is not known: nothing is refused for it.
pub(super) fn version(since: &Since) -> Option<TokenStream> {
    let (feature, version) = (&since.feature, since.version?);
    Some(quote!(__rt::FeatureVersion { feature: #feature, version: #version }))
}
