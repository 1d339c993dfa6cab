//! Lists of the configuration, as clients ask for them, change them and follow them.

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::clients::messages;
use crate::raw::{connect, connect_as, send};

#[tokio::test]
async fn lists_are_given_page_by_page_as_they_are_asked_for() {
    let server = MockServer::builder().world(icws_mock::Scenario::contact_center().unwrap());
    let server = server.start().await.unwrap();
    let client = connect_as(&server, "agent01").await;
    let headers = [
        ("Cookie", &*client.cookie),
        ("ININ-ICWS-CSRF-Token", &*client.token),
        ("Range", "items=10-19"),
    ];
    let line = client.line("GET /configuration/users?select=extension&orderBy=extension");
    let page = send(&server, &line, &headers, "").await.unwrap();
    assert_eq!(page.header("content-range"), Some("items 10-19/50"));
    let items = page.json()["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 10);
    assert_eq!(items[0]["extension"], "7011");
    assert_eq!(items[0]["configurationId"]["id"], "agent11");
    let those = "GET /configuration/users?where=configurationId.displayName%20sw%20Biller";
    let those = client.call(those, "").await.json();
    assert_eq!(those["items"].as_array().unwrap().len(), 12);
    let unknown = client
        .call("GET /configuration/users?where=a%20like%20b", "")
        .await;
    assert_eq!(unknown.status, 400);
    assert!(unknown.body.contains("is not known"), "{}", unknown.body);
}

#[tokio::test]
async fn what_is_made_changed_and_deleted_is_told_to_those_who_follow_it() {
    let server = MockServer::start().await.unwrap();
    let client = connect(&server).await;
    let all = r#"{"configurationIds":[],"properties":["notes"],"rightsFilter":"view"}"#;
    let path = "/messaging/subscriptions/configuration/skills/s";
    client.call(&format!("PUT {path}"), all).await;
    let full = &messages(&client, "skillsMessage").await[0];
    assert_eq!(full["added"].as_array().unwrap().len(), 2);
    let skill = r#"{"configurationId":{"id":"German"},"notes":"neu"}"#;
    let made = client.call("POST /configuration/skills", skill).await;
    assert_eq!((made.status, &made.json()["id"]), (201, &json!("German")));
    let twice = client.call("POST /configuration/skills", skill).await;
    assert_eq!(twice.status, 400);
    let came = &messages(&client, "skillsMessage").await[0];
    assert_eq!(came["added"][0]["notes"], "neu");
    let change = r#"{"configurationId":{"id":"German"},"notes":null}"#;
    client
        .call("PUT /configuration/skills/German", change)
        .await;
    let changed = &messages(&client, "skillsMessage").await[0];
    assert_eq!(changed["changed"][0]["notes"], Value::Null);
    assert_eq!(changed["changed"][0]["configurationId"]["id"], "German");
    client.call("DELETE /configuration/skills/German", "").await;
    let left = &messages(&client, "skillsMessage").await[0];
    assert_eq!(left["removed"], json!(["German"]));
    let read = client.call("GET /configuration/skills/German", "").await;
    assert_eq!(read.status, 404);
}
