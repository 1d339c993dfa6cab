//! Whom a message belongs to.

use std::collections::HashMap;

use crate::json::Row;
use crate::messages::FollowedMeta;

/// The subscriptions by the messages that follow them.
#[derive(Debug, Default)]
pub(super) struct Routes(HashMap<&'static str, Route>);

/// The subscriptions that one type of message follows.
#[derive(Debug)]
pub(super) struct Route {
    pub meta: &'static FollowedMeta,
    /// By their keys; without one by the empty key.
    entries: HashMap<String, u64>,
}

impl Routes {
    /// Returns the subscription that messages with this key belong to.
    pub fn holder(&self, meta: &FollowedMeta, key: &str) -> Option<u64> {
        let route = self.0.get(urn(meta))?;
        route.entries.get(key_of(meta, key)).copied()
    }

    pub fn add(&mut self, meta: &'static FollowedMeta, key: &str, id: u64) {
        let entries = HashMap::new();
        let route = self.0.entry(urn(meta));
        let route = route.or_insert(Route { meta, entries });
        route.entries.insert(key_of(meta, key).to_owned(), id);
    }

    pub fn remove(&mut self, meta: &FollowedMeta, key: &str) {
        if let Some(route) = self.0.get_mut(urn(meta)) {
            route.entries.remove(key_of(meta, key));
            if route.entries.is_empty() {
                self.0.remove(urn(meta));
            }
        }
    }

    /// Returns the subscriptions that a type of message follows.
    pub fn of(&self, urn: &str) -> Option<&Route> {
        self.0.get(urn)
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Route {
    /// Returns the subscriptions that a message belongs to: that with its key, or
    /// all when it has none.
    pub fn ids(&self, message: &dyn Row) -> Vec<u64> {
        match self.meta.key_of(message) {
            Some(key) => self.entries.get(key).into_iter().copied().collect(),
            None => self.all(),
        }
    }

    pub fn all(&self) -> Vec<u64> {
        self.entries.values().copied().collect()
    }
}

fn urn(meta: &FollowedMeta) -> &'static str {
    meta.message.urn.unwrap_or_default()
}

/// Messages without a property for it are about the empty key.
fn key_of<'a>(meta: &FollowedMeta, key: &'a str) -> &'a str {
    if meta.key.is_some() { key } else { "" }
}
