//! Points in time, which the server sends in one form.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{PASSWORD, connect, send};
use crate::shell::done;

#[tokio::test]
async fn times_are_sent_in_the_compact_form() {
    let server = MockServer::start().await.unwrap();
    let line = "POST /icws/connection?include=server-time";
    let answer = send(&server, line, &[("Accept-Language", "en")], PASSWORD)
        .await
        .unwrap();
    let time = answer.json()["serverTimeInfo"]["serverUtcTime"].clone();
    let is_compact = |time: &serde_json::Value| {
        let time = time.as_str().unwrap();
        time.len() == 16 && time.ends_with('Z') && !time.contains(['-', ':', '.'])
    };
    assert!(is_compact(&time), "{time}");
    let clock = send(&server, "GET /icws/connection/server-time", &[], "")
        .await
        .unwrap();
    assert!(is_compact(&clock.json()["serverUtcTime"]), "{clock:?}");
    let client = connect(&server).await;
    let status = client
        .call("GET /status/user-statuses/agent", "")
        .await
        .json();
    assert!(is_compact(&status["statusChanged"]), "{status}");
}

#[tokio::test]
async fn times_that_were_given_in_another_form_are_sent_in_the_compact_one() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let line = "PUT /messaging/subscriptions/status/user-statuses";
    client.call(line, r#"{"userIds":["agent"]}"#).await;
    let until = |time: &str| json!({ "untilDateTime": time, "hasDate": true, "hasTime": true });
    let given = |time: &str| json!({ "statusId": "At Lunch", "until": until(time) });
    let read = async || {
        let status = client.call("GET /status/user-statuses/agent", "").await;
        status.json()["until"]["untilDateTime"].clone()
    };
    let path = "/world/status/user-statuses/agent";
    for (index, time) in ["2026-11-28T10:00:00.000Z", "2026-11-28T12:00:00+02:00"]
        .into_iter()
        .enumerate()
    {
        let expected = json!("20261128T100000Z");
        client.poll().await;
        let set = given(time).to_string();
        let line = "PUT /status/user-statuses/agent";
        assert_eq!(client.call(line, &set).await.status, 202);
        assert_eq!(read().await, expected, "{time}");
        let told = json!(client.poll().await).to_string();
        assert!(!told.contains(time) && (index > 0 || told.contains("20261128T100000Z")));
        // The same by hand.
        client.call(line, r#"{"statusId":"At Lunch"}"#).await;
        let change = json!({ "until": until(time) }).to_string();
        done(&server, &format!("PATCH {path}"), &change).await;
        assert_eq!(read().await, expected, "{time}");
        server
            .control()
            .change_item("status/user-statuses", "agent", |status| {
                status["until"] = until(time);
            });
        assert_eq!(read().await, expected, "{time}");
    }
    // Of lists, too; a text that looks like a time stays as it is.
    let time = "2026-11-28T10:00:00Z";
    let user = json!({ "configurationId": { "id": "ada" }, "createdDate": time, "notes": time });
    client
        .call("POST /configuration/users", &user.to_string())
        .await;
    let user = client
        .call("GET /configuration/users/ada?select=*", "")
        .await
        .json();
    assert_eq!(user["createdDate"], "20261128T100000Z");
    assert_eq!(user["notes"], time);
    assert_eq!(
        server.control().item("configuration/users", "ada").unwrap()["createdDate"],
        Value::from("20261128T100000Z")
    );
}
