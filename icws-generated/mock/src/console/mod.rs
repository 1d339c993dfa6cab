//! The console: a page for people who watch the server, at `/mock/`. All that the page
//! does is done by the control over HTTP; here is what it is made of, and how traffic
//! and model are shown.

mod compare;
mod files;
mod har;
mod live;
mod reference;
mod view;

pub(crate) use compare::remarks;
pub(crate) use files::{guard, page};
pub(crate) use har::document;
pub(crate) use live::Live;
pub(crate) use reference::Reference;
pub(crate) use view::{Filter, details, fault, summary};

/// Returns true if pieces of a path behind `/mock` name the stream of the traffic.
pub(crate) fn is_live(pieces: &[String]) -> bool {
    matches!(pieces, [traffic, live] if traffic == "traffic" && live == "live")
}
