//! What passes the proxy, and what is changed on the way.

use std::io::{BufRead, BufReader, Read, Write};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::command::Running;
use crate::server::{answers, raw};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cookies_and_addresses_lead_back_to_the_proxy() {
    let server = answers(
        "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nSet-Cookie: icws_1=a|b; Path=/icws/1; Secure; HttpOnly\r\n\
         Set-Cookie: b=2; Domain=cic1\r\nKeep-Alive: 1\r\nX-Other: ü\r\n\r\n{}",
    )
    .await;
    let proxy = Running::before(&server);
    let answer = proxy.raw("POST /icws/connection HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    assert!(answer.starts_with("HTTP/1.1 201 Created"), "{answer}");
    assert!(
        answer.contains("\r\nSet-Cookie: icws_1=a|b; Path=/icws/1; HttpOnly\r\n"),
        "{answer}"
    );
    assert!(answer.contains("\r\nSet-Cookie: b=2\r\n"), "{answer}");
    assert!(
        answer.contains("X-Other: ü") && !answer.contains("Keep-Alive"),
        "{answer}"
    );
    // What the server sent is what is recorded.
    let entries = proxy.recording(|entries| !entries.is_empty());
    let headers = entries[0]["response"]["headers"].to_string();
    assert!(
        headers.contains("icws_1=***; Path=/icws/1; Secure; HttpOnly"),
        "{headers}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_reaches_the_server_as_the_client_has_sent_it() {
    let server = raw(|head, mut stream| async move {
        let mut body = [0; 5];
        stream.read_exact(&mut body).await.unwrap();
        let text =
            serde_json::json!({ "head": head, "body": String::from_utf8_lossy(&body) }).to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    })
    .await;
    let proxy = Running::before(&format!("{server}/app"));
    let answer = proxy.raw(
        "PUT /icws//1/x?a=%20b HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nCookie: a=b\r\n\
         Connection: close, X-Hop\r\nX-Hop: 1\r\nAccept-Encoding: gzip\r\nUser-Agent: script\r\n\r\n\
         2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n",
    );
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let got: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(got["body"], "abcde");
    let head = got["head"].as_str().unwrap().to_lowercase();
    assert!(
        head.starts_with("put /app/icws//1/x?a=%20b http/1.1\r\n"),
        "{head}"
    );
    for there in [
        "cookie: a=b",
        "user-agent: script",
        "content-length: 5",
        &server[7..],
    ] {
        assert!(head.contains(there), "{there}: {head}");
    }
    for gone in [
        "x-hop",
        "accept-encoding",
        "transfer-encoding",
        "host: 127.0.0.1\r",
    ] {
        assert!(!head.contains(gone), "{gone}: {head}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_there_before_the_next_one_is_sent() {
    let server = raw(|_, mut stream| async move {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        for number in 0..3 {
            let event = format!("data: {{\"number\":{number}}}\n\n");
            let chunk = format!("{:x}\r\n{event}\r\n", event.len());
            stream.write_all(chunk.as_bytes()).await.unwrap();
            // The client says when it has it, by another connection.
            SEEN.acquire().await.unwrap().forget();
        }
        stream.write_all(b"0\r\n\r\n").await.unwrap();
    })
    .await;
    let proxy = Running::before(&server);
    let stream = proxy.connect("GET /icws/1/messaging/messages HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut lines = BufReader::new(stream).lines();
    for number in 0..3 {
        let expected = format!("data: {{\"number\":{number}}}");
        assert!(lines.any(|line| line.unwrap() == expected));
        let part = |entry: &serde_json::Value| entry["_icws"]["part"] == number;
        proxy.recording(|entries| entries.iter().any(part));
        SEEN.add_permits(1);
    }
    let entries = proxy.recording(|entries| entries.len() == 4);
    assert_eq!(entries[3]["comment"], "the stream ended");
}

static SEEN: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(0);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_has_the_length_and_no_body() {
    let server = answers(
        "HTTP/1.1 200 OK\r\nContent-Length: 4711\r\nContent-Type: application/json\r\n\r\n",
    )
    .await;
    let proxy = Running::before(&server);
    let answer = proxy.raw("HEAD /icws/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(
        answer.contains("Content-Length: 4711\r\n") && answer.ends_with("\r\n\r\n"),
        "{answer}"
    );
    let entries = proxy.recording(|entries| !entries.is_empty());
    assert_eq!(entries[0]["response"]["status"], 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_body_passes_and_is_recorded_by_its_size() {
    const SIZE: usize = 100 << 20;
    let server = raw(|_, mut stream| async move {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let piece = vec![b'x'; 1 << 20];
        for _ in 0..100 {
            stream.write_all(&piece).await.unwrap();
        }
    })
    .await;
    let proxy = Running::before(&server);
    let mut stream = proxy.connect("GET /icws/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let mut read = 0;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            more => read += more,
        }
    }
    assert!(read > SIZE);
    let entries = proxy.recording(|entries| !entries.is_empty());
    let content = &entries[0]["response"]["content"];
    assert_eq!(
        (content["size"].as_u64(), content.get("text")),
        (Some(SIZE as u64), None)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_cut_is_cut_for_the_client_and_recorded_as_that() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\":",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
    ] {
        let proxy = Running::before(&answers(answer).await);
        let got = proxy.raw("GET /icws/x HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(
            !got.contains("\r\n0\r\n"),
            "no end that the server has not sent: {got}"
        );
        let entries = proxy.recording(|entries| !entries.is_empty());
        let comment = entries[0]["comment"].as_str().unwrap();
        assert!(comment.starts_with("the connection broke"), "{comment}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_serves_one_request_after_the_other() {
    let server = answers("HTTP/1.1 204 No Content\r\n\r\n").await;
    let proxy = Running::before(&server);
    let request = "PUT /icws/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
    let mut stream = proxy.connect(request);
    for _ in 0..3 {
        let mut line = String::new();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).unwrap();
        }
        stream.write_all(request.as_bytes()).unwrap();
    }
    proxy.recording(|entries| entries.len() >= 3);
}

/// The two requests of a test about secrets: the first one tells, the response to the
/// second repeats.
fn told_and_repeated(proxy: &Running, second: &str) -> String {
    let body = r#"{"userID":"agent","password":"open-sesame-7311"}"#;
    let head = "HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Language: en\r\nContent-Type: application/json";
    let length = body.len();
    proxy.raw(&format!(
        "POST /icws/connection {head}\r\nContent-Length: {length}\r\n\r\n{body}"
    ));
    proxy.raw(&format!("{second} {head}\r\n\r\n"));
    proxy.recording(|entries| entries.len() == 2);
    proxy.text()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_exchange_told_is_masked_in_the_next_one() {
    let server = answers(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n\
         {\"message\":\"wrong: open-sesame-7311\"}",
    )
    .await;
    let proxy = Running::before(&server);
    let text = told_and_repeated(&proxy, "GET /icws/x");
    assert!(text.contains("message"), "{text}");
    assert!(!text.contains("open-sesame"), "{text}");
}

#[test]
fn what_one_exchange_told_is_masked_in_the_next_one_of_the_mock() {
    let mock = Running::start(&[]);
    let text = told_and_repeated(&mock, "GET /icws/open-sesame-7311/x?a=open-sesame-7311");
    assert!(text.contains("/icws/***/x?a=***"), "{text}");
    assert!(!text.contains("open-sesame"), "{text}");
}
