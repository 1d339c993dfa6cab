//! A request of a session that is tried from outside of it, over HTTP: what a page of a
//! browser cannot send, as it has no cookie of the session.

use bytes::Bytes;
use http::header::{ACCEPT, COOKIE, HOST};
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use serde_json::{Value, json};

use crate::answer::Reply;
use crate::control::Control;
use crate::fault::Fault;
use crate::record::{Answered, Began};
use crate::traffic;

use super::Problem;
use super::fields::Fields;

/// Sends it, and tells what came back.
pub(super) async fn run(
    control: &Control,
    session: &str,
    request: &Request<Bytes>,
) -> Result<Value, Problem> {
    let Some((cookie, token)) = control.credentials(session) else {
        return Err(Problem::NotFound(format!("There is no session {session}.")));
    };
    let mut fields = Fields::read(request.body())?;
    let method = fields.required_text("method")?;
    let path = fields.required_text("path")?;
    let headers = fields.texts("headers")?;
    let body = fields.value("body");
    fields.finish()?;
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Problem::BadRequest(format!("`method`: {method} is none.")))?;
    let uri = format!("/icws/{session}/{}", path.trim_start_matches('/'));
    let uri: Uri = uri.parse().map_err(|error| {
        Problem::BadRequest(format!("`path`: {error}. Escape it as in an address."))
    })?;
    // The body of JSON, or a text that need not be.
    let body = match body {
        None | Some(Value::Null) => Bytes::new(),
        Some(Value::String(text)) => text.into(),
        Some(value) => value.to_string().into(),
    };
    let mut tried = Request::new(body);
    *tried.method_mut() = method;
    *tried.uri_mut() = uri;
    let own = [
        (COOKIE, cookie),
        (HeaderName::from_static("inin-icws-csrf-token"), token),
    ];
    for (name, value) in own {
        if let Ok(value) = HeaderValue::try_from(value) {
            tried.headers_mut().insert(name, value);
        }
    }
    if let Some(host) = request.headers().get(HOST) {
        tried.headers_mut().insert(HOST, host.clone());
    }
    for (name, value) in headers {
        let problem = || Problem::BadRequest(format!("`headers`: {name} cannot be sent."));
        let value = HeaderValue::try_from(value).map_err(|_| problem())?;
        let name = HeaderName::try_from(&name).map_err(|_| problem())?;
        tried.headers_mut().insert(name, value);
    }
    let accept = tried.headers().get(ACCEPT);
    let accept = accept.map(|accept| String::from_utf8_lossy(accept.as_bytes()).to_lowercase());
    if accept.is_some_and(|accept| accept.contains("text/event-stream")) {
        let message = "A stream cannot be tried here, as nothing would read it on.";
        return Err(Problem::BadRequest(message.to_owned()));
    }
    Ok(send(control, &tried).await)
}

/// What goes wrong on purpose goes wrong here as it does for a client.
async fn send(control: &Control, tried: &Request<Bytes>) -> Value {
    let began = Began::now();
    let traffic = control.traffic();
    let handled = control.handle(tried);
    let fault = handled.fault.as_ref().map(traffic::fault);
    if let Some(Fault::Delay(delay)) = handled.fault {
        tokio::time::sleep(delay).await;
    }
    let answer = match handled.reply {
        Some(Reply::Whole(response)) => Some(response),
        // Without the header that asks for one there is none.
        Some(Reply::Events { .. }) | None => None,
    };
    let is_cut = handled.fault == Some(Fault::DropMidAnswer);
    let shown = match &answer {
        Some(response) if !is_cut => json!({
            "status": response.status().as_u16(),
            "headers": traffic::headers(response.headers()),
            "body": String::from_utf8_lossy(response.body()),
            "fault": fault,
        }),
        // Nothing can be read of a response that is cut.
        _ => json!({ "status": null, "fault": fault }),
    };
    if let Some(record) = handled.record {
        let answer = answer.map(|response| Answered {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body().clone(),
            streams: false,
        });
        traffic.exchange(began, record, answer);
    }
    shown
}
