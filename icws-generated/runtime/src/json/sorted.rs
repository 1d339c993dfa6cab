//! A sorted map of which a copy shares most with the original.

use std::iter::FlatMap;
use std::slice;
use std::sync::Arc;

/// A chunk has so many entries at most.
const MOST: usize = 256;

type Chunk<V> = Vec<(Arc<str>, V)>;

type OfChunk<'a, V> = slice::Iter<'a, (Arc<str>, V)>;

/// The entries in the order of their keys.
pub type Entries<'a, V> = FlatMap<
    slice::Iter<'a, Arc<Chunk<V>>>,
    OfChunk<'a, V>,
    fn(&'a Arc<Chunk<V>>) -> OfChunk<'a, V>,
>;

/// Entries ordered by their keys, in chunks. A copy copies a pointer for each
/// chunk, and the next change of either copies one chunk: the cost of a change
/// hardly grows with the number of entries, whoever holds the map as it was.
#[derive(Clone)]
pub struct Sorted<V> {
    /// None is empty; the keys of each come before those of the next.
    chunks: Vec<Arc<Chunk<V>>>,
    len: usize,
}

impl<V> Default for Sorted<V> {
    fn default() -> Self {
        Sorted {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<V: Clone> Sorted<V> {
    /// The chunk that has a key or would have it.
    fn chunk(&self, key: &str) -> usize {
        let behind = self.chunks.partition_point(|chunk| {
            let first = chunk.first();
            first.is_some_and(|(first, _)| &**first <= key)
        });
        behind.saturating_sub(1)
    }

    fn position(chunk: &[(Arc<str>, V)], key: &str) -> Result<usize, usize> {
        chunk.binary_search_by(|(other, _)| (**other).cmp(key))
    }

    /// Returns an entry.
    pub fn get(&self, key: &str) -> Option<&(Arc<str>, V)> {
        let chunk = self.chunks.get(self.chunk(key))?;
        chunk.get(Self::position(chunk, key).ok()?)
    }

    /// Returns an entry, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut (Arc<str>, V)> {
        let index = self.chunk(key);
        let chunk = self.chunks.get_mut(index)?;
        let position = Self::position(chunk, key).ok()?;
        Arc::make_mut(chunk).get_mut(position)
    }

    /// Adds an entry, or replaces that with the key. Returns true if it is new.
    pub fn insert(&mut self, key: Arc<str>, value: V) -> bool {
        let index = self.chunk(&key);
        let Some(chunk) = self.chunks.get_mut(index) else {
            self.chunks.push(Arc::new(vec![(key, value)]));
            self.len = 1;
            return true;
        };
        let chunk = Arc::make_mut(chunk);
        match Self::position(chunk, &key) {
            Ok(position) => {
                if let Some(entry) = chunk.get_mut(position) {
                    entry.1 = value;
                }
                false
            }
            Err(position) => {
                chunk.insert(position, (key, value));
                self.len += 1;
                if chunk.len() > MOST {
                    // Keys mostly grow: the chunk before stays nearly full.
                    let is_last = position + 1 == chunk.len();
                    let at = if is_last { MOST } else { MOST / 2 };
                    let behind = chunk.split_off(at);
                    self.chunks.insert(index + 1, Arc::new(behind));
                }
                true
            }
        }
    }

    /// Removes an entry, and returns its key.
    pub fn remove(&mut self, key: &str) -> Option<Arc<str>> {
        let index = self.chunk(key);
        let chunk = self.chunks.get_mut(index)?;
        let position = Self::position(chunk, key).ok()?;
        let (key, _) = Arc::make_mut(chunk).remove(position);
        if chunk.is_empty() {
            self.chunks.remove(index);
        }
        self.len -= 1;
        Some(key)
    }
}

impl<V> Sorted<V> {
    /// Returns the entries in the order of their keys.
    pub fn iter(&self) -> Entries<'_, V> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// Returns how many there are.
    pub fn count(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_is_a_sorted_map_whatever_is_done() {
        let mut random = 4711_u64;
        let mut next = |limit: u64| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (random >> 33) % limit
        };
        let mut map = Sorted::default();
        let mut model = BTreeMap::new();
        let mut copies = Vec::new();
        for round in 0..20_000 {
            let key: Arc<str> = next(3_000).to_string().into();
            match next(4) {
                0 => assert_eq!(map.remove(&key).is_some(), model.remove(&key).is_some()),
                1 => {
                    if let Some(entry) = map.get_mut(&key) {
                        entry.1 = round;
                    }
                    if let Some(value) = model.get_mut(&key) {
                        *value = round;
                    }
                }
                _ => {
                    let is_new = model.insert(Arc::clone(&key), round).is_none();
                    assert_eq!(map.insert(key, round), is_new);
                }
            }
            assert_eq!(map.count(), model.len());
            if round % 2_000 == 0 {
                copies.push((map.clone(), model.clone()));
            }
        }
        copies.push((map, model));
        // What was copied stays as it was.
        for (map, model) in copies {
            let entries = map.iter().map(|(key, value)| (key, value));
            assert!(entries.eq(model.iter()));
            for (key, value) in &model {
                assert_eq!(map.get(key).map(|entry| entry.1), Some(*value));
            }
            assert!(map.get("none").is_none());
        }
    }

    #[test]
    fn a_change_of_a_copy_copies_one_chunk() {
        let mut map = Sorted::default();
        for number in 0..100_000 {
            map.insert(format!("{number:06}").into(), number);
        }
        let copy = map.clone();
        map.insert("050000".into(), 0);
        let shared = map.chunks.iter().zip(&copy.chunks);
        let shared = shared.filter(|(one, other)| Arc::ptr_eq(one, other));
        assert_eq!(shared.count() + 1, map.chunks.len());
        assert!(map.chunks.len() < 100_000 / 200);
    }
}
