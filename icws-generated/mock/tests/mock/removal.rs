//! What becomes of the rest of the world when something is taken away that it refers to.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Client, PASSWORD, connect, connect_as, send};
use crate::shell::{control, done};

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users:
  - { id: agent, password: secret, workgroups: [Sales] }
  - { id: bob, password: secret, workgroups: [Sales, Support], skills: [English], station: desk }
skills: [{ id: English }]
roles: [{ id: Agent }]
statuses: [{ id: Available, acd: true }]
stations: [{ id: desk }]
";

async fn started() -> MockServer {
    let world = WORLD.parse().unwrap();
    MockServer::builder().world(world).start().await.unwrap()
}

/// The ways in which an item of a list is taken away.
#[derive(Debug, Clone, Copy)]
enum Way {
    Control,
    World,
    Operation,
}

const WAYS: [Way; 3] = [Way::Control, Way::World, Way::Operation];

async fn remove(server: &MockServer, client: &Client<'_>, way: Way, list: &str, id: &str) {
    match way {
        Way::Control => {
            let table = format!("configuration/{list}");
            assert!(server.control().remove(&table, id));
        }
        Way::World => {
            let line = format!("DELETE /world/configuration/{list}/{id}");
            done(server, &line, "").await;
        }
        Way::Operation => {
            let line = format!("DELETE /configuration/{list}/{id}");
            let answer = client.call(&line, "").await;
            assert!(answer.status < 300, "{answer:?}");
        }
    }
}

fn attribute(server: &MockServer, id: &str, name: &str) -> Value {
    let item = server.control().item("interactions", id).unwrap();
    item["attributes"][name].clone()
}

fn queues(server: &MockServer, id: &str) -> Vec<String> {
    let item = server.control().item("interactions", id).unwrap();
    let queues = item["queues"].as_array().unwrap().iter();
    let names = queues.map(|queue| queue["queueName"].as_str().unwrap().to_owned());
    names.collect()
}

#[tokio::test]
async fn the_sessions_of_a_user_who_is_removed_end_and_nobody_connects_as_that_user() {
    for way in WAYS {
        let server = started().await;
        let client = connect(&server).await;
        let bob = connect_as(&server, "bob").await;
        let token = bob.call(
            "POST /connection/unique-auth-token",
            r#"{"authTokenSeed":"s"}"#,
        );
        let token = token.await.json()["authToken"].as_str().unwrap().to_owned();
        let users = json!({ "userIds": ["bob"] }).to_string();
        let line = "PUT /messaging/subscriptions/session/sessions-users";
        assert_eq!(client.call(line, &users).await.status, 200);
        client.poll().await;
        remove(&server, &client, way, "users", "bob").await;
        let left = server.control().sessions();
        assert_eq!(left, std::slice::from_ref(&client.id), "{way:?}");
        assert_eq!(bob.call("GET /messaging/messages", "").await.status, 401);
        let state = bob.call("GET /connection", "").await.json();
        assert_eq!(state["shouldReconnect"], false);
        assert_eq!(state["reason"], "The user was removed.");
        let told = client.poll().await.pop().unwrap();
        assert_eq!(told["sessionsRemoved"][0]["userId"]["id"], "bob", "{way:?}");

        let by_token = json!({
            "__type": "urn:inin.com:connection:authTokenConnectionRequestSettings",
            "applicationName": "test",
            "authToken": token,
            "authTokenSeed": "s",
            "authTokenSourceSession": bob.id,
        });
        for body in [PASSWORD.replace("agent", "bob"), by_token.to_string()] {
            let language = ("Accept-Language", "en-us");
            let answer = send(&server, "POST /icws/connection", &[language], &body).await;
            assert_eq!(answer.unwrap().status, 400, "{way:?}: {body}");
        }
        // One of that name who comes again is a user like any other.
        let item = json!({ "configurationId": { "id": "bob", "displayName": "Bob" } });
        server.control().put("configuration/users", "bob", item);
        connect_as(&server, "bob").await;
    }
}

#[tokio::test]
async fn calls_of_a_user_who_is_removed_wait_again_or_end() {
    for way in WAYS {
        let server = started().await;
        let control = server.control();
        let client = connect(&server).await;
        let bob = connect_as(&server, "bob").await;
        let rings = control.ring("Sales", Some("bob"), "+1", "Ada").unwrap();
        let talks = control.ring("Sales", None, "+2", "Ada").unwrap();
        assert!(control.pick_up(&talks, "bob"));
        let other = control.ring("Sales", Some("agent"), "+3", "Ada").unwrap();
        let make = async |body: Value| {
            let answer = bob.call("POST /interactions", &body.to_string()).await;
            answer.json()["interactionId"].as_str().unwrap().to_owned()
        };
        let kind = |name: &str| format!("urn:inin.com:interactions:{name}");
        let own = make(json!({ "__type": kind("createCallParameters"), "target": "+4" })).await;
        let chat = "urn:inin.com:interactions.chat:createChatParameters";
        let chat = make(json!({ "__type": chat, "target": "agent" })).await;
        let follow = json!({
            "queueIds": [{ "queueType": 2, "queueName": "Sales" }],
            "attributeNames": ["Eic_State"],
        });
        let line = "PUT /messaging/subscriptions/queues/q";
        assert_eq!(client.call(line, &follow.to_string()).await.status, 200);
        let members = format!("PUT /messaging/subscriptions/interactions/{chat}/chat");
        assert!(client.call(&members, "").await.status < 300);
        client.poll().await;

        remove(&server, &client, way, "users", "bob").await;
        for id in [&rings, &talks] {
            assert_eq!(attribute(&server, id, "Eic_State"), "O", "{way:?}");
            assert_eq!(queues(&server, id), ["Sales"], "{way:?}");
        }
        assert_eq!(attribute(&server, &talks, "Eic_UserName"), "");
        assert_eq!(queues(&server, &other), ["Sales", "agent"]);
        assert_eq!(attribute(&server, &own, "Eic_State"), "I", "{way:?}");
        assert_eq!(queues(&server, &chat), ["agent"], "{way:?}");
        assert_eq!(attribute(&server, &chat, "Eic_State"), "C");
        let item = control.item("interactions", &chat).unwrap();
        assert_eq!(item["chat"]["members"].as_array().unwrap().len(), 1);
        let told = client.poll().await;
        let of_queue = told
            .iter()
            .filter(|message| message["subscriptionId"] == "q");
        assert_eq!(of_queue.count(), 1, "{way:?}: {told:?}");
        let told = json!(told).to_string();
        for (id, list) in [
            (&rings, "interactionsChanged"),
            (&talks, "interactionsChanged"),
        ] {
            assert!(
                told.contains(id.as_str()) && told.contains(list),
                "{way:?}: {told}"
            );
        }
        assert!(told.contains("chatMembersMessage"), "{way:?}: {told}");
    }
}

#[tokio::test]
async fn nothing_refers_to_what_was_removed() {
    for way in WAYS {
        let server = started().await;
        let client = connect(&server).await;
        let bob = connect_as(&server, "bob").await;
        let licence = r#"{"licenseList":["I3_ACCESS_CLIENT"]}"#;
        assert_eq!(bob.call("POST /licenses", licence).await.status, 200);
        let dials = r#"{"name":"mine"}"#;
        let made = bob.call("POST /directories/speed-dial", dials).await;
        assert!(made.status < 300, "{made:?}");
        let note = r#"{"statusId":"Available","notes":"here"}"#;
        bob.call("PUT /status/user-statuses/bob", note).await;
        let rings = server.control().ring("Support", None, "+1", "Ada").unwrap();
        let talks = server.control().ring("Support", None, "+2", "Ada").unwrap();
        server.control().pick_up(&talks, "agent");

        remove(&server, &client, way, "workgroups", "Support").await;
        assert_eq!(attribute(&server, &rings, "Eic_State"), "I", "{way:?}");
        assert_eq!(attribute(&server, &talks, "Eic_State"), "C");
        assert_eq!(queues(&server, &talks), ["agent"]);
        // No operation takes a station away.
        remove(&server, &client, Way::World, "stations", "desk").await;
        let status = server.control().item("status/user-statuses", "bob");
        assert_eq!(status.unwrap()["stations"], json!([]), "{way:?}");
        remove(&server, &client, way, "users", "bob").await;

        for table in server.control().tables() {
            for (id, item) in server.control().items(&table) {
                let said = format!("{id}: {item}");
                let gone = ["bob", "\"Support\"", "desk"];
                let gone: Vec<_> = gone.iter().filter(|name| said.contains(**name)).collect();
                // Attributes tell what was when an interaction came.
                let is_past = table == "interactions";
                assert!(
                    is_past || gone.is_empty(),
                    "{way:?}: {gone:?} in {table} {said}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_user_who_removes_the_own_user_is_answered_and_has_no_session_then() {
    let server = started().await;
    let client = connect(&server).await;
    let answer = client.call("DELETE /configuration/users/agent", "").await;
    assert!(answer.status < 300, "{answer:?}");
    assert_eq!(server.control().sessions(), [""; 0]);
    let refused = control(&server, "POST /sessions", r#"{"user":"agent"}"#).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn who_follows_an_interaction_that_is_removed_is_told_so_and_follows_it_no_more() {
    for by_http in [false, true] {
        let server = started().await;
        let client = connect(&server).await;
        let id = server.control().ring("Sales", None, "+1", "Ada").unwrap();
        let line = format!("PUT /messaging/subscriptions/interactions/{id}");
        client.call(&line, r#"{"attributeNames":["*"]}"#).await;
        client.poll().await;
        match by_http {
            true => done(&server, &format!("DELETE /world/interactions/{id}"), "").await,
            false => assert!(server.control().remove("interactions", &id)),
        }
        let told = client.poll().await.pop().unwrap();
        let urn = "urn:inin.com:interactions:interactionDeallocatedMessage";
        assert_eq!(told["__type"], urn, "{told}");
        server.control().create_interaction(&id);
        assert_eq!(client.poll().await, [json!(null); 0]);
    }
}
