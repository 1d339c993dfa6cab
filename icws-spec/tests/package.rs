//! What the package carries beside its code: the model, the schema and the
//! reference of the language. `UPDATE_EXPECT=1` writes the last two anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use icws_spec::diff::rules::{self as changes, Wire};
use icws_spec::formats::extensions;
use icws_spec::shipped;
use icws_spec::syntax::language::{KINDS, Kind, Shape};
use icws_spec::traffic::rules as traffic;

#[test]
fn the_package_carries_every_file_of_the_model() {
    let carried: BTreeSet<String> = shipped::FILES
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let mut found = BTreeSet::new();
    collect(Path::new("model"), &mut found);
    assert_eq!(carried, found);
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            let path = path.strip_prefix("model").unwrap();
            found.insert(path.to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn every_file_names_the_schema_for_editors() {
    for (path, text) in shipped::FILES {
        let line = text.lines().next().unwrap();
        let schema = line
            .strip_prefix("# yaml-language-server: $schema=")
            .unwrap();
        let schema = Path::new("model").join(path).parent().unwrap().join(schema);
        assert!(schema.exists(), "{path}");
    }
}

#[test]
fn the_schema_is_that_of_the_language() {
    let schema = format!("{:#}\n", icws_spec::schema::schema());
    expect(Path::new("schema/icws.schema.json"), &schema, |_| {
        schema.clone()
    });
}

#[test]
fn the_readme_documents_every_key() {
    let reference: String = KINDS.iter().map(|kind| section(kind)).collect();
    let (start, end) = ("the reference of the language", "end of the reference");
    expect_in_readme(start, end, &reference);
}

#[test]
fn the_readme_lists_every_rule_of_diff() {
    let mut table = String::from(
        "\n| rule | change | in requests | in replies | Rust | version |\n|---|---|---|---|---|---|\n",
    );
    for rule in changes::ALL {
        let wire = |wire: Wire| format!("{} / {}", wire.old_client, wire.new_client);
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} |\n",
            rule.id,
            rule.summary,
            wire(rule.request),
            wire(rule.reply),
            rule.rust.word(),
            rule.version()
        ));
    }
    expect_in_readme("the rules of diff", "end of the rules", &table);
}

#[test]
fn the_readme_lists_every_rule_of_traffic() {
    let mut table = String::from("\n| rule | difference | |\n|---|---|---|\n");
    for rule in traffic::ALL {
        let written = if rule.written { "written" } else { "" };
        table.push_str(&format!("| `{}` | {} | {written} |\n", rule.id, rule.title));
    }
    table.push('\n');
    expect_in_readme(
        "the rules of traffic",
        "end of the rules of traffic",
        &table,
    );
}

#[test]
fn the_readme_lists_every_extension_of_the_formats() {
    let mut table = String::from("\n| key | on | what it says |\n|---|---|---|\n");
    for extension in extensions::ALL {
        table.push_str(&format!(
            "| `{}` | {} | {} |\n",
            extension.name, extension.on, extension.says
        ));
    }
    table.push('\n');
    expect_in_readme("the extensions", "end of the extensions", &table);
}

/// Holds what stands between two comments of the README against what should.
fn expect_in_readme(start: &str, end: &str, what: &str) {
    let start = format!("<!-- {start}: written by the tests -->\n");
    let end = format!("<!-- {end} -->\n");
    expect(Path::new("README.md"), what, |readme| {
        let (before, rest) = readme.split_once(&start).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        format!("{before}{start}{what}{end}{after}")
    });
}

/// Holds a file against what it should be, given what it is.
fn expect(path: &Path, what: &str, should_be: impl Fn(&str) -> String) {
    // Several tests write one README when the expectations are updated.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _held = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(path).unwrap();
    let expected = should_be(&text);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &expected).unwrap();
    } else {
        assert!(
            text == expected,
            "{} is not up to date with\n{what}",
            path.display()
        );
    }
}

fn section(kind: &Kind) -> String {
    let mut text = format!("\n#### {}\n\n{}\n\n", kind.name, kind.doc);
    text.push_str("| key | value | what it says | example |\n|---|---|---|---|\n");
    for key in kind.keys {
        let required = if key.required { ", required" } else { "" };
        let (name, shape) = (key.name, shape(&key.shape));
        text.push_str(&format!(
            "| `{name}` | {shape}{required} | {} | `{}` |\n",
            key.doc, key.example
        ));
    }
    text
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Version => "1".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::FlagOr(words) => format!("`true`, `false` or `{}`", words.join("`, `")),
        Shape::NumberOr(kind) => format!("whole number or {}", link(kind)),
        Shape::Number => "whole number".to_owned(),
        Shape::Any => "anything".to_owned(),
        Shape::Word(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::List(item) | Shape::Whole(item) => format!("list of {}", self::shape(item)),
        Shape::Names(item) => format!("map of names to {}", self::shape(item)),
        Shape::Statuses(item) => format!("map of statuses to {}", self::shape(item)),
        Shape::Kind(kind) => link(kind),
        Shape::IdOr(kind) => format!("id or {}", link(kind)),
        Shape::Part(kind) => format!("keys of {}", link(kind)),
    }
}

fn link(kind: &Kind) -> String {
    format!("[{}](#{})", kind.name, kind.name.replace(' ', "-"))
}

#[test]
fn every_example_of_a_key_is_in_the_language() {
    for kind in KINDS {
        for key in kind.keys {
            let node = icws_spec::syntax::parse(key.example).unwrap();
            assert!(node.get(key.name).is_some(), "{}.{}", kind.name, key.name);
        }
    }
}
