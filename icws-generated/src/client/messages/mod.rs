//! Messages: fetched by one task per session, handed to watches and to whoever
//! reads all of them.

mod events;
mod fetch;
mod item;
mod pump;
mod recover;
mod registry;
mod task;

pub use item::{End, Gap, GapCause, Item, Messages};
pub(super) use pump::run;
pub(super) use registry::{Entry, Registry};
