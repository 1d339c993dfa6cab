//! Items that people put into tables over HTTP: what is missing is completed, and what
//! cannot be meant is refused.

use icws_mock::{Callback, MockServer};
use serde_json::{Value, json};

use crate::raw::connect;
use crate::shell::{control, done, get};

const KEY: &str = r#"{"statisticIdentifier":"other:x","parameterValueItems":[]}"#;

fn escaped(text: &str) -> String {
    let piece = |byte: u8| format!("%{byte:02X}");
    text.bytes().map(piece).collect()
}

async fn started() -> MockServer {
    let server = MockServer::start().await.unwrap();
    // Tables that are filled when they are first asked for.
    let client = connect(&server).await;
    for (line, body) in [
        ("PUT /messaging/subscriptions/directories", ""),
        (
            "PUT /messaging/subscriptions/session/sessions-users",
            r#"{"userIds":["agent"]}"#,
        ),
        (
            "PUT /messaging/subscriptions/statistics/statistic-values",
            r#"{"statisticKeys":[]}"#,
        ),
        ("POST /licenses", r#"{"licenseList":["A"]}"#),
        (
            "PUT /status/user-statuses/agent",
            r#"{"statusId":"At Lunch","notes":"n"}"#,
        ),
    ] {
        assert!(client.call(line, body).await.status < 300, "{line}");
    }
    server.control().ring("Sales", None, "+1", "Ada");
    let other = json!({ "statisticKey": serde_json::from_str::<Value>(KEY).unwrap() });
    server
        .control()
        .put("statistics/statistic-values", KEY, other);
    server
}

#[tokio::test]
async fn an_item_has_what_says_which_it_is() {
    let server = started().await;
    let key = escaped(KEY);
    for (path, body, pointer, expected) in [
        (
            "configuration/users/bare",
            "{}",
            "/configurationId/id",
            json!("bare"),
        ),
        (
            "configuration/skills/a%2Fb",
            "{}",
            "/configurationId/displayName",
            json!("a/b"),
        ),
        (
            "configuration/roles/a%20b",
            r#"{"configurationId":{"displayName":"B"},"x":1}"#,
            "/configurationId",
            json!({ "displayName": "B", "id": "a b", "uri": "/configuration/roles/a%20b" }),
        ),
        (
            "status/user-statuses/bare",
            r#"{"statusId":"Available"}"#,
            "/userId",
            json!("bare"),
        ),
        (
            "status/user-statuses/agent",
            r#"{"statusId":"Available"}"#,
            "/loggedIn",
            json!(true),
        ),
        (
            "status/status-messages/Out",
            "{}",
            "/statusId",
            json!("Out"),
        ),
        (
            "status/status-messages-user-access/bare",
            "{}",
            "/statusMessages",
            json!([]),
        ),
        ("connection/station/bare", "{}", "/stationSetting", json!(0)),
        ("interactions/5", "{}", "/attributes", json!({})),
        ("interactions/5", "{}", "/queues", json!([])),
        (
            "interactions/6",
            r#"{"callback":{"target":"+1","subject":"s"}}"#,
            "/callback/interactionId",
            json!("6"),
        ),
        (
            "interactions/7",
            r#"{"chat":{}}"#,
            "/chat",
            json!({ "members": [], "texts": [] }),
        ),
        (
            "directories/mine",
            "{}",
            "/metadata/directoryID",
            json!("mine"),
        ),
        ("licenses/agent%2FB", "{}", "/isAssigned", json!(false)),
        (
            "status/user-status-previous-info/agent%2FGone",
            "{}",
            "/statusId",
            json!("Gone"),
        ),
        (
            &format!("statistics/statistic-values/{key}"),
            "{}",
            "/statisticKey/statisticIdentifier",
            json!("other:x"),
        ),
    ] {
        done(&server, &format!("PUT /world/{path}"), body).await;
        let item = get(&server, &format!("/world/{path}")).await;
        assert_eq!(item.pointer(pointer), Some(&expected), "{path}: {item}");
        // What says so cannot be taken away.
        let name = pointer.split('/').nth(1).unwrap();
        let patch = json!({ name: null }).to_string();
        done(&server, &format!("PATCH /world/{path}"), &patch).await;
        let item = get(&server, &format!("/world/{path}")).await;
        assert!(
            item.get(name).is_some() || ["callback", "chat"].contains(&name),
            "{path}: {item}"
        );
    }
    // Such a user can be worked with.
    let client = connect(&server).await;
    let users = client.call("GET /configuration/users", "").await.json();
    assert!(users.to_string().contains("bare"), "{users}");
    done(&server, "POST /interactions/5/pickup", r#"{"user":"bare"}"#).await;
    let five = get(&server, "/world/interactions/5").await;
    assert_eq!(five["attributes"]["Eic_UserName"], "bare");
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    let server = started().await;
    let callback = server.control().create_callback(Callback::new("+1", "s"));
    let key = escaped(KEY);
    let key_path = format!("statistics/statistic-values/{key}");
    let callback_path = format!("interactions/{callback}");
    for (path, body, status, problem) in [
        (
            "configuration/users/a",
            r#"{"configurationId":{"id":"b"}}"#,
            400,
            "`id`: expected \"a\", as that is where the item is put, found \"b\".",
        ),
        (
            "configuration/users/a",
            r#"{"configurationId":5}"#,
            400,
            "expected an object, found 5",
        ),
        (
            "configuration/users/a",
            r#"{"configurationId":{"displayName":[1]}}"#,
            400,
            "`configurationId.displayName`: expected a string, found [1].",
        ),
        ("configuration/users/a", "[]", 400, "no JSON object"),
        (
            "status/user-statuses/nobody",
            r#"{"statusId":"Available"}"#,
            409,
            "no user nobody",
        ),
        (
            "status/user-statuses/agent",
            "{}",
            400,
            "`statusId`: expected the id of one of",
        ),
        (
            "status/user-statuses/agent",
            r#"{"statusId":5}"#,
            400,
            "found 5",
        ),
        (
            "status/user-statuses/agent",
            r#"{"statusId":"Available","userId":"b"}"#,
            400,
            "`userId`: expected \"agent\"",
        ),
        (
            "status/status-messages-user-access/nobody",
            "{}",
            409,
            "no user nobody",
        ),
        (
            "status/status-messages-user-access/agent",
            r#"{"statusMessages":[5]}"#,
            400,
            "a list of the ids of statuses",
        ),
        (
            "status/status-messages/Out",
            r#"{"statusId":"In"}"#,
            400,
            "`statusId`",
        ),
        ("connection/station/nobody", "{}", 409, "no user nobody"),
        ("licenses/A", "{}", 400, "Ids are `user/name` here"),
        (
            "interactions/5",
            r#"{"attributes":{"Eic_State":5}}"#,
            400,
            "an object of strings",
        ),
        (
            "interactions/5",
            r#"{"queues":[{"queueName":"Sales"}]}"#,
            400,
            "`queues`: expected",
        ),
        (
            "interactions/5",
            r#"{"callback":{}}"#,
            400,
            "`target` and `subject` at least",
        ),
        (
            &callback_path,
            r#"{"callback":{"interactionId":"5"}}"#,
            400,
            "`interactionId`",
        ),
        (
            "interactions/5",
            r#"{"chat":[]}"#,
            400,
            "`chat`: expected an object",
        ),
        (
            "directories/mine",
            r#"{"metadata":"x"}"#,
            400,
            "`metadata`: expected an object",
        ),
        (
            "directories/mine",
            r#"{"contacts":{"a":5}}"#,
            400,
            "`contacts`: expected",
        ),
        (
            "directories/company",
            "{}",
            409,
            "follows users and workgroups",
        ),
        (
            "directories/workgroup.Sales",
            "{}",
            409,
            "follows users and workgroups",
        ),
        ("session/sessions/x", "{}", 409, "follows the sessions"),
        (
            "statistics/statistic-values/x",
            "{}",
            400,
            "is its key in JSON",
        ),
        (
            &key_path,
            r#"{"statisticKey":{"a":1}}"#,
            400,
            "expected the key in the path",
        ),
    ] {
        let before = get(&server, "/world").await;
        let refused = control(&server, &format!("PUT /world/{path}"), body).await;
        assert_eq!(refused.status, status, "{path} {body}: {refused:?}");
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(problem), "{path}: {message}");
        assert_eq!(get(&server, "/world").await, before, "{path}");
    }
    for (path, problem) in [
        ("status/user-statuses/agent", "takes it away with the user"),
        (
            "status/status-messages-user-access/agent",
            "takes it away with the user",
        ),
        ("connection/station/agent", "takes it away with the user"),
        (
            "status/status-messages/At%20Lunch",
            "is the status of agent",
        ),
        ("directories/company", "follows users and workgroups"),
    ] {
        let refused = control(&server, &format!("DELETE /world/{path}"), "").await;
        assert_eq!(refused.status, 409, "{path}: {refused:?}");
        assert!(refused.body.contains(problem), "{path}: {refused:?}");
    }
    // The same of an item that is changed, and long values are not repeated.
    let long = json!({ "configurationId": { "id": "x".repeat(10_000) } }).to_string();
    let refused = control(&server, "PATCH /world/configuration/users/agent", &long).await;
    assert!(
        refused.status == 400 && refused.body.len() < 500,
        "{refused:?}"
    );
    let deep = format!(
        "{}{}",
        "{\"a\":".repeat(5_000),
        "1".to_owned() + &"}".repeat(5_000)
    );
    let refused = control(&server, "PUT /world/interactions/5", &deep).await;
    assert!(
        refused.status == 400 && refused.body.contains("recursion"),
        "{refused:?}"
    );
}
