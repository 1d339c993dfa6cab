//! Watching callbacks, and what the messages about them say.

use icws_mock::{Callback, Control, MockServer};
use serde_json::json;

use crate::raw::connect;

const URN: &str = "urn:inin.com:interactions.callback:callbackMessage";

fn invoice() -> Callback {
    Callback::new("+13175550142", "Invoice").name("Ada")
}

/// A server with one callback.
async fn start() -> (MockServer, Control, String) {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let id = control.create_callback(invoice());
    (server, control, id)
}

#[tokio::test]
async fn the_first_message_is_full_and_the_next_ones_say_what_changed() {
    let (server, control, id) = start().await;
    let client = connect(&server).await;
    assert!(client.poll().await.is_empty());
    assert_eq!(client.watch(&id).await.status, 200);
    control.change(&id, |callback| callback.attempts = Some(1));
    control.change(&id, |callback| callback.attempts = Some(1));
    let required = |delta: bool| json!({"__type": URN, "isDelta": delta, "interactionId": id, "target": "+13175550142", "subject": "Invoice"});
    let mut full = required(false);
    full["name"] = "Ada".into();
    full["attempts"] = 0.into();
    let mut delta = required(true);
    delta["attempts"] = 1.into();
    assert_eq!(client.poll().await, [full, delta]);
    assert!(client.poll().await.is_empty());
}

#[tokio::test]
async fn a_value_that_is_taken_away_makes_a_full_message() {
    let (server, control, id) = start().await;
    let client = connect(&server).await;
    client.watch(&id).await;
    client.poll().await;
    control.change(&id, |callback| callback.name = None);
    let messages = client.poll().await;
    assert_eq!(messages[0]["isDelta"], false);
    assert_eq!(messages[0].get("name"), None);
    assert_eq!(messages[0]["attempts"], 0);
}

#[tokio::test]
async fn a_delete_stops_the_messages_and_a_new_put_begins_with_a_full_one() {
    let (server, control, id) = start().await;
    let client = connect(&server).await;
    client.watch(&id).await;
    client.poll().await;
    assert_eq!(client.unwatch(&id).await.status, 204);
    control.change(&id, |callback| callback.snoozed = Some(true));
    assert!(client.poll().await.is_empty());
    client.watch(&id).await;
    client.watch(&id).await;
    let messages = client.poll().await;
    assert_eq!(messages.len(), 2);
    assert!(
        messages
            .iter()
            .all(|message| message["isDelta"] == false && message["snoozed"] == true)
    );
}

#[tokio::test]
async fn unknown_interactions_other_media_and_missing_rights_are_told_apart() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    control.create_interaction("2002");
    control.create_callback_with_id("2003", invoice());
    control.deny("2003");
    let client = connect(&server).await;
    for (id, status) in [("2001", 404), ("2002", 400), ("2003", 403)] {
        for answer in [client.watch(id).await, client.unwatch(id).await] {
            assert_eq!(answer.status, status, "{answer:?}");
            assert!(answer.json()["message"].as_str().unwrap().contains(id));
        }
    }
}

#[tokio::test]
async fn each_session_has_its_own_queue() {
    let (server, control, id) = start().await;
    let (one, two) = (connect(&server).await, connect(&server).await);
    one.watch(&id).await;
    assert_eq!((one.poll().await.len(), two.poll().await.len()), (1, 0));
    control.inject_raw(r#"{"__type":"urn:x"}"#);
    assert!(control.inject_raw_to(&two.id, r#"{"__type":"urn:y"}"#));
    assert_eq!((one.poll().await.len(), two.poll().await.len()), (1, 2));
}

#[tokio::test]
async fn a_server_of_interactions_7_has_no_callback_subscription() {
    let server = MockServer::builder()
        .features([("interactions", 7)])
        .start()
        .await
        .unwrap();
    let id = server.control().create_callback(invoice());
    let client = connect(&server).await;
    assert_eq!(client.watch(&id).await.status, 404);
}
