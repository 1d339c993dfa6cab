//! Implementations that meet: two of one trait for one type, or with members of
//! one name.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{GenericArgument, ImplItem, Item, ItemImpl, PathArguments, Type};

use super::paths::{absolute, plain};

/// Returns what is implemented twice.
pub fn find(file: &syn::File) -> Vec<String> {
    let mut all = Vec::new();
    let mut variants = BTreeMap::new();
    collect(&mut Vec::new(), &file.items, &mut all, &mut variants);
    let mut found = Vec::new();
    let mut by_type: BTreeMap<&str, Vec<&Impl<'_>>> = BTreeMap::new();
    for one in &all {
        double(one, &mut found);
        let own = variants.get(&one.name).filter(|_| one.of.is_none());
        let variants = own.into_iter().flatten();
        let hidden = variants.filter(|variant| one.functions().any(|name| name == **variant));
        found.extend(
            hidden.map(|name| format!("a variant and a function `{name}` of `{}`", one.name)),
        );
        by_type.entry(&one.name).or_default().push(one);
    }
    for (name, impls) in by_type {
        for (index, one) in impls.iter().enumerate() {
            for other in impls
                .iter()
                .skip(index + 1)
                .filter(|other| one.meets(other))
            {
                if let Some(of) = &one.of {
                    found.push(format!("two implementations of `{of}` for `{name}`"));
                }
                let both = one
                    .members
                    .intersection(&other.members)
                    .filter(|_| one.of.is_none());
                found.extend(both.map(|member| format!("two members `{member}` of `{name}`")));
            }
        }
    }
    found
}

/// An implementation, for a type of the file.
struct Impl<'code> {
    /// The path of the type from the root.
    name: String,
    /// The trait, if it is of one.
    of: Option<String>,
    item: &'code ItemImpl,
    module: Vec<String>,
    generics: BTreeSet<String>,
    members: BTreeSet<String>,
}

/// Collects implementations, and the variants of enums by their paths.
fn collect<'code>(
    module: &mut Vec<String>,
    items: &'code [Item],
    out: &mut Vec<Impl<'code>>,
    variants: &mut BTreeMap<String, Vec<String>>,
) {
    for item in items {
        match item {
            Item::Mod(inner) => {
                module.push(plain(&inner.ident));
                if let Some((_, items)) = &inner.content {
                    collect(module, items, out, variants);
                }
                module.pop();
            }
            Item::Impl(item) => out.extend(Impl::of(module, item)),
            Item::Enum(item) => {
                let path = [&module[..], &[plain(&item.ident)]].concat().join("::");
                let names = item.variants.iter().map(|variant| plain(&variant.ident));
                variants.insert(path, names.collect());
            }
            _ => {}
        }
    }
}

impl<'code> Impl<'code> {
    fn of(module: &[String], item: &'code ItemImpl) -> Option<Self> {
        let Type::Path(ty) = &*item.self_ty else {
            return None;
        };
        let generics = item
            .generics
            .type_params()
            .map(|parameter| plain(&parameter.ident));
        let mut this = Impl {
            name: absolute(module, &ty.path),
            of: None,
            item,
            module: module.to_vec(),
            generics: generics.collect(),
            members: item.items.iter().filter_map(member).collect(),
        };
        this.of = item.trait_.as_ref().map(|(path, _)| this.path(path));
        Some(this)
    }

    /// Its functions without `self`, which are called by their path.
    fn functions(&self) -> impl Iterator<Item = String> {
        self.item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(item) if item.sig.receiver().is_none() => Some(plain(&item.sig.ident)),
            _ => None,
        })
    }

    /// A path with its arguments, from the root.
    fn path(&self, path: &syn::Path) -> String {
        let arguments = arguments(path).into_iter().map(|ty| match ty {
            Type::Path(ty) => self.path(&ty.path),
            other => other.to_token_stream().to_string(),
        });
        let arguments: Vec<String> = arguments.collect();
        format!("{}<{}>", absolute(&self.module, path), arguments.join(", "))
    }

    /// Whether a type may have both.
    fn meets(&self, other: &Impl<'_>) -> bool {
        self.of == other.of && self.covers(&self.item.self_ty, other, &other.item.self_ty)
    }

    /// Whether two types may be the same, given what is free in each.
    fn covers(&self, ty: &Type, other: &Impl<'_>, other_ty: &Type) -> bool {
        if self.is_free(ty) || other.is_free(other_ty) {
            return true;
        }
        let (Type::Path(one), Type::Path(two)) = (ty, other_ty) else {
            return ty.to_token_stream().to_string() == other_ty.to_token_stream().to_string();
        };
        let (first, second) = (arguments(&one.path), arguments(&two.path));
        absolute(&self.module, &one.path) == absolute(&other.module, &two.path)
            && first.len() == second.len()
            && first
                .iter()
                .zip(&second)
                .all(|(a, b)| self.covers(a, other, b))
    }

    fn is_free(&self, ty: &Type) -> bool {
        match ty {
            Type::Path(ty) => ty
                .path
                .get_ident()
                .is_some_and(|i| self.generics.contains(&plain(i))),
            _ => false,
        }
    }
}

/// The types between the angle brackets at the end of a path.
fn arguments(path: &syn::Path) -> Vec<&Type> {
    match path.segments.last().map(|step| &step.arguments) {
        Some(PathArguments::AngleBracketed(all)) => {
            let types = all.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            types.collect()
        }
        _ => Vec::new(),
    }
}

fn member(item: &ImplItem) -> Option<String> {
    Some(match item {
        ImplItem::Const(item) => plain(&item.ident),
        ImplItem::Fn(item) => plain(&item.sig.ident),
        ImplItem::Type(item) => format!("type {}", plain(&item.ident)),
        _ => return None,
    })
}

/// Members of one name in one block.
fn double(one: &Impl<'_>, found: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for name in one.item.items.iter().filter_map(member) {
        if !seen.insert(name.clone()) {
            found.push(format!("two members `{name}` of `{}`", one.name));
        }
    }
}
