//! Single exchanges against a small model: each rule by what breaks it.

use icws_spec::traffic::{Body, Exchange, Finding, Traffic};
use icws_spec::{Model, ModelSource};
use serde_json::{Value, json};

/// A model with a construct for each rule.
pub const MODEL: &str = r#"
icws: 1
namespace: house
features: { house: { doc: The house. } }
since: house 1

parameters:
  sessionId: { name: sessionId, in: path, type: string, required: true, session: id }
  csrfToken: { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken }
  cookie: { name: Cookie, in: header, type: string, required: true, session: cookie }

enums:
  mood: { doc: A mood., values: { Calm: 0, Wild: 1 } }
  marks: { doc: Marks., flags: true, values: { Red: 1, Blue: 4 } }

objects:
  error: { urn: urn:house:error, properties: { message: { type: string, required: true } } }
  lockError: { base: error, properties: { lock: { type: int } }, urn: urn:house:lockError }
  login: { properties: { userId: { type: string, required: true }, password: { type: secret, required: true } } }
  connection: { properties: { sessionId: { type: string, required: true }, csrfToken: { type: secret, required: true } } }
  thing: { abstract: true, urn: urn:house:thing, properties: { name: { type: string } } }
  lamp: { base: thing, urn: urn:house:lamp, properties: { watts: { type: int, required: true } } }
  room:
    id: [number]
    properties:
      number: { type: string, required: true }
      mood: { type: mood, required: true }
      marks: { type: marks }
      area: { type: double, nullable: true }
      seen: { type: dateTime }
      tag: { type: guid }
      doors: { type: "list[1..2] int" }
      labels: { type: map string }
      thing: { type: thing }
      locked: { type: boolean }

messages:
  roomsMessage:
    urn: urn:house:roomsMessage
    delta: { flag: isDelta, key: floor }
    properties:
      isDelta: { type: boolean, required: true }
      floor: { type: string, required: true }
      added: { type: list room, delta: added }
      changed: { type: list room, delta: changed }
      removed: { type: list string, delta: removed }
  bellMessage: { urn: urn:house:bellMessage, properties: { isDelta: { type: boolean, required: true } } }

resources:
  /icws/connection:
    POST:
      name: connect
      body: login
      replies:
        201: { body: connection, headers: { Set-Cookie: { type: secret, required: true } } }
        400: { body: error }
  /icws/{sessionId}/rooms/{number}:
    parameters: [sessionId, csrfToken, cookie, { name: number, in: path, type: int, required: true }]
    GET:
      name: getRoom
      parameters:
        - { name: select, in: query, type: list string }
        - { name: limit, in: query, type: int, required: true }
      replies: { 200: { body: room }, 404: { body: error } }
    PUT:
      name: setRoom
      body: room
      replies: { 204: {}, 400: { body: error } }
  /icws/{sessionId}/plan:
    parameters: [sessionId, csrfToken, cookie]
    GET: { name: plan, replies: { 200: { content: image/png } } }
  /icws/{sessionId}/messages:
    parameters: [sessionId, cookie]
    GET: { name: poll, replies: { 200: { body: messages } } }
  /icws/{sessionId}/subscriptions/floors/{floor}:
    parameters: [sessionId, csrfToken, cookie, { name: floor, in: path, type: string, required: true }]
    PUT: { name: watch, replies: { 200: { messages: [roomsMessage] } } }
    DELETE: { name: unwatch, replies: { 204: {} } }
"#;

pub fn model() -> Model {
    crate::sound(ModelSource::Inline(MODEL))
}

/// A request of a session, with all that one has to show.
pub fn request(method: &str, path: &str) -> Exchange {
    let headers = [("ININ-ICWS-CSRF-Token", "***"), ("cookie", "icws_17=***")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Exchange {
        method: method.to_owned(),
        url: format!("https://cic.example:8019/icws/17/{path}"),
        request_headers: headers.to_vec(),
        ..Exchange::default()
    }
}

pub fn answered(mut exchange: Exchange, status: u16, body: &Value) -> Exchange {
    exchange.status = Some(status);
    if !body.is_null() {
        exchange.response_body = Body::from(body.to_string().as_str());
    }
    exchange
}

pub fn connected() -> Exchange {
    let body = json!({ "userId": "ada", "password": "***" }).to_string();
    Exchange {
        method: "POST".to_owned(),
        url: "https://cic.example:8019/icws/connection".to_owned(),
        request_body: Body::from(body.as_str()),
        status: Some(201),
        response_headers: vec![("set-cookie".to_owned(), "icws_17=***; Path=/".to_owned())],
        response_body: Body::from(r#"{"sessionId":"17","csrfToken":"***"}"#),
        ..Exchange::default()
    }
}

fn room() -> Value {
    json!({ "number": "1", "mood": 0 })
}

fn rooms(body: &Value) -> Exchange {
    answered(request("GET", "rooms/1?limit=1"), 200, body)
}

/// What the findings are, as `rule part pointer: message`.
fn told(findings: &[Finding]) -> Vec<String> {
    let told = findings.iter().map(|finding| {
        let Finding {
            rule,
            part,
            pointer,
            message,
            ..
        } = finding;
        format!("{} {part} {pointer}: {message}", rule.id)
    });
    told.collect()
}

fn check(exchange: &Exchange) -> Vec<String> {
    let model = model();
    told(&Traffic::new(model.api()).exchange(exchange))
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
    let model = model();
    let mut traffic = Traffic::new(model.api());
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
    let model = model();
    let mut traffic = Traffic::new(model.api());
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

#[test]
fn secrets_are_in_no_example_and_texts_only_where_they_may_be() {
    let model = model();
    let body = json!({ "number": "1", "mood": 0, "apiToken": "s3cret", "deep": { "password": ["s3cret"] }, "name": "Ada" });
    let exchange = rooms(&body);
    let shown = |findings: Vec<Finding>| format!("{findings:?}");
    let plain = shown(Traffic::new(model.api()).exchange(&exchange));
    assert!(
        !plain.contains("s3cret") && plain.contains("Ada"),
        "{plain}"
    );
    let masked = shown(
        Traffic::new(model.api())
            .without_texts()
            .exchange(&exchange),
    );
    assert!(
        !masked.contains("s3cret") && !masked.contains("Ada"),
        "{masked}"
    );
}
