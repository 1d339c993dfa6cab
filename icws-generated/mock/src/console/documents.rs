//! What the server has, as documents that other tools read.

use bytes::Bytes;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, HOST};
use http::uri::Authority;
use http::{HeaderValue, Request, Response};
use icws_spec::formats::{self, Format};
use serde_json::{Value, json};

use crate::settings::Settings;

/// Writes the loaded model, or the shipped one when none is loaded, in the format that a
/// path behind `/mock` asks for. Pages of other sites may read the shipped one, as those that
/// show such documents do: it is public, and nothing changes. A model of one's own is not
/// theirs to read.
pub(crate) fn document(
    settings: &Settings,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Option<Response<Bytes>> {
    let format = match *pieces {
        ["openapi.json"] => Format::OpenApi,
        ["asyncapi.json"] => Format::AsyncApi,
        _ => return None,
    };
    let model = settings.loaded.as_ref().unwrap_or(settings.shipped);
    let mut document = formats::document(&model.plan(), format).json;
    match document.get_mut("servers") {
        Some(Value::Array(servers)) => {
            servers.insert(0, json!({ "url": "/", "description": "This server." }));
        }
        // AsyncAPI has no relative addresses: the server is where it was asked.
        Some(Value::Object(servers)) => {
            if let Some(host) = host(request) {
                let this =
                    json!({ "host": host, "protocol": "http", "description": "This server." });
                let others = std::mem::take(servers);
                servers.insert("mock".to_owned(), this);
                servers.extend(others);
            }
        }
        _ => {}
    }
    let mut response = Response::new(Bytes::from(document.to_string()));
    let media = HeaderValue::from_static("application/json");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media);
    if settings.loaded.is_none() {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Some(response)
}

/// The host that a request names, with its port.
fn host(request: &Request<Bytes>) -> Option<&str> {
    let named = request.headers().get(HOST)?.to_str().ok()?;
    let host: Authority = named.parse().ok()?;
    // A user is no part of a host.
    (!host.as_str().contains('@')).then_some(named)
}
