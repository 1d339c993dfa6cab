//! A server over sockets that can go mad.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use fastrand::Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use super::run::Trial;
use super::spoil;

/// One callback, whose state every subscription gets whole.
pub const CALLBACK: &str = r#"[{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,"interactionId":"2001","target":"+1","subject":"s"}]"#;

const JSON: &str = "Content-Type: application/vnd.inin.icws+JSON; charset=utf-8\r\n";

struct State {
    random: Rng,
    is_mad: bool,
    trial: Trial,
    sessions: u64,
    /// The sessions that the state is to be sent to.
    due: BTreeSet<String>,
    has_events: bool,
}

#[derive(Clone)]
pub struct Server(Arc<Mutex<State>>);

/// What is read and written in a request and its response.
struct Asked {
    line: String,
    wants_events: bool,
}

impl Asked {
    /// `1` of `GET /icws/1/messaging/messages`
    fn session(&self) -> &str {
        self.line.split('/').nth(2).unwrap_or_default()
    }
}

impl Server {
    /// Starts to listen; the address, and what ends it.
    pub async fn start(random: Rng, trial: Trial) -> (Self, String, AbortHandle) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let has_events = random.clone().bool();
        let server = Server(Arc::new(Mutex::new(State {
            random,
            is_mad: false,
            trial,
            sessions: 0,
            due: BTreeSet::new(),
            has_events,
        })));
        let accepting = server.clone();
        let task = tokio::spawn(async move {
            let mut serving = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                serving.spawn(accepting.clone().serve(stream));
            }
        });
        (server, address, task.abort_handle())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Whether it is mad from now on.
    pub fn madden(&self, is_mad: bool) {
        self.state().is_mad = is_mad;
    }

    async fn serve(self, mut stream: TcpStream) -> Option<()> {
        let mut read = Vec::new();
        loop {
            let asked = request(&mut stream, &mut read).await?;
            let (answer, ending) = self.answer(&asked);
            // In pieces, as networks have them.
            let cut = self.state().random.usize(..=answer.len());
            stream.write_all(&answer[..cut]).await.ok()?;
            tokio::task::yield_now().await;
            stream.write_all(&answer[cut..]).await.ok()?;
            match ending {
                Ending::Keep => {}
                Ending::Close => return None,
                Ending::Silence => tokio::time::sleep(Duration::from_secs(5)).await,
                Ending::Events => self.events(&mut stream, asked.session()).await?,
            }
        }
    }

    /// Sends the state whenever the session subscribes, until the server goes mad.
    async fn events(&self, stream: &mut TcpStream, session: &str) -> Option<()> {
        loop {
            let event = {
                let mut state = self.state();
                if state.is_mad {
                    return None;
                }
                let due = state.due.remove(session);
                due.then(|| format!("data: {CALLBACK}\n\n"))
            };
            if let Some(event) = event {
                let chunk = format!("{:x}\r\n{event}\r\n", event.len());
                stream.write_all(chunk.as_bytes()).await.ok()?;
            }
            // Nobody asks anything here, but the client may leave.
            tokio::select! {
                _ = stream.read_u8() => return None,
                () = tokio::time::sleep(Duration::from_millis(2)) => {}
            }
        }
    }

    fn answer(&self, asked: &Asked) -> (Vec<u8>, Ending) {
        let mut state = self.state();
        let sane = state.sane(asked);
        if !state.is_mad || state.random.u8(..4) == 0 {
            return sane;
        }
        let (mut answer, mut ending) = sane;
        let random = &mut state.random;
        match random.u8(..8) {
            0 => answer = reply(random, "", &[]),
            1 => {
                let mut body = CALLBACK.as_bytes().to_vec();
                spoil::bytes(&mut body, random);
                answer = reply(random, JSON, &body);
            }
            2 => answer = (0..random.usize(..200)).map(|_| random.u8(..)).collect(),
            3 => answer.truncate(random.usize(..=answer.len())),
            _ => spoil::bytes(&mut answer, random),
        }
        ending = match (random.u8(..8), ending) {
            (0, _) => Ending::Silence,
            (1..=4, _) => Ending::Close,
            (_, ending) => ending,
        };
        let note = [asked.line.as_bytes(), b"\n", &answer, b"\n=====\n"].concat();
        state.trial.note(&note);
        (answer, ending)
    }
}

/// What becomes of a connection behind a response.
enum Ending {
    Keep,
    Close,
    Silence,
    Events,
}

/// A response with a status of its own.
fn reply(random: &mut Rng, headers: &str, body: &[u8]) -> Vec<u8> {
    let statuses = [
        100, 101, 200, 201, 202, 204, 206, 301, 307, 400, 401, 403, 404, 407, 410, 429, 500, 503,
        999,
    ];
    let status = *random.choice(&statuses).unwrap();
    let length = match random.u8(..4) {
        0 => String::new(),
        1 => format!("Content-Length: {}\r\n", random.u64(..)),
        _ => format!("Content-Length: {}\r\n", body.len()),
    };
    let head = format!("HTTP/1.1 {status} x\r\n{headers}{length}\r\n");
    [head.as_bytes(), body].concat()
}

impl State {
    /// What a server in its right mind says.
    fn sane(&mut self, asked: &Asked) -> (Vec<u8>, Ending) {
        let ok = |body: &str| {
            let length = body.len();
            format!("HTTP/1.1 200 OK\r\n{JSON}Content-Length: {length}\r\n\r\n{body}").into_bytes()
        };
        let line = &asked.line;
        let answer = if line.starts_with("POST /icws/connection") {
            self.sessions += 1;
            let (id, version) = (self.sessions, if self.has_events { 2 } else { 1 });
            let body = format!(
                r#"{{"csrfToken":"t","sessionId":"{id}","userID":"u","alternateHostList":[],"features":[{{"featureId":"connection","version":11}},{{"featureId":"interactions","version":8}},{{"featureId":"messaging","version":{version}}}]}}"#
            );
            format!(
                "HTTP/1.1 201 Created\r\n{JSON}Set-Cookie: icws_{id}=c|languageId=en-us; Path=/icws/{id}; HttpOnly\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        } else if line.contains("/messaging/messages") && asked.wants_events {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            return (head.into(), Ending::Events);
        } else if line.contains("/messaging/messages") {
            let due = self.due.remove(asked.session());
            ok(if due { CALLBACK } else { "[]" })
        } else if line.starts_with("PUT") {
            self.due.insert(asked.session().to_owned());
            ok("")
        } else if line.starts_with("GET") {
            ok(r#"{"connectionState":1}"#)
        } else {
            ok("")
        };
        (answer, Ending::Keep)
    }
}

/// Reads the next request of a connection.
async fn request(stream: &mut TcpStream, read: &mut Vec<u8>) -> Option<Asked> {
    let (head, length) = loop {
        if let Some(end) = read.windows(4).position(|end| end == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).to_lowercase();
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
            break (end + 4, length.unwrap_or(0));
        }
        (stream.read_buf(read).await.ok()? > 0).then_some(())?;
    };
    while read.len() < head + length {
        (stream.read_buf(read).await.ok()? > 0).then_some(())?;
    }
    let text = String::from_utf8_lossy(&read[..head]).into_owned();
    drop(read.drain(..head + length));
    Some(Asked {
        line: text.lines().next().unwrap_or_default().to_owned(),
        wants_events: text.contains("text/event-stream"),
    })
}
