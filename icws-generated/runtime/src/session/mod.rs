//! What a session knows: where it lives, its secrets, and the features of its
//! server.

mod credentials;
mod features;
mod server;

pub use credentials::{Session, SessionError, SessionParts};
pub use features::Features;
pub use server::Server;
