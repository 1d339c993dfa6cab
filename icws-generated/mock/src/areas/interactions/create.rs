//! New interactions.

use std::collections::BTreeMap;

use icws_generated::interactions::callback::CallbackState;
use serde_json::{Value, json};

use super::target::{known_queue, known_user};
use super::{INTERACTIONS, Queue, chats, queue};
use crate::Callback;
use crate::areas::call::{Answer, Call};
use crate::areas::people::WORKGROUPS;
use crate::refusal::Refusal;
use crate::world::World;
use crate::world::interaction::{
    ALERTING, CONNECTED, OFFERING, REMOTE_ID, REMOTE_NAME, attribute, begun, set_attribute,
    set_callback, set_queues,
};

/// Makes what the body describes.
pub(super) fn create(request: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = request
        .text("__type")
        .ok_or_else(|| Refusal::missing("__type"))?;
    let kind = kind.rsplit(':').next().unwrap_or_default().to_owned();
    let id = request.world.new_interaction_id();
    match kind.as_str() {
        "createCallbackParameters" => callback(request, &id)?,
        "createCallbackResponseCallParameters" => response_call(request, &id)?,
        "createChatParameters" => chat(request, &id)?,
        "createGenericInteractionParameters" => {
            let target = request.body.get("queueId").cloned().unwrap_or_default();
            let target = known_queue(request.world, "queueId", &target)?;
            put(request, &id, "Generic Object", OFFERING, vec![target]);
        }
        "createCallParameters" => {
            let own = vec![queue(Queue::User, &request.user)];
            put(request, &id, "Call", CONNECTED, own);
        }
        _ => {
            let own = vec![queue(Queue::User, &request.user)];
            put(request, &id, "", CONNECTED, own);
        }
    }
    Ok(Answer::body(json!({ "interactionId": id })))
}

/// The attributes that the request gives.
fn attributes(request: &Call<'_>) -> BTreeMap<String, String> {
    let given = request
        .body
        .get("additionalAttributes")
        .and_then(Value::as_object);
    let given = given.into_iter().flatten();
    given
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// Puts an interaction of a medium into the world.
fn put(request: &mut Call<'_>, id: &str, medium: &str, state: &str, queues: Vec<Value>) {
    let mut item = begun(medium, state, &attributes(request));
    let remote = request.text("target").or_else(|| request.text("remoteId"));
    if let Some(remote) = remote.filter(|_| attribute(&item, REMOTE_ID).is_none()) {
        set_attribute(&mut item, REMOTE_ID, remote);
    }
    set_queues(&mut item, queues);
    request.world.put(INTERACTIONS, id, item);
}

fn callback(request: &mut Call<'_>, id: &str) -> Result<(), Refusal> {
    let text = |name: &str| request.text(name).unwrap_or_default();
    let mut callback = Callback::new(text("target"), text("subject"));
    if let Some(name) = request.text("name") {
        callback = callback.name(name);
    }
    for (name, value) in attributes(request) {
        callback = callback.attribute(name, value);
    }
    let target = request.body.get("targetQueue");
    let target = target.filter(|queue| queue.is_object());
    let target = target.map(|queue| known_queue(request.world, "targetQueue", queue));
    let target = target.transpose()?;
    create_callback(request.world, id, callback, target);
    Ok(())
}

/// Puts a callback into the world, on this queue, or that of its workgroup.
pub(crate) fn create_callback(
    world: &mut World,
    id: &str,
    callback: Callback,
    target: Option<Value>,
) {
    let (mut state, attributes, workgroup) = callback.into_parts();
    let workgroup = workgroup.map(|name| {
        let known = world.tables.id(WORKGROUPS, &name);
        queue(Queue::Workgroup, &known.unwrap_or(name))
    });
    id.clone_into(&mut state.interaction_id);
    let mut item = begun("Callback", OFFERING, &attributes);
    set_callback(&mut item, &state);
    set_queues(&mut item, target.or(workgroup).into_iter().collect());
    world.put(INTERACTIONS, id, item);
}

/// The call that answers a callback.
fn response_call(request: &mut Call<'_>, id: &str) -> Result<(), Refusal> {
    let parent = request
        .text("parentInteractionId")
        .unwrap_or_default()
        .to_owned();
    let answered = request.world.change_callback(&parent, |callback| {
        callback.associated_call_id = Some(id.to_owned());
        count_attempt(callback);
    });
    if !answered {
        let problem = format!("there is no callback {parent}");
        return Err(Refusal::invalid("parentInteractionId", &problem));
    }
    let own = vec![queue(Queue::User, &request.user)];
    put(request, id, "Call", ALERTING, own);
    Ok(())
}

pub(super) fn count_attempt(callback: &mut CallbackState) {
    let attempts = callback.attempts.unwrap_or_default();
    callback.attempts = Some(attempts.saturating_add(1));
}

fn chat(request: &mut Call<'_>, id: &str) -> Result<(), Refusal> {
    let target = request.text("target").unwrap_or_default();
    let target = known_user(request.world, "target", target)?;
    let user = request.user.clone();
    let queues = vec![queue(Queue::User, &user), queue(Queue::User, &target)];
    put(request, id, "Chat", CONNECTED, queues);
    let members = [
        chats::member(request.world, &user),
        chats::member(request.world, &target),
    ];
    chats::begin(request.world, id, &members);
    Ok(())
}

/// A call that comes in.
pub(crate) struct NewCall<'c> {
    /// The number that calls.
    pub remote: &'c str,
    pub name: &'c str,
    /// The workgroup whose queue it is on.
    pub workgroup: &'c str,
    /// The user whom it alerts, if it does.
    pub user: Option<&'c str>,
    /// The medium, `Call` say.
    pub medium: &'c str,
}

/// Puts a call into the world.
pub(crate) fn new_call(world: &mut World, id: &str, call: &NewCall<'_>) {
    let state = if call.user.is_some() {
        ALERTING
    } else {
        OFFERING
    };
    let attributes = [(REMOTE_ID, call.remote), (REMOTE_NAME, call.name)];
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut item = begun(call.medium, state, &BTreeMap::from(attributes));
    let workgroup = queue(Queue::Workgroup, call.workgroup);
    let user = call.user.map(|user| queue(Queue::User, user));
    set_queues(&mut item, [workgroup].into_iter().chain(user).collect());
    world.put(INTERACTIONS, id, item);
    if call.medium == "Chat" {
        let remote = chats::visitor(world, call.name);
        chats::begin(world, id, &[remote]);
    }
}
