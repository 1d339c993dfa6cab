//! Messages of a session's queue, and the state that they add up to.

mod batch;
mod cache;
mod message;

pub use batch::Batch;
pub use cache::{Applied, Cache, Delta};
pub use message::{MessageEntry, MessageError, MessageSet, UnknownMessage};
