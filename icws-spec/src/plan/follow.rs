//! What a subscription is: which operations start and stop a stream of messages,
//! what they add up to, and what tells the subjects apart.

use crate::api::{Api, Arena, Location, Operation, OperationId, Record, RecordId, StandingFacts};

use super::names::Path;
use super::records::Struct;

/// A stream of messages that a client can follow.
pub struct Subscription {
    /// The operation that starts it.
    pub start: OperationId,
    /// The operation that stops it.
    pub stop: OperationId,
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
    /// Where the state is that such messages add up to, if they do.
    pub state: Option<Path>,
}

impl Subscription {
    /// Returns the messages that add up to a state.
    pub fn states(&self) -> impl Iterator<Item = RecordId> {
        let messages = self.messages.iter();
        let states = messages.filter(|message| message.state.is_some());
        states.map(|message| message.record)
    }

    /// Returns where these states are.
    pub fn state_paths(&self) -> impl Iterator<Item = &Path> {
        let messages = self.messages.iter();
        messages.filter_map(|message| message.state.as_ref())
    }
}

/// So many messages of one subscription can have a state.
const STATES: usize = 2;

/// The subscriptions of all resources: the `PUT` of a resource is one where its
/// success is followed by messages, and its `DELETE` ends it.
pub(super) fn subscriptions(api: &Api, structs: &Arena<Struct<'_>, Record>) -> Arena<Subscription> {
    let subscriptions = api.by_resource().filter_map(|(_, operations)| {
        let method = |name: &str| {
            let mut all = operations.iter();
            all.find(|(_, operation)| operation.method == name)
        };
        let ((put, start), (delete, stop)) = (method("PUT")?, method("DELETE")?);
        if !stops_by_path(stop) || start.namespace != stop.namespace {
            return None;
        }
        let (messages, key) = followed(structs, start)?;
        Some(Subscription {
            start: *put,
            stop: *delete,
            messages,
            key,
        })
    });
    subscriptions.collect()
}

/// The messages behind the successes of an operation, and the parameter that has
/// their key. None when no message follows, when more of them have a state than a
/// client can keep, or when they have a key that the request does not know.
fn followed(
    structs: &Arena<Struct<'_>, Record>,
    start: &Operation,
) -> Option<(Vec<Followed>, Option<usize>)> {
    let mut messages: Vec<Followed> = Vec::new();
    let mut parameter = None;
    for record in start.successes().flat_map(|reply| &reply.messages) {
        if messages.iter().any(|known| known.record == *record) {
            continue;
        }
        let (message, own) = one(&structs[*record], *record, start)?;
        parameter = parameter.or(own);
        messages.push(message);
    }
    let states = messages
        .iter()
        .filter(|message| message.state.is_some())
        .count();
    (!messages.is_empty() && states <= STATES).then_some((messages, parameter))
}

/// A message, with the parameter that has its key.
fn one(planned: &Struct<'_>, id: RecordId, start: &Operation) -> Option<(Followed, Option<usize>)> {
    let record = planned.record;
    // Names may differ in case: `interactionId` and `interactionID`.
    let parameter = |property: usize| {
        let name = &record.properties.get(property)?.name;
        start.given().position(|(_, parameter)| {
            parameter.location == Location::Path && parameter.name.eq_ignore_ascii_case(name)
        })
    };
    let key = match record.delta() {
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
        state: planned.state_path(),
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
