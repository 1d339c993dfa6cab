//! Messages of a session's queue, and the state merged from them.

mod batch;
mod cache;
mod error;
mod state;
mod subscription;

pub use batch::Batch;
pub use cache::{Applied, Cache};
pub use error::MessageError;
pub use state::{Delta, DeltaState, clone_state, debug_state, eq_state};
pub use subscription::{Subscription, SubscriptionKind};
