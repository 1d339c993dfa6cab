//! Callbacks and other interactions, over HTTP.

use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value};

use crate::areas::people::WORKGROUPS;
use crate::callback::Callback;
use crate::control::Control;
use crate::world::interaction::INTERACTIONS;
use icws_generated::interactions::callback::CallbackState;

use super::fields::Fields;
use super::{Problem, found, known, unknown};

pub(super) fn callbacks(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    match (request.method().as_str(), pieces) {
        ("GET", []) => Ok(Some(control.callbacks().iter().map(shown).collect())),
        ("POST", []) => create(control, Fields::read(request.body())?).map(Some),
        ("GET", [id]) => match control.callback(id) {
            Some(callback) => Ok(Some(shown(&callback))),
            None => found(false, "callback", id),
        },
        ("PATCH", [id]) => change(control, id, Fields::read(request.body())?),
        (_, [] | [_]) => Err(Problem::MethodNotAllowed),
        _ => Err(unknown()),
    }
}

pub(super) fn interactions(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    match (request.method().as_str(), pieces) {
        ("POST", []) => {
            let mut fields = Fields::read(request.body())?;
            let id = fields.required_text("interactionId")?;
            fields.finish()?;
            unused(control, &id)?;
            control.create_interaction(&id);
            Ok(None)
        }
        ("PATCH", [id]) => {
            let mut fields = Fields::read(request.body())?;
            let attributes = fields.texts("attributes")?;
            let denied = fields.boolean("denied")?;
            fields.finish()?;
            let mut known = control.set_attributes(id, &attributes);
            if let Some(denied) = denied {
                known = control.set_denied(id, denied);
            }
            found(known, "interaction", id)
        }
        ("DELETE", [id]) => found(control.deallocate(id), "interaction", id),
        (_, [] | [_]) => Err(Problem::MethodNotAllowed),
        _ => Err(unknown()),
    }
}

fn create(control: &Control, mut fields: Fields) -> Result<Value, Problem> {
    let id = fields.text("interactionId")?;
    let target = fields.required_text("target")?;
    let subject = fields.required_text("subject")?;
    let mut callback = Callback::new(target, subject);
    patch(&mut fields, callback.state_mut())?;
    for (name, value) in fields.texts("attributes")? {
        callback = callback.attribute(name, value);
    }
    let workgroup = fields.text("workgroup")?;
    fields.finish()?;
    if let Some(workgroup) = workgroup {
        known(control, WORKGROUPS, "workgroup", &workgroup)?;
        callback = callback.workgroup(workgroup);
    }
    let id = match id {
        Some(id) => {
            unused(control, &id)?;
            control.create_callback_with_id(&id, callback);
            id
        }
        None => control.create_callback(callback),
    };
    Ok(serde_json::json!({ "interactionId": id }))
}

/// Refuses the id of an interaction that there is, which would be lost.
fn unused(control: &Control, id: &str) -> Result<(), Problem> {
    match control.item(INTERACTIONS, id) {
        Some(_) => Err(Problem::Conflict(format!(
            "There is an interaction {id} already."
        ))),
        None => Ok(()),
    }
}

/// Changes a callback by all that is given, or not at all.
fn change(control: &Control, id: &str, mut fields: Fields) -> Result<Option<Value>, Problem> {
    let mut outcome = Ok(None);
    let known = control.change(id, |callback| {
        let mut changed = callback.clone();
        outcome = patch(&mut fields, &mut changed).and_then(|()| fields.finish());
        if outcome.is_ok() {
            *callback = changed;
        }
    });
    outcome.and_then(|_| found(known, "callback", id))
}

/// Changes what is given.
fn patch(fields: &mut Fields, callback: &mut CallbackState) -> Result<(), Problem> {
    if let Some(target) = fields.text("target")? {
        callback.target = target;
    }
    if let Some(subject) = fields.text("subject")? {
        callback.subject = subject;
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let count = |value: &Value| value.as_i64().and_then(|count| i32::try_from(count).ok());
    let whole = "a whole number of 32 bits";
    fields.patch("name", "a string", text, &mut callback.name)?;
    fields.patch("attempts", whole, count, &mut callback.attempts)?;
    fields.patch("maxAttempts", whole, count, &mut callback.max_attempts)?;
    fields.patch(
        "associatedCallId",
        "a string",
        text,
        &mut callback.associated_call_id,
    )?;
    fields.patch(
        "snoozed",
        "a boolean",
        Value::as_bool,
        &mut callback.snoozed,
    )
}

/// As in a full `callbackMessage`.
fn shown(callback: &CallbackState) -> Value {
    let values: [(&str, Option<Value>); 8] = [
        (
            "interactionId",
            Some(callback.interaction_id.clone().into()),
        ),
        ("target", Some(callback.target.clone().into())),
        ("name", callback.name.clone().map(Value::from)),
        ("subject", Some(callback.subject.clone().into())),
        ("attempts", callback.attempts.map(Value::from)),
        ("maxAttempts", callback.max_attempts.map(Value::from)),
        (
            "associatedCallId",
            callback.associated_call_id.clone().map(Value::from),
        ),
        ("snoozed", callback.snoozed.map(Value::from)),
    ];
    let there = values
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}
