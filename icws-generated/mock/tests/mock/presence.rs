//! Who is connected where, as the subscriptions to sessions tell it.

use icws_mock::{Callback, MockServer};
use serde_json::{Value, json};

use crate::raw::{Client, connect, connect_as};

const WORLD: &str = "
workgroups: [{ id: Sales }]
users: [{ id: agent, password: secret }, { id: bob, password: secret }]
statuses: [{ id: Available }, { id: Gone }]
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

/// Follows the statuses of users, and takes the first message.
async fn follow_statuses(client: &Client<'_>, users: &[&str]) -> Value {
    let body = json!({ "userIds": users }).to_string();
    let line = "PUT /messaging/subscriptions/status/user-statuses";
    assert_eq!(client.call(line, &body).await.status, 200);
    client.poll().await.pop().unwrap()
}

/// What the messages that wait say of one user: whether the user is logged in.
async fn logged_in(client: &Client<'_>) -> Vec<Value> {
    let messages = client.poll().await.into_iter();
    let statuses = messages.map(|message| message["userStatusList"].clone());
    let statuses = statuses.flat_map(|list| list.as_array().unwrap().clone());
    statuses.map(|status| status["loggedIn"].clone()).collect()
}

#[tokio::test]
async fn a_user_is_logged_in_while_a_session_of_the_user_is_up() {
    let server = started().await;
    let client = connect(&server).await;
    let message = follow_statuses(&client, &["bob"]).await;
    assert_eq!(message["userStatusList"][0]["loggedIn"], false);
    let bob = connect_as(&server, "bob").await;
    assert_eq!(logged_in(&client).await, [true]);
    let again = connect_as(&server, "bob").await;
    bob.call("DELETE /connection", "").await;
    assert_eq!(logged_in(&client).await, [json!(null); 0]);
    assert!(server.control().expire_session(&again.id));
    assert_eq!(logged_in(&client).await, [false]);

    // The same where a session is made or ended by hand.
    let id = server.control().open_session("bob");
    assert_eq!(logged_in(&client).await, [true]);
    let status = server.control().item("status/user-statuses", "bob");
    assert_eq!(status.unwrap()["loggedIn"], true);
    assert!(server.control().disconnect(&id, "by hand", true));
    assert_eq!(logged_in(&client).await, [false]);
    let own = server.control().item("status/user-statuses", "agent");
    assert_eq!(own.unwrap()["loggedIn"], true);
}

/// One that ends by itself does so while a message is on its way to it.
#[tokio::test]
async fn a_session_for_which_too_much_waits_follows_nothing_more() {
    let builder = MockServer::builder().world(WORLD.parse().unwrap());
    let server = builder.waiting_messages(3).subscriptions(1);
    let server = server.start().await.unwrap();
    let client = connect(&server).await;
    let bob = connect_as(&server, "bob").await;
    let body = json!({ "userIds": ["bob"] }).to_string();
    let line = "PUT /messaging/subscriptions/status/user-statuses";
    assert_eq!(bob.call(line, &body).await.status, 200);
    assert_eq!(client.call(line, &body).await.status, 400);
    for status in ["Available", "Gone", "Available", "Gone"] {
        server.control().set_status("bob", status);
    }
    assert_eq!(
        server.control().sessions(),
        std::slice::from_ref(&client.id)
    );
    let message = follow_statuses(&client, &["bob"]).await;
    assert_eq!(message["userStatusList"][0]["loggedIn"], false);
}

/// Users of the builder are not among those of a scenario.
#[tokio::test]
async fn whoever_can_connect_is_a_user_of_the_world() {
    let builder = MockServer::builder().world(WORLD.parse().unwrap());
    let server = builder.user("eve", "secret").start().await.unwrap();
    let client = connect_as(&server, "eve").await;
    let status = client.call("GET /status/user-statuses/eve", "").await;
    assert_eq!(status.json()["loggedIn"], true);
}

#[tokio::test]
async fn a_user_is_on_the_phone_while_a_call_of_the_user_is_up() {
    let server = started().await;
    let client = connect(&server).await;
    let control = server.control();
    let message = follow_statuses(&client, &["bob", "agent"]).await;
    assert_eq!(message["userStatusList"][0]["onPhone"], false);
    let told = async || {
        let messages = client.poll().await;
        assert!(
            messages.len() < 2,
            "one change is one message: {messages:?}"
        );
        let list = messages
            .first()
            .map(|message| message["userStatusList"].clone());
        let list = list.iter().flat_map(|list| list.as_array().unwrap());
        let said = list.map(|status| {
            let user = status["userId"].as_str().unwrap();
            format!("{user} {}", status["onPhone"])
        });
        said.collect::<Vec<String>>()
    };
    let call = control.ring("Sales", Some("bob"), "+1", "Ada").unwrap();
    assert_eq!(told().await, [""; 0]);
    assert!(control.pick_up(&call, "bob"));
    assert_eq!(told().await, ["bob true"]);
    assert!(control.hold(&call, true));
    let second = control.ring("Sales", Some("bob"), "+2", "Ada").unwrap();
    assert_eq!(told().await, [""; 0]);
    // Whoever had it has it no longer.
    assert!(control.pick_up(&call, "agent"));
    let mut both = told().await;
    both.sort();
    assert_eq!(both, ["agent true", "bob false"]);
    assert!(control.pick_up(&second, "agent"));
    assert!(control.hang_up(&call));
    assert_eq!(told().await, [""; 0]);
    assert!(control.transfer(&second, "Sales"));
    assert_eq!(told().await, ["agent false"]);
    let status = control.item("status/user-statuses", "agent").unwrap();
    assert!(status["onPhoneChanged"].is_string(), "{status}");
}

/// Nobody has to ask for something before it is told.
#[tokio::test]
async fn what_follows_of_a_change_by_hand_is_so_at_once() {
    let server = started().await;
    let control = server.control();
    let is_on_phone = || control.item("status/user-statuses", "bob").unwrap()["onPhone"] == true;
    let call = control.ring("Sales", Some("bob"), "+1", "Ada").unwrap();
    assert!(control.pick_up(&call, "bob") && is_on_phone());
    assert!(control.deallocate(&call) && !is_on_phone());

    let client = connect(&server).await;
    let key = json!({
        "statisticIdentifier": "mock.workgroup:interactions",
        "parameterValueItems": [{ "parameterTypeId": "mock.workgroup", "value": "Sales" }],
    });
    let body = json!({ "statisticKeys": [key] }).to_string();
    let line = "PUT /messaging/subscriptions/statistics/statistic-values";
    assert!(client.call(line, &body).await.status < 300);
    client.poll().await;
    control.create_callback(Callback::new("+1", "s").workgroup("Sales"));
    let told = client.poll().await.pop().unwrap();
    let value = &told["statisticValueChanges"][0]["statisticValue"]["value"];
    assert_eq!(*value, 1, "{told}");
}
