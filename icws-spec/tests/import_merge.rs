//! Pages merged into a model in place, and held against one.

use std::path::Path;

use crate::pages::spoil::spoilt;
use crate::pages::{changed, merged, page, said, text, texts};
use icws_spec::import::{Options, check, merge, read, write};
use icws_spec::{Model, ModelSource};
use proptest::prelude::*;

/// A model written by hand in a style of its own, which says what the page
/// `messages` says.
pub const HAND: &str = include_str!("pages/hand/visitors.yaml");

pub fn hand() -> Model {
    crate::sound(ModelSource::Inline(HAND))
}

/// What a change of the page makes of the model: what differs, and the lines
/// that change. What was changed differs no more, and once is enough.
pub fn changes(edits: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let page = page("messages", edits);
    let model = hand();
    let found = check(&page, &model).unwrap();
    for deviation in &found {
        assert!(
            deviation.page_line > 1 && deviation.line > 1 && deviation.column > 1,
            "{deviation:?}"
        );
    }
    let first = merged(&page, &model);
    assert_eq!(first.left, []);
    assert_eq!(first.model.findings(), []);
    assert_eq!(
        check(&page, &first.model).unwrap(),
        [],
        "{}",
        texts(&first.model)
    );
    let again = merged(&page, &first.model);
    assert!(again.files.is_empty() && again.changes.is_empty());
    let found = found
        .into_iter()
        .map(|deviation| deviation.message)
        .collect();
    (found, changed(HAND, &texts(&first.model)))
}

#[track_caller]
pub fn assert_change(edits: &[(&str, &str)], found: &[&str], lines: &[&str]) {
    let (messages, changed) = changes(edits);
    assert_eq!(messages, found);
    assert_eq!(changed, lines);
}

#[test]
fn what_says_the_same_stays_as_it_is() {
    assert_change(&[], &[], &[]);
}

#[test]
fn a_new_property_stands_behind_the_one_before_it() {
    assert_change(
        &[(
            "added\nList [Unbounded]: String\nWho came.\n",
            "left\nString\nWho went.\nFeature Version\nrooms 9\nadded\nList [Unbounded]: String\nWho came.\n",
        )],
        &["`visitorsMessage` has no property `left` in the model"],
        &["+ left: { type: string, doc: \"To be described.\", since: rooms 9 }"],
    );
}

#[test]
fn facts_of_a_property() {
    assert_change(
        &[(
            "added\nList [Unbounded]: String\nWho came.\n",
            "added\nList [Unbounded]: Int\n\nRequired\n\nThis property can be null.\n\nThe value represented by this property should be treated as case-insensitive.\nFeature Version\nrooms 5\n",
        )],
        &[
            "`added` is `list int` on the page, `list string` in the model",
            "`added` is required on the page, optional in the model",
            "`added` can be null on the page, not in the model",
            "`added` ignores case on the page, not in the model",
            "`added` has `rooms 5` on the page, no version in the model",
        ],
        &[
            "- type: list string # by name",
            "+ type: list int # by name",
            "+ nullable: true",
            "+ ignore_case: true",
            "+ since: rooms 5",
        ],
    );
}

#[test]
fn what_a_property_no_longer_is() {
    assert_change(
        &[(
            "text\nString\n\nRequired\n\nThe words.",
            "text\nString\n\nConditionally Required\n\nThe words.",
        )],
        &["`text` is conditionally required on the page, required in the model"],
        &[
            "- text: { type: string, required: true, doc: 'What was said, word by word; the \"words\".' }",
            "+ text: { type: string, required: conditionally, doc: 'What was said, word by word; the \"words\".' }",
        ],
    );
    assert_change(
        &[(
            "clientStateIsFresh\nBoolean\n\nRequired\n",
            "clientStateIsFresh\nBoolean\n",
        )],
        &["`clientStateIsFresh` is optional on the page, required in the model"],
        &[
            "- properties: { clientStateIsFresh: { required: true, type: boolean } }",
            "+ properties: { clientStateIsFresh: { type: boolean } }",
        ],
    );
}

#[test]
fn a_property_that_is_gone() {
    assert_change(
        &[("added\nList [Unbounded]: String\nWho came.\n", "")],
        &["`visitorsMessage` has no `added` on the page"],
        &[
            "- added:",
            "- type: list string # by name",
            "- delta: append # to who came before",
            "- doc: |",
            "- Who came,",
            "- since the last message.",
        ],
    );
}

#[test]
fn values_of_an_enumeration() {
    let model = crate::sound(ModelSource::Inline(include_str!("pages/hand/lights.yaml")));
    let texts_of = |edits: &[(&str, &str)]| {
        let page = page("enumerations", edits);
        let merged = merged(&page, &model);
        let lines = changed(&texts(&model), &texts(&merged.model));
        let left: Vec<_> = said(&merged.left)
            .iter()
            .map(|left| (*left).to_owned())
            .collect();
        (lines, left)
    };
    assert_eq!(texts_of(&[]), (vec![], vec![]));
    let lines = |lines: &[&str]| {
        lines
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts_of(&[
            ("dimmed\n7\n", "dimmed\n8\n"),
            ("Inside\n-1\n", "Inside\n-1\nOutside\n4\n")
        ]),
        (
            lines(&[
                "- dimmed: { value: 7, doc: Somewhere between., since: rooms 11 }",
                "- values: { None: 0, Inside: -1 } # where",
                "+ dimmed: { value: 8, doc: Somewhere between., since: rooms 11 }",
                "+ values: { None: 0, Inside: -1, Outside: 4 } # where",
            ]),
            vec![]
        )
    );
    assert_eq!(
        texts_of(&[("Inside\n-1\n", "")]),
        (
            lines(&[
                "- values: { None: 0, Inside: -1 } # where",
                "+ values: { None: 0 } # where",
            ]),
            vec![]
        )
    );
    // What stands between two enumerations can be of either, and what repeats a
    // number is of another one.
    for (from, to, left) in [
        (
            "None\n0\n",
            "blinking\n9\nNone\n0\n",
            "`lights` has no enumeration with the value `blinking` 9 in the model",
        ),
        (
            "Inside\n-1\n",
            "Inside\n-1\nnew\n0\nold\n1\n",
            "`lights` has no enumeration with the value `new` 0 in the model",
        ),
    ] {
        assert_eq!(texts_of(&[(from, to)]), (vec![], lines(&[left])));
    }
}

/// The model that the page of options makes.
fn furniture() -> Model {
    let page = page("options", &[]);
    let written = write(&[page], crate::shipped(), Options::default()).unwrap();
    Model::load(ModelSource::Inline(&written.yaml)).unwrap()
}

#[test]
fn an_option_comes() {
    let model = furniture();
    let page = page(
        "options",
        &[(
            "boards\nInt\nHow many.\n",
            "boards\nInt\nHow many.\n__type\n\"urn:inin.com:rooms:table\"\nRequired\nweight\nDouble\n",
        )],
    );
    let merged = merged(&page, &model);
    assert_eq!(
        merged.changes[0].message,
        "`furniture` has no option `urn:inin.com:rooms:table` in the model"
    );
    assert_eq!(check(&page, &merged.model).unwrap(), []);
    assert!(texts(&merged.model).contains("urn: urn:inin.com:rooms:table\n    base: furniture\n"));
}

#[test]
fn what_cannot_be_changed_is_left() {
    let model = furniture();
    let whole = text("options");
    let (before, rest) = whole
        .split_once("__type\n\"urn:inin.com:rooms:shelf\"")
        .unwrap();
    let page = read(
        "page.txt",
        &format!(
            "{before}\nResponse{}",
            rest.split_once("\nResponse").unwrap().1
        ),
    )
    .unwrap();
    let merged = merged(&page, &model);
    assert_eq!(merged.left.len(), 1);
    assert_eq!(
        merged.left[0].message,
        "`furniture` has no option `shelf` on the page"
    );
}

#[test]
fn what_would_break_the_model_is_left_and_the_rest_is_changed() {
    // The flag of a delta has to be required.
    let page = page(
        "messages",
        &[
            ("isDelta\nBoolean\n\nRequired\n", "isDelta\nBoolean\n"),
            (
                "added\nList [Unbounded]: String",
                "added\nList [Unbounded]: Int",
            ),
        ],
    );
    let merged = merged(&page, &hand());
    assert_eq!(
        said(&merged.changes),
        ["`added` is `list int` on the page, `list string` in the model"]
    );
    assert_eq!(
        said(&merged.left),
        ["`isDelta` is optional on the page, required in the model"]
    );
    assert_eq!(merged.refused[0].rule, "delta-flag");
    assert!(merged.model.findings().is_empty());
}

#[test]
fn what_has_a_source_elsewhere_is_no_difference() {
    let sourced = HAND.replace(
        "      # A part",
        "      wave: { type: int, source: Seen on the wire. }\n      # A part",
    );
    assert_ne!(sourced, HAND);
    let model = Model::load(ModelSource::Inline(&sourced)).unwrap();
    assert_eq!(check(&page("messages", &[]), &model).unwrap(), []);
}

#[test]
fn gaps_of_new_parts_are_left_open() {
    let whole = text("messages");
    let (put, delete) = whole.split_once("\nDELETE\n").unwrap();
    let new = put.replace("watchResult", "newResult").replacen(
        "clientStateIsFresh\n",
        "quiet\n0\nloud\n1\nclientStateIsFresh\n",
        1,
    );
    let new = new.split_once("\nPUT\n").unwrap().1;
    let page = read("page.txt", &format!("{put}\nPOST\n{new}\nDELETE\n{delete}")).unwrap();
    let first = merged(&page, &hand());
    assert_eq!((first.open.len(), first.left.len()), (1, 0));
    assert!(
        first
            .model
            .findings()
            .iter()
            .all(|finding| finding.rule == "open-todo")
    );
    assert_eq!(first.model.findings().len(), 2);
    let again = merged(&page, &first.model);
    assert!(again.files.is_empty(), "{:?}", again.changes);
}

#[test]
fn the_shipped_model_takes_a_newer_page() {
    let model = Model::load(ModelSource::Path(Path::new("model"))).unwrap();
    let newer = page(
        "callback",
        &[(
            "snoozed\nBoolean\nWhether it rests.\n",
            "snoozed\nBoolean\nWhether it rests.\nsnoozedUntil\nDateTime\nTill when.\nFeature Version\ninteractions 9\n",
        )],
    );
    let merged = merged(&newer, &model);
    assert_eq!(merged.files.len(), 1);
    assert_eq!(
        changed(&texts(&model), &texts(&merged.model)),
        ["+ snoozedUntil: { type: dateTime, doc: \"To be described.\", since: interactions 9 }"]
    );
}

#[test]
fn line_ends_and_a_missing_last_one_are_kept() {
    let windows = HAND.trim_end().replace('\n', "\r\n");
    let model = Model::load(ModelSource::Inline(&windows)).unwrap();
    let page = page(
        "messages",
        &[
            ("410 - Gone", "409 - Conflict"),
            ("added\nList", "left\nInt\nadded\nList"),
        ],
    );
    let merged = merged(&page, &model);
    assert_eq!(check(&page, &merged.model).unwrap(), []);
    let text = texts(&merged.model);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

proptest! {
    // Each case makes, and makes again, a whole model.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_page_the_model_stays_sound(text in spoilt(vec!["messages".to_owned()], &[])) {
        let Ok(page) = read("spoilt", &text) else { return Ok(()) };
        let Ok(merged) = merge(&page, &hand(), Options::default()) else { return Ok(()) };
        let expected = ["open-todo", "example-contradicts-model"];
        let odd = merged.model.findings().iter().find(|finding| !expected.contains(&finding.rule));
        prop_assert!(odd.is_none(), "{}\n{}", odd.unwrap(), texts(&merged.model));
        // Only what goes takes its comments along.
        for comment in ["# Written by hand", "# How a watch stands.", "# Asked for by the caretakers."] {
            prop_assert!(texts(&merged.model).contains(comment), "{comment}");
        }
        let again = merge(&page, &merged.model, Options::default()).unwrap();
        prop_assert!(again.files.is_empty(), "{:?}\n{}", again.changes, texts(&merged.model));
    }
}
