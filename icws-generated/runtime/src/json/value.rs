//! How Rust values are read from JSON and written to it.

use std::any::Any;

use super::error::ReadError;
use super::field::Field;
use super::reader::Reader;
use super::shape::{Shape, ShapeMut};
use super::visit::Visitor;
use super::writer::Writer;

/// A value with a form in JSON. The trait can be made into an object, so that
/// one reader serves the structs of all messages.
pub trait Value: Any {
    /// Reads the next value into this one.
    ///
    /// # Errors
    /// When the text is not JSON or has another type.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError>;

    /// Writes the value.
    fn write(&self, writer: &mut Writer);

    /// Returns what the value is made of.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn shape(&self) -> Shape<'_>;

    /// Returns the same, to be changed.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn shape_mut(&mut self) -> ShapeMut<'_>;

    /// Says which feature versions a value without parts needs.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn visit_leaf(&self, visitor: &mut Visitor<'_>) {
        let _ = visitor;
    }

    /// Returns true if a property with this value is not written, unless it is required.
    fn is_absent(&self) -> bool {
        false
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

/// The shape of a value without parts.
macro_rules! leaf {
    () => {
        fn shape(&self) -> $crate::json::Shape<'_> {
            $crate::json::Shape::Leaf(self)
        }

        fn shape_mut(&mut self) -> $crate::json::ShapeMut<'_> {
            $crate::json::ShapeMut::Leaf(self)
        }
    };
}
pub(crate) use leaf;

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

            leaf!();
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
