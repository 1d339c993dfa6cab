//! Where the state of a message is, and what a subject shows of it.

use std::borrow::Cow;

use icws_spec::Api;
use icws_spec::api::RecordId;
use serde_json::Value;

use super::{Change, Subject, Wording};
use crate::world::Tables;

/// The state of a message: a table, or an item of one.
pub(crate) struct Feed {
    /// The name of the table.
    pub table: Cow<'static, str>,
    /// Whether the server knows nothing of the area, so that the state to begin with
    /// is made up.
    pub is_made_up: bool,
    pub show: Show,
}

/// What a subject names by its path and by the texts of its body: a subscription of the same
/// id may be about somebody else.
fn named(subject: &Subject) -> String {
    let body = subject.body.as_object().into_iter().flatten();
    let texts = body.filter_map(|(_, value)| value.as_str());
    let path = subject.path.iter().map(String::as_str);
    path.chain(texts).collect::<Vec<_>>().join("/")
}

/// What a subject shows of a table.
pub(crate) enum Show {
    /// Those items that the function makes something of.
    Items(fn(&Subject, &str, &Value) -> Option<Value>),
    /// One item.
    One {
        /// Its id.
        id: fn(&Subject) -> String,
        /// What it looks like.
        show: fn(&Subject, &Value) -> Value,
    },
}

impl Feed {
    /// Items of a table.
    pub fn items(
        table: impl Into<Cow<'static, str>>,
        show: fn(&Subject, &str, &Value) -> Option<Value>,
    ) -> Self {
        Feed {
            table: table.into(),
            is_made_up: false,
            show: Show::Items(show),
        }
    }

    /// An item of a table.
    pub fn one(
        table: impl Into<Cow<'static, str>>,
        id: fn(&Subject) -> String,
        show: fn(&Subject, &Value) -> Value,
    ) -> Self {
        Feed {
            table: table.into(),
            is_made_up: false,
            show: Show::One { id, show },
        }
    }

    /// The state of a message of which the server knows nothing: a table by the name
    /// of the message, with its items, or with its state for each path.
    pub fn made_up(api: &Api, record: RecordId) -> Self {
        let table = api[record].id();
        let feed = match Wording::new(api, record, None).collection() {
            Some(_) => Feed::items(table, |_, _, item| Some(item.clone())),
            None => Feed::one(table, named, |_, item| item.clone()),
        };
        Feed {
            is_made_up: true,
            ..feed
        }
    }

    /// The items that a subject needs and nobody has put there, made of a message.
    pub fn missing(
        &self,
        wording: &Wording<'_>,
        subject: &Subject,
        tables: &Tables,
        message: impl FnOnce() -> Value,
    ) -> Vec<(String, Value)> {
        match &self.show {
            _ if !self.is_made_up => Vec::new(),
            Show::Items(_) if tables.has(&self.table) => Vec::new(),
            Show::Items(_) => wording.items(message()),
            Show::One { id, .. } => {
                let id = id(subject);
                match tables.get(&self.table, &id) {
                    Some(_) => Vec::new(),
                    None => vec![(id, message())],
                }
            }
        }
    }

    /// The item that the state is, if it is one.
    pub fn item_of(&self, subject: &Subject) -> Option<String> {
        match &self.show {
            Show::Items(_) => None,
            Show::One { id, .. } => Some(id(subject)),
        }
    }

    /// The message with the whole state; `None` when there is nothing to tell.
    pub(super) fn full(
        &self,
        wording: &Wording<'_>,
        subject: &Subject,
        tables: &Tables,
    ) -> Option<Value> {
        match &self.show {
            Show::Items(show) => {
                let items = tables.items(&self.table);
                let shown = items.filter_map(|(id, item)| Some((id, show(subject, id, item)?)));
                Some(wording.all(shown))
            }
            Show::One { id, show } => {
                let item = tables.get(&self.table, &id(subject))?;
                Some(wording.whole(&show(subject, item)))
            }
        }
    }

    /// What is said when an item of the table has changed.
    pub(super) fn change(
        &self,
        wording: &Wording<'_>,
        subject: &Subject,
        id: &str,
        before: Option<&Value>,
        now: Option<&Value>,
    ) -> Change {
        match &self.show {
            Show::Items(show) => {
                let shown = |item: Option<&Value>| show(subject, id, item?);
                let (before, now) = (shown(before), shown(now));
                wording.item(id, before.as_ref(), now.as_ref())
            }
            Show::One { id: own, show } => {
                if own(subject) != id {
                    return Change::Nothing;
                }
                match (before, now) {
                    (Some(before), Some(now)) => {
                        wording.change(&show(subject, before), &show(subject, now))
                    }
                    (None, Some(_)) => Change::All,
                    _ => Change::Nothing,
                }
            }
        }
    }
}
