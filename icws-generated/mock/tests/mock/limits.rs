//! What a client can make the server keep or wait for has a bound.

use std::time::Duration;

use icws_mock::{MockBuilder, MockServer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::raw::{Client, connect, send};

/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(200);

async fn started(builder: MockBuilder) -> MockServer {
    builder.start().await.unwrap()
}

/// What comes until the connection is closed, after these bytes and then one byte more
/// each time some milliseconds have passed.
async fn trickle(server: &MockServer, start: &str, byte: Option<&[u8]>) -> String {
    let stream = TcpStream::connect(server.address()).await.unwrap();
    let (mut input, mut output) = stream.into_split();
    output.write_all(start.as_bytes()).await.unwrap();
    let byte = byte.map(<[u8]>::to_vec);
    let sender = tokio::spawn(async move {
        while let Some(byte) = &byte {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if output.write_all(byte).await.is_err() {
                break;
            }
        }
        // The other half stays open.
        std::future::pending::<()>().await;
    });
    let mut answer = Vec::new();
    let end = timeout(PATIENCE, input.read_to_end(&mut answer)).await;
    sender.abort();
    // A reset is one of the ways in which a connection ends.
    let _ = end.expect("the server waits for ever");
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let server = started(MockServer::builder().request_time(SHORT)).await;
    for (start, byte) in [
        ("", None),
        ("GET /icws/connection/version HT", None),
        (
            "GET /icws/connection/version HTTP/1.1\r\nX: ",
            Some(&b"x"[..]),
        ),
        ("\r\n", Some(b"\r\n")),
    ] {
        let answer = trickle(&server, start, byte).await;
        assert_eq!(answer, "", "{start:?}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up_with_408() {
    let server = started(MockServer::builder().request_time(SHORT)).await;
    let line = "POST /icws/connection HTTP/1.1\r\nHost: localhost\r\n";
    let length = format!("{line}Content-Length: 100000\r\n\r\n{{");
    let chunks = format!("{line}Transfer-Encoding: chunked\r\n\r\n");
    for (start, byte) in [
        (&length, None),
        (&length, Some(&b" "[..])),
        (&chunks, None),
        (&chunks, Some(b"1\r\n \r\n")),
    ] {
        let answer = trickle(&server, start, byte).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{start}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn an_open_stream_is_no_request_that_takes_long() {
    let server = started(MockServer::builder().request_time(SHORT)).await;
    let client = connect(&server).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let line = client.line("GET /messaging/messages");
    let Client { token, cookie, .. } = &client;
    let request = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n\
         ININ-ICWS-CSRF-Token: {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(3 * SHORT).await;
    server.control().inject_raw("late");
    let mut answer = String::new();
    while !answer.contains("data: late") {
        let mut buffer = [0; 1024];
        let read = timeout(PATIENCE, stream.read(&mut buffer)).await;
        let read = read.unwrap().unwrap();
        assert!(read > 0, "{answer}");
        answer += std::str::from_utf8(&buffer[..read]).unwrap();
    }
}

#[tokio::test]
async fn a_session_for_which_too_much_waits_ends() {
    let server = started(MockServer::builder().waiting_messages(10)).await;
    let control = server.control();
    let client = connect(&server).await;
    for _ in 0..10 {
        control.inject_raw("{}");
    }
    assert_eq!(client.poll().await.len(), 10, "as many may wait");
    for _ in 0..11 {
        control.inject_raw("{}");
    }
    let poll = client.call("GET /messaging/messages", "").await;
    assert_eq!(poll.status, 401, "{poll:?}");
    let state = client.call("GET /connection", "").await.json();
    assert_eq!(state["connectionState"], 2, "{state}");
    assert_eq!(state["shouldReconnect"], true, "{state}");
    assert!(control.sessions().is_empty());
}

#[tokio::test]
async fn long_messages_are_counted_by_their_bytes() {
    let server = started(MockServer::builder()).await;
    let control = server.control();
    let client = connect(&server).await;
    let message = format!("\"{}\"", "x".repeat(1 << 20));
    for _ in 0..63 {
        control.inject_raw(message.clone());
    }
    assert_eq!(control.sessions().len(), 1);
    assert_eq!(client.poll().await.len(), 63);
    for _ in 0..65 {
        control.inject_raw(message.clone());
    }
    assert!(control.sessions().is_empty(), "64 MiB wait");
}

#[tokio::test]
async fn those_sessions_that_ended_first_are_forgotten_first() {
    let server = started(MockServer::builder().kept_sessions(2)).await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(connect(&server).await);
    }
    // The oldest session ends last.
    for client in clients.iter().rev() {
        assert_eq!(client.call("DELETE /connection", "").await.status, 200);
    }
    let kept = connect(&server).await;
    let mut statuses = Vec::new();
    for client in clients.iter().chain([&kept]) {
        statuses.push(client.call("GET /connection", "").await.status);
    }
    assert_eq!(statuses, [200, 200, 401, 401, 200]);
}

#[tokio::test]
async fn requests_are_kept_by_the_bytes_of_their_heads_too() {
    let server = started(MockServer::builder()).await;
    let long = "x".repeat(300_000);
    for _ in 0..250 {
        let headers = [("X-Long", &*long)];
        let answer = send(&server, "GET /icws/connection/version", &headers, "").await;
        assert_eq!(answer.unwrap().status, 200);
    }
    let kept = server.control().requests().len();
    assert!((200..=224).contains(&kept), "{kept} of them have 64 MiB");
}

#[tokio::test]
async fn tokens_that_nobody_uses_are_forgotten() {
    let server = started(MockServer::builder()).await;
    let control = server.control();
    for number in 0..=1_000 {
        control.add_single_sign_on_token(&number.to_string());
    }
    let mut statuses = Vec::new();
    for token in ["0", "1"] {
        let body = format!(
            r#"{{"__type":"urn:inin.com:connection:singleSignOnTokenConnectionRequestSettings",
            "applicationName":"test","singleSignOnToken":"{token}"}}"#
        );
        let headers = [("Accept-Language", "en-us")];
        let answer = send(&server, "POST /icws/connection", &headers, &body).await;
        statuses.push(answer.unwrap().status);
    }
    assert_eq!(statuses, [400, 201], "the oldest of a thousand and one");
}
