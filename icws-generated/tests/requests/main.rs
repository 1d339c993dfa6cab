//! Requests and responses without a server.

mod request;
mod response;
mod routed;
mod secrets;

use bytes::Bytes;
use icws_generated::interactions::callback::Subscribe;
use icws_generated::runtime::{ApiSession, SessionParts};

const COOKIE: &str = "icws_1731001=5f5dd5a4|languageId=en-us";

fn parts(base_url: &str) -> SessionParts<'_> {
    SessionParts {
        base_url,
        session_id: "1731001",
        csrf_token: "secretToken==",
        cookie: COOKIE,
    }
}

fn session() -> ApiSession {
    ApiSession::new(parts("https://cic.example:8019")).unwrap()
}

fn subscribe(id: &str) -> Subscribe {
    Subscribe::builder().interaction_id(id).build()
}

fn response(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}
