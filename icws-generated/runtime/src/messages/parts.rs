//! Parts of objects, and how they go into what is known of these.

use std::any::Any;

use super::changes::{Changes, MergeError};
use crate::json::{
    Reader, Row, Seen, Shape, ShapeMut, UnknownProperties, Value, Writer, same_type, transfer,
    transfer_row, write_record,
};

/// Moves what is there of an object into another one, which may be of a type that
/// has more properties.
pub(super) fn merge_rows(
    known: &mut dyn Row,
    new: &mut dyn Row,
    there: &Seen,
    changes: &mut Changes,
) -> Result<(), MergeError> {
    let (from, to) = (new.meta(), known.meta());
    for (index, (name, _)) in from.properties.iter().enumerate() {
        if !there.has(index) {
            continue;
        }
        let position = if std::ptr::eq(from, to) {
            Some(index)
        } else {
            to.properties.iter().position(|(other, _)| other == name)
        };
        let Some(position) = position else { continue };
        let merge = to.merges.iter().find(|merge| merge.property == position);
        let into = merge.map_or(position, |merge| merge.into);
        let (Some(known), Some(new)) = (known.field_mut(into), new.field_mut(index)) else {
            continue;
        };
        match merge {
            Some(merge) => (merge.merge)(known, new, changes)?,
            None => replace(known, new),
        }
    }
    UnknownProperties::merge(
        known.field_mut(to.properties.len()),
        new.field_mut(from.properties.len()),
    );
    Ok(())
}

/// Replaces a value by another one of the same type in the model: one may be optional
/// where the other is not, and null leaves what cannot be null.
fn replace(known: &mut dyn Value, new: &mut dyn Value) {
    if (known as &dyn Any).type_id() == (new as &dyn Any).type_id() {
        transfer(known, new);
        return;
    }
    let is_null = matches!(new.shape(), Shape::Optional(new) if new.get().is_none());
    // Lists and maps are cleared before it is known what is read.
    if is_null && !matches!(known.shape(), Shape::Optional(_)) {
        return;
    }
    let mut writer = Writer::new();
    new.write(&mut writer);
    let text = writer.into_bytes();
    let _ = known.read(&mut Reader::new(&text));
}

/// Moves an object of which all is there into a new one, which may be of another type:
/// then by the names of the properties.
pub(super) fn whole(to: &mut dyn Value, from: &mut dyn Row) -> Result<(), MergeError> {
    let name = match to.shape_mut() {
        ShapeMut::Row(to) if same_type(to, from) => {
            transfer_row(to, from);
            return Ok(());
        }
        ShapeMut::Row(to) => to.meta().name,
        _ => return Ok(()),
    };
    let mut writer = Writer::new();
    write_record(from, &mut writer);
    let text = writer.into_bytes();
    to.read(&mut Reader::new(&text))
        .map_err(|_| MergeError::Incomplete(name))
}
