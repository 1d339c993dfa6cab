//! What a subscription is: which operations start and stop a stream of delta
//! messages, and what tells the subjects apart.

use crate::api::{Api, Location, Operation, RecordId, Supplier};

/// A stream of delta messages that a client can follow.
pub struct Subscription {
    /// The operation that starts it, by its position in [`Api::operations`].
    pub start: usize,
    /// The operation that stops it.
    pub stop: usize,
    /// The messages that follow.
    pub message: RecordId,
    /// The position of the parameter that has the key of the messages among those
    /// that the caller gives, where they have one.
    pub key: Option<usize>,
}

/// The subscriptions of all resources: the `PUT` of a resource is one where its
/// success is followed by messages that add up to a state, and its `DELETE` ends
/// it.
pub(super) fn subscriptions(api: &Api) -> Vec<Subscription> {
    let mut first = 0;
    let mut subscriptions = Vec::new();
    for resource in &api.resources {
        let method = |name: &str| {
            let mut all = resource.operations.iter().enumerate();
            all.find(|(_, operation)| operation.method == name)
        };
        if let (Some((put, start)), Some((delete, stop))) = (method("PUT"), method("DELETE"))
            && let Some(message) = delta_message(api, start)
            && let Some(key) = key(api, start, message)
            && stops_by_path(stop)
            && start.namespace == stop.namespace
        {
            subscriptions.push(Subscription {
                start: first + put,
                stop: first + delete,
                message,
                key,
            });
        }
        first += resource.operations.len();
    }
    subscriptions
}

/// The only message behind a success that says whether it is a delta. With two
/// of them it is not clear whose state is meant.
fn delta_message(api: &Api, start: &Operation) -> Option<RecordId> {
    let messages = start.successes().flat_map(|reply| &reply.messages);
    let mut deltas: Vec<RecordId> = messages
        .copied()
        .filter(|id| api[*id].delta().is_some())
        .collect();
    deltas.dedup();
    match deltas[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The position of the parameter that has the key of the messages, or `None`
/// within when they have no key; no subscription when messages have a key that
/// the request does not know. The two names may differ in case: `interactionId`
/// and `interactionID`.
fn key(api: &Api, start: &Operation, message: RecordId) -> Option<Option<usize>> {
    let message = &api[message];
    let key = message.delta()?.key;
    let Some(key) = key.and_then(|key| message.properties.get(key)) else {
        return Some(None);
    };
    let index = start.given().position(|(_, parameter)| {
        parameter.location == Location::Path && parameter.name.eq_ignore_ascii_case(&key.name)
    })?;
    Some(Some(index))
}

/// Whether the request that ends it can be made of the path of the one that
/// starts it.
fn stops_by_path(stop: &Operation) -> bool {
    let mut asked = stop.parameters.iter();
    stop.body.is_none()
        && asked.all(|parameter| {
            !parameter.required
                || parameter.supplier != Supplier::Caller
                || parameter.location == Location::Path
        })
}
