//! Full messages replace what was known, deltas are merged into it.

use std::collections::HashMap;

use super::changes::{Changes, MergeError};
use super::state::Delta;

/// The states of all subjects that messages of one type were received about.
///
/// ```
/// use icws_generated::interactions::callback::CallbackMessage;
/// use icws_generated::runtime::{Applied, Cache, Field};
///
/// let mut cache = Cache::new();
/// let full = CallbackMessage::new(false, "2001", "+1317", "Invoice");
/// assert!(matches!(cache.apply(full), Ok(Applied::Replaced(_))));
///
/// let mut retried = CallbackMessage::new(true, "2001", "+1317", "Invoice");
/// retried.attempts = Field::Value(1);
/// let Ok(Applied::Merged(state, changes)) = cache.apply(retried) else { panic!() };
/// assert_eq!(state.attempts, Some(1));
/// assert!(changes.properties.contains(&"attempts"));
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
    /// A delta was merged: this is the state now, and what changed.
    Merged(&'a M::State, Changes),
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

    /// Applies a message. One without a key is about the subject with the empty
    /// key.
    ///
    /// # Errors
    /// When the message cannot be merged. The state of its subject is forgotten
    /// then; subscribing again brings a full message.
    pub fn apply(&mut self, message: M) -> Result<Applied<'_, M>, MergeError> {
        use std::collections::hash_map::Entry;

        let is_delta = message.is_delta();
        let key = message.key().unwrap_or_default().to_owned();
        match (self.states.entry(key), is_delta) {
            (Entry::Vacant(_), true) => Ok(Applied::Orphan(message)),
            (Entry::Occupied(mut entry), true) => match message.merge_into(entry.get_mut()) {
                Ok(changes) => Ok(Applied::Merged(entry.into_mut(), changes)),
                Err(error) => {
                    entry.remove();
                    Err(error)
                }
            },
            (entry, false) => match message.into_state() {
                Ok(state) => Ok(Applied::Replaced(entry.insert_entry(state).into_mut())),
                Err(error) => {
                    if let Entry::Occupied(entry) = entry {
                        entry.remove();
                    }
                    Err(error)
                }
            },
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
