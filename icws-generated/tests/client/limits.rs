//! What a server may send has limits, and each is set by the program and named where it
//! is met.

use std::time::Duration;

use icws_generated::client::{Client, ClientBuilder, ClientError, TransportErrorKind};
use icws_generated::connection::GetVersion;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::fake::{Answer, Fake, credentials};

type Set = fn(ClientBuilder) -> ClientBuilder;

/// What a 503 says that names so many hosts, some of them twice.
fn names(count: usize) -> Answer {
    let names = (0..count).chain(0..count.min(3));
    let names: Vec<String> = names.map(|n| format!("\"other{n}\"")).collect();
    let body = format!(r#"{{"alternateHostList":[{}]}}"#, names.join(","));
    Answer::Status(503, body)
}

/// The error of a connect that every host refuses, the first of which names 80 others.
async fn refused(fake: &Fake, set: Set) -> ClientError {
    let refusals = (0..1000).map(|_| Answer::Status(503, String::new()));
    fake.state().connect.push_back(names(80));
    fake.state().connect.extend(refusals);
    let wait = Duration::from_secs(600);
    let client = fake.builder().host("own2").backoff(wait, wait);
    let client = set(client).deadline(Duration::from_secs(60)).build();
    client.unwrap().connect(credentials()).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn the_program_says_how_many_hosts_are_asked() {
    let usual: Set = |client| client;
    // Two are the program's own.
    for (set, asked, left_out) in [
        (usual, 64, 18),
        (|client| client.host_limit(5), 5, 77),
        (|client| client.host_limit(100), 82, 0),
        // Those are asked in any case.
        (|client| client.host_limit(0), 2, 80),
    ] {
        let fake = Fake::new();
        let error = refused(&fake, set).await;
        assert_eq!(fake.count("POST"), asked, "{error}");
        let ClientError::Unreachable(attempts) = &error else {
            panic!("{error}");
        };
        let counts: Vec<usize> = attempts.iter().map(|one| one.left_out).collect();
        assert_eq!((counts[0], counts[1..].iter().sum()), (left_out, 0));
        let text = error.to_string();
        let told = format!("{left_out} more hosts that it names were not asked");
        assert_eq!(text.contains(&told), left_out > 0, "{text}");
        assert_eq!(text.contains("`ClientBuilder::host_limit`"), left_out > 0);
    }
}

#[tokio::test(start_paused = true)]
async fn hosts_of_a_session_that_is_lost_are_limited_too() {
    let fake = Fake::new();
    let names: Vec<String> = (0..80).map(|n| format!("\"other{n}\"")).collect();
    let made = format!(
        r#"{{"csrfToken":"t","sessionId":"7","alternateHostList":[{}],"features":[]}}"#,
        names.join(",")
    );
    fake.state().connect.push_back(Answer::Status(201, made));
    let wait = Duration::from_secs(600);
    let client = fake.builder().host_limit(4).backoff(wait, wait);
    let session = client.build().unwrap().connect(credentials()).await;
    let session = session.unwrap();
    let refusals = (0..1000).map(|_| Answer::Status(503, String::new()));
    fake.state().connect.extend(refusals);
    fake.state().poll.push_back(Answer::forgotten());
    let _messages = session.messages().unwrap();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(fake.count("POST") - 1, 4, "{:?}", fake.state().log);
}

#[tokio::test(start_paused = true)]
async fn the_head_of_a_response_is_limited_on_any_transport() {
    let fake = Fake::new();
    let client = fake.builder().header_limit(100).build().unwrap();
    let session = client.connect(credentials()).await.unwrap_err();
    let text = session.to_string();
    assert!(
        text.contains("its head has more than 100 bytes; `ClientBuilder::header_limit`"),
        "{text}"
    );
    let client = fake.builder().header_limit(500).build().unwrap();
    client.connect(credentials()).await.unwrap();
}

/// The error of a request that is answered with so many headers of so many bytes; all of
/// them again and again, if there is no end.
async fn answered(count: usize, size: usize, is_endless: bool, set: Set) -> Option<ClientError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut read = Vec::new();
        while !read.windows(4).any(|end| end == b"\r\n\r\n") {
            stream.read_buf(&mut read).await.unwrap();
        }
        let text = "a".repeat(size);
        let headers: String = (0..count).map(|n| format!("X{n}: {text}\r\n")).collect();
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
        stream.write_all(head.as_bytes()).await.ok()?;
        loop {
            stream.write_all(headers.as_bytes()).await.ok()?;
            if !is_endless {
                break;
            }
        }
        stream.write_all(b"\r\n{}").await.ok()
    });
    let client = Client::builder().plain_http().host(host);
    let call = set(client).build().unwrap();
    let call = call.call(GetVersion::builder().build());
    let answer = timeout(Duration::from_secs(20), call).await;
    let error = answer.expect("no end").err()?;
    match error {
        ClientError::Unreachable(mut attempts) => Some(*attempts.remove(0).error),
        // It has come whole.
        ClientError::Decode(_) => None,
        error => Some(error),
    }
}

#[tokio::test]
async fn the_program_says_how_long_a_head_may_be() {
    let wide: Set = |client| one_round(client).header_limit(2 << 20);
    let narrow: Set = |client| one_round(client).header_limit(3000);
    for (count, size, set, is_taken) in [
        (1, 100_000, one_round as Set, true),
        (1, 1_000_000, one_round, false),
        (1, 1_000_000, wide, true),
        (10, 100, narrow, true),
        (10, 1000, narrow, false),
        // One more is in the head.
        (100, 10, one_round, false),
    ] {
        let error = answered(count, size, false, set).await;
        assert_eq!(error.is_none(), is_taken, "{count} {size}: {error:?}");
        let Some(ClientError::Transport { error, .. }) = error else {
            continue;
        };
        assert_eq!(error.kind(), TransportErrorKind::TooLarge, "{error}");
        let text = error.to_string();
        assert!(text.contains("`ClientBuilder::header_limit`"), "{text}");
        assert!(
            count < 100 || text.contains("more than 100 headers"),
            "{text}"
        );
    }
    for set in [one_round as Set, narrow] {
        let error = answered(1, 10_000, true, set).await.unwrap().to_string();
        assert!(error.contains("`ClientBuilder::header_limit`"), "{error}");
    }
}

/// One round, which takes as long as it takes.
fn one_round(client: ClientBuilder) -> ClientBuilder {
    let wait = Duration::from_secs(60);
    client.deadline(Duration::from_secs(15)).backoff(wait, wait)
}
