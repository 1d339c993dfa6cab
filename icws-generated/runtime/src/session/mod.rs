//! What a session knows: where it lives, its secrets, and the features of its
//! server.

mod api_session;
mod error;
mod features;
mod server;

pub use api_session::{ApiSession, SessionParts};
pub use error::SessionError;
pub use features::Features;
pub use server::Server;
