//! What the server has, as documents that other tools read.

use bytes::Bytes;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response};
use icws_spec::formats::{self, Format};
use serde_json::{Value, json};

use crate::settings::Settings;

/// Writes the loaded model, or the shipped one when none is loaded, in the format that a
/// path behind `/mock` asks for. Pages of other sites may read it, as those that show such
/// documents do: it has no secret, and nothing changes.
pub(crate) fn document(
    settings: &Settings,
    pieces: &[String],
    request: &Request<Bytes>,
) -> Option<Response<Bytes>> {
    let format = match pieces {
        [name] if name == "openapi.json" => Format::OpenApi,
        [name] if name == "asyncapi.json" => Format::AsyncApi,
        _ => return None,
    };
    if request.method() != Method::GET {
        return None;
    }
    let model = settings.loaded.as_ref().unwrap_or(settings.shipped);
    let mut document = formats::document(&model.plan(), format).json;
    if format == Format::OpenApi
        && let Some(Value::Array(servers)) = document.get_mut("servers")
    {
        servers.insert(0, json!({ "url": "/", "description": "This server." }));
    }
    let mut response = Response::new(Bytes::from(document.to_string()));
    let media = HeaderValue::from_static("application/json");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, media);
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Some(response)
}
