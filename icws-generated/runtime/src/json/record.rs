//! Objects with named properties: one reader and one writer for all of them.

use std::any::Any;
use std::fmt;

use bytes::Bytes;

use crate::meta::RecordMeta;

use super::error::ReadError;
use super::reader::Reader;
use super::secret::Secret;
use super::shape::{Shape, ShapeMut, copy_row};
use super::unknown::UnknownProperties;
use super::value::{Blank, Value, read_new};
use super::writer::Writer;

/// An object or message as a row of properties, numbered as in
/// [`RecordMeta::properties`].
///
/// Two objects are equal if they are written alike: properties that the model
/// does not know count, by their text.
///
/// ```
/// use icws_generated::connection::ConnectionSettings;
/// use icws_generated::runtime::Record;
///
/// let text = br#"{"connectionState":1,"newer":true}"#;
/// let mut settings = ConnectionSettings::from_json(text).unwrap();
/// assert_eq!(ConnectionSettings::META.properties[0].0, "connectionState");
/// // A property that the model does not know is written as it was read, or left out.
/// assert_eq!(settings.to_json(), text.as_slice());
/// settings.take_unknown();
/// assert_eq!(settings.to_json(), br#"{"connectionState":1}"#.as_slice());
/// ```
pub trait Record: Clone + PartialEq + 'static {
    /// What the model says of it.
    const META: &'static RecordMeta;

    /// A property. The number behind the last stands for the
    /// [`UnknownProperties`].
    fn field(&self, index: usize) -> Option<&dyn Value>;

    /// A property, to be read into.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// One to begin with, before it is read.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;

    /// Returns the properties that the model does not know: they were read with
    /// the object, and are written with it.
    fn unknown(&self) -> &UnknownProperties {
        UnknownProperties::of(self.field(Self::META.properties.len()))
    }

    /// Takes out the properties that the model does not know, so that they are
    /// not written any more.
    fn take_unknown(&mut self) -> UnknownProperties {
        let unknown = UnknownProperties::of_mut(self.field_mut(Self::META.properties.len()));
        unknown.map(std::mem::take).unwrap_or_default()
    }

    /// Replaces the properties that the model does not know.
    fn set_unknown(&mut self, properties: UnknownProperties) {
        let unknown = UnknownProperties::of_mut(self.field_mut(Self::META.properties.len()));
        if let Some(unknown) = unknown {
            *unknown = properties;
        }
    }

    /// The object as JSON text.
    fn to_json(&self) -> Bytes {
        let mut writer = Writer::new();
        write_record(self, &mut writer);
        writer.into_bytes().into()
    }

    /// Reads an object of this type from JSON text, whatever its `__type`.
    ///
    /// # Errors
    /// When the text is not a JSON object, or not what the model says of the
    /// type.
    fn from_json(text: &[u8]) -> Result<Self, ReadError> {
        let mut reader = Reader::new(text);
        let object = read_new(&mut reader)?;
        reader.finish()?;
        Ok(object)
    }
}

/// A [`Record`], or what the messages of one type add up to, as a row of values.
pub trait Row: Any {
    /// What the model says of it; of a state, what it says of its messages.
    fn meta(&self) -> &'static RecordMeta;

    /// A property, or behind the last the unknown ones.
    fn field(&self, index: usize) -> Option<&dyn Value>;

    /// A property, to be read into.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

impl<T: Record> Row for T {
    fn meta(&self) -> &'static RecordMeta {
        T::META
    }

    fn field(&self, index: usize) -> Option<&dyn Value> {
        Record::field(self, index)
    }

    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        Record::field_mut(self, index)
    }
}

impl<T: Record> Value for T {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        read_record(self, reader)
    }

    fn write(&self, writer: &mut Writer) {
        write_record(self, writer);
    }

    fn shape(&self) -> Shape<'_> {
        Shape::Row(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::Row(self)
    }
}

impl<T: Record> Blank for T {
    fn blank() -> Self {
        Record::blank()
    }
}

/// The property that names the type of an object.
pub(crate) const TYPE: &str = "__type";

/// Which of up to 128 properties have been seen, without an allocation; for
/// more there is a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// By their bits.
    Few(u128),
    /// By their places.
    Many(Vec<bool>),
}

impl Seen {
    pub(crate) fn new(count: usize) -> Self {
        if count <= 128 {
            Seen::Few(0)
        } else {
            Seen::Many(vec![false; count])
        }
    }

    pub(crate) fn add(&mut self, index: usize) {
        match self {
            Seen::Few(bits) => *bits |= 1 << index,
            Seen::Many(list) => {
                if let Some(seen) = list.get_mut(index) {
                    *seen = true;
                }
            }
        }
    }

    pub(crate) fn has(&self, index: usize) -> bool {
        match self {
            Seen::Few(bits) => bits & (1 << index) != 0,
            Seen::Many(list) => list.get(index).copied().unwrap_or_default(),
        }
    }
}

/// Reads an object. Properties may come in any order; unknown ones are kept; of
/// one given twice the last counts. The `__type` is passed over, since the place
/// of the object or its union has told the type.
///
/// # Errors
/// When the text is not JSON, a property has another type, or a required one is
/// missing.
pub(crate) fn read_record(record: &mut dyn Row, reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let seen = read_properties(record, reader)?;
    match missing(record, &seen) {
        Some(name) => Err(ReadError::missing(name, reader.position())),
        None => Ok(()),
    }
}

/// Returns a required property that was not there.
pub(crate) fn missing(record: &dyn Row, seen: &Seen) -> Option<&'static str> {
    let properties = record.meta().properties;
    let mut missing = properties.iter().enumerate();
    let missing =
        missing.find(|(index, p)| p.1 && !seen.has(*index) && record.field(*index).is_some());
    missing.map(|(_, missing)| missing.0)
}

/// Reads those properties of an object that are there, as [`read_record`] does,
/// and says which.
///
/// # Errors
/// When the text is not JSON, or a property has another type.
pub(crate) fn read_properties(
    record: &mut dyn Row,
    reader: &mut Reader<'_>,
) -> Result<Seen, ReadError> {
    let properties = record.meta().properties;
    let mut seen = Seen::new(properties.len());
    let mut next = 0;
    reader.enter()?;
    let mut key = reader.object()?;
    while let Some(name) = key {
        // Servers write the properties in the order of the reference page,
        // mostly.
        let found = properties
            .get(next)
            .filter(|property| property.0 == name)
            .map(|_| next)
            .or_else(|| properties.iter().position(|property| property.0 == name));
        match found.and_then(|index| Some((index, record.field_mut(index)?))) {
            Some((index, field)) => {
                read_field(field, properties[index].0, reader)?;
                seen.add(index);
                next = index + 1;
                while let Some(property) = properties.get(next)
                    && let Some(field) = record.field_mut(next)
                    && reader.next_key_is(property.0)
                {
                    read_field(field, property.0, reader)?;
                    seen.add(next);
                    next += 1;
                }
            }
            // Known, but not to this struct: a state does without a property.
            None if found.is_some() || name == TYPE => reader.skip()?,
            None => {
                if let Some(watch) = reader.watch() {
                    watch.met_property(record.meta(), &name);
                }
                match UnknownProperties::of_mut(record.field_mut(properties.len())) {
                    Some(unknown) => unknown.read_value(&name, reader)?,
                    None => reader.skip()?,
                }
            }
        }
        key = reader.next_key()?;
    }
    reader.leave();
    Ok(seen)
}

fn read_field(field: &mut dyn Value, name: &str, reader: &mut Reader<'_>) -> Result<(), ReadError> {
    field.read(reader).map_err(|error| error.inside(name))
}

/// Writes an object: the `__type` first where it has one, then the properties
/// in the order of the reference page, without the absent ones, then those that
/// the model does not know.
pub(crate) fn write_record(record: &dyn Row, writer: &mut Writer) {
    let meta = record.meta();
    writer.object();
    if let (true, Some(urn)) = (meta.typed, meta.urn) {
        writer.key(TYPE);
        writer.string(urn);
    }
    write_properties(record, writer);
    writer.end_object();
}

/// Writes the properties of an object but those that are absent, the unknown ones last.
pub(crate) fn write_properties(row: &dyn Row, writer: &mut Writer) {
    let properties = row.meta().properties;
    for (index, (name, required)) in properties.iter().enumerate() {
        // A required property without a value is one that may be null.
        let value = row.field(index);
        if let Some(value) = value.filter(|value| *required || !value.is_absent()) {
            writer.key(name);
            value.write(writer);
        }
    }
    UnknownProperties::of(row.field(properties.len())).write_into(writer);
}

/// Formats an object for `Debug`, with its names on the wire, without the absent
/// properties, without secrets, and without what unknown properties hold.
///
/// # Errors
/// When the formatter fails.
pub fn debug_record(record: &dyn Row, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_row(record, record.meta().name, formatter)
}

/// The same under another name: a state has the meta data of its messages.
///
/// # Errors
/// When the formatter fails.
pub fn debug_row(row: &dyn Row, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let properties = row.meta().properties;
    let mut out = formatter.debug_struct(name);
    for (index, (name, _)) in properties.iter().enumerate() {
        let Some(value) = row.field(index).filter(|value| !value.is_absent()) else {
            continue;
        };
        let mut writer = Writer::for_logs();
        value.write(&mut writer);
        let text = String::from_utf8_lossy(&writer.into_bytes()).into_owned();
        out.field(name, &format_args!("{text}"));
    }
    for (name, _) in UnknownProperties::of(row.field(properties.len())).iter() {
        // The name comes from outside: it must not break the line of a log.
        out.field(&name.escape_debug().to_string(), &Secret::HIDDEN);
    }
    out.finish()
}

/// A copy of an object.
pub fn clone_record<T: Record>(record: &T) -> T {
    let mut copy = T::blank();
    copy_row(&mut copy, record);
    copy
}
