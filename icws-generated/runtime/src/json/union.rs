//! Objects that say what they are by their `__type`: options of a base, and
//! messages.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::error::ReadError;
use super::reader::Reader;
use super::record::{Record, Row, TYPE, debug_record, read_record, write_record};
use super::shape::eq_record;
use super::value::{Blank, Value, leaf};
use super::visit::{Visitor, visit_record};
use super::writer::Writer;
use crate::shown::{Hidden, Shown};

/// An enum over objects that are told apart by their `__type`.
///
/// ```
/// use icws_generated::Message;
/// use icws_generated::runtime::Union;
///
/// // What the model does not know is kept as it came.
/// let text = br#"{"__type":"urn:example:ping","count":3}"#;
/// let message = Message::from_json(text).unwrap();
/// assert_eq!(message.type_urn(), Some("urn:example:ping"));
/// assert!(Message::URNS.binary_search(&"urn:example:ping").is_err());
/// assert_eq!(message.to_json(), text.as_slice());
/// ```
pub trait Union: Sized + 'static {
    /// The `__type` of each option, sorted. Their places are the numbers of the
    /// options.
    const URNS: &'static [&'static str];

    /// The number of the option that an object without a `__type` is; without
    /// this it is unknown.
    const UNTYPED: Option<usize> = None;

    /// An option by its number, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank(number: usize) -> Option<Self>;

    /// An object of a type that is not in the table.
    fn unknown(object: UnknownObject) -> Self;

    /// The object that it is, or the one of an unknown type.
    ///
    /// # Errors
    /// The unknown object.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn content(&self) -> Result<&dyn Row, &UnknownObject>;

    /// The same, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn row_mut(&mut self) -> Option<&mut dyn Row>;

    /// The object's `__type`; `None` when it has none.
    fn type_urn(&self) -> Option<&str> {
        match self.content() {
            Ok(row) => row.meta().urn,
            Err(object) => object.type_urn(),
        }
    }

    /// The object as JSON text.
    fn to_json(&self) -> Bytes {
        let mut writer = Writer::new();
        write_union(self, &mut writer);
        writer.into_bytes().into()
    }

    /// Reads one object, such as the data of a server-sent event.
    ///
    /// # Errors
    /// When the text is not a JSON object, or not what the model says of its
    /// type.
    fn from_json(text: &[u8]) -> Result<Self, ReadError> {
        let mut reader = Reader::new(text);
        let object = read_option(&mut reader)?;
        reader.finish()?;
        Ok(object)
    }
}

/// An object of a type that the model does not know, as it came. `Debug` shows its type
/// and not its text: nobody knows what is secret in it.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownObject(Box<Unknown>);

#[derive(Clone, PartialEq, Eq)]
struct Unknown {
    type_urn: Option<String>,
    raw: Bytes,
}

impl UnknownObject {
    /// The object's `__type`; `None` when it has none.
    pub fn type_urn(&self) -> Option<&str> {
        self.0.type_urn.as_deref()
    }

    /// The JSON text of the object, byte for byte.
    pub fn raw(&self) -> &Bytes {
        &self.0.raw
    }
}

impl Value for UnknownObject {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let start = reader.start();
        let depth = reader.depth();
        let type_urn = find_type(reader)?.map(Cow::into_owned);
        *self = unknown(reader, start, depth, type_urn)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.unknown_object(self.type_urn(), &self.0.raw);
    }

    leaf!();
}

impl Blank for UnknownObject {
    fn blank() -> Self {
        UnknownObject(Box::new(Unknown {
            type_urn: None,
            raw: Bytes::from_static(b"{}"),
        }))
    }
}

impl fmt::Debug for UnknownObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownObject")
            .field("type_urn", &self.type_urn().map(Shown))
            .field("raw", &Hidden(&self.0.raw))
            .finish()
    }
}

/// What a `__type` says about how to go on.
enum Kind {
    Known(usize),
    Unknown(String),
}

fn kind<U: Union>(urn: &str) -> Kind {
    match U::URNS.binary_search(&urn) {
        Ok(number) => Kind::Known(number),
        Err(_) => Kind::Unknown(urn.to_owned()),
    }
}

/// Reads a union.
///
/// # Errors
/// As [`Value::read`].
pub fn read_union<U: Union>(value: &mut U, reader: &mut Reader<'_>) -> Result<(), ReadError> {
    *value = read_option(reader)?;
    Ok(())
}

/// Writes a union.
pub fn write_union<U: Union>(value: &U, writer: &mut Writer) {
    match value.content() {
        Ok(row) => write_record(row, writer),
        Err(object) => object.write(writer),
    }
}

/// Says which feature versions the object needs that a union is.
pub fn visit_union<U: Union>(value: &U, visitor: &mut Visitor<'_>) {
    if let Ok(row) = value.content() {
        visit_record(row, visitor);
    }
}

/// Returns true if two are the same option with the same properties.
pub fn eq_union<U: Union>(one: &U, other: &U) -> bool {
    match (one.content(), other.content()) {
        (Ok(one), Ok(other)) => eq_record(one, other),
        (Err(one), Err(other)) => one == other,
        _ => false,
    }
}

/// Formats for `Debug` the object that a union is.
///
/// # Errors
/// When the formatter fails.
pub fn debug_union<U: Union>(value: &U, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value.content() {
        Ok(row) => debug_record(row, formatter),
        Err(object) => fmt::Debug::fmt(object, formatter),
    }
}

/// Reads the object that the reader stands before. The `__type` may be anywhere
/// in it; where it is first, as servers mostly write it, the object is read in
/// one go.
pub(crate) fn read_option<U: Union>(reader: &mut Reader<'_>) -> Result<U, ReadError> {
    let start = reader.start();
    let depth = reader.depth();
    let first = reader.object()?;
    let kind = if first.as_deref() == Some(TYPE) && reader.is_string() {
        let kind = kind::<U>(&reader.string()?);
        reader.resume();
        Some(kind)
    } else {
        reader.go_back(start, depth);
        let urn = find_type(reader)?;
        reader.go_back(start, depth);
        urn.as_deref().map(kind::<U>)
    };
    match (kind, U::UNTYPED) {
        (Some(Kind::Known(number)), _) | (None, Some(number)) => {
            let Some(mut option) = U::blank(number) else {
                return unknown(reader, start, depth, None).map(U::unknown);
            };
            if let Some(row) = option.row_mut() {
                read_record(row, reader)?;
            }
            Ok(option)
        }
        (Some(Kind::Unknown(urn)), _) => unmet(reader, start, depth, Some(urn)).map(U::unknown),
        (None, None) => unmet(reader, start, depth, None).map(U::unknown),
    }
}

/// An object of a type that the model does not know in this place; who hears of such is
/// told.
#[cold]
fn unmet(
    reader: &mut Reader<'_>,
    start: usize,
    depth: u32,
    type_urn: Option<String>,
) -> Result<UnknownObject, ReadError> {
    let object = unknown(reader, start, depth, type_urn)?;
    if let Some(watch) = reader.watch() {
        watch.met_type(object.type_urn());
    }
    Ok(object)
}

/// Looks through an object for its `__type`. One that is no string counts as
/// none: the object is unknown, and its text is kept.
fn find_type<'j>(reader: &mut Reader<'j>) -> Result<Option<Cow<'j, str>>, ReadError> {
    let mut key = reader.object()?;
    while let Some(name) = key {
        if name == TYPE && reader.is_string() {
            return reader.string().map(Some);
        }
        reader.skip()?;
        key = reader.next_key()?;
    }
    Ok(None)
}

fn unknown(
    reader: &mut Reader<'_>,
    start: usize,
    depth: u32,
    type_urn: Option<String>,
) -> Result<UnknownObject, ReadError> {
    reader.go_back(start, depth);
    reader.skip()?;
    let raw = Bytes::copy_from_slice(reader.since(start));
    Ok(UnknownObject(Box::new(Unknown { type_urn, raw })))
}

/// The option that a union is, if it is of this type.
pub fn option_of<U: Union, T: Record>(union: &U) -> Option<&T> {
    (union.content().ok()? as &dyn std::any::Any).downcast_ref()
}
