//! Tells what is secret in the traffic of ICWS. Recordings of `icws-runtime` and
//! `icws-spec traffic` leave out the same, since both ask here:
//!
//! - [`Names`]: by the name of what holds it, by a name that stands beside it, and within
//!   texts of which no name is known;
//! - [`header`]: what headers hold;
//! - [`Known`]: secrets that were met, to be found where no name tells of them.

#![forbid(unsafe_code)]

mod decode;
pub mod header;
mod known;
mod names;
mod text;

pub use known::Known;
pub use names::Names;

/// What stands in the place of a secret.
pub const MASKED: &str = "***";

/// Returns true unless something that is no number stands in the place of the port of a
/// host. It is the start of a password then that has a `/` in it.
pub fn has_port(host: &str) -> bool {
    // An address of IPv6 has colons of its own.
    let name = host.rsplit(']').next().unwrap_or_default();
    let port = name.split_once(':').map_or("", |(_, port)| port);
    // A template has a place for it: `https://{server}:{port}`.
    port.bytes().all(|byte| byte.is_ascii_digit()) || port.starts_with('{') && port.ends_with('}')
}
