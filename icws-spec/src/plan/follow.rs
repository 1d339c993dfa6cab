//! What a subscription is: which operations start and stop a stream of messages,
//! what they add up to, and what tells the subjects apart.

use crate::api::{Api, Location, Operation, Record, RecordId, StandingFacts};

/// A stream of messages that a client can follow.
pub struct Subscription {
    /// The operation that starts it, by its position in [`Api::operations`].
    pub start: usize,
    /// The operation that stops it.
    pub stop: usize,
    /// The messages that follow.
    pub messages: Vec<Followed>,
    /// The position of the parameter that has the key of the messages among those
    /// that the caller gives, where they have one.
    pub key: Option<usize>,
}

/// A message that follows a subscription.
pub struct Followed {
    /// The message.
    pub record: RecordId,
    /// The position of the property that has the key of the subscription.
    pub key: Option<usize>,
    /// How it says how the subscription stands, if it does.
    pub standing: Option<StandingFacts>,
    /// Whether nothing follows it.
    pub ends: bool,
    /// Whether such messages add up to a state.
    pub has_state: bool,
}

impl Subscription {
    /// Returns the messages that add up to a state.
    pub fn states(&self) -> impl Iterator<Item = RecordId> {
        let messages = self.messages.iter();
        let states = messages.filter(|message| message.has_state);
        states.map(|message| message.record)
    }
}

/// So many messages of one subscription can have a state.
const STATES: usize = 2;

/// The subscriptions of all resources: the `PUT` of a resource is one where its
/// success is followed by messages, and its `DELETE` ends it.
pub(super) fn subscriptions(api: &Api) -> Vec<Subscription> {
    let mut first = 0;
    let mut subscriptions = Vec::new();
    for resource in &api.resources {
        let method = |name: &str| {
            let mut all = resource.operations.iter().enumerate();
            all.find(|(_, operation)| operation.method == name)
        };
        if let (Some((put, start)), Some((delete, stop))) = (method("PUT"), method("DELETE"))
            && stops_by_path(stop)
            && start.namespace == stop.namespace
            && let Some((messages, key)) = followed(api, start)
        {
            subscriptions.push(Subscription {
                start: first + put,
                stop: first + delete,
                messages,
                key,
            });
        }
        first += resource.operations.len();
    }
    subscriptions
}

/// The messages behind the successes of an operation, and the parameter that has
/// their key. None when no message follows, when more of them have a state than a
/// client can keep, or when they have a key that the request does not know.
fn followed(api: &Api, start: &Operation) -> Option<(Vec<Followed>, Option<usize>)> {
    let mut messages: Vec<Followed> = Vec::new();
    let mut parameter = None;
    for record in start.successes().flat_map(|reply| &reply.messages) {
        if messages.iter().any(|known| known.record == *record) {
            continue;
        }
        let (message, own) = one(&api[*record], *record, start)?;
        parameter = parameter.or(own);
        messages.push(message);
    }
    let states = messages.iter().filter(|message| message.has_state).count();
    (!messages.is_empty() && states <= STATES).then_some((messages, parameter))
}

/// A message, with the parameter that has its key.
fn one(record: &Record, id: RecordId, start: &Operation) -> Option<(Followed, Option<usize>)> {
    // Names may differ in case: `interactionId` and `interactionID`.
    let parameter = |property: usize| {
        let name = &record.properties.get(property)?.name;
        start.given().position(|(_, parameter)| {
            parameter.location == Location::Path && parameter.name.eq_ignore_ascii_case(name)
        })
    };
    let delta = record.delta();
    let key = match delta {
        Some(delta) => delta.key,
        None => (0..record.properties.len()).find(|index| parameter(*index).is_some()),
    };
    let own = match key {
        Some(key) => Some(parameter(key)?),
        None => None,
    };
    let standing = record.message.as_ref().and_then(|m| m.standing.clone());
    let message = Followed {
        record: id,
        key,
        standing,
        ends: record.message.as_ref().is_some_and(|message| message.ends),
        has_state: delta.is_some(),
    };
    Some((message, own))
}

/// Whether the request that ends it can be made of the path of the one that
/// starts it.
fn stops_by_path(stop: &Operation) -> bool {
    let mut asked = stop.parameters.iter();
    stop.body.is_none()
        && asked.all(|parameter| {
            !parameter.required || !parameter.is_given() || parameter.location == Location::Path
        })
}
