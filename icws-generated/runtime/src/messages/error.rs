//! A message that could not be read.

use std::fmt;

use bytes::Bytes;

use crate::json::{ReadError, text_loosely};
use crate::shown::Hidden;

/// A message that could not be read. The others of its batch are not touched
/// by it; the text is kept, because the server has forgotten it. `Debug` does not show
/// it: nobody knows what is secret in it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageError {
    /// Its place in the batch, from 0.
    pub index: usize,
    /// Its JSON text, or what is left of a batch that ends in the middle.
    pub raw: Bytes,
    /// What is wrong with it.
    pub error: ReadError,
}

impl MessageError {
    pub(super) fn new(index: usize, raw: &[u8], error: ReadError) -> Self {
        MessageError {
            index,
            raw: Bytes::copy_from_slice(raw),
            error,
        }
    }

    /// Returns the text of a property, even where the message is not JSON in every
    /// detail; `None` when there is no such text, or the message does not end, so that
    /// others may be behind it.
    pub fn text(&self, name: &str) -> Option<&str> {
        text_loosely(&self.raw, name)
    }
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "message {} of the batch: {}", self.index, self.error)
    }
}

impl fmt::Debug for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageError")
            .field("index", &self.index)
            .field("raw", &Hidden(&self.raw))
            .field("error", &self.error)
            .finish()
    }
}

// The text says the reason, so that a chain of errors says it once.
impl std::error::Error for MessageError {}
