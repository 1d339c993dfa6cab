//! Items of any shape, as a test can put them there.

use icws_mock::MockServer;
use serde_json::json;

use crate::raw::connect;

#[tokio::test]
async fn what_was_put_there_by_hand_may_have_any_shape() {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    let client = connect(&server).await;
    let call = control.ring("Sales", None, "+1", "Ada").unwrap();
    let odd = [json!("text"), json!(5), json!([1]), json!(null), json!({})];
    let nested = |name: &str| odd.clone().map(|odd| json!({ name: odd }));
    let shapes = odd.iter().cloned();
    let shapes = shapes.chain(nested("configurationId"));
    let shapes = shapes.chain(nested("attributes")).chain(nested("queues"));
    let shapes = shapes.chain(nested("chat")).chain(nested("callback"));
    for shape in shapes {
        for (table, id) in [
            ("configuration/skills", "a"),
            ("configuration/users", "ada"),
            ("interactions", call.as_str()),
            ("status/user-statuses", "agent"),
            ("status/status-messages-user-access", "agent"),
            ("connection/station", "agent"),
            ("licenses", "agent/A"),
        ] {
            control.put(table, id, shape.clone());
        }
        let call = format!("/interactions/{call}");
        for (line, body) in [
            (
                "GET /configuration/skills?select=*&where=configurationId.id eq a",
                "",
            ),
            (
                "PUT /configuration/skills/a",
                r#"{"configurationId":{"displayName":"x"}}"#,
            ),
            (
                "PUT /configuration/users/ada",
                r#"{"configurationId":{"displayName":"x"}}"#,
            ),
            (&format!("GET {call}?select=*"), ""),
            (&format!("POST {call}"), r#"{"attributes":{"Note":"a"}}"#),
            (&format!("POST {call}/pickup"), ""),
            (&format!("POST {call}/hold"), r#"{"on":true}"#),
            (
                &format!("POST {call}/chat/messages"),
                r#"{"text":"t","clearTypingIndicator":true}"#,
            ),
            (
                &format!("PUT {call}/callback/disposition"),
                r#"{"disposition":1}"#,
            ),
            (
                &format!("PUT /messaging/subscriptions{call}"),
                r#"{"attributeNames":["*"]}"#,
            ),
            (&format!("PUT /messaging/subscriptions{call}/chat"), ""),
            (
                "PUT /status/user-statuses/agent",
                r#"{"statusId":"At Lunch","notes":"n"}"#,
            ),
            ("GET /status/status-messages-user-access/agent", ""),
            (
                "PUT /connection/station",
                r#"{"__type":"urn:inin.com:connection:remoteNumberSettings","remoteNumber":"1"}"#,
            ),
            ("GET /connection/station", ""),
            ("DELETE /connection/station", ""),
            ("POST /licenses", r#"{"licenseList":["A"]}"#),
            ("DELETE /licenses", ""),
            ("GET /messaging/messages", ""),
        ] {
            let answer = client
                .try_call(&line.replace(" eq a", "%20eq%20a"), body)
                .await;
            let status = answer.as_ref().map(|answer| answer.status);
            assert!(
                status.is_some_and(|status| status < 500),
                "{line}, {shape}: {answer:?}"
            );
        }
        let id = call.trim_start_matches("/interactions/");
        control.set_denied(id, false);
        control.pick_up(id, "agent");
        control.write(id, "Ada", "t");
    }
}
