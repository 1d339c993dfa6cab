//! Changes of items by hand: what follows of them, and only where a condition holds.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::Control;
use crate::areas::interactions::actions;
use crate::areas::items::Unfit;
use crate::areas::{people, statistics};
use crate::world::World;

impl Control {
    /// Changes an item, and lets the rest of the world follow if that was done. The change
    /// gets the id that the table has for it. Returns `None` when the condition does not hold
    /// of the item that is there, or of none.
    ///
    /// # Errors
    /// Those of the change.
    pub(crate) fn edit(
        &self,
        (table, id): (&str, &str),
        holds: impl FnOnce(Option<&Value>) -> bool,
        change: impl FnOnce(&mut World, &str) -> Result<bool, Unfit>,
    ) -> Result<Option<bool>, Unfit> {
        let id = &*statistics::known_id(table, id);
        self.act(|world| {
            if !holds(world.tables.get(table, id).map(|item| &**item)) {
                return Ok(None);
            }
            let done = change(world, id)?;
            if done {
                people::follow(world, table, id);
                statistics::keep(world, table, id);
            }
            Ok(Some(done))
        })
    }

    /// Returns true if a table has an item of a name, in any case.
    pub(crate) fn knows(&self, table: &str, name: &str) -> bool {
        self.shared.world().tables.known(table, name).is_some()
    }

    /// Returns true if there is such an interaction, and nobody has it.
    pub(crate) fn is_waiting(&self, id: &str) -> bool {
        actions::is_waiting(&self.shared.world(), id)
    }

    /// Returns true if there is such an interaction, and it has ended.
    pub(crate) fn has_ended(&self, id: &str) -> bool {
        actions::has_ended(&self.shared.world(), id)
    }
}

/// What an item is told apart by from what it was before, as an `ETag`.
pub(crate) fn version(item: &Value) -> String {
    let mut hasher = DefaultHasher::new();
    item.to_string().hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}
