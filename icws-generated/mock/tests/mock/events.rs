//! The stream of server-sent events.

use std::time::Duration;

use icws_mock::{Callback, Fault, MockServer};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;

use crate::raw::{Client, connect};

/// A stream that is open; its lines as they come.
struct Stream {
    lines: tokio::io::Lines<BufReader<TcpStream>>,
}

impl Stream {
    async fn open(client: &Client<'_>) -> Stream {
        let stream = client.stream("HTTP/1.0").await;
        let mut stream = Stream {
            lines: BufReader::new(stream).lines(),
        };
        let mut head = Vec::new();
        while let Some(line) = stream.next().await.filter(|line| !line.is_empty()) {
            head.push(line.to_lowercase());
        }
        assert!(head[0].contains("200"), "{head:?}");
        assert!(
            head.contains(&"content-type: text/event-stream; charset=utf-8".to_owned()),
            "{head:?}"
        );
        stream
    }

    async fn next(&mut self) -> Option<String> {
        self.lines.next_line().await.ok().flatten()
    }

    /// The data of the next event.
    async fn event(&mut self) -> String {
        let line = self.next().await.unwrap();
        assert_eq!(self.next().await.unwrap(), "");
        line.strip_prefix("data: ").unwrap().to_owned()
    }
}

#[tokio::test]
async fn each_message_is_an_event_as_it_comes() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let id = control.create_callback(Callback::new("+1317", "Invoice"));
    let client = connect(&server).await;
    client.watch(&id).await;
    let mut stream = Stream::open(&client).await;
    assert!(stream.event().await.contains("\"isDelta\":false"));
    control.change(&id, |callback| callback.snoozed = Some(true));
    assert!(stream.event().await.contains("\"snoozed\":true"));
    control.inject_raw("{\"__type\":\"urn:x\",\n\"a\":1}");
    assert_eq!(stream.next().await.unwrap(), "data: {\"__type\":\"urn:x\",");
    assert_eq!(stream.event().await, "\"a\":1}");
}

#[tokio::test]
async fn a_silent_stream_is_kept_alive() {
    let interval = Duration::from_millis(1);
    let server = MockServer::builder()
        .ping_interval(interval)
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    let mut stream = Stream::open(&client).await;
    for _ in 0..2 {
        assert_eq!(stream.next().await.unwrap(), ":ping");
        assert_eq!(stream.next().await.unwrap(), "");
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_session_or_another_reader() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let mut first = Stream::open(&client).await;
    let mut second = Stream::open(&client).await;
    assert_eq!(first.next().await, None);
    assert!(client.poll().await.is_empty());
    assert_eq!(second.next().await, None);
    let mut third = Stream::open(&client).await;
    server.control().expire_session(&client.id);
    assert_eq!(third.next().await, None);
}

#[tokio::test]
async fn a_stream_brings_the_end_of_its_session() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let mut stream = Stream::open(&client).await;
    server.control().disconnect(&client.id, "Switchover.", true);
    assert!(
        stream
            .event()
            .await
            .contains("connectionStateChangeMessage")
    );
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_server_of_messaging_1_answers_with_an_array() {
    let server = MockServer::builder()
        .features([("messaging", 1)])
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    let headers = [("Cookie", &*client.cookie), ("Accept", "text/event-stream")];
    let line = client.line("GET /messaging/messages");
    let answer = crate::raw::send(&server, &line, &headers, "")
        .await
        .unwrap();
    assert_eq!((answer.status, &*answer.body), (200, "[]"));
}

#[tokio::test]
async fn faults_hit_the_first_event_of_a_stream() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    control.inject_fault(Fault::TruncateJson);
    let mut stream = Stream::open(&client).await;
    control.inject_raw("{\"first\":1}");
    assert_eq!(stream.event().await, "{\"fir");
    control.inject_raw("{\"next\":1}");
    assert_eq!(stream.event().await, "{\"next\":1}");
    control.inject_fault(Fault::DropMidAnswer);
    let mut stream = Stream::open(&client).await;
    control.inject_raw("{\"first\":1}");
    let line = stream.next().await.unwrap();
    assert!(
        "data: {\"first\":1}".starts_with(&line) && line.len() < 17,
        "{line}"
    );
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_stream_after_a_broken_one_brings_what_comes() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    drop(Stream::open(&client).await);
    let mut stream = Stream::open(&client).await;
    server.control().inject_raw("{}");
    assert_eq!(stream.event().await, "{}");
}
