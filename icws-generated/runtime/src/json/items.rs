//! A collection of items by what tells them apart.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::error::ReadError;
use super::key::{KeyPart, Keyed};
use super::reader::Reader;
use super::shape::{Shape, ShapeMut, assign, equals, read_items, write_items};
use super::sorted::{Entries, Sorted};
use super::value::{Blank, Value};
use super::writer::Writer;

/// The items that there are, ordered by their keys. An item is shared: keeping
/// one copies a pointer. A copy of the collection shares nearly all with it.
///
/// The key is the text of the property that tells items apart. Where that is an
/// object, it is the object's JSON text; several properties are a tuple.
///
/// ```
/// use icws_generated::runtime::Items;
///
/// // Ids are their own keys.
/// let items = Items::from_iter(["2002".to_owned(), "2001".to_owned()]);
/// assert_eq!(items.get("2001").map(|item| &**item), Some("2001"));
/// assert!(items.keys().map(|key| &**key).eq(["2001", "2002"]));
/// for (key, item) in &items {
///     assert_eq!(**key, **item);
/// }
/// ```
pub struct Items<T> {
    // Of any type, so that what is done with them is compiled once and not for each.
    sorted: Sorted<Arc<dyn Item>>,
    of: PhantomData<fn() -> T>,
}

/// An item whatever its type is.
pub trait Item: Any + Send + Sync {
    /// Returns what tells it apart; `None` when a server left that out.
    fn key(&self) -> Option<String>;

    /// Returns it as a value.
    fn value(&self) -> &dyn Value;

    /// Returns it as a value, to be changed.
    fn value_mut(&mut self) -> &mut dyn Value;

    /// Returns another one of its type to begin with, before it is read.
    fn another(&self) -> Arc<dyn Item>;
}

impl<T: Keyed + Value + Blank> Item for T {
    fn key(&self) -> Option<String> {
        Keyed::key(self)
    }

    fn value(&self) -> &dyn Value {
        self
    }

    fn value_mut(&mut self) -> &mut dyn Value {
        self
    }

    fn another(&self) -> Arc<dyn Item> {
        Arc::new(T::blank())
    }
}

/// A collection whatever the type of its items is.
pub trait Collection {
    /// Returns the items in the order of their keys.
    fn sorted(&self) -> &Sorted<Arc<dyn Item>>;

    /// Returns the same, to be changed.
    fn sorted_mut(&mut self) -> &mut Sorted<Arc<dyn Item>>;

    /// Returns an item to begin with, before it is read.
    fn blank_item(&self) -> Arc<dyn Item>;
}

impl<T: Keyed + Value + Blank> Collection for Items<T> {
    fn sorted(&self) -> &Sorted<Arc<dyn Item>> {
        &self.sorted
    }

    fn sorted_mut(&mut self) -> &mut Sorted<Arc<dyn Item>> {
        &mut self.sorted
    }

    fn blank_item(&self) -> Arc<dyn Item> {
        Arc::new(T::blank())
    }
}

impl<T: Any> Items<T> {
    /// Returns an item by its key.
    pub fn get<K: KeyPart + ?Sized>(&self, key: &K) -> Option<&T> {
        let (_, item) = self.sorted.get(&key.part()?)?;
        (&**item as &dyn Any).downcast_ref()
    }

    /// Returns an item by its key, to be kept: it stays as it is.
    pub fn share<K: KeyPart + ?Sized>(&self, key: &K) -> Option<Arc<T>>
    where
        T: Send + Sync,
    {
        let (_, item) = self.sorted.get(&key.part()?)?;
        let item: Arc<dyn Any + Send + Sync> = Arc::<dyn Item>::clone(item);
        item.downcast().ok()
    }

    /// Returns true if there is an item with this key.
    pub fn contains<K: KeyPart + ?Sized>(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Returns the items with their keys.
    pub fn iter(&self) -> ItemsIter<'_, T> {
        ItemsIter {
            entries: self.sorted.iter(),
            left: self.len(),
            of: PhantomData,
        }
    }

    /// Returns the items.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|(_, item)| item)
    }
}

impl<T> Items<T> {
    /// Returns the keys.
    pub fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.sorted.iter().map(|(key, _)| key)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.sorted.count()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.sorted.count() == 0
    }
}

/// An item to begin with, once it is filled.
pub(crate) fn filled<E>(
    mut item: Arc<dyn Item>,
    fill: impl FnOnce(&mut dyn Value) -> Result<(), E>,
) -> Result<Arc<dyn Item>, E> {
    // Nobody else has it yet.
    if let Some(item) = Arc::get_mut(&mut item) {
        fill(item.value_mut())?;
    }
    Ok(item)
}

/// An item of a collection to be changed, with its key. One that somebody reads is
/// copied.
pub(crate) fn entry<'a>(
    collection: &'a mut dyn Collection,
    key: &str,
) -> Option<(Arc<str>, &'a mut dyn Value)> {
    let (key, item) = collection.sorted_mut().get_mut(key)?;
    if Arc::get_mut(item).is_none() {
        let Ok(copy) = filled(item.another(), |copy| {
            assign(copy, item.value());
            Ok::<(), Infallible>(())
        });
        *item = copy;
    }
    Some((Arc::clone(key), Arc::get_mut(item)?.value_mut()))
}

/// Reads a list of items. Of items with one key the last counts; one without a key is
/// left out.
fn read_collection(
    collection: &mut dyn Collection,
    reader: &mut Reader<'_>,
) -> Result<(), ReadError> {
    *collection.sorted_mut() = Sorted::default();
    read_items(reader, |reader| {
        let item = filled(collection.blank_item(), |item| item.read(reader))?;
        if let Some(key) = item.key() {
            collection.sorted_mut().insert(key.into(), item);
        }
        Ok(())
    })
}

/// The items in the order of their keys.
pub(super) fn values(sorted: &Sorted<Arc<dyn Item>>) -> impl Iterator<Item = &dyn Value> {
    sorted.iter().map(|(_, item)| item.value())
}

/// Returns true if two collections have the same items with the same keys.
pub(super) fn eq_items(one: &Sorted<Arc<dyn Item>>, other: &Sorted<Arc<dyn Item>>) -> bool {
    one.count() == other.count()
        && one.iter().zip(other.iter()).all(|(one, other)| {
            one.0 == other.0
                && (Arc::ptr_eq(&one.1, &other.1) || equals(one.1.value(), other.1.value()))
        })
}

impl<'a, T: Any> IntoIterator for &'a Items<T> {
    type Item = (&'a Arc<str>, &'a T);
    type IntoIter = ItemsIter<'a, T>;

    fn into_iter(self) -> ItemsIter<'a, T> {
        self.iter()
    }
}

/// The items of a collection with their keys, in the order of the keys.
#[must_use = "it does nothing until it is asked"]
pub struct ItemsIter<'a, T> {
    entries: Entries<'a, Arc<dyn Item>>,
    /// So many follow.
    left: usize,
    of: PhantomData<&'a T>,
}

impl<'a, T: Any> Iterator for ItemsIter<'a, T> {
    type Item = (&'a Arc<str>, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, item) = self.entries.next()?;
        self.left = self.left.saturating_sub(1);
        // All are of this type.
        Some((key, (&**item as &dyn Any).downcast_ref()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T: Any> ExactSizeIterator for ItemsIter<'_, T> {}

impl<T> Clone for ItemsIter<'_, T> {
    fn clone(&self) -> Self {
        ItemsIter {
            entries: self.entries.clone(),
            left: self.left,
            of: PhantomData,
        }
    }
}

impl<T: Any + fmt::Debug> fmt::Debug for ItemsIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        Items {
            sorted: self.sorted.clone(),
            of: PhantomData,
        }
    }
}

impl<T> PartialEq for Items<T> {
    fn eq(&self, other: &Self) -> bool {
        eq_items(&self.sorted, &other.sorted)
    }
}

/// Of items with one key the last counts; one without a key is left out.
impl<T: Keyed + Value + Blank> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut collected = Items::default();
        for item in items {
            if let Some(key) = Keyed::key(&item) {
                collected.sorted.insert(key.into(), Arc::new(item));
            }
        }
        collected
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Items {
            sorted: Sorted::default(),
            of: PhantomData,
        }
    }
}

/// A list of its items.
impl<T: Keyed + Value + Blank> Value for Items<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        read_collection(self, reader)
    }

    fn write(&self, writer: &mut Writer) {
        write_items(values(&self.sorted), writer);
    }

    fn shape(&self) -> Shape<'_> {
        Shape::Items(self)
    }

    fn shape_mut(&mut self) -> ShapeMut<'_> {
        ShapeMut::Items(self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Blank for Items<T> {
    fn blank() -> Self {
        Items::default()
    }
}

impl<T: Any + fmt::Debug> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_sees_the_items_in_the_order_of_their_keys() {
        let items: Items<String> = (0..1000).rev().map(|n| format!("{n:04}")).collect();
        let mut seen = Vec::new();
        for (key, item) in &items {
            assert_eq!(**key, **item);
            seen.push(item.to_string());
        }
        assert_eq!(seen.len(), items.len());
        assert!(seen.is_sorted());
    }

    #[test]
    fn how_many_follow_is_known() {
        let items = Items::from_iter(["a".to_owned(), "b".to_owned()]);
        let mut iter = (&items).into_iter();
        assert_eq!(iter.len(), 2);
        iter.next();
        assert_eq!(iter.size_hint(), (1, Some(1)));
        assert_eq!(iter.count(), 1);
    }
}
