//! Entries of the traffic, as JSON for people: lists have a summary of each, and one can
//! be looked at in detail.

use http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::har;
use crate::fault::Fault;
use crate::record::{Address, Entry, Exchange, What};

/// An entry in short; no secret is in it.
pub(crate) fn summary(entry: &Entry) -> Value {
    let mut shown = json!({
        "number": entry.number,
        "at": entry.at.as_millisecond(),
        "session": entry.session,
    });
    let more = match &entry.what {
        What::Exchange(exchange) => of_exchange(exchange, entry.address()),
        What::Message(sent) => json!({
            "kind": "message",
            "types": one_type(&sent.text),
            "bytes": sent.text.len(),
            "harm": sent.harm,
        }),
        What::End => json!({ "kind": "end" }),
    };
    extend(&mut shown, more);
    shown
}

fn of_exchange(exchange: &Exchange, address: Option<&Address>) -> Value {
    let Exchange {
        request,
        answer,
        took,
        ..
    } = exchange;
    let messages = answer
        .as_ref()
        .filter(|_| is_poll(request.operation.as_deref()));
    json!({
        "kind": "exchange",
        "method": request.method.as_str(),
        "path": address.map(|address| &address.path),
        "query": address.map(|address| &address.query),
        "operation": request.operation,
        "status": answer.as_ref().map(|answer| answer.status),
        "streams": answer.as_ref().is_some_and(|answer| answer.streams),
        "types": messages.map(|answer| types(&answer.body)).unwrap_or_default(),
        "bytes": answer.as_ref().map(|answer| answer.body.len()),
        "took": took.as_secs_f64() * 1_000.0,
        "fault": request.fault.as_ref().map(fault),
    })
}

fn is_poll(operation: Option<&str>) -> bool {
    operation == Some("messaging.poll")
}

/// What tells the type of a message.
#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "__type", default)]
    ty: String,
}

/// The types of the messages of a batch; none when it is no array of objects.
fn types(batch: &[u8]) -> Vec<String> {
    let batch: Vec<Typed> = serde_json::from_slice(batch).unwrap_or_default();
    batch.into_iter().map(|typed| typed.ty).collect()
}

fn one_type(message: &[u8]) -> Vec<String> {
    let typed: Option<Typed> = serde_json::from_slice(message).ok();
    typed.into_iter().map(|typed| typed.ty).collect()
}

/// What a list of entries is narrowed to.
#[derive(Default)]
pub(crate) struct Filter {
    pub session: Option<String>,
    pub operation: Option<String>,
    /// `404`, `4xx` or `closed`.
    pub status: Option<String>,
    /// A text in path, query, headers, bodies or messages, in any case.
    pub text: Option<String>,
    /// Whether the text may stand in secrets.
    pub secrets: bool,
}

impl Filter {
    /// Returns true if an entry is one of those that are wanted.
    pub fn fits(&self, entry: &Entry) -> bool {
        let exchange = match &entry.what {
            What::Exchange(exchange) => Some(exchange),
            What::Message(_) | What::End => None,
        };
        let is = |wanted: &Option<String>, known: Option<&str>| {
            wanted.is_none() || wanted.as_deref() == known
        };
        let operation = exchange.and_then(|exchange| exchange.request.operation.as_deref());
        let status = exchange.map(|exchange| match &exchange.answer {
            Some(answer) => answer.status.to_string(),
            None => "closed".to_owned(),
        });
        is(&self.session, entry.session.as_deref())
            && is(&self.operation, operation)
            && self.status.as_deref().is_none_or(|wanted| {
                let wanted = wanted.trim_end_matches(['x', 'X']);
                status.is_some_and(|status| status.starts_with(wanted))
            })
            && self.text.as_deref().is_none_or(|text| {
                let text = text.to_lowercase();
                // To mask an entry takes longer than to look through it.
                has(entry, &text) && (self.secrets || has_unmasked(entry, &text))
            })
    }
}

/// Whether a text is in what is shown of an entry where secrets are masked: that it is
/// found tells nothing that is not shown.
fn has_unmasked(entry: &Entry, text: &str) -> bool {
    let is_in = |shown: &str| shown.to_lowercase().contains(text);
    let path = entry.address().map_or("", |address| &address.path);
    // To mask the rest takes by far the longest.
    is_in(path) || {
        let har = har::entry(entry).unwrap_or_default();
        any_text(&masked(entry, &har), &is_in)
    }
}

/// Whether something is so of a text of a value.
fn any_text(value: &Value, is: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is(text),
        Value::Array(items) => items.iter().any(|item| any_text(item, is)),
        Value::Object(items) => items.values().any(|item| any_text(item, is)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether a text in lower case is in an entry, in any case.
fn has(entry: &Entry, text: &str) -> bool {
    let is_in = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(text);
    let in_head = |headers: &HeaderMap| {
        let mut headers = headers.iter();
        headers.any(|(name, value)| is_in(name.as_str().as_bytes()) || is_in(value.as_bytes()))
    };
    match &entry.what {
        What::Exchange(exchange) => {
            let request = &exchange.request;
            let texts = [
                request.path.as_bytes(),
                request.query.as_bytes(),
                &request.body,
            ];
            let of_request = texts.into_iter().any(is_in) || in_head(&request.headers);
            of_request
                || exchange
                    .answer
                    .as_ref()
                    .is_some_and(|answer| is_in(&answer.body) || in_head(&answer.headers))
        }
        What::Message(sent) => is_in(&sent.text),
        What::End => false,
    }
}

/// All that is known of an entry, with secrets or masked.
pub(crate) fn details(entry: &Entry, secrets: bool) -> Value {
    let mut shown = summary(entry);
    let more = if secrets {
        whole(entry)
    } else {
        har::entry(entry)
            .map(|har| masked(entry, &har))
            .unwrap_or_default()
    };
    extend(&mut shown, more);
    shown
}

fn whole(entry: &Entry) -> Value {
    match &entry.what {
        What::Exchange(exchange) => {
            let request = &exchange.request;
            let answer = exchange.answer.as_ref();
            json!({
                "request": side(&request.headers, &request.body),
                "answer": answer.map(|answer| side(&answer.headers, &answer.body)),
                "path": request.path,
                "query": request.query,
            })
        }
        What::Message(sent) => {
            json!({ "message": { "body": String::from_utf8_lossy(&sent.text) } })
        }
        What::End => json!({}),
    }
}

fn side(head: &HeaderMap, body: &[u8]) -> Value {
    json!({ "headers": headers(head), "body": String::from_utf8_lossy(body) })
}

/// Headers as pairs of a name and a value, with their secrets.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<Value> {
    let headers = headers.iter();
    let headers = headers
        .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
    headers.collect()
}

/// The same of an entry as it is recorded, which has no secrets.
fn masked(entry: &Entry, har: &Value) -> Value {
    let side = |side: &Value, body: &Value| {
        let headers = side["headers"].as_array().into_iter().flatten();
        let headers = headers.map(|pair| json!([pair["name"], pair["value"]]));
        let text = body["text"].as_str().map(str::to_owned);
        let form = body["params"].as_array().into_iter().flatten();
        let form: Vec<String> = form
            .map(|pair| format!("{}={}", plain(&pair["name"]), plain(&pair["value"])))
            .collect();
        json!({
            "headers": headers.collect::<Vec<_>>(),
            "body": text.unwrap_or_else(|| form.join("&")),
            "leftOut": body["comment"],
        })
    };
    let (request, response) = (&har["request"], &har["response"]);
    match &entry.what {
        What::Exchange(exchange) => json!({
            "query": query(&request["url"]),
            "request": side(request, &request["postData"]),
            "answer": exchange.answer.as_ref().map(|_| side(response, &response["content"])),
        }),
        What::Message(_) => {
            let text = plain(&response["content"]["text"]);
            json!({ "message": { "body": har::event(text) } })
        }
        What::End => json!({}),
    }
}

fn query(url: &Value) -> Value {
    let query = plain(url).split_once('?').map(|(_, query)| query);
    json!(query.unwrap_or_default())
}

fn plain(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn extend(shown: &mut Value, more: Value) {
    if let (Value::Object(shown), Value::Object(more)) = (shown, more) {
        shown.extend(more);
    }
}

/// A fault as `POST /mock/faults` takes it.
pub(crate) fn fault(fault: &Fault) -> Value {
    match fault {
        Fault::Answer {
            status,
            error_id,
            error_code,
            message,
        } => {
            let mut shown = json!({ "fault": "answer", "status": status });
            for (name, value) in [
                ("errorId", error_id.as_ref().map(|id| json!(id))),
                ("errorCode", error_code.map(|code| json!(code))),
                ("message", message.as_ref().map(|text| json!(text))),
            ] {
                if let Some(value) = value {
                    shown[name] = value;
                }
            }
            shown
        }
        Fault::Unavailable { alternates } => {
            json!({ "fault": "unavailable", "alternates": alternates })
        }
        Fault::Delay(delay) => json!({ "fault": "delay", "seconds": delay.as_secs_f64() }),
        Fault::DropBeforeRequest => json!({ "fault": "dropBeforeRequest" }),
        Fault::DropBeforeAnswer => json!({ "fault": "dropBeforeAnswer" }),
        Fault::DropMidAnswer => json!({ "fault": "dropMidAnswer" }),
        Fault::TruncateJson => json!({ "fault": "truncateJson" }),
        Fault::ExpireSession => json!({ "fault": "expireSession" }),
    }
}
