//! What a message changed.

use std::sync::Arc;

/// What a message, or several, changed of a state.
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
