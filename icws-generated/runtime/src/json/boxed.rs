//! Objects in a box.

use std::ops::{Deref, DerefMut};

use super::error::ReadError;
use super::reader::Reader;
use super::shape::{Shape, ShapeMut};
use super::value::{Blank, Value};
use super::writer::Writer;

/// A `Box` around an object that is large, or whose type contains itself,
/// directly or through other objects. It is a type of this crate because all
/// [`Record`](super::Record)s are values, and a `Box` may become one elsewhere.
#[derive(Debug, PartialEq)]
pub struct Boxed<T>(Box<T>);

impl<T> Boxed<T> {
    /// Puts a value in a box.
    pub fn new(value: T) -> Self {
        Boxed(Box::new(value))
    }

    /// Takes the value out of its box.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

// What `Box` has is more for the compiler, for each type.
impl<T: Clone> Clone for Boxed<T> {
    fn clone(&self) -> Self {
        Boxed::new(T::clone(&self.0))
    }
}

impl<T> From<T> for Boxed<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Value> Value for Boxed<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }

    fn shape(&self) -> Shape<'_> {
        self.0.shape()
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        self.0.shape_mut()
    }
}

impl<T: Blank> Blank for Boxed<T> {
    fn blank() -> Self {
        Boxed::new(T::blank())
    }
}
