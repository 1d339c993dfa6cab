//! The modules of the library know each other in one direction.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// Each module of the library with the modules that it may name: only such as
/// stand above it.
const MODULES: &[(&str, &str)] = &[
    ("rules", ""),
    ("names", ""),
    ("shipped", ""),
    ("spelling", ""),
    ("circles", ""),
    ("texts", ""),
    ("syntax", "rules spelling"),
    ("json", "syntax"),
    ("schema", "syntax"),
    ("place", "syntax"),
    ("diagnostic", "place rules syntax texts"),
    ("source", "place syntax texts"),
    ("files", "shipped"),
    ("changes", "diagnostic place rules source spelling syntax"),
    (
        "load",
        "changes diagnostic files place rules source syntax texts",
    ),
    ("excerpt", ""),
    ("locate", "diagnostic excerpt place source syntax"),
    ("todo", "diagnostic place rules source"),
    ("api", "circles place"),
    (
        "resolve",
        "api circles diagnostic json names place rules source spelling syntax",
    ),
    ("plan", "api diagnostic names place resolve rules spelling"),
    (
        "model",
        "api diagnostic load locate place plan resolve source todo",
    ),
    ("codegen", "api model plan texts"),
    ("facts", "api"),
    ("delta", "facts"),
    ("export", "api facts plan"),
    ("formats", "api plan texts"),
    (
        "diff",
        "api delta export facts locate model place plan rules texts",
    ),
    (
        "import",
        "api delta diagnostic facts locate model names place rules syntax texts todo",
    ),
    (
        "traffic",
        "api diagnostic facts import locate model names place plan syntax texts todo",
    ),
    ("init", "api files model place plan schema source syntax"),
];

#[test]
fn a_module_names_only_modules_that_stand_above_it() {
    let mut above = BTreeSet::new();
    for (module, allowed) in MODULES {
        for name in allowed.split_whitespace() {
            assert!(
                above.contains(name),
                "`{name}` does not stand above `{module}`"
            );
        }
        above.insert(*module);
    }
}

#[test]
fn a_module_names_only_modules_that_it_may() {
    let mut wrong = Vec::new();
    for (module, allowed) in MODULES {
        for file in files(module) {
            for name in named(&file) {
                if name != *module && !allowed.split(' ').any(|other| other == name) {
                    wrong.push(format!("{} names `{name}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_module_has_its_row() {
    let library = syn::parse_file(&fs::read_to_string("src/lib.rs").unwrap()).unwrap();
    let modules = library.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    let rows = MODULES.iter().map(|(module, _)| (*module).to_owned());
    let (modules, rows): (BTreeSet<_>, BTreeSet<_>) = (modules.collect(), rows.collect());
    assert_eq!(modules, rows);
}

/// The files of a module.
fn files(module: &str) -> Vec<PathBuf> {
    let file = Path::new("src").join(module).with_extension("rs");
    if file.exists() {
        return vec![file];
    }
    let mut files = Vec::new();
    let mut folders = vec![Path::new("src").join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// The modules of the library that a file names, its tests aside.
fn named(file: &Path) -> BTreeSet<String> {
    let code = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let inside = file.strip_prefix("src").unwrap().with_extension("");
    let inside = inside
        .iter()
        .map(|step| step.to_string_lossy().into_owned());
    let mut names = Names {
        module: inside.filter(|step| step != "mod").collect(),
        found: BTreeSet::new(),
    };
    names.visit_file(&code);
    names.found
}

struct Names {
    /// The module that is read, from the root of the library.
    module: Vec<String>,
    found: BTreeSet<String>,
}

impl Names {
    /// Takes a path that begins at the root of the library.
    fn take(&mut self, path: &[String]) {
        let start: Vec<String> = match path.first().map(String::as_str) {
            Some("crate") => path.get(1..).unwrap_or_default().to_vec(),
            Some("super") => {
                let supers = path.iter().take_while(|step| *step == "super").count();
                let around = self.module.len().saturating_sub(supers);
                let around = self.module.get(..around).unwrap_or_default();
                around.iter().chain(&path[supers..]).cloned().collect()
            }
            _ => return,
        };
        self.found.extend(start.into_iter().next());
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.take(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.take(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.take(before),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(before, tree));
            }
        }
    }
}

impl<'code> Visit<'code> for Names {
    fn visit_item_mod(&mut self, module: &'code syn::ItemMod) {
        if module.ident != "tests" {
            self.module.push(module.ident.to_string());
            visit::visit_item_mod(self, module);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'code syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'code syn::Path) {
        let steps = path.segments.iter().map(|step| step.ident.to_string());
        self.take(&steps.collect::<Vec<_>>());
        visit::visit_path(self, path);
    }
}
