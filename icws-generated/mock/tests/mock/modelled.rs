//! The operations of a model that was loaded: here one with every construct of
//! the language.

use icws_mock::{MockServer, ModelSource};
use icws_spec::Model;
use serde_json::json;

use crate::raw::{Answer, connect, send};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/everything.yaml");
const CHAIR: &str = r#"{"__type":"urn:example:rooms.plans:chair","weight":1.5,"legs":4}"#;

async fn start(model: impl Into<ModelSource>) -> MockServer {
    MockServer::builder().model(model).start().await.unwrap()
}

/// A model of one operation without a session.
async fn answer(rest: &str) -> Answer {
    let text = format!("icws: 1\nnamespace: n\n{rest}");
    let server = start(Model::load(icws_spec::ModelSource::Inline(&text)).unwrap()).await;
    send(&server, "GET /icws/thing", &[], "").await.unwrap()
}

#[tokio::test]
async fn a_success_is_made_up_of_what_is_required() {
    let server = start(MODEL).await;
    let client = connect(&server).await;
    let headers = [
        ("Cookie", &*client.cookie),
        ("ININ-ICWS-CSRF-Token", &*client.token),
        ("X-Limit", "5"),
    ];
    let furnish = client.line("POST /rooms/7");
    let answer = send(&server, &furnish, &headers, CHAIR).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let chair = json!({"__type": "urn:example:rooms.plans:chair", "weight": 1.5, "legs": 1});
    assert_eq!(answer.json(), json!([chair]));
    assert_eq!(client.call("PUT /rooms/0", "{}").await.status, 204);
}

#[tokio::test]
async fn a_request_that_contradicts_the_model_is_told_what_is_wrong() {
    let server = start(MODEL).await;
    let client = connect(&server).await;
    let furnish = async |query: &str, limit: &str, body: &str| {
        let headers = [
            ("Cookie", &*client.cookie),
            ("ININ-ICWS-CSRF-Token", &*client.token),
            (
                if limit.is_empty() {
                    "X-None"
                } else {
                    "X-Limit"
                },
                limit,
            ),
        ];
        let line = client.line(&format!("POST /rooms/7{query}"));
        let answer = send(&server, &line, &headers, body).await.unwrap();
        assert_eq!(answer.status, 400, "{answer:?}");
        let json = answer.json();
        (
            json["propertyName"].as_str().unwrap_or_default().to_owned(),
            json["message"].to_string(),
        )
    };
    let urn = r#""__type":"urn:example:rooms.plans:chair""#;
    for (query, limit, body, property, problem) in [
        ("", "", CHAIR, "X-Limit", "missing"),
        ("", "many", CHAIR, "X-Limit", "a whole number of 32 bits"),
        (
            "?states=1,x",
            "5",
            CHAIR,
            "states",
            "the number of an enumeration",
        ),
        ("?since=soon", "5", CHAIR, "since", "a date and time"),
        ("", "5", "[", "", "cannot be read"),
        ("", "5", "[]", "", "expected an object, found an array"),
        ("", "5", r#"{"weight":1}"#, "__type", "missing"),
        (
            "",
            "5",
            r#"{"__type":"urn:x"}"#,
            "__type",
            "urn:example:rooms.plans:armchair",
        ),
        (
            "",
            "5",
            &format!(r#"{{{urn},"weight":1}}"#),
            "legs",
            "missing",
        ),
        (
            "",
            "5",
            &format!(r#"{{{urn},"weight":1,"legs":1.5}}"#),
            "legs",
            "found a number",
        ),
        (
            "",
            "5",
            &format!(r#"{{{urn},"weight":"NaN","legs":1}}"#),
            "weight",
            "expected a number, found a string",
        ),
    ] {
        let (found, message) = furnish(query, limit, body).await;
        assert_eq!(found, property, "{message}");
        assert!(message.contains(problem), "{message}");
    }
    let answer = client
        .call("PUT /rooms/0", r#"{"rooms":[{"doors":[]}]}"#)
        .await;
    assert_eq!(
        answer.json()["message"],
        "`rooms.0.doors`: it has 0 items, not at least 1."
    );
}

#[tokio::test]
async fn what_clients_in_use_send_is_taken() {
    let server = start(MODEL).await;
    let client = connect(&server).await;
    let body = r#"{"has":"131","lights":{"on":"true"},"more":1,"userId":null,"notes":[null]}"#;
    assert_eq!(client.call("PUT /rooms/0", body).await.status, 204);
    assert_eq!(client.call("PUT /rooms//0/", "{}").await.status, 204);
}

#[tokio::test]
async fn what_a_session_has_to_show_is_in_the_model() {
    let server = start(MODEL).await;
    let client = connect(&server).await;
    let watch = client.line("GET /rooms/watch");
    assert_eq!(send(&server, &watch, &[], "").await.unwrap().status, 401);
    let cookie = [("Cookie", &*client.cookie)];
    assert_eq!(
        send(&server, &watch, &cookie, "").await.unwrap().status,
        200
    );
    let place = client.line("PUT /rooms/0");
    assert_eq!(
        send(&server, &place, &cookie, "{}").await.unwrap().json()["errorCode"],
        2
    );
}

#[tokio::test]
async fn the_messages_of_a_session_are_read_where_the_model_says() {
    let server = start(MODEL).await;
    let client = connect(&server).await;
    assert_eq!(client.call("PUT /rooms/watch/r1", "").await.status, 200);
    server
        .control()
        .inject_raw(r#"{"__type":"urn:example:rooms.plans:roomMessage"}"#);
    let answer = client.call("GET /rooms/watch", "").await;
    assert_eq!(
        answer.json()[0]["__type"],
        "urn:example:rooms.plans:roomMessage"
    );
    assert!(client.poll().await.is_empty());
}

#[tokio::test]
async fn content_that_is_not_json_keeps_its_media_type() {
    let server = start(MODEL).await;
    let answer = send(&server, "GET /icws/rooms/version", &[], "")
        .await
        .unwrap();
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("text/html"))
    );
}

#[tokio::test]
async fn features_of_the_model_are_there_in_their_newest_version() {
    let server = start(MODEL).await;
    let rooms = send(&server, "GET /icws/connection/features/plans", &[], "")
        .await
        .unwrap();
    assert_eq!(rooms.json(), json!({"featureId": "plans", "version": 5}));
    let older = MockServer::builder()
        .model(MODEL)
        .features([("rooms", 2)])
        .start()
        .await
        .unwrap();
    let client = connect(&older).await;
    assert_eq!(client.call("PUT /rooms/0", "{}").await.status, 204);
    assert_eq!(client.call("POST /rooms/0", CHAIR).await.status, 404);
}

#[tokio::test]
async fn the_operations_of_the_shipped_model_keep_their_state() {
    let server = start(Model::load(icws_spec::ModelSource::Shipped).unwrap()).await;
    let client = connect(&server).await;
    server.control().create_interaction("1");
    assert_eq!(client.watch("1").await.status, 400);
    assert_eq!(client.watch("2").await.status, 404);
}

#[tokio::test]
async fn made_up_values_are_of_their_types_and_have_an_end() {
    let model = r#"
features: { n: { doc: N. } }
since: n 1
enums: { kind: { values: { Late: 7, Early: 1 } } }
objects:
  thing:
    properties:
      thingId: { type: string, required: true }
      title: { type: string, required: true }
      kind: { type: kind, required: true }
      when: { type: dateTime, required: true }
      three: { type: "list[3..*] int", required: true }
      none: { type: "list[0..0] int", required: true }
      parts: { type: list thing, required: true }
      by: { type: map thing, required: true }
      next: { type: thing, required: true, nullable: true }
      optional: { type: string }
resources:
  /icws/thing:
    GET: { name: get, replies: { 200: { body: thing }, 404: {} } }
"#;
    let expected = json!({
        "thingId": "1", "title": "title", "kind": 7, "when": "20201029T082018Z",
        "three": [1, 1, 1], "none": [], "parts": [], "by": {}, "next": null,
    });
    assert_eq!(answer(model).await.json(), expected);
}

#[tokio::test]
async fn parameters_come_back_in_what_is_made_up() {
    let text = "icws: 1\nnamespace: n\nobjects: { user: { properties: { userID: { type: string, required: true } } } }\n\
        resources:\n  /icws/users/{userId}:\n    parameters: [{ name: userId, in: path, type: string, required: true }]\n    \
        GET: { name: get, replies: { 200: { body: user, headers: { Location: { type: uri } } } } }";
    let server = start(Model::load(icws_spec::ModelSource::Inline(text)).unwrap()).await;
    let answer = send(&server, "GET /icws/users/ada%20l", &[], "")
        .await
        .unwrap();
    assert_eq!(answer.json(), json!({"userID": "ada l"}));
    assert_eq!(answer.header("location"), Some("/icws/users/ada%20l"));
}

#[tokio::test]
async fn a_model_with_findings_is_refused_with_all_of_them() {
    let model = Model::load(icws_spec::ModelSource::Inline(
        "icws: 1\nnamespaces: n\nfeature: {}\n",
    ))
    .unwrap();
    let error = MockServer::builder()
        .model(model)
        .start()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    let text = error.to_string();
    assert!(
        text.contains("<inline>:2:1") && text.contains("<inline>:3:1"),
        "{text}"
    );
    let missing = MockServer::builder()
        .model("nowhere.yaml")
        .start()
        .await
        .unwrap_err();
    assert!(missing.to_string().contains("nowhere.yaml"), "{missing}");
}
