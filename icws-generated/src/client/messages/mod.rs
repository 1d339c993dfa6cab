//! Messages: one task per session fetches them and hands them to the watches
//! and to the reader of all messages.

mod events;
mod fetch;
mod item;
mod pump;
mod recover;
mod registry;
mod task;

pub use item::{End, Gap, GapCause, Item};
pub(super) use pump::run;
pub(super) use registry::{Entry, Registry};
