//! The pages of these tests, and what imports make of them.

pub mod spoil;

use std::collections::BTreeSet;
use std::fs;

use icws_spec::Model;
use icws_spec::import::{self, Deviation, Merged, Options, Page, read};

/// A page as text.
pub fn text(name: &str) -> String {
    fs::read_to_string(format!("tests/pages/{name}.txt")).unwrap()
}

/// The text of a page with some of it replaced, each piece once.
pub fn text_with(name: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text(name);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// The page of that text.
pub fn page(name: &str, changes: &[(&str, &str)]) -> Page {
    read("page.txt", &text_with(name, changes)).unwrap()
}

/// A page merged into a model that has a place for it.
pub fn merged(page: &Page, model: &Model) -> Merged {
    import::merge(page, model, Options::default()).unwrap()
}

/// What differences say.
pub fn said(deviations: &[Deviation]) -> Vec<&str> {
    let said = deviations.iter();
    said.map(|deviation| deviation.message.as_str()).collect()
}

/// The text of all files of a model.
pub fn texts(model: &Model) -> String {
    let files = model.sources().files();
    files.map(|(_, file)| file.text.as_str()).collect()
}

/// The lines that one text has and the other does not, `-` and `+` before them.
pub fn changed(before: &str, after: &str) -> Vec<String> {
    let old: BTreeSet<&str> = before.lines().collect();
    let new: BTreeSet<&str> = after.lines().collect();
    let gone = before.lines().filter(|line| !new.contains(line));
    let come = after.lines().filter(|line| !old.contains(line));
    gone.map(|line| format!("- {}", line.trim()))
        .chain(come.map(|line| format!("+ {}", line.trim())))
        .collect()
}
