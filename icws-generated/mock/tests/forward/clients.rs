//! Programs that talk to a real server through the proxy.

use std::time::Duration;

use icws_generated::client::{Change, Client, Credentials, MessageMode};
use icws_mock::{Callback, MockServer};
use serde_json::Value;

use crate::command::Running;
use crate::server::with_tls;

const PASSWORD: &str = "open-sesame-7311";

fn urls<'e>(entries: &'e [Value], end: &str) -> Vec<&'e Value> {
    let url = |entry: &&Value| entry["request"]["url"].as_str().unwrap().ends_with(end);
    entries.iter().filter(url).collect()
}

/// Connects through the proxy, and watches a callback until its third attempt.
async fn watch(proxy: &Running, server: &MockServer, mode: MessageMode) -> Vec<String> {
    let client = Client::builder()
        .plain_http()
        .host(&proxy.address)
        .poll_interval(Duration::from_millis(5))
        .message_mode(mode)
        .build()
        .unwrap();
    let credentials = Credentials::password("agent", PASSWORD);
    let session = client.connect(credentials).await.unwrap();
    let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
    let id = server
        .control()
        .create_callback(Callback::new("+1317", "Invoice"));
    let mut watch = session.watch_callback(&id).await.unwrap();
    while let Some(change) = watch.next().await {
        let (Change::Snapshot(state) | Change::Update { state, .. }) = change else {
            panic!("{change:?}");
        };
        match state.attempts.unwrap_or_default() {
            3 => break,
            tried => server
                .control()
                .change(&id, |callback| callback.attempts = Some(tried + 1)),
        };
    }
    session.disconnect().await.unwrap();
    let text = |name: &str| saved[name].as_str().unwrap().to_owned();
    let cookie = text("cookie");
    let value = cookie.split(['=', '|']).nth(1).unwrap().to_owned();
    vec![PASSWORD.to_owned(), text("csrfToken"), value]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_works_before_a_server_of_tls_and_all_of_it_is_evidence_without_secrets() {
    let server = MockServer::builder()
        .user("agent", PASSWORD)
        .start()
        .await
        .unwrap();
    let (port, pem) = with_tls(server.address()).await;
    let upstream = format!("https://localhost:{port}");
    let proxy = Running::start(&["--forward", &upstream, "--root", pem.to_str().unwrap()]);
    let mut secrets = watch(&proxy, &server, MessageMode::Auto).await;
    secrets.extend(watch(&proxy, &server, MessageMode::Polling).await);
    std::fs::remove_file(&pem).unwrap();

    let is_over = |entries: &[Value]| {
        let ends = urls(entries, "/connection");
        let streams = entries.iter().filter(|entry| entry["comment"].is_string());
        ends.len() == 2 && streams.count() >= 1
    };
    let entries = proxy.recording(is_over);
    let connect = urls(&entries, "/icws/connection?include=features");
    assert_eq!(connect.len(), 2);
    let url = connect[0]["request"]["url"].as_str().unwrap();
    assert!(url.starts_with(&upstream), "the real server: {url}");
    assert_eq!(connect[0]["response"]["status"], 201);
    let events = entries.iter().filter(|entry| entry["_icws"].is_object());
    let events: String = events
        .filter_map(|entry| entry["response"]["content"]["text"].as_str())
        .collect();
    assert_eq!(events.matches("callbackMessage").count(), 4, "{events}");
    let text = proxy.text();
    for secret in secrets {
        assert!(
            secret.len() > 5 && !text.contains(&secret),
            "{secret}: {text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_nobody_vouches_for_gets_nothing_and_the_reason_is_told() {
    let server = MockServer::start().await.unwrap();
    let (port, pem) = with_tls(server.address()).await;
    std::fs::remove_file(pem).unwrap();
    let proxy = Running::before(&format!("https://localhost:{port}"));
    let answer = proxy.raw("GET /icws/connection/version HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 502"), "{answer}");
    assert!(
        answer.contains("nobody whom this system trusts"),
        "{answer}"
    );
    let entries = proxy.recording(|entries| !entries.is_empty());
    assert_eq!(entries[0]["response"]["status"], 0);
    let comment = entries[0]["comment"].as_str().unwrap();
    assert!(comment.contains("no connection"), "{comment}");
    assert!(server.control().requests().is_empty());
}

#[test]
fn a_server_that_is_not_there_is_an_answer_that_says_so() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let proxy = Running::before(&format!("http://{address}"));
    let answer = proxy.raw("GET /icws/x HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 502"), "{answer}");
    assert!(
        answer.contains("no connection") && answer.contains("Connection refused"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mock_records_what_comes_to_itself() {
    let mock = Running::start(&["--user", &format!("agent:{PASSWORD}"), "--callbacks", "1"]);
    let client = Client::builder()
        .plain_http()
        .host(&mock.address)
        .build()
        .unwrap();
    let session = client
        .connect(Credentials::password("agent", PASSWORD))
        .await
        .unwrap();
    let mut watch = session.watch_callback("2001234567").await.unwrap();
    assert!(matches!(watch.next().await, Some(Change::Snapshot(_))));
    session.disconnect().await.unwrap();
    // What the control is asked is not evidence of anything.
    mock.raw("GET /mock/callbacks HTTP/1.0\r\n\r\n");
    let is_over = |entries: &[Value]| {
        entries
            .iter()
            .any(|entry| entry["comment"] == "the stream ended")
    };
    let entries = mock.recording(is_over);
    let url = format!("http://{}/icws/connection?include=features", mock.address);
    assert_eq!(entries[0]["request"]["url"], url);
    let text = mock.text();
    assert!(
        text.contains("callbackMessage") && text.contains("userID"),
        "{text}"
    );
    assert!(
        !text.contains(PASSWORD) && !text.contains("/mock/"),
        "{text}"
    );
}
