//! A client that records, over HTTP.

use std::io;
use std::time::Duration;

use icws_generated::client::{Change, Client, ClientBuilder, Credentials, MessageMode, Session};
use icws_generated::recording::{Entry, Recorder, RecordingFile};
use icws_mock::{Callback, Fault, MockServer};
use serde_json::Value;

use crate::tape::Kept;

const PASSWORD: &str = "open-sesame-7311";

async fn server() -> MockServer {
    let server = MockServer::builder().user("agent", PASSWORD).start();
    server.await.unwrap()
}

fn client(server: &MockServer) -> ClientBuilder {
    Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .poll_interval(Duration::from_millis(5))
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
}

async fn session(client: ClientBuilder) -> Session {
    let credentials = Credentials::password("agent", PASSWORD);
    client.build().unwrap().connect(credentials).await.unwrap()
}

/// Watches a callback until it has been tried so often.
async fn watch(session: &Session, server: &MockServer, tries: i32) {
    let id = server
        .control()
        .create_callback(Callback::new("+1317", "Invoice"));
    let mut watch = session.watch_callback(&id).await.unwrap();
    while let Some(change) = watch.next().await {
        if let Change::Snapshot(state) | Change::Update { state, .. } = change {
            let tried = state.attempts.unwrap_or_default();
            if tried >= tries {
                return;
            }
            server
                .control()
                .change(&id, |callback| callback.attempts = Some(tried + 1));
        }
    }
    panic!("the watch has ended");
}

fn of<'e>(entries: &'e [Value], path: &str) -> Vec<&'e Value> {
    let url = |entry: &&Value| entry["request"]["url"].as_str().unwrap().ends_with(path);
    entries.iter().filter(url).collect()
}

#[tokio::test]
async fn requests_and_streams_are_recorded_without_secrets() {
    let (server, kept) = (server().await, Kept::default());
    let session = session(client(&server).record(kept.clone())).await;
    let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
    watch(&session, &server, 3).await;
    session.disconnect().await.unwrap();
    // The stream ends with its task.
    drop(session);
    tokio::time::sleep(Duration::from_millis(50)).await;

    let entries = kept.entries();
    let connect = of(&entries, "/icws/connection?include=features")[0];
    assert_eq!(connect["response"]["status"], 201);
    assert_eq!(connect["response"]["cookies"][0]["value"], "***");
    assert!(
        connect["request"]["headers"]
            .to_string()
            .contains("user-agent")
    );
    let stream = of(&entries, "/messaging/messages");
    let parts = stream
        .iter()
        .filter(|entry| entry["_icws"]["part"].is_u64());
    assert!(parts.clone().count() >= 4, "{stream:?}");
    let events: String = parts
        .map(|entry| {
            entry["response"]["content"]["text"]
                .as_str()
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(events.matches("callbackMessage").count(), 4, "{events}");
    assert!(events.contains("\"attempts\":3"));
    assert_eq!(
        of(&entries, "/connection").last().unwrap()["request"]["method"],
        "DELETE"
    );

    let text = kept.text();
    let cookie = saved["cookie"].as_str().unwrap().split(['=', '|']).nth(1);
    for secret in [
        PASSWORD,
        saved["csrfToken"].as_str().unwrap(),
        cookie.unwrap(),
    ] {
        assert!(secret.len() > 5 && !text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn what_one_exchange_told_is_masked_in_the_next_ones() {
    let (server, kept) = (server().await, Kept::default());
    let session = session(client(&server).record(kept.clone())).await;
    let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
    let token = saved["csrfToken"].as_str().unwrap();
    // Without its cookie and token, which tell of the secrets again.
    let text = format!("{{\"notes\":\"{PASSWORD} and {token} and this\"}}");
    let address = server.address();
    let request = http::Request::put(format!("http://{address}/icws/{token}/x?a={PASSWORD}"));
    let request = request.header("Content-Type", "application/json");
    let request = request.body(bytes::Bytes::from(text)).unwrap();
    session.send_http(request).await.unwrap();
    let text = kept.text();
    assert!(text.contains(r#"{\"notes\":\"***\"}"#), "{text}");
    assert!(!text.contains(PASSWORD) && !text.contains(token), "{text}");
}

#[tokio::test]
async fn polls_and_what_goes_wrong_are_recorded() {
    let (server, kept) = (server().await, Kept::default());
    let polling = client(&server).message_mode(MessageMode::Polling);
    let session = session(polling.record(kept.clone())).await;
    let control = server.control();
    for fault in [
        Fault::DropBeforeAnswer,
        Fault::DropMidAnswer,
        Fault::status(500),
    ] {
        control.inject_fault_at("messaging.poll", fault).unwrap();
    }
    watch(&session, &server, 1).await;
    let entries = kept.entries();
    let polls = of(&entries, "/messaging/messages");
    let statuses: Vec<_> = polls
        .iter()
        .map(|poll| poll["response"]["status"].as_u64().unwrap())
        .collect();
    assert!(statuses.starts_with(&[0, 0, 500, 200]), "{statuses:?}");
    let comment = |poll: usize| polls[poll]["comment"].as_str().unwrap_or_default();
    assert!(
        comment(0).starts_with("the connection broke"),
        "{}",
        comment(0)
    );
    assert!(
        comment(1).starts_with("the connection broke"),
        "{}",
        comment(1)
    );
    assert_eq!(comment(3), "");
}

#[tokio::test]
async fn a_host_that_is_not_there_is_recorded_with_the_reason() {
    let kept = Kept::default();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::builder()
        .plain_http()
        .host(address.to_string())
        // The next time would be behind the deadline, which is far away.
        .backoff(Duration::from_secs(600), Duration::from_secs(600))
        .deadline(Duration::from_secs(60))
        .record(kept.clone());
    let credentials = Credentials::password("agent", PASSWORD);
    client
        .build()
        .unwrap()
        .connect(credentials)
        .await
        .unwrap_err();
    let entries = kept.entries();
    assert_eq!(entries[0]["response"]["status"], 0);
    let comment = entries[0]["comment"].as_str().unwrap();
    assert!(comment.starts_with("no connection"), "{comment}");
    assert!(!kept.text().contains(PASSWORD));
}

/// A recorder that fails.
struct Broken;

impl Recorder for Broken {
    fn record(&self, _: Entry) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[tokio::test]
async fn a_recorder_that_fails_is_of_no_account_to_the_client() {
    let server = server().await;
    let session = session(client(&server).record(Broken)).await;
    watch(&session, &server, 2).await;
    session.disconnect().await.unwrap();
}

#[tokio::test]
async fn a_file_has_all_that_passed_when_the_client_is_gone() {
    let server = server().await;
    let path = std::env::temp_dir().join(format!("icws-client-{}.jsonl", std::process::id()));
    let file = RecordingFile::append(&path).unwrap();
    let session = session(client(&server).record(file.clone())).await;
    watch(&session, &server, 1).await;
    session.disconnect().await.unwrap();
    file.flush().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(text.lines().count() as u64, file.written());
    assert_eq!(file.dropped(), 0);
    assert!(text.ends_with("\n") && text.contains("DELETE"), "{text}");
}
