//! Following subscriptions, without input and output: which are to be made, whom
//! messages go to, what they add up to, and what readers have not seen yet.
//!
//! A client drives it. It hands on what happens ([`Subscriptions::receive`],
//! [`Subscriptions::lose`], [`Subscriptions::answered`]) with the time, sends what
//! [`Subscriptions::next_task`] asks for, and comes back at
//! [`Subscriptions::wake_at`]. Readers get changes from [`Reader::poll_change`],
//! on whatever runtime polls them.
//!
//! See the example of [`Subscriptions`] for what comes, and that of [`Task`] for what is
//! sent.

mod answer;
mod backoff;
mod cell;
mod change;
mod entry;
mod gap;
mod pending;
mod reader;
mod receive;
mod route;
mod subscriptions;
mod task;

pub use backoff::{Backoff, Waits};
pub use change::Change;
pub use gap::{End, Gap, GapCause};
pub use reader::{Reader, Store};
pub use subscriptions::{Conflict, Follow, Subscriptions};
pub use task::{Answer, Requests, Task, Waiting};
