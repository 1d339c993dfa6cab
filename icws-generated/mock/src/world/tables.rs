//! What the server knows, as JSON: tables of items, each by its id. Most items are
//! objects of the model, as they travel.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

/// The table of users.
pub(crate) const USERS: &str = "configuration/users";
/// The table of workgroups.
pub(crate) const WORKGROUPS: &str = "configuration/workgroups";
/// The table of the statuses that there are.
pub(crate) const STATUSES: &str = "status/status-messages";

/// An item of a table; copies share it.
pub(crate) type Item = Arc<Value>;

/// The tables by their names.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    tables: BTreeMap<String, Table>,
}

#[derive(Debug, Default)]
struct Table {
    items: BTreeMap<String, Item>,
    /// How often it was changed.
    version: u64,
}

impl Tables {
    /// The names of the tables that have been filled.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// Returns true if the table has been filled, if only with nothing.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// An item.
    pub fn get(&self, table: &str, id: &str) -> Option<&Item> {
        self.tables.get(table)?.items.get(id)
    }

    /// An item by a name in any case, with the id as the table spells it. One whose id is
    /// spelled like the name goes before.
    pub fn known(&self, table: &str, name: &str) -> Option<(&str, &Item)> {
        let items = &self.tables.get(table)?.items;
        let found = items.get_key_value(name);
        let found = found.or_else(|| items.iter().find(|(id, _)| is_same_name(id, name)));
        found.map(|(id, item)| (id.as_str(), item))
    }

    /// The id of an item as the table spells it, by a name in any case.
    pub fn id(&self, table: &str, name: &str) -> Option<String> {
        self.known(table, name).map(|(id, _)| id.to_owned())
    }

    /// The ids of the items of a table that fit.
    pub fn ids(&self, table: &str, fits: impl Fn(&str, &Value) -> bool) -> Vec<String> {
        let items = self.items(table).filter(|(id, item)| fits(id, item));
        items.map(|(id, _)| id.to_owned()).collect()
    }

    /// The items of a table, in the order of their ids.
    pub fn items(&self, table: &str) -> impl Iterator<Item = (&str, &Item)> + Clone {
        let table = self.tables.get(table).into_iter();
        let items = table.flat_map(|table| &table.items);
        items.map(|(id, item)| (id.as_str(), item))
    }

    /// Makes a table, if there is none yet.
    pub fn make(&mut self, table: &str) {
        if !self.has(table) {
            self.tables.insert(table.to_owned(), Table::default());
        }
    }

    /// Puts an item into a table, and returns the one that it replaces.
    pub fn put(&mut self, table: &str, id: &str, item: Item) -> Option<Item> {
        self.make(table);
        let table = self.tables.get_mut(table)?;
        table.version += 1;
        table.items.insert(id.to_owned(), item)
    }

    /// Takes an item out of a table.
    pub fn remove(&mut self, table: &str, id: &str) -> Option<Item> {
        let table = self.tables.get_mut(table)?;
        table.version += 1;
        table.items.remove(id)
    }

    /// How many items a table has.
    pub fn len(&self, table: &str) -> usize {
        self.tables.get(table).map_or(0, |table| table.items.len())
    }

    /// How often a table was changed: what is made of it is as it was for as long as
    /// this is the same.
    pub fn version(&self, table: &str) -> u64 {
        self.tables.get(table).map_or(0, |table| table.version)
    }
}

/// Returns true if two names are the same, in whatever case. It is asked of much that is
/// followed on every change, so that nothing is allocated for it.
pub(crate) fn is_same_name(one: &str, other: &str) -> bool {
    fn lower(name: &str) -> impl Iterator<Item = char> {
        name.chars().flat_map(char::to_lowercase)
    }
    one == other || lower(one).eq(lower(other))
}

/// Sets a property of an item. One that is no object, as a test can put there by hand,
/// stays as it is.
pub(crate) fn set_property(item: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(object) = item.as_object_mut() {
        object.insert(name.to_owned(), value.into());
    }
}

/// Sets properties of an item; null takes one away.
pub(crate) fn patch(item: &mut Value, given: Map<String, Value>) {
    let Some(item) = item.as_object_mut() else {
        return;
    };
    for (name, value) in given {
        match value {
            Value::Null => drop(item.remove(&name)),
            value => drop(item.insert(name, value)),
        }
    }
}
