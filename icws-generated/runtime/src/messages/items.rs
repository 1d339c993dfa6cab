//! A collection of items by what tells them apart.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::json::{Blank, ReadError, Reader, Value, Visitor, Writer, read_new};

use super::key::{KeyPart, Keyed};

/// The items that there are, ordered by their keys. An item is shared: reading
/// one copies a pointer.
///
/// The key is the text of the property that tells items apart. Where that is an
/// object, it is the object's JSON text; several properties are a tuple.
///
/// ```
/// use icws_generated::queues::QueueInteraction;
/// use icws_generated::runtime::Items;
///
/// let items = Items::from_iter([QueueInteraction::new("2001", Default::default())]);
/// assert_eq!(items.get("2001").map(|item| &*item.interaction_id), Some("2001"));
/// assert_eq!(items.len(), 1);
/// ```
#[derive(Clone, PartialEq)]
pub struct Items<T>(BTreeMap<Arc<str>, Arc<T>>);

impl<T> Items<T> {
    /// Returns an item by its key.
    pub fn get<K: KeyPart + ?Sized>(&self, key: &K) -> Option<&Arc<T>> {
        self.0.get(&*key.part()?)
    }

    /// Returns true if there is an item with this key.
    pub fn contains<K: KeyPart + ?Sized>(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Returns the items with their keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Arc<T>)> {
        self.0.iter()
    }

    /// Returns the items.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Arc<T>> {
        self.0.values()
    }

    /// Returns the keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.0.keys()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn insert(&mut self, key: Arc<str>, item: T) -> bool {
        self.0.insert(key, Arc::new(item)).is_none()
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Arc<str>> {
        self.0.remove_entry(key).map(|(key, _)| key)
    }

    /// An item to be changed, with its key. One that somebody reads is copied.
    pub(super) fn entry(&mut self, key: &str) -> Option<(Arc<str>, &mut T)>
    where
        T: Clone,
    {
        let shared = Arc::clone(self.0.get_key_value(key)?.0);
        Some((shared, Arc::make_mut(self.0.get_mut(key)?)))
    }
}

/// Of items with one key the last counts; one without a key is left out.
impl<T: Keyed> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items = items.into_iter();
        let items = items.filter_map(|item| Some((item.key()?.into(), Arc::new(item))));
        Items(items.collect())
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Items(BTreeMap::new())
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
