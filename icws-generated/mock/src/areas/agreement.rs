//! What two places of the world say of the same thing, so that they say the same: the
//! workgroups of users and the members of workgroups, the status of a user and its text in
//! the list of users. What refers to nothing is refused; no source tells how real servers do
//! that, so that it is a 400 is this server's choice.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::configuration::CONFIGURATION_ID;
use super::people::{USERS, WORKGROUPS};
use super::removal::REFERENCES;
use super::statuses;
use crate::world::{World, set_property};

/// The first reference of an item to something that there is not: where it stands, and what
/// is to be said of it.
pub(crate) fn dangling(world: &World, table: &str, item: &Value) -> Option<(String, String)> {
    let of_table = REFERENCES.iter().filter(|(holder, ..)| *holder == table);
    of_table.into_iter().find_map(|(_, place, known)| {
        let list = item.pointer(place).and_then(Value::as_array)?;
        let mut ids = list.iter().filter_map(id_of);
        let unknown = ids.find(|id| world.tables.get(known, id).is_none())?;
        let place = place.trim_start_matches('/').replace('/', ".");
        Some((place, format!("there is no item {unknown} of {known}")))
    })
}

/// Lets an item that is about to be put say what follows of something else.
pub(crate) fn settle(world: &World, table: &str, id: &str, item: &mut Value) {
    if table == USERS {
        set_property(item, STATUS_TEXT, statuses::text_of(world, id));
    }
}

const STATUS_TEXT: &str = "statusText";

/// Lets the list of users tell the status that a user has.
pub(super) fn tell_status(world: &mut World, user: &str) {
    let text = statuses::text_of(world, user);
    let item = world.tables.get(USERS, user);
    if item.is_some_and(|item| item[STATUS_TEXT] != json!(text)) {
        world.change(USERS, user, |item| set_property(item, STATUS_TEXT, text));
    }
}

/// Lets workgroups follow a user who was changed, and users a workgroup; and what refers to
/// an item by its name.
pub(super) fn follow(world: &mut World, table: &str, id: &str) {
    rename(world, table, id);
    match table {
        USERS => mirror(world, (USERS, "workgroups", id), (WORKGROUPS, "members")),
        WORKGROUPS => mirror(world, (WORKGROUPS, "members", id), (USERS, "workgroups")),
        statuses::USERS => tell_status(world, id),
        _ => {}
    }
}

/// Lets what refers to an item give its name.
fn rename(world: &mut World, table: &str, id: &str) {
    let of_table = REFERENCES.iter().filter(|(_, _, known)| *known == table);
    for (holder, place, _) in of_table {
        let name = json!(name_of(world, table, id));
        let is_otherwise = |entry: &Value| {
            let known = named_in(entry).get("displayName");
            id_of(entry) == Some(id) && known.is_some_and(|known| *known != name)
        };
        let refers = |item: &Value| {
            let list = item.pointer(place).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(is_otherwise))
        };
        let all = world.tables.ids(holder, |_, item| refers(item));
        world.change_all(holder, &all, |_, item| {
            let list = item.pointer_mut(place).and_then(Value::as_array_mut);
            for entry in list.into_iter().flatten() {
                if is_otherwise(entry) {
                    let is_setting = entry["id"].is_object();
                    let named = if is_setting { &mut entry["id"] } else { entry };
                    set_property(named, "displayName", name.clone());
                }
            }
        });
    }
}

/// The reference that an entry of a list is, or has.
fn named_in(entry: &Value) -> &Value {
    let own = &entry["id"];
    if own.is_object() { own } else { entry }
}

/// Lets the items that a list names, and no others, name its item in a list of theirs.
fn mirror(world: &mut World, own: (&str, &str, &str), others: (&str, &str)) {
    let ((table, list, id), (other, other_list)) = (own, others);
    let Some(item) = world.tables.get(table, id) else {
        return;
    };
    let named: BTreeSet<String> = ids(item, list).map(str::to_owned).collect();
    let all = world.tables.ids(other, |known, item| {
        named.contains(known) != ids(item, other_list).any(|own| own == id)
    });
    let entry = reference(world, table, id);
    world.change_all(other, &all, |known, item| {
        let mut entries = item[other_list].as_array().cloned().unwrap_or_default();
        match named.contains(known) {
            true => entries.push(entry.clone()),
            false => entries.retain(|entry| id_of(entry) != Some(id)),
        }
        set_property(item, other_list, entries);
    });
}

fn ids<'i>(item: &'i Value, list: &str) -> impl Iterator<Item = &'i str> {
    let list = item.get(list).and_then(Value::as_array);
    let entries = list.into_iter().flatten();
    entries.filter_map(id_of)
}

/// What an entry of a list refers to: it is a reference, or a setting that has one.
pub(super) fn id_of(entry: &Value) -> Option<&str> {
    named_in(entry)["id"].as_str()
}

/// The name by which people know an item of a list.
pub(super) fn name_of(world: &World, table: &str, id: &str) -> String {
    let known = reference(world, table, id);
    known["displayName"].as_str().unwrap_or(id).to_owned()
}

/// What refers to an item of a list.
pub(crate) fn reference(world: &World, table: &str, id: &str) -> Value {
    let known = world.tables.get(table, id);
    let known = known.and_then(|item| item.get(CONFIGURATION_ID));
    let known = known.filter(|known| known["id"] == json!(id));
    known
        .cloned()
        .unwrap_or_else(|| json!({ "id": id, "displayName": id }))
}
