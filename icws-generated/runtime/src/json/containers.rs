//! Values with values in them: optional ones, lists and dictionaries.

use std::collections::BTreeMap;

use super::error::ReadError;
use super::field::Field;
use super::reader::Reader;
use super::shape::{List, Optional, Shape, ShapeMut, items, read_list, visit, write_items};
use super::value::{Blank, Value, leaf, read_new};
use super::visit::Visitor;
use super::writer::Writer;

impl<T: Value + Blank> Value for Option<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        if reader.null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::blank()).read(reader)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }

    fn shape(&self) -> Shape<'_> {
        Shape::Optional(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::Optional(self)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value + Blank> Optional for Option<T> {
    fn get(&self) -> Option<&dyn Value> {
        match self {
            Some(value) => Some(value),
            None => None,
        }
    }

    fn get_mut(&mut self) -> Option<&mut dyn Value> {
        match self {
            Some(value) => Some(value),
            None => None,
        }
    }

    fn get_or_blank(&mut self) -> Option<&mut dyn Value> {
        Some(self.get_or_insert_with(T::blank))
    }

    fn take_away(&mut self, _: bool) {
        *self = None;
    }

    // Where leaving out means something it is a `Field`.
    fn is_left_out(&self) -> bool {
        false
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

impl<T: Value + Blank> Value for Field<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        if reader.null()? {
            *self = Field::Null;
            return Ok(());
        }
        *self = Field::Value(T::blank());
        match self {
            Field::Value(value) => value.read(reader),
            Field::Absent | Field::Null => Ok(()),
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Field::Value(value) => value.write(writer),
            Field::Absent | Field::Null => writer.null(),
        }
    }

    fn shape(&self) -> Shape<'_> {
        Shape::Optional(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::Optional(self)
    }

    fn is_absent(&self) -> bool {
        Field::is_absent(self)
    }
}

impl<T: Value + Blank> Optional for Field<T> {
    fn get(&self) -> Option<&dyn Value> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    fn get_mut(&mut self) -> Option<&mut dyn Value> {
        match self {
            Field::Value(value) => Some(value),
            Field::Absent | Field::Null => None,
        }
    }

    fn get_or_blank(&mut self) -> Option<&mut dyn Value> {
        if !matches!(self, Field::Value(_)) {
            *self = Field::Value(T::blank());
        }
        self.get_mut()
    }

    fn take_away(&mut self, absent: bool) {
        *self = if absent { Field::Absent } else { Field::Null };
    }

    fn is_left_out(&self) -> bool {
        Field::is_absent(self)
    }
}

impl<T> Blank for Field<T> {
    fn blank() -> Self {
        Field::Absent
    }
}

impl<T: Value + Blank> Value for Vec<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        read_list(self, reader)
    }

    fn write(&self, writer: &mut Writer) {
        write_items(items(self), writer);
    }

    fn shape(&self) -> Shape<'_> {
        Shape::List(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::List(self)
    }
}

impl<T: Value + Blank> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        match self.get(index) {
            Some(item) => Some(item),
            None => None,
        }
    }

    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match self.get_mut(index) {
            Some(item) => Some(item),
            None => None,
        }
    }

    fn push_blank(&mut self) -> Option<&mut dyn Value> {
        self.push(T::blank());
        match self.last_mut() {
            Some(item) => Some(item),
            None => None,
        }
    }

    fn clear(&mut self) {
        self.clear();
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

    leaf!();

    fn visit_leaf(&self, visitor: &mut Visitor<'_>) {
        self.values().for_each(|value| visit(value, visitor));
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
