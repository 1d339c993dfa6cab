//! Paths of generated code: where they lead.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Ident, Item};

use super::duplicates::{type_name, value_name};

/// An identifier without `r#`.
pub fn plain(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// Returns the paths that lead nowhere.
pub fn dangling(file: &syn::File) -> Vec<String> {
    let mut world = World::default();
    world.add(&mut Vec::new(), &file.items);
    let mut walker = Walker {
        world,
        module: Vec::new(),
        generics: Vec::new(),
        found: Vec::new(),
    };
    walker.visit_file(file);
    walker.found
}

/// The path of a type from the root, if it is one of the file's own.
pub fn absolute(module: &[String], path: &syn::Path) -> String {
    let steps: Vec<String> = path
        .segments
        .iter()
        .map(|step| plain(&step.ident))
        .collect();
    if path.leading_colon.is_some() || steps.first().is_some_and(|first| first == "__rt") {
        return steps.join("::");
    }
    let supers = steps.iter().take_while(|step| *step == "super").count();
    let around = module.len().saturating_sub(supers);
    [&module[..around], &steps[supers..]].concat().join("::")
}

/// All modules with the names of their items.
#[derive(Default)]
struct World(BTreeMap<Vec<String>, BTreeSet<String>>);

impl World {
    fn add(&mut self, module: &mut Vec<String>, items: &[Item]) {
        let values = items.iter().filter_map(value_name).map(|(name, _)| name);
        let names = items.iter().filter_map(type_name).chain(values).collect();
        self.0.insert(module.clone(), names);
        for item in items {
            if let Item::Mod(inner) = item
                && let Some((_, items)) = &inner.content
            {
                module.push(plain(&inner.ident));
                self.add(module, items);
                module.pop();
            }
        }
    }

    /// Whether a path from a module leads to an item.
    fn has(&self, module: &[String], steps: &[String]) -> bool {
        let supers = steps.iter().take_while(|step| *step == "super").count();
        let Some(around) = module.len().checked_sub(supers) else {
            return false;
        };
        let mut at = module[..around].to_vec();
        for step in &steps[supers..] {
            let known = self.0.get(&at).is_some_and(|names| names.contains(step));
            at.push(step.clone());
            if !known {
                return false;
            }
            // What belongs to a type is not looked up.
            if !self.0.contains_key(&at) {
                return true;
            }
        }
        true
    }
}

struct Walker {
    world: World,
    /// The module that is read.
    module: Vec<String>,
    /// The type parameters around.
    generics: Vec<String>,
    found: Vec<String>,
}

impl Walker {
    fn look(&mut self, path: &syn::Path) {
        let steps: Vec<String> = path
            .segments
            .iter()
            .map(|step| plain(&step.ident))
            .collect();
        let first = steps.first().map(String::as_str).unwrap_or_default();
        let known = path.leading_colon.is_some()
            || ["__rt", "Self", "self"].contains(&first)
            || self.generics.iter().any(|name| name == first);
        if !known && !self.world.has(&self.module, &steps) {
            let (path, module) = (steps.join("::"), self.module.join("::"));
            self.found.push(format!("no `{path}` from `{module}`"));
        }
    }

    fn within(&mut self, generics: &syn::Generics, visit: impl FnOnce(&mut Self)) {
        let before = self.generics.len();
        let names = generics
            .type_params()
            .map(|parameter| plain(&parameter.ident));
        self.generics.extend(names);
        visit(self);
        self.generics.truncate(before);
    }
}

impl<'code> Visit<'code> for Walker {
    fn visit_attribute(&mut self, _: &'code syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &'code syn::ItemMod) {
        self.module.push(plain(&module.ident));
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_impl(&mut self, item: &'code syn::ItemImpl) {
        self.within(&item.generics, |walker| {
            visit::visit_item_impl(walker, item)
        });
    }

    fn visit_item_struct(&mut self, item: &'code syn::ItemStruct) {
        self.within(&item.generics, |walker| {
            visit::visit_item_struct(walker, item)
        });
    }

    fn visit_item_enum(&mut self, item: &'code syn::ItemEnum) {
        self.within(&item.generics, |walker| {
            visit::visit_item_enum(walker, item)
        });
    }

    fn visit_item_type(&mut self, item: &'code syn::ItemType) {
        self.within(&item.generics, |walker| {
            visit::visit_item_type(walker, item)
        });
    }

    fn visit_type_path(&mut self, ty: &'code syn::TypePath) {
        if ty.qself.is_none() {
            self.look(&ty.path);
        }
        visit::visit_type_path(self, ty);
    }

    fn visit_expr_path(&mut self, path: &'code syn::ExprPath) {
        // One step may be a variable.
        if path.qself.is_none() && path.path.segments.len() > 1 {
            self.look(&path.path);
        }
        visit::visit_expr_path(self, path);
    }

    fn visit_expr_struct(&mut self, expression: &'code syn::ExprStruct) {
        self.look(&expression.path);
        visit::visit_expr_struct(self, expression);
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'code syn::PatTupleStruct) {
        self.look(&pattern.path);
        visit::visit_pat_tuple_struct(self, pattern);
    }

    fn visit_pat_struct(&mut self, pattern: &'code syn::PatStruct) {
        self.look(&pattern.path);
        visit::visit_pat_struct(self, pattern);
    }
}
