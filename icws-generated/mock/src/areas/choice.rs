//! The statuses that there are. Two tables have them: the list of the configuration, and what
//! users choose from. A change of the one is a change of the other.

use serde_json::{Value, json};

use super::configuration::{self, CONFIGURATION_ID};
use super::statuses::{ACCESS, STATUSES, USERS};
use super::{agreement, people};
use crate::world::{World, set_property};

/// The list of the configuration.
pub(crate) const CONFIGURED: &str = "configuration/status-messages";

/// What both tables say: the names of the properties there and there.
const SAME: &[(&str, &str)] = &[
    ("allowAcdCalls", "isAcdStatus"),
    ("allowFollowUp", "isAllowFollowUpStatus"),
    ("group", "groupTag"),
    ("hasDate", "canHaveDate"),
    ("hasTime", "canHaveTime"),
    ("isAfterCallWork", "isAfterCallWorkStatus"),
    ("isDoNotDisturb", "isDoNotDisturbStatus"),
    ("isForward", "isForwardStatus"),
    ("isPersistent", "isPersistentStatus"),
    ("isUserSelectable", SELECTABLE),
];
/// Whether users can choose a status.
pub(crate) const SELECTABLE: &str = "isSelectableStatus";

/// A status that users can choose, and that says no more.
pub(crate) fn status(id: &str, text: &str) -> Value {
    json!({
        "statusId": id,
        "messageText": text,
        "iconUri": format!("/status/icons/{}", id.replace([' ', ','], "")),
        "groupTag": "Away",
        "canHaveDate": false,
        "canHaveTime": false,
        "isDoNotDisturbStatus": false,
        SELECTABLE: true,
        "isForwardStatus": false,
        "isPersistentStatus": false,
        "isAfterCallWorkStatus": false,
        "isAcdStatus": false,
        "isAllowFollowUpStatus": false,
        "systemId": id,
    })
}

/// Lets the other table follow a status of the one.
pub(super) fn follow(world: &mut World, table: &str, id: &str) {
    let Some(item) = world.tables.get(table, id).cloned() else {
        return forget(world, id);
    };
    let was = world.tables.get(STATUSES, id).cloned();
    let configured = world.tables.get(CONFIGURED, id).cloned();
    let is_new = was.is_none() || configured.is_none();
    match table {
        CONFIGURED => {
            let text = item[CONFIGURATION_ID]["displayName"].as_str().unwrap_or(id);
            let mut status = was.as_deref().cloned().unwrap_or_else(|| status(id, text));
            set_property(&mut status, "messageText", text);
            for (name, own) in SAME {
                if let Some(value) = item.get(*name).filter(|value| !value.is_null()) {
                    set_property(&mut status, own, value.clone());
                }
            }
            world.put(STATUSES, id, status);
        }
        _ => {
            let text = item["messageText"].as_str().unwrap_or(id);
            let made = || configuration::identified(CONFIGURED, id, text);
            let mut listed = configured.as_deref().cloned().unwrap_or_else(made);
            if let Some(known) = listed.get_mut(CONFIGURATION_ID) {
                set_property(known, "displayName", text);
            }
            for (name, own) in SAME {
                if let Some(value) = item.get(*own) {
                    set_property(&mut listed, name, value.clone());
                }
            }
            world.put(CONFIGURED, id, listed);
        }
    }
    let now = world.tables.get(STATUSES, id).cloned();
    let can_choose = |item: &Value| item[SELECTABLE] == json!(true);
    let can = now.as_deref().is_some_and(can_choose);
    let could = match table {
        CONFIGURED => was.as_deref().is_some_and(can_choose),
        _ => configured.is_some_and(|item| item["isUserSelectable"] == json!(true)),
    };
    if is_new || can != could {
        offer(world, id, can);
    }
    tell(world, id);
}

/// Lets all users choose a status, or none.
fn offer(world: &mut World, id: &str, can: bool) {
    let all = world.tables.ids(ACCESS, |_, _| true);
    world.change_all(ACCESS, &all, |_, access| {
        let list = access.get_mut("statusMessages");
        let Some(list) = list.and_then(Value::as_array_mut) else {
            return;
        };
        list.retain(|known| *known != json!(id));
        if can {
            list.push(json!(id));
        }
    });
}

/// The users who have a status.
fn holders(world: &World, status: &str) -> Vec<String> {
    let has = |item: &Value| item["statusId"] == json!(status);
    world.tables.ids(USERS, |_, item| has(item))
}

/// A user who has a status, if a status is what the item of a table is.
pub(crate) fn holder(world: &World, table: &str, id: &str) -> Option<String> {
    let is_status = [STATUSES, CONFIGURED].contains(&table);
    is_status.then(|| holders(world, id).into_iter().next())?
}

/// Lets the list of users tell the text of a status.
fn tell(world: &mut World, id: &str) {
    let all = holders(world, id);
    world.together(people::USERS, |world| {
        for user in all {
            agreement::tell_status(world, &user);
        }
    });
}

/// A status is no more. Who has it gets the first of those that are left.
fn forget(world: &mut World, id: &str) {
    world.remove(STATUSES, id);
    world.remove(CONFIGURED, id);
    offer(world, id, false);
    let Some(first) = people::choice(world).next().map(str::to_owned) else {
        return;
    };
    let all = holders(world, id);
    world.change_all(USERS, &all, |_, item| {
        set_property(item, "statusId", &*first)
    });
    tell(world, &first);
}
