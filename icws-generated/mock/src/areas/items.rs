//! What an item has to be that people put into a table: it says which item it is, and has
//! what the rest of the world reads of it. What is missing and can be known is completed;
//! what cannot be meant is refused. All else an item may have as people like.

use serde_json::{Map, Value, json};

use super::interactions::{chats, number};
use super::people::USERS;
use super::{
    agreement, choice, configuration, directories, licenses, sessions, stations, statistics,
    statuses,
};
use crate::world::World;
use crate::world::interaction::{ATTRIBUTES, CALLBACK, INTERACTIONS, QUEUES, callback_of};

type Object = Map<String, Value>;

/// Why an item is not put where it is to be put, or not taken away.
pub(crate) enum Unfit {
    /// It is not what items of the table are.
    Malformed(String),
    /// It comes of something else, which is to be changed instead.
    Follows(String),
}

/// An item as it is put into a table.
pub(crate) fn completed(world: &World, table: &str, id: &str, item: Value) -> Result<Value, Unfit> {
    may_change(world, table, id)?;
    let Value::Object(mut object) = item else {
        return Err(Unfit::Malformed(format!("The item {id} is no object.")));
    };
    let item = &mut object;
    match table {
        INTERACTIONS => interaction(id, item)?,
        directories::DIRECTORIES => directories::complete(id, item)?,
        statistics::VALUES => value(id, item)?,
        stations::STATIONS => {
            known_user(world, id)?;
            for (name, value) in stations::no_station().as_object().into_iter().flatten() {
                let value = value.clone();
                item.entry(name.clone()).or_insert(value);
            }
        }
        statuses::USERS => {
            known_user(world, id)?;
            named(item, "userId", id)?;
            status(world, item)?;
            let is_logged_in = || json!(world.sessions.has(id));
            item.entry("loggedIn").or_insert_with(is_logged_in);
        }
        statuses::ACCESS => {
            known_user(world, id)?;
            named(item, "userId", id)?;
            listed(
                item,
                "statusMessages",
                "the ids of statuses",
                Value::is_string,
            )?;
        }
        statuses::STATUSES => named(item, "statusId", id)?,
        statuses::PREVIOUS => {
            named(item, "statusId", of_user(id)?)?;
            item.entry("notes").or_insert_with(|| json!(""));
        }
        licenses::LICENSES => {
            named(item, "name", of_user(id)?)?;
            item.entry("isAssigned").or_insert_with(|| json!(false));
        }
        _ if table.starts_with("configuration/") => identity(table, id, item)?,
        // What is made up is of no shape that the server reads.
        _ => {}
    }
    let mut item = Value::Object(object);
    if let Some((place, problem)) = agreement::dangling(world, table, &item) {
        return Err(Unfit::Malformed(format!("`{place}`: {problem}.")));
    }
    agreement::settle(world, table, id, &mut item);
    Ok(item)
}

/// Checks that an item may be taken away.
pub(crate) fn removable(world: &World, table: &str, id: &str) -> Result<(), Unfit> {
    may_change(world, table, id)?;
    let is_of_user = [statuses::USERS, statuses::ACCESS, stations::STATIONS].contains(&table);
    if is_of_user && known_user(world, id).is_ok() {
        return Err(Unfit::Follows(format!(
            "Every user has an item of {table}: DELETE /mock/world/{USERS}/{id} takes it away with \
             the user."
        )));
    }
    if let Some(user) = choice::holder(world, table, id) {
        let problem = format!("{id} is the status of {user}, who has to get another one before.");
        return Err(Unfit::Follows(problem));
    }
    if statistics::is_counted(world, table, id) {
        return Err(Unfit::Follows(format!(
            "{id} is counted for those who follow it. A value that is put in its place stays until \
             it is removed."
        )));
    }
    Ok(())
}

/// Checks that an item is not one that the server makes anew of other tables.
fn may_change(world: &World, table: &str, id: &str) -> Result<(), Unfit> {
    let what = match table {
        sessions::SESSIONS => "the sessions: /mock/sessions makes and ends them",
        directories::DIRECTORIES if directories::is_of_users(world, id) => {
            "users and workgroups: change those"
        }
        _ => return Ok(()),
    };
    Err(Unfit::Follows(format!("{id} of {table} follows {what}.")))
}

fn known_user(world: &World, id: &str) -> Result<(), Unfit> {
    match world.tables.get(USERS, id) {
        Some(_) => Ok(()),
        None => Err(Unfit::Follows(format!(
            "There is no user {id}: PUT /mock/world/{USERS}/{id} makes one, with a status."
        ))),
    }
}

/// What stands behind the user in an id.
fn of_user(id: &str) -> Result<&str, Unfit> {
    let problem = || Unfit::Malformed(format!("Ids are `user/name` here, and {id} is none."));
    let (_, name) = id.split_once('/').ok_or_else(problem)?;
    Ok(name)
}

/// Lets a property say which item it is.
pub(super) fn named(item: &mut Object, name: &str, id: &str) -> Result<(), Unfit> {
    let known = item.entry(name).or_insert_with(|| json!(id));
    if known.is_null() {
        *known = json!(id);
    }
    if *known == json!(id) {
        return Ok(());
    }
    let known = brief(known);
    Err(Unfit::Malformed(format!(
        "`{name}`: expected {}, as that is where the item is put, found {known}.",
        json!(id)
    )))
}

/// A property that is a list of such values; it is empty when it is missing.
pub(super) fn listed(
    item: &mut Object,
    name: &str,
    of: &str,
    is_one: impl Fn(&Value) -> bool,
) -> Result<(), Unfit> {
    let list = item.entry(name).or_insert_with(|| json!([]));
    let all = list.as_array();
    match all.is_some_and(|all| all.iter().all(is_one)) {
        true => Ok(()),
        false => Err(expected(name, &format!("a list of {of}"), list)),
    }
}

/// A property that is an object of such values; it is empty when it is missing.
pub(super) fn mapped(
    item: &mut Object,
    name: &str,
    of: &str,
    is_one: impl Fn(&Value) -> bool,
) -> Result<(), Unfit> {
    let map = item.entry(name).or_insert_with(|| json!({}));
    let all = map.as_object();
    match all.is_some_and(|all| all.values().all(is_one)) {
        true => Ok(()),
        false => Err(expected(name, &format!("an object of {of}"), map)),
    }
}

pub(super) fn expected(name: &str, what: &str, found: &Value) -> Unfit {
    let found = brief(found);
    Unfit::Malformed(format!("`{name}`: expected {what}, found {found}."))
}

/// So many characters of a value are repeated in an error.
const BRIEF: usize = 200;

fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(BRIEF) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What says which item of a list it is.
fn identity(table: &str, id: &str, item: &mut Object) -> Result<(), Unfit> {
    let name = configuration::CONFIGURATION_ID;
    let mut made = configuration::identified(table, id, id);
    let own = item.entry(name).or_insert_with(|| json!({}));
    let Some(known) = own.as_object_mut() else {
        return Err(expected(name, "an object", own));
    };
    named(known, "id", id)?;
    for (property, value) in made[name].as_object_mut().into_iter().flatten() {
        let known = known.entry(property.clone()).or_insert(value.take());
        if !known.is_string() {
            return Err(expected(&format!("{name}.{property}"), "a string", known));
        }
    }
    Ok(())
}

/// The status that a user has is one of those that there are.
fn status(world: &World, item: &Object) -> Result<(), Unfit> {
    let status = item.get("statusId").unwrap_or(&Value::Null);
    let known = status
        .as_str()
        .and_then(|id| world.tables.get(statuses::STATUSES, id));
    match known {
        Some(_) => Ok(()),
        None => {
            let what = format!("the id of one of {}", statuses::STATUSES);
            Err(expected("statusId", &what, status))
        }
    }
}

/// The key of a value is its id.
fn value(id: &str, item: &mut Object) -> Result<(), Unfit> {
    let key: Option<Object> = serde_json::from_str(id).ok();
    let key = key.map(Value::Object).ok_or_else(|| {
        let problem = format!("The id of a value is its key in JSON, and {id} is none.");
        Unfit::Malformed(problem)
    })?;
    let known = item.entry("statisticKey").or_insert_with(|| key.clone());
    if *known != key {
        return Err(expected("statisticKey", "the key in the path", known));
    }
    item.entry("statisticValue").or_insert(Value::Null);
    Ok(())
}

/// What other parts of the server read of an interaction.
fn interaction(id: &str, item: &mut Object) -> Result<(), Unfit> {
    mapped(item, ATTRIBUTES, "strings", Value::is_string)?;
    listed(
        item,
        QUEUES,
        "queues with `queueType` and `queueName`",
        |queue| number(queue.get("queueType")).is_some() && queue["queueName"].is_string(),
    )?;
    for name in [CALLBACK, chats::CHAT] {
        if item.get(name).is_some_and(Value::is_null) {
            item.remove(name);
        }
    }
    if let Some(callback) = item.get_mut(CALLBACK) {
        if let Some(callback) = callback.as_object_mut() {
            named(callback, "interactionId", id)?;
        }
        let callback = callback.clone();
        if callback_of(&json!({ CALLBACK: callback })).is_none() {
            let what = "what a callbackMessage has, `target` and `subject` at least";
            return Err(expected(CALLBACK, what, &callback));
        }
    }
    if let Some(chat) = item.get_mut(chats::CHAT) {
        let Some(chat) = chat.as_object_mut() else {
            return Err(expected(chats::CHAT, "an object", chat));
        };
        listed(chat, "members", "objects", Value::is_object)?;
        listed(chat, "texts", "objects", Value::is_object)?;
    }
    Ok(())
}
