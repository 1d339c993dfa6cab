//! The control over HTTP, as a shell uses it.

use icws_mock::MockServer;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What is there.
pub async fn get(server: &MockServer, path: &str) -> Value {
    send(server, &format!("GET /mock/{path}"), &[], "").await
}

/// Does something, and returns what is told of it.
pub async fn post(server: &MockServer, path: &str, body: &Value) -> Value {
    send(
        server,
        &format!("POST /mock/{path}"),
        &[],
        &body.to_string(),
    )
    .await
}

/// Sends a request; the JSON of the response, or null.
pub async fn send(server: &MockServer, line: &str, headers: &[(&str, &str)], body: &str) -> Value {
    let mut request = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream
        .write_all(format!("{request}\r\n{body}").as_bytes())
        .await
        .unwrap();
    let mut answer = Vec::new();
    // A reset is one of the ways in which a connection ends.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    serde_json::from_str(body).unwrap_or_default()
}
