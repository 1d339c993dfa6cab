//! Messages: one task per session fetches them and hands them to the
//! subscriptions that they belong to, and to whoever listens.

mod completions;
mod events;
mod fetch;
mod item;
mod listeners;
mod pump;
mod recover;
mod registry;

pub use item::Item;
pub(super) use listeners::Listener;
pub(super) use pump::run;
pub(super) use registry::Registry;
