//! Notifications of handlers, the programs on a server.

use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call};
use crate::refusal::Refusal;
use crate::topics::Subject;
use crate::world::World;

pub(super) const HANDLERS: &[(&str, Handler)] = &[("system.sendHandlerNotification", notify)];

/// The handlers of this server send every notification back to those who watch for
/// it.
fn notify(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let given = call.body.clone();
    send(call.world, &given);
    Ok(Answer::done())
}

/// Sends a notification of a handler to those who watch for it. Returns how many
/// subjects were meant.
pub(crate) fn send(world: &mut World, notification: &Value) -> usize {
    let event = (
        "system.subscribeHandlerNotifications",
        "handlerSentNotificationMessage",
    );
    let of = |name: &str| {
        notification
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (object, event_id) = (of("objectId"), of("eventId"));
    let properties = json!({
        "objectId": object,
        "eventId": event_id,
        "data": notification.get("data").cloned().unwrap_or_else(|| json!([])),
    });
    world.tell(event, &properties, |subject| {
        watches(subject, object, event_id)
    })
}

fn watches(subject: &Subject, object: &str, event: &str) -> bool {
    let headers = subject.body.get("headers").and_then(Value::as_array);
    headers.into_iter().flatten().any(|header| {
        let own = header.get("objectId").and_then(Value::as_str);
        own.is_some_and(|own| own.eq_ignore_ascii_case(object))
            && super::call::texts(header, "eventIds").contains(&event)
    })
}
