//! A collection of items by what tells them apart.

use std::fmt;
use std::sync::Arc;

use crate::json::{Blank, ReadError, Reader, Value, Visitor, Writer, read_new};

use super::followed::Followed;
use super::key::{KeyPart, Keyed};
use super::sorted::{Entries, Sorted};
use super::state::DeltaState;

/// The items that there are, ordered by their keys. An item is shared: reading
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
/// assert_eq!(items.get("2001").map(|item| &***item), Some("2001"));
/// assert!(items.keys().map(|key| &**key).eq(["2001", "2002"]));
/// for (key, item) in &items {
///     assert_eq!(**key, ***item);
/// }
/// ```
pub struct Items<T>(Sorted<Arc<T>>);

impl<T> Items<T> {
    /// Returns an item by its key.
    pub fn get<K: KeyPart + ?Sized>(&self, key: &K) -> Option<&Arc<T>> {
        self.0.get(&key.part()?).map(|(_, item)| item)
    }

    /// Returns true if there is an item with this key.
    pub fn contains<K: KeyPart + ?Sized>(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Returns the items with their keys.
    pub fn iter(&self) -> ItemsIter<'_, T> {
        ItemsIter {
            entries: self.0.iter(),
            left: self.len(),
        }
    }

    /// Returns the items.
    pub fn values(&self) -> impl Iterator<Item = &Arc<T>> {
        self.0.iter().map(|(_, item)| item)
    }

    /// Returns the keys.
    pub fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.len() == 0
    }

    pub(super) fn insert(&mut self, key: Arc<str>, item: T) -> bool {
        self.0.insert(key, Arc::new(item))
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Arc<str>> {
        self.0.remove(key)
    }

    /// An item to be changed, with its key. One that somebody reads is copied.
    pub(super) fn entry(&mut self, key: &str) -> Option<(Arc<str>, &mut T)>
    where
        T: Clone,
    {
        let (key, item) = self.0.get_mut(key)?;
        Some((Arc::clone(key), Arc::make_mut(item)))
    }
}

/// A state that is a collection; of a state in two parts, the first of them.
///
/// ```
/// use icws_generated::runtime::Collected;
/// use icws_generated::runtime::follow::Store;
///
/// /// How many items there are, of whatever kind.
/// fn count<S: Collected>(store: &Store<S>) -> usize {
///     store.state().map_or(0, |state| state.collection().len())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection of items",
    label = "it has no items with keys"
)]
pub trait Collected: Followed {
    /// What there are many of.
    type Item: 'static;

    /// Returns the items that there are.
    fn collection(&self) -> &Items<Self::Item>;
}

impl<A, B> Collected for (A, B)
where
    A: Collected + DeltaState + Send + Sync,
    B: DeltaState + Send + Sync,
{
    type Item = A::Item;

    fn collection(&self) -> &Items<A::Item> {
        self.0.collection()
    }
}

impl<'a, T> IntoIterator for &'a Items<T> {
    type Item = (&'a Arc<str>, &'a Arc<T>);
    type IntoIter = ItemsIter<'a, T>;

    fn into_iter(self) -> ItemsIter<'a, T> {
        self.iter()
    }
}

/// The items of a collection with their keys, in the order of the keys.
#[must_use = "it does nothing until it is asked"]
pub struct ItemsIter<'a, T> {
    entries: Entries<'a, Arc<T>>,
    /// So many follow.
    left: usize,
}

impl<'a, T> Iterator for ItemsIter<'a, T> {
    type Item = (&'a Arc<str>, &'a Arc<T>);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, item) = self.entries.next()?;
        self.left = self.left.saturating_sub(1);
        Some((key, item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<T> ExactSizeIterator for ItemsIter<'_, T> {}

impl<T> Clone for ItemsIter<'_, T> {
    fn clone(&self) -> Self {
        ItemsIter {
            entries: self.entries.clone(),
            left: self.left,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for ItemsIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        Items(self.0.clone())
    }
}

impl<T: PartialEq> PartialEq for Items<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

/// Of items with one key the last counts; one without a key is left out.
impl<T: Keyed> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut collected = Items::default();
        for item in items {
            if let Some(key) = item.key() {
                collected.insert(key.into(), item);
            }
        }
        collected
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Items(Sorted::default())
    }
}

/// A list of its items.
impl<T: Keyed + Value + Blank> Value for Items<T> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let items: Vec<T> = read_new(reader)?;
        *self = items.into_iter().collect();
        Ok(())
    }

    fn write(&self, writer: &mut Writer) {
        writer.array();
        for item in self.values() {
            writer.item();
            item.write(writer);
        }
        writer.end_array();
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.values().for_each(|item| item.visit(visitor));
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

impl<T: fmt::Debug> fmt::Debug for Items<T> {
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
            assert_eq!(**key, ***item);
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
