//! Every public item of the client, of recordings, of what is followed and of drift has an
//! example in its docs, or names the item whose example shows its use.
//!
//! The sources are read line by line, as rustfmt leaves them. That the examples compile is
//! for the tests of the docs to say.

use std::path::Path;

/// The folders, each a public module whose own modules are private.
const FOLDERS: [&str; 5] = [
    "src/client",
    "src/recording",
    "runtime/src/drift",
    "runtime/src/follow",
    "runtime/src/recording",
];

/// How docs name the item whose example is theirs, too.
const LINK: &str = "See the example of [`";

/// A public item with its docs.
struct Item {
    /// `Watch::next`; of a module its own name.
    name: String,
    /// The file and the line.
    place: String,
    docs: Vec<String>,
}

impl Item {
    /// Returns true if there is an example that is compiled.
    fn has_example(&self) -> bool {
        let fences = self.docs.iter().filter_map(|line| line.strip_prefix("```"));
        // Every other one ends a block.
        let mut begins = fences.step_by(2);
        begins.any(|info| matches!(info, "" | "no_run" | "should_panic"))
    }

    /// Returns the item whose example shows this one.
    fn linked(&self) -> Option<String> {
        let docs = self.docs.join(" ");
        let (_, rest) = docs.split_once(LINK)?;
        let (name, _) = rest.split_once("`]")?;
        Some(name.to_owned())
    }
}

/// The word at the start of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The name of what a line declares, if one of these keywords comes before it.
fn declared<'t>(line: &'t str, keywords: &[&str]) -> Option<&'t str> {
    let rest = keywords.iter().find_map(|key| line.strip_prefix(key))?;
    Some(word(rest))
}

/// The type that has the methods of an `impl` without a trait.
fn implemented(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("impl")?;
    let header = match rest.strip_prefix('<') {
        Some(generics) => generics.split_once("> ")?.1,
        None => rest.trim_start(),
    };
    (!header.contains(" for ")).then(|| word(header))
}

/// The public items of a file, as far as the folder exports them or what they are of.
fn items(file: &str, text: &str, is_exported: impl Fn(&str) -> bool) -> Vec<Item> {
    const ITEMS: [&str; 8] = [
        "pub struct ",
        "pub enum ",
        "pub trait ",
        "pub type ",
        "pub fn ",
        "pub async fn ",
        "pub const fn ",
        "pub const ",
    ];
    let mut found = Vec::new();
    let (mut docs, mut is_hidden) = (Vec::new(), false);
    // What methods are of, and how a public one begins.
    let mut owner: Option<(&str, &[&str])> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.trim_start();
        if let Some(doc) = code.strip_prefix("///") {
            docs.push(doc.strip_prefix(' ').unwrap_or(doc).to_owned());
            continue;
        }
        if line == "mod tests {" {
            break;
        }
        let is_read = code != "impl<";
        assert!(is_read, "{file}:{number}: generics over several lines");
        if code.starts_with("#[") {
            is_hidden |= code.contains("doc(hidden)");
            continue;
        }
        let name = match line.len() - code.len() {
            0 if code.is_empty() || code == "where" || code == "{" => None,
            0 => {
                let of_trait = declared(code, &["pub trait "]);
                let of_trait = of_trait.map(|name| (name, &["fn ", "async fn "][..]));
                owner = of_trait.or_else(|| Some((implemented(code)?, &ITEMS[4..])));
                let name = declared(code, &ITEMS);
                name.filter(|name| is_exported(name)).map(str::to_owned)
            }
            4 => owner.and_then(|(owner, begins)| {
                let name = declared(code, begins)?;
                is_exported(owner).then(|| format!("{owner}::{name}"))
            }),
            _ => None,
        };
        if let Some(name) = name.filter(|_| !is_hidden) {
            let place = format!("{file}:{number}");
            let docs = std::mem::take(&mut docs);
            found.push(Item { name, place, docs });
        }
        docs.clear();
        is_hidden = false;
    }
    found
}

/// The public items of a folder, and those of the folders below it.
fn of_folder(folder: &Path, is_exported: &dyn Fn(&str) -> bool, found: &mut Vec<Item>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            of_folder(&path, is_exported, found);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let package = Path::new(env!("CARGO_MANIFEST_DIR"));
            let file = path.strip_prefix(package).unwrap().display().to_string();
            found.extend(items(&file, &text, is_exported));
        }
    }
}

/// The public items of a module in a folder, the module among them.
fn of_module(folder: &str) -> Vec<Item> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let root = std::fs::read_to_string(path.join("mod.rs")).unwrap();
    let uses = root.split("pub use ").skip(1);
    let uses = uses.filter_map(|text| text.split(';').next());
    let is_between = |c: char| !c.is_alphanumeric() && c != '_';
    let mut exported: Vec<_> = uses.flat_map(|text| text.split(is_between)).collect();
    exported.extend(
        root.lines().filter_map(|line| {
            declared(line, &["pub struct ", "pub enum ", "pub trait ", "pub fn "])
        }),
    );
    let docs = root.lines().map_while(|line| line.strip_prefix("//!"));
    let docs = docs.map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned());
    let mut found = vec![Item {
        name: folder.rsplit('/').next().unwrap_or_default().to_owned(),
        place: format!("{folder}/mod.rs:1"),
        docs: docs.collect(),
    }];
    of_folder(&path, &|name| exported.contains(&name), &mut found);
    found
}

/// What is wrong with items, by their places.
fn findings(items: &[Item]) -> Vec<String> {
    let shows = |name: &str| {
        items
            .iter()
            .any(|item| item.name == name && item.has_example())
    };
    let mut findings = Vec::new();
    for item in items.iter().filter(|item| !item.has_example()) {
        let problem = match item.linked() {
            None => "has no example that is compiled, and names no item that has one".to_owned(),
            Some(name) if shows(&name) => continue,
            Some(name) => format!("names the example of `{name}`, which has none"),
        };
        findings.push(format!("{}: `{}` {problem}", item.place, item.name));
    }
    findings
}

#[test]
fn every_public_item_has_an_example_or_names_one() {
    let items: Vec<_> = FOLDERS.into_iter().flat_map(of_module).collect();
    assert!(items.len() > 180, "only {} are found", items.len());
    let findings = findings(&items);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Texts of a module that exports `Watch` and `Stand`, and what is found.
#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    let items = items("x.rs", text, |name| ["Watch", "Stand"].contains(&name));
    assert_eq!(findings(&items), expected);
}

#[test]
fn an_item_without_an_example_is_found() {
    const NONE: &str = "has no example that is compiled, and names no item that has one";
    let shown = "/// It.\n///\n/// ```no_run\n/// let x = 1;\n/// ```\n#[derive(Debug)]\npub struct Watch;\n";
    finds(shown, &[]);
    let method = |docs: &str| {
        format!(
            "{shown}\nimpl<M: A<B>> Watch<M>\nwhere\n    M: C,\n{{\n    {docs}\n    pub async fn next() {{\n        let pub fn no() {{}}\n    }}\n}}\n"
        )
    };
    finds(
        &method("/// It."),
        &[&format!("x.rs:14: `Watch::next` {NONE}")],
    );
    finds(
        &method("/// It.\n    ///\n    /// See the example of [`Watch`]."),
        &[],
    );
    finds(
        &method("/// See the example of\n    /// [`Stand`]."),
        &["x.rs:15: `Watch::next` names the example of `Stand`, which has none"],
    );
    finds(&method("#[cfg_attr(x, doc(hidden))]"), &[]);
    // What nobody can name, and what nobody compiles.
    finds(
        "pub struct Other;\nimpl Other {\n    pub fn new() {}\n}\nstruct Watch;\n",
        &[],
    );
    finds(
        "/// ```ignore\n/// x\n/// ```\npub enum Stand {\n",
        &[&format!("x.rs:4: `Stand` {NONE}")],
    );
    let methods = "/// ```\n/// ```\npub trait Stand: Send {\n    /// It.\n    fn up(&self);\n}\n";
    finds(methods, &[&format!("x.rs:5: `Stand::up` {NONE}")]);
    finds("impl Stand for Watch {\n    fn up(&self) {}\n}\n", &[]);
}
