//! Lists whose items are named by ids of their own type.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// Which item of an [`Arena`] is meant. Ids come from what makes or numbers an arena, so that
/// looking one up does not miss. Those of two models have one type: `diff` keeps them apart.
pub struct Id<T> {
    index: usize,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of the item at a position. Only what makes or numbers an arena calls it.
    pub(crate) fn nth(index: usize) -> Self {
        Id {
            index,
            of: PhantomData,
        }
    }

    /// The position of the item.
    pub(crate) fn index(self) -> usize {
        self.index
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A list that is looked up by ids: of its own items, or of those of another
/// list that it goes along with.
pub struct Arena<T, Of = T> {
    items: Vec<T>,
    of: PhantomData<fn() -> Of>,
}

impl<T, Of> Arena<T, Of> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in the order of the model.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items, to be changed.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// The ids of all items.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = Id<Of>> + use<T, Of> {
        (0..self.items.len()).map(Id::nth)
    }

    /// The items with their ids.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (Id<Of>, &T)> {
        self.ids().zip(&self.items)
    }

    /// Adds an item.
    pub(crate) fn push(&mut self, item: T) -> Id<Of> {
        self.items.push(item);
        Id::nth(self.items.len() - 1)
    }
}

impl<T, Of> Default for Arena<T, Of> {
    fn default() -> Self {
        Vec::new().into_iter().collect()
    }
}

impl<T: Clone, Of> Clone for Arena<T, Of> {
    fn clone(&self) -> Self {
        self.items.iter().cloned().collect()
    }
}

impl<T: fmt::Debug, Of> fmt::Debug for Arena<T, Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}

impl<T, Of> FromIterator<T> for Arena<T, Of> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Arena {
            items: items.into_iter().collect(),
            of: PhantomData,
        }
    }
}

impl<'a, T, Of> IntoIterator for &'a Arena<T, Of> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T, Of> IntoIterator for Arena<T, Of> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<T, Of> Index<Id<Of>> for Arena<T, Of> {
    type Output = T;

    fn index(&self, id: Id<Of>) -> &T {
        &self.items[id.index]
    }
}

impl<T, Of> IndexMut<Id<Of>> for Arena<T, Of> {
    fn index_mut(&mut self, id: Id<Of>) -> &mut T {
        &mut self.items[id.index]
    }
}
