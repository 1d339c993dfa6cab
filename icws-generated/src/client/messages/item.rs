//! What arrives on a session.

use crate::runtime::MessageError;
use crate::runtime::follow::{End, Gap};

/// Something that arrived on a session.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Item<M> {
    /// A message; one of a type that the model does not know is among them.
    Message(M),
    /// A message that cannot be read, with its text.
    Unreadable(MessageError),
    /// Messages may have been lost.
    Gap(Gap),
    /// The session has ended; nothing follows.
    Ended(End),
}
