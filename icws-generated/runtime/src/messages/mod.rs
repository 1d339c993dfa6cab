//! Messages of a session's queue, and the state merged from them.

mod arriving;
mod batch;
mod cache;
mod changes;
mod collected;
mod error;
mod followed;
mod merge;
mod parts;
mod state;
mod subscription;

pub use arriving::Arriving;
pub use batch::Batch;
pub use cache::{Applied, Cache};
pub use changes::{Changes, MergeError};
pub use collected::Collected;
pub use error::MessageError;
pub use followed::{Followed, FollowedMeta, Standing, StandingMeta, Step, is_row};
pub use merge::{
    add_entries, add_items, add_texts, append, change_entries, change_items, merge_cases,
    merge_entries, merge_nothing, merge_object, remove_entries, remove_items, remove_texts,
};
pub use state::{Delta, DeltaState, clone_state};
pub use subscription::{Subscription, SubscriptionKind};
