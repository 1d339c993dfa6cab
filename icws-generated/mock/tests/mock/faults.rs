//! What goes wrong on purpose, as a client sees it.

use std::time::Duration;

use icws_mock::{Callback, Control, Fault, MockServer};
use serde_json::json;

use crate::raw::{Client, PASSWORD, bytes, connect, send};
use crate::shell::{control, done, get};

const POLL: &str = "GET /messaging/messages";

/// A session whose queue holds one message.
async fn with_message(server: &MockServer) -> (Client<'_>, Control) {
    let client = connect(server).await;
    let control = server.control();
    control.inject_raw(r#"{"__type":"urn:x","text":"some text to be cut"}"#);
    (client, control)
}

#[tokio::test]
async fn a_status_is_answered_once_and_the_request_is_not_executed() {
    let server = MockServer::start().await.unwrap();
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::status(500));
    let answer = client.call(POLL, "").await;
    assert_eq!(
        (answer.status, &answer.json()["errorCode"]),
        (500, &(-2147467259).into())
    );
    assert_eq!(client.poll().await.len(), 1);
    assert_eq!(control.fault_count(), 1);
}

#[tokio::test]
async fn a_503_names_other_hosts_only_where_a_session_is_asked_for() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let fault = Fault::Unavailable {
        alternates: vec!["127.0.0.2".to_owned()],
    };
    server.control().inject_fault(fault.clone());
    server.control().inject_fault(fault);
    let language = [("Accept-Language", "en-us")];
    let answer = send(&server, "POST /icws/connection", &language, PASSWORD)
        .await
        .unwrap();
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["alternateHostList"], json!(["127.0.0.2"]));
    assert_eq!(
        answer.json()["errorId"],
        "error.server.notAcceptingConnections"
    );
    let answer = client.call(POLL, "").await;
    assert_eq!(
        (answer.status, answer.json().get("alternateHostList")),
        (503, None)
    );
}

#[tokio::test]
async fn a_connection_dropped_before_the_request_loses_nothing() {
    let server = MockServer::start().await.unwrap();
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::DropBeforeRequest);
    assert!(client.try_call(POLL, "").await.is_none());
    assert_eq!(client.poll().await.len(), 1);
    assert_eq!(control.requests()[1].status, None);
}

#[tokio::test]
async fn an_answer_that_is_dropped_cut_or_truncated_takes_its_messages_with_it() {
    let server = MockServer::start().await.unwrap();
    for fault in [Fault::DropBeforeAnswer, Fault::DropMidAnswer] {
        let (client, control) = with_message(&server).await;
        control.inject_fault(fault);
        assert!(client.try_call(POLL, "").await.is_none());
        assert!(client.poll().await.is_empty());
    }
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::TruncateJson);
    let answer = client.call(POLL, "").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with(r#"[{"__type":"#), "{answer:?}");
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
    assert!(client.poll().await.is_empty());
}

#[tokio::test]
async fn an_answer_cut_in_the_middle_begins_as_it_should() {
    let server = MockServer::start().await.unwrap();
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::DropMidAnswer);
    let line = client.line(POLL);
    let request = format!(
        "{line} HTTP/1.1\r\nHost: mock\r\nCookie: {}\r\n\r\n",
        client.cookie
    );
    let answer = bytes(server.address(), &request).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(!answer.ends_with(']'), "{answer}");
}

#[tokio::test]
async fn faults_of_an_operation_wait_for_it() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let id = control.create_callback(Callback::new("+1317", "Invoice"));
    let client = connect(&server).await;
    control
        .inject_fault_at("interactions.callback.subscribe", Fault::status(500))
        .unwrap();
    assert!(client.poll().await.is_empty());
    assert_eq!(client.watch(&id).await.status, 500);
    assert_eq!(client.watch(&id).await.status, 200);
    let error = control
        .inject_fault_at("messaging.pol", Fault::status(500))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("did you mean `messaging.poll`?"),
        "{error}"
    );
}

#[tokio::test]
async fn a_delayed_answer_is_executed_at_once() {
    let server = MockServer::start().await.unwrap();
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::Delay(Duration::from_secs(600)));
    let executed = async {
        while control.requests().len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = client.try_call(POLL, "") => panic!("{answer:?}"),
        () = executed => {}
    }
    assert!(client.poll().await.is_empty());
}

#[tokio::test]
async fn a_session_that_expires_is_not_found_from_then_on() {
    let server = MockServer::start().await.unwrap();
    let (client, control) = with_message(&server).await;
    control.inject_fault(Fault::ExpireSession);
    for _ in 0..2 {
        let answer = client.call(POLL, "").await;
        assert_eq!(
            (answer.status, &answer.json()["errorCode"]),
            (401, &(-2147221499).into())
        );
    }
    assert!(control.sessions().is_empty());
}

/// The statuses of polls under random faults.
async fn statuses(seed: u64) -> Vec<u16> {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let control = server.control();
    let faults = vec![Fault::status(500), Fault::status(503)];
    control
        .random_faults(seed, 0.5, faults, Some("messaging.poll"))
        .unwrap();
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(client.call(POLL, "").await.status);
        assert_eq!(client.call("GET /connection", "").await.status, 200);
    }
    control.clear_faults();
    assert_eq!(client.call(POLL, "").await.status, 200);
    assert_eq!(
        control.fault_count(),
        statuses.iter().filter(|status| **status != 200).count()
    );
    statuses
}

#[tokio::test]
async fn random_faults_are_those_of_the_seed() {
    let first = statuses(7).await;
    assert_eq!(first, statuses(7).await);
    assert_ne!(first, statuses(8).await);
    for status in [200, 500, 503] {
        assert!(first.contains(&status), "{first:?}");
    }
}

#[tokio::test]
async fn a_fault_with_a_status_that_is_no_answer_is_a_500() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    for status in [0, 7, 100, 101, 103, 199, 1000, 65_535] {
        server.control().inject_fault(Fault::status(status));
        let answer = client.call("GET /connection", "").await;
        assert_eq!(answer.status, 500, "{status}");
        assert!(answer.json()["message"].is_string(), "{status}: {answer:?}");
    }
    for status in [200, 299, 418, 599, 999] {
        server.control().inject_fault(Fault::status(status));
        let answer = client.call("GET /connection", "").await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn a_fault_answers_as_a_server_would() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let fault = Fault::Answer {
        status: 400,
        error_id: Some("error.request.noStation".to_owned()),
        error_code: Some(7),
        message: Some("There is no station.".to_owned()),
    };
    server.control().inject_fault(fault);
    let answer = client.call("GET /connection", "").await;
    assert_eq!(answer.status, 400);
    let expected = json!({
        "errorId": "error.request.noStation", "errorCode": 7, "message": "There is no station.",
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn faults_that_wait_are_listed_and_taken_back() {
    let server = MockServer::start().await.unwrap();
    for body in [
        r#"{"fault":"unavailable","alternates":["b"],"operation":"messaging.poll"}"#,
        r#"{"fault":"answer","status":500,"errorCode":-1,"message":"m"}"#,
        r#"{"fault":"delay","seconds":0.5}"#,
    ] {
        done(&server, "POST /faults", body).await;
    }
    done(
        &server,
        "POST /faults/random",
        r#"{"seed":1,"rate":0.25,"faults":[{"fault":"truncateJson"}]}"#,
    )
    .await;
    assert_eq!(
        get(&server, "/faults").await,
        json!({
            "count": 0,
            "waiting": [
                { "number": 1, "operation": "messaging.poll", "fault": { "fault": "unavailable", "alternates": ["b"] } },
                { "number": 2, "operation": null, "fault": { "fault": "answer", "status": 500, "errorCode": -1, "message": "m" } },
                { "number": 3, "operation": null, "fault": { "fault": "delay", "seconds": 0.5 } },
            ],
            "random": { "rate": 0.25, "operation": null, "faults": [{ "fault": "truncateJson" }] },
        })
    );
    done(&server, "DELETE /faults/2", "").await;
    assert_eq!(control(&server, "DELETE /faults/2", "").await.status, 404);
    done(&server, "DELETE /faults/random", "").await;
    assert_eq!(
        control(&server, "DELETE /faults/random", "").await.status,
        404
    );
    assert_eq!(get(&server, "/state").await["faultsActive"], 2);
    done(&server, "POST /gone", r#"{"operation":"messaging.poll"}"#).await;
    assert_eq!(get(&server, "/gone").await, json!(["messaging.poll"]));
    done(&server, "DELETE /gone/messaging.poll", "").await;
    assert_eq!(get(&server, "/gone").await, json!([]));
}
