//! How deltas go into what is known: one function for each rule of the model. What the
//! types of the API take part in is done by what values are made of, and not by their
//! types, so that it is compiled once.

use std::any::Any;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use super::changes::{Changes, MergeError};
use super::parts::{merge_rows, whole};
use crate::json::{
    CaseMap, Collection, Field, Keyed, List, Partial, Patch, Record, ShapeMut, Value, entry,
    filled, items, missing, transfer,
};

type Merged = Result<(), MergeError>;

/// Takes a value out of a property, which may be optional.
fn take<T: 'static>(new: &mut dyn Value) -> Option<T> {
    let new: &mut dyn Any = new;
    if let Some(field) = new.downcast_mut::<Field<T>>() {
        return mem::take(field).into_option();
    }
    new.downcast_mut::<Option<T>>()?.take()
}

/// Takes all entries or items of a property, which may be optional.
fn take_all<T: Default + 'static>(new: &mut dyn Value) -> T {
    match (new as &mut dyn Any).downcast_mut::<T>() {
        Some(all) => mem::take(all),
        None => take(new).unwrap_or_default(),
    }
}

/// What is known, which may be optional, made where it is not there.
fn known<T: Default + 'static>(known: &mut dyn Value) -> Option<&mut T> {
    let known: &mut dyn Any = known;
    if known.is::<T>() {
        return known.downcast_mut();
    }
    Some(known.downcast_mut::<Option<T>>()?.get_or_insert_default())
}

/// The list that a property is, which may be optional, and left out.
fn list(new: &mut dyn Value) -> Option<&mut dyn List> {
    match new.shape_mut() {
        ShapeMut::List(list) => Some(list),
        ShapeMut::Optional(optional) => list(optional.get_mut()?),
        _ => None,
    }
}

/// The list that is known, made where it is not there.
fn known_list(known: &mut dyn Value) -> Option<&mut dyn List> {
    match known.shape_mut() {
        ShapeMut::List(list) => Some(list),
        ShapeMut::Optional(optional) => known_list(optional.get_or_blank()?),
        _ => None,
    }
}

/// The collection that is known, made where it is not there.
fn collection(known: &mut dyn Value) -> Option<&mut dyn Collection> {
    match known.shape_mut() {
        ShapeMut::Items(items) => Some(items),
        ShapeMut::Optional(optional) => collection(optional.get_or_blank()?),
        _ => None,
    }
}

/// The property is told with the change, and kept nowhere.
///
/// # Errors
/// Never.
pub fn merge_nothing(_: &mut dyn Value, _: &mut dyn Value, _: &mut Changes) -> Merged {
    Ok(())
}

/// Properties of an object replace theirs.
///
/// # Errors
/// [`MergeError::Incomplete`] when the object is not known, and not all of it came.
pub fn merge_object(known: &mut dyn Value, new: &mut dyn Value, changes: &mut Changes) -> Merged {
    let part = match new.shape_mut() {
        ShapeMut::Part(part) => part,
        ShapeMut::Optional(new) => {
            let is_null = !new.is_left_out();
            let part = new.get_mut().map(Value::shape_mut);
            match (part, known.shape_mut()) {
                (Some(ShapeMut::Part(part)), _) => part,
                (None, ShapeMut::Optional(known)) if is_null => {
                    known.take_away(false);
                    return Ok(());
                }
                _ => return Ok(()),
            }
        }
        _ => return Ok(()),
    };
    let (row, there) = part.parts_mut();
    match known.shape_mut() {
        ShapeMut::Row(known) => merge_rows(known, row, there, changes),
        ShapeMut::Optional(known) => match known.get_mut().map(Value::shape_mut) {
            Some(ShapeMut::Row(known)) => merge_rows(known, row, there, changes),
            Some(_) => Ok(()),
            None => match missing(row, there) {
                Some(name) => Err(MergeError::Incomplete(name)),
                None => known
                    .get_or_blank()
                    .map_or(Ok(()), |known| whole(known, row)),
            },
        },
        _ => Ok(()),
    }
}

/// Entries of a map replace theirs.
///
/// # Errors
/// Never.
pub fn merge_entries<T: 'static>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    _: &mut Changes,
) -> Merged {
    if let Some(known) = known::<BTreeMap<String, T>>(into) {
        known.extend(take_all::<BTreeMap<_, _>>(new));
    }
    Ok(())
}

/// The same, where keys are the same in any case.
///
/// # Errors
/// Never.
pub fn merge_cases<T: 'static>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    _: &mut Changes,
) -> Merged {
    if let Some(known) = known::<CaseMap<T>>(into) {
        known.extend(take_all::<CaseMap<T>>(new));
    }
    Ok(())
}

/// Entries join a map that is a collection.
///
/// # Errors
/// Never.
pub fn add_entries<T: 'static>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let Some(known) = known::<BTreeMap<String, T>>(into) else {
        return Ok(());
    };
    for (key, value) in take_all::<BTreeMap<String, T>>(new) {
        let told = Arc::from(&*key);
        match known.insert(key, value) {
            None => changes.added.push(told),
            Some(_) => changes.changed.push(told),
        }
    }
    Ok(())
}

/// Parts of the values of a map that is a collection go into theirs.
///
/// # Errors
/// [`MergeError::Incomplete`] when a value is not known, and not all of it came.
pub fn change_entries<T: Record>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let Some(known) = known::<BTreeMap<String, T>>(into) else {
        return Ok(());
    };
    for (key, mut patch) in take_all::<BTreeMap<String, Patch<T>>>(new) {
        let told = Arc::from(&*key);
        if let Some(value) = known.get_mut(&key) {
            let (row, there) = patch.parts_mut();
            merge_rows(value, row, there, changes)?;
            changes.changed.push(told);
        } else {
            let whole = patch.into_whole().map_err(MergeError::Incomplete)?;
            known.insert(key, whole);
            changes.added.push(told);
        }
    }
    Ok(())
}

/// Entries of a map that is a collection leave.
///
/// # Errors
/// Never.
pub fn remove_entries<T: 'static>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    if let Some(known) = known::<BTreeMap<String, T>>(into) {
        for key in take_all::<Vec<String>>(new) {
            if known.remove(&key).is_some() {
                changes.removed.push(key.into());
            }
        }
    }
    Ok(())
}

/// Items come behind those of a list.
///
/// # Errors
/// Never.
pub fn append(into: &mut dyn Value, new: &mut dyn Value, _: &mut Changes) -> Merged {
    if let (Some(known), Some(new)) = (known_list(into), list(new)) {
        for index in 0..new.count() {
            if let (Some(known), Some(new)) = (known.push_blank(), new.item_mut(index)) {
                transfer(known, new);
            }
        }
    }
    Ok(())
}

/// Items join a collection. One that is there is replaced.
///
/// # Errors
/// [`MergeError::NoKey`].
pub fn add_items(into: &mut dyn Value, new: &mut dyn Value, changes: &mut Changes) -> Merged {
    let (Some(known), Some(new)) = (collection(into), list(new)) else {
        return Ok(());
    };
    for index in 0..new.count() {
        let Some(new) = new.item_mut(index) else {
            continue;
        };
        let item = filled(known.blank_item(), |item| {
            transfer(item, new);
            Ok(())
        })?;
        let key: Arc<str> = item.key().ok_or(MergeError::NoKey)?.into();
        if known.sorted_mut().insert(Arc::clone(&key), item) {
            changes.added.push(key);
        } else {
            changes.changed.push(key);
        }
    }
    Ok(())
}

/// Parts of items, of a type that may be another, go into those of a collection.
///
/// # Errors
/// [`MergeError::NoKey`], and [`MergeError::Incomplete`] when an item is not known
/// and not all of it came.
pub fn change_items<C: Record + Keyed>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    change(into, new, changes, |part| {
        (part as &dyn Any).downcast_ref::<Patch<C>>()?.key()
    })
}

fn change(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
    key: fn(&dyn Value) -> Option<String>,
) -> Merged {
    let (Some(known), Some(new)) = (collection(into), list(new)) else {
        return Ok(());
    };
    for index in 0..new.count() {
        let Some(new) = new.item_mut(index) else {
            continue;
        };
        let key = key(new).ok_or(MergeError::NoKey)?;
        let ShapeMut::Part(part) = new.shape_mut() else {
            continue;
        };
        let (row, there) = part.parts_mut();
        if let Some((key, item)) = entry(known, &key) {
            if let ShapeMut::Row(item) = item.shape_mut() {
                merge_rows(item, row, there, changes)?;
            }
            changes.changed.push(key);
        } else {
            if let Some(name) = missing(row, there) {
                return Err(MergeError::Incomplete(name));
            }
            let item = filled(known.blank_item(), |item| whole(item, row))?;
            let key: Arc<str> = key.into();
            known.sorted_mut().insert(Arc::clone(&key), item);
            changes.added.push(key);
        }
    }
    Ok(())
}

/// Items of a collection leave: those with these texts or items as keys.
///
/// # Errors
/// [`MergeError::NoKey`].
pub fn remove_items<R: Keyed>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    remove(into, new, changes, |item| {
        (item as &dyn Any).downcast_ref::<R>()?.key()
    })
}

fn remove(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
    key: fn(&dyn Value) -> Option<String>,
) -> Merged {
    let (Some(known), Some(new)) = (collection(into), list(new)) else {
        return Ok(());
    };
    for item in items(new) {
        let key = key(item).ok_or(MergeError::NoKey)?;
        changes.removed.extend(known.sorted_mut().remove(&key));
    }
    Ok(())
}

/// Texts join a list of texts that is a set.
///
/// # Errors
/// Never.
pub fn add_texts(into: &mut dyn Value, new: &mut dyn Value, _: &mut Changes) -> Merged {
    if let Some(known) = known::<Vec<String>>(into) {
        for text in take_all::<Vec<String>>(new) {
            if !known.contains(&text) {
                known.push(text);
            }
        }
    }
    Ok(())
}

/// Texts leave a list of texts.
///
/// # Errors
/// Never.
pub fn remove_texts(into: &mut dyn Value, new: &mut dyn Value, _: &mut Changes) -> Merged {
    if let Some(known) = known::<Vec<String>>(into) {
        let gone = take_all::<Vec<String>>(new);
        known.retain(|text| !gone.contains(text));
    }
    Ok(())
}
