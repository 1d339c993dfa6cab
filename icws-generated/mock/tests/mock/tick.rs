//! What happens by itself, and how often.

use std::time::Duration;

use icws_mock::MockServer;
use serde_json::{Value, json};

use crate::raw::connect;
use crate::shell::{control, done, get};

#[tokio::test]
async fn a_tick_changes_one_callback_after_the_other() {
    let tick = Duration::from_millis(1);
    let server = MockServer::builder()
        .callbacks(2)
        .tick(tick)
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    let callbacks = control(&server, "GET /callbacks", "").await.json();
    for callback in callbacks.as_array().unwrap() {
        client
            .watch(callback["interactionId"].as_str().unwrap())
            .await;
    }
    let mut changed: Vec<Value> = Vec::new();
    for property in ["attempts", "snoozed", "name"] {
        let is = |message: &Value| message["isDelta"] == true && !message[property].is_null();
        while changed.iter().filter(|message| is(message)).count() < 2 {
            changed.extend(client.poll().await);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_tick_is_changed_while_the_server_runs() {
    let server = MockServer::builder().callbacks(1).start().await.unwrap();
    let id = server.control().callbacks()[0].interaction_id.clone();
    let attempts = || server.control().callback(&id).unwrap().attempts;
    let before = attempts();
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(attempts(), before);
    server.control().set_tick(Some(Duration::from_secs(10)));
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert_ne!(attempts(), before);
    let changed = server.control().callback(&id).unwrap();
    server.control().set_tick(None);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert_eq!(server.control().callback(&id).unwrap(), changed);
}

#[tokio::test]
async fn a_tick_is_told_and_refused_where_it_is_none() {
    let server = MockServer::start().await.unwrap();
    assert_eq!(get(&server, "/tick").await, json!({ "milliseconds": null }));
    done(&server, "PUT /tick", r#"{"milliseconds":250}"#).await;
    assert_eq!(
        get(&server, "/tick").await,
        json!({ "milliseconds": 250.0 })
    );
    for body in [
        r#"{"milliseconds":-1}"#,
        r#"{"milliseconds":1e300}"#,
        r#"{"milliseconds":"1"}"#,
        r#"{"seconds":1}"#,
    ] {
        assert_eq!(
            control(&server, "PUT /tick", body).await.status,
            400,
            "{body}"
        );
    }
    done(&server, "PUT /tick", "{}").await;
    assert_eq!(server.control().tick(), None);
}
