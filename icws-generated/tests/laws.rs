//! What holds for any input.

use icws_generated::Message;
use icws_generated::interactions::callback::{CallbackMessage, Subscribe};
use icws_generated::runtime::{
    ApiSession, Applied, Batch, Cache, Challenge, Field, Request, SessionParts, Union,
};
use proptest::prelude::*;

fn field<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Field<T>> {
    prop_oneof![
        Just(Field::Absent),
        Just(Field::Null),
        value.prop_map(Field::Value)
    ]
    .boxed()
}

prop_compose! {
    fn callback()(
        is_delta: bool,
        id in "[ab]",
        (target, subject) in (any::<String>(), any::<String>()),
        name in field(any::<String>()),
        attempts in field(any::<i32>()),
        max_attempts in field(any::<i32>()),
        associated_call_id in field(any::<String>()),
        snoozed in field(any::<bool>()),
    ) -> CallbackMessage {
        let mut message = CallbackMessage::new(is_delta, id, target, subject);
        message.name = name;
        message.attempts = attempts;
        message.max_attempts = max_attempts;
        message.associated_call_id = associated_call_id;
        message.snoozed = snoozed;
        message
    }
}

/// Any JSON, as text.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| format!("[ {} ]", items.join(" ,"))),
            prop::collection::vec((any::<String>(), inner), 0..5).prop_map(|entries| {
                let entries = entries.iter().map(|(key, value)| {
                    format!("{}: {value}", serde_json::to_string(key).unwrap())
                });
                format!("{{{} }}", entries.collect::<Vec<_>>().join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_without_a_panic(body: Vec<u8>, text: String) {
        let _ = Batch::<Message>::decode(&body);
        let _ = Batch::<Message>::decode(format!("[{text}").as_bytes());
        let _ = text.parse::<Challenge>();
    }

    #[test]
    fn what_is_written_is_read_as_it_was(messages in prop::collection::vec(callback(), 0..8)) {
        let batch = Batch::new(messages.into_iter().map(Message::from));
        let encoded = batch.encode();
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&encoded).is_ok());
        prop_assert_eq!(Batch::<Message>::decode(&encoded).unwrap(), batch);
    }

    #[test]
    fn a_batch_of_any_json_keeps_every_item(items in prop::collection::vec(json(), 0..8)) {
        let body = format!("[{}]", items.join(","));
        let batch = Batch::<Message>::decode(body.as_bytes()).unwrap();
        prop_assert_eq!(batch.len(), items.len());
        for (item, text) in batch.items.iter().zip(&items) {
            match item {
                Ok(Message::Unrecognized(message)) => prop_assert_eq!(message.raw(), text.as_bytes()),
                Ok(_) => prop_assert!(false, "typed"),
                Err(error) => prop_assert_eq!(&error.raw, text.as_bytes()),
            }
        }
        prop_assert_eq!(batch.encode(), body.as_bytes());
    }

    /// The reader agrees with another one on what is JSON.
    #[test]
    fn one_changed_byte_is_read_as_serde_json_reads_it(message in callback(), at: prop::sample::Index, byte: u8) {
        let mut text = Message::from(message).to_json().to_vec();
        let at = at.index(text.len());
        text[at] = byte;
        let peer = serde_json::from_slice::<serde_json::Value>(&text);
        if let Ok(message) = Message::from_json(&text) {
            // Skipped strings are not looked into, so only they may differ.
            if matches!(message, Message::InteractionsCallbackCallbackMessage(_)) && std::str::from_utf8(&text).is_ok() {
                prop_assert!(peer.is_ok(), "{}", String::from_utf8_lossy(&text));
            }
        }
    }

    #[test]
    fn a_full_message_applied_twice_changes_nothing(mut message in callback()) {
        message.is_delta = false;
        let mut cache = Cache::new();
        let _ = cache.apply(message.clone());
        let once = cache.get(&message.interaction_id).cloned();
        let _ = cache.apply(message.clone());
        prop_assert_eq!(cache.get(&message.interaction_id).cloned(), once);
    }

    /// A delta says of each property what it says by itself, in any order of
    /// full messages and deltas.
    #[test]
    fn the_cache_is_what_a_plain_replay_gives(messages in prop::collection::vec(callback(), 0..20)) {
        let mut cache = Cache::new();
        for (index, message) in messages.iter().enumerate() {
            let known = cache.get(&message.interaction_id).is_some();
            match cache.apply(message.clone()) {
                Ok(Applied::Replaced(_)) => prop_assert!(!message.is_delta),
                Ok(Applied::Merged(..)) => prop_assert!(message.is_delta && known),
                Ok(Applied::Orphan(orphan)) => {
                    prop_assert!(!known);
                    prop_assert_eq!(&orphan, message);
                }
                _ => unreachable!(),
            }
            let id = &message.interaction_id;
            let seen: Vec<_> = messages[..=index].iter().filter(|m| m.interaction_id == *id).collect();
            let Some(full) = seen.iter().rposition(|m| !m.is_delta) else { continue };
            let last = |get: &dyn Fn(&CallbackMessage) -> Field<i32>| {
                let values = seen[full..].iter().map(|m| get(m)).filter(|field| !field.is_absent());
                values.last().and_then(Field::into_option)
            };
            let state = cache.get(id).unwrap();
            prop_assert_eq!(state.attempts, last(&|m| m.attempts));
            prop_assert_eq!(state.max_attempts, last(&|m| m.max_attempts));
            prop_assert_eq!(&state.target, &message.target);
        }
    }

    #[test]
    fn any_identifier_arrives_as_it_was(id: String) {
        let session = ApiSession::new(SessionParts {
            base_url: "http://h:8018",
            session_id: "1",
            csrf_token: "t",
            cookie: "c",
        })
        .unwrap();
        match Subscribe::builder().interaction_id(id.as_str()).build().to_http(&session) {
            Err(_) => prop_assert!(matches!(id.as_str(), "" | "." | "..")),
            Ok(request) => {
                prop_assert_eq!(request.uri().path().matches('/').count(), 7);
                let incoming = Subscribe::from_http(&request).unwrap();
                prop_assert_eq!(incoming.request.interaction_id.clone(), id);
            }
        }
    }

    #[test]
    fn a_challenge_is_read_as_it_was_written(realm: String, location: String) {
        let challenge = Challenge::icws(realm, location);
        prop_assert_eq!(challenge.to_string().parse::<Challenge>().unwrap(), challenge);
    }
}
