//! What users do with interactions.

use serde_json::Value;

use super::target::{Target, target};
use super::{INTERACTIONS, Queue, chats, is_same, known, number, queue, set_attribute};
use crate::areas::call::{Answer, Call};
use crate::refusal::Refusal;
use crate::world::interaction::{
    ALERTING, CONNECTED, DISCONNECTED, HELD, MEDIUM, MUTED, OFFERING, PARKED, STATE, VOICEMAIL,
    attribute, is_of_user, is_up, place, queues, set_queues, users,
};
use crate::world::{Item, World};

/// So many interactions that have ended are kept.
const ENDED: usize = 1_000;

/// The interaction of a request, which has not ended.
pub(super) fn open(call: &Call<'_>) -> Result<(String, Item), Refusal> {
    let (id, item) = known(call)?;
    if attribute(&item, STATE) == Some(DISCONNECTED) {
        return Err(Refusal::bad_request(format!(
            "The interaction {id} has ended."
        )));
    }
    Ok((id, item))
}

/// Changes the interaction of a request.
fn change(call: &mut Call<'_>, change: impl FnOnce(&mut Value)) -> Result<Answer, Refusal> {
    let (id, _) = open(call)?;
    call.world.change(INTERACTIONS, &id, change);
    Ok(Answer::done())
}

/// Sets an attribute to `1` or `0`, as a property of the body says.
pub(super) fn mark(call: &mut Call<'_>, name: &str, property: &str) -> Result<Answer, Refusal> {
    let value = if call.flag(property) { "1" } else { "0" };
    change(call, |item| set_attribute(item, name, value))
}

/// Keeps a text of the body as an attribute.
pub(super) fn keep(call: &mut Call<'_>, name: &str, property: &str) -> Result<Answer, Refusal> {
    let value = call.text(property).unwrap_or_default().to_owned();
    change(call, |item| set_attribute(item, name, &value))
}

/// Nothing of the interaction changes.
pub(super) fn known_only(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    change(call, |_| {})
}

/// The numbers of `securePauseType`: all but the last pause.
const RESUME: i64 = 4;

pub(super) fn secure_pause(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let pauses = number(call.body.get("securePauseType")) != Some(RESUME);
    let value = if pauses { "1" } else { "0" };
    change(call, |item| set_attribute(item, "Mock_SecurePaused", value))
}

pub(super) fn hold(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = had(call)?;
    let on = call.flag("on");
    set_held(call.world, &id, on);
    Ok(Answer::done())
}

pub(super) fn mute(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = had(call)?;
    let on = call.flag("on");
    set_muted(call.world, &id, on);
    Ok(Answer::done())
}

/// The interaction of a request, which does not wait for somebody to pick it up.
fn had(call: &Call<'_>) -> Result<String, Refusal> {
    let (id, item) = open(call)?;
    match waits(&item) {
        false => Ok(id),
        true => Err(Refusal::bad_request(format!(
            "Nobody has picked the interaction {id} up."
        ))),
    }
}

/// Returns true if nobody has an interaction. Of one without a state nothing is known.
fn waits(item: &Value) -> bool {
    attribute(item, STATE).is_some() && !is_up(item)
}

/// Returns true if there is such an interaction, and nobody has it.
pub(crate) fn is_waiting(world: &World, id: &str) -> bool {
    let item = world.tables.get(INTERACTIONS, id);
    item.is_some_and(|item| waits(item))
}

/// Changes an interaction that has not ended. Returns false if there is none.
fn change_open(world: &mut World, id: &str, change: impl FnOnce(&mut Value)) -> bool {
    let has_ended = has_ended(world, id);
    !has_ended && world.change(INTERACTIONS, id, change).is_some()
}

/// Returns true if there is such an interaction, and it has ended.
pub(crate) fn has_ended(world: &World, id: &str) -> bool {
    let item = world.tables.get(INTERACTIONS, id);
    item.is_some_and(|item| attribute(item, STATE) == Some(DISCONNECTED))
}

/// An interaction is held, or goes on. Returns false if there is none, or nobody has it.
pub(crate) fn set_held(world: &mut World, id: &str, held: bool) -> bool {
    let state = if held { HELD } else { CONNECTED };
    !is_waiting(world, id) && change_open(world, id, |item| set_attribute(item, STATE, state))
}

/// Whoever has an interaction is heard no more, or again. Returns false if there is none, or
/// nobody has it.
pub(crate) fn set_muted(world: &mut World, id: &str, muted: bool) -> bool {
    let value = if muted { "1" } else { "0" };
    !is_waiting(world, id) && change_open(world, id, |item| set_attribute(item, MUTED, value))
}

/// The interaction is connected, and on the queue of the session's user too.
pub(super) fn pick_up_own(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, _) = open(call)?;
    let user = call.user.clone();
    pick_up(call.world, &id, &user);
    Ok(Answer::done())
}

/// A user picks an interaction up, and takes part in it if it is a chat. Returns false if
/// there is none, or it has ended.
pub(crate) fn pick_up(world: &mut World, id: &str, user: &str) -> bool {
    let item = world.tables.get(INTERACTIONS, id);
    let is_new =
        item.is_some_and(|item| item.get(chats::CHAT).is_some() && !chats::has(item, user));
    let member = is_new.then(|| chats::member(world, user));
    change_open(world, id, |item| {
        picked_up(item, user);
        if let Some(member) = member {
            chats::join(item, &member);
        }
    })
}

fn picked_up(item: &mut Value, user: &str) {
    let own = queue(Queue::User, user);
    let mut all = queues(item).to_vec();
    // Whoever had it has it no longer.
    all.retain(|queue| !is_of_user(queue));
    all.push(own);
    place(item, CONNECTED, all);
}

/// Takes all interactions off a queue that is there no more. One that a user had waits on
/// the queue of its workgroup again; one that is on no other queue ends.
pub(crate) fn release(world: &mut World, queue: &Value) {
    let user = queue["queueName"].as_str().filter(|_| is_of_user(queue));
    let ids = world.tables.ids(INTERACTIONS, |_, item| {
        let is_there = queues(item).iter().any(|known| is_same(known, queue));
        is_there || user.is_some_and(|user| chats::has(item, user))
    });
    world.together(INTERACTIONS, |world| {
        for id in ids {
            let is_left = world.change(INTERACTIONS, &id, |item| taken_off(item, queue));
            if is_left == Some(true) {
                end(world, &id);
            }
        }
    });
}

/// Takes an interaction off a queue; whether it is on no other then.
fn taken_off(item: &mut Value, queue: &Value) -> bool {
    let mut rest = queues(item).to_vec();
    rest.retain(|known| !is_same(known, queue));
    let was_there = rest.len() < queues(item).len();
    let (is_left, is_had) = (rest.is_empty(), rest.iter().any(is_of_user));
    if is_of_user(queue) {
        chats::leave(item, queue["queueName"].as_str().unwrap_or_default());
    }
    // One that is left is about to end, and tells where it was.
    match was_there && !is_left {
        true if is_of_user(queue) && !is_had => place(item, OFFERING, rest),
        true => set_queues(item, rest),
        false => {}
    }
    was_there && is_left
}

/// Returns true if a user is on a call, which may be held.
pub(crate) fn is_on_phone(world: &World, user: &str) -> bool {
    let mut all = world.tables.items(INTERACTIONS);
    all.any(|(_, item)| {
        let is_had = || users(item).any(|own| own == user);
        is_up(item) && attribute(item, MEDIUM) == Some("Call") && is_had()
    })
}

/// Puts an interaction on a queue and no other, where it waits, or alerts a user.
/// Returns false if there is none, or it has ended.
pub(crate) fn send_to(world: &mut World, id: &str, target: &Value) -> bool {
    change_open(world, id, |item| sent(item, target))
}

fn sent(item: &mut Value, target: &Value) {
    let state = if is_of_user(target) {
        ALERTING
    } else {
        OFFERING
    };
    place(item, state, vec![target.clone()]);
}

/// What goes to a number outside of the system is on no queue any more: it has ended for
/// this server.
pub(super) fn transfer(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    match target(call)? {
        Target::Queue(queue) => change(call, |item| sent(item, &queue)),
        Target::Outside => {
            open(call)?;
            disconnect(call)
        }
    }
}

pub(super) fn park(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let Target::Queue(queue) = target(call)? else {
        return Err(Refusal::invalid("target", "nothing can wait outside"));
    };
    change(call, |item| place(item, PARKED, vec![queue]))
}

pub(super) fn voicemail(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    change(call, |item| place(item, VOICEMAIL, Vec::new()))
}

pub(super) fn disconnect(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, _) = known(call)?;
    end(call.world, &id);
    Ok(Answer::done())
}

/// Ends an interaction: it is on no queue any more, and can be read until many others
/// have ended. Returns false if there is none.
pub(crate) fn end(world: &mut World, id: &str) -> bool {
    let ended = world.change(INTERACTIONS, id, |item| {
        place(item, DISCONNECTED, Vec::new());
    });
    if ended.is_none() {
        return false;
    }
    // One that ends twice is one of those that have ended.
    if !world.ended.iter().any(|known| known == id) {
        world.ended.push_back(id.to_owned());
    }
    while world.ended.len() > ENDED {
        if let Some(oldest) = world.ended.pop_front() {
            world.deallocate(&oldest);
        }
    }
    true
}
