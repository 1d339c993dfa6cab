//! A transport that answers from memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use icws_generated::client::{
    Client, ClientBuilder, Credentials, Exchange, Session, Transport, TransportError,
    TransportErrorKind,
};
use tokio::sync::mpsc;

use crate::logs;

const PASSWORD: &str = "open sesame";

/// What the server answers.
pub enum Answer {
    Status(u16, String),
    Fails(TransportErrorKind),
    /// Never.
    Silence,
    /// With a header.
    Headed(u16, [&'static str; 2], String),
    /// After a time.
    Late(Duration, u16),
    /// After a time, with a body.
    LateOk(Duration, u16, String),
    /// A session whose body breaks off behind the head, which tells all of it.
    CutSession(&'static str),
    /// A stream of events; what is sent here comes in.
    Events(mpsc::UnboundedReceiver<Event>),
}

/// A piece of a stream, or what breaks it.
type Event = Result<String, TransportErrorKind>;

impl Answer {
    pub fn page(range: &'static str, body: String) -> Self {
        Answer::Headed(200, ["Content-Range", range], body)
    }

    /// What a proxy answers that wants one to log in.
    pub fn login_page() -> Self {
        let html = "<html>Who are you?</html>".to_owned();
        Answer::Headed(200, ["Content-Type", "text/html"], html)
    }

    /// What a server says of a session that it has forgotten.
    pub fn forgotten() -> Self {
        let text = r#"{"message":"Gone.","errorCode":-2147221499}"#;
        Answer::Status(401, text.to_owned())
    }

    pub fn ok(body: impl Into<String>) -> Self {
        Answer::Status(200, body.into())
    }

    /// Messages.
    pub fn batch(items: &[String]) -> Self {
        Answer::ok(format!("[{}]", items.join(",")))
    }
}

/// Answers that were prepared for a kind of request; the usual one without.
#[derive(Default)]
pub struct State {
    /// Method, host and path of each request.
    pub log: Vec<String>,
    pub requests: Vec<Request<Bytes>>,
    pub connect: VecDeque<Answer>,
    pub poll: VecDeque<Answer>,
    pub subscribe: VecDeque<Answer>,
    pub other: VecDeque<Answer>,
    pub connection: VecDeque<Answer>,
    /// Subscriptions whose path ends so are answered with 500.
    pub broken: Option<&'static str>,
    /// `featureId` and version of what the server says it has.
    pub features: Vec<(&'static str, u32)>,
    sessions: u64,
    polling: usize,
    pub most_polling: usize,
}

#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<State>>);

impl Fake {
    pub fn new() -> Self {
        logs::listen();
        logs::secret(PASSWORD);
        let fake = Fake::default();
        fake.state().features = vec![("connection", 11), ("interactions", 8), ("messaging", 1)];
        fake
    }

    /// One whose messages come as events.
    pub fn streaming() -> Self {
        let fake = Fake::new();
        fake.state().features[2].1 = 2;
        fake
    }

    /// Answers the next request for messages with a stream of what is sent here.
    pub fn open_stream(&self) -> mpsc::UnboundedSender<Event> {
        let (events, receiver) = mpsc::unbounded_channel();
        self.state().poll.push_back(Answer::Events(receiver));
        events
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder()
            .host("cic1")
            .poll_interval(Duration::from_millis(100))
            .backoff(Duration::from_millis(100), Duration::from_secs(1))
            .transport(self.clone())
    }

    pub async fn session(&self) -> Session {
        let client = self.builder().build().unwrap();
        client.connect(credentials()).await.unwrap()
    }

    /// How many requests there were whose line starts so.
    pub fn count(&self, start: &str) -> usize {
        let state = self.state();
        state
            .log
            .iter()
            .filter(|line| line.starts_with(start))
            .count()
    }

    /// Waits until there were so many of them.
    pub async fn until(&self, start: &str, count: usize) {
        for _ in 0..20_000 {
            if self.count(start) >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let mut log = self.state().log.clone();
        log.truncate(40);
        panic!("{start} did not come {count} times: {log:#?}");
    }

    fn answer(&self, request: &Request<Bytes>) -> Answer {
        logs::secrets_of(request.headers());
        let mut state = self.state();
        let host = request
            .uri()
            .authority()
            .map(|a| a.host())
            .unwrap_or_default();
        let path = request.uri().path();
        state
            .log
            .push(format!("{} {host} {path}", request.method()));
        state.requests.push(request.clone());
        if path.ends_with("/icws/connection") {
            if let Some(answer) = state.connect.pop_front() {
                return answer;
            }
            state.sessions += 1;
            let id = state.sessions;
            let features: Vec<String> = state
                .features
                .iter()
                .map(|(feature, version)| {
                    format!(r#"{{"featureId":"{feature}","version":{version}}}"#)
                })
                .collect();
            let body = format!(
                r#"{{"csrfToken":"token{id}","sessionId":"{id}","userID":"agent","alternateHostList":["cic2"],"features":[{}]}}"#,
                features.join(",")
            );
            return Answer::Status(201, body);
        }
        if path.ends_with("/messaging/messages") {
            state.poll.pop_front().unwrap_or_else(|| Answer::ok("[]"))
        } else if path.ends_with("/connection") && request.method() == Method::GET {
            let usual = || Answer::ok(r#"{"connectionState":1}"#);
            state.connection.pop_front().unwrap_or_else(usual)
        } else if request.method() == Method::PUT {
            if state.broken.is_some_and(|end| path.ends_with(end)) {
                return Answer::Status(500, String::new());
            }
            state
                .subscribe
                .pop_front()
                .unwrap_or_else(|| Answer::ok(""))
        } else if let Some(answer) = state.other.pop_front() {
            answer
        } else {
            Answer::Status(
                if path.ends_with("/connection") {
                    200
                } else {
                    204
                },
                String::new(),
            )
        }
    }
}

pub fn credentials() -> Credentials {
    Credentials::password("agent", PASSWORD)
}

impl Transport for Fake {
    fn send(&self, request: Request<Bytes>) -> Exchange<'_> {
        Box::pin(async move {
            let poll = request.uri().path().ends_with("/messaging/messages");
            if poll {
                let mut state = self.state();
                state.polling += 1;
                state.most_polling = state.most_polling.max(state.polling);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
            let answer = self.answer(&request);
            if poll {
                self.state().polling -= 1;
            }
            match answer {
                Answer::Fails(kind) => Err(TransportError::new(kind, "as prepared")),
                Answer::Silence => std::future::pending().await,
                Answer::Late(time, status) => {
                    tokio::time::sleep(time).await;
                    Ok(reply(status, String::new()))
                }
                Answer::LateOk(time, status, body) => {
                    tokio::time::sleep(time).await;
                    Ok(reply(status, body))
                }
                Answer::Headed(status, [name, value], body) => {
                    let mut reply = reply(status, body);
                    let value = http::HeaderValue::from_static(value);
                    reply.headers_mut().insert(name, value);
                    Ok(reply)
                }
                Answer::CutSession(id) => Ok(cut_session(id)),
                Answer::Status(status, body) => Ok(reply(status, body)),
                Answer::Events(events) => Ok(stream(events)),
            }
        })
    }
}

fn reply(status: u16, body: String) -> Response<icws_generated::client::ReplyBody> {
    let session = body
        .split(r#""sessionId":""#)
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let mut builder = Response::builder()
        .status(StatusCode::from_u16(status).unwrap())
        .header(
            "Content-Type",
            "application/vnd.inin.icws+JSON; charset=utf-8",
        );
    if let (201, Some(id)) = (status, session) {
        let cookie = format!("icws_{id}=cookie{id}|languageId=en-us; Path=/icws/{id}; HttpOnly");
        logs::secret(&format!("cookie{id}"));
        logs::secret(&format!("token{id}"));
        builder = builder.header("Set-Cookie", cookie);
    }
    let body = Full::new(Bytes::from(body)).map_err(|never| match never {});
    builder.body(body.boxed_unsync()).unwrap()
}

fn cut_session(id: &str) -> Response<icws_generated::client::ReplyBody> {
    let error = TransportError::new(TransportErrorKind::Cut, "as prepared");
    let frames = futures_util::stream::iter([Err::<Frame<Bytes>, _>(error)]);
    Response::builder()
        .status(201)
        .header("Set-Cookie", format!("icws_{id}=c; Path=/icws/{id}"))
        .header("ININ-ICWS-CSRF-Token", "t")
        .header("ININ-ICWS-Session-ID", id)
        .body(StreamBody::new(frames).boxed_unsync())
        .unwrap()
}

fn stream(
    mut events: mpsc::UnboundedReceiver<Event>,
) -> Response<icws_generated::client::ReplyBody> {
    let frames = futures_util::stream::poll_fn(move |context| {
        events.poll_recv(context).map(|event| {
            event.map(|event| {
                let frame = |text| Frame::data(Bytes::from(text));
                event
                    .map(frame)
                    .map_err(|kind| TransportError::new(kind, "as prepared"))
            })
        })
    });
    Response::builder()
        .header("Content-Type", "text/event-stream")
        .header("Transfer-Encoding", "chunked")
        .body(StreamBody::new(frames).boxed_unsync())
        .unwrap()
}

/// A callback message with the attempts in it.
pub fn callback(id: &str, is_delta: bool, attempts: i32) -> String {
    format!(
        r#"{{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":{is_delta},"interactionId":"{id}","target":"+1317","subject":"Invoice","attempts":{attempts}}}"#
    )
}
