//! What public clients of ICWS do: 73 operations, each with the status that those
//! insist on, and what was set is what is read.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::{Answer, Client, PASSWORD, connect, send};

/// Any success: no source says which one.
const SOME: u16 = 2;

const MAIL: &str = r#"{"toParticipants":{"emailAddresses":[]},"ccParticipants":{"emailAddresses":[]},
    "replyToAddress":"a@example.com","emailSubject":"s","emailBody":"b","priority":1}"#;
const MAILS: &str = r#"{"recordings":{"recordingIds":["1"]},"parameters":{
    "toParticipants":{"emailAddresses":[]},"ccParticipants":{"emailAddresses":[]},
    "replyToAddress":"a@example.com","emailSubject":"s","emailBody":"b","priority":1}}"#;

/// Operations in the order in which they work, with `{call}` for an interaction.
const CALLS: &[(&str, &str, u16)] = &[
    ("GET /connection", "", 200),
    ("GET /messaging/messages", "", 200),
    ("GET /configuration/users?select=*", "", 200),
    ("GET /configuration/users/agent", "", 200),
    ("GET /configuration/workgroups", "", 200),
    (
        "GET /configuration/workgroups/Sales?select=members",
        "",
        200,
    ),
    ("GET /configuration/roles", "", 200),
    ("GET /configuration/skills", "", 200),
    (
        "POST /configuration/users",
        r#"{"configurationId":{"id":"ada"},"extension":"7100"}"#,
        201,
    ),
    ("DELETE /configuration/users/ada", "{}", SOME),
    ("GET /configuration/defaults/user", "", 200),
    ("GET /configuration/feature-licenses", "", 200),
    ("GET /configuration/license-allocations", "", 200),
    ("GET /configuration/wrap-up-codes", "", 200),
    ("GET /configuration/wrap-up-categories", "", 200),
    ("GET /configuration/system/languages", "", 200),
    (
        "POST /configuration/mail/send-email",
        r#"{"recipients":["a@example.com"],"subject":"s","body":"b"}"#,
        204,
    ),
    (
        "PUT /messaging/subscriptions/configuration/workgroups/w1",
        r#"{"configurationIds":["Sales"],"properties":["members"],"rightsFilter":"view"}"#,
        SOME,
    ),
    ("GET /status/status-messages", "", 200),
    ("GET /status/status-messages-user-access/agent", "", 200),
    (
        "PUT /messaging/subscriptions/status/status-messages",
        "",
        SOME,
    ),
    (
        "PUT /messaging/subscriptions/status/user-statuses",
        r#"{"userIds":["agent"]}"#,
        200,
    ),
    ("GET /status/user-statuses/agent", "", 200),
    ("GET /status/user-statuses/nobody", "", 404),
    (
        "PUT /status/user-statuses/agent",
        r#"{"statusId":"At Lunch","notes":"back at one"}"#,
        202,
    ),
    (
        "DELETE /messaging/subscriptions/status/user-statuses",
        "",
        204,
    ),
    (
        "PUT /connection/station",
        r#"{"__type":"urn:inin.com:connection:workstationSettings","workstation":"station1"}"#,
        200,
    ),
    ("GET /connection/station", "", 200),
    ("DELETE /connection/station", "", SOME),
    ("GET /connection/station", "", 404),
    (
        "POST /connection/unique-auth-token",
        r#"{"authTokenSeed":"5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2"}"#,
        200,
    ),
    (
        "POST /licenses",
        r#"{"licenseList":["I3_ACCESS_CLIENT"]}"#,
        200,
    ),
    (
        "PUT /messaging/subscriptions/licenses",
        r#"{"licenseList":["I3_ACCESS_CLIENT"]}"#,
        SOME,
    ),
    (
        "PUT /messaging/subscriptions/queues/q1",
        r#"{"queueIds":[{"queueType":1,"queueName":"agent"},{"queueType":"2","queueName":"Sales"}],
            "attributeNames":["Eic_State","eic_remoteid"]}"#,
        200,
    ),
    ("GET /interactions/{call}?select=Eic_State", "", 200),
    (
        "POST /interactions/{call}",
        r#"{"attributes":{"Note":"a"}}"#,
        SOME,
    ),
    ("POST /interactions/{call}/pickup", "", 200),
    ("POST /interactions/{call}/hold", r#"{"on":"true"}"#, 200),
    ("POST /interactions/{call}/mute", r#"{"on":true}"#, 200),
    (
        "POST /interactions/{call}/record",
        r#"{"on":true,"supervisor":false}"#,
        200,
    ),
    ("POST /interactions/{call}/pause", r#"{"on":true}"#, 200),
    (
        "POST /interactions/{call}/send-digits",
        r#"{"dtmfDigits":"123#"}"#,
        200,
    ),
    (
        "POST /interactions/{call}/play-wav",
        r#"{"file":"a.wav"}"#,
        200,
    ),
    ("POST /interactions/{call}/send-to-voicemail", "", 200),
    ("POST /interactions/{call}/disconnect", "", 200),
    ("DELETE /messaging/subscriptions/queues/q1", "", 204),
    (
        "PUT /messaging/subscriptions/system/handler-sent-notifications",
        r#"{"headers":[{"objectId":"o","eventIds":["e"]}]}"#,
        204,
    ),
    (
        "POST /system/handler-notification",
        r#"{"objectId":"O","eventId":"e","data":["1"]}"#,
        202,
    ),
    (
        "PUT /messaging/subscriptions/statistics/statistic-values",
        r#"{"statisticKeys":[{"statisticIdentifier":"mock.workgroup:interactions",
            "parameterValueItems":[{"parameterTypeId":"mock.workgroup","value":"Sales"}]}]}"#,
        SOME,
    ),
    (
        "PUT /messaging/subscriptions/alerts/alert-catalog",
        r#"{"alertSetCategories":[6]}"#,
        SOME,
    ),
    (
        "PUT /messaging/subscriptions/alerts/alert-notifications",
        "{}",
        SOME,
    ),
    ("POST /screenrecordings/record/start/agent", "", 202),
    ("POST /screenrecordings/record/pause/agent", "", 202),
    ("POST /screenrecordings/record/resume/agent", "", 202),
    (
        "POST /screenrecordings/record/stop/agent",
        r#"{"recordingIds":["1"]}"#,
        202,
    ),
    ("GET /recordings/1/attributes", "", SOME),
    (
        "PUT /recordings/1/attributes",
        r#"{"attributesValues":[]}"#,
        SOME,
    ),
    ("DELETE /recordings/1/attributes?attributeNames=a", "", SOME),
    ("GET /recordings/1/export-uri", "", SOME),
    ("PUT /recordings/1/send-as-email", MAIL, SOME),
    ("PUT /recordings/send-as-email", MAILS, SOME),
    ("GET /recordings/1/tags", "", SOME),
    ("PUT /recordings/1/tags", r#"{"tags":["a"]}"#, SOME),
    ("DELETE /recordings/1/tags?tags=a", "", SOME),
    ("POST /recordings/play/station-audio/start/1", "", 202),
    ("POST /recordings/play/station-audio/stop/1", "", SOME),
    (
        "POST /phone-numbers/query-details",
        r#"{"phoneNumber":"+1317"}"#,
        SOME,
    ),
    ("GET /activations/users?select=agent", "", SOME),
    (
        "GET /ipa/process-instances?beginSearchWindow=a&endSearchWindow=b",
        "",
        SOME,
    ),
];

fn fits(answer: &Answer, status: u16) -> bool {
    match status {
        SOME => (200..300).contains(&answer.status),
        status => answer.status == status,
    }
}

#[tokio::test]
async fn what_public_clients_do_is_answered_as_they_expect() {
    let server = MockServer::start().await.unwrap();
    for path in ["features", "version", "features/interactions"] {
        let line = format!("GET /icws/connection/{path}");
        assert_eq!(
            send(&server, &line, &[], "").await.unwrap().status,
            200,
            "{path}"
        );
    }
    let client = connect(&server).await;
    let target = r#"{"__type":"urn:inin.com:interactions:createCallParameters","target":"+1317"}"#;
    let made = client.call("POST /interactions", target).await;
    assert_eq!(made.status, 201, "{made:?}");
    let call = made.json()["interactionId"].as_str().unwrap().to_owned();
    let mut problems = Vec::new();
    for (line, body, status) in CALLS {
        let answer = client.call(&line.replace("{call}", &call), body).await;
        if !fits(&answer, *status) {
            problems.push(format!("{line}: {} {}", answer.status, answer.body));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let gone = client.call("DELETE /connection", "{}").await;
    assert_eq!(gone.status, 200);
    assert_eq!(client.call("DELETE /connection", "").await.status, 401);
}

/// The messages of a type that wait, in order.
pub async fn messages(client: &Client<'_>, name: &str) -> Vec<Value> {
    let messages = client.poll().await.into_iter();
    let suffix = format!(":{name}");
    let own = messages.filter(|m| {
        m["__type"]
            .as_str()
            .is_some_and(|urn| urn.ends_with(&suffix))
    });
    own.collect()
}

#[tokio::test]
async fn a_station_has_one_address_and_an_identifier_where_there_is_none() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let none = client.call("GET /connection/station", "").await;
    assert_eq!(
        (none.status, &none.json()["errorId"]),
        (404, &json!("-2147221496"))
    );
    let body = r#"{"__type":"urn:inin.com:connection:workstationSettings","workstation":"ID"}"#;
    let line = "PUT /connection/station";
    let unknown = client.call(line, body).await;
    assert_eq!(
        (unknown.status, &unknown.json()["errorId"]),
        (400, &json!("-2147221496"))
    );
    let on = client.call(line, &body.replace("ID", "station1")).await;
    assert_eq!((on.status, on.count("location")), (200, 1), "{on:?}");
    let made = r#"{"configurationId":{"id":"ada"}}"#;
    let made = client.call("POST /configuration/users", made).await;
    assert_eq!(made.count("location"), 1, "{made:?}");
    let location = made.header("location").unwrap();
    assert!(location.ends_with("/configuration/users/ada"), "{location}");
}

#[tokio::test]
async fn a_status_that_is_set_is_told_and_read() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let watched = r#"{"userIds":["agent"],"userStatusProperties":["notes"]}"#;
    let line = "PUT /messaging/subscriptions/status/user-statuses";
    client.call(line, watched).await;
    let full = &messages(&client, "userStatusMessage").await[0];
    assert_eq!(full["isDelta"], false);
    assert_eq!(
        full["userStatusList"],
        json!([{"userId": "agent", "statusId": "Available"}])
    );
    let set = r#"{"statusId":"At Lunch","notes":"back at one"}"#;
    let accepted = client.call("PUT /status/user-statuses/agent", set).await;
    let all = client.poll().await;
    let delta = json!([{"userId": "agent", "statusId": "At Lunch", "notes": "back at one"}]);
    assert_eq!(
        (&all[0]["isDelta"], &all[0]["userStatusList"]),
        (&json!(true), &delta)
    );
    assert_eq!(all[1]["requestId"], accepted.json()["requestId"]);
    assert_eq!(all[1]["error"], Value::Null);
    let read = client
        .call("GET /status/user-statuses/agent", "")
        .await
        .json();
    assert_eq!(
        (&read["statusId"], &read["notes"]),
        (&json!("At Lunch"), &json!("back at one"))
    );
    let unknown = client
        .call("PUT /status/user-statuses/agent", r#"{"statusId":"?"}"#)
        .await;
    assert_eq!(unknown.status, 202);
    let ended = &messages(&client, "asyncOperationCompletedMessage").await[0];
    assert!(ended["error"]["message"].is_string(), "{ended}");
}

#[tokio::test]
async fn a_call_goes_from_queue_to_queue() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let body =
        r#"{"queueIds":[{"queueType":2,"queueName":"sales"}],"attributeNames":["EIC_STATE"]}"#;
    client
        .call("PUT /messaging/subscriptions/queues/q", body)
        .await;
    let first = &messages(&client, "queueContentsMessage").await[0];
    assert_eq!(
        *first,
        json!({"__type": "urn:inin.com:queues:queueContentsMessage", "isDelta": false,
            "subscriptionId": "q", "interactionsAdded": []})
    );
    let id = control.ring("Sales", None, "+1317", "Ada").unwrap();
    let came = &messages(&client, "queueContentsMessage").await[0];
    let offered = json!([{"interactionId": id, "attributes": {"Eic_State": "O"}}]);
    assert_eq!(
        (&came["isDelta"], &came["interactionsAdded"]),
        (&json!(true), &offered)
    );
    client
        .call(&format!("POST /interactions/{id}/pickup"), "")
        .await;
    let changed = &messages(&client, "queueContentsMessage").await[0];
    let connected = json!([{"interactionId": id, "attributes": {"Eic_State": "C"}}]);
    assert_eq!(changed["interactionsChanged"], connected);
    let to = r#"{"queueID":{"queueType":2,"queueName":"Support"}}"#;
    client
        .call(&format!("POST /interactions/{id}/blind-transfer"), to)
        .await;
    let left = &messages(&client, "queueContentsMessage").await[0];
    assert_eq!(left["interactionsRemoved"], json!([id]));
}

#[tokio::test]
async fn a_token_of_a_session_connects_once() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let seed = "5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2";
    let body = json!({ "authTokenSeed": seed }).to_string();
    let token = client
        .call("POST /connection/unique-auth-token", &body)
        .await
        .json();
    let body = json!({
        "__type": "urn:inin.com:connection:authTokenConnectionRequestSettings",
        "applicationName": "test", "authTokenSeed": seed, "authToken": token["authToken"],
        "authTokenSourceSession": client.id,
    });
    let headers = [("Accept-Language", "en")];
    let line = "POST /icws/connection";
    let first = send(&server, line, &headers, &body.to_string())
        .await
        .unwrap();
    assert_eq!(first.status, 201);
    let second = send(&server, line, &headers, &body.to_string())
        .await
        .unwrap();
    assert_eq!(second.status, 400);
    assert!(
        send(&server, line, &headers, PASSWORD)
            .await
            .unwrap()
            .status
            == 201
    );
}
