//! Pages merged into a model in place, and held against one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::pages::spoil::spoilt;
use crate::pages::text;
use icws_spec::import::{Deviation, Merged, Options, Page, check, merge, read, write};
use icws_spec::{Model, ModelSource};
use proptest::prelude::*;

/// A page with some of its text replaced, each piece once.
fn page(name: &str, changes: &[(&str, &str)]) -> Page {
    let mut text = text(name);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    read("page.txt", &text).unwrap()
}

/// A model written by hand in a style of its own, which says what the page
/// `messages` says.
const HAND: &str = include_str!("pages/hand/visitors.yaml");

fn hand() -> Model {
    let model = Model::load(ModelSource::Inline(HAND)).unwrap();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    model
}

fn merged(page: &Page, model: &Model) -> Merged {
    merge(page, model, Options::default()).unwrap()
}

fn said(deviations: &[Deviation]) -> Vec<&str> {
    let said = deviations.iter();
    said.map(|deviation| deviation.message.as_str()).collect()
}

fn texts(model: &Model) -> String {
    let files = model.sources().files();
    files.map(|(_, file)| file.text.as_str()).collect()
}

/// The lines that one text has and the other does not, `-` and `+` before them.
fn changed(before: &str, after: &str) -> Vec<String> {
    let old: BTreeSet<&str> = before.lines().collect();
    let new: BTreeSet<&str> = after.lines().collect();
    let gone = before.lines().filter(|line| !new.contains(line));
    let come = after.lines().filter(|line| !old.contains(line));
    gone.map(|line| format!("- {}", line.trim()))
        .chain(come.map(|line| format!("+ {}", line.trim())))
        .collect()
}

/// What a change of the page makes of the model: what differs, and the lines
/// that change. What was changed differs no more, and once is enough.
fn changes(edits: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
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
fn assert_change(edits: &[(&str, &str)], found: &[&str], lines: &[&str]) {
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
fn a_new_status_and_one_that_is_gone() {
    assert_change(
        &[
            ("400 - Bad Request", "409 - Conflict"),
            (
                "410 - Gone\nNo longer there.\n",
                "503 - Service Unavailable\nNot now.\n",
            ),
        ],
        &[
            "PUT has no status 400 on the page",
            "PUT has no status 410 on the page",
            "PUT has no reply 409 in the model",
            "PUT has no reply 503 in the model",
        ],
        &[
            "- 400: { use: badRequest, doc: Not a room. }",
            "+ 409: { doc: \"Conflict.\", body: error }",
            "+ 503: { doc: \"Service Unavailable.\", body: error }",
        ],
    );
}

#[test]
fn a_message_that_is_named_twice_follows_once() {
    assert_change(
        &[(
            "204 - No Content\nNo longer watched.\n",
            "204 - No Content\nNo longer watched.\nAssociated Message\nsaidMessage\nsaidMessage\n",
        )],
        &[],
        &[],
    );
}

#[test]
fn parameters_come_go_and_change() {
    assert_change(
        &[(
            "Response\n\n200",
            "Query\nquiet\nWithout a sound.\nFeature Version\nrooms 9\nResponse\n\n200",
        )],
        &["PUT has no parameter `quiet` in the model"],
        &[
            "+ parameters: [{ name: quiet, in: query, type: string, doc: \"To be described.\", since: rooms 9 }]",
        ],
    );
    // One that all methods had: the others keep it.
    assert_change(
        &[(
            "Header\n    Cookie\n\n    Required\n\n    The cookie of the session.\n",
            "",
        )],
        &["`Cookie` is no parameter of PUT on the page"],
        &["- - cookie", "+ parameters: [cookie]"],
    );
    // One that the methods no longer have alike: each has its own.
    let (found, lines) = changes(&[("Cookie\n\n    Required\n", "Cookie\n")]);
    assert_eq!(found, ["`Cookie` is optional on the page"]);
    assert_eq!(
        lines,
        [
            "- - cookie",
            "+ parameters: [{ name: Cookie, in: header, type: string, session: cookie }]",
            "+ parameters: [cookie]",
        ]
    );
}

#[test]
fn a_shared_reply_that_no_longer_fits() {
    assert_change(
        &[(
            "401 - Unauthorized\nNo such session.\nParameters\nType\nName\nComments\nHeader\nWWW-Authenticate\n\nRequired\n",
            "401 - Unauthorized\nNo such session.\nParameters\nType\nName\nComments\nHeader\nWWW-Authenticate\n",
        )],
        &["the header `WWW-Authenticate` is optional on the page"],
        &["+ 401: { body: error, headers: { WWW-Authenticate: { type: challenge } } }"],
    );
}

#[test]
fn a_header_of_a_shared_reply_that_is_always_there() {
    let required = "WWW-Authenticate: { type: challenge, required: true }";
    assert!(HAND.contains(required));
    let hand = HAND.replace(required, "WWW-Authenticate: { type: challenge }");
    let model = Model::load(ModelSource::Inline(&hand)).unwrap();
    let merged = merged(&page("messages", &[]), &model);
    let lines = changed(&texts(&model), &texts(&merged.model));
    // What others share stays as it is.
    let gone = "- 401: unauthorized";
    let come = "+ 401: { body: error, headers: { WWW-Authenticate: { type: challenge, required: true } } }";
    assert_eq!(lines, [gone, gone, come, come]);
}

#[test]
fn headers_content_messages_errors_and_bodies() {
    assert_change(
        &[(
            "200 - OK\nWatched from now on.\n",
            "200 - OK\nWatched from now on.\nParameters\nType\nName\nComments\nHeader\nLocation\n\nRequired\n\nWhere.\nHeader\nETag\nWhich.\n",
        )],
        &[
            "200 has no header `Location` in the model",
            "200 has no header `ETag` in the model",
        ],
        &[
            "+ headers:",
            "+ Location: { type: string, required: true, doc: \"To be described.\" }",
            "+ ETag: { type: string, doc: \"To be described.\" }",
        ],
    );
    assert_change(
        &[("Associated Message\nThe last words.\nsaidMessage\n", "")],
        &["204 has no message `saidMessage` on the page"],
        &[
            "- 204: { messages: [saidMessage], doc: Over. }",
            "+ 204: { doc: Over. }",
        ],
    );
    assert_change(
        &[(
            "204 - No Content\nNo longer watched.\n",
            "204 - No Content\nNo longer watched.\nError Responses\nError Identifier\nError Type\nError Description\nerror.request.late\nIt is late.\n",
        )],
        &["204 has no error `error.request.late` in the model"],
        &[
            "- 204: { messages: [saidMessage], doc: Over. }",
            "+ 204: { messages: [saidMessage], errors: { error.request.late: { doc: \"To be described.\" } }, doc: Over. }",
        ],
    );
    assert_change(
        &[("watchResult\nHow it stands.\n", "watched\nHow it stands.\n")],
        &["200 has `watched` on the page, `watchResult` in the model"],
        &[
            "- body: watchResult",
            "+ watched:",
            "+ doc: \"To be described.\"",
            "+ clientStateIsFresh: { type: boolean, required: true, doc: \"To be described.\" }",
            "+ body: watched",
        ],
    );
}

#[test]
fn versions_at_each_level() {
    let path = "/icws/{sessionId}/messaging/subscriptions/rooms/{roomId}/visitors\n";
    let (found, lines) = changes(&[
        (path, &format!("{path}\nFeature Version\nrooms 4\n")),
        (
            "Watches the visitors.\n",
            "Watches the visitors.\nFeature Version\ndoors 7\n",
        ),
        ("rooms 4\nProperty", "rooms 5\nProperty"),
        (
            "401 - Unauthorized\nNo such session.\n",
            "401 - Unauthorized\nNo such session.\nFeature Version\nrooms 6\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "the resource has `rooms 4` on the page, no version in the model",
            "PUT has `doors 7` on the page, no version in the model",
            "`saidMessage` has `rooms 5` on the page, `rooms 4` in the model",
            "the status 401 has `rooms 6` on the page, no version in the model",
        ]
    );
    // A feature that the model does not know is declared.
    let features = "+ features: { rooms: { doc: Rooms. }, doors: { doc: \"To be described.\" } }";
    assert!(lines.contains(&features.to_owned()), "{lines:?}");
}

#[test]
fn a_method_comes_and_one_that_is_missing_is_a_question() {
    let whole = text("messages");
    let (put, delete) = whole.split_once("\nDELETE\n").unwrap();
    let get = format!("{put}\nGET\n{delete}");
    let page = read("page.txt", &get).unwrap();
    let merged = merged(&page, &hand());
    assert_eq!(said(&merged.changes), ["the model has no GET here"]);
    assert_eq!(said(&merged.left), ["the page has no DELETE"]);
    let text = texts(&merged.model);
    assert!(
        text.contains("name: getVisitors") && text.contains("unwatch"),
        "{text}"
    );
    assert!(text.contains("    # Asked for by the caretakers."));
}

fn lights() -> Model {
    let model = Model::load(ModelSource::Inline(include_str!("pages/hand/lights.yaml"))).unwrap();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    model
}

#[test]
fn values_of_an_enumeration() {
    let model = lights();
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

#[test]
fn an_option_comes() {
    let yaml = write(
        &[page("options", &[])],
        crate::shipped(),
        Options::default(),
    )
    .unwrap()
    .yaml;
    let model = Model::load(ModelSource::Inline(&yaml)).unwrap();
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
    let yaml = write(
        &[page("options", &[])],
        crate::shipped(),
        Options::default(),
    )
    .unwrap()
    .yaml;
    let model = Model::load(ModelSource::Inline(&yaml)).unwrap();
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
fn a_resource_goes_into_the_file_of_its_namespace() {
    let merged = merged(&page("parameters", &[]), &hand());
    assert_eq!(merged.changes.len(), 1);
    assert_eq!(check(&page("parameters", &[]), &merged.model).unwrap(), []);
    assert!(texts(&merged.model).starts_with(HAND.split("objects:").next().unwrap()));
    let none = merge(&page("callback", &[]), &hand(), Options::default()).unwrap_err();
    assert_eq!(none.namespace, "interactions.callback");
    assert!(check(&page("callback", &[]), &hand()).is_none());
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
