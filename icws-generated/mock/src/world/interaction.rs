//! Interactions, as items of their table: attributes, the queues they are on, and
//! what their medium has besides.

use std::collections::BTreeMap;

use icws_generated::interactions::callback::CallbackState;
use icws_generated::runtime::DeltaState;
use serde_json::{Value, json};

use super::set_property;
use crate::modelled::times::now;

/// The name of the table.
pub(crate) const INTERACTIONS: &str = "interactions";

/// Names of attributes that the server sets itself.
pub(crate) const STATE: &str = "Eic_State";
pub(crate) const REMOTE_ID: &str = "Eic_RemoteId";
pub(crate) const REMOTE_NAME: &str = "Eic_RemoteName";
pub(crate) const MUTED: &str = "Eic_Muted";
const USER: &str = "Eic_UserName";
const WORKGROUP: &str = "Eic_WorkgroupName";
pub(crate) const MEDIUM: &str = "Eic_ObjectType";
const INITIATION: &str = "Eic_InitiationTime";

/// The values of the attribute with the state. No source tells them; the letters are
/// this server's choice.
pub(crate) const ALERTING: &str = "A";
pub(crate) const CONNECTED: &str = "C";
pub(crate) const HELD: &str = "H";
pub(crate) const DISCONNECTED: &str = "I";
pub(crate) const VOICEMAIL: &str = "M";
pub(crate) const OFFERING: &str = "O";
pub(crate) const PARKED: &str = "P";

pub(crate) const ATTRIBUTES: &str = "attributes";
pub(crate) const CALLBACK: &str = "callback";
const DENIED: &str = "denied";
pub(crate) const QUEUES: &str = "queues";

/// An interaction with these attributes, on no queue.
pub(crate) fn interaction(attributes: &BTreeMap<String, String>) -> Value {
    json!({ ATTRIBUTES: attributes, QUEUES: [] })
}

/// An interaction of a medium that begins now, in a state, with what else is given of it.
pub(crate) fn begun(medium: &str, state: &str, attributes: &BTreeMap<String, String>) -> Value {
    let mut item = interaction(attributes);
    for (name, value) in [(STATE, state), (MEDIUM, medium), (INITIATION, &*now())] {
        if !value.is_empty() && attribute(&item, name).is_none() {
            set_attribute(&mut item, name, value);
        }
    }
    item
}

/// The callback of an interaction that is one.
pub(crate) fn callback_of(item: &Value) -> Option<CallbackState> {
    let state = item.get(CALLBACK)?.to_string();
    CallbackState::from_json(state.as_bytes()).ok()
}

/// Sets what is known of a callback, and keeps the attributes of the number to call and of
/// who asked for it in step.
pub(crate) fn set_callback(item: &mut Value, state: &CallbackState) {
    let known = callback_of(item).and_then(|known| known.name);
    if known != state.name {
        set_attribute(item, REMOTE_NAME, state.name.as_deref().unwrap_or_default());
    }
    let callback: Value = serde_json::from_slice(&state.to_json()).unwrap_or_default();
    set_property(item, CALLBACK, callback);
    set_attribute(item, REMOTE_ID, &state.target);
}

/// The value of an attribute, whose name may be in any case.
pub(crate) fn attribute<'a>(item: &'a Value, name: &str) -> Option<&'a str> {
    let mut attributes = item.get(ATTRIBUTES)?.as_object()?.iter();
    let found = attributes.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.and_then(|(_, value)| value.as_str())
}

/// Sets an attribute; one that is there keeps its spelling.
pub(crate) fn set_attribute(item: &mut Value, name: &str, value: &str) {
    let Some(attributes) = item.get_mut(ATTRIBUTES).and_then(Value::as_object_mut) else {
        return;
    };
    let known = attributes
        .keys()
        .find(|known| known.eq_ignore_ascii_case(name));
    let name = known.cloned().unwrap_or_else(|| name.to_owned());
    attributes.insert(name, value.into());
}

/// The attributes that are asked for, in any case; all when none are named. What the
/// interaction does not have is left out.
pub(crate) fn select<N: AsRef<str>>(item: &Value, names: &[N]) -> Value {
    let asked = |key: &str| {
        let mut names = names.iter().map(AsRef::as_ref);
        names.any(|name| name == "*" || name.eq_ignore_ascii_case(key))
    };
    let attributes = item.get(ATTRIBUTES).and_then(Value::as_object);
    let attributes = attributes.into_iter().flatten();
    let chosen = attributes.filter(|(key, _)| names.is_empty() || asked(key));
    Value::Object(
        chosen
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

/// Whether users have no rights to it.
pub(crate) fn is_denied(item: &Value) -> bool {
    item.get(DENIED) == Some(&Value::Bool(true))
}

pub(crate) fn set_denied(item: &mut Value, denied: bool) {
    set_property(item, DENIED, denied);
}

/// The queues that it is on: objects with `queueType` and `queueName`.
pub(crate) fn queues(item: &Value) -> &[Value] {
    item.get(QUEUES)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The users on whose queues it is.
pub(crate) fn users(item: &Value) -> impl Iterator<Item = &str> {
    let own = queues(item).iter().filter(|queue| is_of_user(queue));
    own.filter_map(|queue| queue["queueName"].as_str())
}

/// Returns true if a queue is that of a user.
pub(crate) fn is_of_user(queue: &Value) -> bool {
    number(queue.get("queueType")) == Some(Queue::User as i64)
}

/// Returns true if a queue is that of a workgroup.
pub(crate) fn is_of_workgroup(queue: &Value) -> bool {
    number(queue.get("queueType")) == Some(Queue::Workgroup as i64)
}

/// The numbers of `queueType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Queue {
    User = 1,
    Workgroup = 2,
}

/// The name of a queue: of a user, a workgroup and so on.
pub(crate) fn queue(kind: Queue, name: &str) -> Value {
    json!({ "queueType": kind as i64, "queueName": name })
}

/// A number, which may stand in quotes.
pub(crate) fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::String(text) => text.parse().ok(),
        other => other.as_i64(),
    }
}

/// Puts it on these queues and no others, where it is in a state.
pub(crate) fn place(item: &mut Value, state: &str, queues: Vec<Value>) {
    set_attribute(item, STATE, state);
    set_queues(item, queues);
}

/// Puts it on these queues and no others. What its attributes say of where it is, and with
/// whom, follows. One that has ended tells where it was.
pub(crate) fn set_queues(item: &mut Value, queues: Vec<Value>) {
    set_property(item, QUEUES, queues);
    if attribute(item, STATE) == Some(DISCONNECTED) {
        return;
    }
    let user = users(item).next().filter(|_| is_up(item));
    let user = user.unwrap_or_default().to_owned();
    let mut all = self::queues(item).iter();
    let workgroup = all.find(|queue| is_of_workgroup(queue));
    let workgroup = workgroup.and_then(|queue| queue["queueName"].as_str());
    let workgroup = workgroup.unwrap_or_default().to_owned();
    // Whoever has muted it has it no longer.
    if attribute(item, MUTED).is_some() && (user.is_empty() || is_otherwise(item, USER, &user)) {
        set_attribute(item, MUTED, "0");
    }
    for (name, value) in [(USER, user), (WORKGROUP, workgroup)] {
        if is_otherwise(item, name, &value) {
            set_attribute(item, name, &value);
        }
    }
}

/// Returns true if an attribute has another value. One that is not there is empty.
fn is_otherwise(item: &Value, name: &str, value: &str) -> bool {
    attribute(item, name).unwrap_or_default() != value
}

/// Returns true if somebody has it, who may hold it.
pub(crate) fn is_up(item: &Value) -> bool {
    attribute(item, STATE).is_some_and(|state| [CONNECTED, HELD].contains(&state))
}
