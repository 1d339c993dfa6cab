//! What is taken, what is refused, and what is bounded.

use icws_mock::{Callback, Fault, MockServer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::raw::{JSON, PASSWORD, bytes, connect, send};
use crate::shell::get;

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_not_kept() {
    let server = MockServer::builder().body_limit(1_000).keep_traffic();
    let server = server.start().await.unwrap();
    let large = format!("{{\"x\":\"{}\"}}", "a".repeat(2_000));
    let answer = send(&server, "POST /icws/connection", &[], &large)
        .await
        .unwrap();
    assert_eq!(answer.status, 413);
    assert!(answer.json()["message"].is_string());
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(server.control().requests().is_empty());
    // What goes to the control is no traffic, and nothing for other sites.
    let answer = send(&server, "POST /mock/messages", &[JSON], &large).await;
    let answer = answer.unwrap();
    assert_eq!(answer.status, 413);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let traffic = get(&server, "/traffic").await;
    assert_eq!(traffic.as_array().unwrap().len(), 1, "{traffic}");
    // Without a length, and without an end.
    let mut endless = TcpStream::connect(server.address()).await.unwrap();
    let head =
        "POST /icws/connection HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    endless.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("400\r\n{}\r\n", "a".repeat(0x400));
    for _ in 0..10 {
        if endless.write_all(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let mut answer = [0; 12];
    endless.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_byte_order_mark_before_a_body_is_passed_over() {
    let server = MockServer::start().await.unwrap();
    let headers = [("Accept-Language", "en")];
    let body = format!("\u{feff}{PASSWORD}");
    let answer = send(&server, "POST /icws/connection", &headers, &body)
        .await
        .unwrap();
    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn a_client_that_closes_its_side_gets_its_answer() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    control.inject_fault(Fault::Delay(std::time::Duration::from_millis(50)));
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = "GET /icws/connection/version HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn who_has_no_session_is_not_told_which_paths_there_are() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let line = client.line("GET /nothing/here");
    assert_eq!(send(&server, &line, &[], "").await.unwrap().status, 401);
    assert_eq!(client.call("GET /nothing/here", "").await.status, 404);
    let unknown = send(&server, "GET /icws/42/nothing", &[], "")
        .await
        .unwrap();
    assert_eq!(unknown.status, 401);
    let outside = send(&server, "GET /icws/connection/nothing", &[], "")
        .await
        .unwrap();
    assert_eq!(outside.status, 404);
    for line in [
        "GET /icws/abc/nothing",
        "GET /icws/abc",
        "DELETE /icws/4x2/connection",
        "GET /ICWS/42/nothing",
        "GET /proxy/icws/42/nothing",
    ] {
        let answer = send(&server, line, &[], "").await.unwrap();
        assert_eq!(answer.status, 401, "{line}: {answer:?}");
    }
    client.call("DELETE /connection", "").await;
    assert_eq!(client.call("GET /nothing/here", "").await.status, 401);
}

#[tokio::test]
async fn who_has_no_session_is_not_told_which_operations_a_server_has() {
    let server = MockServer::builder()
        .features([("interactions", 7)])
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    let id = server.control().create_callback(Callback::new("+1", "s"));
    server.control().gone("connection.getStation").unwrap();
    for (line, status) in [
        (
            format!("PUT /messaging/subscriptions/interactions/{id}/callback"),
            404,
        ),
        ("GET /connection/station".to_owned(), 410),
    ] {
        let refused = send(&server, &client.line(&line), &[], "").await.unwrap();
        assert_eq!(refused.status, 401, "{line}");
        assert_eq!(client.call(&line, "").await.status, status, "{line}");
    }
    // Who has a session that has ended has none.
    client.call("DELETE /connection", "").await;
    let ended = client.call("GET /connection/station", "").await;
    assert_eq!(ended.status, 401);
    // What takes no session tells everybody.
    server.control().gone("connection.getVersion").unwrap();
    let version = send(&server, "GET /icws/connection/version", &[], "").await;
    assert_eq!(version.unwrap().status, 410);
}

#[tokio::test]
async fn the_cookie_of_a_session_is_found_by_its_whole_name() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let (name, value) = client.cookie.split_once('=').unwrap();
    let line = client.line("GET /connection");
    let cases = [
        (format!("{name}={value}"), 200),
        (format!("other=1; {name}={value}"), 200),
        (format!("{name}=\"{value}\""), 200),
        (format!("[\"{name}={value}; Path=/icws; HttpOnly\"]"), 200),
        (format!("{}; {name}={value}", client.id), 200),
        (format!("x{name}={value}"), 401),
        (format!("x{name}=1; {name}={value}"), 200),
    ];
    for (cookie, status) in cases {
        let headers = [
            ("Cookie", &*cookie),
            ("ININ-ICWS-CSRF-Token", &*client.token),
        ];
        let answer = send(&server, &line, &headers, "").await.unwrap();
        assert_eq!(answer.status, status, "{cookie}");
    }
}

#[tokio::test]
async fn a_cookie_that_stays_away_because_of_the_host_name_is_explained() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let path = client.line("GET /connection");
    let token = &client.token;
    let of = |host: &str| {
        format!(
            "{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nININ-ICWS-CSRF-Token: {token}\r\n\r\n"
        )
    };
    let answer = bytes(server.address(), &of("127.0.0.1:8018")).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(
        answer.contains("The session was made at localhost"),
        "{answer}"
    );
    let same = bytes(server.address(), &of("localhost")).await;
    assert!(!same.contains("was made at"), "{same}");
    // The page may be of another host, where the session and the request are of one.
    for (page, is_told) in [
        ("Origin: http://127.0.0.1:3000", true),
        ("Referer: http://127.0.0.1:3000/page?a=b", true),
        ("Origin: http://localhost:3000", false),
        ("Origin: null", false),
    ] {
        let request = of("localhost").replace("Connection:", &format!("{page}\r\nConnection:"));
        let answer = bytes(server.address(), &request).await;
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
        let told =
            answer.contains("The page is one of 127.0.0.1, and this request is for localhost");
        assert_eq!(told, is_told, "{page}: {answer}");
    }
}

#[tokio::test]
async fn a_session_that_nobody_reads_ends() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let control = server.control();
    for _ in 0..=100_000 {
        control.inject_raw("{}");
    }
    assert!(control.sessions().is_empty());
    assert_eq!(client.call("GET /messaging/messages", "").await.status, 401);
}

#[tokio::test]
async fn a_stream_whose_client_has_gone_takes_no_messages_with_it() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let mut stream = client.stream("HTTP/1.1").await;
    let mut head = [0; 15];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
    drop(stream);
    // Until the server has seen that.
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    server.control().inject_raw("{}");
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(client.poll().await.len(), 1);
}
