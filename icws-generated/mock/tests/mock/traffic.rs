//! The traffic: what is kept of it, how it is found, and how it is told while it happens.

use icws_mock::MockServer;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;

use crate::raw::{PASSWORD, connect, send};
use crate::shell::{control, done, get};

/// The lines of the stream of the traffic.
pub async fn live(server: &MockServer, header: &str) -> Lines<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("GET /mock/traffic/live HTTP/1.1\r\nHost: localhost\r\n{header}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    BufReader::new(stream).lines()
}

/// Which run of the server it is.
pub async fn run(server: &MockServer) -> String {
    let state = get(server, "/state").await;
    state["run"].as_str().unwrap().to_owned()
}

/// The next data of an event of this name; `message` is the name of those without one.
pub async fn event(lines: &mut Lines<BufReader<TcpStream>>, wanted: &str) -> Value {
    let mut name = "message".to_owned();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some(own) = line.strip_prefix("event: ") {
            own.clone_into(&mut name);
        } else if let Some(data) = line.strip_prefix("data: ") {
            if name == wanted {
                return serde_json::from_str(data).unwrap();
            }
            "message".clone_into(&mut name);
        }
    }
    panic!("the stream ended before {wanted}");
}

#[tokio::test]
async fn traffic_has_requests_answers_and_messages_of_streams() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client.call("GET /status/user-statuses/nobody", "").await;
    let stream = client.stream("HTTP/1.1").await;
    let mut lines = live(&server, "").await;
    // The stream is open once its request is told.
    while event(&mut lines, "message").await["streams"] != true {}
    server
        .control()
        .inject_raw(r#"{"__type":"urn:x:y","isDelta":false}"#);
    while event(&mut lines, "message").await["kind"] != "message" {}
    drop(stream);
    while event(&mut lines, "message").await["kind"] != "end" {}

    let all = get(&server, "/traffic").await;
    let told: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                &entry["kind"],
                &entry["operation"],
                &entry["status"],
                &entry["session"],
            )
        })
        .collect();
    let session = json!(client.id);
    let exchange = json!("exchange");
    assert_eq!(
        told,
        [
            (
                &exchange,
                &json!("connection.connect"),
                &json!(201),
                &session
            ),
            (
                &exchange,
                &json!("status.getUserStatus"),
                &json!(404),
                &session
            ),
            (&exchange, &json!("messaging.poll"), &json!(200), &session),
            (&json!("message"), &Value::Null, &Value::Null, &session),
            (&json!("end"), &Value::Null, &Value::Null, &session),
        ]
    );
    assert_eq!(all[3]["types"], json!(["urn:x:y"]));
    for (query, numbers) in [
        ("status=4xx", vec![2]),
        ("status=404&limit=1", vec![2]),
        ("operation=messaging.poll", vec![3]),
        ("session=1", vec![]),
        ("after=3", vec![4, 5]),
        ("text=NOBODY", vec![2]),
        ("text=urn:x", vec![4]),
        ("text=no%20user", vec![2]),
    ] {
        let found = get(&server, &format!("/traffic?{query}")).await;
        let found: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["number"].as_i64().unwrap())
            .collect();
        assert_eq!(found, numbers, "{query}");
    }
    let answer = control(&server, "GET /traffic?sesion=1", "").await;
    assert!(
        answer.status == 400 && answer.body.contains("after, limit, session"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn nothing_is_kept_before_somebody_looks() {
    let server = MockServer::start().await.unwrap();
    send(
        &server,
        "POST /icws/connection",
        &[("Accept-Language", "en-us")],
        PASSWORD,
    )
    .await
    .unwrap();
    assert_eq!(get(&server, "/traffic").await, json!([]));
    connect(&server).await;
    assert_eq!(
        get(&server, "/traffic").await[0]["operation"],
        "connection.connect"
    );
}

#[tokio::test]
async fn secrets_are_masked_unless_they_are_asked_for() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client.call("GET /connection", "").await;
    let secrets = [
        "\"secret\"",
        &client.token,
        client.cookie.split('=').nth(1).unwrap(),
    ];
    let har = control(&server, "GET /traffic/har", "").await;
    assert_eq!(har.json()["log"]["entries"].as_array().unwrap().len(), 2);
    let mut masked = har.body;
    for number in [1, 2] {
        masked += &control(&server, &format!("GET /traffic/{number}"), "")
            .await
            .body;
    }
    for (line, shown) in secrets.iter().zip([1, 1, 1]) {
        assert!(
            !masked.replace("\\\"", "\"").contains(line),
            "{line} in {masked}"
        );
        let whole = control(&server, &format!("GET /traffic/{shown}?secrets"), "").await;
        let whole = whole.json().to_string().replace("\\\"", "\"");
        assert!(whole.contains(line), "{line} not in {whole}");
    }
}

#[tokio::test]
async fn what_is_secret_in_one_exchange_is_masked_in_those_that_follow() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    let cookie = client.cookie.split(['=', '|']).nth(1).unwrap();
    let line = format!("GET /icws/{cookie}/x?a={cookie}");
    send(&server, &line, &[], "").await.unwrap();
    for path in ["/traffic", "/traffic/har", "/traffic/2"] {
        let shown = control(&server, &format!("GET {path}"), "").await.body;
        assert!(shown.contains("/icws/***/x"), "{path}: {shown}");
        assert!(!shown.contains(cookie), "{path}: {shown}");
    }
}

#[tokio::test]
async fn what_differs_from_the_model_is_told_with_its_place() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client
        .call(
            "PUT /status/user-statuses/agent",
            r#"{"statusId":"Available","odd":1}"#,
        )
        .await;
    let remarks = get(&server, "/traffic/2").await["remarks"].clone();
    let places: Vec<_> = remarks
        .as_array()
        .unwrap()
        .iter()
        .map(|remark| (remark["side"].as_str().unwrap(), remark["pointer"].as_str()))
        .collect();
    assert!(places.contains(&("request", Some("/odd"))), "{remarks}");
}

#[tokio::test]
async fn a_reader_that_comes_again_goes_on_and_is_told_what_it_has_missed() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client.call("GET /connection", "").await;
    let run = run(&server).await;
    let mut lines = live(&server, &format!("Last-Event-ID: {run}-1\r\n")).await;
    assert_eq!(
        event(&mut lines, "start").await,
        json!({ "run": run, "from": 2, "cleared": 1 })
    );
    assert_eq!(event(&mut lines, "message").await["number"], 2);
    done(&server, "DELETE /traffic", "").await;
    client.call("GET /connection", "").await;
    let mut lines = live(&server, &format!("Last-Event-ID: {run}-0\r\n")).await;
    assert_eq!(event(&mut lines, "lost").await, json!({ "count": 2 }));
    assert_eq!(event(&mut lines, "message").await["number"], 3);
    // Of another run, and of none.
    for id in ["17-1", "x", &format!("{run}-999")] {
        let mut lines = live(&server, &format!("Last-Event-ID: {id}\r\n")).await;
        assert_eq!(event(&mut lines, "message").await["number"], 3);
    }
}

#[tokio::test]
async fn streams_of_the_console_do_not_hold_the_end_of_the_server_up() {
    let server = MockServer::start().await.unwrap();
    let mut lines = live(&server, "").await;
    event(&mut lines, "start").await;
    server.stop().await;
    while lines.next_line().await.is_ok_and(|line| line.is_some()) {}
}
