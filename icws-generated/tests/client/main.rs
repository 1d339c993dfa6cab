//! The client over a transport without a network.

mod complete;
mod connect;
mod connections;
mod ends;
mod fake;
mod hostile;
mod leaving;
mod limits;
#[path = "../logs/mod.rs"]
mod logs;
mod lossless;
mod messages;
mod misbehaviour;
mod pages;
mod refused;
mod session;
mod tls;
mod untrusted;
mod watch;
