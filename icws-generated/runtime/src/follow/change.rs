//! What a reader of a subscription is told.

use super::gap::{End, Gap};
use crate::messages::{Changes, Standing};

/// What happened to something that is followed. The state is with the reader.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change<M> {
    /// The state was replaced by all that the server has. A reader that joins
    /// later begins with this, too.
    Snapshot,
    /// Some of the state changed. What changed while nobody looked is told
    /// together.
    Update(Changes),
    /// A message that is no part of the state.
    Event(M),
    /// The server says how the subscription stands. The state stays as it was.
    Standing(Standing),
    /// Messages may have been lost. The state may be outdated until the next
    /// snapshot.
    Gap(Gap),
    /// Nothing follows.
    Ended(End),
}
