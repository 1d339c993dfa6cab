//! The client over a transport without a network.

mod connect;
mod fake;
mod messages;
mod session;
mod watch;
