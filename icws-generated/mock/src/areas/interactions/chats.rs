//! Chats: who takes part, and what was written.

use serde_json::{Value, json};

use super::{INTERACTIONS, actions};
use crate::areas::call::{Answer, Call};
use crate::areas::people;
use crate::modelled::times::now;
use crate::refusal::Refusal;
use crate::topics::Subject;
use crate::world::{World, set_property};

/// The property of an interaction with what a chat has besides.
pub(crate) const CHAT: &str = "chat";

/// Whether a member types.
const TYPING: &str = "isTyping";

/// So many texts of a chat are kept at most.
const TEXTS: usize = 1_000;

/// The numbers of `chatMemberType`.
const INTERNAL: i64 = 3;
const EXTERNAL: i64 = 4;

/// A user who takes part in a chat.
pub(super) fn member(world: &mut World, user: &str) -> Value {
    let name = people::name_of(world, user);
    described(world, user, &name, INTERNAL)
}

/// Somebody from outside who takes part in a chat.
pub(super) fn visitor(world: &mut World, name: &str) -> Value {
    described(world, "", name, EXTERNAL)
}

fn described(world: &mut World, user: &str, name: &str, kind: i64) -> Value {
    let own = world.new_interaction_id();
    json!({ "chatMemberType": kind, "displayName": name, "interactionId": own, "userId": user })
}

/// Makes a chat of an interaction.
pub(super) fn begin(world: &mut World, id: &str, members: &[Value]) {
    let members: Vec<Value> = members.iter().map(full).collect();
    world.change(INTERACTIONS, id, |item| {
        set_property(item, CHAT, json!({ "members": members, "texts": [] }));
    });
}

/// A member as messages about members have it.
fn full(member: &Value) -> Value {
    let mut full = member.clone();
    full["__type"] = json!("urn:inin.com:interactions.chat:fullChatMember");
    full[TYPING] = json!(false);
    full
}

pub(super) fn members(_: &Subject, item: &Value) -> Value {
    json!({ "membersAdded": item[CHAT]["members"] })
}

pub(super) fn texts(_: &Subject, item: &Value) -> Value {
    json!({ "messagesAdded": item[CHAT]["texts"] })
}

/// Returns true if a user is a member of the chat that an interaction is.
pub(super) fn has(item: &Value, user: &str) -> bool {
    let members = item.get(CHAT).and_then(|chat| chat["members"].as_array());
    members.is_some_and(|members| members.iter().any(|known| known["userId"] == json!(user)))
}

/// The members of the chat that an interaction is.
fn members_of(item: &mut Value) -> Option<&mut Vec<Value>> {
    item.get_mut(CHAT)?.get_mut("members")?.as_array_mut()
}

/// A user is a member no more.
pub(super) fn leave(item: &mut Value, user: &str) {
    if let Some(members) = members_of(item) {
        members.retain(|known| known["userId"] != json!(user));
    }
}

/// The chat of a request, which goes on.
fn open(call: &Call<'_>) -> Result<String, Refusal> {
    let (id, item) = actions::open(call)?;
    match item.get(CHAT) {
        Some(_) => Ok(id),
        None => Err(Refusal::bad_request(format!(
            "The interaction {id} is not a chat."
        ))),
    }
}

/// Whoever joins a chat, if it is one.
pub(super) fn join(item: &mut Value, member: &Value) {
    if let Some(members) = members_of(item) {
        members.push(full(member));
    }
}

/// The session's user writes a text, and is a member from then on.
pub(super) fn send(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = open(call)?;
    let text = call.text("text").unwrap_or_default().to_owned();
    let is_over = call.flag("clearTypingIndicator");
    let user = call.user.clone();
    act(call.world, &id, &user, |chat, member| {
        if is_over {
            set_property(member, TYPING, false);
        }
        add(chat, member, &text)
    });
    Ok(Answer::done())
}

/// The session's user types, or no more.
pub(super) fn set_typing(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = open(call)?;
    let on = call.flag("on");
    let user = call.user.clone();
    act(call.world, &id, &user, |_, member| {
        set_property(member, TYPING, on);
        Some(())
    });
    Ok(Answer::done())
}

/// Somebody writes a text into a chat, and does not type any more: a user, or who came from
/// outside, by name. Returns false if there is no such chat, or it has ended.
pub(crate) fn write(world: &mut World, id: &str, who: &str, text: &str) -> bool {
    let has_ended = actions::has_ended(world, id);
    !has_ended
        && act(world, id, who, |chat, member| {
            set_property(member, TYPING, false);
            add(chat, member, text)
        })
}

/// Somebody does something in a chat, and is a member from then on. Returns false if there
/// is no such chat.
fn act(
    world: &mut World,
    id: &str,
    who: &str,
    act: impl FnOnce(&mut Value, &mut Value) -> Option<()>,
) -> bool {
    let is_user = world.tables.get(people::USERS, who).is_some();
    let new = match is_user {
        true => member(world, who),
        false => visitor(world, who),
    };
    let done = world.change(INTERACTIONS, id, |item| {
        let chat = item.get_mut(CHAT)?;
        let known = chat.get_mut("members")?.as_array_mut()?;
        let key = if is_user { "userId" } else { "displayName" };
        let is_own = |known: &Value| known[key] == json!(who);
        let place = known.iter().position(is_own).unwrap_or(known.len());
        let mut own = known.get(place).cloned().unwrap_or_else(|| full(&new));
        act(chat, &mut own)?;
        let known = chat.get_mut("members")?.as_array_mut()?;
        match known.get_mut(place) {
            Some(known) => *known = own,
            None => known.push(own),
        }
        Some(())
    });
    done.flatten().is_some()
}

/// Adds a text of a member.
fn add(chat: &mut Value, member: &Value, text: &str) -> Option<()> {
    let mut member = member.clone();
    if let Some(member) = member.as_object_mut() {
        member.remove(TYPING);
        member.remove("__type");
    }
    let text = json!({ "chatMember": member, "text": text, "timestamp": now(), "messageType": 0 });
    let texts = chat.get_mut("texts")?.as_array_mut()?;
    // Many at once: that the first are gone takes a full message to tell.
    if texts.len() >= TEXTS {
        texts.drain(..=TEXTS / 2);
    }
    texts.push(text);
    Some(())
}
