//! The subscriptions of the shipped model: each can be stopped, and each of its
//! messages says what it does to what is known, or is an event.

use std::collections::{BTreeMap, BTreeSet};

use icws_spec::api::DeltaRule::{Added, Append, Changed, Merge, Removed};
use icws_spec::api::{Api, Record, Resource, Type};

use crate::shipped;

/// Messages that tell what has happened. Nothing is known from them later.
const EVENTS: &[&str] = &[
    "interactions.assistance.assistanceRequestSubscriptionStateMessage",
    "interactions.email.emailSubscriptionStateMessage",
    "interactions.interactionDeallocatedMessage",
    "interactions.interactionLostRightsMessage",
    "interactions.interactionMorphedMessage",
    "interactions.interactionRecordingSnippetCreatedMessage",
    "ipa.currentPageSubscriptionClosePageEventArgs",
    "ipa.currentPageSubscriptionCommandCompleteEventArgs",
    "ipa.currentPageSubscriptionShowPageEventArgs",
    "queues.queueSubscriptionStateMessage",
    "system.handlerSentNotificationMessage",
    "unifiedMessaging.faxMessageSubscriptionStateMessage",
    "unifiedMessaging.mwiSubscriptionStateMessage",
    "unifiedMessaging.voicemailMessageSubscriptionStateMessage",
    "unifiedMessaging.voicemailPlayStatusMessage",
];

/// Messages that nothing follows, as what they are about is gone.
const ENDS: &[&str] = &[
    "interactions.interactionDeallocatedMessage",
    "interactions.interactionLostRightsMessage",
    "interactions.interactionMorphedMessage",
];

/// How the messages with a state are made, and how many there are of each kind.
const KINDS: &[(&str, usize)] = &[
    ("a list that grows", 1),
    ("added and changed", 1),
    ("added and removed", 2),
    ("added, changed and removed", 41),
    ("changed", 10),
    ("entries of a map", 3),
    ("one object", 6),
    ("properties", 7),
];

fn subscriptions(api: &Api) -> Vec<&Resource> {
    let below = "/icws/{sessionId}/messaging/subscriptions/";
    let resources = api.resources.iter();
    resources
        .filter(|resource| resource.path.starts_with(below))
        .collect()
}

/// The messages behind the successes of `PUT`, by their ids.
fn messages<'a>(api: &'a Api, resource: &Resource) -> BTreeMap<String, &'a Record> {
    let puts = resource.operations.iter().filter(|o| o.method == "PUT");
    let replies = puts.flat_map(|operation| operation.successes());
    let messages = replies.flat_map(|reply| &reply.messages);
    messages.map(|id| (api[*id].id(), &api[*id])).collect()
}

fn all(api: &Api) -> BTreeMap<String, &Record> {
    let all = subscriptions(api).into_iter();
    all.flat_map(|resource| messages(api, resource)).collect()
}

#[test]
fn each_subscription_starts_and_stops_and_has_messages() {
    let subscriptions = subscriptions(shipped().api());
    assert_eq!(subscriptions.len(), 74);
    for resource in subscriptions {
        let methods = resource.operations.iter().map(|o| o.method.as_str());
        let methods: BTreeSet<&str> = methods.collect();
        assert_eq!(
            methods,
            BTreeSet::from(["DELETE", "PUT"]),
            "{}",
            resource.path
        );
        let messages = messages(shipped().api(), resource);
        assert!(!messages.is_empty(), "{}", resource.path);
    }
}

#[test]
fn each_message_has_a_state_or_is_an_event() {
    let without = all(shipped().api()).into_iter();
    let without = without.filter(|(_, message)| message.delta().is_none());
    let without: Vec<String> = without.map(|(id, _)| id).collect();
    assert_eq!(without, EVENTS);
}

/// What a message does, in words.
fn kind(message: &Record) -> &'static str {
    let has = |rule| message.properties.iter().any(|p| p.delta == Some(rule));
    let merges = |object: bool| {
        let mut merged = message.properties.iter().filter(|p| p.delta == Some(Merge));
        merged.any(|p| matches!(p.ty, Type::Record(_)) == object)
    };
    match (has(Added), has(Changed), has(Removed)) {
        (true, true, true) => "added, changed and removed",
        (true, true, false) => "added and changed",
        (true, false, true) => "added and removed",
        (false, true, false) => "changed",
        (false, false, false) if merges(true) => "one object",
        (false, false, false) if merges(false) => "entries of a map",
        (false, false, false) if has(Append) => "a list that grows",
        (false, false, false) => "properties",
        _ => "none of these",
    }
}

#[test]
fn so_many_messages_are_of_each_kind() {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, message) in all(shipped().api()) {
        if message.delta().is_some() {
            *kinds.entry(kind(message)).or_default() += 1;
        }
    }
    let kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    assert_eq!(kinds, KINDS);
}

#[test]
fn a_message_of_a_named_subscription_has_its_name_for_a_key() {
    for resource in subscriptions(shipped().api()) {
        let path = &resource.path;
        for (id, message) in messages(shipped().api(), resource) {
            let Some(delta) = message.delta() else {
                continue;
            };
            let key = delta.key.map(|key| message.properties[key].name.as_str());
            let named = message
                .properties
                .iter()
                .any(|property| property.name == "subscriptionId");
            if named && path.ends_with("/{subscriptionId}") {
                assert_eq!(key, Some("subscriptionId"), "{id}");
            }
        }
    }
}

#[test]
fn those_that_end_their_subscription_say_so() {
    let api = shipped().api();
    let subscriptions = subscriptions(api);
    let all = subscriptions.iter().map(|r| messages(api, r));
    let ends = all.flatten().filter(|(_, message)| {
        let facts = message.message.as_ref();
        facts.is_some_and(|facts| facts.ends)
    });
    let ends: BTreeSet<String> = ends.map(|(id, _)| id).collect();
    assert!(ends.iter().eq(ENDS), "{ends:?}");
}
