//! Whom a change concerns, so that it costs as much as that is, and not as much as all that
//! is followed.

use std::collections::{BTreeSet, HashMap};

/// The topics that show something of each table.
#[derive(Debug, Default)]
pub(super) struct Concern {
    tables: HashMap<String, OfTable>,
}

#[derive(Debug, Default)]
struct OfTable {
    /// Those that may show any item.
    lists: BTreeSet<u64>,
    /// Those that show one, by its id.
    single: HashMap<String, BTreeSet<u64>>,
}

impl Concern {
    /// Adds a topic that shows one item of a table, or may show any.
    pub fn add(&mut self, table: &str, item: Option<String>, topic: u64) {
        let of_table = self.tables.entry(table.to_owned()).or_default();
        let topics = match item {
            Some(item) => of_table.single.entry(item).or_default(),
            None => &mut of_table.lists,
        };
        topics.insert(topic);
    }

    /// Removes a topic, as it was added.
    pub fn remove(&mut self, table: &str, item: Option<&str>, topic: u64) {
        let Some(of_table) = self.tables.get_mut(table) else {
            return;
        };
        let Some(item) = item else {
            of_table.lists.remove(&topic);
            return;
        };
        if let Some(topics) = of_table.single.get_mut(item) {
            topics.remove(&topic);
            if topics.is_empty() {
                of_table.single.remove(item);
            }
        }
    }

    /// Returns the topics that a change of these items of a table concerns, in the order in
    /// which they were made.
    pub fn of<'i>(&self, table: &str, items: impl Iterator<Item = &'i str>) -> BTreeSet<u64> {
        let Some(of_table) = self.tables.get(table) else {
            return BTreeSet::new();
        };
        let single = items.filter_map(|item| of_table.single.get(item)).flatten();
        single.chain(&of_table.lists).copied().collect()
    }

    /// Returns true if a topic shows an item of a table alone.
    pub fn is_single(&self, table: &str, item: &str) -> bool {
        let of_table = self.tables.get(table);
        of_table.is_some_and(|of_table| of_table.single.contains_key(item))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_concerns_lists_and_who_follows_the_item() {
        let mut concern = Concern::default();
        for topic in 0..10_000 {
            concern.add("calls", Some(topic.to_string()), topic);
        }
        concern.add("calls", None, 10_000);
        concern.add("users", None, 10_001);
        let of = |concern: &Concern| concern.of("calls", ["7", "x"].into_iter());
        assert_eq!(of(&concern), BTreeSet::from([7, 10_000]));
        concern.remove("calls", Some("7"), 7);
        concern.remove("calls", None, 10_000);
        assert_eq!(of(&concern), BTreeSet::new());
        assert!(concern.is_single("calls", "8") && !concern.is_single("calls", "7"));
    }
}
