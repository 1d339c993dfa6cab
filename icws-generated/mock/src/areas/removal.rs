//! What becomes of the rest of the world when something is taken away that it refers to. No
//! source tells what real servers do then: nothing is left that refers to what is gone.

use serde_json::Value;

use super::agreement::id_of;
use super::interactions::{Queue, actions, queue};
use super::people::{USERS, WORKGROUPS};
use super::{choice, directories, licenses, stations, statuses};
use crate::world::interaction::INTERACTIONS;
use crate::world::{Ended, World};

/// Lists of references: the table, the place of the list in its items, and the table whose
/// items are referred to.
pub(super) const REFERENCES: &[(&str, &str, &str)] = &[
    (WORKGROUPS, "/members", USERS),
    ("configuration/skills", "/userAssignments", USERS),
    ("configuration/skills", "/workgroupAssignments", WORKGROUPS),
    ("configuration/password-policies", "/userAssignments", USERS),
    (USERS, "/workgroups", WORKGROUPS),
    (USERS, "/roles/actualValue", "configuration/roles"),
];

/// Lets the rest of the world follow that an item was taken away.
pub(super) fn follow(world: &mut World, table: &str, id: &str) {
    match table {
        USERS => user(world, id),
        WORKGROUPS => actions::release(world, &queue(Queue::Workgroup, id)),
        INTERACTIONS => world.deallocated(id),
        stations::KNOWN => stations::close(world, id),
        choice::CONFIGURED | statuses::STATUSES => choice::follow(world, table, id),
        _ => {}
    }
    let of_table = REFERENCES.iter().filter(|(_, _, known)| *known == table);
    for (table, place, _) in of_table {
        let refers = |item: &Value| {
            let list = item.pointer(place).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|entry| id_of(entry) == Some(id)))
        };
        let all = world.tables.ids(table, |_, item| refers(item));
        world.change_all(table, &all, |_, item| {
            let list = item.pointer_mut(place).and_then(Value::as_array_mut);
            if let Some(list) = list {
                list.retain(|entry| id_of(entry) != Some(id));
            }
        });
    }
}

/// The sessions of a user end, and what is the user's alone is gone.
fn user(world: &mut World, user: &str) {
    let own = world.sessions.up().filter(|session| session.user == user);
    let own: Vec<String> = own.map(|session| session.id.clone()).collect();
    for session in own {
        world.end_session(&session, Ended::removed());
    }
    world.remove(statuses::USERS, user);
    world.remove(statuses::ACCESS, user);
    world.remove(stations::STATIONS, user);
    for table in [statuses::PREVIOUS, licenses::LICENSES] {
        let is_own = |id: &str| id.split_once('/').is_some_and(|(own, _)| own == user);
        remove(world, table, |id, _| is_own(id));
    }
    remove(world, directories::DIRECTORIES, |_, item| {
        directories::is_owned(item, user)
    });
    actions::release(world, &queue(Queue::User, user));
}

/// Takes the items of a table away that fit.
fn remove(world: &mut World, table: &str, fits: impl Fn(&str, &Value) -> bool) {
    let all = world.tables.ids(table, fits);
    world.together(table, |world| {
        for id in all {
            world.remove(table, &id);
        }
    });
}
