//! Each rule of `diff` has a change that it is about and one that it is not,
//! with all that must come of both. `UPDATE_EXPECT=1` writes the findings anew.

mod fixture;
mod laws;
mod naming;
mod surface;

use std::fs;
use std::path::{Path, PathBuf};

use fixture::{Fixture, Patch, base, lines, sound};
use icws_spec::diff::Diff;
use icws_spec::diff::rules;
use icws_spec::{Model, ModelSource};

fn findings(patch: &Patch) -> Vec<String> {
    let text = base();
    let changed = patch.apply(&text).unwrap_or_else(|| panic!("{patch:?}"));
    lines(&Diff::between(&sound(&text), &sound(&changed)))
}

fn is_about(line: &str, rule: &str) -> bool {
    line.split(' ').next() == Some(rule)
}

#[test]
fn every_rule_has_a_change_that_it_is_about_and_one_that_it_is_not() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for rule in rules::ALL {
        let path = PathBuf::from(format!("tests/diff/rules/{}.txt", rule.id));
        let mut fixture = Fixture::read(&path);
        let (yes, no) = (findings(&fixture.yes), findings(&fixture.no));
        let about = |lines: &[String]| lines.iter().any(|line| is_about(line, rule.id));
        assert!(about(&yes), "{}: {yes:#?}", rule.id);
        assert!(!about(&no), "{}: {no:#?}", rule.id);
        if update {
            fixture.yes.expected.clone_from(&yes);
            fixture.no.expected.clone_from(&no);
            fixture.write();
        }
        let expected = (fixture.yes.expected, fixture.no.expected);
        assert_eq!((yes, no), expected, "{}", rule.id);
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    for fixture in fixture::all() {
        let stem = fixture.path.file_stem().unwrap().to_str().unwrap();
        assert!(rules::by_id(stem).is_some(), "{stem}");
    }
}

/// Every model of the tests that is sound, but for those that extend the shipped one, which
/// is as large as that with each of them.
fn models(folder: &Path, found: &mut Vec<Model>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            models(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            if fs::read_to_string(&path).unwrap().contains("\nextends: ") {
                continue;
            }
            let model = Model::load(ModelSource::Path(&path)).unwrap();
            found.extend(model.findings().is_empty().then_some(model));
        }
    }
}

#[test]
fn nothing_changed_between_a_model_and_itself() {
    let mut all = vec![crate::shipped().clone()];
    models(Path::new("tests"), &mut all);
    models(Path::new("../icws-generated/tests"), &mut all);
    assert!(all.len() > 30, "{}", all.len());
    for model in &all {
        let diff = Diff::between(model, model);
        assert_eq!(diff.findings, [], "{:?}", model.sources().files().next());
        assert_eq!(diff.bump(), None);
    }
}
