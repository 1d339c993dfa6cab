//! What the console is made of: the page, the traffic, and the control that it uses.

use std::time::Duration;

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;

use crate::raw::{Answer, JSON, PASSWORD, connect, send};

pub async fn control(server: &MockServer, line: &str, body: &str) -> Answer {
    let (method, path) = line.split_once(' ').unwrap();
    let line = format!("{method} /mock{path}");
    send(server, &line, &[JSON], body).await.unwrap()
}

pub async fn get(server: &MockServer, path: &str) -> Value {
    let answer = control(server, &format!("GET {path}"), "").await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.json()
}

/// Does something, which has to succeed.
pub async fn done(server: &MockServer, line: &str, body: &str) {
    let answer = control(server, line, body).await;
    assert_eq!(answer.status, 204, "{line}: {answer:?}");
}

/// The lines of the stream of the traffic.
pub async fn live(server: &MockServer, header: &str) -> Lines<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("GET /mock/traffic/live HTTP/1.1\r\nHost: localhost\r\n{header}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    BufReader::new(stream).lines()
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
async fn the_page_and_its_files_come_with_a_strict_policy() {
    let server = MockServer::start().await.unwrap();
    let page = control(&server, "GET /", "").await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    for (path, media) in [
        ("/", "text/html"),
        ("/console/main.js", "text/javascript"),
        ("/console/base.css", "text/css"),
        ("/console/icon.svg", "image/svg+xml"),
        ("/state", "application/json"),
        ("", "text/plain"),
    ] {
        let answer = control(&server, &format!("GET {path}"), "").await;
        let is = answer.header("content-type").unwrap_or_default();
        assert!(
            answer.status == 200 && is.starts_with(media),
            "{path}: {answer:?}"
        );
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'")
                && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    let mut stream = live(&server, "").await;
    let mut head = Vec::new();
    while let Some(line) = stream.next_line().await.unwrap() {
        match line.as_str() {
            "" => break,
            _ => head.push(line),
        }
    }
    let guard = "x-content-type-options: nosniff";
    assert!(head.iter().any(|line| line == guard), "{head:?}");
    for script in page.body.split("src=\"").skip(1) {
        let path = format!("/{}", script.split('"').next().unwrap());
        assert_eq!(
            control(&server, &format!("GET {path}"), "").await.status,
            200,
            "{path}"
        );
    }
    assert_eq!(
        control(&server, "GET /console/nothing.js", "").await.status,
        404
    );
    assert_eq!(
        control(&server, "POST /console/main.js", "").await.status,
        404
    );
}

#[tokio::test]
async fn pages_of_other_sites_reach_nothing_of_it() {
    let server = MockServer::start().await.unwrap();
    for line in [
        "GET /mock/",
        "GET /mock/console/main.js",
        "GET /mock/traffic",
        "GET /mock/traffic/live",
        "GET /mock/traffic/1",
        "GET /mock/traffic/har",
        "DELETE /mock/traffic",
        "GET /mock/model",
        "GET /mock/model/types/common.error",
        "GET /mock/state",
        "GET /mock/tick",
        "PUT /mock/tick",
        "POST /mock/sessions",
        "POST /mock/sessions/1/try",
        "POST /mock/sessions/1/drop",
        "GET /mock/sessions?details",
        "POST /mock/users/agent/status",
        "POST /mock/interactions/1/hold",
        "POST /mock/chats",
        "GET /mock/gone",
        "DELETE /mock/gone/a.b",
        "DELETE /mock/faults/1",
    ] {
        for header in [
            ("Origin", "http://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let answer = send(&server, line, &[header], "").await.unwrap();
            assert_eq!(answer.status, 403, "{line} {header:?}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
        let rebound = format!("{line} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        let answer = crate::raw::bytes(server.address(), &rebound).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{line}: {answer}");
    }
}

#[tokio::test]
async fn traffic_has_requests_answers_and_messages_of_streams() {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let client = connect(&server).await;
    client.call("GET /status/user-statuses/nobody", "").await;
    let headers = format!(
        "Cookie: {}\r\nININ-ICWS-CSRF-Token: {}",
        client.cookie, client.token
    );
    let path = client.line("GET /messaging/messages");
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request =
        format!("{path} HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n{headers}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
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
    let run = get(&server, "/state").await["run"]
        .as_str()
        .unwrap()
        .to_owned();
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

#[tokio::test]
async fn sessions_are_opened_looked_at_and_dropped() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let call = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    client
        .call(
            &format!("PUT /messaging/subscriptions/interactions/{call}"),
            r#"{"attributeNames":["*"]}"#,
        )
        .await;
    let shown = get(&server, &format!("/sessions/{}", client.id)).await;
    assert_eq!(
        (&shown["user"], &shown["reads"], &shown["waiting"]),
        (&json!("agent"), &Value::Null, &json!(1))
    );
    assert_eq!(
        shown["subscriptions"],
        json!([{
            "operation": "interactions.subscribe", "parameters": { "interactionId": call }, "body": { "attributeNames": ["*"] },
        }])
    );
    client.poll().await;
    assert_eq!(get(&server, "/sessions?details").await[0]["reads"], "poll");
    assert_eq!(
        control(&server, &format!("POST /sessions/{}/drop", client.id), "")
            .await
            .status,
        404
    );

    let headers = format!(
        "Cookie: {}\r\nININ-ICWS-CSRF-Token: {}",
        client.cookie, client.token
    );
    let path = client.line("GET /messaging/messages");
    let request =
        format!("{path} HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n{headers}\r\n\r\n");
    let address = server.address();
    let stream = tokio::spawn(async move { crate::raw::bytes(address, &request).await });
    while get(&server, "/sessions?details").await[0]["reads"] != "stream" {}
    done(&server, &format!("POST /sessions/{}/drop", client.id), "").await;
    let came = stream.await.unwrap();
    assert!(
        came.starts_with("HTTP/1.1 200") && !came.ends_with("0\r\n\r\n"),
        "{came}"
    );
    // What waits is not lost, as nothing was under way.
    server.control().inject_raw("{}");
    assert_eq!(client.poll().await, [json!({})]);

    let opened = control(&server, "POST /sessions", r#"{"user":"agent"}"#)
        .await
        .json();
    assert_eq!(server.control().sessions().len(), 2);
    assert!(opened["sessionId"].is_string());
    assert_eq!(
        control(&server, "POST /sessions", r#"{"user":"nobody"}"#)
            .await
            .status,
        404
    );
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

#[tokio::test]
async fn calls_are_held_and_users_get_statuses_and_stations() {
    let scenario = Scenario::contact_center().unwrap();
    let server = MockServer::builder().world(scenario).start().await.unwrap();
    let call = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    let hold = format!("POST /interactions/{call}/hold");
    // Nobody can hold what nobody has.
    assert_eq!(control(&server, &hold, "").await.status, 409);
    done(
        &server,
        &format!("POST /interactions/{call}/pickup"),
        r#"{"user":"agent01"}"#,
    )
    .await;
    let state =
        || server.control().item("interactions", &call).unwrap()["attributes"]["Eic_State"].clone();
    done(&server, &hold, "").await;
    assert_eq!(state(), "H");
    done(&server, &hold, r#"{"on":false}"#).await;
    assert_eq!(state(), "C");
    let transfer = format!("POST /interactions/{call}/transfer");
    done(&server, &transfer, r#"{"user":"AGENT02"}"#).await;
    let item = server.control().item("interactions", &call).unwrap();
    let queue = json!([{ "queueType": 1, "queueName": "agent02" }]);
    assert_eq!((state(), &item["queues"]), (json!("A"), &queue));
    for (body, status) in [
        (r#"{"user":"nobody"}"#, 404),
        (r#"{"user":"agent02","workgroup":"Sales"}"#, 400),
    ] {
        assert_eq!(control(&server, &transfer, body).await.status, status);
    }
    let user = || {
        server
            .control()
            .item("status/user-statuses", "agent01")
            .unwrap()
    };
    done(
        &server,
        "POST /users/agent01/status",
        r#"{"statusId":"At Lunch"}"#,
    )
    .await;
    done(
        &server,
        "POST /users/agent01/station",
        r#"{"station":"station02"}"#,
    )
    .await;
    assert_eq!(
        (&user()["statusId"], &user()["stations"]),
        (&json!("At Lunch"), &json!(["station02"]))
    );
    done(
        &server,
        "POST /users/agent01/station",
        r#"{"station":null}"#,
    )
    .await;
    assert_eq!(user()["stations"], json!([]));
    for (line, body) in [
        ("POST /users/agent01/status", r#"{"statusId":"none"}"#),
        ("POST /users/agent01/station", r#"{"station":"none"}"#),
        ("POST /users/nobody/status", r#"{"statusId":"At Lunch"}"#),
        ("POST /users/agent01/other", "{}"),
        ("POST /interactions/1/hold", ""),
    ] {
        assert_eq!(control(&server, line, body).await.status, 404, "{line}");
    }
}

#[tokio::test]
async fn a_value_of_a_statistic_is_made_before_anybody_asks_for_one() {
    let server = MockServer::start().await.unwrap();
    let key = r#"{"statisticIdentifier":"inin.workgroup:Calls"}"#;
    let id: String = key.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/world/statistics/statistic-values/{id}");
    let value = format!(r#"{{"statisticKey":{key}}}"#);
    done(&server, &format!("PUT {path}"), &value).await;
    let counts = get(&server, "/world").await;
    assert_eq!(counts["statistics/statistic-values"], 1, "{counts}");
}

#[tokio::test]
async fn faults_that_wait_are_listed_and_taken_back() {
    let server = MockServer::start().await.unwrap();
    for body in [
        r#"{"fault":"unavailable","alternates":["b"],"operation":"messaging.poll"}"#,
        r#"{"fault":"answer","status":500,"errorCode":-1,"message":"m"}"#,
        r#"{"fault":"delay","seconds":0.5}"#,
    ] {
        done(&server, "POST /faults", body).await;
    }
    done(
        &server,
        "POST /faults/random",
        r#"{"seed":1,"rate":0.25,"faults":[{"fault":"truncateJson"}]}"#,
    )
    .await;
    assert_eq!(
        get(&server, "/faults").await,
        json!({
            "count": 0,
            "waiting": [
                { "number": 1, "operation": "messaging.poll", "fault": { "fault": "unavailable", "alternates": ["b"] } },
                { "number": 2, "operation": null, "fault": { "fault": "answer", "status": 500, "errorCode": -1, "message": "m" } },
                { "number": 3, "operation": null, "fault": { "fault": "delay", "seconds": 0.5 } },
            ],
            "random": { "rate": 0.25, "operation": null, "faults": [{ "fault": "truncateJson" }] },
        })
    );
    done(&server, "DELETE /faults/2", "").await;
    assert_eq!(control(&server, "DELETE /faults/2", "").await.status, 404);
    done(&server, "DELETE /faults/random", "").await;
    assert_eq!(
        control(&server, "DELETE /faults/random", "").await.status,
        404
    );
    assert_eq!(get(&server, "/state").await["faultsActive"], 2);
    done(&server, "POST /gone", r#"{"operation":"messaging.poll"}"#).await;
    assert_eq!(get(&server, "/gone").await, json!(["messaging.poll"]));
    done(&server, "DELETE /gone/messaging.poll", "").await;
    assert_eq!(get(&server, "/gone").await, json!([]));
}

#[tokio::test(start_paused = true)]
async fn the_tick_is_changed_while_the_server_runs() {
    let server = MockServer::builder().callbacks(1).start().await.unwrap();
    let id = server.control().callbacks()[0].interaction_id.clone();
    let attempts = || server.control().callback(&id).unwrap().attempts;
    let before = attempts();
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(attempts(), before);
    server.control().set_tick(Some(Duration::from_secs(10)));
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert_ne!(attempts(), before);
    let changed = server.control().callback(&id).unwrap();
    server.control().set_tick(None);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(server.control().callback(&id).unwrap(), changed);
}

#[tokio::test]
async fn a_tick_is_told_and_refused_where_it_is_none() {
    let server = MockServer::start().await.unwrap();
    assert_eq!(get(&server, "/tick").await, json!({ "milliseconds": null }));
    done(&server, "PUT /tick", r#"{"milliseconds":250}"#).await;
    assert_eq!(
        get(&server, "/tick").await,
        json!({ "milliseconds": 250.0 })
    );
    for body in [
        r#"{"milliseconds":-1}"#,
        r#"{"milliseconds":1e300}"#,
        r#"{"milliseconds":"1"}"#,
        r#"{"seconds":1}"#,
    ] {
        assert_eq!(
            control(&server, "PUT /tick", body).await.status,
            400,
            "{body}"
        );
    }
    done(&server, "PUT /tick", "{}").await;
    assert_eq!(server.control().tick(), None);
}

#[tokio::test]
async fn the_model_is_shown_item_by_item() {
    let server = MockServer::start().await.unwrap();
    let list = get(&server, "/model").await;
    let ids = |kind: &str| -> Vec<String> {
        let items = list[kind].as_array().unwrap().iter();
        items
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(ids("operations").contains(&"queues.subscribe".to_owned()));
    assert!(ids("types").contains(&"queues.queueContentsMessage".to_owned()));
    let operation = get(&server, "/model/operations/queues.subscribe").await;
    assert_eq!(operation["method"], "PUT");
    assert_eq!(
        get(&server, "/model/types/queues.queueContentsMessage").await["kind"],
        "message"
    );
    let unknown = control(&server, "GET /model/operations/queues.subscibe", "").await;
    assert!(
        unknown.status == 404 && unknown.body.contains("Did you mean queues.subscribe?"),
        "{unknown:?}"
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
async fn a_loaded_model_is_shown_and_compared_with_beside_the_shipped_one() {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/everything.yaml");
    let server = MockServer::builder()
        .model(model)
        .keep_traffic()
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    assert_eq!(
        get(&server, "/model/types/rooms.plans.chair").await["name"],
        "chair"
    );
    assert_eq!(
        get(&server, "/model/types/common.error").await["name"],
        "error"
    );
    client.call("PUT /rooms/0", "{}").await;
    let entry = get(&server, "/traffic/2").await;
    let unknown = |remark: &Value| remark["part"] == "request";
    assert!(
        !entry["remarks"].as_array().unwrap().iter().any(unknown),
        "{entry}"
    );
    client.call("PUT /cellars/0", "{}").await;
    let entry = get(&server, "/traffic/3").await;
    assert!(
        entry["remarks"].as_array().unwrap().iter().any(unknown),
        "{entry}"
    );
}
