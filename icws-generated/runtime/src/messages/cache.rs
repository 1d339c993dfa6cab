//! Full messages replace what was known, deltas are merged into it.

use std::collections::HashMap;

use super::state::Delta;

/// The states of all subjects that messages of one type were received about.
///
/// ```
/// use icws_generated::interactions::callback::CallbackMessage;
/// use icws_generated::runtime::{Applied, Cache, Field};
///
/// let mut cache = Cache::new();
/// let full = CallbackMessage::new(false, "2001", "+1317", "Invoice");
/// assert!(matches!(cache.apply(full), Applied::Replaced(_)));
///
/// let mut retried = CallbackMessage::new(true, "2001", "+1317", "Invoice");
/// retried.attempts = Field::Value(1);
/// let Applied::Merged(state) = cache.apply(retried) else { panic!() };
/// assert_eq!(state.attempts, Some(1));
/// ```
#[derive(Debug, Clone)]
pub struct Cache<M: Delta> {
    states: HashMap<String, M::State>,
}

/// What a message did to a cache.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "a delta without a base is handed back"]
pub enum Applied<'a, M: Delta> {
    /// A full message: this is the state now.
    Replaced(&'a M::State),
    /// A delta was merged: this is the state now.
    Merged(&'a M::State),
    /// A delta about something that the cache does not know. It is handed back,
    /// not merged onto a made-up state; subscribing again brings a full message.
    Orphan(M),
}

impl<M: Delta> Cache<M> {
    /// An empty cache.
    pub fn new() -> Self {
        Cache {
            states: HashMap::new(),
        }
    }

    /// Applies a message.
    pub fn apply(&mut self, message: M) -> Applied<'_, M> {
        use std::collections::hash_map::Entry;

        let is_delta = message.is_delta();
        match (self.states.entry(message.key().to_owned()), is_delta) {
            (Entry::Occupied(entry), true) => {
                let state = entry.into_mut();
                message.merge_into(state);
                Applied::Merged(state)
            }
            (Entry::Vacant(_), true) => Applied::Orphan(message),
            (Entry::Occupied(entry), false) => {
                let state = entry.into_mut();
                *state = message.into_state();
                Applied::Replaced(state)
            }
            (Entry::Vacant(entry), false) => Applied::Replaced(entry.insert(message.into_state())),
        }
    }

    /// The state of a subject, by its id.
    pub fn get(&self, key: &str) -> Option<&M::State> {
        self.states.get(key)
    }

    /// Forgets a subject, as after the end of its subscription.
    pub fn remove(&mut self, key: &str) -> Option<M::State> {
        self.states.remove(key)
    }

    /// Forgets everything, as after the loss of a session.
    pub fn clear(&mut self) {
        self.states.clear();
    }

    /// All subjects with their states, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &M::State)> {
        self.states.iter().map(|(key, state)| (key.as_str(), state))
    }

    /// How many subjects there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}

impl<M: Delta> Default for Cache<M> {
    fn default() -> Self {
        Self::new()
    }
}
