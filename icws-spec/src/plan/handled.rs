//! How a client handles an operation, beyond a request and its response.

use super::Plan;
use super::names::Path;
use super::operations::PlannedOperation;

/// What a client does with an operation, beyond sending the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handled {
    /// It watches the messages that follow, which add up to these states: none when
    /// they tell only what has happened.
    Watched(Vec<Path>),
    /// It reads a list of these items page by page.
    Paged(Path),
    /// It waits for the end, which this message tells.
    Awaited(Path),
}

impl Plan<'_> {
    /// Returns how a client handles an operation.
    pub fn handled(&self, operation: &PlannedOperation<'_>) -> Vec<Handled> {
        let path = |record| self.structs[record].path.clone();
        let watched = operation.subscription.map(|id| {
            let states = self.subscriptions[id].state_paths();
            Handled::Watched(states.cloned().collect())
        });
        let paged = operation.paged.as_ref();
        let paged = paged.map(|paged| Handled::Paged(path(paged.item)));
        let long = operation.long.as_ref();
        let long = long.map(|long| Handled::Awaited(path(long.completed)));
        [watched, paged, long].into_iter().flatten().collect()
    }
}
