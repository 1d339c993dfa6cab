//! Interactions: making them, their attributes, and how attempts end.

use icws_mock::{Callback, MockServer};
use serde_json::{Value, json};

use crate::raw::{Client, connect};

const CALLBACK: &str = r#"{"__type":"urn:inin.com:interactions.callback:createCallbackParameters",
    "target":"+1317","targetQueue":{"queueType":"2","queueName":"Sales"},"subject":"Invoice",
    "name":"Ada","additionalAttributes":{"Customer_Number":"4711"}}"#;

async fn create(client: &Client<'_>, body: &str) -> String {
    let answer = client.call("POST /interactions", body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["interactionId"].as_str().unwrap().to_owned()
}

async fn attributes(client: &Client<'_>, id: &str, query: &str) -> Value {
    let answer = client
        .call(&format!("GET /interactions/{id}{query}"), "")
        .await;
    answer.json()["attributes"].clone()
}

#[tokio::test]
async fn a_callback_that_was_asked_for_can_be_watched() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let id = create(&client, CALLBACK).await;
    client.watch(&id).await;
    let message = &client.poll().await[0];
    assert_eq!(
        (&message["name"], &message["attempts"]),
        (&json!("Ada"), &json!(0))
    );
    let mut all = attributes(&client, &id, "").await;
    let begun = all.as_object_mut().unwrap().remove("Eic_InitiationTime");
    assert!(begun.is_some_and(|time| time.is_string()), "{all}");
    let expected = json!({
        "Customer_Number": "4711", "Eic_ObjectType": "Callback", "Eic_RemoteId": "+1317",
        "Eic_RemoteName": "Ada", "Eic_State": "O", "Eic_WorkgroupName": "Sales",
    });
    assert_eq!(all, expected);
}

#[tokio::test]
async fn attributes_are_found_in_any_case_and_keep_their_spelling() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let id = server
        .control()
        .create_callback(Callback::new("+1317", "Invoice").attribute("Note", "a"));
    let path = format!("POST /interactions/{id}");
    assert_eq!(
        client
            .call(&path, r#"{"attributes":{"NOTE":"b"}}"#)
            .await
            .status,
        200
    );
    assert_eq!(
        client
            .call(&path, r#"{"attributes":{"note":1}}"#)
            .await
            .status,
        400
    );
    let selected = attributes(&client, &id, "?select=eic_state,note,none").await;
    assert_eq!(selected, json!({"Eic_State": "O", "Note": "b"}));
    assert_eq!(client.call("GET /interactions/1", "").await.status, 404);
}

#[tokio::test]
async fn values_are_appended_where_that_is_asked_for() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let callback = Callback::new("+1317", "Invoice").attribute("Note", "a");
    let id = server.control().create_callback(callback);
    let update = async |body: Value| {
        let line = format!("POST /interactions/{id}");
        client.call(&line, &body.to_string()).await.status
    };
    for (mode, note, new) in [
        (json!(1), "ab", "b"),
        (json!(2), "ab;b", "b;b"),
        (json!("2"), "ab;b;b", "b;b;b"),
        (json!(null), "b", "b"),
    ] {
        let body = json!({"attributes": {"NOTE": "b", "New": "b"}, "appendMode": mode});
        assert_eq!(update(body).await, 200, "{mode}");
        let all = attributes(&client, &id, "?select=Note,New").await;
        assert_eq!(all, json!({"Note": note, "New": new}), "{mode}");
    }
    let body = json!({"attributes": {"Note": "c"}, "appendMode": 3});
    assert_eq!(update(body).await, 400);
    assert_eq!(attributes(&client, &id, "?select=Note").await["Note"], "b");
}

#[tokio::test]
async fn a_call_that_answers_a_callback_is_an_attempt() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let id = server
        .control()
        .create_callback(Callback::new("+1317", "Invoice"));
    client.watch(&id).await;
    let body = |parent: &str| {
        json!({"__type": "urn:inin.com:interactions.callback:createCallbackResponseCallParameters",
            "parentInteractionId": parent, "target": "+1317"})
        .to_string()
    };
    let call = create(&client, &body(&id)).await;
    let delta = &client.poll().await[1];
    assert_eq!(
        (&delta["associatedCallId"], &delta["attempts"]),
        (&json!(call), &json!(1))
    );
    assert_eq!(
        attributes(&client, &call, "?select=EIC_STATE").await,
        json!({"Eic_State": "A"})
    );
    assert_eq!(client.watch(&call).await.status, 400);
    let answer = client.call("POST /interactions", &body("1")).await;
    assert_eq!(answer.json()["propertyName"], "parentInteractionId");
}

#[tokio::test]
async fn other_kinds_of_interactions_can_be_made() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let id = create(
        &client,
        r#"{"__type":"urn:inin.com:interactions:createCallParameters","target":"+1317"}"#,
    )
    .await;
    assert_eq!(client.watch(&id).await.status, 400);
    assert_eq!(
        client.call("POST /interactions", "{}").await.json()["propertyName"],
        "__type"
    );
}

#[tokio::test]
async fn a_disposition_counts_or_ends_the_callback() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let id = control.create_callback(Callback::new("+1317", "Invoice"));
    control.create_interaction("1");
    let dispose = async |id: &str, disposition: &str| {
        let line = format!("PUT /interactions/{id}/callback/disposition");
        client
            .call(&line, &format!(r#"{{"disposition":{disposition}}}"#))
            .await
            .status
    };
    for number in ["1", "2", "\"2\""] {
        assert_eq!(dispose(&id, number).await, 204);
    }
    assert_eq!(control.callback(&id).unwrap().attempts, Some(3));
    assert_eq!(
        (dispose(&id, "3").await, dispose("1", "0").await),
        (400, 400)
    );
    assert_eq!(dispose(&id, "0").await, 204);
    assert_eq!(
        (control.callback(&id), dispose(&id, "0").await),
        (None, 404)
    );
}

#[tokio::test]
async fn watched_attributes_are_told_when_they_change() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let id = control.create_callback(Callback::new("+1317", "Invoice").attribute("Note", "a"));
    let line = format!("PUT /messaging/subscriptions/interactions/{id}");
    let body = r#"{"attributeNames":["note","EIC_REMOTEID"]}"#;
    assert_eq!(client.call(&line, body).await.status, 204);
    control.set_attributes(&id, &[("note", "b")]);
    control.set_attributes(&id, &[("other", "c")]);
    control.change(&id, |callback| callback.target = "+1812".to_owned());
    let message = |delta: bool, attributes: Value| {
        json!({"__type": "urn:inin.com:interactions:interactionChangedMessage", "isDelta": delta,
            "interactionID": id, "attributes": attributes})
    };
    let expected = [
        message(false, json!({"Note": "a", "Eic_RemoteId": "+1317"})),
        message(true, json!({"Note": "b"})),
        message(true, json!({"Eic_RemoteId": "+1812"})),
    ];
    assert_eq!(client.poll().await, expected);
    control.deallocate(&id);
    let messages = client.poll().await;
    let urn = "urn:inin.com:interactions:interactionDeallocatedMessage";
    assert_eq!(
        (&messages[0]["__type"], &messages[0]["interactionID"]),
        (&json!(urn), &json!(id))
    );
    assert_eq!(client.call(&line, body).await.status, 404);
}

#[tokio::test]
async fn attributes_are_watched_until_a_delete() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let id = control.create_callback(Callback::new("+1317", "Invoice"));
    let path = format!("/messaging/subscriptions/interactions/{id}");
    let body = r#"{"attributeNames":["Note"]}"#;
    client.call(&format!("PUT {path}"), body).await;
    assert_eq!(client.call(&format!("DELETE {path}"), "").await.status, 204);
    control.set_attributes(&id, &[("Note", "b")]);
    assert_eq!(client.poll().await.len(), 1);
}
