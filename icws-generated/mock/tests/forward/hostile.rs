//! Clients that mean no good, or do not know better.

use std::io::{Read, Write};
use std::net::Shutdown;

use tokio::io::AsyncWriteExt;

use crate::command::Running;
use crate::server::{answers, raw};

async fn proxy() -> Running {
    let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}";
    Running::before(&answers(answer).await)
}

fn works(proxy: &Running) {
    let answer = proxy.raw("GET /icws/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("{}"),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_closes_its_side_gets_its_answer() {
    let proxy = proxy().await;
    let mut stream =
        proxy.connect("POST /icws/x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_send_nothing_or_half_of_it_hold_nobody_up() {
    let proxy = proxy().await;
    let slow: Vec<_> = [
        "",
        "GET",
        "GET / HTTP/1.1\r\nHost: x\r\nA",
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
    ]
    .into_iter()
    .cycle()
    .take(40)
    .map(|part| proxy.connect(part))
    .collect();
    works(&proxy);
    drop(slow);
    works(&proxy);
    let entries = proxy.recording(|entries| entries.len() == 2);
    assert_eq!(entries.len(), 2, "what did not come whole was not sent on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_byte_at_a_time_is_a_request_as_well() {
    let proxy = proxy().await;
    let mut stream = proxy.connect("");
    stream.set_nodelay(true).unwrap();
    for byte in b"GET /icws/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" {
        stream.write_all(&[*byte]).unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("{}"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_giant_request_is_refused_and_not_sent_on() {
    let proxy = proxy().await;
    let mut stream =
        proxy.connect("POST /icws/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    let piece = vec![b' '; 1 << 20];
    // It stops reading at some point.
    let sent = (0..70)
        .take_while(|_| stream.write_all(&piece).is_ok())
        .count();
    assert!(sent <= 70);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 413"),
        "{answer}"
    );
    let head = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let mut stream = proxy.connect("");
    let _ = stream.write_all(head.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    works(&proxy);
    assert_eq!(proxy.recording(|entries| !entries.is_empty()).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_for_a_path_is_refused() {
    let proxy = proxy().await;
    for request in [
        "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "\0\0\0\r\n\r\n",
        "GET /icws/x HTTP/9.9\r\n\r\n",
        "GET /icws/x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /icws/x HTTP/1.1\r\nX: a\rb\n\r\n\r\n",
    ] {
        let answer = proxy.raw(request);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{request:?}: {answer}"
        );
    }
    works(&proxy);
    assert_eq!(proxy.recording(|entries| !entries.is_empty()).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_leaves_a_stream_is_noticed_when_something_is_sent() {
    let server = raw(|_, mut stream| async move {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        let mut text = head.to_owned();
        while stream.write_all(text.as_bytes()).await.is_ok() {
            text = "7\r\n:ping\n\n\r\n".to_owned();
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    })
    .await;
    let proxy = Running::before(&server);
    drop(proxy.connect("GET /icws/1/messaging/messages HTTP/1.1\r\nHost: x\r\n\r\n"));
    let entries = proxy.recording(|entries| !entries.is_empty());
    assert_eq!(entries[0]["comment"], "nobody read the response to its end");
}
