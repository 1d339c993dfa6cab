//! What a message changed.

use std::sync::Arc;

/// What a message, or several, changed of a state.
///
/// ```
/// use icws_generated::interactions::callback::CallbackMessage;
/// use icws_generated::runtime::{Delta, Record};
///
/// let read = |text: &str| CallbackMessage::from_json(text.as_bytes()).unwrap();
/// let all = r#"{"isDelta":false,"interactionId":"2001","target":"+1317","subject":"Invoice"}"#;
/// let mut state = read(all).into_state().unwrap();
/// let delta = r#"{"isDelta":true,"interactionId":"2001","target":"+1317","subject":"Invoice","attempts":1}"#;
/// let changes = read(delta).merge_into(&mut state).unwrap();
/// assert!(changes.properties.contains(&"attempts"));
/// // A callback has no items.
/// assert!(changes.added.is_empty() && changes.removed.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// The properties that a delta had, by their names on the wire, without those
    /// that bring items.
    pub properties: Vec<&'static str>,
    /// The keys of the items that joined the collection.
    pub added: Vec<Arc<str>>,
    /// The keys of the items that were there and changed.
    pub changed: Vec<Arc<str>>,
    /// The keys of the items that left.
    pub removed: Vec<Arc<str>>,
}

impl Changes {
    /// Returns true if nothing changed.
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
    }
}

/// Why a message could not be merged: the state is not known any more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MergeError {
    /// An item has nothing that tells it apart from others.
    NoKey,
    /// A part of an item came, and the item is not known; the property that is
    /// missing.
    Incomplete(&'static str),
}

impl std::fmt::Display for MergeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MergeError::NoKey => f.write_str("an item has nothing that tells it apart"),
            MergeError::Incomplete(name) => {
                write!(f, "an item that is not known came without its `{name}`")
            }
        }
    }
}

impl std::error::Error for MergeError {}
