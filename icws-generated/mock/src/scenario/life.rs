//! What happens in a world by itself: calls come, are picked up, held and ended, and
//! users change their statuses.

use serde_json::{Value, json};

use crate::areas::interactions::actions::{end, pick_up};
use crate::areas::interactions::{NewCall, chats, new_call};
use crate::areas::{choice, people, statuses};
use crate::world::World;
use crate::world::interaction::{
    ALERTING, CONNECTED, DISCONNECTED, HELD, INTERACTIONS, OFFERING, REMOTE_NAME, STATE, attribute,
    queues, set_attribute,
};

/// Lets one thing happen.
pub(crate) fn live(world: &mut World) {
    match world.random.u8(..10) {
        0 | 1 => arrive(world),
        2 | 3 => answer(world),
        4 => hold(world),
        5 | 6 => finish(world),
        7 => write(world),
        _ => change_status(world),
    }
}

/// One of the ids of a table that fit.
fn pick(world: &mut World, table: &str, fits: impl Fn(&Value) -> bool) -> Option<String> {
    let ids = world.tables.ids(table, |_, item| fits(item));
    world.random.choice(ids)
}

/// One of the interactions in one of the states.
fn in_state(world: &mut World, states: &[&str]) -> Option<String> {
    pick(world, INTERACTIONS, |item| {
        attribute(item, STATE).is_some_and(|state| states.contains(&state))
            && !queues(item).is_empty()
    })
}

fn arrive(world: &mut World) {
    let Some(workgroup) = pick(world, people::WORKGROUPS, |_| true) else {
        return;
    };
    let number = world.random.u32(0..10_000);
    let medium = if world.random.u8(..4) == 0 {
        "Chat"
    } else {
        "Call"
    };
    let id = world.new_interaction_id();
    let call = NewCall {
        remote: &format!("+1317556{number:04}"),
        name: &format!("Caller {number}"),
        workgroup: &workgroup,
        user: None,
        medium,
    };
    new_call(world, &id, &call);
}

/// A user whom calls are assigned to picks one up.
fn answer(world: &mut World) {
    let acd = world.tables.items(statuses::STATUSES);
    let acd = acd.filter(|(_, status)| status["isAcdStatus"] == json!(true));
    let acd: Vec<Value> = acd.map(|(id, _)| json!(id)).collect();
    let user = pick(world, statuses::USERS, |status| {
        acd.contains(&status["statusId"])
    });
    let waiting = in_state(world, &[OFFERING, ALERTING]);
    if let (Some(user), Some(id)) = (user, waiting) {
        pick_up(world, &id, &user);
    }
}

fn hold(world: &mut World) {
    if let Some(id) = in_state(world, &[CONNECTED, HELD]) {
        world.change(INTERACTIONS, &id, |item| {
            let is_held = attribute(item, STATE) == Some(HELD);
            set_attribute(item, STATE, if is_held { CONNECTED } else { HELD });
        });
    }
}

fn finish(world: &mut World) {
    if let Some(id) = in_state(world, &[CONNECTED, HELD]) {
        end(world, &id);
    }
}

fn write(world: &mut World) {
    let chat = pick(world, INTERACTIONS, |item| {
        item.get(chats::CHAT).is_some() && attribute(item, STATE) != Some(DISCONNECTED)
    });
    if let Some(id) = chat {
        let name = world.tables.get(INTERACTIONS, &id);
        let name = name.and_then(|item| attribute(item, REMOTE_NAME));
        let name = name.unwrap_or("Visitor").to_owned();
        chats::write(world, &id, &name, "Are you still there?");
    }
}

fn change_status(world: &mut World) {
    let user = pick(world, statuses::USERS, |_| true);
    let status = pick(world, statuses::STATUSES, |item| {
        item[choice::SELECTABLE] == json!(true)
    });
    if let (Some(user), Some(status)) = (user, status) {
        statuses::change(world, &user, &status, &json!({}));
    }
}
