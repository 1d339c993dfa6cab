//! Pages imported into a model that extends the shipped one: what is new goes into
//! its own files, and the shipped ones stay as they are.

use std::collections::BTreeSet;

use icws_spec::import::{Merged, Options, check, merge, read};
use icws_spec::{Model, ModelSource};

fn model(text: &str) -> Model {
    let text = format!("icws: 1\nextends: shipped\n{text}");
    let model = Model::load(ModelSource::Inline(&text)).unwrap();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    model
}

fn page(name: &str) -> String {
    std::fs::read_to_string(format!("tests/pages/{name}.txt")).unwrap()
}

/// The callback page with a property and a status more.
fn newer() -> String {
    let added = "snoozed\nBoolean\nWhether it rests.\nsnoozedUntil\nDateTime\nTill when.\nFeature Version\ninteractions 14\n";
    page("callback").replacen("snoozed\nBoolean\nWhether it rests.\n", added, 1)
}

fn merged(page: &str, model: &Model) -> Merged {
    merge(&read("page.txt", page).unwrap(), model, Options::default()).unwrap()
}

#[test]
fn a_change_of_the_shipped_model_is_written_by_hand_as_the_merge_says() {
    let own = model("");
    let merged = merged(&newer(), &own);
    assert!(merged.files.is_empty() && merged.changes.is_empty());
    let [left] = merged.left.as_slice() else {
        panic!("{:#?}", merged.left);
    };
    assert!(left.by_hand);
    assert_eq!(left.file, "shipped:interactions/callback.yaml");
    let question = left.question.as_ref().unwrap();
    let (before, rest) = question.split_once('`').unwrap();
    assert_eq!(before, "the shipped model stays as it is; write under ");
    let change = rest.split('`').nth(2).unwrap();

    let page = read("page.txt", &newer()).unwrap();
    let own = model(&format!("changes:\n  {change}\n"));
    assert_eq!(check(&page, &own).unwrap(), []);
}

#[test]
fn no_text_of_the_shipped_model_changes() {
    // Parameters, statuses and properties that the page lacks.
    let cut = page("callback").replacen("maxAttempts\nInt\nHow often it can be.\n", "", 1);
    let cut = cut.replace("interactions 8", "interactions 9");
    let own = model("");
    let merged = merged(&cut, &own);
    assert!(!merged.left.is_empty());
    let texts = |model: &Model| -> Vec<String> {
        let files = model.sources().files();
        files.map(|(_, file)| file.text.clone()).collect()
    };
    assert_eq!(texts(&merged.model), texts(&own));
}

#[test]
fn a_new_resource_goes_into_the_file_of_its_namespace() {
    let own = model("namespace: rooms\n");
    let merged = merged(&page("base-option"), &own);
    assert!(merged.left.is_empty(), "{:#?}", merged.left);
    assert!(merged.model.findings().is_empty());
    let files = merged.model.sources().files();
    let changed: BTreeSet<&str> = files
        .filter(|(id, _)| merged.files.contains(id))
        .map(|(_, file)| file.path.as_str())
        .collect();
    assert_eq!(changed, BTreeSet::from(["<inline>"]));
    let page = read("page.txt", &page("base-option")).unwrap();
    assert_eq!(check(&page, &merged.model).unwrap(), []);
}

#[test]
fn a_new_resource_goes_into_no_shipped_file() {
    let own = model("");
    let path = "messaging/subscriptions/interactions/{interactionId}/callback";
    let elsewhere = page("callback").replace(path, "interactions/{interactionId}/callback/notes");
    let page = read("page.txt", &elsewhere).unwrap();
    let refusal = merge(&page, &own, Options::default()).unwrap_err();
    assert_eq!(refusal.namespace, "interactions.callback");
}
