//! What a page cannot say of deltas is asked, and kept where the model says it.

use crate::pages::{self, merged, texts};
use icws_spec::import::{Options, Page, check, write};
use icws_spec::{Model, ModelSource};

/// A page with some of its text replaced, each piece once.
fn page(changes: &[(&str, &str)]) -> Page {
    pages::page("messages", changes)
}

/// A model written by hand, which says what the page says.
const HAND: &str = include_str!("pages/hand/visitors.yaml");

/// The text of that model with a piece replaced.
fn hand_with(from: &str, to: &str) -> String {
    assert!(HAND.contains(from), "{from}");
    HAND.replacen(from, to, 1)
}

fn inline(text: &str) -> Model {
    crate::sound(ModelSource::Inline(text))
}

/// The lines that a text had and the model has no more, and those that are new.
fn changed(before: &str, after: &Model) -> Vec<String> {
    pages::changed(before, &texts(after))
}

#[test]
fn what_a_delta_does_to_a_list_of_a_new_page_is_a_question() {
    let shipped = crate::shipped();
    let written = write(&[page(&[])], shipped, Options::default()).unwrap();
    assert_eq!(written.open.len(), 1);
    let mut lines = written.yaml.lines().map(str::trim);
    assert!(lines.any(|line| line.starts_with("# TODO (page line ")));
    assert_eq!(
        lines.next(),
        Some("added: { type: list string, delta: replace, doc: \"To be described.\" }")
    );
    let model = Model::load(ModelSource::Inline(&written.yaml)).unwrap();
    assert_eq!(model.findings().len(), 1);
    assert_eq!(model.findings()[0].rule, "open-todo");
}

#[test]
fn what_a_delta_does_to_a_new_list_is_a_question() {
    let page = page(&[(
        "added\nList [Unbounded]: String\nWho came.\n",
        "added\nList [Unbounded]: String\nWho came.\nleft\nList [1,*]: String\nWho went.\n",
    )]);
    let first = merged(&page, &inline(HAND));
    assert_eq!((first.open.len(), first.left.len()), (1, 0));
    let lines = changed(HAND, &first.model);
    assert!(lines[0].starts_with("+ # TODO (page line "), "{lines:?}");
    assert_eq!(
        lines[1..],
        ["+ left: { type: \"list[1..*] string\", delta: replace, doc: \"To be described.\" }"]
    );
    let found = first.model.findings();
    assert_eq!((found.len(), found[0].rule), (1, "open-todo"));
    // In a message without a state there is nothing to ask.
    let event = hand_with("    delta: { flag: isDelta, key: roomId }\n", "");
    let event = event.replace("        delta: append # to who came before\n", "");
    let first = merged(&page, &inline(&event));
    assert_eq!((first.open.len(), first.left.len()), (0, 0));
    assert_eq!(first.model.findings(), []);
}

#[test]
fn what_a_delta_does_and_what_tells_apart_are_kept() {
    // The page has no words for either.
    let own = hand_with(
        "    properties: { clientStateIsFresh:",
        "    id: [clientStateIsFresh]\n    properties: { clientStateIsFresh:",
    )
    .replace("delta: append", "delta: added");
    let model = inline(&own);
    assert_eq!(check(&page(&[]), &model).unwrap(), []);
    let same = merged(&page(&[]), &model);
    assert!(same.files.is_empty() && same.changes.is_empty());
    let newer = page(&[
        (
            "clientStateIsFresh\nBoolean\n\nRequired\n",
            "clientStateIsFresh\nBoolean\n",
        ),
        (
            "added\nList [Unbounded]: String\n",
            "added\nList [1,*]: String\n\nThis property can be null.\n\n",
        ),
    ]);
    let merged = merged(&newer, &model);
    assert_eq!((merged.left.len(), merged.open.len()), (0, 0));
    assert_eq!(merged.model.findings(), []);
    assert_eq!(
        changed(&own, &merged.model),
        [
            "- properties: { clientStateIsFresh: { required: true, type: boolean } }",
            "- type: list string # by name",
            "+ properties: { clientStateIsFresh: { type: boolean } }",
            "+ type: \"list[1..*] string\" # by name",
            "+ nullable: true",
        ]
    );
}

#[test]
fn a_type_that_a_delta_cannot_treat_so_is_left() {
    let model = inline(&hand_with("delta: append", "delta: added"));
    let page = page(&[(
        "added\nList [Unbounded]: String",
        "added\nList [Unbounded]: Int",
    )]);
    let merged = merged(&page, &model);
    assert_eq!(
        merged.left[0].message,
        "`added` is `list int` on the page, `list string` in the model"
    );
    assert_eq!(merged.refused[0].rule, "delta-rule");
    assert!(merged.files.is_empty());
}
