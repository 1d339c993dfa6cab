//! One world: what is said in one place is so in all others.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::raw::{Client, connect, connect_as};
use crate::shell::{control, done};

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users:
  - { id: agent, password: secret, workgroups: [Sales] }
  - { id: bob, password: secret, workgroups: [Sales, Support] }
roles: [{ id: Agent }]
";

async fn started() -> MockServer {
    let world: Scenario = WORLD.parse().unwrap();
    MockServer::builder().world(world).start().await.unwrap()
}

/// The ids of a list of references of an item.
fn ids(server: &MockServer, table: &str, id: &str, list: &str) -> Vec<String> {
    let item = server.control().item(table, id).unwrap();
    let entries = item[list].as_array().cloned().unwrap_or_default();
    let ids = entries
        .iter()
        .map(|entry| entry["id"].as_str().unwrap().to_owned());
    ids.collect()
}

fn members(server: &MockServer, workgroup: &str) -> Vec<String> {
    ids(server, "configuration/workgroups", workgroup, "members")
}

fn workgroups(server: &MockServer, user: &str) -> Vec<String> {
    ids(server, "configuration/users", user, "workgroups")
}

/// The messages of a type that wait.
async fn told(client: &Client<'_>, name: &str) -> Vec<Value> {
    let messages = client.poll().await.into_iter();
    let own = messages.filter(|m| m["__type"].as_str().unwrap().ends_with(name));
    own.collect()
}

#[tokio::test]
async fn workgroups_of_users_and_members_of_workgroups_are_the_same() {
    let server = started().await;
    let client = connect(&server).await;
    let all = r#"{"configurationIds":[],"properties":[],"rightsFilter":"view"}"#;
    for list in ["users", "workgroups"] {
        let line = format!("PUT /messaging/subscriptions/configuration/{list}/s");
        client.call(&line, all).await;
    }
    client.poll().await;
    let call = async |line: &str, body: Value| {
        let answer = client.call(line, &body.to_string()).await;
        assert!(answer.status < 300, "{line}: {answer:?}");
    };
    let user = json!({ "configurationId": { "id": "ada" }, "workgroups": [{ "id": "Support" }] });
    call("POST /configuration/users", user).await;
    assert_eq!(members(&server, "Support"), ["bob", "ada"]);
    let messages = told(&client, ":workgroupsMessage").await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(
        messages[0]["changed"][0]["configurationId"]["id"],
        "Support"
    );

    let update = json!({ "workgroups": [{ "id": "Sales" }] });
    call("PUT /configuration/users/ada", update).await;
    assert_eq!(members(&server, "Sales"), ["agent", "bob", "ada"]);
    assert_eq!(members(&server, "Support"), ["bob"]);
    // What says nothing of them changes nothing of them.
    call(
        "PUT /configuration/users/ada",
        json!({ "extension": "7100" }),
    )
    .await;
    assert_eq!(workgroups(&server, "ada"), ["Sales"]);

    let update = json!({ "members": [{ "id": "ada" }, { "id": "agent" }] });
    call("PUT /configuration/workgroups/Support", update).await;
    assert_eq!(workgroups(&server, "ada"), ["Sales", "Support"]);
    assert_eq!(workgroups(&server, "agent"), ["Sales", "Support"]);
    assert_eq!(workgroups(&server, "bob"), ["Sales"]);
    client.poll().await;
    let new = json!({ "configurationId": { "id": "New" }, "members": [{ "id": "bob" }, { "id": "ada" }] });
    call("POST /configuration/workgroups", new).await;
    assert_eq!(workgroups(&server, "bob"), ["Sales", "New"]);
    let messages = told(&client, ":usersMessage").await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    call("DELETE /configuration/workgroups/New", json!({})).await;
    assert_eq!(workgroups(&server, "bob"), ["Sales"]);

    // The same by hand.
    let path = "/world/configuration";
    let change = r#"{"workgroups":[]}"#;
    done(&server, &format!("PATCH {path}/users/ada"), change).await;
    assert_eq!(members(&server, "Support"), ["agent"]);
    server
        .control()
        .change_item("configuration/workgroups", "Sales", |item| {
            item["members"] = json!([{ "id": "ada" }]);
        });
    assert_eq!(workgroups(&server, "ada"), ["Sales"]);
    assert_eq!(workgroups(&server, "agent"), ["Support"]);
}

#[tokio::test]
async fn who_has_a_skill_is_told_as_the_model_has_it() {
    let world = "
workgroups: [{ id: Sales }]
users: [{ id: agent, password: secret, skills: [English] }, { id: bob, skills: [English] }]
skills: [{ id: English }]
";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let client = connect(&server).await;
    let line = "GET /configuration/skills/English?select=*";
    let skill = client.call(line, "").await;
    let users = skill.json()["userAssignments"].clone();
    for (setting, user) in users.as_array().unwrap().iter().zip(["agent", "bob"]) {
        assert_eq!(setting["id"]["id"], user, "{users}");
        assert!(setting["proficiency"].is_i64() && setting["desireToUse"].is_i64());
    }
    let body = json!({ "userAssignments": [{ "id": { "id": "None" } }] });
    let line = "PUT /configuration/skills/English";
    let refused = client.call(line, &body.to_string()).await;
    assert_eq!(refused.status, 400, "{refused:?}");
    server.control().remove("configuration/users", "bob");
    let skill = server.control().item("configuration/skills", "English");
    let left = &skill.unwrap()["userAssignments"];
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
}

#[tokio::test]
async fn a_reference_to_nothing_is_refused() {
    let server = started().await;
    let client = connect(&server).await;
    let unknown = json!([{ "id": "None" }]);
    let of = |id: &str, list: &str| json!({ "configurationId": { "id": id }, list: unknown });
    let roles = json!({ "configurationId": { "id": "ada" }, "roles": { "actualValue": unknown } });
    for (line, body, place) in [
        (
            "POST /configuration/users",
            of("ada", "workgroups"),
            "workgroups",
        ),
        (
            "PUT /configuration/users/bob",
            of("bob", "workgroups"),
            "workgroups",
        ),
        ("POST /configuration/users", roles, "roles.actualValue"),
        (
            "POST /configuration/workgroups",
            of("New", "members"),
            "members",
        ),
        (
            "PUT /configuration/workgroups/Sales",
            of("Sales", "members"),
            "members",
        ),
    ] {
        let refused = client.call(line, &body.to_string()).await;
        assert_eq!(refused.status, 400, "{line} {body}: {refused:?}");
        assert_eq!(refused.json()["propertyName"], place, "{line}");
        assert!(refused.body.contains("None"), "{refused:?}");
    }
    for (path, body) in [
        ("users/bob", json!({ "workgroups": unknown })),
        ("workgroups/Sales", json!({ "members": unknown })),
    ] {
        let line = format!("PATCH /world/configuration/{path}");
        let refused = control(&server, &line, &body.to_string()).await;
        assert_eq!(refused.status, 400, "{line}: {refused:?}");
    }
    assert_eq!(server.control().item("configuration/users", "ada"), None);
    assert_eq!(workgroups(&server, "bob"), ["Sales", "Support"]);
    assert_eq!(members(&server, "Sales"), ["agent", "bob"]);
}

#[tokio::test]
async fn statuses_of_the_configuration_are_those_that_users_can_choose() {
    let server = started().await;
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/status/status-messages";
    client.call(line, "").await;
    client.poll().await;
    let new = json!({
        "configurationId": { "id": "Tea", "displayName": "Tea" },
        "isDoNotDisturb": true, "isUserSelectable": true, "allowAcdCalls": false,
    });
    let made = client
        .call("POST /configuration/status-messages", &new.to_string())
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let messages = told(&client, ":statusMessagesMessage").await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        json!(messages).to_string().contains("\"Tea\""),
        "{messages:?}"
    );
    let status = || server.control().item("status/status-messages", "Tea");
    assert_eq!(status().unwrap()["isDoNotDisturbStatus"], true);
    assert_eq!(status().unwrap()["isAcdStatus"], false);
    let choice = async || {
        let line = "GET /status/status-messages-user-access/agent";
        client.call(line, "").await.json()["statusMessages"].clone()
    };
    assert!(choice().await.as_array().unwrap().contains(&json!("Tea")));
    let set = client.call("PUT /status/user-statuses/agent", r#"{"statusId":"Tea"}"#);
    set.await;
    let own = || server.control().item("status/user-statuses", "agent");
    assert_eq!(own().unwrap()["statusId"], "Tea");

    let change = r#"{"isDoNotDisturb":false,"isUserSelectable":false}"#;
    client
        .call("PUT /configuration/status-messages/Tea", change)
        .await;
    assert_eq!(status().unwrap()["isDoNotDisturbStatus"], false);
    assert!(!choice().await.as_array().unwrap().contains(&json!("Tea")));

    // A status that somebody has stays.
    let line = "DELETE /configuration/status-messages/Tea";
    let refused = client.call(line, "").await;
    assert_eq!(refused.status, 400, "{refused:?}");
    client
        .call(
            "PUT /status/user-statuses/agent",
            r#"{"statusId":"Available"}"#,
        )
        .await;
    assert!(client.call(line, "").await.status < 300);
    assert_eq!(status(), None);

    // The same by hand, the other way round.
    let own = json!({ "statusId": "Nap", "messageText": "Napping", "isSelectableStatus": true });
    done(
        &server,
        "PUT /world/status/status-messages/Nap",
        &own.to_string(),
    )
    .await;
    let listed = client
        .call("GET /configuration/status-messages/Nap?select=*", "")
        .await;
    assert_eq!(
        listed.json()["configurationId"]["displayName"],
        "Napping",
        "{listed:?}"
    );
    assert_eq!(listed.json()["isUserSelectable"], true);
    assert!(choice().await.as_array().unwrap().contains(&json!("Nap")));
    assert!(server.control().remove("status/status-messages", "Nap"));
    let listed = client.call("GET /configuration/status-messages/Nap", "");
    assert_eq!(listed.await.status, 404);
    assert!(!choice().await.as_array().unwrap().contains(&json!("Nap")));
}

#[tokio::test]
async fn the_list_of_users_tells_the_status_of_each() {
    let server = started().await;
    let client = connect(&server).await;
    let text = || {
        server
            .control()
            .item("configuration/users", "agent")
            .unwrap()["statusText"]
            .clone()
    };
    assert_eq!(text(), "Available");
    client
        .call(
            "PUT /status/user-statuses/agent",
            r#"{"statusId":"At Lunch"}"#,
        )
        .await;
    assert_eq!(text(), "At Lunch");
    server.control().set_status("agent", "Gone Home");
    assert_eq!(text(), "Gone Home");
    server
        .control()
        .change_item("status/user-statuses", "agent", |item| {
            item["statusId"] = json!("Follow Up");
        });
    assert_eq!(text(), "Follow Up");
    let change = r#"{"statusText":"Nonsense","extension":"7100"}"#;
    client.call("PUT /configuration/users/agent", change).await;
    assert_eq!(text(), "Follow Up");
    let new = r#"{"configurationId":{"id":"ada"}}"#;
    client.call("POST /configuration/users", new).await;
    let ada = server.control().item("configuration/users", "ada").unwrap();
    let status = server.control().item("status/user-statuses", "ada");
    assert_eq!(ada["statusText"], status.unwrap()["statusId"]);
}

#[tokio::test]
async fn a_session_that_moves_to_another_station_is_told_at_once_in_one_message() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/session/sessions-users";
    client.call(line, r#"{"userIds":["agent"]}"#).await;
    client.poll().await;
    for station in [Some("station1"), Some("station2"), None] {
        assert!(server.control().set_station("agent", station));
        let messages = told(&client, ":sessionsMessage").await;
        assert_eq!(messages.len(), 1, "{station:?}: {messages:?}");
        let added = &messages[0]["sessionsAdded"][0]["stationId"]["id"];
        assert_eq!(added, station.unwrap_or_default());
    }
}

#[tokio::test]
async fn what_is_made_up_for_a_subscription_is_of_what_it_names() {
    let server = started().await;
    let client = connect(&server).await;
    let other = connect_as(&server, "bob").await;
    let line = "PUT /messaging/subscriptions/activations/users/a1";
    for (client, user) in [(&client, "bob"), (&other, "agent")] {
        let body = json!({ "userId": user, "workgroupIds": ["Sales"] });
        assert!(client.call(line, &body.to_string()).await.status < 300);
        let messages = told(client, ":userActivationMessage").await;
        assert_eq!(messages[0]["userId"], user, "{messages:?}");
        assert_eq!(messages[0]["subscriptionId"], "a1");
    }
}
