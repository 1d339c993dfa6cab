//! An entry of the traffic held against the models of the server.

use icws_spec::Api;
use icws_spec::traffic::{Body, Exchange, Finding, Part, Traffic};
use serde_json::{Value, json};

use crate::event;
use crate::record::{Entry, What};
use crate::settings::Settings;

/// What of an entry the model does not say, as remarks about its parts.
pub(crate) fn remarks(settings: &Settings, entry: &Entry) -> Vec<Value> {
    let Some(exchange) = exchange(entry) else {
        return Vec::new();
    };
    let of = |api: &Api| Traffic::new(api).exchange(&exchange);
    let of_shipped = of(settings.shipped.api());
    let is_unknown = of_shipped.iter().any(|found| found.part == Part::Target);
    // What the shipped model does not know may be of the loaded one.
    let found = match &settings.loaded {
        Some(loaded) if is_unknown => of(loaded.api()),
        _ => of_shipped,
    };
    found.iter().map(remark).collect()
}

fn exchange(entry: &Entry) -> Option<Exchange> {
    let texts = |headers: &http::HeaderMap| {
        let headers = headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        headers.collect()
    };
    match &entry.what {
        What::Exchange(exchange) => {
            let request = &exchange.request;
            let answer = exchange.answer.as_ref();
            let query = match request.query.as_str() {
                "" => String::new(),
                query => format!("?{query}"),
            };
            Some(Exchange {
                method: request.method.as_str().to_owned(),
                url: format!("{}{query}", request.path),
                request_headers: texts(&request.headers),
                request_body: Body::Known(request.body.to_vec()),
                status: answer.map(|answer| answer.status),
                response_headers: answer
                    .map(|answer| texts(&answer.headers))
                    .unwrap_or_default(),
                response_body: match answer {
                    Some(answer) if !answer.streams => Body::Known(answer.body.to_vec()),
                    _ => Body::Unknown,
                },
                continued: false,
            })
        }
        What::Message(sent) => {
            let session = entry.session.as_deref().unwrap_or_default();
            let mut text = Vec::new();
            event::append(&mut text, &sent.text);
            let media = ("content-type".to_owned(), "text/event-stream".to_owned());
            Some(Exchange {
                method: "GET".to_owned(),
                url: format!("/icws/{session}/messaging/messages"),
                status: Some(200),
                response_headers: vec![media],
                response_body: Body::Known(text),
                continued: true,
                ..Exchange::default()
            })
        }
        What::End => None,
    }
}

fn remark(found: &Finding) -> Value {
    let in_body = matches!(
        found.part,
        Part::RequestBody | Part::ResponseBody | Part::Event(_)
    );
    let side = if found.part.is_of_request() {
        "request"
    } else {
        "response"
    };
    json!({
        "side": side,
        "part": found.part.to_string(),
        "pointer": in_body.then_some(&found.pointer),
        "rule": found.rule.id,
        "subject": found.subject,
        "message": found.message,
        "example": found.example,
    })
}
