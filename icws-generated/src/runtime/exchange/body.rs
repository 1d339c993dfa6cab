//! Bodies.

use bytes::Bytes;

use super::media;
use super::reply::RawReply;
use crate::runtime::json::{Blank, ReadError, Reader, Value, Writer, read_new};
use crate::runtime::messages::{Batch, MessageSet};

/// Content that a server can put into a body.
pub trait ToBody {
    /// The body; `None` when there is none.
    fn to_body(&self) -> Option<Bytes>;
}

/// Content that can be read from the body of an answer.
pub trait Body: ToBody + Sized {
    /// Reads the body.
    ///
    /// # Errors
    /// When it is not JSON, or not what the type says.
    fn read_body(reply: &RawReply) -> Result<Self, ReadError>;
}

/// Nothing. Whatever came is accepted: real servers send an empty body or `{}`
/// where the reference has none.
impl ToBody for () {
    fn to_body(&self) -> Option<Bytes> {
        None
    }
}

impl Body for () {
    fn read_body(_: &RawReply) -> Result<Self, ReadError> {
        Ok(())
    }
}

impl<T: Value> ToBody for T {
    fn to_body(&self) -> Option<Bytes> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        Some(writer.into_bytes().into())
    }
}

impl<T: Value + Blank> Body for T {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        let body = json(reply)?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::whole("the body is empty"));
        }
        let mut reader = Reader::new(body);
        let value = read_new(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }
}

impl<M: MessageSet> ToBody for Batch<M> {
    fn to_body(&self) -> Option<Bytes> {
        Some(self.encode())
    }
}

impl<M: MessageSet> Body for Batch<M> {
    fn read_body(reply: &RawReply) -> Result<Self, ReadError> {
        Batch::decode(json(reply)?)
    }
}

/// The body, unless its media type says that it is not JSON.
pub(super) fn json(reply: &RawReply) -> Result<&[u8], ReadError> {
    match media::foreign(reply.headers()) {
        Some(media) if !reply.body().is_empty() => {
            Err(ReadError::whole(format!("the body is {media}, not JSON")))
        }
        _ => Ok(reply.body()),
    }
}
