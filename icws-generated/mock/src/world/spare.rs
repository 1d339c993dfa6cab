//! Items that are there only because somebody has asked for them: once there are many,
//! those are forgotten that nobody follows any more.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::{Item, World};

/// So many items of a table there are before any is forgotten.
const MANY: usize = 1_000;

/// What is known of such items.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    /// Those that were made up, as they were made up.
    made_up: BTreeMap<String, HashMap<String, Item>>,
    /// With so many items of a table it is looked through next.
    most: BTreeMap<String, usize>,
}

impl World {
    /// Puts an item that is made up into a table. It is kept for as long as somebody
    /// follows it, or once somebody has changed it.
    pub fn make_up(&mut self, table: &str, id: &str, item: Value) {
        self.make_room(table, |world| {
            let made_up = world.spare.made_up.get(table).into_iter().flatten();
            let spare = made_up.filter(|(id, item)| {
                let now = world.tables.get(table, id);
                now.is_some_and(|now| Arc::ptr_eq(now, item)) && !world.topics.is_single(table, id)
            });
            spare.map(|(id, _)| id.clone()).collect()
        });
        self.put(table, id, item);
        let Some(item) = self.tables.get(table, id) else {
            return;
        };
        let made_up = self.spare.made_up.entry(table.to_owned()).or_default();
        made_up.insert(id.to_owned(), Arc::clone(item));
    }

    /// Forgets items of a table that has many: those that nobody follows and nobody has
    /// said anything of.
    pub fn make_room(&mut self, table: &str, spare: impl FnOnce(&World) -> Vec<String>) {
        let most = self.spare.most.get(table).copied().unwrap_or(MANY);
        if self.tables.len(table) < most {
            return;
        }
        for id in spare(self) {
            self.tables.remove(table, &id);
        }
        if let Some(made_up) = self.spare.made_up.get_mut(table) {
            let tables = &self.tables;
            made_up.retain(|id, item| {
                let now = tables.get(table, id);
                now.is_some_and(|now| Arc::ptr_eq(now, item))
            });
        }
        let most = MANY.max(2 * self.tables.len(table));
        self.spare.most.insert(table.to_owned(), most);
    }
}
