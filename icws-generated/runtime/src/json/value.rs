//! How Rust values are read from JSON and written to it.

use std::any::Any;
use std::collections::BTreeMap;

use super::error::ReadError;
use super::field::{DynField, Field};
use super::reader::Reader;
use super::visit::Visitor;
use super::writer::Writer;

/// What all values can do whatever their type is, so that the compiler need not
/// look at how each object is copied and compared: one function does it, over
/// the properties by their numbers. Another value of another type is left
/// alone, and equal to none.
pub trait Dynamic: Any {
    /// Takes a copy of a value.
    fn assign(&mut self, from: &dyn Any);

    /// Returns true if a value is the same.
    fn equals(&self, other: &dyn Any) -> bool;

    /// Exchanges two values.
    fn swap(&mut self, with: &mut dyn Any);
}

impl<T: Any + Clone + PartialEq> Dynamic for T {
    fn assign(&mut self, from: &dyn Any) {
        if let Some(from) = from.downcast_ref::<T>() {
            *self = from.clone();
        }
    }

    fn equals(&self, other: &dyn Any) -> bool {
        match other.downcast_ref::<T>() {
            Some(other) => self == other,
            None => false,
        }
    }

    fn swap(&mut self, with: &mut dyn Any) {
        if let Some(with) = with.downcast_mut() {
            std::mem::swap(self, with);
        }
    }
}

/// A value with a form in JSON. The trait can be made into an object, so that
/// one reader serves the structs of all messages.
pub trait Value: Dynamic {
    /// Reads the next value into this one.
    ///
    /// # Errors
    /// When the text is not JSON or has another type.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError>;

    /// Writes the value.
    fn write(&self, writer: &mut Writer);

    /// Says which feature versions the value needs.
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let _ = visitor;
    }

    /// Returns true if a property with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value as a property with three states, if it is one.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn as_field(&mut self) -> Option<&mut dyn DynField> {
        None
    }
}

/// Returns the text of a property that is one, and there.
pub(crate) fn text(value: &dyn Value) -> Option<&str> {
    let value: &dyn Any = value;
    if let Some(text) = value.downcast_ref::<String>() {
        return Some(text);
    }
    if let Some(text) = value.downcast_ref::<Field<String>>() {
        return text.value().map(String::as_str);
    }
    value.downcast_ref::<Option<String>>()?.as_deref()
}

/// A value to begin with, before it is read. It says nothing of its own: a
/// required property that was not read is an error.
pub trait Blank {
    /// The value.
    fn blank() -> Self;

    /// Returns the value that null stands for, where it stands for one.
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// Reads a value by its type.
///
/// # Errors
/// As [`Value::read`].
pub fn read_new<T: Value + Blank>(reader: &mut Reader<'_>) -> Result<T, ReadError> {
    let mut value = T::blank();
    value.read(reader)?;
    Ok(value)
}

macro_rules! scalar {
    ($($ty:ty { $reader:ident => $read:expr, $writer:ident $this:ident => $write:expr })*) => {$(
        impl Value for $ty {
            fn read(&mut self, $reader: &mut Reader<'_>) -> Result<(), ReadError> {
                *self = $read;
                Ok(())
            }

            fn write(&self, $writer: &mut Writer) {
                let $this = self;
                $write
            }
        }

        impl Blank for $ty {
            fn blank() -> Self {
                Self::default()
            }
        }
    )*};
}

scalar! {
    String { reader => reader.string()?.into_owned(), writer this => writer.string(this) }
    bool { reader => reader.boolean()?, writer this => writer.boolean(*this) }
    i64 { reader => reader.integer()?, writer this => writer.display(this) }
    i32 {
        reader => {
            let value = reader.integer()?;
            i32::try_from(value).map_err(|_| reader.error(format!("{value} is beyond 32 bits")))?
        },
        writer this => writer.display(this)
    }
    f64 { reader => reader.number()?, writer this => writer.number(*this) }
    f32 {
        reader => {
            // The nearest value of single precision is what the server meant.
            #[allow(clippy::cast_possible_truncation)]
            let value = reader.number()? as f32;
            if value.is_infinite() {
                return Err(reader.error("the number is beyond single precision"));
            }
            value
        },
        writer this => if this.is_finite() { writer.display(format_args!("{this:?}")) } else { writer.number(f64::NAN) }
    }
}

impl<T: Value + Blank + Clone + PartialEq> Value for Option<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        *self = if reader.null()? {
            None
        } else {
            Some(read_new(reader)?)
        };
        Ok(())
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        if let Some(value) = self {
            value.visit(visitor);
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }

    fn null() -> Option<Self> {
        Some(None)
    }
}

impl<T: Value + Blank + Clone + PartialEq> Value for Field<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        *self = if reader.null()? {
            Field::Null
        } else {
            Field::Value(read_new(reader)?)
        };
        Ok(())
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        if let Field::Value(value) = self {
            value.visit(visitor);
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Field::Value(value) => value.write(writer),
            Field::Absent | Field::Null => writer.null(),
        }
    }

    fn is_absent(&self) -> bool {
        Field::is_absent(self)
    }

    fn as_field(&mut self) -> Option<&mut dyn DynField> {
        Some(self)
    }
}

impl<T> Blank for Field<T> {
    fn blank() -> Self {
        Field::Absent
    }
}

impl<T: Value + Blank + Clone + PartialEq> Value for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.clear();
        reader.enter()?;
        let mut more = reader.array()?;
        while more {
            let index = self.len();
            let item =
                read_new(reader).map_err(|error: ReadError| error.inside(index.to_string()))?;
            self.push(item);
            more = reader.next_item()?;
        }
        reader.leave();
        Ok(())
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.iter().for_each(|item| item.visit(visitor));
    }

    fn write(&self, writer: &mut Writer) {
        writer.array();
        for item in self {
            writer.item();
            item.write(writer);
        }
        writer.end_array();
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
}

/// A dictionary: its keys are data. A null where the model has none is no entry:
/// the rest of the object counts for more.
impl<T: Value + Blank + Clone + PartialEq> Value for BTreeMap<String, T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.clear();
        reader.enter()?;
        let mut key = reader.object()?;
        while let Some(name) = key {
            let value = match reader.null() {
                Ok(true) => T::null(),
                Ok(false) => read_new(reader).map(Some).map_err(|e| e.inside(&*name))?,
                Err(error) => return Err(error.inside(&*name)),
            };
            if let Some(value) = value {
                self.insert(name.into_owned(), value);
            }
            key = reader.next_key()?;
        }
        reader.leave();
        Ok(())
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.values().for_each(|value| value.visit(visitor));
    }

    fn write(&self, writer: &mut Writer) {
        writer.object();
        for (key, value) in self {
            writer.key(key);
            value.write(writer);
        }
        writer.end_object();
    }
}

impl<T> Blank for BTreeMap<String, T> {
    fn blank() -> Self {
        BTreeMap::new()
    }
}
