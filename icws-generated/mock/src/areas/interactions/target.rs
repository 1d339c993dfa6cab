//! Where interactions go. What goes where nothing is would be on no queue that anybody
//! follows: it is refused. No source tells how real servers do that; a 400 is this server's
//! choice.

use serde_json::Value;

use super::{Queue, number, queue};
use crate::areas::call::Call;
use crate::areas::people::{USERS, WORKGROUPS};
use crate::refusal::Refusal;
use crate::world::World;

/// Where an interaction goes.
pub(super) enum Target {
    /// To a queue.
    Queue(Value),
    /// To a number outside of the system.
    Outside,
}

/// A queue that a body names, if there is such a user or workgroup. The queues of stations
/// and lines are taken as they are.
pub(super) fn known_queue(world: &World, place: &str, given: &Value) -> Result<Value, Refusal> {
    let (kind, table) = match number(given.get("queueType")) {
        Some(kind) if kind == Queue::User as i64 => (Queue::User, USERS),
        Some(kind) if kind == Queue::Workgroup as i64 => (Queue::Workgroup, WORKGROUPS),
        _ => return Ok(given.clone()),
    };
    let name = given.get("queueName").and_then(Value::as_str);
    let name = name.unwrap_or_default();
    let known = world.tables.id(table, name);
    let known = known.map(|known| queue(kind, &known));
    known.ok_or_else(|| {
        let what = match kind {
            Queue::User => "user",
            Queue::Workgroup => "workgroup",
        };
        Refusal::invalid(place, &format!("there is no {what} {name}"))
    })
}

/// The user of a name, or 400.
pub(super) fn known_user(world: &World, place: &str, name: &str) -> Result<String, Refusal> {
    let known = world.tables.id(USERS, name);
    known.ok_or_else(|| Refusal::invalid(place, &format!("there is no user {name}")))
}

/// Where a transfer goes: to a queue, or to a workgroup, a user, an extension or a number.
pub(super) fn target(call: &Call<'_>) -> Result<Target, Refusal> {
    let world = &*call.world;
    if let Some(queue) = call.body.get("queueID").filter(|queue| queue.is_object()) {
        return known_queue(world, "queueID", queue).map(Target::Queue);
    }
    let name = call
        .text("target")
        .ok_or_else(|| Refusal::missing("target"))?;
    let kinds = [(Queue::Workgroup, WORKGROUPS), (Queue::User, USERS)];
    let by_name = |(kind, table)| Some(queue(kind, &world.tables.id(table, name)?));
    let by_extension = |(kind, table)| {
        let mut items = world.tables.items(table);
        let (id, _) = items.find(|(_, item)| item["extension"] == name)?;
        Some(queue(kind, id))
    };
    let found = kinds.into_iter().find_map(by_name);
    match found.or_else(|| kinds.into_iter().find_map(by_extension)) {
        Some(queue) => Ok(Target::Queue(queue)),
        None if is_number(name) => Ok(Target::Outside),
        None => {
            let problem = format!("there is no workgroup, user or extension {name}");
            Err(Refusal::invalid("target", &problem))
        }
    }
}

/// Returns true if a text can be dialled.
fn is_number(text: &str) -> bool {
    let is_sip = text.contains('@');
    let mut all = text.chars();
    let fits = all.all(|letter| letter.is_ascii_digit() || "+*#-.()/ ".contains(letter));
    is_sip || fits && text.contains(|letter: char| letter.is_ascii_digit())
}
