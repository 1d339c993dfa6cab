//! Tables with values that nobody expects, set by hand.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::control::post;
use crate::hostile::{clean, evil};

/// A number for a text, very long and deep ones, markup, and nothing.
fn odd() -> Vec<Value> {
    let deep = (0..100).fold(json!(1), |inner, _| json!({ "a": [inner] }));
    vec![
        json!(5),
        json!("x".repeat(100_000)),
        json!(evil(1)),
        json!(null),
        json!([[], {}, null]),
        deep,
    ]
}

/// The properties that the page reads, each with the value.
fn item(value: &Value) -> Value {
    let names = [
        "configurationId",
        "statusId",
        "stations",
        "statusChanged",
        "attributes",
        "queues",
        "callback",
        "metadata",
        "contacts",
        "statisticKey",
        "id",
        "userId",
    ];
    let properties = names.map(|name| (name.to_owned(), value.clone()));
    Value::Object(properties.into_iter().collect())
}

#[tokio::test]
async fn tables_with_odd_values_are_shown_and_can_be_mended() {
    let scenario = Scenario::contact_center().unwrap();
    let server = MockServer::builder().world(scenario).start().await.unwrap();
    let control = server.control();
    let session = control.open_session("agent01");
    for (method, path, body) in [
        ("PUT", "messaging/subscriptions/directories", json!(null)),
        (
            "PUT",
            "messaging/subscriptions/session/sessions-users",
            json!({ "userIds": ["agent01"] }),
        ),
        (
            "PUT",
            "messaging/subscriptions/statistics/statistic-values",
            json!({ "statisticKeys": [] }),
        ),
        ("POST", "licenses", json!({ "licenseList": ["A"] })),
        (
            "PUT",
            "status/user-statuses/agent01",
            json!({ "statusId": "At Lunch", "notes": evil(2) }),
        ),
    ] {
        let request = json!({ "method": method, "path": path, "body": body });
        let answer = post(&server, &format!("sessions/{session}/try"), &request).await;
        assert!(answer["status"].as_u64() < Some(300), "{path}: {answer}");
    }
    let tables = control.tables();
    for table in &tables {
        for (number, value) in odd().into_iter().enumerate() {
            control.put(table, &format!("odd {number}"), value.clone());
            control.put(table, &format!("odd {number} {}", evil(3)), item(&value));
        }
        control.put(table, "", json!({}));
        control.put(table, &"long".repeat(5_000), json!({}));
        control.put(table, "a/b?c#d%2F", json!({ "id": 5 }));
    }
    let browser = Browser::open(&server).await;
    for view in ["sessions", "faults", "messages", "world"] {
        browser.view(view).await;
        clean(&browser).await;
    }
    for part in ["Users", "Callbacks", "All tables"] {
        browser.press(part).await;
        clean(&browser).await;
    }
    for table in &tables {
        let count = control.items(table).len();
        browser.select("Table", table).await;
        browser
            .until(&format!(
                "[...document.querySelectorAll('[aria-label=\"Items of the table\"] tbody tr')].length === {count}"
            ))
            .await;
        clean(&browser).await;
    }
    for table in ["directories", "connection/station"] {
        browser.select("Table", table).await;
        for row in ["odd 5", "odd 1", "odd 2"] {
            browser.press_in(row, "Edit").await;
            browser
                .until("document.querySelector('dialog textarea')")
                .await;
            clean(&browser).await;
            browser.press("Cancel").await;
        }
    }
    browser.select("Table", "directories").await;
    browser.press_in("a/b?c#d%2F", "Remove").await;
    let row = "[...document.querySelectorAll('tbody tr')].find((one) => one.checkVisibility() && one.children[0].textContent === 'a/b?c#d%2F')";
    browser.until(&format!("!{row}")).await;
    assert_eq!(control.item("directories", "a/b?c#d%2F"), None);
    browser.close().await;
}
