//! What a client can make the server keep or wait for has a bound.

use std::time::Duration;

use icws_mock::{MockBuilder, MockServer};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::raw::{Client, PASSWORD, connect, send};

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
    let mut stream = client.stream("HTTP/1.1").await;
    tokio::time::sleep(3 * SHORT).await;
    server.control().inject_raw("late");
    until(&mut stream, "data: late").await;
}

/// Reads a stream until a text has come.
async fn until(stream: &mut TcpStream, text: &str) {
    let mut answer = String::new();
    while !answer.contains(text) {
        let mut buffer = [0; 1024];
        let read = timeout(PATIENCE, stream.read(&mut buffer)).await;
        let read = read.unwrap().unwrap();
        assert!(read > 0, "{answer}");
        answer += std::str::from_utf8(&buffer[..read]).unwrap();
    }
}

#[tokio::test]
async fn what_may_take_as_long_as_it_likes_is_waited_for() {
    let builder = MockServer::builder().request_time(Duration::MAX);
    let server = started(builder.ping_interval(Duration::MAX)).await;
    let client = connect(&server).await;
    server.control().inject_raw("{}");
    let mut stream = client.stream("HTTP/1.1").await;
    until(&mut stream, "data: {}").await;
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

#[tokio::test]
async fn a_server_that_is_full_names_others_until_a_session_ends() {
    let server = started(MockServer::builder().sessions(2).alternates(["cic2"])).await;
    let first = connect(&server).await;
    let _second = connect(&server).await;
    let headers = [("Accept-Language", "en-us")];
    let answer = send(&server, "POST /icws/connection", &headers, PASSWORD).await;
    let answer = answer.unwrap();
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.json()["alternateHostList"], json!(["cic2"]));
    assert_eq!(first.call("DELETE /connection", "").await.status, 200);
    connect(&server).await;
}

#[tokio::test]
async fn a_subscription_beyond_all_that_there_may_be_is_refused() {
    let server = started(MockServer::builder().subscriptions(3)).await;
    let (one, other) = (connect(&server).await, connect(&server).await);
    let queue =
        r#"{"queueIds":[{"queueType":2,"queueName":"Sales"}],"attributeNames":["Eic_State"]}"#;
    let follow = async |client: &Client<'_>, id: &str| {
        let line = format!("PUT /messaging/subscriptions/queues/{id}");
        client.call(&line, queue).await.status
    };
    for id in ["a", "b"] {
        assert_eq!(follow(&one, id).await, 200);
    }
    assert_eq!(follow(&other, "a").await, 200);
    assert_eq!(follow(&other, "b").await, 400);
    assert_eq!(follow(&other, "a").await, 200, "in place of its own");
    let stopped = one.call("DELETE /messaging/subscriptions/queues/b", "");
    assert_eq!(stopped.await.status, 204);
    assert_eq!(follow(&other, "b").await, 200);
    assert_eq!(follow(&other, "c").await, 400);
    // Those of a session end with it.
    assert_eq!(one.call("DELETE /connection", "").await.status, 200);
    assert_eq!(follow(&other, "c").await, 200);
    assert_eq!(follow(&other, "d").await, 400);
}

#[tokio::test]
async fn of_a_long_chat_the_older_half_is_forgotten_and_that_is_told() {
    let server = started(MockServer::builder().world(CHAT.parse().unwrap())).await;
    let control = server.control();
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/interactions/7001/chat";
    assert_eq!(client.call(line, "").await.status, 200);
    assert!(control.write("7001", "Ada", "0"));
    control.change_item("interactions", "7001", |chat| {
        let texts = &mut chat["chat"]["texts"];
        let text = |number: usize| {
            let mut text = texts[0].clone();
            text["text"] = json!(number.to_string());
            text
        };
        *texts = (0..1_000).map(text).collect();
    });
    client.poll().await;
    control.write("7001", "Ada", "one more");
    let messages = client.poll().await;
    let contents = messages
        .iter()
        .find(|message| message["messagesAdded"].is_array());
    let contents = contents.expect("it is told");
    assert_eq!(contents["isDelta"], false);
    let texts = contents["messagesAdded"].as_array().unwrap();
    assert_eq!(texts.len(), 500);
    assert_eq!(
        (&texts[0]["text"], &texts[499]["text"]),
        (&json!("501"), &json!("one more"))
    );
}

const CHAT: &str = "
users: [{ id: agent, password: secret }]
workgroups: [{ id: Sales }]
interactions: [{ id: '7001', workgroup: Sales, medium: Chat, name: Ada }]
";

#[tokio::test]
async fn an_interaction_that_is_ended_again_takes_no_place_among_those_that_have_ended() {
    let server = started(MockServer::builder()).await;
    let control = server.control();
    let client = connect(&server).await;
    let first = control.ring("Marketing", None, "+1", "Ada").unwrap();
    for _ in 0..1_500 {
        assert!(control.hang_up(&first));
    }
    let line = format!("GET /interactions/{first}");
    assert_eq!(client.call(&line, "").await.status, 200);
    for _ in 0..1_000 {
        let id = control.ring("Marketing", None, "+1", "Bob").unwrap();
        control.hang_up(&id);
    }
    assert_eq!(client.call(&line, "").await.status, 404);
}

#[tokio::test]
async fn what_is_made_up_is_forgotten_when_there_is_much_and_nobody_follows_it() {
    let server = started(MockServer::builder()).await;
    let control = server.control();
    let client = connect(&server).await;
    let path = |id: &str| format!("/messaging/subscriptions/activations/users/{id}");
    let body = json!({ "userId": "agent", "workgroupIds": ["Marketing"] }).to_string();
    let mut tables = control.tables_of("activations.subscribeUserActivations");
    let table = tables.swap_remove(0);
    for id in (0..2_500).map(|number| number.to_string()) {
        let put = client.call(&format!("PUT {}", path(&id)), &body).await;
        assert!(put.status < 300, "{put:?}");
        match &*id {
            "7" => {}
            // What a test has put there stays.
            "8" => control.put(&table, "8/agent", json!({})),
            _ => drop(client.call(&format!("DELETE {}", path(&id)), "").await),
        }
    }
    let kept = control.items(&table);
    assert!((3..=1_000).contains(&kept.len()), "{}", kept.len());
    assert!(kept.contains_key("7/agent"), "it is followed");
    assert!(kept.contains_key("8/agent"), "somebody has put it there");
}

#[tokio::test]
async fn values_and_licences_that_nobody_watches_are_forgotten_when_there_are_many() {
    let server = started(MockServer::builder()).await;
    let control = server.control();
    let client = connect(&server).await;
    let numbers = |from: usize| from..from + 300;
    for from in (0..3_000).step_by(300) {
        let keys = numbers(from).map(|number| {
            json!({
                "statisticIdentifier": "mock.workgroup:interactions",
                "parameterValueItems": [
                    { "parameterTypeId": "mock.workgroup", "value": number.to_string() },
                ],
            })
        });
        let values = json!({ "statisticKeys": keys.collect::<Vec<_>>() });
        let names: Vec<String> = numbers(from).map(|number| number.to_string()).collect();
        let licenses = json!({ "licenseList": names });
        for (resource, body) in [
            ("statistics/statistic-values", values),
            ("licenses", licenses),
        ] {
            let line = format!("PUT /messaging/subscriptions/{resource}");
            let put = client.call(&line, &body.to_string()).await;
            assert!(put.status < 300, "{put:?}");
        }
    }
    for table in ["statistics/statistic-values", "licenses"] {
        let kept = control.items(table).len();
        assert!((300..=1_500).contains(&kept), "{table}: {kept}");
    }
}
