//! The papers for those who work on the project name files and tests that exist.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const PAPERS: &[&str] = &[
    "icws-spec/ARCHITECTURE.md",
    "icws-spec/DECISIONS.md",
    ".github/CONTRIBUTING.md",
    ".github/RELEASING.md",
    "icws-generated/BENCHMARKS.md",
];

/// The files of the workspace with their paths below its root.
struct Tree(BTreeMap<String, PathBuf>);

impl Tree {
    fn read() -> Self {
        let mut tree = Tree(BTreeMap::new());
        tree.add(Path::new(".."), "");
        tree
    }

    fn add(&mut self, folder: &Path, below: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{below}/{name}");
            if !entry.file_type().unwrap().is_dir() {
                self.0.insert(path, entry.path());
            } else if !matches!(&*name, "target" | ".git" | "node_modules") {
                self.add(&entry.path(), &path);
            }
        }
    }

    /// The texts of the files that a paper may mean by the end of a path.
    fn texts(&self, end: &str) -> Vec<String> {
        let end = format!("/{end}");
        let files = self.0.iter().filter(|(path, _)| path.ends_with(&end));
        files
            .map(|(_, file)| fs::read_to_string(file).unwrap())
            .collect()
    }
}

/// What a paper names that there is not.
fn missing(paper: &str, text: &str, tree: &Tree) -> Vec<String> {
    let mut missing = Vec::new();
    // A name of a test belongs to the file that its part of the paper named last.
    for part in text.split("\n- ").flat_map(|part| part.split("\n\n")) {
        let mut texts: Vec<String> = Vec::new();
        for span in part.split('`').skip(1).step_by(2) {
            let span = span.split_whitespace().collect::<String>();
            let (file, function) = match span.split_once("::") {
                Some((file, function)) => (file, Some(function)),
                None => (&*span, None),
            };
            let function = if file.ends_with(".rs") && !file.contains('*') {
                texts = tree.texts(file);
                if texts.is_empty() {
                    missing.push(format!("{paper}: there is no file {file}"));
                    continue;
                }
                function
            } else {
                Some(file).filter(|name| is_name_of_test(name))
            };
            let Some(function) = function else { continue };
            // `…_by_polls` is the name before it with another end.
            let end = function.rsplit("::").next().unwrap_or_default();
            let wanted = match end.strip_prefix('…') {
                Some(end) => format!("{end}("),
                None => format!("fn {end}"),
            };
            if !texts.is_empty() && !texts.iter().any(|text| text.contains(&wanted)) {
                missing.push(format!(
                    "{paper}: there is no function {function} in the file before it"
                ));
            }
        }
    }
    missing
}

/// Names of tests are sentences.
fn is_name_of_test(name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_…".contains(c);
    name.chars().all(is_word) && !name.starts_with('_') && name.matches('_').count() >= 2
}

#[test]
fn what_papers_name_is_there() {
    let tree = Tree::read();
    let missing: Vec<String> = PAPERS
        .iter()
        .flat_map(|paper| {
            let text = fs::read_to_string(Path::new("..").join(paper)).unwrap();
            missing(paper, &text, &tree)
        })
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn what_is_not_there_is_told() {
    let tree = Tree::read();
    let text = "- It holds. `tests/papers.rs::what_papers_name_is_there`, `what_no_paper_names`,\n  \
        `tests/papers.rs::is_no_test`.\n- So does this. `tests/no_papers.rs`.";
    assert_eq!(missing("paper", text, &tree).len(), 3);
}
