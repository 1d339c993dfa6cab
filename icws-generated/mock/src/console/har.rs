//! The traffic in the form of HAR, which has no secrets.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use icws_generated::runtime::recording::{self, to_har};
use serde_json::Value;

use crate::record::{Entry, Exchange, What};
use crate::serve::lines;

/// The form of an entry; `None` for what HAR has no place for.
pub(crate) fn entry(entry: &Entry) -> Option<Value> {
    serde_json::from_slice(&recorded(entry)?.to_line()).ok()
}

/// A document of entries.
pub(crate) fn document<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<u8> {
    let entries: Vec<recording::Entry> = entries.filter_map(recorded).collect();
    to_har(&entries)
}

/// The message of an event, as [`recorded`] writes it.
pub(super) fn event(text: &str) -> String {
    let lines = text.lines().filter_map(|line| line.strip_prefix("data: "));
    lines.collect::<Vec<_>>().join("\n")
}

fn recorded(entry: &Entry) -> Option<recording::Entry> {
    let at = SystemTime::from(entry.at);
    match &entry.what {
        What::Exchange(exchange) => Some(of_exchange(at, exchange)),
        What::Message(sent) => {
            let session = entry.session.as_deref().unwrap_or_default();
            let path = format!("/icws/{session}/messaging/messages");
            let request = Request::get(path).body(()).ok()?;
            let media = ("content-type", "text/event-stream; charset=utf-8");
            let response = Response::builder().header(media.0, media.1).body(()).ok()?;
            let mut text = Vec::new();
            for line in lines(&sent.text) {
                text.extend_from_slice(b"data: ");
                text.extend_from_slice(line);
                text.push(b'\n');
            }
            text.push(b'\n');
            let made = recording::Entry::new(at, &request, Bytes::new());
            let made = made.answered(&response, Bytes::from(text), Duration::ZERO);
            Some(made.part(session, entry.number))
        }
        What::End => None,
    }
}

fn of_exchange(at: SystemTime, exchange: &Exchange) -> recording::Entry {
    let made = exchange.recorded(at, exchange.request.head());
    match &exchange.request.fault {
        Some(fault) => made.commented(format!("a fault on purpose: {}", super::fault(fault))),
        None => made,
    }
}
