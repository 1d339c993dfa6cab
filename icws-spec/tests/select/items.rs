//! The items of an expansion, as they are written, and what they name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Item;

use crate::names::paths::{absolute, plain};

/// The items of an expansion but for the enums over all of them at its root.
#[derive(Default)]
pub struct Items {
    /// Each with the module that it stands in.
    pub all: BTreeSet<(String, String)>,
    /// What each named item names, from the root.
    names: BTreeMap<String, BTreeSet<String>>,
}

/// What stands at the root for all namespaces together.
const ROOTS: [&str; 3] = ["Message", "AnyRequest", "ROUTES"];

impl Items {
    /// Reads the items of a file.
    pub fn of(file: &syn::File) -> Items {
        let mut items = Items::default();
        items.add(&[], &file.items);
        items
    }

    fn add(&mut self, module: &[String], items: &[Item]) {
        for item in items {
            if let Item::Mod(inner) = item {
                let name = &inner.ident;
                // Its docs list its operations, of which a part may have fewer.
                let attributes = inner.attrs.iter();
                let attributes = attributes.filter(|one| !one.path().is_ident("doc"));
                self.keep(module, quote!(#(#attributes)* pub mod #name));
                let below = [module, &[plain(&inner.ident)]].concat();
                let (_, items) = inner.content.as_ref().unwrap();
                self.add(&below, items);
                continue;
            }
            if let Item::Macro(call) = item {
                self.each(module, call.mac.tokens.clone());
                continue;
            }
            let name = name(module, item);
            if name.as_deref().is_some_and(|name| ROOTS.contains(&name)) {
                continue;
            }
            let tokens = item.to_token_stream();
            if let Some(name) = name {
                let named = self.names.entry(name).or_default();
                paths(tokens.clone(), &mut |steps| {
                    named.insert(from_root(module, steps));
                });
            }
            self.keep(module, tokens);
        }
    }

    /// Keeps what a module calls for all of its types, `values { One Other }`, as
    /// an item for each of them.
    fn each(&mut self, module: &[String], calls: TokenStream) {
        let mut kind = String::new();
        for token in calls {
            match token {
                TokenTree::Group(types) => {
                    for name in types.stream() {
                        let called = name.to_string();
                        let declared = [module, std::slice::from_ref(&called)].concat().join("::");
                        if ROOTS.contains(&declared.as_str()) {
                            continue;
                        }
                        assert!(self.names.contains_key(&declared), "no `{declared}`");
                        self.keep(module, quote!(serde for #kind #called));
                    }
                }
                word => kind = word.to_string(),
            }
        }
    }

    fn keep(&mut self, module: &[String], item: TokenStream) {
        self.all.insert((module.join("::"), item.to_string()));
    }

    /// Returns the items to which nothing leads from some of them.
    pub fn beyond(&self, from: impl IntoIterator<Item = String>) -> Vec<&String> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<String> = from.into_iter().collect();
        while let Some(name) = open.pop() {
            if let Some(named) = self.names.get(&name)
                && reached.insert(name)
            {
                open.extend(named.iter().cloned());
            }
        }
        let names = self.names.keys();
        names.filter(|name| !reached.contains(*name)).collect()
    }
}

/// The path of an item from the root; that of its type for an implementation.
fn name(module: &[String], item: &Item) -> Option<String> {
    let ident = match item {
        Item::Enum(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Const(item) => &item.ident,
        Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(path) => return Some(absolute(module, &path.path)),
            _ => return None,
        },
        _ => return None,
    };
    Some([module, &[plain(ident)]].concat().join("::"))
}

/// A path from the root, written in a module.
fn from_root(module: &[String], mut steps: Vec<String>) -> String {
    if steps.first().is_some_and(|first| first == "self") {
        steps.remove(0);
    }
    let supers = steps.iter().take_while(|step| *step == "super").count();
    let around = module.len().saturating_sub(supers);
    [&module[..around], &steps[supers..]].concat().join("::")
}

/// Finds all that may be a path, also the links in docs.
fn paths(tokens: TokenStream, found: &mut dyn FnMut(Vec<String>)) {
    let mut steps: Vec<String> = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 && !steps.is_empty() {
                    found(std::mem::take(&mut steps));
                }
                steps.push(plain(&ident));
                colons = 0;
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && !steps.is_empty() => {
                colons += 1;
                continue;
            }
            TokenTree::Group(group) => paths(group.stream(), found),
            TokenTree::Literal(literal) => links(&literal.to_string(), found),
            TokenTree::Punct(_) => {}
        }
        if !steps.is_empty() {
            found(std::mem::take(&mut steps));
        }
        colons = 0;
    }
    if !steps.is_empty() {
        found(steps);
    }
}

/// Finds the links of a doc comment: ``[`Error`]`` and ``[`error`](super::Error)``.
fn links(text: &str, found: &mut dyn FnMut(Vec<String>)) {
    for (start, end) in [("[`", "`]"), ("](", ")")] {
        for link in text.split(start).skip(1) {
            let path = link.split(end).next().unwrap_or_default();
            found(path.split("::").map(str::to_owned).collect());
        }
    }
}
