//! The Cargo features of icws-generated are the namespaces at the top of the
//! shipped model, and its papers say so. `UPDATE_EXPECT=1` writes them anew. The
//! test is here because icws-generated does not compile with features of
//! namespaces that are gone.

use std::collections::BTreeSet;
use std::fs;

use icws_spec::codegen::{Options, generate};
use icws_spec::{Api, Model, ModelSource};

use crate::select::selection;

/// A feature of the crate.
struct Feature {
    name: String,
    namespace: String,
    /// What the namespace is about.
    doc: String,
    /// What it compiles.
    operations: usize,
    messages: usize,
}

/// The features of a model: a namespace without operations and messages comes
/// along with what needs it.
fn features(api: &Api) -> Vec<Feature> {
    let namespaces = api.namespaces_with_items();
    let tops = namespaces.iter().filter_map(|name| name.split('.').next());
    let tops: BTreeSet<&str> = tops.collect();
    let features = tops.into_iter().map(|namespace| {
        let selection = selection(&[namespace]);
        let part = selection.of(api);
        Feature {
            name: kebab(namespace),
            namespace: namespace.to_owned(),
            doc: api.namespace_doc(namespace).to_owned(),
            operations: part.operations().count(),
            messages: part.messages().count(),
        }
    });
    features
        .filter(|one| one.operations + one.messages > 0)
        .collect()
}

/// `dataDictionary` is `data-dictionary`.
fn kebab(namespace: &str) -> String {
    let mut name = String::new();
    for letter in namespace.chars() {
        if letter.is_uppercase() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// How the lines end before and behind what the tests write.
const STARTS: [&str; 2] = [" Written by the tests.", "written by the tests -->"];
const ENDS: [&str; 2] = [
    "End of what the tests write.",
    "<!-- end of the features -->",
];

/// Holds that the marked parts of a file are these, or writes them.
fn expect(path: &str, parts: &[String]) {
    let old = fs::read_to_string(path).unwrap();
    let mut new = String::new();
    let mut parts = parts.iter();
    let mut within = false;
    for line in old.split_inclusive('\n') {
        let is = |marks: [&str; 2]| marks.iter().any(|mark| line.trim_end().ends_with(mark));
        within &= !is(ENDS);
        if !within {
            new.push_str(line);
        }
        if is(STARTS) {
            within = true;
            new.push_str(parts.next().unwrap());
        }
    }
    assert!(parts.next().is_none() && !within, "{path} lacks a mark");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &new).unwrap();
    } else {
        assert!(
            old == new,
            "{path} is not up to date: UPDATE_EXPECT=1 writes it"
        );
    }
}

/// A line for each feature.
fn lines(features: &[Feature], line: impl Fn(&Feature) -> String) -> String {
    features.iter().map(line).collect()
}

#[test]
fn each_namespace_at_the_top_has_its_feature() {
    let model = crate::shipped();
    let features = features(model.api());
    for own in ["client", "default", "full"] {
        assert!(features.iter().all(|feature| feature.name != own));
    }
    let all = lines(&features, |one| format!("    {:?},\n", one.name));
    let each = lines(&features, |one| format!("{} = []\n", one.name));
    expect("../icws-generated/Cargo.toml", &[all, each]);
    let pairs = lines(&features, |one| {
        format!("    ({:?}, {:?}),\n", one.name, one.namespace)
    });
    expect("../icws-generated/build.rs", &[pairs]);
    let rows = lines(&features, |one| {
        let (name, operations, messages) = (&one.name, one.operations, one.messages);
        format!("| `{name}` | {} | {operations} | {messages} |\n", one.doc)
    });
    let head = "\n| feature | what is in it | operations | messages |\n|---|---|---:|---:|\n";
    let table = [format!("{head}{rows}\n")];
    expect("../icws-generated/features.md", &table);
    expect("../README.md", &table);
}

#[test]
fn each_namespace_says_what_it_is_about() {
    let api = crate::shipped().api();
    let silent = api.namespaces_with_items().into_iter();
    let silent: Vec<&str> = silent
        .filter(|name| api.namespace_doc(name).is_empty())
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn what_a_namespace_is_about_is_said_once_and_beside_its_name() {
    let load = |text: &str| Model::load(ModelSource::Inline(text)).unwrap();
    let model = load(
        "icws: 1\nnamespace: pets\ndoc: Who lives here.\nobjects: { cat: { properties: {} } }",
    );
    assert_eq!(model.api().namespace_doc("pets"), "Who lives here.");
    let code = generate(&model, &Options::default()).to_string();
    assert!(code.contains("Who lives here.") && code.contains("This is the namespace `pets`."));
    let alone = load("icws: 1\ndoc: Who lives here.");
    let findings = alone.findings();
    assert!(
        findings[0].message.contains("has no `namespace`"),
        "{}",
        findings[0]
    );
    let again = "icws: 1\nextends: shipped\nnamespace: queues\ndoc: More of them.";
    let again = load(again);
    let findings = again.findings();
    assert!(
        findings[0].message.contains("says already what `queues`"),
        "{}",
        findings[0]
    );
}

#[test]
fn the_docs_of_a_module_name_the_feature_that_turns_it_on() {
    let text = "icws: 1\nnamespace: pets.cats\nmessages: { purrMessage: { urn: \"urn:example:purr\", properties: {} } }";
    let model = Model::load(ModelSource::Inline(text)).unwrap();
    let mut options = Options::default();
    let count = |options: &Options| {
        let code = generate(&model, options).to_string();
        code.matches("the Cargo feature `my-pets`").count()
    };
    assert_eq!(count(&options), 0);
    options.cargo_features = [("pets".to_owned(), "my-pets".to_owned())].into();
    assert_eq!(count(&options), 2, "`pets` and `pets::cats`");
    options.cargo_features = [("dogs".to_owned(), "my-pets".to_owned())].into();
    assert_eq!(count(&options), 0);
}
