//! The response of a poll: a bare array of messages, read item by item.

use bytes::Bytes;

use super::error::MessageError;
use crate::drift::{Drift, Watch};
use crate::exchange::{self, Body, RawReply, ToBody};
use crate::json::{ReadError, Reader, Union, Writer, read_option, without_mark, write_union};
use crate::meta::OperationMeta;

/// The messages of one poll, in the order in which they came.
///
/// Reading a batch loses nothing: a message of an unknown type is kept as it
/// came, one that cannot be read is an error at its place, and the others are
/// not touched by either, even where it is not JSON in every detail. A batch that
/// ends in the middle gives what came, and the rest as an error. The server has
/// forgotten the messages it sent, so none can be asked for again.
///
/// ```
/// use icws_generated::Message;
/// use icws_generated::runtime::Batch;
///
/// let body = br#"[{ "__type": "urn:example:new", "isDelta": false }, 7]"#;
/// let batch = Batch::<Message>::decode(body)?;
/// assert_eq!(batch.messages().count(), 1); // of an unknown type, kept as it came
/// assert_eq!(batch.errors().count(), 1);
/// # Ok::<(), icws_generated::runtime::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<M> {
    /// The messages.
    pub items: Vec<Result<M, MessageError>>,
}

impl<M: Union> Batch<M> {
    /// A batch of messages, as a server sends it.
    pub fn new(messages: impl IntoIterator<Item = M>) -> Self {
        Batch {
            items: messages.into_iter().map(Ok).collect(),
        }
    }

    /// Reads the body of a poll. An empty body is an empty batch: servers
    /// send one on calls that return nothing.
    ///
    /// # Errors
    /// When the body is not a JSON array.
    pub fn decode(body: &[u8]) -> Result<Self, ReadError> {
        Self::read(body, None)
    }

    /// Reads the data of a server-sent event, or of several in an array, as
    /// [`decode`](Self::decode) reads a poll. The drift hears of what the model does not
    /// know of them; the operation is the one that asked for the events.
    ///
    /// # Errors
    /// When the data is not a JSON array.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn decode_watched(
        body: &[u8],
        drift: &Drift,
        operation: &'static OperationMeta,
    ) -> Result<Self, ReadError> {
        let operation = Some(operation);
        Self::read(body, Some(Watch { drift, operation }))
    }

    fn read(body: &[u8], watch: Option<Watch<'_>>) -> Result<Self, ReadError> {
        let mut items = Vec::new();
        let body = without_mark(body);
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Batch { items });
        }
        let mut reader = Reader::watched(body, watch);
        let mut more = reader.array();
        if let Err(error) = more {
            // `[` and nothing readable behind it is still a batch.
            let array = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
            if !array {
                return Err(error);
            }
            items.push(Err(MessageError::new(0, body, error)));
            return Ok(Batch { items });
        }
        loop {
            let start = reader.position();
            match more {
                Ok(true) => {}
                Ok(false) => break,
                // What follows the last comma cannot be told apart any more.
                Err(error) => {
                    items.push(Err(MessageError::new(
                        items.len(),
                        reader.rest(start),
                        error,
                    )));
                    return Ok(Batch { items });
                }
            }
            let start = reader.position();
            match read_option(&mut reader) {
                Ok(message) => items.push(Ok(message)),
                Err(error) => {
                    reader.go_back(start, 0);
                    // What is wrong may be no JSON at all: a control character in a text
                    // say. The messages behind it are not lost for it.
                    let whole = reader.skip_loosely();
                    let raw = if whole {
                        reader.since(start)
                    } else {
                        reader.rest(start)
                    };
                    items.push(Err(MessageError::new(items.len(), raw, error)));
                    if !whole {
                        return Ok(Batch { items });
                    }
                }
            }
            more = reader.next_item();
        }
        let end = reader.position();
        if let Err(error) = reader.finish() {
            items.push(Err(MessageError::new(items.len(), reader.rest(end), error)));
        }
        Ok(Batch { items })
    }

    /// Writes the batch, as a server sends it. Messages that could not be read
    /// are written as they came.
    pub fn encode(&self) -> Bytes {
        let mut writer = Writer::new();
        writer.array();
        for item in &self.items {
            writer.item();
            match item {
                Ok(message) => write_union(message, &mut writer),
                Err(error) => writer.raw(&error.raw),
            }
        }
        writer.end_array();
        writer.into_bytes().into()
    }
}

impl<M: Union> ToBody for Batch<M> {
    fn to_body(&self) -> Option<Bytes> {
        Some(self.encode())
    }
}

impl<M: Union> Body for Batch<M> {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        Batch::read(exchange::json(reply)?, reply.watch())
    }
}

impl<M> Batch<M> {
    /// The messages that could be read.
    pub fn messages(&self) -> impl Iterator<Item = &M> {
        self.items.iter().filter_map(|item| item.as_ref().ok())
    }

    /// What could not be read.
    pub fn errors(&self) -> impl Iterator<Item = &MessageError> {
        self.items.iter().filter_map(|item| item.as_ref().err())
    }

    /// How many items there are, of both kinds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if nothing waited.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<M> IntoIterator for Batch<M> {
    type Item = Result<M, MessageError>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
