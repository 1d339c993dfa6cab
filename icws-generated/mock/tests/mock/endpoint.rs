//! The control over HTTP.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{PASSWORD, connect, rest, send};
use crate::shell::{control, done, get};

/// The message of a 400.
async fn refused(server: &MockServer, line: &str, body: &str) -> String {
    let answer = control(server, line, body).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    answer.json()["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn callbacks_are_made_changed_shown_and_taken_away() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let made = r#"{"target":"+1317","subject":"Invoice","name":"Ada","attributes":{"Note":"a"}}"#;
    let made = control(&server, "POST /callbacks", made).await.json();
    let id = made["interactionId"].as_str().unwrap();
    client.watch(id).await;
    let change = r#"{"snoozed":true,"name":null,"maxAttempts":3}"#;
    let path = format!("/callbacks/{id}");
    assert_eq!(
        control(&server, &format!("PATCH {path}"), change)
            .await
            .status,
        204
    );
    let expected = json!({
        "interactionId": id, "target": "+1317", "subject": "Invoice",
        "attempts": 0, "maxAttempts": 3, "snoozed": true,
    });
    assert_eq!(
        control(&server, &format!("GET {path}"), "").await.json(),
        expected
    );
    assert_eq!(
        control(&server, "GET /callbacks", "").await.json(),
        json!([expected])
    );
    assert_eq!(client.poll().await[1]["snoozed"], true);
    let gone = format!("DELETE /interactions/{id}");
    assert_eq!(control(&server, &gone, "").await.status, 204);
    assert_eq!(control(&server, &gone, "").await.status, 404);
    assert_eq!(
        control(&server, &format!("GET {path}"), "").await.status,
        404
    );
}

#[tokio::test]
async fn a_mistake_is_told_and_changes_nothing() {
    let server = MockServer::start().await.unwrap();
    for (line, body, problem) in [
        ("POST /callbacks", "{", "The body is not JSON"),
        ("POST /callbacks", "[]", "expected an object"),
        (
            "POST /callbacks",
            r#"{"target":"+1317"}"#,
            "`subject` is missing",
        ),
        (
            "POST /callbacks",
            r#"{"target":1}"#,
            "`target`: expected a string, found 1",
        ),
        ("POST /faults", r#"{"fault":"none"}"#, "no fault `none`"),
        (
            "POST /faults",
            r#"{"fault":"answer","status":103}"#,
            "200 to 999",
        ),
        (
            "POST /faults",
            r#"{"fault":"delay","seconds":-1}"#,
            "`seconds`",
        ),
        (
            "POST /faults",
            r#"{"fault":"delay"}"#,
            "`seconds` is missing",
        ),
        (
            "POST /notifications",
            r#"{"objectId":"o","eventId":"e","data":["a",1]}"#,
            "`data`: expected an array of strings",
        ),
        (
            "POST /faults",
            r#"{"fault":"truncateJson","operation":"messaging.pol"}"#,
            "`messaging.poll`?",
        ),
        ("POST /messages?sesion=1", "{}", "`session=ID` is"),
        ("POST /gone", "{}", "`operation` is missing"),
    ] {
        let message = refused(&server, line, body).await;
        assert!(message.contains(problem), "{message}");
    }
    control(
        &server,
        "POST /callbacks",
        r#"{"interactionId":"1","target":"a","subject":"b"}"#,
    )
    .await;
    let message = refused(
        &server,
        "PATCH /callbacks/1",
        r#"{"snoozed":true,"snoze":1}"#,
    )
    .await;
    assert!(
        message.contains("no `snoze` here, but `target`, `subject`, `name`"),
        "{message}"
    );
    assert_eq!(server.control().callback("1").unwrap().snoozed, None);
    assert_eq!(control(&server, "PUT /callbacks", "").await.status, 405);
    assert_eq!(control(&server, "GET /nothing", "").await.status, 404);
    assert_eq!(
        control(&server, "PATCH /callbacks/2", "{}").await.status,
        404
    );
}

#[tokio::test]
async fn other_interactions_and_rights() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    control(&server, "POST /interactions", r#"{"interactionId":"7"}"#).await;
    assert_eq!(client.watch("7").await.status, 400);
    let denied = r#"{"denied":true,"attributes":{"A":"1"}}"#;
    assert_eq!(
        control(&server, "PATCH /interactions/7", denied)
            .await
            .status,
        204
    );
    assert_eq!(client.call("GET /interactions/7", "").await.status, 403);
    control(&server, "PATCH /interactions/7", r#"{"denied":false}"#).await;
    assert_eq!(
        client.call("GET /interactions/7", "").await.json(),
        json!({"attributes": {"A": "1"}})
    );
}

#[tokio::test]
async fn sessions_and_messages() {
    let server = MockServer::start().await.unwrap();
    let (one, two) = (connect(&server).await, connect(&server).await);
    let mut sessions = [&one.id, &two.id];
    sessions.sort();
    assert_eq!(
        control(&server, "GET /sessions", "").await.json(),
        json!(sessions)
    );
    control(&server, "POST /messages", r#"{"a":1}"#).await;
    control(
        &server,
        &format!("POST /messages?session={}", two.id),
        r#"{"b":2}"#,
    )
    .await;
    assert_eq!((one.poll().await.len(), two.poll().await.len()), (1, 2));
    let end = format!("POST /sessions/{}/disconnect", one.id);
    control(
        &server,
        &end,
        r#"{"reason":"Maintenance.","shouldReconnect":false}"#,
    )
    .await;
    let message = &one.poll().await[0];
    assert_eq!(
        (&message["reason"], &message["shouldReconnect"]),
        (&json!("Maintenance."), &json!(false))
    );
    assert_eq!(
        control(&server, &format!("DELETE /sessions/{}", two.id), "")
            .await
            .status,
        204
    );
    assert_eq!(
        control(&server, "GET /sessions", "").await.json(),
        json!([])
    );
    assert_eq!(
        control(&server, "POST /messages?session=1", "{}")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn faults_and_operations_that_are_gone() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let poll = async || client.call("GET /messaging/messages", "").await.status;
    let fault = r#"{"fault":"answer","status":502,"operation":"messaging.poll"}"#;
    control(&server, "POST /faults", fault).await;
    assert_eq!(poll().await, 502);
    let random = r#"{"seed":1,"rate":1,"faults":[{"fault":"unavailable","alternates":["b"]}]}"#;
    assert_eq!(
        control(&server, "POST /faults/random", random).await.status,
        204
    );
    assert_eq!(poll().await, 503);
    assert_eq!(control(&server, "GET /faults", "").await.json()["count"], 2);
    control(&server, "DELETE /faults", "").await;
    assert_eq!(poll().await, 200);
    control(&server, "POST /gone", r#"{"operation":"messaging.poll"}"#).await;
    assert_eq!(poll().await, 410);
}

#[tokio::test]
async fn requests_are_shown_without_secrets_and_without_those_of_the_control() {
    let server = MockServer::start().await.unwrap();
    send(
        &server,
        "POST /icws/connection?include=version",
        &[],
        PASSWORD,
    )
    .await
    .unwrap();
    let answer = control(&server, "GET /requests", "").await;
    let expected = json!([{
        "method": "POST", "path": "/icws/connection", "query": "include=version",
        "operation": "connection.connect", "status": 400, "fault": null,
    }]);
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn tokens_and_help() {
    let server = MockServer::start().await.unwrap();
    let token = r#"{"singleSignOnToken":"t"}"#;
    assert_eq!(control(&server, "POST /tokens", token).await.status, 204);
    let message = refused(&server, "POST /tokens", r#"{"authToken":"t"}"#).await;
    assert_eq!(message, "`authTokenSeed` is missing.");
    let help = control(&server, "GET ", "").await;
    assert!(help.body.contains("POST   /mock/callbacks"), "{help:?}");
}

#[tokio::test]
async fn sessions_are_opened_looked_at_and_dropped() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let call = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    client
        .call(
            &format!("PUT /messaging/subscriptions/interactions/{call}"),
            r#"{"attributeNames":["*"]}"#,
        )
        .await;
    let shown = get(&server, &format!("/sessions/{}", client.id)).await;
    assert_eq!(
        (&shown["user"], &shown["reads"], &shown["waiting"]),
        (&json!("agent"), &Value::Null, &json!(1))
    );
    assert_eq!(
        shown["subscriptions"],
        json!([{
            "operation": "interactions.subscribe", "parameters": { "interactionId": call }, "body": { "attributeNames": ["*"] },
        }])
    );
    client.poll().await;
    assert_eq!(get(&server, "/sessions?details").await[0]["reads"], "poll");
    assert_eq!(
        control(&server, &format!("POST /sessions/{}/drop", client.id), "")
            .await
            .status,
        404
    );

    let stream = client.stream("HTTP/1.1").await;
    while get(&server, "/sessions?details").await[0]["reads"] != "stream" {}
    done(&server, &format!("POST /sessions/{}/drop", client.id), "").await;
    let came = rest(stream).await;
    assert!(
        came.starts_with("HTTP/1.1 200") && !came.ends_with("0\r\n\r\n"),
        "{came}"
    );
    // What waits is not lost, as nothing was under way.
    server.control().inject_raw("{}");
    assert_eq!(client.poll().await, [json!({})]);

    let opened = control(&server, "POST /sessions", r#"{"user":"agent"}"#)
        .await
        .json();
    assert_eq!(server.control().sessions().len(), 2);
    assert!(opened["sessionId"].is_string());
    assert_eq!(
        control(&server, "POST /sessions", r#"{"user":"nobody"}"#)
            .await
            .status,
        404
    );
}
