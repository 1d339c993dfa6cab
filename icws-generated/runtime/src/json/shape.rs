//! What values are made of, so that copying, comparing and moving them are functions that
//! are compiled once, and not for each type of the API.

use std::any::Any;

use super::error::ReadError;
use super::items::{Collection, eq_items, values};
use super::reader::Reader;
use super::record::{Row, Seen};
use super::value::Value;
use super::visit::{Visitor, visit_record};
use super::writer::Writer;

/// What a value is made of.
pub enum Shape<'a> {
    /// A value without parts: a text, a number, an enumeration, or what is copied whole.
    Leaf(&'a dyn Dynamic),
    /// An object.
    Row(&'a dyn Row),
    /// A list.
    List(&'a dyn List),
    /// A value that may not be there.
    Optional(&'a dyn Optional),
    /// An object of which only some properties are there.
    Part(&'a dyn Partial),
    /// Items by what tells them apart.
    Items(&'a dyn Collection),
}

/// The same, to be changed.
pub enum ShapeMut<'a> {
    /// A value without parts.
    Leaf(&'a mut dyn Dynamic),
    /// An object.
    Row(&'a mut dyn Row),
    /// A list.
    List(&'a mut dyn List),
    /// A value that may not be there.
    Optional(&'a mut dyn Optional),
    /// An object of which only some properties are there.
    Part(&'a mut dyn Partial),
    /// Items by what tells them apart.
    Items(&'a mut dyn Collection),
}

/// What a value without parts can do. Another value of another type is left alone, and
/// equal to none.
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

/// Items in an order.
pub trait List {
    /// Returns how many there are.
    fn count(&self) -> usize;

    /// Returns an item.
    fn item(&self, index: usize) -> Option<&dyn Value>;

    /// Returns an item, to be changed.
    fn item_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Adds an item to begin with, before it is read.
    fn push_blank(&mut self) -> Option<&mut dyn Value>;

    /// Removes all items.
    fn clear(&mut self);
}

/// A value that may not be there.
pub trait Optional {
    /// Returns the value, if there is one.
    fn get(&self) -> Option<&dyn Value>;

    /// Returns the value, to be changed.
    fn get_mut(&mut self) -> Option<&mut dyn Value>;

    /// Returns the value, made to begin with where there is none.
    fn get_or_blank(&mut self) -> Option<&mut dyn Value>;

    /// Takes the value away: it was left out, or it is null, where that is told apart.
    fn take_away(&mut self, absent: bool);

    /// Returns true if it was left out.
    fn is_left_out(&self) -> bool;
}

/// An object of which only some properties are there.
pub trait Partial {
    /// Returns the object, and which of its properties are there.
    fn parts(&self) -> (&dyn Row, &Seen);

    /// Returns the same, to be changed.
    fn parts_mut(&mut self) -> (&mut dyn Row, &mut Seen);
}

/// The items of a list.
pub(crate) fn items(list: &dyn List) -> impl Iterator<Item = &dyn Value> {
    (0..list.count()).filter_map(|index| list.item(index))
}

/// Reads a list, item by item.
///
/// # Errors
/// When the text is no list, or an item cannot be read.
pub(super) fn read_items<'j>(
    reader: &mut Reader<'j>,
    mut read: impl FnMut(&mut Reader<'j>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    reader.enter()?;
    let mut more = reader.array()?;
    let mut index = 0_usize;
    while more {
        read(reader).map_err(|error| error.inside(index.to_string()))?;
        index += 1;
        more = reader.next_item()?;
    }
    reader.leave();
    Ok(())
}

/// Reads a list into one.
///
/// # Errors
/// As [`read_items`].
pub(super) fn read_list(list: &mut dyn List, reader: &mut Reader<'_>) -> Result<(), ReadError> {
    list.clear();
    read_items(reader, |reader| {
        list.push_blank().map_or(Ok(()), |item| item.read(reader))
    })
}

/// Writes a list.
pub(super) fn write_items<'a>(items: impl Iterator<Item = &'a dyn Value>, writer: &mut Writer) {
    writer.array();
    for item in items {
        writer.item();
        item.write(writer);
    }
    writer.end_array();
}

/// Takes a copy of a value of the same type.
pub(crate) fn assign(to: &mut dyn Value, from: &dyn Value) {
    match (to.shape_mut(), from.shape()) {
        (ShapeMut::Leaf(to), Shape::Leaf(from)) => to.assign(from),
        (ShapeMut::Row(to), Shape::Row(from)) => copy_row(to, from),
        (ShapeMut::List(to), Shape::List(from)) => {
            to.clear();
            for item in items(from) {
                if let Some(to) = to.push_blank() {
                    assign(to, item);
                }
            }
        }
        (ShapeMut::Optional(to), Shape::Optional(from)) => match from.get() {
            Some(value) => {
                if let Some(to) = to.get_or_blank() {
                    assign(to, value);
                }
            }
            None => to.take_away(from.is_left_out()),
        },
        (ShapeMut::Part(to), Shape::Part(from)) => {
            let ((to, is_there), (from, there)) = (to.parts_mut(), from.parts());
            copy_row(to, from);
            is_there.clone_from(there);
        }
        (ShapeMut::Items(to), Shape::Items(from)) => *to.sorted_mut() = from.sorted().clone(),
        _ => {}
    }
}

/// Takes a copy of the properties of an object of the same type.
pub(crate) fn copy_row(to: &mut dyn Row, from: &dyn Row) {
    if !same_type(to, from) {
        return;
    }
    for index in 0..=from.meta().properties.len() {
        if let (Some(to), Some(from)) = (to.field_mut(index), from.field(index)) {
            assign(to, from);
        }
    }
}

/// Returns true if two values of one type are the same.
pub(crate) fn equals(one: &dyn Value, other: &dyn Value) -> bool {
    match (one.shape(), other.shape()) {
        (Shape::Leaf(one), Shape::Leaf(other)) => one.equals(other),
        (Shape::Row(one), Shape::Row(other)) => eq_record(one, other),
        (Shape::List(one), Shape::List(other)) => {
            one.count() == other.count()
                && items(one)
                    .zip(items(other))
                    .all(|(one, other)| equals(one, other))
        }
        (Shape::Optional(one), Shape::Optional(other)) => {
            one.is_left_out() == other.is_left_out() && same(one.get(), other.get())
        }
        (Shape::Part(one), Shape::Part(other)) => {
            let ((one, is_there), (other, there)) = (one.parts(), other.parts());
            is_there == there && eq_record(one, other)
        }
        (Shape::Items(one), Shape::Items(other)) => eq_items(one.sorted(), other.sorted()),
        _ => false,
    }
}

/// Returns true if two objects have the same type and the same properties, the unknown
/// ones among them.
pub fn eq_record(one: &dyn Row, other: &dyn Row) -> bool {
    same_type(one, other)
        && (0..=one.meta().properties.len()).all(|index| same(one.field(index), other.field(index)))
}

pub(crate) fn same_type(one: &dyn Row, other: &dyn Row) -> bool {
    (one as &dyn Any).type_id() == (other as &dyn Any).type_id()
}

/// Returns true if two values, if they are there, are the same.
pub(crate) fn same(one: Option<&dyn Value>, other: Option<&dyn Value>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => equals(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// Moves a value into another one of the same type, where what may be left out goes into
/// what is only optional, too. What is left behind means nothing.
pub(crate) fn transfer(to: &mut dyn Value, from: &mut dyn Value) {
    match (to.shape_mut(), from.shape_mut()) {
        (ShapeMut::Leaf(to), ShapeMut::Leaf(from)) => to.swap(from),
        (ShapeMut::Row(to), ShapeMut::Row(from)) => transfer_row(to, from),
        (ShapeMut::List(to), ShapeMut::List(from)) => {
            to.clear();
            for index in 0..from.count() {
                if let (Some(to), Some(from)) = (to.push_blank(), from.item_mut(index)) {
                    transfer(to, from);
                }
            }
        }
        (ShapeMut::Optional(to), ShapeMut::Optional(from)) => {
            let absent = from.is_left_out();
            match from.get_mut() {
                Some(from) => {
                    if let Some(to) = to.get_or_blank() {
                        transfer(to, from);
                    }
                }
                None => to.take_away(absent),
            }
        }
        (ShapeMut::Part(to), ShapeMut::Part(from)) => {
            let ((to, is_there), (from, there)) = (to.parts_mut(), from.parts_mut());
            transfer_row(to, from);
            std::mem::swap(is_there, there);
        }
        (ShapeMut::Items(to), ShapeMut::Items(from)) => {
            std::mem::swap(to.sorted_mut(), from.sorted_mut());
        }
        _ => {}
    }
}

/// Moves the properties of an object into another one of the same type.
pub(crate) fn transfer_row(to: &mut dyn Row, from: &mut dyn Row) {
    if !same_type(to, from) {
        return;
    }
    for index in 0..=to.meta().properties.len() {
        if let (Some(to), Some(from)) = (to.field_mut(index), from.field_mut(index)) {
            transfer(to, from);
        }
    }
}

/// Says which feature versions a value needs.
pub(crate) fn visit(value: &dyn Value, visitor: &mut Visitor<'_>) {
    match value.shape() {
        Shape::Leaf(_) => value.visit_leaf(visitor),
        Shape::Row(row) => visit_record(row, visitor),
        Shape::List(list) => {
            items(list).for_each(|item| visit(item, visitor));
        }
        Shape::Optional(optional) => {
            if let Some(value) = optional.get() {
                visit(value, visitor);
            }
        }
        Shape::Part(part) => visit_record(part.parts().0, visitor),
        Shape::Items(items) => {
            values(items.sorted()).for_each(|item| visit(item, visitor));
        }
    }
}
