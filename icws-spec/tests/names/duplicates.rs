//! Code that defines a name twice in one scope, or hides one that it uses.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Item, Pat};

use super::paths::plain;

/// Returns what is defined twice, each with its scope.
pub fn find(file: &syn::File) -> Vec<String> {
    let mut finder = Finder::default();
    finder.items(&file.items);
    finder.found
}

/// What stands everywhere, and no variable may be called by.
const PRELUDE: [&str; 4] = ["None", "Some", "Ok", "Err"];

#[derive(Default)]
struct Finder {
    /// The module that is read.
    module: Vec<String>,
    /// The items of the module that no variable may be called by.
    hiding: BTreeSet<String>,
    found: Vec<String>,
}

impl Finder {
    /// Holds that no two names of a scope are alike.
    fn scope(&mut self, what: &str, names: impl IntoIterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.clone()) {
                self.found.push(format!("two {what} `{name}`"));
            }
        }
    }

    /// The items of a module.
    fn items(&mut self, items: &[Item]) {
        let place = self.module.join("::");
        let types = items.iter().filter_map(type_name);
        self.scope(&format!("types in `{place}`"), types);
        let values = items.iter().filter_map(|item| Some(value_name(item)?.0));
        self.scope(&format!("values in `{place}`"), values);
        let hiding = items.iter().filter_map(value_name);
        let hiding = hiding.filter(|(_, hides)| *hides).map(|(name, _)| name);
        let outside = std::mem::replace(&mut self.hiding, hiding.collect());
        items.iter().for_each(|item| self.visit_item(item));
        self.hiding = outside;
    }

    /// The variables of patterns that stand side by side.
    fn variables<'p>(&mut self, patterns: impl IntoIterator<Item = &'p Pat>) {
        let mut variables = Variables::default();
        patterns
            .into_iter()
            .for_each(|pattern| variables.visit_pat(pattern));
        for name in &variables.0 {
            if PRELUDE.contains(&name.as_str()) || self.hiding.contains(name) {
                self.found.push(format!("a variable and an item `{name}`"));
            }
        }
        self.scope("variables", variables.0);
    }
}

/// The name of an item among types, if it has one there.
pub fn type_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Enum(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Mod(item) => &item.ident,
        Item::Use(item) => return used(&item.tree),
        _ => return None,
    };
    Some(plain(ident))
}

/// The name of an item among values, and whether no variable can have it.
pub fn value_name(item: &Item) -> Option<(String, bool)> {
    Some(match item {
        Item::Const(item) => (plain(&item.ident), true),
        Item::Static(item) => (plain(&item.ident), true),
        Item::Fn(item) => (plain(&item.sig.ident), false),
        Item::Struct(item) if !matches!(item.fields, syn::Fields::Named(_)) => {
            (plain(&item.ident), true)
        }
        _ => return None,
    })
    .filter(|(name, _)| name != "_")
}

/// The name that a `use` brings.
fn used(tree: &syn::UseTree) -> Option<String> {
    match tree {
        syn::UseTree::Path(path) => used(&path.tree),
        syn::UseTree::Name(name) => Some(plain(&name.ident)),
        syn::UseTree::Rename(rename) => Some(plain(&rename.rename)),
        _ => None,
    }
}

fn member(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(ident) => plain(ident),
        syn::Member::Unnamed(index) => index.index.to_string(),
    }
}

/// The variables that a pattern binds, each as often as it does.
#[derive(Default)]
struct Variables(Vec<String>);

impl<'code> Visit<'code> for Variables {
    fn visit_pat_ident(&mut self, pattern: &'code syn::PatIdent) {
        self.0.push(plain(&pattern.ident));
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_pat_or(&mut self, pattern: &'code syn::PatOr) {
        // Each case binds the same.
        if let Some(first) = pattern.cases.first() {
            self.visit_pat(first);
        }
    }

    fn visit_expr(&mut self, _: &'code syn::Expr) {}
}

impl<'code> Visit<'code> for Finder {
    fn visit_item_mod(&mut self, module: &'code syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            self.module.push(plain(&module.ident));
            self.items(items);
            self.module.pop();
        }
    }

    fn visit_item_enum(&mut self, item: &'code syn::ItemEnum) {
        let variants = item.variants.iter().map(|variant| plain(&variant.ident));
        self.scope(&format!("variants of `{}`", item.ident), variants);
        visit::visit_item_enum(self, item);
    }

    fn visit_fields_named(&mut self, fields: &'code syn::FieldsNamed) {
        let names = fields.named.iter().filter_map(|field| field.ident.as_ref());
        self.scope("fields", names.map(plain));
        visit::visit_fields_named(self, fields);
    }

    fn visit_generics(&mut self, generics: &'code syn::Generics) {
        let names = generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Lifetime(parameter) => parameter.lifetime.to_string(),
            syn::GenericParam::Type(parameter) => plain(&parameter.ident),
            syn::GenericParam::Const(parameter) => plain(&parameter.ident),
        });
        self.scope("type parameters", names);
        visit::visit_generics(self, generics);
    }

    fn visit_signature(&mut self, signature: &'code syn::Signature) {
        let inputs = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(input) => Some(&*input.pat),
            syn::FnArg::Receiver(_) => None,
        });
        self.variables(inputs);
        visit::visit_signature(self, signature);
    }

    fn visit_local(&mut self, local: &'code syn::Local) {
        self.variables([&local.pat]);
        visit::visit_local(self, local);
    }

    fn visit_expr_closure(&mut self, closure: &'code syn::ExprClosure) {
        self.variables(&closure.inputs);
        visit::visit_expr_closure(self, closure);
    }

    fn visit_expr_match(&mut self, expression: &'code syn::ExprMatch) {
        let mut arms: BTreeMap<String, usize> = BTreeMap::new();
        for arm in &expression.arms {
            self.variables([&arm.pat]);
            *arms
                .entry(arm.pat.to_token_stream().to_string())
                .or_default() += 1;
        }
        let double = arms.into_iter().filter(|(_, count)| *count > 1);
        self.found
            .extend(double.map(|(pattern, _)| format!("two arms `{pattern}`")));
        visit::visit_expr_match(self, expression);
    }

    fn visit_expr_struct(&mut self, expression: &'code syn::ExprStruct) {
        let names = expression.fields.iter().map(|field| member(&field.member));
        self.scope("fields of a value", names);
        visit::visit_expr_struct(self, expression);
    }

    fn visit_pat_struct(&mut self, pattern: &'code syn::PatStruct) {
        let names = pattern.fields.iter().map(|field| member(&field.member));
        self.scope("fields of a pattern", names);
        visit::visit_pat_struct(self, pattern);
    }
}
