//! What programs can use of generated code, read from the code itself.

use std::collections::{BTreeMap, BTreeSet};

use icws_spec::Model;
use icws_spec::codegen::{Options, generate};
use quote::ToTokens;
use syn::{Fields, GenericParam, ImplItem, Item, ItemEnum, ItemImpl, Visibility};

/// The items with their types, and what builders need before they build.
#[derive(Default)]
pub struct Surface {
    items: BTreeSet<String>,
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Surface {
    pub fn of(model: &Model) -> Surface {
        let tokens = generate(model.api(), &Options::default());
        let file = syn::parse2::<syn::File>(tokens).unwrap();
        let mut surface = Surface::default();
        for feature in &model.api().features {
            surface.items.insert(format!("pin of {}", feature.name));
        }
        let responses = file.items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == "responses" => module.content.as_ref(),
            _ => None,
        });
        let responses = responses
            .map(|(_, items)| items.as_slice())
            .unwrap_or_default();
        surface.module("", &file.items, responses);
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

    fn module(&mut self, path: &str, items: &[Item], responses: &[Item]) {
        for item in items {
            match item {
                Item::Mod(module) => {
                    // The names of shared enums and of markers are no promise.
                    let machinery = module.ident == "responses" || module.ident == "parameters";
                    if let (Some((_, items)), Visibility::Public(_), false) =
                        (&module.content, &module.vis, path.is_empty() && machinery)
                    {
                        self.module(&format!("{path}{}::", module.ident), items, responses);
                    }
                }
                Item::Struct(item) => {
                    let name = format!("{path}{}", item.ident);
                    let states = item.generics.params.iter().filter_map(|p| match p {
                        GenericParam::Type(state) => state.default.as_ref().map(|(_, ty)| text(ty)),
                        _ => None,
                    });
                    self.needs.insert(name.clone(), states.collect());
                    for field in item.fields.iter().filter(|f| f.ident.is_some()) {
                        let line = format!("{name}.{}: {}", text(&field.ident), text(&field.ty));
                        self.items.insert(line);
                    }
                    self.items.insert(name);
                }
                Item::Enum(item) => self.variants(&format!("{path}{}", item.ident), item, &[]),
                Item::Type(alias) => {
                    let name = format!("{path}{}", alias.ident);
                    self.response(&name, &alias.ty, responses);
                }
                Item::Impl(item) => self.implementation(path, item),
                Item::Static(item) => {
                    self.items.insert(format!("{path}{}", item.ident));
                }
                _ => {}
            }
        }
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

    /// An answer by its own name, whatever the shared enum behind it is called.
    fn response(&mut self, name: &str, ty: &syn::Type, responses: &[Item]) {
        let syn::Type::Path(path) = ty else { panic!() };
        let last = path.path.segments.last().unwrap();
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            panic!()
        };
        for item in responses {
            match item {
                Item::Enum(item) if item.ident == last.ident => {
                    let states = item.generics.type_params().map(|p| p.ident.to_string());
                    let replace: Vec<_> = states.zip(arguments.args.iter().map(text)).collect();
                    self.variants(name, item, &replace);
                }
                Item::Impl(item) if is_for(item, &last.ident.to_string()) => {
                    let states = item.generics.type_params().map(|p| p.ident.to_string());
                    let replace: Vec<_> = states.zip(arguments.args.iter().map(text)).collect();
                    for part in &item.items {
                        if let ImplItem::Type(part) = part {
                            let success = with(&text(&part.ty), &replace);
                            self.items.insert(format!("{name} gives {success}"));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn implementation(&mut self, path: &str, item: &ItemImpl) {
        let syn::Type::Path(of) = &*item.self_ty else {
            panic!()
        };
        let name = format!("{path}{}", of.path.segments.last().unwrap().ident);
        if let Some((of, _)) = &item.trait_ {
            let of = of.segments.last().unwrap();
            self.items.insert(format!("{} for {name}", text(of)));
            return;
        }
        for part in &item.items {
            match part {
                ImplItem::Fn(part) if part.sig.ident == "build" => {}
                ImplItem::Fn(part) => {
                    let inputs = text(&part.sig.inputs).replace("mut self", "self");
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

fn is_for(item: &ItemImpl, name: &str) -> bool {
    matches!(&*item.self_ty, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == name))
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
