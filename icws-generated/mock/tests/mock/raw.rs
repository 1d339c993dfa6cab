//! A client that sends what it is told to, byte for byte.

use std::net::SocketAddr;

use icws_mock::MockServer;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The header without which `/mock` takes no `POST`, `PUT` or `PATCH`.
pub const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A response as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// How many headers there are of a name.
    pub fn count(&self, name: &str) -> usize {
        let names = self.head.lines().skip(1);
        let names = names.filter_map(|line| line.split_once(':'));
        names
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .count()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the server sends until it closes the connection.
pub async fn bytes(address: SocketAddr, request: &str) -> String {
    rest(open(address, request).await).await
}

/// A connection over which a request was sent.
async fn open(address: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// What still comes until the connection is closed.
pub async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset is one of the ways in which a connection ends.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// Sends a request of these header lines and this body; `None` when the response
/// is not whole.
pub async fn send(
    server: &MockServer,
    line: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Option<Answer> {
    let mut request = format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    let answer = bytes(server.address(), &format!("{request}\r\n{body}")).await;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let answer = Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        head: head.to_owned(),
        body: body.to_owned(),
    };
    let length = answer.header("content-length").unwrap_or("0");
    (length == answer.body.len().to_string()).then_some(answer)
}

/// A session with the ways in which clients call it.
pub struct Client<'a> {
    server: &'a MockServer,
    pub id: String,
    pub token: String,
    pub cookie: String,
}

pub const PASSWORD: &str = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings",
    "applicationName":"test","userID":"agent","password":"secret"}"#;

pub async fn connect<'a>(server: &'a MockServer) -> Client<'a> {
    connect_as(server, "agent").await
}

pub async fn connect_as<'a>(server: &'a MockServer, user: &str) -> Client<'a> {
    let body = PASSWORD.replace("agent", user);
    let answer = send(
        server,
        "POST /icws/connection",
        &[("Accept-Language", "en-us")],
        &body,
    );
    let answer = answer.await.unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    Client::of(server, &answer)
}

impl<'a> Client<'a> {
    /// The session that a response says was made.
    pub fn of(server: &'a MockServer, answer: &Answer) -> Client<'a> {
        let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
        let cookie = answer.header("set-cookie").unwrap();
        Client {
            server,
            id: text("sessionId"),
            token: text("csrfToken"),
            cookie: cookie.split(';').next().unwrap().to_owned(),
        }
    }
}

impl Client<'_> {
    /// Sends a request of the session; `call("GET /connection", "")`.
    pub async fn call(&self, line: &str, body: &str) -> Answer {
        self.try_call(line, body).await.unwrap()
    }

    pub async fn try_call(&self, line: &str, body: &str) -> Option<Answer> {
        let headers = [
            ("Cookie", &*self.cookie),
            ("ININ-ICWS-CSRF-Token", &*self.token),
        ];
        send(self.server, &self.line(line), &headers, body).await
    }

    pub fn line(&self, line: &str) -> String {
        let (method, path) = line.split_once(' ').unwrap();
        format!("{method} /icws/{}{path}", self.id)
    }

    /// The messages that wait.
    pub async fn poll(&self) -> Vec<Value> {
        let answer = self.call("GET /messaging/messages", "").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Opens a stream of events as browsers do, without a token. With `HTTP/1.0` it is not in
    /// chunks.
    pub async fn stream(&self, version: &str) -> TcpStream {
        let (line, cookie) = (self.line("GET /messaging/messages"), &self.cookie);
        let accept = "Host: localhost\r\nAccept: text/event-stream";
        let request = format!("{line} {version}\r\n{accept}\r\nCookie: {cookie}\r\n\r\n");
        open(self.server.address(), &request).await
    }

    pub async fn watch(&self, id: &str) -> Answer {
        self.call(
            &format!("PUT /messaging/subscriptions/interactions/{id}/callback"),
            "",
        )
        .await
    }

    pub async fn unwatch(&self, id: &str) -> Answer {
        self.call(
            &format!("DELETE /messaging/subscriptions/interactions/{id}/callback"),
            "",
        )
        .await
    }
}
