//! What follows of a change of users: statuses, the choice of them, and stations.

use serde_json::{Value, json};

use super::interactions::actions;
use super::{agreement, choice, removal, stations, statuses};
use crate::modelled::times::now;
use crate::world::{World, set_property};

pub(crate) use crate::world::tables::{USERS, WORKGROUPS};

/// Lets the rest of the world follow an item of a list that was changed.
pub(crate) fn follow(world: &mut World, table: &str, id: &str) {
    if world.tables.get(table, id).is_none() {
        removal::follow(world, table, id);
        return;
    }
    if table == USERS && world.tables.get(statuses::USERS, id).is_none() {
        let first = first_status(world).to_owned();
        join(world, id, &first);
    }
    match table {
        choice::CONFIGURED | statuses::STATUSES => choice::follow(world, table, id),
        _ => agreement::follow(world, table, id),
    }
}

/// Lets the statuses of users follow their sessions and calls, and ends what sessions follow
/// that have ended.
pub(crate) fn refresh(world: &mut World) {
    loop {
        let moves = world.sessions.moves();
        for session in &moves.ended {
            world.topics.end(session);
        }
        let parties = std::mem::take(&mut world.parties);
        // A message about one session may be too many for another.
        if moves.users.is_empty() && parties.is_empty() {
            return;
        }
        world.together(statuses::USERS, |world| {
            for user in &moves.users {
                let is_logged_in = world.sessions.has(user);
                mark(world, user, "loggedIn", is_logged_in);
            }
            for user in &parties {
                let is_on_phone = actions::is_on_phone(world, user);
                if mark(world, user, "onPhone", is_on_phone) {
                    world.change(statuses::USERS, user, |item| {
                        set_property(item, "onPhoneChanged", now())
                    });
                }
            }
        });
    }
}

/// Says in the status of a user what is true or not; whether it was otherwise.
fn mark(world: &mut World, user: &str, property: &str, is_true: bool) -> bool {
    let status = world.tables.get(statuses::USERS, user);
    let differs = status.is_some_and(|status| status[property] != json!(is_true));
    if differs {
        world.change(statuses::USERS, user, |item| {
            set_property(item, property, is_true)
        });
    }
    differs
}

/// The statuses that users can choose.
pub(super) fn choice(world: &World) -> impl Iterator<Item = &str> {
    let all = world.tables.items(statuses::STATUSES);
    let choice = all.filter(|(_, item)| item[choice::SELECTABLE] == json!(true));
    choice.map(|(id, _)| id)
}

/// The status of a user who is new, one that the user could choose: the first of the
/// scenario, or any when that is gone.
pub(crate) fn first_status(world: &World) -> &str {
    let first = world.first_status.as_deref();
    let first = first.filter(|first| choice(world).any(|known| known == *first));
    first.or_else(|| choice(world).next()).unwrap_or_default()
}

/// The name by which people know a user.
pub(crate) fn name_of(world: &World, user: &str) -> String {
    agreement::name_of(world, USERS, user)
}

/// Gives a user who is new a status and the rest.
pub(crate) fn join(world: &mut World, user: &str, status: &str) {
    let choice: Vec<&str> = choice(world).collect();
    let access = json!({ "userId": user, "statusMessages": choice });
    let item: Value = json!({
        "userId": user,
        "statusId": status,
        "statusChanged": now(),
        "onPhone": actions::is_on_phone(world, user),
        "loggedIn": world.sessions.has(user),
        "stations": [],
        "icServers": [],
    });
    world.put(statuses::ACCESS, user, access);
    world.put(statuses::USERS, user, item);
    world.put(stations::STATIONS, user, stations::no_station());
    agreement::tell_status(world, user);
}
