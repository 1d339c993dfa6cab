//! Objects of which only some properties are there.

use std::fmt;
use std::ops::Deref;

use super::error::ReadError;
use super::reader::Reader;
use super::record::{Record, Row, Seen, debug_record, missing, read_properties};
use super::shape::{Partial, Shape, ShapeMut};
use super::unknown::UnknownProperties;
use super::value::{Blank, Value};
use super::writer::Writer;

/// An object of which only some properties are there: those that have changed.
/// A property that is left out is unchanged, and one that is null has no value
/// any more.
///
/// It dereferences to the object; what is not there has a value of no meaning,
/// mostly `None`.
///
/// ```
/// use icws_generated::common::Error;
/// use icws_generated::runtime::Patch;
///
/// let patch = Patch::from(Error::new("No such interaction."));
/// assert!(patch.has("message"));
/// assert!(!patch.has("errorId"));
/// assert_eq!(patch.message, "No such interaction.");
/// ```
#[derive(Clone, PartialEq)]
pub struct Patch<T>(Box<Part<T>>);

#[derive(Clone, PartialEq)]
struct Part<T> {
    object: T,
    there: Seen,
}

impl<T: Record> Patch<T> {
    /// Returns true if a property is there, by its name on the wire.
    pub fn has(&self, property: &str) -> bool {
        let mut properties = T::META.properties.iter();
        let found = properties.position(|(name, _)| *name == property);
        found.is_some_and(|index| self.0.there.has(index))
    }

    /// Returns the names of the properties that are there.
    pub fn properties(&self) -> impl Iterator<Item = &'static str> {
        let properties = T::META.properties.iter().enumerate();
        let there = properties.filter(|(index, _)| self.0.there.has(*index));
        there.map(|(_, (name, _))| *name)
    }

    /// Returns the object, if all of its required properties are there.
    ///
    /// # Errors
    /// The name of a property that is not.
    pub fn into_whole(self) -> Result<T, &'static str> {
        match missing(&self.0.object, &self.0.there) {
            Some(name) => Err(name),
            None => Ok(self.0.object),
        }
    }
}

/// All properties are there that have a value.
impl<T: Record> From<T> for Patch<T> {
    fn from(object: T) -> Self {
        let mut there = Seen::new(T::META.properties.len());
        for (index, (_, required)) in T::META.properties.iter().enumerate() {
            let has = |value: &dyn Value| *required || !value.is_absent();
            if Record::field(&object, index).is_some_and(has) {
                there.add(index);
            }
        }
        Patch(Box::new(Part { object, there }))
    }
}

impl<T> Deref for Patch<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.object
    }
}

impl<T: Record> Value for Patch<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.object = Record::blank();
        self.0.there = read_properties(&mut self.0.object, reader)?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        write(&self.0.object, &self.0.there, writer);
    }

    fn shape(&self) -> Shape<'_> {
        Shape::Part(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::Part(self)
    }
}

impl<T: Record> Partial for Patch<T> {
    fn parts(&self) -> (&dyn Row, &Seen) {
        (&self.0.object, &self.0.there)
    }

    fn parts_mut(&mut self) -> (&mut dyn Row, &mut Seen) {
        (&mut self.0.object, &mut self.0.there)
    }
}

/// Writes the properties that are there, null where one has no value.
fn write(object: &dyn Row, there: &Seen, writer: &mut Writer) {
    let meta = object.meta();
    writer.object();
    if let (true, Some(urn)) = (meta.typed, meta.urn) {
        writer.key(super::record::TYPE);
        writer.string(urn);
    }
    for (index, (name, _)) in meta.properties.iter().enumerate() {
        if let Some(value) = object.field(index).filter(|_| there.has(index)) {
            writer.key(name);
            value.write(writer);
        }
    }
    UnknownProperties::of(object.field(meta.properties.len())).write_into(writer);
    writer.end_object();
}

impl<T: Record> Blank for Patch<T> {
    fn blank() -> Self {
        Patch(Box::new(Part {
            object: Record::blank(),
            there: Seen::new(T::META.properties.len()),
        }))
    }
}

impl<T: Record> fmt::Debug for Patch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_record(&self.0.object, f)
    }
}
