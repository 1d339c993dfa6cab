//! No public type of the runtime and of the client shows a secret: passwords, tokens,
//! cookies, the bodies of requests and responses, and users in addresses.
//!
//! `list.rs` has every public type of them, with values that hold a secret or the
//! reason why it holds none. A type that is new and not in the list fails here.

icws_generated::bindings!("tests/everything.yaml");

mod client;
mod list;
mod runtime;

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::path::Path;

use list::LIST;

/// What nobody may see.
pub const HUSH: &str = "hush-4711";

/// A value as programs show it.
pub fn debug(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// The same of what has a text for people.
pub fn both(value: &(impl Debug + Display)) -> String {
    format!("{value} {value:#} {}", debug(value))
}

/// Returns true if the secret is there, as it is or as a list of its bytes.
fn shows(text: &str) -> bool {
    let bytes: Vec<_> = HUSH.bytes().map(|byte| byte.to_string()).collect();
    let dense: String = text.split_whitespace().collect();
    text.contains(HUSH) || dense.contains(&bytes.join(","))
}

/// The public types of a folder, each with its file below it: `json/reader.rs Reader`.
fn types(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
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

#[test]
fn every_public_type_is_in_the_list() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    types(&package.join("runtime/src"), "", &mut found);
    types(&package.join("src/client"), "client/", &mut found);
    types(&package.join("src/recording"), "tape/", &mut found);
    found.sort();
    let mut listed: Vec<_> = LIST.iter().map(|(name, _)| (*name).to_owned()).collect();
    listed.sort();
    let missing: Vec<_> = found.iter().filter(|name| !listed.contains(name)).collect();
    assert!(missing.is_empty(), "not in the list: {missing:#?}");
    assert_eq!(listed, found, "in the list, and not there any more");
}

#[test]
fn no_type_shows_a_secret() {
    let mut shown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, text) in runtime::shown().into_iter().chain(client::shown()) {
        shown.entry(name).or_default().push(text);
    }
    let mut leaks = Vec::new();
    for (name, none) in LIST {
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

#[test]
fn a_secret_is_found_in_any_form() {
    assert!(shows(&debug(&HUSH)) && shows(&debug(&HUSH.as_bytes())));
    assert!(!shows(&debug(&"hush")));
}
