//! Single exchanges against a small model: each rule by what breaks it.

use icws_spec::traffic::{Body, Exchange, Finding, Traffic};
use serde_json::{Value, json};

use super::house::{answered, connected, model, request, room, told};

fn rooms(body: &Value) -> Exchange {
    answered(request("GET", "rooms/1?limit=1"), 200, body)
}

fn check(exchange: &Exchange) -> Vec<String> {
    told(&Traffic::new(model().api()).exchange(exchange))
}

fn check_room(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut room = room();
    change(&mut room);
    check(&rooms(&room))
}

#[test]
fn what_the_model_says_has_no_finding() {
    let all = json!({
        "number": "1", "mood": 1, "marks": 5, "area": null, "seen": "20201029T082018Z",
        "tag": "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2", "doors": [1, 2], "labels": { "a": "b" },
        "thing": { "watts": 60, "__type": "urn:house:lamp", "name": "x" }, "locked": true,
    });
    assert_eq!(check(&rooms(&all)), [""; 0]);
    assert_eq!(check(&connected()), [""; 0]);
    let mut put = answered(request("PUT", "rooms/1"), 204, &Value::Null);
    put.request_body = Body::from(all.to_string().as_str());
    assert_eq!(check(&put), [""; 0]);
}

#[test]
fn what_is_masked_is_there_and_not_known() {
    let masked = json!({
        "number": "***", "mood": "***", "marks": "***", "area": "***", "seen": "***", "tag": "***",
        "doors": "***", "labels": { "a": "***" }, "thing": "***", "locked": "***",
    });
    assert_eq!(check(&rooms(&masked)), [""; 0]);
    assert_eq!(
        check(&rooms(
            &json!({ "number": "1", "mood": 0, "thing": { "__type": "***" } })
        )),
        [""; 0]
    );
    let mut exchange = rooms(&Value::Null);
    exchange.response_body = Body::from("***");
    exchange.url = "/icws/***/rooms/***?limit=***&select=***".to_owned();
    assert_eq!(check(&exchange), [""; 0]);
}

#[test]
fn each_value_that_does_not_fit_is_told_at_its_place() {
    let mismatch = |name: &str, value: Value| check_room(|room| room[name] = value);
    for (name, value, told) in [
        (
            "number",
            json!(1),
            "`number` must be a string, but this is a whole number",
        ),
        (
            "mood",
            json!("x"),
            "`mood` must be the number of an enumeration, but this is a string",
        ),
        (
            "area",
            json!([]),
            "`area` must be a number, but this is an array",
        ),
        (
            "seen",
            json!("soon"),
            "`seen` must be a date and time such as 20201029T082018Z, but this is a string",
        ),
        (
            "tag",
            json!("7"),
            "`tag` must be a GUID, but this is a string",
        ),
        (
            "doors",
            json!({}),
            "`doors` must be an array, but this is an object",
        ),
        (
            "labels",
            json!([]),
            "`labels` must be an object, but this is an array",
        ),
        (
            "locked",
            json!(0),
            "`locked` must be a boolean, but this is a whole number",
        ),
    ] {
        assert_eq!(
            mismatch(name, value),
            [format!("type-mismatch response body /{name}: {told}")]
        );
    }
    assert_eq!(
        mismatch("doors", json!([1, 2_147_483_648_u32])),
        [
            "type-mismatch response body /doors/1: what is in `doors` must be a whole number of 32 bits, but this is a whole number"
        ]
    );
    assert_eq!(
        mismatch("labels", json!({ "a/b~": 1 })),
        [
            "type-mismatch response body /labels/a~1b~0: what is in `labels` must be a string, but this is a whole number"
        ]
    );
    assert_eq!(
        mismatch("locked", json!("true")),
        ["quoted-value response body /locked: `locked` must be a boolean, but this is a string"]
    );
    assert_eq!(
        mismatch("doors", json!([])),
        ["list-bounds response body /doors: `doors` must have 1 to 2 items"]
    );
    assert_eq!(
        mismatch("doors", json!([null])),
        ["unexpected-null response body /doors/0: what is in `doors` must not be null"]
    );
    assert_eq!(
        mismatch("tag", json!(null)),
        ["unexpected-null response body /tag: `tag` must not be null"]
    );
    assert_eq!(
        mismatch("mood", json!(7)),
        ["unknown-number response body /mood: `mood` is 7, which is no value of it"]
    );
    assert_eq!(
        mismatch("marks", json!(8)),
        ["unknown-number response body /marks: `marks` is 8, which is no value of it"]
    );
}

#[test]
fn objects_are_what_their_type_says() {
    let thing = |thing: Value| check_room(|room| room["thing"] = thing);
    assert_eq!(
        thing(json!({ "__type": "urn:house:lamp", "watts": 1, "new": 2 })),
        ["unknown-property response body /thing/new: `lamp` has no property `new`"]
    );
    assert_eq!(
        thing(json!({ "__type": "urn:house:lamp" })),
        ["missing-property response body /thing: the required property `watts` is missing"]
    );
    assert_eq!(
        thing(json!({ "__type": "urn:house:sofa" })),
        ["unknown-type response body /thing: the model has no such option of `thing`"]
    );
    assert_eq!(
        thing(json!({ "__type": "urn:house:lockError", "message": "x" })),
        ["other-base response body /thing: this `__type` is no option of `thing`"]
    );
    assert_eq!(
        thing(json!({ "name": "x" })),
        ["missing-type response body /thing: an option of `thing` says by its `__type` what it is"]
    );
    let error = |body: Value| check(&answered(request("GET", "rooms/1?limit=1"), 404, &body));
    assert_eq!(error(json!({ "message": "x" })), [""; 0]);
    assert_eq!(
        error(json!({ "__type": "urn:house:lockError", "message": "x", "lock": 1 })),
        [""; 0]
    );
    assert_eq!(
        error(json!({})),
        ["missing-property response body : the required property `message` is missing"]
    );
}

#[test]
fn a_request_has_the_parameters_and_the_body_of_its_operation() {
    let get = |path: &str| check(&answered(request("GET", path), 200, &room()));
    assert_eq!(
        get("rooms/1"),
        [
            "missing-parameter query parameter `limit` : the required query parameter `limit` is missing"
        ]
    );
    assert_eq!(
        get("rooms/one?limit=1&select=a,b"),
        ["type-mismatch path parameter `number` : `number` must be a whole number of 32 bits"]
    );
    assert_eq!(
        get("rooms/1?li%6Dit=1&more=2"),
        ["unknown-parameter query parameter `more` : the operation has no query parameter `more`"]
    );
    let mut bare = answered(request("GET", "rooms/1?limit=1"), 200, &room());
    bare.request_headers.clear();
    assert_eq!(check(&bare).len(), 2);
    let put = |body: &str| {
        let mut put = answered(request("PUT", "rooms/1"), 204, &Value::Null);
        put.request_body = Body::from(body);
        check(&put)
    };
    assert_eq!(
        put(""),
        ["missing-body request body : a body is missing: an object"]
    );
    assert_eq!(put("{"), ["unreadable-body request body : it is no JSON"]);
    assert_eq!(
        put(&"[".repeat(1000)),
        ["unreadable-body request body : it is no JSON"]
    );
    let mut get = answered(request("GET", "rooms/1?limit=1"), 200, &room());
    get.request_body = Body::from("{}");
    assert_eq!(check(&get), [""; 0]);
    get.request_body = Body::from("[1]");
    assert_eq!(
        check(&get),
        ["unexpected-body request body : the operation takes no body"]
    );
}

#[test]
fn an_answer_has_the_status_the_headers_and_the_body_of_a_reply() {
    let get =
        |status, body: &Value| check(&answered(request("GET", "rooms/1?limit=1"), status, body));
    assert_eq!(
        get(418, &Value::Null),
        ["undocumented-status status : the operation has no reply with the status 418"]
    );
    assert_eq!(
        get(200, &Value::Null),
        ["missing-body response body : the reply 200 has a body in the model"]
    );
    let put = |body: &Value| check(&answered(request("PUT", "rooms/1"), 204, body));
    assert!(put(&json!({}))[0].starts_with("missing-body request body"));
    assert!(put(&json!([1]))[1].starts_with("unexpected-body response body"));
    let mut connect = connected();
    connect.response_headers.clear();
    assert_eq!(
        check(&connect),
        [
            "missing-header response header `Set-Cookie` : the required header `Set-Cookie` is missing"
        ]
    );
    let mut plan = answered(request("GET", "plan"), 200, &json!("x"));
    plan.response_headers = vec![("Content-Type".to_owned(), "Image/PNG; a=b".to_owned())];
    assert_eq!(check(&plan), [""; 0]);
    plan.response_headers = vec![("Content-Type".to_owned(), "text/html".to_owned())];
    assert_eq!(
        check(&plan),
        ["other-media response body : the body must be `image/png`"]
    );
    let mut unknown = rooms(&Value::Null);
    unknown.response_body = Body::Unknown;
    assert_eq!(check(&unknown), [""; 0]);
}

#[test]
fn what_the_model_does_not_have_is_told_by_its_form() {
    let mut traffic = Traffic::new(model().api());
    let found = traffic.exchange(&answered(
        request("GET", "rooms/7/lights/5f5d-1?a=b"),
        200,
        &json!([]),
    ));
    assert_eq!(found[0].subject, "GET /icws/{}/rooms/{}/lights/{}");
    assert_eq!(
        told(&found),
        ["unknown-path request : the model has no such path; 200 came"]
    );
    let found = traffic.exchange(&request("DELETE", "rooms/7"));
    assert_eq!(
        told(&found),
        ["unknown-method request : the model has no DELETE of this resource; no response came"]
    );
    let foreign = Exchange {
        url: "https://cdn.example/app.js".to_owned(),
        ..Exchange::default()
    };
    assert!(traffic.exchange(&foreign).is_empty());
    assert!(traffic.exchange(&request("OPTIONS", "rooms/7")).is_empty());
    let counts = traffic.counts();
    assert_eq!(
        (counts.checked, counts.foreign, counts.preflight),
        (2, 1, 1)
    );
}

#[test]
fn secrets_are_in_no_example_and_texts_only_where_they_may_be() {
    let body = json!({ "number": "1", "mood": 0, "apiToken": "s3cret", "deep": { "password": ["s3cret"] }, "name": "Ada" });
    let exchange = rooms(&body);
    let shown = |findings: Vec<Finding>| format!("{findings:?}");
    let plain = shown(Traffic::new(model().api()).exchange(&exchange));
    assert!(
        !plain.contains("s3cret") && plain.contains("Ada"),
        "{plain}"
    );
    let masked = shown(
        Traffic::new(model().api())
            .without_texts()
            .exchange(&exchange),
    );
    assert!(
        !masked.contains("s3cret") && !masked.contains("Ada"),
        "{masked}"
    );
}
