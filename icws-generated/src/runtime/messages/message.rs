//! One message: its type is chosen by its `__type`.

use std::fmt;

use bytes::Bytes;

use crate::runtime::json::{ReadError, Reader, Writer};

/// The type of the property that every message has.
const TYPE: &str = "__type";

/// A message type and how it is read.
pub type MessageEntry<M> = (&'static str, fn(&mut Reader<'_>) -> Result<M, ReadError>);

/// The messages of a model: what the generated `Message` enum implements.
pub trait MessageSet: Sized + 'static {
    /// The types by their `__type`, sorted by it.
    const TABLE: &'static [MessageEntry<Self>];

    /// A message of a type that is not in the table.
    fn unknown(message: UnknownMessage) -> Self;

    /// The message's `__type`.
    fn type_urn(&self) -> Option<&str>;

    /// Writes the message.
    fn write(&self, writer: &mut Writer);

    /// The message as JSON text.
    fn to_json(&self) -> Bytes {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes().into()
    }

    /// Reads one message, such as the data of a server-sent event.
    ///
    /// # Errors
    /// When the text is not a JSON object, or not what the model says of its
    /// type. The error carries the text.
    fn from_json(text: &[u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(text);
        read_message(&mut reader)
            .and_then(|message| reader.finish().map(|()| message))
            .map_err(|error| MessageError::new(0, text, error))
    }
}

/// A message of a type that the model does not know, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownMessage {
    type_urn: Option<String>,
    raw: Bytes,
}

impl UnknownMessage {
    /// The message's `__type`; `None` when it has none.
    pub fn type_urn(&self) -> Option<&str> {
        self.type_urn.as_deref()
    }

    /// The JSON text of the message, byte for byte.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Writes the message as it came.
    pub fn write(&self, writer: &mut Writer) {
        writer.raw(&self.raw);
    }
}

impl fmt::Debug for UnknownMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownMessage({})", String::from_utf8_lossy(&self.raw))
    }
}

/// A message that could not be read. The others of its batch are not touched
/// by it; the text is kept, because the server has forgotten it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "message {} of the batch: {}", self.index, self.error)
    }
}

impl std::error::Error for MessageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// What the type says about how to go on.
enum Kind<M: 'static> {
    Known(&'static MessageEntry<M>),
    Unknown(String),
}

fn kind<M: MessageSet>(urn: &str) -> Kind<M> {
    match M::TABLE.binary_search_by(|(known, _)| (*known).cmp(urn)) {
        Ok(index) => Kind::Known(&M::TABLE[index]),
        Err(_) => Kind::Unknown(urn.to_owned()),
    }
}

/// Reads the message that the reader stands before. The `__type` may be
/// anywhere in it; where it is first, as servers mostly write it, the message
/// is read in one go.
pub(super) fn read_message<M: MessageSet>(reader: &mut Reader<'_>) -> Result<M, ReadError> {
    let start = reader.position();
    let first = reader.object(|key| key == TYPE)?;
    let kind = if first == Some(true) && reader.is_string() {
        let kind = reader.string_with(kind::<M>)?;
        reader.resume();
        Some(kind)
    } else {
        reader.go_to(start);
        let kind = find_type(reader)?;
        reader.go_to(start);
        kind
    };
    match kind {
        Some(Kind::Known((_, read))) => read(reader),
        Some(Kind::Unknown(urn)) => unknown(reader, start, Some(urn)),
        None => unknown(reader, start, None),
    }
}

/// Looks through an object for its `__type`. One that is no string counts as
/// none: the message is unknown, and its text is kept.
fn find_type<M: MessageSet>(reader: &mut Reader<'_>) -> Result<Option<Kind<M>>, ReadError> {
    let mut key = reader.object(|key| key == TYPE)?;
    while let Some(is_type) = key {
        if is_type && reader.is_string() {
            return Ok(Some(reader.string_with(kind::<M>)?));
        }
        reader.skip()?;
        key = reader.next_key(|key| key == TYPE)?;
    }
    Ok(None)
}

fn unknown<M: MessageSet>(
    reader: &mut Reader<'_>,
    start: usize,
    type_urn: Option<String>,
) -> Result<M, ReadError> {
    reader.go_to(start);
    reader.skip()?;
    let raw = Bytes::copy_from_slice(reader.since(start));
    Ok(M::unknown(UnknownMessage { type_urn, raw }))
}
