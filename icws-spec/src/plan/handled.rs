//! How a client handles an operation, beyond a request and its response.

use crate::api::RecordId;

use super::Plan;

/// What a client does with an operation, beyond sending the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handled {
    /// It watches the messages that follow, which add up to these states: none when
    /// they tell only what has happened.
    Watched(Vec<RecordId>),
    /// It reads a list of these items page by page.
    Paged(RecordId),
    /// It waits for the end, which this message tells.
    Awaited(RecordId),
}

impl Plan<'_> {
    /// Returns how a client handles an operation, by its position in
    /// [`Plan::operations`].
    pub fn handled(&self, operation: usize) -> Vec<Handled> {
        let subscriptions = self.subscriptions.iter();
        let watched = subscriptions.filter(|subscription| subscription.start == operation);
        let watched = watched.map(|subscription| Handled::Watched(subscription.states().collect()));
        let paged = self.paged.iter().filter(|one| one.operation == operation);
        let paged = paged.map(|one| Handled::Paged(one.item));
        let long = self.long.iter().filter(|one| one.operation == operation);
        let long = long.map(|one| Handled::Awaited(one.completed));
        watched.chain(paged).chain(long).collect()
    }
}
