//! Messages of a session's queue, and the state merged from them.

mod arriving;
mod batch;
mod cache;
mod changes;
mod error;
mod followed;
mod items;
mod key;
mod merge;
mod sorted;
mod state;
mod subscription;

pub use arriving::Arriving;
pub use batch::Batch;
pub use cache::{Applied, Cache};
pub use changes::{Changes, MergeError};
pub use error::MessageError;
pub use followed::{Followed, FollowedMeta, Standing, StandingMeta, Step, is_row};
pub use items::{Collected, Items, ItemsIter};
pub use key::{KeyPart, Keyed, Maybe, key_of};
pub use merge::{
    add_entries, add_items, add_texts, append, change_entries, change_items, merge_cases,
    merge_entries, merge_nothing, merge_object, remove_entries, remove_items, remove_texts,
};
pub use state::{Delta, DeltaState, clone_state, debug_state, eq_state};
pub use subscription::{Subscription, SubscriptionKind};
