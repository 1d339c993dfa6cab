//! The tree of modules that the namespaces make.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Module, ModuleItem, Plan};
use crate::texts::{code, inline};

use super::docs::Docs;
use super::tokens::ident;
use super::{enums, operations, records, subscriptions, unions};

/// What modules allow. A program uses the part of the API that it needs; the rest is not dead
/// code. And a model may call a value of an enumeration like a property or as setters call
/// their argument, which is then called like a variant of its type.
pub(super) fn allowed() -> TokenStream {
    quote!(#[allow(dead_code, bindings_with_variant_name)])
}

/// The name of the runtime, in a module below one that has it.
pub(super) fn runtime() -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use super::__rt;
    }
}

/// The whole tree.
pub(super) fn modules(plan: &Plan<'_>, features: &BTreeMap<String, String>) -> TokenStream {
    let attributes = allowed();
    let modules = plan.modules.iter().map(|one| {
        let feature = features.get(&one.namespace);
        module(plan, one, feature, &attributes)
    });
    quote!(#(#modules)*)
}

/// A module and those below it, which inherit its attributes and are turned on by
/// the same feature.
fn module(
    plan: &Plan<'_>,
    module: &Module,
    feature: Option<&String>,
    attributes: &TokenStream,
) -> TokenStream {
    let doc = plan.api.namespace_doc(&module.namespace);
    let namespace = code(&module.namespace);
    let mut docs = match doc {
        "" => Docs::new("", &format!("The namespace {namespace}.")),
        doc => Docs::new(doc, "").then(format!("This is the namespace {namespace}.")),
    };
    if let Some(feature) = feature {
        docs = docs.then(format!(
            "Its operations and messages need the Cargo feature {}; types are also\nthere for others that need them.",
            code(feature)
        ));
    }
    let docs = docs.table(("operation", "what it does"), operations(plan, module));
    let docs = docs.tokens();
    let name = ident(&module.name);
    let items = module.items.iter().map(|one| item(plan, *one));
    let below = module.modules.iter();
    let below = below.map(|one| self::module(plan, one, feature, &TokenStream::new()));
    let runtime = runtime();
    let serde = serde(plan, module);
    quote! {
        #docs
        #attributes
        pub mod #name { #runtime #(#items)* #serde #(#below)* }
    }
}

/// The operations of a module, which rustdoc lists among all else. Links are from where
/// the module stands.
fn operations<'p>(
    plan: &'p Plan<'_>,
    module: &'p Module,
) -> impl Iterator<Item = (String, String)> + 'p {
    module.items.iter().filter_map(|item| {
        let ModuleItem::Operation(id) = item else {
            return None;
        };
        let planned = &plan.operations[*id];
        let (operation, name) = (planned.operation, &planned.names.own.name);
        let link = format!("[`{name}`]({}::{name})", module.name);
        let text = match operation.doc.split("\n\n").next() {
            None | Some("") => code(&format!("{} {}", operation.method, planned.resource.path)),
            Some(doc) => inline(doc),
        };
        Some((link, text))
    })
}

/// serde's traits for the types of a module. One call for all of them: without
/// the feature it is all that the compiler reads.
fn serde(plan: &Plan<'_>, module: &Module) -> Option<TokenStream> {
    let (mut values, mut unions, mut states) = (Vec::new(), Vec::new(), Vec::new());
    for item in &module.items {
        match item {
            ModuleItem::Enum(id) => values.push(ident(&plan.enums[*id].path.name)),
            ModuleItem::Struct(id) => {
                let planned = &plan.structs[*id];
                values.push(ident(&planned.path.name));
                states.extend(planned.state.iter().map(|state| ident(&state.name)));
                unions.extend(planned.any.iter().map(|any| ident(&any.path.name)));
            }
            ModuleItem::Operation(_) | ModuleItem::Subscription(_) => {}
        }
    }
    if values.is_empty() && unions.is_empty() {
        return None;
    }
    Some(quote! {
        __rt::serde! { values { #(#values)* } unions { #(#unions)* } states { #(#states)* } }
    })
}

fn item(plan: &Plan<'_>, item: ModuleItem) -> TokenStream {
    match item {
        ModuleItem::Enum(id) => enums::enumeration(&plan.enums[id]),
        ModuleItem::Struct(id) => {
            let planned = &plan.structs[id];
            let record = records::record(plan, planned);
            let any = planned.any.as_ref();
            let any = any.map(|any| unions::any(plan, planned, any));
            quote!(#record #any)
        }
        ModuleItem::Operation(id) => operations::operation(plan, &plan.operations[id]),
        ModuleItem::Subscription(id) => subscriptions::subscription(plan, &plan.subscriptions[id]),
    }
}
