//! Requests that are tried from outside of a session: they go as wrong as for its client, what
//! waits is in the traffic once it is there, and to look at the traffic holds no client up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use icws_mock::{Fault, MockServer};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::raw::connect;
use crate::shell::{control, get};

const DELAY: Duration = Duration::from_millis(150);

async fn tried(server: &MockServer, session: &str, fault: Fault) -> Value {
    server.control().inject_fault(fault);
    let line = format!("POST /sessions/{session}/try");
    let body = r#"{"method":"GET","path":"connection"}"#;
    control(server, &line, body).await.json()
}

async fn last(server: &MockServer) -> Value {
    let all = get(server, "/traffic").await;
    all.as_array().unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn a_fault_that_what_is_tried_uses_up_goes_wrong() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    let tried = async |fault| tried(&server, &client.id, fault).await;

    let delayed = tried(Fault::Delay(DELAY)).await;
    assert_eq!(
        (&delayed["status"], &delayed["fault"]["fault"]),
        (&200.into(), &"delay".into())
    );
    let entry = last(&server).await;
    assert!(entry["took"].as_f64().unwrap() >= 150.0, "{entry}");

    let truncated = tried(Fault::TruncateJson).await;
    let body = truncated["body"].as_str().unwrap();
    assert!(
        body.starts_with('{') && serde_json::from_str::<Value>(body).is_err(),
        "{truncated}"
    );
    let number = &last(&server).await["number"];
    let entry = get(&server, &format!("/traffic/{number}?secrets")).await;
    assert_eq!(entry["answer"]["body"], truncated["body"]);
    assert_eq!(entry["fault"]["fault"], "truncateJson");

    for (fault, name) in [
        (Fault::DropMidAnswer, "dropMidAnswer"),
        (Fault::DropBeforeAnswer, "dropBeforeAnswer"),
        (Fault::DropBeforeRequest, "dropBeforeRequest"),
    ] {
        let cut = tried(fault).await;
        assert_eq!(cut["status"], Value::Null, "{cut}");
        assert_eq!(cut["fault"]["fault"], name, "{cut}");
        assert_eq!(last(&server).await["fault"]["fault"], name);
    }
}

#[tokio::test]
async fn an_answer_that_waits_is_in_the_traffic_once_it_is_there() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    let wait = |delay| server.control().inject_fault(Fault::Delay(delay));
    wait(Duration::from_secs(600));
    let look = async {
        // The request has been carried out, and its response waits.
        while server.control().fault_count() == 0 {
            tokio::task::yield_now().await;
        }
        last(&server).await
    };
    let meanwhile = tokio::select! {
        answer = client.call("GET /connection", "") => panic!("{answer:?} has not waited"),
        meanwhile = look => meanwhile,
    };
    assert_eq!(meanwhile["path"], "/icws/connection", "{meanwhile}");
    wait(DELAY);
    assert_eq!(client.call("GET /connection", "").await.status, 200);
    let entry = last(&server).await;
    assert_eq!(entry["fault"]["fault"], "delay", "{entry}");
    assert!(entry["took"].as_f64().unwrap() >= 150.0, "{entry}");
}

/// So many entries, in each of which the text stands where secrets may be.
const ENTRIES: usize = 300;

#[tokio::test]
async fn polls_are_answered_while_the_traffic_is_searched_and_the_model_written() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    let body = r#"{"note":"needle"}"#;
    let one = format!(
        "POST /icws/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let (mut answers, mut requests) = stream.split();
    let all = one.repeat(ENTRIES);
    let read = async {
        let mut buffer = vec![0; 1 << 16];
        while get(&server, "/traffic?limit=1&after=300").await == serde_json::json!([]) {
            let _ = tokio::time::timeout(Duration::from_millis(5), answers.read(&mut buffer)).await;
        }
    };
    let (written, ()) = tokio::join!(requests.write_all(all.as_bytes()), read);
    written.unwrap();

    for long in [
        "/traffic?text=needle&limit=10000",
        "/traffic/har",
        "/openapi.json",
        "/model",
    ] {
        let is_searched = Arc::new(AtomicBool::new(false));
        let search = async {
            let found = get(&server, long).await;
            is_searched.store(true, Ordering::Relaxed);
            found
        };
        let polls = async {
            let mut count = 0;
            while !is_searched.load(Ordering::Relaxed) {
                client.poll().await;
                count += 1;
            }
            count
        };
        let (found, count) = tokio::join!(search, polls);
        assert!(count > 10, "{long}: {count} polls were answered meanwhile");
        let entries = found.as_array().or(found["log"]["entries"].as_array());
        assert!(
            entries.is_none_or(|entries| entries.len() >= ENTRIES),
            "{long}"
        );
    }
}

#[tokio::test]
async fn a_request_is_tried_in_a_session() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    let line = format!("POST /sessions/{}/try", client.id);
    let tried = control(
        &server,
        &line,
        r#"{"method":"GET","path":"/status/user-statuses/agent"}"#,
    )
    .await
    .json();
    assert_eq!(tried["status"], 200);
    assert!(
        tried["body"]
            .as_str()
            .unwrap()
            .contains("\"userId\":\"agent\""),
        "{tried}"
    );
    let body =
        r#"{"method":"PUT","path":"status/user-statuses/agent","body":{"statusId":"Available"}}"#;
    assert_eq!(control(&server, &line, body).await.json()["status"], 202);
    let all = get(&server, "/traffic?operation=status.setUserStatus").await;
    assert_eq!(all[0]["status"], 202);
    for (body, problem) in [
        (r#"{"path":"x"}"#, "`method` is missing"),
        (r#"{"method":"G T","path":"x"}"#, "`method`: G T is none"),
        (r#"{"method":"GET","path":"a b"}"#, "Escape it"),
        (
            r#"{"method":"GET","path":"x","headers":{"a\n":"b"}}"#,
            "cannot be sent",
        ),
        (
            r#"{"method":"GET","path":"x","headers":{"Accept":"text/EVENT-stream"}}"#,
            "A stream cannot be tried",
        ),
        (r#"{"method":"GET","path":"x","more":1}"#, "no `more` here"),
    ] {
        let answer = control(&server, &line, body).await;
        assert!(
            answer.status == 400 && answer.body.contains(problem),
            "{answer:?}"
        );
    }
    assert_eq!(
        control(&server, "POST /sessions/1/try", "{}").await.status,
        404
    );
}
