//! What a reader of a subscription is told.

use std::sync::Arc;

use super::gap::{End, Gap};
use crate::messages::{Changes, Standing};

/// What happened to something that is followed. The state is as it is when the
/// change is read, and stays so while it is held.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change<S, M> {
    /// The state was replaced by all that the server has. A reader that joins
    /// later begins with this, too.
    Snapshot(Arc<S>),
    /// Some of the state changed.
    #[non_exhaustive]
    Update {
        /// The state now.
        state: Arc<S>,
        /// What changed. What changed while nobody looked is told together.
        changes: Changes,
    },
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
