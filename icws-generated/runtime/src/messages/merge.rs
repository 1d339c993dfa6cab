//! How deltas go into what is known: one function for each rule of the model.

use std::any::Any;
use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use crate::json::{Blank, Boxed, CaseMap, Field, Patch, Record, Value, merge_rows};

use super::changes::{Changes, MergeError};
use super::items::Items;
use super::key::Keyed;

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
pub fn merge_object<T: Record>(
    known: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let known: &mut dyn Any = known;
    let any: &mut dyn Any = new;
    let is_null = |field: &Field<Patch<T>>| field.is_null();
    if any.downcast_ref().is_some_and(is_null) {
        if let Some(known) = known.downcast_mut::<Option<Boxed<T>>>() {
            *known = None;
        }
        return Ok(());
    }
    let patch = match any.downcast_mut::<Patch<T>>() {
        Some(patch) => Some(mem::replace(patch, Patch::blank())),
        None => take(new),
    };
    let Some(mut patch) = patch else {
        return Ok(());
    };
    let object = if known.is::<Boxed<T>>() {
        known.downcast_mut::<Boxed<T>>()
    } else if let Some(known) = known.downcast_mut::<Option<Boxed<T>>>() {
        if known.is_none() {
            let whole = patch.into_whole().map_err(MergeError::Incomplete)?;
            *known = Some(Boxed::new(whole));
            return Ok(());
        }
        known.as_mut()
    } else {
        None
    };
    match object {
        Some(object) => {
            let (row, there) = patch.parts_mut();
            merge_rows(&mut **object, row, there, changes)
        }
        None => Ok(()),
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
pub fn append<T: 'static>(into: &mut dyn Value, new: &mut dyn Value, _: &mut Changes) -> Merged {
    if let Some(known) = known::<Vec<T>>(into) {
        known.append(&mut take_all(new));
    }
    Ok(())
}

/// Items join a collection. One that is there is replaced.
///
/// # Errors
/// [`MergeError::NoKey`].
pub fn add_items<T: Keyed>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let Some(known) = known::<Items<T>>(into) else {
        return Ok(());
    };
    for item in take_all::<Vec<T>>(new) {
        let key: Arc<str> = item.key().ok_or(MergeError::NoKey)?.into();
        if known.insert(Arc::clone(&key), item) {
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
pub fn change_items<T: Record + Keyed, C: Record + Keyed>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let Some(known) = known::<Items<T>>(into) else {
        return Ok(());
    };
    for mut patch in take_all::<Vec<Patch<C>>>(new) {
        let key = patch.key().ok_or(MergeError::NoKey)?;
        if let Some((key, item)) = known.entry(&key) {
            let (row, there) = patch.parts_mut();
            merge_rows(item, row, there, changes)?;
            changes.changed.push(key);
        } else {
            let key: Arc<str> = key.into();
            known.insert(Arc::clone(&key), whole::<T, C>(patch)?);
            changes.added.push(key);
        }
    }
    Ok(())
}

/// The item that a part is, if all of it is there.
fn whole<T: Record, C: Record>(patch: Patch<C>) -> Result<T, MergeError> {
    let mut whole = patch.into_whole().map_err(MergeError::Incomplete)?;
    if let Some(item) = (&mut whole as &mut dyn Any).downcast_mut::<T>() {
        return Ok(mem::replace(item, T::blank()));
    }
    // Of another type: by their names.
    let text = whole.to_json();
    T::from_json(&text).map_err(|_| MergeError::Incomplete(T::META.name))
}

/// Items of a collection leave: those with these texts or items as keys.
///
/// # Errors
/// [`MergeError::NoKey`].
pub fn remove_items<T: 'static, R: Keyed>(
    into: &mut dyn Value,
    new: &mut dyn Value,
    changes: &mut Changes,
) -> Merged {
    let Some(known) = known::<Items<T>>(into) else {
        return Ok(());
    };
    for item in take_all::<Vec<R>>(new) {
        let key = item.key().ok_or(MergeError::NoKey)?;
        changes.removed.extend(known.remove(&key));
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
