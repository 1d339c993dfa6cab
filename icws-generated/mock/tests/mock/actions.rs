//! What users do with interactions, and with what is kept of them.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Answer, Client, connect};

fn queues(server: &MockServer, id: &str) -> Value {
    server.control().item("interactions", id).unwrap()["queues"].clone()
}

#[tokio::test]
async fn nothing_goes_to_a_queue_that_there_is_not() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let make = async |body: Value| client.call("POST /interactions", &body.to_string()).await;
    let call =
        json!({ "__type": "urn:inin.com:interactions:createCallParameters", "target": "+1317" });
    let call = make(call).await.json()["interactionId"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = server.control().item("interactions", &call);
    let queue = |kind: i64, name: &str| json!({ "queueType": kind, "queueName": name });
    for action in ["blind-transfer", "park"] {
        for (body, place) in [
            (json!({ "target": "Nowhere" }), "target"),
            (json!({ "queueID": queue(1, "nobody") }), "queueID"),
            (json!({ "queueID": queue(2, "Nowhere") }), "queueID"),
        ] {
            let line = format!("POST /interactions/{call}/{action}");
            let refused = client.call(&line, &body.to_string()).await;
            assert_eq!(refused.status, 400, "{line} {body}: {refused:?}");
            assert_eq!(refused.json()["propertyName"], place, "{line} {body}");
        }
    }
    let count = server.control().items("interactions").len();
    for (body, place) in [
        (
            json!({
                "__type": "urn:inin.com:interactions.callback:createCallbackParameters",
                "target": "+1317", "subject": "s", "targetQueue": queue(2, "Nowhere"),
            }),
            "targetQueue",
        ),
        (
            json!({
                "__type": "urn:inin.com:interactions.chat:createChatParameters",
                "target": "nobody",
            }),
            "target",
        ),
        (
            json!({
                "__type": "urn:inin.com:interactions:createGenericInteractionParameters",
                "queueId": queue(1, "nobody"), "initialState": 1,
            }),
            "queueId",
        ),
    ] {
        let refused = make(body.clone()).await;
        assert_eq!(refused.status, 400, "{body}: {refused:?}");
        assert_eq!(refused.json()["propertyName"], place, "{body}");
    }
    assert_eq!(server.control().items("interactions").len(), count);
    assert_eq!(server.control().item("interactions", &call), before);

    // Names of queues are the same in any case, and an extension is somebody's.
    let to = async |body: Value| {
        let line = format!("POST /interactions/{call}/blind-transfer");
        let answer = client.call(&line, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{body}: {answer:?}");
        queues(&server, &call)
    };
    assert_eq!(
        to(json!({ "queueID": queue(2, "sales") })).await[0]["queueType"],
        2
    );
    assert_eq!(
        to(json!({ "target": "agent" })).await,
        json!([queue(1, "agent")])
    );
    assert_eq!(
        to(json!({ "target": "Support" })).await,
        json!([queue(2, "Support")])
    );
    assert_eq!(
        to(json!({ "target": "7001" })).await,
        json!([queue(1, "agent")])
    );
    // A number from outside takes it away.
    assert_eq!(
        to(json!({ "target": "+1 (317) 555-0101" })).await,
        json!([])
    );
    let line = format!("POST /interactions/{call}/pickup");
    assert_eq!(client.call(&line, "").await.status, 400);
}

#[tokio::test]
async fn the_control_takes_no_names_that_there_are_not() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let call =
        json!({ "__type": "urn:inin.com:interactions:createCallParameters", "target": "+1317" });
    let call = client
        .call("POST /interactions", &call.to_string())
        .await
        .json();
    let call = call["interactionId"].as_str().unwrap();
    let world = || -> Vec<_> {
        let tables = control.tables().into_iter();
        tables.map(|table| (control.items(&table), table)).collect()
    };
    let before = world();
    assert!(!control.pick_up(call, "nobody"));
    assert!(!control.transfer(call, "Nowhere"));
    assert!(!control.set_status("agent", "Nonsense"));
    assert!(!control.set_status("nobody", "Available"));
    assert!(!control.set_station("agent", Some("nowhere")));
    assert_eq!(world(), before);
}

async fn chat(client: &Client<'_>, target: &str) -> String {
    let kind = "urn:inin.com:interactions.chat:createChatParameters";
    let body = json!({ "__type": kind, "target": target });
    let made = client.call("POST /interactions", &body.to_string()).await;
    made.json()["interactionId"].as_str().unwrap().to_owned()
}

/// Which members of a chat are typing, and the last message about that.
async fn typing(client: &Client<'_>, server: &MockServer, id: &str) -> (Vec<bool>, Value) {
    let item = server.control().item("interactions", id).unwrap();
    let members = item["chat"]["members"].as_array().unwrap().iter();
    let typing = members.map(|member| member["isTyping"].as_bool().unwrap());
    let messages = client.poll().await.into_iter();
    let mut own = messages.filter(|m| {
        m["__type"]
            .as_str()
            .unwrap()
            .ends_with(":chatMembersMessage")
    });
    let told = own.next_back().unwrap_or_default();
    (typing.collect(), told)
}

#[tokio::test]
async fn who_is_typing_is_told_until_the_text_comes() {
    let server = MockServer::builder()
        .user("agent", "secret")
        .user("bob", "secret");
    let server = server.start().await.unwrap();
    let client = connect(&server).await;
    let id = chat(&client, "bob").await;
    let path = format!("/interactions/{id}/chat");
    client
        .call(&format!("PUT /messaging/subscriptions{path}"), "")
        .await;
    client.poll().await;
    let indicate = async |on: bool| -> Answer {
        let body = json!({ "on": on }).to_string();
        client
            .call(&format!("PUT {path}/typing-indicator"), &body)
            .await
    };
    let write = async |clear: bool| -> Answer {
        let body = json!({ "text": "t", "clearTypingIndicator": clear }).to_string();
        client.call(&format!("POST {path}/messages"), &body).await
    };
    assert!(indicate(true).await.status < 300);
    let (typing_now, told) = typing(&client, &server, &id).await;
    assert_eq!(typing_now, [true, false]);
    assert_eq!(told["membersChanged"][0]["isTyping"], true, "{told}");
    assert_eq!(told["membersChanged"][0]["userId"], "agent", "{told}");
    assert!(indicate(false).await.status < 300);
    assert_eq!(typing(&client, &server, &id).await.0, [false, false]);
    indicate(true).await;
    write(false).await;
    assert_eq!(typing(&client, &server, &id).await.0, [true, false]);
    write(true).await;
    let (typing_now, told) = typing(&client, &server, &id).await;
    assert_eq!(typing_now, [false, false]);
    assert_eq!(told["membersChanged"][0]["isTyping"], false, "{told}");

    // What is no chat has nobody who types.
    let call =
        json!({ "__type": "urn:inin.com:interactions:createCallParameters", "target": "+1" });
    let call = client
        .call("POST /interactions", &call.to_string())
        .await
        .json();
    let call = call["interactionId"].as_str().unwrap();
    let line = format!("PUT /interactions/{call}/chat/typing-indicator");
    assert_eq!(client.call(&line, r#"{"on":true}"#).await.status, 400);

    // A chat that has ended stays as it is.
    client
        .call(&format!("POST /interactions/{id}/disconnect"), "")
        .await;
    let ended = server.control().item("interactions", &id);
    assert_eq!(write(true).await.status, 400);
    assert_eq!(indicate(true).await.status, 400);
    assert!(!server.control().write(&id, "Ada", "t"));
    assert_eq!(server.control().item("interactions", &id), ended);
}

#[tokio::test]
async fn who_picks_a_chat_up_is_a_member() {
    let world = "
workgroups: [{ id: Sales }]
users: [{ id: agent, password: secret, workgroups: [Sales] }, { id: bob }]
interactions: [{ id: '7001', workgroup: Sales, medium: Chat, name: Ada }]
";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let client = connect(&server).await;
    let members = || {
        let item = server.control().item("interactions", "7001").unwrap();
        let members = item["chat"]["members"].as_array().unwrap().iter();
        let names = members.map(|member| member["displayName"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    client
        .call("PUT /messaging/subscriptions/interactions/7001/chat", "")
        .await;
    client.poll().await;
    assert_eq!(members(), ["Ada"]);
    client.call("POST /interactions/7001/pickup", "").await;
    assert_eq!(members(), ["Ada", "agent"]);
    let (_, told) = typing(&client, &server, "7001").await;
    assert_eq!(told["membersAdded"][0]["userId"], "agent", "{told}");
    server.control().pick_up("7001", "bob");
    server.control().pick_up("7001", "bob");
    assert_eq!(members(), ["Ada", "agent", "bob"]);
    let text = r#"{"text":"t","clearTypingIndicator":true}"#;
    client
        .call("POST /interactions/7001/chat/messages", text)
        .await;
    assert_eq!(members(), ["Ada", "agent", "bob"]);
}

#[tokio::test]
async fn tags_and_attributes_of_recordings_are_kept() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let call = async |line: &str, body: Value| {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = client
            .call(&line.replace("R", "/recordings/1"), &body)
            .await;
        assert!(answer.status < 300, "{line}: {answer:?}");
        answer
    };
    let tags = async || call("GET R/tags", Value::Null).await.json()["tags"].clone();
    call("PUT R/tags", json!({ "tags": ["a"] })).await;
    assert_eq!(tags().await, json!(["a"]));
    call("PUT R/tags", json!({ "tags": ["b", "a", "c"] })).await;
    assert_eq!(tags().await, json!(["a", "b", "c"]));
    let other = client.call("GET /recordings/2/tags", "").await;
    assert_eq!(other.json(), json!({ "tags": [] }));
    call("DELETE R/tags?tags=a,c", Value::Null).await;
    assert_eq!(tags().await, json!(["b"]));
    call("DELETE R/tags", Value::Null).await;
    assert_eq!(tags().await, json!([]));

    let value = |name: &str, value: &str| json!({ "attributeName": name, "attributeValue": value });
    let all =
        async || call("GET R/attributes", Value::Null).await.json()["attributesValues"].clone();
    let set = json!({ "attributesValues": [value("a", "1"), value("b ü", "2")] });
    call("PUT R/attributes", set).await;
    assert_eq!(all().await, json!([value("a", "1"), value("b ü", "2")]));
    let set = json!({ "attributesValues": [value("a", "3")] });
    call("PUT R/attributes", set).await;
    assert_eq!(all().await, json!([value("a", "3"), value("b ü", "2")]));
    call("DELETE R/attributes?attributeNames=b%20%C3%BC", Value::Null).await;
    assert_eq!(all().await, json!([value("a", "3")]));
}
