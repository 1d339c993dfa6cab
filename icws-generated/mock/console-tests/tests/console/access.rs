//! The page is used without a mouse, and by those who do not see it.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::browser::{Browser, NARROW, WIDE, axe};
use crate::control::post;

/// A server with something in every view, in a small world or that of a contact center.
pub async fn busy(scenario: Option<Scenario>) -> MockServer {
    let builder = match scenario {
        Some(scenario) => MockServer::builder().world(scenario),
        None => MockServer::builder().user("agent01", "secret"),
    };
    let server = builder.keep_traffic().start().await.unwrap();
    let control = server.control();
    let session = control.open_session("agent01");
    let queue = json!({ "queueIds": [{ "queueType": 2, "queueName": "Sales" }], "attributeNames": ["Eic_State", "Eic_RemoteName"] });
    for (method, path, body) in [
        ("PUT", "messaging/subscriptions/queues/board", queue),
        ("GET", "messaging/messages", Value::Null),
        (
            "PUT",
            "status/user-statuses/agent01",
            json!({ "statusId": "At Lunch", "notes": "back at one" }),
        ),
        ("GET", "messaging/messages", Value::Null),
        ("GET", "status/user-statuses/nobody", Value::Null),
        (
            "PUT",
            "status/user-statuses/agent01",
            json!({ "statusId": "Available", "until": 5, "colour": "green" }),
        ),
        ("GET", "configuration/users?select=*", Value::Null),
    ] {
        post(
            &server,
            &format!("sessions/{session}/try"),
            &json!({ "method": method, "path": path, "body": body }),
        )
        .await;
    }
    post(
        &server,
        "faults",
        &json!({ "fault": "answer", "status": 503, "operation": "connection.getConnection" }),
    )
    .await;
    post(
        &server,
        &format!("sessions/{session}/try"),
        &json!({ "method": "GET", "path": "connection" }),
    )
    .await;
    post(
        &server,
        "faults",
        &json!({ "fault": "delay", "seconds": 2, "operation": "queues.subscribe" }),
    )
    .await;
    post(
        &server,
        "gone",
        &json!({ "operation": "queues.unsubscribe" }),
    )
    .await;
    control.ring("Sales", None, "+13175550142", "Ada Example");
    post(
        &server,
        &format!("sessions/{session}/try"),
        &json!({ "method": "GET", "path": "messaging/messages" }),
    )
    .await;
    server
}

#[tokio::test]
async fn no_view_has_serious_findings_of_axe() {
    let server = busy(None).await;
    let browser = Browser::open(&server).await;
    browser.client.execute(&axe(), Vec::new()).await.unwrap();
    // Colours are those of the scheme, at any width.
    for look in [WIDE, NARROW] {
        browser.look(look).await;
        for view in [
            "traffic",
            "entry",
            "sessions",
            "world",
            "users",
            "faults",
            "messages",
            "reference",
            "operation",
        ] {
            match view {
                "entry" => browser.choose("/status/user-statuses/agent01").await,
                "users" => browser.press("Users").await,
                "operation" => {
                    browser.fill("Search", "queues.subscribe").await;
                    browser.choose("queues.subscribe").await;
                    browser.press("Try it").await;
                    browser
                        .until("document.querySelector('.trial textarea')")
                        .await;
                }
                view => browser.view(view).await,
            }
            if view == "messages" {
                browser
                    .fill("Message", "queues.queueContentsMessage\n")
                    .await;
                browser.until("document.querySelector('fieldset')").await;
            }
            browser
                .until("document.querySelector('main').innerText.length > 40")
                .await;
            let found = check(&browser).await;
            assert!(found.is_empty(), "{view}, {look:?}: {found:#?}");
            match view {
                "entry" => browser.press("Close").await,
                "users" => browser.press("Interactions").await,
                "operation" => {
                    browser.press("Try it").await;
                    browser.fill("Search", " ").await;
                }
                _ => {}
            }
        }
        browser
            .client
            .execute(
                "for (const back of document.querySelectorAll('button.back')) back.click();",
                Vec::new(),
            )
            .await
            .unwrap();
    }
    browser.close().await;
}

/// The findings that keep somebody out.
async fn check(browser: &Browser) -> Vec<Value> {
    let script = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'], preload: false })\
                  .then(({ violations }) => done(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')\
                  .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 3).map((node) => [node.html, node.failureSummary]) }))), \
                  (error) => done([String(error)]));";
    let found = browser
        .client
        .execute_async(script, Vec::new())
        .await
        .unwrap();
    found.as_array().unwrap().clone()
}

async fn the_list_is_walked_by_keys_and_an_entry_opened_and_left(browser: &Browser) {
    let server = busy(None).await;
    browser.show(&server).await;
    browser
        .until("document.querySelectorAll('[role=option]').length > 5")
        .await;
    let list = browser
        .client
        .find(fantoccini::Locator::Css(".list"))
        .await
        .unwrap();
    let down = "\u{e015}";
    let (enter, escape) = ("\u{e007}", "\u{e00c}");
    list.send_keys(down).await.unwrap();
    list.send_keys(down).await.unwrap();
    let chosen = "document.querySelector('[role=option][aria-selected=true]')";
    browser
        .until(&format!("{chosen}?.getAttribute('aria-posinset') === '2'"))
        .await;
    browser
        .until(&format!(
            "document.querySelector('.list').getAttribute('aria-activedescendant') === {chosen}.id"
        ))
        .await;
    list.send_keys(enter).await.unwrap();
    browser
        .until("document.activeElement.tagName === 'H2'")
        .await;
    let heading = browser.client.active_element().await.unwrap();
    heading.send_keys(escape).await.unwrap();
    browser
        .until("document.activeElement.classList.contains('list')")
        .await;
}

async fn nothing_is_wider_than_a_narrow_window(browser: &Browser) {
    let server = busy(None).await;
    browser.show(&server).await;
    browser.look(NARROW).await;
    for view in [
        "traffic",
        "sessions",
        "world",
        "faults",
        "messages",
        "reference",
    ] {
        browser.view(view).await;
        browser
            .until("document.querySelector('main').innerText.length > 40")
            .await;
        assert_eq!(
            browser.value("document.documentElement.scrollWidth").await,
            400,
            "{view}"
        );
        assert_eq!(
            browser
                .value("document.querySelector('.view').scrollWidth <= 400")
                .await,
            true,
            "{view}"
        );
    }
}

/// One after the other in the same browser.
#[tokio::test]
async fn keys_and_narrow_windows_are_enough() {
    let browser = Browser::start().await;
    the_list_is_walked_by_keys_and_an_entry_opened_and_left(&browser).await;
    nothing_is_wider_than_a_narrow_window(&browser).await;
    browser.close().await;
}
