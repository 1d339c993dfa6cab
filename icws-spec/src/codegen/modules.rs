//! The tree of modules that the namespaces make.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::names;

use super::context::ident;

/// A program uses the part of the API that it needs; the rest is not dead code.
pub(super) fn unused() -> TokenStream {
    quote!(#[allow(dead_code)])
}

/// The name of the runtime, in a module below one that has it.
pub(super) fn runtime() -> TokenStream {
    quote! {
        #[allow(unused_imports)]
        use super::__rt;
    }
}

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
        self.module(&unused())
    }

    /// A module and those below it, which inherit its attributes.
    fn module(&self, attributes: &TokenStream) -> TokenStream {
        let items = &self.items;
        let children = self.children.iter().map(|(name, (namespace, module))| {
            let doc = format!(" The namespace `{namespace}`.");
            let name = ident(name);
            let tokens = module.module(&TokenStream::new());
            let runtime = runtime();
            quote! {
                #[doc = #doc]
                #attributes
                pub mod #name { #runtime #tokens }
            }
        });
        quote! { #(#items)* #(#children)* }
    }
}
