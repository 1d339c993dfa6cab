//! A small model with a construct for each rule, and exchanges with its server.

use std::sync::LazyLock;

use icws_spec::traffic::{Body, Exchange, Finding};
use icws_spec::{Model, ModelSource};
use serde_json::{Value, json};

/// The model.
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

pub fn model() -> &'static Model {
    static HOUSE: LazyLock<Model> = LazyLock::new(|| crate::sound(ModelSource::Inline(MODEL)));
    &HOUSE
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

/// A body with no more than a room must have.
pub fn room() -> Value {
    json!({ "number": "1", "mood": 0 })
}

/// What the findings are, as `rule part pointer: message`.
pub fn told(findings: &[Finding]) -> Vec<String> {
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
