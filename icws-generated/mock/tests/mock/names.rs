//! Users and other items are known by one name everywhere, and found by it in any case.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::raw::{Client, JSON, connect_as, send};
use crate::shell::{control, done};

async fn started() -> MockServer {
    let scenario = Scenario::contact_center().unwrap();
    MockServer::builder().world(scenario).start().await.unwrap()
}

async fn log_in(server: &MockServer, user: &str) -> Value {
    let body = json!({
        "__type": "urn:inin.com:connection:icAuthConnectionRequestSettings",
        "applicationName": "a", "userID": user, "password": "secret",
    });
    let line = "POST /icws/connection";
    let headers = [JSON, ("Accept-Language", "en")];
    let answer = send(server, line, &headers, &body.to_string())
        .await
        .unwrap();
    assert_eq!(answer.status, 201, "{user}: {answer:?}");
    answer.json()
}

async fn read(client: &Client<'_>, line: &str) -> Value {
    let answer = client.call(line, "").await;
    assert_eq!(answer.status, 200, "{line}: {answer:?}");
    answer.json()
}

#[tokio::test]
async fn a_user_has_one_name_and_keeps_none_that_was() {
    let server = started().await;
    assert_eq!(
        log_in(&server, "agent03").await["userDisplayName"],
        "Agent 03"
    );
    let client = connect_as(&server, "agent03").await;
    let line = "PUT /messaging/subscriptions/session/sessions-users";
    client.call(line, r#"{"userIds":["agent03"]}"#).await;
    let sessions = client.poll().await.pop().unwrap();
    assert_eq!(
        sessions["sessionsAdded"][0]["userId"]["displayName"], "Agent 03",
        "{sessions}"
    );
    let kind = "urn:inin.com:interactions.chat:createChatParameters";
    let chat = json!({ "__type": kind, "target": "agent04" });
    let chat = client
        .call("POST /interactions", &chat.to_string())
        .await
        .json();
    let chat = chat["interactionId"].as_str().unwrap();
    let item = server.control().item("interactions", chat).unwrap();
    let names = |item: &Value| -> Vec<Value> {
        let members = item["chat"]["members"].as_array().unwrap().iter();
        members
            .map(|member| member["displayName"].clone())
            .collect()
    };
    assert_eq!(names(&item), ["Agent 03", "Agent 04"]);
    // Who writes is the member that there is.
    assert!(server.control().write(chat, "agent04", "Hello"));
    let item = server.control().item("interactions", chat).unwrap();
    assert_eq!(names(&item), ["Agent 03", "Agent 04"]);

    let change = r#"{"configurationId":{"id":"agent03","displayName":"Ada"}}"#;
    let put = client
        .call("PUT /configuration/users/agent03", change)
        .await;
    assert_eq!(put.status, 200, "{put:?}");
    for (table, id, list) in [
        ("configuration/workgroups", "Sales", "members"),
        ("configuration/skills", "English", "userAssignments"),
    ] {
        let item = server.control().item(table, id).unwrap();
        let text = item[list].to_string();
        assert!(
            text.contains("\"Ada\"") && !text.contains("\"Agent 03\""),
            "{text}"
        );
    }
    assert_eq!(log_in(&server, "agent03").await["userDisplayName"], "Ada");
    let change = r#"{"configurationId":{"id":"Sales","displayName":"Sellers"}}"#;
    client
        .call("PUT /configuration/workgroups/Sales", change)
        .await;
    let user = server
        .control()
        .item("configuration/users", "agent03")
        .unwrap();
    assert_eq!(user["workgroups"][0]["displayName"], "Sellers", "{user}");
}

#[tokio::test]
async fn names_are_found_in_any_case_and_answered_as_the_world_spells_them() {
    let server = started().await;
    assert_eq!(log_in(&server, "AGENT02").await["userID"], "agent02");
    let client = connect_as(&server, "Agent02").await;
    let status = read(&client, "GET /status/user-statuses/AGENT02").await;
    assert_eq!(status["userId"], "agent02");
    let user = read(&client, "GET /configuration/users/AGENT02").await;
    assert_eq!(user["configurationId"]["id"], "agent02");
    let access = read(&client, "GET /status/status-messages-user-access/AGENT02").await;
    assert_eq!(access["userId"], "agent02");
    let line = "PUT /messaging/subscriptions/status/user-statuses";
    client.call(line, r#"{"userIds":["AGENT02"]}"#).await;
    let told = client.poll().await.pop().unwrap();
    assert_eq!(told["userStatusList"][0]["userId"], "agent02", "{told}");
    let line = "PUT /status/user-statuses/AGENT02";
    client.call(line, r#"{"statusId":"at lunch"}"#).await;
    let own = || {
        server
            .control()
            .item("status/user-statuses", "agent02")
            .unwrap()
    };
    assert_eq!(own()["statusId"], "At Lunch");
    let change = r#"{"extension":"7777"}"#;
    let put = client
        .call("PUT /configuration/users/AGENT02", change)
        .await;
    assert_eq!(put.json()["id"], "agent02", "{put:?}");
    let new = r#"{"configurationId":{"id":"AGENT02"}}"#;
    assert_eq!(
        client.call("POST /configuration/users", new).await.status,
        400
    );
    assert_eq!(server.control().items("configuration/users").len(), 50);

    // The same by hand.
    done(
        &server,
        "POST /users/AGENT02/status",
        r#"{"statusId":"gone home"}"#,
    )
    .await;
    assert_eq!(own()["statusId"], "Gone Home");
    done(
        &server,
        "POST /users/AGENT02/station",
        r#"{"station":"STATION07"}"#,
    )
    .await;
    assert_eq!(own()["stations"], json!(["station07"]));
    let call = server
        .control()
        .ring("sales", Some("AGENT02"), "+1", "Ada")
        .unwrap();
    let queues = server.control().item("interactions", &call).unwrap()["queues"].to_string();
    assert!(
        queues.contains("\"Sales\"") && queues.contains("\"agent02\""),
        "{queues}"
    );
    let made = control(&server, "POST /sessions", r#"{"user":"AGENT02"}"#)
        .await
        .json();
    let id = made["sessionId"].as_str().unwrap();
    let session = crate::shell::get(&server, &format!("/sessions/{id}")).await;
    assert_eq!(session["user"], "agent02");
}

#[tokio::test]
async fn a_user_who_is_made_has_the_first_status_of_the_file() {
    let world = "
statuses: [{ id: Ringing, selectable: false }, { id: Working }, { id: Away }]
users: [{ id: ada, password: secret }]";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let client = connect_as(&server, "ada").await;
    let new = r#"{"configurationId":{"id":"bob"}}"#;
    client.call("POST /configuration/users", new).await;
    for user in ["ada", "bob"] {
        let status = read(&client, &format!("GET /status/user-statuses/{user}")).await;
        assert_eq!(status["statusId"], "Working", "{user}");
    }
}

#[tokio::test]
async fn a_user_who_is_called_like_a_workgroup_has_another_queue() {
    let world = "
workgroups: [{ id: Sales }]
users: [{ id: agent, password: secret }, { id: Sales }]";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let client = connect_as(&server, "agent").await;
    let key = json!({
        "statisticIdentifier": "mock.workgroup:interactions",
        "parameterValueItems": [{ "parameterTypeId": "mock.workgroup", "value": "Sales" }],
    });
    let line = "PUT /messaging/subscriptions/statistics/statistic-values";
    let body = json!({ "statisticKeys": [key] }).to_string();
    assert!(client.call(line, &body).await.status < 300);
    server.control().ring("Sales", Some("Sales"), "+1", "Ada");
    let values = server.control().items("statistics/statistic-values");
    let value = &values.values().next().unwrap()["statisticValue"]["value"];
    assert_eq!(*value, 1);
}
