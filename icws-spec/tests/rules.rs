//! Each rule has a model that breaks it, the text that says so, and a twin that
//! does not. `UPDATE_EXPECT=1` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};

use icws_spec::rules;
use icws_spec::{Finding, Model, ModelSource};

fn findings(path: &Path) -> Vec<Finding> {
    Model::load(ModelSource::Path(path))
        .unwrap()
        .findings()
        .to_vec()
}

#[test]
fn every_rule_has_a_broken_model_and_a_clean_twin() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for rule in rules::ALL {
        // Relative, so that the texts are the same everywhere.
        let file = |ending: &str| PathBuf::from(format!("tests/rules/{}{ending}", rule.id));
        let broken = findings(&file(".yaml"));
        assert!(!broken.is_empty(), "{} is not broken", rule.id);
        for finding in &broken {
            assert_eq!(finding.rule, rule.id, "{finding}");
        }
        let text: String = broken
            .iter()
            .map(|finding| format!("{finding}\n\n"))
            .collect();
        if update {
            fs::write(file(".txt"), &text).unwrap();
        }
        assert_eq!(
            text,
            fs::read_to_string(file(".txt")).unwrap(),
            "{}",
            rule.id
        );
        let clean = findings(&file(".clean.yaml"));
        assert!(clean.is_empty(), "{}: {}", rule.id, clean[0]);
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    for entry in fs::read_dir("tests/rules").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.split('.').next().unwrap();
        assert!(stem == "parts" || rules::by_id(stem).is_some(), "{name}");
    }
}
