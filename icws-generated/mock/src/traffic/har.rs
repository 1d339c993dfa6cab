//! The traffic in the form of HAR, which has no secrets.

use icws_generated::runtime::recording::{self, to_har};
use serde_json::Value;

use crate::record::{Entry, What};

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
    let made = entry.recorded()?;
    let fault = match &entry.what {
        What::Exchange(exchange) => exchange.request.fault.as_ref(),
        What::Message(_) | What::End => None,
    };
    Some(match fault {
        Some(fault) => made.commented(format!("a fault on purpose: {}", super::fault(fault))),
        None => made,
    })
}
