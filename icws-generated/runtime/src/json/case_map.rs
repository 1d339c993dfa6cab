//! Dictionaries whose keys are the same in any case.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::error::ReadError;
use super::reader::Reader;
use super::shape::visit;
use super::value::{Blank, Value, leaf, read_new};
use super::visit::Visitor;
use super::writer::Writer;

/// A dictionary whose keys are the same in any case: the server answers in its own
/// spelling, `Eic_RemoteName` to one who asked for `eic_remotename`. A key keeps the
/// spelling that it came with last.
///
/// ```
/// use icws_generated::runtime::CaseMap;
///
/// let mut attributes = CaseMap::from([("Eic_CallStateString", "On Hold"), ("Eic_Priority", "3")]);
/// assert_eq!(attributes.get("eic_callstatestring"), Some(&"On Hold"));
/// assert_eq!(attributes.parse("EIC_PRIORITY"), Some(Ok(3)));
/// attributes.insert("EIC_Priority", "5");
/// assert_eq!(attributes.len(), 2);
/// ```
#[derive(Clone)]
pub struct CaseMap<V>(Vec<(Box<str>, V)>);

/// Letters beyond ASCII are no part of names that servers give.
fn compare(one: &str, other: &str) -> Ordering {
    let one = one.bytes().map(|byte| byte.to_ascii_lowercase());
    let other = other.bytes().map(|byte| byte.to_ascii_lowercase());
    one.cmp(other)
}

impl<V> CaseMap<V> {
    /// An empty one.
    pub const fn new() -> Self {
        CaseMap(Vec::new())
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| compare(other, key))
    }

    /// Returns the value of a key, in whatever case.
    pub fn get(&self, key: &str) -> Option<&V> {
        let index = self.find(key).ok()?;
        self.0.get(index).map(|(_, value)| value)
    }

    /// Returns true if there is such a key, in whatever case.
    pub fn contains_key(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    /// Sets a value, and returns the one that the key had.
    pub fn insert(&mut self, key: impl Into<String>, value: V) -> Option<V> {
        let key = key.into().into_boxed_str();
        match self.find(&key) {
            Ok(index) => {
                let entry = self.0.get_mut(index)?;
                entry.0 = key;
                Some(std::mem::replace(&mut entry.1, value))
            }
            Err(index) => {
                self.0.insert(index, (key, value));
                None
            }
        }
    }

    /// Removes a key, in whatever case, and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let index = self.find(key).ok()?;
        Some(self.0.remove(index).1)
    }

    /// Returns the entries in the spelling that they came with.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<V: AsRef<str>> CaseMap<V> {
    /// Reads a value as what it is the text of, a number for instance.
    pub fn parse<T: FromStr>(&self, key: &str) -> Option<Result<T, T::Err>> {
        Some(self.get(key)?.as_ref().parse())
    }
}

impl<V: PartialEq> PartialEq for CaseMap<V> {
    fn eq(&self, other: &Self) -> bool {
        let mut entries = self.iter().zip(other.iter());
        let same = entries.all(|((one_key, one), (other_key, other))| {
            compare(one_key, other_key) == Ordering::Equal && one == other
        });
        same && self.len() == other.len()
    }
}

impl<V> Default for CaseMap<V> {
    fn default() -> Self {
        CaseMap::new()
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for CaseMap<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for CaseMap<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = CaseMap::new();
        map.extend(entries);
        map
    }
}

impl<V> From<BTreeMap<String, V>> for CaseMap<V> {
    fn from(entries: BTreeMap<String, V>) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V, const N: usize> From<[(K, V); N]> for CaseMap<V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<V> IntoIterator for CaseMap<V> {
    type Item = (String, V);
    type IntoIter =
        std::iter::Map<std::vec::IntoIter<(Box<str>, V)>, fn((Box<str>, V)) -> (String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(key, value)| (key.into(), value))
    }
}

impl<'a, V> IntoIterator for &'a CaseMap<V> {
    type Item = (&'a str, &'a V);
    type IntoIter =
        std::iter::Map<std::slice::Iter<'a, (Box<str>, V)>, fn(&(Box<str>, V)) -> (&str, &V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<V: fmt::Debug> fmt::Debug for CaseMap<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// As with other dictionaries, a null where the model has none is no entry.
impl<V: Value + Blank + Clone + PartialEq> Value for CaseMap<V> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let entries: BTreeMap<String, V> = read_new(reader)?;
        *self = entries.into();
        Ok(())
    }

    leaf!();

    fn visit_leaf(&self, visitor: &mut Visitor<'_>) {
        self.0.iter().for_each(|(_, value)| visit(value, visitor));
    }

    fn write(&self, writer: &mut Writer) {
        writer.object();
        for (key, value) in self.iter() {
            writer.key(key);
            value.write(writer);
        }
        writer.end_object();
    }
}

impl<V> Blank for CaseMap<V> {
    fn blank() -> Self {
        CaseMap::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_any_case_and_keep_the_last_spelling() {
        let mut map: CaseMap<String> = CaseMap::new();
        let text = br#"{"Eic_State":"O","b":"1","EIC_STATE":"C","a":"2"}"#;
        map.read(&mut Reader::new(text)).unwrap();
        assert_eq!(map.len(), 3);
        map.extend([("eic_state", "H".to_owned())]);
        let entries: Vec<_> = map
            .iter()
            .map(|(key, value)| (key, value.as_str()))
            .collect();
        assert_eq!(entries, [("a", "2"), ("b", "1"), ("eic_state", "H")]);
        assert_eq!(map.remove("Eic_State").as_deref(), Some("H"));
        assert!(!map.contains_key("eic_state"));
        assert_eq!(
            map,
            CaseMap::from([("A", "2".to_owned()), ("B", "1".to_owned())])
        );
    }
}
