//! The exchanges of a session against a small model: messages and the subscriptions that
//! bring them.

use icws_spec::traffic::{Body, Exchange, Finding, Traffic};
use serde_json::{Value, json};

use super::house::{answered, connected, model, request, room, told};

fn full(floor: &str) -> Value {
    json!({ "__type": "urn:house:roomsMessage", "isDelta": false, "floor": floor, "added": [room()] })
}

fn delta(floor: &str) -> Value {
    json!({ "__type": "urn:house:roomsMessage", "isDelta": true, "floor": floor, "changed": [{ "number": "1" }] })
}

fn poll(messages: &Value) -> Exchange {
    answered(request("GET", "messages"), 200, messages)
}

fn watch() -> Exchange {
    answered(request("PUT", "subscriptions/floors/2"), 200, &Value::Null)
}

/// All that is told of a session.
fn session(exchanges: &[Exchange]) -> Vec<String> {
    let mut traffic = Traffic::new(model().api());
    let mut findings: Vec<Finding> = exchanges
        .iter()
        .flat_map(|one| traffic.exchange(one))
        .collect();
    findings.extend(traffic.finish());
    told(&findings)
}

#[test]
fn a_session_that_is_followed_from_its_start_has_deltas_behind_full_messages() {
    let good = [
        connected(),
        watch(),
        poll(&json!([full("2"), delta("2")])),
        poll(&json!([delta("2")])),
    ];
    assert_eq!(session(&good), [""; 0]);
    let early = [
        connected(),
        watch(),
        poll(&json!([delta("2"), delta("2"), full("2"), delta("3")])),
    ];
    assert_eq!(
        session(&early),
        [
            "delta-first response body /0: no message in full came before this delta",
            "delta-first response body /3: no message in full came before this delta",
        ]
    );
    // A session that was there before may have had the message.
    assert_eq!(session(&early[1..]), [""; 0]);
    let mut lost = poll(&Value::Null);
    lost.status = None;
    assert_eq!(
        session(&[connected(), watch(), lost, poll(&json!([delta("2")]))]),
        [""; 0]
    );
}

#[test]
fn a_message_belongs_to_a_subscription_wherever_that_stands_in_the_traffic() {
    let unasked = [connected(), poll(&json!([full("2"), full("3")]))];
    assert_eq!(
        session(&unasked),
        [
            "unsubscribed-message response body /0: no operation of the session that brings this message succeeded"
        ]
    );
    assert_eq!(
        session(&[connected(), poll(&json!([full("2")])), watch()]),
        [""; 0]
    );
    let bell = json!([{ "__type": "urn:house:bellMessage", "isDelta": false }]);
    assert_eq!(session(&[connected(), poll(&bell)]), [""; 0]);
}

#[test]
fn messages_are_what_their_types_say() {
    assert_eq!(
        session(&[poll(
            &json!([{ "__type": "urn:house:new" }, {}, 7, { "__type": "urn:house:lamp" }])
        )]),
        [
            "unknown-type response body /0: the model has no such message",
            "missing-type response body /1: a message says by its `__type` what it is",
            "type-mismatch response body /2: a message must be an object, but this is a whole number",
            "other-base response body /3: this `__type` is that of an object, not of a message",
        ]
    );
    assert_eq!(
        session(&[poll(&json!({}))]),
        ["type-mismatch response body : the messages must be an array, but this is an object"]
    );
    // Of an item that has changed only what tells it apart has to be there.
    let mut lacks = delta("2");
    lacks["changed"] = json!([{ "mood": 1 }]);
    lacks["added"] = json!([{ "number": "1" }]);
    assert_eq!(
        session(&[poll(&json!([lacks]))]),
        [
            "missing-property response body /0/changed/0: the required property `number` is missing",
            "missing-property response body /0/added/0: the required property `mood` is missing",
        ]
    );
}

#[test]
fn an_event_stream_has_one_message_in_each_event() {
    let mut stream = poll(&Value::Null);
    stream.response_headers = vec![(
        "Content-Type".to_owned(),
        "text/event-stream;charset=utf-8".to_owned(),
    )];
    let text = format!(
        ":ping\n\ndata: {}\n\ndata: {}\n\ndata: {{\n\ndata: cut",
        full("2"),
        json!({ "__type": "urn:x" })
    );
    stream.response_body = Body::from(text.as_str());
    let expected = [
        "unknown-type event 2 : the model has no such message",
        "unreadable-body event 3 : it is no JSON",
    ];
    assert_eq!(session(&[connected(), watch(), stream.clone()]), expected);
    // What goes on is no request of its own.
    stream.continued = true;
    stream.request_headers.clear();
    assert_eq!(session(&[connected(), watch(), stream]), expected);
}
