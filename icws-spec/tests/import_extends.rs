//! Pages imported into a model that extends the shipped one: what is new goes into
//! its own files, and the shipped ones stay as they are.

use std::collections::BTreeSet;

use crate::pages::{merged, page, text, text_with};
use icws_spec::import::{Options, Page, check, merge, read};
use icws_spec::{Model, ModelSource};

fn model(text: &str) -> Model {
    let text = format!("icws: 1\nextends: shipped\n{text}");
    crate::sound(ModelSource::Inline(&text))
}

/// The callback page with a property and a status more.
fn newer() -> Page {
    let added = "snoozed\nBoolean\nWhether it rests.\nsnoozedUntil\nDateTime\nTill when.\nFeature Version\ninteractions 14\n";
    page(
        "callback",
        &[("snoozed\nBoolean\nWhether it rests.\n", added)],
    )
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

    let own = model(&format!("changes:\n  {change}\n"));
    assert_eq!(check(&newer(), &own).unwrap(), []);
}

#[test]
fn no_text_of_the_shipped_model_changes() {
    // Parameters, statuses and properties that the page lacks.
    let cut = text_with(
        "callback",
        &[("maxAttempts\nInt\nHow often it can be.\n", "")],
    );
    let cut = cut.replace("interactions 8", "interactions 9");
    let own = model("");
    let merged = merged(&read("page.txt", &cut).unwrap(), &own);
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
    let page = page("base-option", &[]);
    let merged = merged(&page, &own);
    assert!(merged.left.is_empty(), "{:#?}", merged.left);
    assert!(merged.model.findings().is_empty());
    let files = merged.model.sources().files();
    let changed: BTreeSet<&str> = files
        .filter(|(id, _)| merged.files.contains(id))
        .map(|(_, file)| file.path.as_str())
        .collect();
    assert_eq!(changed, BTreeSet::from(["<inline>"]));
    assert_eq!(check(&page, &merged.model).unwrap(), []);
}

#[test]
fn a_new_resource_goes_into_no_shipped_file() {
    let own = model("");
    let path = "messaging/subscriptions/interactions/{interactionId}/callback";
    let elsewhere = text("callback").replace(path, "interactions/{interactionId}/callback/notes");
    let page = read("page.txt", &elsewhere).unwrap();
    let refusal = merge(&page, &own, Options::default()).unwrap_err();
    assert_eq!(refusal.namespace, "interactions.callback");
}
