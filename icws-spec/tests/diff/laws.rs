//! What holds of any two models: nothing is lost, nothing panics, and the
//! verdict on Rust sources is that of the generated code.

use std::sync::LazyLock;

use icws_spec::diff::Diff;
use icws_spec::diff::rules::{Bump, Verdict};
use icws_spec::{Model, Origin, Pins, export};
use proptest::prelude::*;
use serde_json::Value;

use crate::fixture::{self, Patch, base, lines, sound};
use crate::surface::Surface;

/// The changes of all fixtures.
static PATCHES: LazyLock<Vec<Patch>> = LazyLock::new(|| {
    let fixtures = fixture::all().into_iter();
    fixtures
        .flat_map(|fixture| [fixture.yes, fixture.no])
        .collect()
});

/// The base with some of the changes: those that do not get in each other's
/// way, and leave the model sound.
fn changed(patches: &[prop::sample::Index]) -> Model {
    let mut text = base();
    let mut model = sound(&text);
    for index in patches {
        let Some(next) = index.get(&PATCHES).apply(&text) else {
            continue;
        };
        let candidate = Model::load(Origin::Inline(&next)).unwrap();
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
            items.sort_by_key(Value::to_string);
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

/// What the exported form does not say.
const NOT_EXPORTED: &[&str] = &["properties-reordered", "examples-changed"];

fn compare(old: &Model, new: &Model) {
    let diff = Diff::between(old, new);
    let same = facts(export::model(old.api()), false) == facts(export::model(new.api()), false);
    let told = diff
        .findings
        .iter()
        .any(|change| !NOT_EXPORTED.contains(&change.rule.id));
    assert_eq!(same, !told, "{}", lines(&diff).join("\n"));
    let gone = Surface::of(old).broken_by(&Surface::of(new));
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
    let base = sound(&base());
    for patch in PATCHES.iter() {
        let new = sound(&patch.apply(&fixture::base()).unwrap());
        compare(&base, &new);
        compare(&new, &base);
    }
}

#[test]
fn what_came_with_a_version_is_additive() {
    let everything = std::fs::read_to_string("../icws-generated/tests/everything.yaml").unwrap();
    let pinned = |versions: [(&str, u32); 2]| {
        let pins: Pins = versions
            .map(|(name, version)| (name.to_owned(), version))
            .into();
        sound(&everything).pinned(&pins)
    };
    let steps = [[("rooms", 2), ("plans", 4)], [("rooms", 3), ("plans", 5)]];
    let [old, new] = steps.map(pinned);
    let diff = Diff::between(&old, &new);
    assert_eq!(diff.bump(), Some(Bump::Minor), "{:#?}", lines(&diff));
    let back = Diff::between(&new, &old);
    assert_eq!(back.bump(), Some(Bump::Major));
    compare(&old, &new);
    compare(&new, &old);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_changes_together(
        old: [prop::sample::Index; 4],
        new: [prop::sample::Index; 6],
    ) {
        compare(&changed(&old), &changed(&new));
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
        let spoilt = Model::load(Origin::Inline(&words.concat())).unwrap();
        let sound = sound(&text);
        Diff::between(&sound, &spoilt);
        Diff::between(&spoilt, &sound);
        if spoilt.findings().is_empty() {
            compare(&sound, &spoilt);
        }
    }
}
