//! The tree of modules that the namespaces make.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::names;

use super::context::ident;

/// Items by module, in the order of the module names.
#[derive(Default)]
pub(super) struct Modules {
    items: Vec<TokenStream>,
    children: BTreeMap<String, (String, Modules)>,
}

impl Modules {
    /// Adds items to the module of a namespace.
    pub fn add(&mut self, namespace: &str, items: TokenStream) {
        let mut module = self;
        let mut path = String::new();
        for (name, part) in names::modules(namespace)
            .into_iter()
            .zip(namespace.split('.'))
        {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(part);
            module = &mut module
                .children
                .entry(name)
                .or_insert_with(|| (path.clone(), Modules::default()))
                .1;
        }
        module.items.push(items);
    }

    /// The whole tree.
    pub fn tokens(&self) -> TokenStream {
        let items = &self.items;
        let children = self.children.iter().map(|(name, (namespace, module))| {
            let doc = format!(" The namespace `{namespace}`.");
            let name = ident(name);
            let tokens = module.tokens();
            quote! {
                #[doc = #doc]
                pub mod #name { #tokens }
            }
        });
        quote! { #(#items)* #(#children)* }
    }
}
