//! The page of the console, and the models that it shows.

use icws_mock::MockServer;
use serde_json::Value;

use crate::raw::connect;
use crate::shell::{control, get};
use crate::traffic::live;

#[tokio::test]
async fn the_page_and_its_files_come_with_a_strict_policy() {
    let server = MockServer::start().await.unwrap();
    let page = control(&server, "GET /", "").await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    for (path, media) in [
        ("/", "text/html"),
        ("/console/main.js", "text/javascript"),
        ("/console/base.css", "text/css"),
        ("/console/icon.svg", "image/svg+xml"),
        ("/state", "application/json"),
        ("", "text/plain"),
    ] {
        let answer = control(&server, &format!("GET {path}"), "").await;
        let is = answer.header("content-type").unwrap_or_default();
        assert!(
            answer.status == 200 && is.starts_with(media),
            "{path}: {answer:?}"
        );
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'")
                && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    let mut stream = live(&server, "").await;
    let mut head = Vec::new();
    while let Some(line) = stream.next_line().await.unwrap() {
        match line.as_str() {
            "" => break,
            _ => head.push(line),
        }
    }
    let guard = "x-content-type-options: nosniff";
    assert!(head.iter().any(|line| line == guard), "{head:?}");
    for script in page.body.split("src=\"").skip(1) {
        let path = format!("/{}", script.split('"').next().unwrap());
        assert_eq!(
            control(&server, &format!("GET {path}"), "").await.status,
            200,
            "{path}"
        );
    }
    assert_eq!(
        control(&server, "GET /console/nothing.js", "").await.status,
        404
    );
    assert_eq!(
        control(&server, "POST /console/main.js", "").await.status,
        404
    );
}

#[tokio::test]
async fn the_model_is_shown_item_by_item() {
    let server = MockServer::start().await.unwrap();
    let list = get(&server, "/model").await;
    let ids = |kind: &str| -> Vec<String> {
        let items = list[kind].as_array().unwrap().iter();
        items
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(ids("operations").contains(&"queues.subscribe".to_owned()));
    assert!(ids("types").contains(&"queues.queueContentsMessage".to_owned()));
    let operation = get(&server, "/model/operations/queues.subscribe").await;
    assert_eq!(operation["method"], "PUT");
    assert_eq!(
        get(&server, "/model/types/queues.queueContentsMessage").await["kind"],
        "message"
    );
    let unknown = control(&server, "GET /model/operations/queues.subscibe", "").await;
    assert!(
        unknown.status == 404 && unknown.body.contains("Did you mean queues.subscribe?"),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn a_loaded_model_is_shown_and_compared_with_beside_the_shipped_one() {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/everything.yaml");
    let server = MockServer::builder()
        .model(model)
        .keep_traffic()
        .start()
        .await
        .unwrap();
    let client = connect(&server).await;
    assert_eq!(
        get(&server, "/model/types/rooms.plans.chair").await["name"],
        "chair"
    );
    assert_eq!(
        get(&server, "/model/types/common.error").await["name"],
        "error"
    );
    client.call("PUT /rooms/0", "{}").await;
    let entry = get(&server, "/traffic/2").await;
    let unknown = |remark: &Value| remark["part"] == "request";
    assert!(
        !entry["remarks"].as_array().unwrap().iter().any(unknown),
        "{entry}"
    );
    client.call("PUT /cellars/0", "{}").await;
    let entry = get(&server, "/traffic/3").await;
    assert!(
        entry["remarks"].as_array().unwrap().iter().any(unknown),
        "{entry}"
    );
}
