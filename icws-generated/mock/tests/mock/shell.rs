//! The control over HTTP, as a shell uses it.

use icws_mock::MockServer;
use serde_json::Value;

use crate::raw::{Answer, JSON, send};

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
