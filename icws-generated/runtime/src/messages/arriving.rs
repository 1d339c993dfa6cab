//! What arrives by itself.

use crate::json::Record;

/// A message: an object that arrives by itself, and not only within another one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "nothing of this type arrives by itself",
    note = "`Message`, the enum over all messages, has a variant for each type that does"
)]
pub trait Arriving: Record {}
