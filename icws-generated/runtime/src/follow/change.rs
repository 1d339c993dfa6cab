//! What a reader of a subscription is told.

use std::sync::Arc;

use super::gap::{End, Gap};
use crate::messages::{Changes, Standing};

/// What happened to something that is followed. The state is as it is when the
/// change is read, and stays so while it is held.
///
/// ```
/// use icws_generated::interactions::callback::CallbackState;
/// use icws_generated::runtime::follow::Change;
///
/// fn tell<M>(change: &Change<CallbackState, M>) -> String {
///     match change {
///         Change::Snapshot(state) => format!("all: {}", state.subject),
///         Change::Update { state, changes, .. } => format!("{}: {changes:?}", state.subject),
///         Change::Gap(gap) => format!("{gap}; a snapshot follows"),
///         Change::Ended(end) => format!("the last: {end}"),
///         _ => "an event, or how it stands".to_owned(),
///     }
/// }
/// ```
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
