//! What the attributes of interactions say of where they are, and with whom.

use icws_mock::{Callback, MockServer, Scenario};
use serde_json::{Value, json};

use crate::raw::{Client, connect, connect_as};
use crate::shell::{control, done};

async fn started() -> MockServer {
    let scenario = Scenario::contact_center().unwrap();
    MockServer::builder().world(scenario).start().await.unwrap()
}

/// Values of attributes of an interaction; null for what it does not have.
fn attributes<const N: usize>(server: &MockServer, id: &str, names: [&str; N]) -> [Value; N] {
    let item = server.control().item("interactions", id).unwrap();
    names.map(|name| item["attributes"][format!("Eic_{name}")].clone())
}

const WHERE: [&str; 4] = ["State", "WorkgroupName", "UserName", "Muted"];

fn place(server: &MockServer, id: &str) -> [Value; 4] {
    attributes(server, id, WHERE)
}

async fn ok(client: &Client<'_>, line: &str, body: Value) {
    let answer = client.call(line, &body.to_string()).await;
    assert!(answer.status < 300, "{line} {body}: {answer:?}");
}

#[tokio::test]
async fn what_moves_says_where_it_is_and_whom_it_is_with_no_longer() {
    let server = started().await;
    let client = connect_as(&server, "agent10").await;
    let to = |action: &str, queue: (i64, &str)| {
        let queue = json!({ "queueType": queue.0, "queueName": queue.1 });
        (action.to_owned(), json!({ "queueID": queue }))
    };
    for ((action, body), expected) in [
        (
            to("blind-transfer", (2, "Support")),
            ["O", "Support", "", "0"],
        ),
        (to("blind-transfer", (1, "agent01")), ["A", "", "", "0"]),
        (to("park", (2, "Support")), ["P", "Support", "", "0"]),
        (to("send-to-voicemail", (1, "agent01")), ["M", "", "", "0"]),
        (
            to("disconnect", (1, "agent01")),
            ["I", "Sales", "agent10", "1"],
        ),
    ] {
        let id = server.control().ring("Sales", None, "+1", "Ada").unwrap();
        ok(
            &client,
            &format!("POST /interactions/{id}/pickup"),
            json!({}),
        )
        .await;
        ok(
            &client,
            &format!("POST /interactions/{id}/mute"),
            json!({ "on": true }),
        )
        .await;
        assert_eq!(place(&server, &id), ["C", "Sales", "agent10", "1"]);
        ok(&client, &format!("POST /interactions/{id}/{action}"), body).await;
        assert_eq!(place(&server, &id), expected, "{action}");
    }

    // The same by hand, and where somebody else picks it up.
    let id = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    let line = |action: &str| format!("POST /interactions/{id}/{action}");
    done(&server, &line("pickup"), r#"{"user":"agent10"}"#).await;
    done(&server, &line("mute"), "").await;
    assert_eq!(place(&server, &id), ["C", "Sales", "agent10", "1"]);
    done(&server, &line("pickup"), r#"{"user":"agent11"}"#).await;
    assert_eq!(place(&server, &id), ["C", "Sales", "agent11", "0"]);
    done(&server, &line("transfer"), r#"{"workgroup":"Support"}"#).await;
    assert_eq!(place(&server, &id), ["O", "Support", "", "0"]);
}

#[tokio::test]
async fn an_outgoing_call_says_whose_it_is_and_then_which_queue_it_is_on() {
    let server = started().await;
    let client = connect_as(&server, "agent10").await;
    let kind = "urn:inin.com:interactions:createCallParameters";
    let body = json!({ "__type": kind, "target": "+1317" });
    let made = client.call("POST /interactions", &body.to_string()).await;
    let id = made.json()["interactionId"].as_str().unwrap().to_owned();
    assert_eq!(
        place(&server, &id),
        [json!("C"), json!(null), json!("agent10"), json!(null)]
    );
    let line = format!("POST /interactions/{id}/blind-transfer");
    ok(&client, &line, json!({ "target": "Support" })).await;
    assert_eq!(
        place(&server, &id),
        [json!("O"), json!("Support"), json!(""), json!(null)]
    );
    assert!(
        server
            .control()
            .remove("configuration/workgroups", "Support")
    );
    assert_eq!(place(&server, &id)[..2], ["I", "Support"]);
}

#[tokio::test]
async fn nobody_holds_or_mutes_what_nobody_has() {
    let server = started().await;
    let client = connect_as(&server, "agent10").await;
    let waits = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    let alerts = server.control().ring("Sales", Some("agent10"), "+1", "Ada");
    for id in [waits, alerts.unwrap()] {
        let before = server.control().item("interactions", &id);
        for action in ["hold", "mute"] {
            let line = format!("POST /interactions/{id}/{action}");
            for body in [r#"{"on":true}"#, r#"{"on":false}"#] {
                let refused = client.call(&line, body).await;
                assert_eq!(refused.status, 400, "{line}: {refused:?}");
                let refused = control(&server, &line, body).await;
                assert_eq!(refused.status, 409, "{line}: {refused:?}");
                assert!(refused.body.contains("Nobody has picked"), "{refused:?}");
            }
        }
        assert!(!server.control().hold(&id, true));
        assert!(!server.control().mute(&id, true));
        assert_eq!(server.control().item("interactions", &id), before);
    }
}

#[tokio::test]
async fn callbacks_say_what_they_are_and_where_they_wait() {
    let server = started().await;
    let names = [
        "ObjectType",
        "WorkgroupName",
        "RemoteName",
        "RemoteId",
        "State",
    ];
    let all = server.control().callbacks();
    let sales = all
        .iter()
        .find(|callback| callback.subject == "Offer 1")
        .unwrap();
    assert_eq!(
        attributes(&server, &sales.interaction_id, names),
        ["Callback", "Sales", "Customer 1", "+13175550801", "O"]
    );
    for callback in &all {
        let [time] = attributes(&server, &callback.interaction_id, ["InitiationTime"]);
        assert_eq!(time.as_str().map(str::len), Some(16), "{callback:?}");
    }

    let body = r#"{"target":"+1","subject":"s","name":"Ada","workgroup":"sales"}"#;
    let made = control(&server, "POST /callbacks", body).await;
    assert_eq!(made.status, 200, "{made:?}");
    let id = made.json()["interactionId"].as_str().unwrap().to_owned();
    assert_eq!(
        attributes(&server, &id, names),
        ["Callback", "Sales", "Ada", "+1", "O"]
    );
    let queues = &server.control().item("interactions", &id).unwrap()["queues"];
    assert_eq!(*queues, json!([{ "queueType": 2, "queueName": "Sales" }]));
    let renamed = control(
        &server,
        &format!("PATCH /callbacks/{id}"),
        r#"{"name":"Bob"}"#,
    )
    .await;
    assert_eq!(renamed.status, 204, "{renamed:?}");
    assert_eq!(attributes(&server, &id, ["RemoteName"]), ["Bob"]);
    let nowhere = body.replace("sales", "Nowhere");
    assert_eq!(
        control(&server, "POST /callbacks", &nowhere).await.status,
        404
    );

    let callback = Callback::new("+1", "s").workgroup("Claims");
    let id = server.control().create_callback(callback);
    assert_eq!(attributes(&server, &id, ["WorkgroupName"]), ["Claims"]);
    let other = format!("POST /callbacks/{id}/x");
    assert_eq!(control(&server, &other, "").await.status, 404);
    let message = control(
        &server,
        "POST /callbacks",
        r#"{"target":"+1","subject":"s","x":1}"#,
    )
    .await;
    assert_eq!(message.body.matches("`target`").count(), 1, "{message:?}");
    assert_eq!(message.body.matches("`subject`").count(), 1, "{message:?}");
}

#[tokio::test]
async fn a_chat_begins_and_is_written_in() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/queues/q";
    let queue = json!({ "queueType": 2, "queueName": "Sales" });
    ok(
        &client,
        line,
        json!({ "queueIds": [queue], "attributeNames": ["*"] }),
    )
    .await;
    client.poll().await;
    let made = control(
        &server,
        "POST /chats",
        r#"{"workgroup":"Sales","name":"Ada"}"#,
    )
    .await;
    assert_eq!(made.status, 200, "{made:?}");
    let id = made.json()["interactionId"].as_str().unwrap().to_owned();
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["interactionsAdded"][0]["interactionId"], *id, "{told}");
    assert_eq!(
        attributes(&server, &id, ["ObjectType", "WorkgroupName"]),
        ["Chat", "Sales"]
    );
    let line = |action: &str| format!("POST /interactions/{id}/{action}");
    done(&server, &line("write"), r#"{"who":"Ada","text":"Hello"}"#).await;
    done(&server, &line("pickup"), r#"{"user":"agent"}"#).await;
    let item = server.control().item("interactions", &id).unwrap();
    assert_eq!(
        item["chat"]["members"].as_array().unwrap().len(),
        2,
        "{item}"
    );
    assert_eq!(item["chat"]["texts"][0]["text"], "Hello");
    for (body, status) in [
        (r#"{"workgroup":"Nowhere"}"#, 404),
        (r#"{"workgroup":"Sales","user":"nobody"}"#, 404),
        (r#"{"workgroup":"Sales","remote":"+1"}"#, 400),
    ] {
        assert_eq!(
            control(&server, "POST /chats", body).await.status,
            status,
            "{body}"
        );
    }
    assert_eq!(server.control().chat("Nowhere", None, "Ada"), None);
    let refused = control(&server, &line("disconnect"), r#"{"x":1}"#).await;
    assert!(
        refused
            .body
            .contains("There is no `x` here nor anything else."),
        "{refused:?}"
    );
}
