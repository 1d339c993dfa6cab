//! What holds of any two models: nothing is lost, nothing panics, and the
//! verdict on Rust sources is that of the generated code.

use std::collections::HashSet;
use std::fs;
use std::sync::LazyLock;

use icws_spec::diff::rules::{Bump, Verdict};
use icws_spec::diff::{Change, Diff};
use icws_spec::{Model, ModelSource, Selection, export};
use proptest::prelude::*;
use serde_json::Value;

use super::fixture::{self, Patch, base, lines, sound};
use super::surface::Surface;

/// The changes of all fixtures, each once.
static PATCHES: LazyLock<Vec<Patch>> = LazyLock::new(|| {
    let fixtures = fixture::all().into_iter();
    let patches = fixtures.flat_map(|fixture| [fixture.yes, fixture.no]);
    let mut seen = HashSet::new();
    patches
        .filter(|patch| seen.insert(patch.hunks.clone()))
        .collect()
});

/// A model, with what is compared of it.
struct Side {
    model: Model,
    facts: Value,
    surface: Surface,
}

impl Side {
    fn new(model: Model) -> Side {
        Side {
            facts: facts(export::model(&model.plan()), false),
            surface: Surface::of(&model),
            model,
        }
    }
}

/// The base with some of the changes: those that do not get in each other's
/// way, and leave the model sound.
fn changed(patches: &[prop::sample::Index]) -> Model {
    let mut text = base();
    let mut model = sound(&text);
    for index in patches {
        let Some(next) = index.get(&PATCHES).apply(&text) else {
            continue;
        };
        let candidate = Model::load(ModelSource::Inline(&next)).unwrap();
        if candidate.findings().is_empty() {
            (text, model) = (next, candidate);
        }
    }
    model
}

/// What the exported model says, in whatever order, and with names of headers in
/// any case.
fn facts(value: Value, of_header: bool) -> Value {
    match value {
        Value::Array(items) => {
            let items = items.into_iter();
            let mut items: Vec<Value> = items.map(|item| facts(item, of_header)).collect();
            items.sort_by_cached_key(Value::to_string);
            items.into()
        }
        Value::Object(map) => {
            let is_header = of_header || map.get("in").is_some_and(|v| v == "header");
            let entries = map.into_iter().map(|(key, value)| match value {
                Value::String(name) if is_header && key == "name" => {
                    (key, name.to_lowercase().into())
                }
                value => {
                    let of_header = key == "headers";
                    (key, facts(value, of_header))
                }
            });
            Value::Object(entries.collect())
        }
        other => other,
    }
}

/// Whether the exported form says what changed: it leaves out examples, the
/// meaning of an order, and the texts of resources.
fn is_exported(change: &Change) -> bool {
    let of_resource = change
        .sites
        .iter()
        .all(|site| site.subject.starts_with('/'));
    match change.rule.id {
        "properties-reordered" | "examples-changed" => false,
        "text-changed" => !of_resource,
        _ => true,
    }
}

fn compare(old: &Side, new: &Side) {
    let diff = Diff::between(&old.model, &new.model);
    let same = old.facts == new.facts;
    let told = diff.findings.iter().any(is_exported);
    assert_eq!(same, !told, "{}", lines(&diff).join("\n"));
    let gone = old.surface.broken_by(&new.surface);
    let breaks = diff
        .findings
        .iter()
        .any(|change| change.rust == Verdict::Breaking);
    assert_eq!(
        !gone.is_empty(),
        breaks,
        "{gone:#?}\n{}",
        lines(&diff).join("\n")
    );
    assert_eq!(
        diff.bump() == Some(Bump::Major),
        diff.verdict() == Verdict::Breaking
    );
}

#[test]
fn each_change_alone_and_undone() {
    let text = base();
    let base = Side::new(sound(&text));
    for patch in PATCHES.iter() {
        let new = Side::new(sound(&patch.apply(&text).unwrap()));
        compare(&base, &new);
        compare(&new, &base);
    }
}

/// The model at one version of its features, and at a later one.
fn steps(file: &str, old: &[(&str, u32)], new: &[(&str, u32)]) -> [Side; 2] {
    let text = fs::read_to_string(file).unwrap();
    let pinned = |versions: &[(&str, u32)]| {
        let pins = versions
            .iter()
            .map(|(name, version)| ((*name).to_owned(), *version));
        let mut selection = Selection::default();
        selection.pins.extend(pins);
        Side::new(sound(&text).select(&selection))
    };
    [pinned(old), pinned(new)]
}

#[test]
fn what_came_with_a_version_is_additive() {
    let everything = "../icws-generated/tests/everything.yaml";
    let pinned = "../icws-generated/tests/pinned.yaml";
    for [old, new] in [
        steps(
            everything,
            &[("rooms", 2), ("plans", 4)],
            &[("rooms", 3), ("plans", 5)],
        ),
        steps(pinned, &[("interactions", 7)], &[("interactions", 8)]),
        steps(pinned, &[("interactions", 8)], &[("interactions", 9)]),
        steps(pinned, &[("interactions", 7)], &[("interactions", 9)]),
    ] {
        let diff = Diff::between(&old.model, &new.model);
        assert_eq!(diff.bump(), Some(Bump::Minor), "{:#?}", lines(&diff));
        let mut rules = diff.findings.iter().map(|change| change.rule.id);
        assert!(
            // A pin leaves out the examples of what is newer.
            rules.all(|id| id.ends_with("-added") || id == "examples-changed"),
            "{:#?}",
            lines(&diff)
        );
        let back = Diff::between(&new.model, &old.model);
        assert_eq!(back.bump(), Some(Bump::Major));
        compare(&old, &new);
        compare(&new, &old);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_changes_together(
        old: [prop::sample::Index; 4],
        new: [prop::sample::Index; 6],
    ) {
        compare(&Side::new(changed(&old)), &Side::new(changed(&new)));
    }

    #[test]
    fn a_model_that_is_not_sound(
        at: prop::sample::Index,
        with in "[a-zA-Z{}/0-9]{0,8}|null|true|17|list note|self|\\[\\]|\\{\\}",
    ) {
        let text = base();
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
        let at = at.index(words.len());
        let replaced = format!("{with}{}", &words[at][words[at].trim_end().len()..]);
        words[at] = &replaced;
        let spoilt = Model::load(ModelSource::Inline(&words.concat())).unwrap();
        let sound = sound(&text);
        Diff::between(&sound, &spoilt);
        Diff::between(&spoilt, &sound);
        if spoilt.findings().is_empty() {
            compare(&Side::new(sound), &Side::new(spoilt));
        }
    }
}
