//! Servers that send what no server should, over sockets: responses without an end, and
//! responses of something that is no ICWS server.

use std::time::Duration;

use icws_generated::client::{
    Client, ClientBuilder, ClientError, Item, SavedSession, Session, TransportErrorKind,
};
use icws_generated::connection::GetConnection;
use icws_generated::interactions::callback::Unsubscribe;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::fake::{Answer, Fake, credentials};

const LIMIT: usize = 100_000;
const HEAD: &str = "HTTP/1.1 200 OK\r\n";

/// What a server does behind the head of its response.
#[derive(Clone)]
enum Then {
    Close,
    /// It sends a piece again and again, with a pause behind each.
    Repeat(Duration),
}

/// A response: its head, and what follows, over and over if it has no end.
#[derive(Clone)]
struct Scene {
    head: String,
    piece: Vec<u8>,
    then: Then,
}

impl Scene {
    fn endless(head: &str, piece: &str) -> Self {
        let chunked = format!("{HEAD}Transfer-Encoding: chunked\r\n{head}\r\n");
        let piece = piece.repeat(10_000 / piece.len());
        Scene {
            head: chunked,
            piece: format!("{:x}\r\n{piece}\r\n", piece.len()).into_bytes(),
            then: Then::Repeat(Duration::ZERO),
        }
    }

    fn whole(text: &str) -> Self {
        Scene {
            head: text.to_owned(),
            piece: Vec::new(),
            then: Then::Close,
        }
    }

    async fn play(self, mut stream: TcpStream) -> Option<()> {
        let mut read = Vec::new();
        while !read.windows(4).any(|end| end == b"\r\n\r\n") {
            (stream.read_buf(&mut read).await.ok()? > 0).then_some(())?;
        }
        stream.write_all(self.head.as_bytes()).await.ok()?;
        if let Then::Repeat(pause) = self.then {
            loop {
                stream.write_all(&self.piece).await.ok()?;
                tokio::time::sleep(pause).await;
            }
        }
        Some(())
    }
}

/// A session with a server that answers every request so.
async fn session(scene: Scene, features: &str, set: fn(ClientBuilder) -> ClientBuilder) -> Session {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(scene.clone().play(stream));
        }
    });
    let client = Client::builder()
        .plain_http()
        .host(&host)
        .response_limit(LIMIT)
        .backoff(Duration::from_millis(10), Duration::from_millis(20));
    let saved = format!(
        r#"{{"host":"{host}","baseUrl":"http://{host}","sessionId":"1","csrfToken":"t","cookie":"icws_1=c","features":{{{features}}}}}"#
    );
    let saved = SavedSession::from_json(&saved).unwrap();
    set(client).build().unwrap().resume(&saved, None).unwrap()
}

/// A client that asks once.
fn once(fake: &Fake) -> Client {
    // The next time would be behind the deadline, which is far away.
    let wait = Duration::from_secs(600);
    let client = fake
        .builder()
        .backoff(wait, wait)
        .deadline(Duration::from_secs(60));
    client.build().unwrap()
}

async fn answer(scene: Scene) -> ClientError {
    let session = session(scene, r#""connection":1"#, |client| client).await;
    let request = GetConnection::builder().build();
    let answer = timeout(Duration::from_secs(5), session.call(request)).await;
    answer.expect("no end").unwrap_err()
}

/// What is wrong with messages that come so.
async fn gap(scene: Scene, events: bool) -> String {
    let features = if events { r#""messaging":2"# } else { "" };
    let set = |client: ClientBuilder| client.stream_silence(Duration::from_millis(300));
    let session = session(scene, features, set).await;
    let mut messages = session.messages().unwrap();
    let item = timeout(Duration::from_secs(5), messages.next()).await;
    match item.expect("no end") {
        Some(Item::Gap(gap)) => gap.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_without_an_end_is_not_read() {
    for piece in ["x", " ", "[1,"] {
        let error = answer(Scene::endless("", piece)).await;
        let ClientError::Transport { error, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(error.kind(), TransportErrorKind::TooLarge);
        assert!(error.to_string().contains("100000 bytes"), "{error}");
    }
    let gap = gap(Scene::endless("", " "), false).await;
    assert!(gap.contains("response_limit"), "{gap}");
}

#[tokio::test]
async fn an_event_without_an_end_is_not_kept() {
    let events = "Content-Type: text/event-stream\r\n";
    for piece in ["data", "data: x\n", ":"] {
        let gap = gap(Scene::endless(events, piece), true).await;
        assert!(gap.contains("too large"), "{piece}: {gap}");
    }
}

#[tokio::test]
async fn an_event_that_does_not_go_on_is_not_waited_for() {
    let scene = Scene {
        head: format!(
            "{HEAD}Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        ),
        piece: b"1\r\nd\r\n".to_vec(),
        then: Then::Repeat(Duration::from_millis(50)),
    };
    let gap = timeout(Duration::from_secs(10), gap(scene, true)).await;
    let gap = gap.unwrap();
    assert!(gap.contains("in time"), "{gap}");
}

#[tokio::test]
async fn a_poll_that_ends_with_the_connection_and_says_nothing_is_a_gap() {
    let told = gap(
        Scene::whole(&format!("{HEAD}Connection: close\r\n\r\n")),
        false,
    )
    .await;
    assert!(told.contains("closed"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn nothing_can_be_said_by_a_status() {
    let fake = Fake::new();
    fake.state()
        .poll
        .push_back(Answer::Status(204, String::new()));
    let session = fake.session().await;
    let mut messages = session.messages().unwrap();
    let silent = timeout(Duration::from_secs(60), messages.next()).await;
    assert!(silent.is_err(), "{silent:?}");
}

#[tokio::test(start_paused = true)]
async fn a_page_for_people_is_no_answer_of_a_server() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.push_back(Answer::login_page());
    let request = Unsubscribe::builder().interaction_id("2001").build();
    let error = session.call(request).await.unwrap_err().to_string();
    assert!(
        error.contains("text/html, not JSON: a proxy, a login page"),
        "{error}"
    );

    fake.state().connect.push_back(Answer::login_page());
    let client = once(&fake);
    let error = client.connect(credentials()).await.unwrap_err().to_string();
    assert!(
        error.contains("200 OK") && error.contains("a login page"),
        "{error}"
    );

    // A subscription that such a page answers has not been made.
    fake.state().subscribe.push_back(Answer::login_page());
    let error = session.watch_callback("2001").await.unwrap_err();
    assert!(error.to_string().contains("a login page"), "{error}");
    let _watch = session.watch_callback("2001").await.unwrap();
    fake.state().subscribe.push_back(Answer::login_page());
    fake.state()
        .poll
        .push_back(Answer::Status(500, String::new()));
    fake.until("PUT", 4).await;

    fake.state().poll.push_back(Answer::login_page());
    let mut messages = session.messages().unwrap();
    let item = messages.next().await;
    let Some(Item::Gap(gap)) = &item else {
        panic!("{item:?}");
    };
    assert!(gap.to_string().contains("a login page"), "{gap}");
}

#[tokio::test(start_paused = true)]
async fn what_is_compressed_although_nobody_asked_is_told() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().connection.push_back(Answer::Headed(
        200,
        ["Content-Encoding", "gzip"],
        "\u{1f}...".to_owned(),
    ));
    let error = session.call(GetConnection::builder().build()).await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("gzip, which nobody asked for"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_error_shows_what_a_connect_was_answered() {
    let made = r#"{"csrfToken":"hush","sessionId":"7"}"#.to_owned();
    for answer in [
        Answer::Status(200, made.clone()),
        Answer::Status(202, made.clone()),
        Answer::Status(500, made.clone()),
        Answer::Headed(201, ["Set-Cookie", "other=hush"], made.clone()),
        Answer::Headed(201, ["Content-Type", "text/plain"], made.clone()),
        Answer::Status(201, made.replace(r#""7""#, "7e")),
    ] {
        let fake = Fake::new();
        fake.state().connect.push_back(answer);
        let client = once(&fake);
        let error = client.connect(credentials()).await.unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("hush"), "{shown}");
    }
}
