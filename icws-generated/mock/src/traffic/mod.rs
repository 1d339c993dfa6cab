//! The traffic as people and other tools see it: in lists, in detail, as it happens, and
//! as a file.

mod har;
mod live;
mod view;

pub(crate) use har::document;
pub(crate) use live::Live;
pub(crate) use view::{Filter, details, fault, headers, summary};

/// Returns true if pieces of a path behind `/mock` name the stream of the traffic.
pub(crate) fn is_live(pieces: &[String]) -> bool {
    matches!(pieces, [traffic, live] if traffic == "traffic" && live == "live")
}
