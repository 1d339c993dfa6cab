//! What programs can use of generated code, read from the code itself.

use std::collections::{BTreeMap, BTreeSet};

use icws_spec::Model;
use icws_spec::codegen::{Options, generate};
use quote::ToTokens;
use syn::{Fields, Generics, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Visibility};

/// The modules of what operations share; each has its own names for it.
const SHARED: [&str; 2] = ["requests", "responses"];

/// The items with their types, and what builders need before they build.
#[derive(Default)]
pub struct Surface {
    items: BTreeSet<String>,
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Surface {
    pub fn of(model: &Model) -> Surface {
        let tokens = generate(model, &Options::default());
        let file = syn::parse2::<syn::File>(tokens).unwrap();
        let mut surface = Surface::default();
        for feature in &model.api().features {
            surface.items.insert(format!("pin of {}", feature.name));
        }
        let shared = file.items.iter().filter_map(|item| match item {
            Item::Mod(module) if SHARED.iter().any(|name| module.ident == name) => {
                module.content.as_ref()
            }
            _ => None,
        });
        let shared: Vec<&Item> = shared.flat_map(|(_, items)| items).collect();
        surface.module("", &file.items, &shared);
        surface
    }

    /// What a program could use of `self` and cannot of `new`.
    pub fn broken_by(&self, new: &Surface) -> Vec<String> {
        let gone = self.items.difference(&new.items).cloned();
        let needs = self.needs.iter().filter_map(|(builder, old)| {
            let new = new.needs.get(builder)?;
            let more: Vec<_> = new.difference(old).collect();
            (!more.is_empty()).then(|| format!("{builder} needs {more:?}"))
        });
        gone.chain(needs).collect()
    }

    fn module(&mut self, path: &str, items: &[Item], shared: &[&Item]) {
        for item in items {
            match item {
                Item::Mod(module) => {
                    // The names of what is shared and of markers are no promise.
                    let machinery = SHARED
                        .iter()
                        .chain(&["parameters"])
                        .any(|name| module.ident == name);
                    if let (Some((_, items)), Visibility::Public(_), false) =
                        (&module.content, &module.vis, path.is_empty() && machinery)
                    {
                        self.module(&format!("{path}{}::", module.ident), items, shared);
                    }
                }
                Item::Struct(item) => {
                    self.fields(&format!("{path}{}", item.ident), item, &[]);
                }
                Item::Enum(item) => self.variants(&format!("{path}{}", item.ident), item, &[]),
                Item::Type(alias) => {
                    let name = format!("{path}{}", alias.ident);
                    self.items.insert(name.clone());
                    self.needs.insert(name.clone(), needs(&alias.generics));
                    self.alias(&name, &alias.ty, shared);
                }
                Item::Impl(item) => {
                    let name = format!("{path}{}", implemented(item));
                    self.implementation(&name, item, &[]);
                    if let Some(arguments) = arguments(item) {
                        let request = name.strip_suffix("Operation").unwrap();
                        self.alias(request, arguments, shared);
                    }
                }
                Item::Static(item) => {
                    self.items.insert(format!("{path}{}", item.ident));
                }
                Item::Const(item) if item.ident != "_" => {
                    self.items.insert(format!("{path}{}", item.ident));
                }
                _ => {}
            }
        }
    }

    fn fields(&mut self, name: &str, item: &ItemStruct, replace: &[(String, String)]) {
        let public = item
            .fields
            .iter()
            .filter(|f| matches!(f.vis, Visibility::Public(_)));
        for field in public {
            let ty = with(&text(&field.ty), replace);
            self.items
                .insert(format!("{name}.{}: {ty}", text(&field.ident)));
        }
        self.items.insert(name.to_owned());
    }

    fn variants(&mut self, name: &str, item: &ItemEnum, replace: &[(String, String)]) {
        self.items.insert(name.to_owned());
        for variant in &item.variants {
            let fields = match &variant.fields {
                Fields::Named(fields) => {
                    let fields = fields.named.iter();
                    let mut fields: Vec<String> = fields
                        .map(|f| format!("{}: {}", text(&f.ident), text(&f.ty)))
                        .collect();
                    // The order of named fields means nothing.
                    fields.sort();
                    fields.join(", ")
                }
                fields => text(fields),
            };
            let fields = with(&fields, replace);
            self.items
                .insert(format!("{name}::{} {fields}", variant.ident));
        }
    }

    /// A request, builder or response by its own name, whatever the shared type
    /// behind it is called.
    fn alias(&mut self, name: &str, ty: &syn::Type, shared: &[&Item]) {
        let syn::Type::Path(path) = ty else { panic!() };
        let last = path.path.segments.last().unwrap();
        let arguments: Vec<String> = match &last.arguments {
            syn::PathArguments::AngleBracketed(given) => given.args.iter().map(text).collect(),
            _ => Vec::new(),
        };
        let replace = |generics: &Generics| -> Vec<(String, String)> {
            let states = generics.type_params().map(|p| p.ident.to_string());
            states.zip(arguments.clone()).collect()
        };
        for item in shared {
            match item {
                Item::Enum(item) if item.ident == last.ident => {
                    self.variants(name, item, &replace(&item.generics));
                }
                Item::Struct(item) if item.ident == last.ident => {
                    self.fields(name, item, &replace(&item.generics));
                }
                Item::Impl(item) if last.ident == implemented(item) => {
                    self.implementation(name, item, &replace(&item.generics));
                }
                _ => {}
            }
        }
    }

    fn implementation(&mut self, name: &str, item: &ItemImpl, replace: &[(String, String)]) {
        if let Some((of, _)) = &item.trait_ {
            let of = of.segments.last().unwrap();
            self.items.insert(format!("{} for {name}", text(of)));
        }
        for part in &item.items {
            match part {
                ImplItem::Type(part) if part.ident == "Success" => {
                    let success = with(&text(&part.ty), replace);
                    self.items.insert(format!("{name} gives {success}"));
                }
                ImplItem::Type(part) if part.ident == "State" => {
                    let state = with(&text(&part.ty), replace);
                    self.items.insert(format!("{name} adds up to {state}"));
                }
                _ if item.trait_.is_some() => {}
                ImplItem::Fn(part) if part.sig.ident == "build" => {}
                ImplItem::Fn(part) => {
                    let inputs = with(&text(&part.sig.inputs), replace);
                    let inputs = inputs.replace("mut self", "self");
                    // Which state a builder is in is its own affair.
                    let output = if name.ends_with("Builder") || part.sig.ident == "builder" {
                        String::new()
                    } else {
                        text(&part.sig.output)
                    };
                    self.items
                        .insert(format!("{name}::{}({inputs}){output}", part.sig.ident));
                }
                ImplItem::Const(part) => {
                    self.items
                        .insert(format!("{name}::{}: {}", part.ident, text(&part.ty)));
                }
                _ => {}
            }
        }
    }
}

/// What the caller gives with the requests of an operation.
fn arguments(item: &ItemImpl) -> Option<&syn::Type> {
    let (of, _) = item.trait_.as_ref()?;
    if of.segments.last()?.ident != "Operation" {
        return None;
    }
    item.items.iter().find_map(|part| match part {
        ImplItem::Type(part) if part.ident == "Arguments" => Some(&part.ty),
        _ => None,
    })
}

/// The type parameters that a builder starts with.
fn needs(generics: &Generics) -> BTreeSet<String> {
    let states = generics.type_params();
    states
        .filter_map(|state| state.default.as_ref().map(|(_, ty)| text(ty)))
        .collect()
}

/// The type that an implementation is for; constants of one operation are for
/// the shared type with that operation in it.
fn implemented(item: &ItemImpl) -> String {
    let syn::Type::Path(path) = &*item.self_ty else {
        panic!()
    };
    let last = path.path.segments.last().unwrap();
    let kind = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.args.first().map(text),
        _ => None,
    };
    let operation = kind
        .as_deref()
        .and_then(|kind| kind.strip_suffix("Operation"));
    operation.map_or_else(|| last.ident.to_string(), str::to_owned)
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// The text with type parameters replaced.
fn with(text: &str, replace: &[(String, String)]) -> String {
    let words = text.split_inclusive([' ', '<', '>', '(', ')', ',']);
    let words = words.map(|word| {
        let bare = word.trim_end_matches([' ', '<', '>', '(', ')', ',']);
        let to = replace.iter().find(|(from, _)| from == bare);
        to.map_or(word.to_owned(), |(_, to)| {
            format!("{to}{}", &word[bare.len()..])
        })
    });
    // A shared enum stands one module below the root, its aliases elsewhere.
    words.collect::<String>().replace("super :: ", "")
}
