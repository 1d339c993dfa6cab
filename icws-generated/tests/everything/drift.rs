//! What a server sends that the model does not know is counted where it is read.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use icws_generated::runtime::Request;
use icws_generated::runtime::drift::{Drift, Unknown};

use crate::rooms::plans::{Clean, Watch};

/// What differs in a response, as text.
fn differs<E: Request>(status: u16, body: &str) -> Vec<String> {
    let drift = Drift::default();
    read::<E>(&drift, status, body);
    drift
        .differences()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn read<E: Request>(drift: &Drift, status: u16, body: &str) {
    let mut response = http::Response::new(Bytes::from(body.to_owned()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    response.extensions_mut().insert(drift.clone());
    let _ = E::parse(response);
}

/// A message with a room in it.
fn message(room: &str) -> String {
    format!(
        r#"[{{"__type":"urn:example:rooms.plans:roomMessage","isDelta":true,"roomId":"1","room":{room}}}]"#
    )
}

#[test]
fn what_the_model_knows_is_no_difference() {
    let room = r#"{"userId":"1","labels":{"any":"name"},"plans":{"a":{"id":"1","page":null,"type":-1}},
        "doors":[1,0,7,-1],"has":131,"furniture":[{"__type":"urn:example:rooms.plans:chair","weight":1,"legs":4}],
        "rooms":[{"inner":{"has":0}}]}"#;
    assert!(differs::<Watch>(200, &message(room)).is_empty());
    assert!(differs::<Clean>(400, r#"{"message":"m","errorId":"error.any"}"#).is_empty());
    assert!(
        differs::<Clean>(299, "").is_empty(),
        "any success is listed"
    );
}

#[test]
fn properties_types_and_numbers_are_found_at_any_depth() {
    let room = r#"{"new":1,"doors":[1,8,8],"has":64,"best":{"__type":"urn:new","x":1},
        "rooms":[{"inner":{"furniture":[{"__type":"urn:example:rooms.plans:chair","weight":1,"legs":4,"wheels":4}]}}],
        "plans":{"a":{"id":"1","page":null,"type":9}}}"#;
    let at = "rooms.plans.watch: ";
    let expected = [
        "the unknown property `new` of `Room`",
        "8, which `everything::rooms::plans::DoorState` has no name for, 2 times",
        "64, which `everything::rooms::plans::Equipment` has no name for",
        "an object of the unknown type `urn:new`",
        "the unknown property `wheels` of `Chair`",
        "9, which `everything::rooms::plans::DoorState` has no name for",
    ];
    let expected: Vec<_> = expected.iter().map(|text| format!("{at}{text}")).collect();
    assert_eq!(differs::<Watch>(200, &message(room)), expected);
}

#[test]
fn bits_are_a_difference_when_one_of_them_has_no_name() {
    for (number, is_known) in [
        (0, true),
        (1, true),
        (130, true),
        (131, true),
        (132, false),
        (-1, false),
    ] {
        let differences = differs::<Watch>(200, &message(&format!(r#"{{"has":{number}}}"#)));
        assert_eq!(
            differences.is_empty(),
            is_known,
            "{number}: {differences:?}"
        );
    }
}

#[test]
fn errors_messages_and_statuses_are_looked_at() {
    assert_eq!(
        differs::<Clean>(400, r#"{"message":"m","hint":"h"}"#),
        ["rooms.plans.clean: the unknown property `hint` of `Error`"]
    );
    assert_eq!(
        differs::<Clean>(418, "<html>"),
        ["rooms.plans.clean: the undocumented status 418"]
    );
    assert_eq!(
        differs::<Watch>(
            200,
            r#"[{"__type":"urn:new"},{"x":1},{"__type":"urn:new"}]"#
        ),
        [
            "rooms.plans.watch: an object of the unknown type `urn:new`, 2 times",
            "rooms.plans.watch: an object without a `__type`",
        ]
    );
}

#[test]
fn each_kind_is_told_once_and_no_value_is() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let drift = Drift::new({
        let told = Arc::clone(&told);
        move |difference| told.lock().unwrap().push(difference.to_string())
    });
    for _ in 0..100 {
        read::<Watch>(&drift, 200, &message(r#"{"pin":"hush","doors":[8]}"#));
        read::<Watch>(&drift, 418, "hush");
        read::<Clean>(&drift, 418, "hush");
    }
    assert_eq!(told.lock().unwrap().len(), 4);
    let counts: Vec<_> = drift.differences().iter().map(|one| one.count).collect();
    assert_eq!(counts, [100; 4]);
    assert!(!format!("{drift:?}{drift:#?}").contains("hush"));
}

#[test]
fn a_server_that_makes_names_up_is_bounded() {
    let drift = Drift::default();
    let long = "x".repeat(100_000);
    for number in 0..1000 {
        let room = format!(
            r#"{{"{number}\u001b[31m\n\u202e{long}":1,"doors":[{}]}}"#,
            number + 100
        );
        read::<Watch>(&drift, 200, &message(&room));
    }
    assert_eq!(drift.differences().len(), 256);
    assert_eq!(drift.others(), 2000 - 256);
    let text = format!("{drift:?}");
    assert!(text.len() < 256 * 500, "{}", text.len());
    for difference in drift.differences() {
        let text = difference.to_string();
        assert!(
            text.chars().all(|c| !c.is_control() && c != '\u{202e}'),
            "{text}"
        );
    }
    // What is known by then is counted on.
    let first = &drift.differences()[0];
    let Unknown::Property { name, object, .. } = &first.what else {
        panic!("{first:?}");
    };
    assert!(
        name.starts_with("0\\u{1b}[31m\\n\\u{202e}xx") && *object == "Room",
        "{name}"
    );
}
