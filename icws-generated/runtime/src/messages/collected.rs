//! States that are collections of items.

use super::followed::Followed;
use super::state::DeltaState;
use crate::json::Items;

/// A state that is a collection; of a state in two parts, the first of them.
///
/// ```
/// use icws_generated::runtime::Collected;
/// use icws_generated::runtime::follow::Store;
///
/// /// How many items there are, of whatever kind.
/// fn count<S: Collected>(store: &Store<S>) -> usize {
///     store.state().map_or(0, |state| state.collection().len())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection of items",
    label = "it has no items with keys"
)]
pub trait Collected: Followed {
    /// What there are many of.
    type Item: Send + Sync + 'static;

    /// Returns the items that there are.
    fn collection(&self) -> &Items<Self::Item>;
}

impl<A, B> Collected for (A, B)
where
    A: Collected + DeltaState + Send + Sync,
    B: DeltaState + Send + Sync,
{
    type Item = A::Item;

    fn collection(&self) -> &Items<A::Item> {
        self.0.collection()
    }
}
