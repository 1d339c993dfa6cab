//! What is in a recording, and what never is.

#[cfg(all(feature = "client", feature = "interactions"))]
mod client;
mod form;
mod later;
mod secrets;
mod tape;
