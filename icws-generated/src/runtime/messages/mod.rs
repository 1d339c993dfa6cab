//! Messages of a session's queue, and the state that they add up to.

mod batch;
mod cache;
mod error;
mod subscription;

pub use batch::Batch;
pub use cache::{Applied, Cache, Delta};
pub use error::MessageError;
pub use subscription::Subscription;
