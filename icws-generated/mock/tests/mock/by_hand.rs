//! What somebody changes by hand, and what follows of it.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::raw::{Answer, JSON, connect, send};
use crate::shell::{control, done, get};

async fn center() -> MockServer {
    let scenario = Scenario::contact_center().unwrap();
    MockServer::builder().world(scenario).start().await.unwrap()
}

#[tokio::test]
async fn a_user_who_is_added_can_do_something_and_one_who_is_removed_can_not() {
    let server = MockServer::start().await.unwrap();
    let session = async |user: &str| {
        let body = json!({ "user": user }).to_string();
        control(&server, "POST /sessions", &body).await.status
    };
    let item = r#"{"configurationId":{"id":"Ada L","displayName":"Ada"}}"#;
    done(&server, "PUT /world/configuration/users/Ada%20L", item).await;
    let user = get(&server, "/world/status/user-statuses/Ada%20L").await;
    assert_eq!(user["userId"], "Ada L");
    assert_eq!(session("Ada L").await, 200);
    done(&server, "DELETE /world/configuration/users/Ada%20L", "").await;
    let users = get(&server, "/world/status/user-statuses").await;
    assert_eq!(users.get("Ada L"), None);
    assert_eq!(session("Ada L").await, 404);

    // The same by the control of a test, and nothing by a change of nobody.
    server
        .control()
        .put("configuration/users", "bob", json!({}));
    assert_eq!(session("bob").await, 200);
    let unknown = server
        .control()
        .change_item("configuration/users", "x", |_| {});
    assert!(!unknown && session("x").await == 404);
    assert!(server.control().remove("configuration/users", "bob"));
    assert_eq!(session("bob").await, 404);
}

#[tokio::test]
async fn an_item_is_replaced_only_on_the_conditions_of_the_request() {
    let server = MockServer::start().await.unwrap();
    let path = "/mock/world/configuration/skills/a";
    let put = async |line: &str, header: (&str, &str), body: &str| -> Answer {
        let line = format!("{line} {path}");
        send(&server, &line, &[JSON, header], body).await.unwrap()
    };
    control(&server, "PUT /world/configuration/skills/first", "{}").await;
    server
        .control()
        .put("configuration/skills", "first", json!({}));
    let new = ("If-None-Match", "*");
    assert_eq!(put("PUT", new, r#"{"n":1}"#).await.status, 204);
    let refused = put("PUT", new, r#"{"n":2}"#).await;
    assert_eq!(refused.status, 412);
    assert!(refused.body.contains("an item a already"), "{refused:?}");

    let read = put("GET", ("X-Odd", "1"), "").await;
    let version = read.header("etag").unwrap().to_owned();
    assert_eq!(read.json()["n"], 1);
    let as_read = ("If-Match", version.as_str());
    assert_eq!(put("PUT", as_read, r#"{"n":3}"#).await.status, 204);
    for (method, body) in [
        ("PUT", r#"{"n":4}"#),
        ("PATCH", r#"{"n":4}"#),
        ("DELETE", ""),
    ] {
        let refused = put(method, as_read, body).await;
        assert_eq!(refused.status, 412, "{method}");
        assert!(refused.body.contains("has been changed"), "{refused:?}");
    }
    let item = || server.control().item("configuration/skills", "a");
    assert_eq!(item().unwrap()["n"], 3);
    assert_eq!(put("DELETE", ("If-Match", "*"), "").await.status, 204);
    assert_eq!(put("DELETE", ("If-Match", "*"), "").await.status, 412);
    assert_eq!(item(), None);
    // Without a condition it is as it was.
    assert_eq!(put("PUT", ("X-Odd", "1"), r#"{"n":5}"#).await.status, 204);
    assert_eq!(put("PUT", ("X-Odd", "1"), r#"{"n":6}"#).await.status, 204);
}

#[tokio::test]
async fn an_interaction_is_not_made_in_place_of_another_one() {
    let server = MockServer::start().await.unwrap();
    let call = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    let before = server.control().item("interactions", &call);
    for (path, body) in [
        ("interactions", json!({ "interactionId": call })),
        (
            "callbacks",
            json!({ "interactionId": call, "target": "a", "subject": "b" }),
        ),
    ] {
        let refused = control(&server, &format!("POST /{path}"), &body.to_string()).await;
        assert_eq!(refused.status, 409, "{path}");
        assert!(refused.body.contains("already"), "{refused:?}");
    }
    assert_eq!(server.control().item("interactions", &call), before);
}

#[tokio::test]
async fn a_statistic_that_is_set_by_hand_stays_until_it_is_removed() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let key = json!({
        "statisticIdentifier": "mock.workgroup:interactions",
        "parameterValueItems": [{ "parameterTypeId": "mock.workgroup", "value": "Sales" }],
    });
    let body = json!({ "statisticKeys": [key] }).to_string();
    let follow = "PUT /messaging/subscriptions/statistics/statistic-values";
    assert!(client.call(follow, &body).await.status < 300);
    let table = get(&server, "/world/statistics/statistic-values").await;
    let (id, item) = table.as_object().unwrap().iter().next().unwrap();
    let escaped: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/world/statistics/statistic-values/{escaped}");
    let value = async || get(&server, &path).await["statisticValue"]["value"].clone();
    assert_eq!(value().await, 0);
    let refused = control(&server, &format!("DELETE {path}"), "").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("is counted"), "{refused:?}");

    let mut own = item.clone();
    own["statisticValue"]["value"] = json!(4711);
    client.poll().await;
    done(&server, &format!("PUT {path}"), &own.to_string()).await;
    let told: Vec<Value> = client.poll().await;
    assert!(json!(told).to_string().contains("4711"), "{told:?}");
    server.control().ring("Sales", None, "+1", "Ada");
    assert!(client.call(follow, &body).await.status < 300);
    assert_eq!(value().await, 4711);
    // It is counted again.
    done(&server, &format!("DELETE {path}"), "").await;
    assert_eq!(value().await, 1);
}

/// The order of the properties of a key means nothing.
#[tokio::test]
async fn two_spellings_of_the_key_of_a_statistic_are_the_same_value() {
    let server = MockServer::start().await.unwrap();
    let spellings = [
        r#"{"statisticIdentifier":"mock.workgroup:interactions","parameterValueItems":[{"parameterTypeId":"mock.workgroup","value":"Sales"}]}"#,
        r#"{"parameterValueItems":[{"value":"Sales","parameterTypeId":"mock.workgroup"}],"statisticIdentifier":"mock.workgroup:interactions"}"#,
    ];
    let follow = "PUT /messaging/subscriptions/statistics/statistic-values";
    let clients = [connect(&server).await, connect(&server).await];
    for (client, key) in clients.iter().zip(spellings) {
        let body = format!(r#"{{"statisticKeys":[{key}]}}"#);
        assert!(client.call(follow, &body).await.status < 300);
        client.poll().await;
    }
    let table = "statistics/statistic-values";
    assert_eq!(server.control().items(table).len(), 1);
    for (spelling, number) in spellings.iter().zip([4711, 4712]) {
        let escaped: String = spelling
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        let path = format!("/world/{table}/{escaped}");
        let mut item = get(&server, &path).await;
        item["statisticValue"]["value"] = json!(number);
        done(&server, &format!("PUT {path}"), &item.to_string()).await;
        for client in &clients {
            let told = json!(client.poll().await).to_string();
            assert!(told.contains(&number.to_string()), "{told}");
        }
        assert_eq!(server.control().item(table, spelling), Some(item));
    }
    assert_eq!(server.control().items(table).len(), 1);
    assert!(server.control().remove(table, spellings[0]));
    assert!(server.control().change_item(table, spellings[1], |item| {
        assert_eq!(item["statisticValue"]["value"], 0);
    }));
}

#[tokio::test]
async fn calls_go_to_users_and_workgroups_that_there_are_and_stay_ended() {
    let server = center().await;
    for (body, problem) in [
        (r#"{"workgroup":"None"}"#, "no workgroup None"),
        (r#"{"workgroup":"Sales","user":"nobody"}"#, "no user nobody"),
    ] {
        let refused = control(&server, "POST /calls", body).await;
        assert_eq!(refused.status, 404);
        assert!(refused.body.contains(problem), "{refused:?}");
    }
    let call = control(
        &server,
        "POST /calls",
        r#"{"workgroup":"Sales","user":"agent01"}"#,
    );
    let call = call.await.json()["interactionId"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = server.control().item("interactions", &call);
    let act = async |action: &str, body: &str| {
        control(
            &server,
            &format!("POST /interactions/{call}/{action}"),
            body,
        )
        .await
    };
    assert_eq!(act("pickup", r#"{"user":"nobody"}"#).await.status, 404);
    assert_eq!(act("transfer", r#"{"workgroup":"None"}"#).await.status, 404);
    assert_eq!(server.control().item("interactions", &call), before);
    assert_eq!(act("pickup", r#"{"user":"agent02"}"#).await.status, 204);
    assert_eq!(act("disconnect", "").await.status, 204);
    let ended = server.control().item("interactions", &call);
    for (action, body) in [
        ("pickup", r#"{"user":"agent02"}"#),
        ("transfer", r#"{"workgroup":"Sales"}"#),
        ("hold", ""),
        ("write", r#"{"who":"Ada","text":"t"}"#),
    ] {
        let refused = act(action, body).await;
        assert_eq!(refused.status, 409, "{action}");
        assert!(refused.body.contains("has ended"), "{refused:?}");
    }
    assert!(!server.control().pick_up(&call, "agent02"));
    assert_eq!(server.control().item("interactions", &call), ended);
}

#[tokio::test]
async fn faults_at_a_rate_have_a_rate_and_faults() {
    let server = MockServer::start().await.unwrap();
    for (body, problem) in [
        (
            r#"{"rate":5,"faults":[{"fault":"truncateJson"}]}"#,
            "expected 0 to 1, found 5",
        ),
        (
            r#"{"rate":-0.1,"faults":[{"fault":"truncateJson"}]}"#,
            "`rate`",
        ),
        (r#"{"rate":0.5}"#, "`faults` has none"),
        (
            r#"{"faults":[{"fault":"truncateJson"}]}"#,
            "`rate` is missing",
        ),
    ] {
        let refused = control(&server, "POST /faults/random", body).await;
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains(problem), "{refused:?}");
    }
    assert_eq!(get(&server, "/faults").await["random"], Value::Null);
}

#[tokio::test]
async fn calls_are_held_and_users_get_statuses_and_stations() {
    let server = center().await;
    let call = server.control().ring("Sales", None, "+1", "Ada").unwrap();
    let hold = format!("POST /interactions/{call}/hold");
    // Nobody can hold what nobody has.
    assert_eq!(control(&server, &hold, "").await.status, 409);
    done(
        &server,
        &format!("POST /interactions/{call}/pickup"),
        r#"{"user":"agent01"}"#,
    )
    .await;
    let state =
        || server.control().item("interactions", &call).unwrap()["attributes"]["Eic_State"].clone();
    done(&server, &hold, "").await;
    assert_eq!(state(), "H");
    done(&server, &hold, r#"{"on":false}"#).await;
    assert_eq!(state(), "C");
    let transfer = format!("POST /interactions/{call}/transfer");
    done(&server, &transfer, r#"{"user":"AGENT02"}"#).await;
    let item = server.control().item("interactions", &call).unwrap();
    let queue = json!([{ "queueType": 1, "queueName": "agent02" }]);
    assert_eq!((state(), &item["queues"]), (json!("A"), &queue));
    for (body, status) in [
        (r#"{"user":"nobody"}"#, 404),
        (r#"{"user":"agent02","workgroup":"Sales"}"#, 400),
    ] {
        assert_eq!(control(&server, &transfer, body).await.status, status);
    }
    let user = || {
        server
            .control()
            .item("status/user-statuses", "agent01")
            .unwrap()
    };
    done(
        &server,
        "POST /users/agent01/status",
        r#"{"statusId":"At Lunch"}"#,
    )
    .await;
    done(
        &server,
        "POST /users/agent01/station",
        r#"{"station":"station02"}"#,
    )
    .await;
    assert_eq!(
        (&user()["statusId"], &user()["stations"]),
        (&json!("At Lunch"), &json!(["station02"]))
    );
    done(
        &server,
        "POST /users/agent01/station",
        r#"{"station":null}"#,
    )
    .await;
    assert_eq!(user()["stations"], json!([]));
    for (line, body) in [
        ("POST /users/agent01/status", r#"{"statusId":"none"}"#),
        ("POST /users/agent01/station", r#"{"station":"none"}"#),
        ("POST /users/nobody/status", r#"{"statusId":"At Lunch"}"#),
        ("POST /users/agent01/other", "{}"),
        ("POST /interactions/1/hold", ""),
    ] {
        assert_eq!(control(&server, line, body).await.status, 404, "{line}");
    }
}

#[tokio::test]
async fn a_value_of_a_statistic_is_made_before_anybody_asks_for_one() {
    let server = MockServer::start().await.unwrap();
    let key = r#"{"statisticIdentifier":"inin.workgroup:Calls"}"#;
    let id: String = key.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/world/statistics/statistic-values/{id}");
    let value = format!(r#"{{"statisticKey":{key}}}"#);
    done(&server, &format!("PUT {path}"), &value).await;
    let counts = get(&server, "/world").await;
    assert_eq!(counts["statistics/statistic-values"], 1, "{counts}");
}
