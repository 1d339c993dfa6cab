//! Who is connected where, as the subscriptions to sessions tell it.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Client, connect, connect_as};

const WORLD: &str = "
users: [{ id: agent, password: secret }, { id: bob, password: secret }]
stations: [{ id: desk }]
";

async fn started() -> MockServer {
    let world = WORLD.parse().unwrap();
    MockServer::builder().world(world).start().await.unwrap()
}

async fn follow(client: &Client<'_>, what: &str, body: Value) -> Vec<(String, String)> {
    let line = format!("PUT /messaging/subscriptions/session/sessions-{what}");
    let answer = client.call(&line, &body.to_string()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let message = client.poll().await.pop().unwrap();
    assert_eq!(message["isDelta"], false);
    told(&message, "sessionsAdded")
}

/// The users and stations of a list.
fn told(message: &Value, list: &str) -> Vec<(String, String)> {
    let all = message[list].as_array().into_iter().flatten();
    let id = |session: &Value, name: &str| session[name]["id"].as_str().unwrap().to_owned();
    all.map(|session| (id(session, "userId"), id(session, "stationId")))
        .collect()
}

fn at(user: &str, station: &str) -> Vec<(String, String)> {
    vec![(user.to_owned(), station.to_owned())]
}

#[tokio::test]
async fn sessions_of_watched_users_come_and_go() {
    let server = started().await;
    let client = connect(&server).await;
    let users = json!({ "userIds": ["bob"] });
    assert_eq!(follow(&client, "users", users).await, []);
    let bob = connect_as(&server, "bob").await;
    let message = client.poll().await.pop().unwrap();
    assert_eq!(told(&message, "sessionsAdded"), at("bob", ""));
    assert_eq!(message["sessionsAdded"][0]["applicationName"], "test");
    // Nothing tells a second one of the same from the first.
    let again = connect_as(&server, "bob").await;
    assert_eq!(client.poll().await, [json!(null); 0]);
    again.call("DELETE /connection", "").await;
    assert_eq!(client.poll().await, [json!(null); 0]);
    bob.call("DELETE /connection", "").await;
    let message = client.poll().await.pop().unwrap();
    assert_eq!(told(&message, "sessionsRemoved"), at("bob", ""));
    let bob = connect_as(&server, "bob").await;
    client.poll().await;
    assert!(server.control().expire_session(&bob.id));
    let message = client.poll().await.pop().unwrap();
    assert_eq!(told(&message, "sessionsRemoved"), at("bob", ""));
}

#[tokio::test]
async fn who_is_at_a_watched_station_is_told() {
    let server = started().await;
    let client = connect(&server).await;
    let stations = json!({ "stationIds": ["desk"] });
    assert_eq!(follow(&client, "stations", stations).await, []);
    let body = json!({
        "__type": "urn:inin.com:connection:workstationSettings", "workstation": "desk",
    });
    let put = client
        .call("PUT /connection/station", &body.to_string())
        .await;
    assert_eq!(put.status, 200);
    let message = client.poll().await.pop().unwrap();
    assert_eq!(told(&message, "sessionsAdded"), at("agent", "desk"));
    client.call("DELETE /connection/station", "").await;
    let message = client.poll().await.pop().unwrap();
    assert_eq!(told(&message, "sessionsRemoved"), at("agent", "desk"));
}
