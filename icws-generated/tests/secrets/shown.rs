//! What the tests of several crates ask of their public types: a list has each of them, and
//! none shows a secret.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::path::Path;

/// What nobody may see.
pub const HUSH: &str = "hush-4711";

/// Types by file and name, and why they hold no secret. Without that there is a value which
/// does.
pub type List = [(&'static str, Option<&'static str>)];

/// Values by their types, as programs show them.
pub type Shown = Vec<(&'static str, String)>;

/// A value as programs show it.
pub fn debug(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// The same of what has a text for people.
pub fn both(value: &(impl Debug + Display)) -> String {
    format!("{value} {value:#} {}", debug(value))
}

/// Returns true if the secret is there, as it is or as a list of its bytes.
pub fn shows(text: &str) -> bool {
    let bytes: Vec<_> = HUSH.bytes().map(|byte| byte.to_string()).collect();
    let dense: String = text.split_whitespace().collect();
    text.contains(HUSH) || dense.contains(&bytes.join(","))
}

/// The public types of a folder, each with its file below it: `json/reader.rs Reader`.
fn types(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What a command is made of nobody else can have.
        if path.is_dir() && name != "bin" {
            types(&path, &format!("{below}{name}/"), found);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter_map(|line| {
                let rest = line.strip_prefix("pub struct ");
                let rest = rest.or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|c: char| !c.is_alphanumeric()).next()
            });
            found.extend(lines.map(|item| format!("{below}{name} {item}")));
        }
    }
}

/// Holds a list against the public types of folders of a package, each with what its files
/// are called by in the list.
pub fn has_all_types(list: &List, package: &str, folders: &[(&str, &str)]) {
    let mut found = Vec::new();
    for (folder, below) in folders {
        types(&Path::new(package).join(folder), below, &mut found);
    }
    found.sort();
    let mut listed: Vec<_> = list.iter().map(|(name, _)| (*name).to_owned()).collect();
    listed.sort();
    let missing: Vec<_> = found.iter().filter(|name| !listed.contains(name)).collect();
    assert!(missing.is_empty(), "not in the list: {missing:#?}");
    assert_eq!(listed, found, "in the list, and not there any more");
}

/// Each type of a list has a value or a reason, and no value shows the secret.
pub fn hides(list: &List, values: Shown) {
    let mut shown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, text) in values {
        shown.entry(name).or_default().push(text);
    }
    let mut leaks = Vec::new();
    for (name, none) in list {
        let texts = shown.remove(name);
        assert!(
            texts.is_some() != none.is_some(),
            "{name} needs either a value or a reason why it holds no secret"
        );
        let texts = texts.unwrap_or_default().into_iter();
        leaks.extend(texts.filter(|text| shows(text)).map(|text| (*name, text)));
    }
    assert!(leaks.is_empty(), "these show a secret: {leaks:#?}");
    assert!(shown.is_empty(), "not in the list: {:?}", shown.keys());
}
