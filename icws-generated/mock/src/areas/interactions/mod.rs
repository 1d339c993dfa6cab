//! Interactions: made, changed, moved from queue to queue, and ended.

pub(crate) mod actions;
pub(crate) mod chats;
mod create;
mod target;

use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call, texts};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::interaction::{
    CALLBACK, INTERACTIONS, attribute, callback_of, is_denied, queues, select, set_attribute,
};
use crate::world::{Item, is_same_name};

pub(crate) use crate::world::interaction::{Queue, number, queue};
pub(crate) use create::{NewCall, create_callback, new_call};

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("interactions.create", create::create),
    ("interactions.get", get),
    ("interactions.update", update),
    ("interactions.pickUp", actions::pick_up_own),
    ("interactions.hold", actions::hold),
    ("interactions.mute", actions::mute),
    ("interactions.record", |call| {
        actions::mark(call, "Mock_Recording", "on")
    }),
    ("interactions.pause", |call| {
        actions::mark(call, "Mock_RecordingPaused", "on")
    }),
    ("interactions.recordSnippet", |call| {
        actions::mark(call, "Mock_RecordingSnippet", "on")
    }),
    ("interactions.securePause", actions::secure_pause),
    ("interactions.listen", |call| {
        actions::mark(call, "Mock_Listening", "on")
    }),
    ("interactions.coach", |call| {
        actions::mark(call, "Mock_Coaching", "on")
    }),
    ("interactions.makePrivate", |call| {
        actions::mark(call, "Mock_Private", "on")
    }),
    ("interactions.sendDigits", |call| {
        actions::keep(call, "Mock_Digits", "dtmfDigits")
    }),
    ("interactions.playWav", |call| {
        actions::keep(call, "Mock_Played", "file")
    }),
    ("interactions.join", actions::known_only),
    ("interactions.inviteParty", actions::known_only),
    ("interactions.addWrapUpAssignment", |call| {
        actions::keep(call, "Mock_WrapUpCode", "code")
    }),
    ("interactions.disconnect", actions::disconnect),
    ("interactions.blindTransfer", actions::transfer),
    ("interactions.park", actions::park),
    ("interactions.sendToVoicemail", actions::voicemail),
    ("interactions.transferToVoicemail", actions::voicemail),
    ("interactions.callback.setDisposition", set_disposition),
    ("interactions.chat.sendMessage", chats::send),
    ("interactions.chat.setTypingIndicator", chats::set_typing),
];

/// The numbers of `appendMode`.
const APPEND: i64 = 1;
const APPEND_WITH_SEPARATOR: i64 = 2;
/// What stands between two values. No source tells what real servers put there.
const SEPARATOR: &str = ";";

/// The names of the dispositions of a callback, by their numbers.
const SUCCESS: i64 = 0;
const FAILURE: i64 = 1;
const RETRY: i64 = 2;

/// The interaction of a request, if there is one and the user has rights to it.
fn known(call: &Call<'_>) -> Result<(String, Item), Refusal> {
    let id = call.required("interactionId")?;
    let (id, item) = call.known(INTERACTIONS, &id, "interaction")?;
    if is_denied(&item) {
        return Err(Refusal::forbidden(&id));
    }
    Ok((id, item))
}

fn not_a_callback(id: &str) -> Refusal {
    Refusal::bad_request(format!("The interaction {id} is not a callback."))
}

/// Checks that the session may follow the interaction that a subscription names, if
/// it names one.
pub(super) fn may_follow(call: &Call<'_>, start: &str) -> Result<(), Refusal> {
    if call.parameter("interactionId").is_none() {
        return Ok(());
    }
    let (id, item) = known(call)?;
    match start {
        "interactions.callback.subscribe" if callback_of(&item).is_none() => {
            Err(not_a_callback(&id))
        }
        "interactions.chat.subscribe" if item.get(chats::CHAT).is_none() => Err(
            Refusal::bad_request(format!("The interaction {id} is not a chat.")),
        ),
        _ => Ok(()),
    }
}

fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (_, item) = known(call)?;
    let names = super::query::names(call.parameter("select"));
    Ok(Answer::body(json!({ "attributes": select(&item, &names) })))
}

/// No source tells the status; that of the actions beside it is 200.
fn update(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, _) = known(call)?;
    let between = match call.body.get("appendMode").filter(|mode| !mode.is_null()) {
        None => None,
        mode => Some(match number(mode) {
            Some(APPEND) => "",
            Some(APPEND_WITH_SEPARATOR) => SEPARATOR,
            _ => return Err(Refusal::invalid("appendMode", "it is none of its values")),
        }),
    };
    let given = call
        .body
        .get("attributes")
        .and_then(Value::as_object)
        .cloned();
    call.world.change(INTERACTIONS, &id, |item| {
        for (name, value) in given.unwrap_or_default() {
            let value = value.as_str().unwrap_or_default();
            let present = attribute(item, &name).filter(|present| !present.is_empty());
            match present.zip(between) {
                Some((present, between)) => {
                    let both = format!("{present}{between}{value}");
                    set_attribute(item, &name, &both);
                }
                None => set_attribute(item, &name, value),
            }
        }
    });
    Ok(Answer::status(200))
}

fn set_disposition(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, item) = known(call)?;
    if callback_of(&item).is_none() {
        return Err(not_a_callback(&id));
    }
    match number(call.body.get("disposition")) {
        Some(SUCCESS) => {
            call.world.deallocate(&id);
        }
        Some(FAILURE | RETRY) => {
            call.world.change_callback(&id, create::count_attempt);
        }
        other => {
            let other = other.unwrap_or_default();
            let problem = format!("{other} is none of its values");
            return Err(Refusal::invalid("disposition", &problem));
        }
    }
    Ok(Answer::status(204))
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    let id: fn(&Subject) -> String = |subject| subject.path.first().cloned().unwrap_or_default();
    Some(match message {
        "interactionChangedMessage" => Feed::one(INTERACTIONS, id, |subject, item| {
            let names = texts(&subject.body, "attributeNames");
            json!({ "attributes": select(item, &names) })
        }),
        "callbackMessage" => Feed::one(INTERACTIONS, id, |_, item| item[CALLBACK].clone()),
        "chatMembersMessage" => Feed::one(INTERACTIONS, id, chats::members),
        "chatContentsMessage" => Feed::one(INTERACTIONS, id, chats::texts),
        "queueContentsMessage" => Feed::items(INTERACTIONS, show_in_queue),
        _ => return None,
    })
}

/// An interaction on one of the queues that are followed, with the attributes that
/// are asked for.
fn show_in_queue(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let followed = subject.body.get("queueIds").and_then(Value::as_array)?;
    let is_there = queues(item)
        .iter()
        .any(|queue| followed.iter().any(|own| is_same(own, queue)));
    if !is_there || is_denied(item) {
        return None;
    }
    let names = texts(&subject.body, "attributeNames");
    Some(json!({ "interactionId": id, "attributes": select(item, &names) }))
}

/// Whether two names of a queue mean the same one.
fn is_same(one: &Value, other: &Value) -> bool {
    fn name(queue: &Value) -> Option<&str> {
        queue.get("queueName")?.as_str()
    }
    let kind = |queue: &Value| number(queue.get("queueType"));
    kind(one) == kind(other)
        && match (name(one), name(other)) {
            (Some(one), Some(other)) => is_same_name(one, other),
            (one, other) => one == other,
        }
}
