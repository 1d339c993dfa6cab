//! The traffic as somebody who watches it is told of it: without secrets, and of what is
//! there.

use icws_mock::MockServer;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::raw::{PASSWORD, connect, rest, send};
use crate::shell::{done, get};
use crate::traffic::{event, live, run};

#[tokio::test]
async fn secrets_of_a_query_are_masked_wherever_it_is_shown() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let mut lines = live(&server, "").await;
    let line = "GET /icws/connection?password=hush4711&a=b";
    send(&server, line, &[], "").await.unwrap();
    let told = event(&mut lines, "message").await;
    let masked = "password=***&a=b";
    assert_eq!(told["query"], masked);
    for path in ["/traffic", "/requests"] {
        assert_eq!(get(&server, path).await[0]["query"], masked, "{path}");
    }
    assert_eq!(get(&server, "/traffic/1").await["query"], masked);
    let whole = get(&server, "/traffic/1?secrets").await;
    assert_eq!(whole["query"], "password=hush4711&a=b");
    let request = server.control().requests().remove(0);
    assert_eq!(request.query, "password=hush4711&a=b");
    assert!(!format!("{request:?}").contains("hush4711"));
}

/// What is secret is known by the body, the response or the query, as in the file of all.
#[tokio::test]
async fn secrets_of_a_path_are_masked_wherever_it_is_shown() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let mut lines = live(&server, "").await;
    let password = r#"{"password":"hush4711"}"#;
    let client = connect(&server).await;
    let token = client.token.replace(['+', '/', '='], "a");
    let header = [("ININ-ICWS-CSRF-Token", token.as_str())];
    let in_header = format!("POST /icws/{token}");
    for (line, headers, body, path) in [
        (
            "POST /icws/hush4711/x?a=b",
            &[][..],
            password,
            "/icws/***/x",
        ),
        (
            "GET /icws/x/hush4711?token=hush4711",
            &[],
            "",
            "/icws/x/***",
        ),
        ("POST /icws/%68ush4711", &[], password, "/icws/***"),
        (&in_header, &header, "", "/icws/***"),
        (
            "GET /icws/shown/connection",
            &[],
            "",
            "/icws/shown/connection",
        ),
    ] {
        send(&server, line, headers, body).await.unwrap();
        let mut told = event(&mut lines, "message").await;
        if told["path"] == "/icws/connection" {
            told = event(&mut lines, "message").await;
        }
        assert_eq!(told["path"], path, "{line}");
        let number = &told["number"];
        let details = get(&server, &format!("/traffic/{number}")).await;
        assert_eq!(details["path"], path, "{line}");
        let whole = get(&server, &format!("/traffic/{number}?secrets")).await;
        let raw = line.split([' ', '?']).nth(1).unwrap();
        assert_eq!(whole["path"], raw, "{line}");
        let listed = get(&server, "/traffic").await;
        assert_eq!(listed.as_array().unwrap().last().unwrap()["path"], path);
        let requests = get(&server, "/requests").await;
        assert_eq!(requests.as_array().unwrap().last().unwrap()["path"], path);
        let request = server.control().requests().pop().unwrap();
        assert_eq!(request.path, raw);
        for text in [
            format!("{request:?} {request}"),
            details.to_string(),
            get(&server, "/traffic").await.to_string(),
            get(&server, "/traffic/har").await.to_string(),
        ] {
            assert!(
                !text.contains("ush4711") && !text.contains(&token),
                "{text}"
            );
        }
    }
    for (query, count) in [("text=ush4711", 0), ("text=ush4711&secrets", 3)] {
        let found = get(&server, &format!("/traffic?{query}")).await;
        assert_eq!(found.as_array().unwrap().len(), count, "{query}");
    }
}

#[tokio::test]
async fn a_secret_of_one_request_is_masked_in_others() {
    let watched = MockServer::builder().keep_traffic().start().await.unwrap();
    for server in [watched, MockServer::start().await.unwrap()] {
        let password = r#"{"password":"hush4711"}"#;
        send(&server, "POST /icws/connection", &[], password)
            .await
            .unwrap();
        send(&server, "GET /icws/x/hush4711?q=hush4711", &[], "")
            .await
            .unwrap();
        let requests = get(&server, "/requests").await;
        assert!(!requests.to_string().contains("hush4711"), "{requests}");
        let requests = server.control().requests();
        let shown = format!("{requests:?} {}", requests.last().unwrap());
        assert!(!shown.contains("hush4711"), "{shown}");
    }
}

#[tokio::test]
async fn a_search_does_not_tell_what_a_secret_is() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let login = PASSWORD.replace("\"secret\"", "\"hush 4711\"");
    send(
        &server,
        "POST /icws/connection?token=hush%204712",
        &[],
        &login,
    )
    .await
    .unwrap();
    connect(&server).await.call("GET /connection", "").await;
    let found = async |query: &str| {
        let found = get(&server, &format!("/traffic?{query}")).await;
        found.as_array().unwrap().len()
    };
    for text in ["hush%204711", "hush", "4712", "hush%25204712"] {
        assert_eq!(found(&format!("text={text}")).await, 0, "{text}");
    }
    for text in ["hush%204711", "hush", "hush%25204712"] {
        assert_eq!(found(&format!("text={text}&secrets")).await, 1, "{text}");
    }
    assert_eq!(found("text=AGENT").await, 2);
    assert_eq!(found("text=connection").await, 3);
}

#[tokio::test]
async fn whoever_watches_is_told_that_all_was_forgotten() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let mut lines = live(&server, "").await;
    let client = connect(&server).await;
    client.call("GET /connection", "").await;
    while event(&mut lines, "message").await["number"] != 2 {}
    done(&server, "DELETE /traffic", "").await;
    assert_eq!(event(&mut lines, "cleared").await, json!({ "before": 3 }));
    // One that comes again knows what it need not show any more.
    let mut again = live(&server, "").await;
    assert_eq!(event(&mut again, "start").await["cleared"], 3);
    client.call("GET /connection", "").await;
    assert_eq!(event(&mut lines, "message").await["number"], 3);
    assert_eq!(event(&mut again, "message").await["number"], 3);
}

#[tokio::test]
async fn a_page_that_closed_its_stream_goes_on_where_it_was() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client.call("GET /connection", "").await;
    let run = run(&server).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request =
        format!("GET /mock/traffic/live?after={run}-1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut lines = tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(stream));
    assert_eq!(event(&mut lines, "start").await["from"], 2);
    assert_eq!(event(&mut lines, "message").await["number"], 2);
}

#[tokio::test]
async fn a_carriage_return_ends_a_line_of_a_stream() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    server.control().inject_raw("a\rdata: b\r\nc\n\rd");
    server.control().inject_raw("\r");
    let stream = client.stream("HTTP/1.0").await;
    while get(&server, "/traffic").await.as_array().unwrap().len() < 4 {}
    server.control().expire_session(&client.id);
    let came = rest(stream).await;
    let wanted = "data: a\ndata: data: b\ndata: c\ndata: \ndata: d\n\ndata: \ndata: \n\n";
    assert!(came.contains(wanted), "{came:?}");
}
