//! The control over HTTP.

use std::path::Path;
use std::time::Duration;

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Answer, JSON, PASSWORD, connect, send};

async fn control(server: &MockServer, line: &str, body: &str) -> Answer {
    let (method, path) = line.split_once(' ').unwrap();
    send(server, &format!("{method} /mock{path}"), &[JSON], body)
        .await
        .unwrap()
}

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
async fn a_tick_changes_one_callback_after_the_other() {
    let tick = Duration::from_millis(1);
    let server = MockServer::builder()
        .callbacks(2)
        .tick(tick)
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    let callbacks = control(&server, "GET /callbacks", "").await.json();
    for callback in callbacks.as_array().unwrap() {
        client
            .watch(callback["interactionId"].as_str().unwrap())
            .await;
    }
    let mut changed: Vec<Value> = Vec::new();
    for property in ["attempts", "snoozed", "name"] {
        let is = |message: &Value| message["isDelta"] == true && !message[property].is_null();
        while changed.iter().filter(|message| is(message)).count() < 2 {
            changed.extend(client.poll().await);
        }
    }
}

#[tokio::test]
async fn what_was_put_there_by_hand_may_have_any_shape() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let call = control.ring("Sales", None, "+1", "Ada").unwrap();
    let odd = [json!("text"), json!(5), json!([1]), json!(null), json!({})];
    let nested = |name: &str| odd.clone().map(|odd| json!({ name: odd }));
    let shapes = odd.iter().cloned();
    let shapes = shapes.chain(nested("configurationId"));
    let shapes = shapes.chain(nested("attributes")).chain(nested("queues"));
    let shapes = shapes.chain(nested("chat")).chain(nested("callback"));
    for shape in shapes {
        for (table, id) in [
            ("configuration/skills", "a"),
            ("configuration/users", "ada"),
            ("interactions", call.as_str()),
            ("status/user-statuses", "agent"),
            ("status/status-messages-user-access", "agent"),
            ("connection/station", "agent"),
            ("licenses", "agent/A"),
        ] {
            control.put(table, id, shape.clone());
        }
        let call = format!("/interactions/{call}");
        for (line, body) in [
            (
                "GET /configuration/skills?select=*&where=configurationId.id eq a",
                "",
            ),
            (
                "PUT /configuration/skills/a",
                r#"{"configurationId":{"displayName":"x"}}"#,
            ),
            (
                "PUT /configuration/users/ada",
                r#"{"configurationId":{"displayName":"x"}}"#,
            ),
            (&format!("GET {call}?select=*"), ""),
            (&format!("POST {call}"), r#"{"attributes":{"Note":"a"}}"#),
            (&format!("POST {call}/pickup"), ""),
            (&format!("POST {call}/hold"), r#"{"on":true}"#),
            (
                &format!("POST {call}/chat/messages"),
                r#"{"text":"t","clearTypingIndicator":true}"#,
            ),
            (
                &format!("PUT {call}/callback/disposition"),
                r#"{"disposition":1}"#,
            ),
            (
                &format!("PUT /messaging/subscriptions{call}"),
                r#"{"attributeNames":["*"]}"#,
            ),
            (&format!("PUT /messaging/subscriptions{call}/chat"), ""),
            (
                "PUT /status/user-statuses/agent",
                r#"{"statusId":"At Lunch","notes":"n"}"#,
            ),
            ("GET /status/status-messages-user-access/agent", ""),
            (
                "PUT /connection/station",
                r#"{"__type":"urn:inin.com:connection:remoteNumberSettings","remoteNumber":"1"}"#,
            ),
            ("GET /connection/station", ""),
            ("DELETE /connection/station", ""),
            ("POST /licenses", r#"{"licenseList":["A"]}"#),
            ("DELETE /licenses", ""),
            ("GET /messaging/messages", ""),
        ] {
            let answer = client
                .try_call(&line.replace(" eq a", "%20eq%20a"), body)
                .await;
            let status = answer.as_ref().map(|answer| answer.status);
            assert!(
                status.is_some_and(|status| status < 500),
                "{line}, {shape}: {answer:?}"
            );
        }
        let id = call.trim_start_matches("/interactions/");
        control.set_denied(id, false);
        control.pick_up(id, "agent");
        control.write(id, "Ada", "t");
    }
}

/// Pages that show such documents are of another site.
#[tokio::test]
async fn documents_of_the_model_are_served_to_any_page() {
    let server = MockServer::start().await.unwrap();
    let foreign = [("Origin", "http://viewer.example")];
    let get = async |name: &str| {
        let line = format!("GET /mock/{name}");
        send(&server, &line, &foreign, "").await.unwrap()
    };
    let openapi = get("openapi.json").await;
    assert_eq!(openapi.header("access-control-allow-origin"), Some("*"));
    let openapi = openapi.json();
    assert_eq!(openapi["servers"][0]["url"], "/");
    assert!(openapi["paths"]["/icws/{sessionId}/messaging/messages"].is_object());
    let asyncapi = get("asyncapi.json").await.json();
    assert_eq!(asyncapi["asyncapi"], "3.0.0");
    let servers = asyncapi["servers"].as_object().unwrap();
    let (name, this) = servers.iter().next().unwrap();
    assert_eq!((name.as_str(), &this["protocol"]), ("mock", &"http".into()));
    // As the request names it.
    assert_eq!(this["host"], "localhost");
    assert_eq!(get("callbacks").await.status, 403);
    // A name that was bound anew is the site's own.
    for host in ["evil.example", "[::1].evil.example"] {
        let rebound =
            format!("GET /mock/openapi.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = crate::raw::bytes(server.address(), &rebound).await;
        assert_eq!(
            answer.lines().next(),
            Some("HTTP/1.1 403 Forbidden"),
            "{host}"
        );
    }
    let wrong = control(&server, "POST /openapi.json", "").await;
    assert_eq!(wrong.status, 405);
}

#[tokio::test]
async fn documents_are_those_of_the_loaded_model_which_other_sites_may_not_read() {
    let model = Path::new("../tests/everything.yaml");
    let server = MockServer::builder().model(model).start().await.unwrap();
    let openapi = control(&server, "GET /openapi.json", "").await;
    assert_eq!(openapi.header("access-control-allow-origin"), None);
    assert_eq!(openapi.json()["tags"][0]["name"], "rooms.plans");
    let foreign = [("Origin", "http://viewer.example")];
    for name in ["openapi.json", "asyncapi.json"] {
        let line = format!("GET /mock/{name}");
        let answer = send(&server, &line, &foreign, "").await.unwrap();
        assert_eq!(answer.status, 403, "{name}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}
