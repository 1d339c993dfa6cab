//! The page is used without a mouse, and by those who do not see it.

use icws_mock::{MockServer, Scenario};
use serde_json::{Value, json};

use crate::browser::{Browser, NARROW, NARROW_LIGHT, WIDE, axe};
use crate::control::{post, send};

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
    for look in [WIDE, NARROW, NARROW_LIGHT] {
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
                browser.press("Add an item").await;
                browser.press("Fill in").await;
                browser
                    .until("document.querySelectorAll('fieldset').length > 1")
                    .await;
            }
            browser
                .until("document.querySelector('main').innerText.length > 40")
                .await;
            let found = check(&browser).await;
            assert!(found.is_empty(), "{view}, {look:?}: {found:#?}");
            let dialog = match view {
                "sessions" => "Disconnect…",
                "world" => "Edit…",
                _ => "",
            };
            if !dialog.is_empty() {
                browser.press(dialog).await;
                browser.until("document.querySelector('dialog')").await;
                let found = check(&browser).await;
                assert!(found.is_empty(), "{dialog}, {look:?}: {found:#?}");
                browser.press("Cancel").await;
                browser.until("!document.querySelector('dialog')").await;
            }
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
    // No link of the bar is cut, or behind another.
    let cut = "[...document.querySelectorAll('nav a')].filter((one) => {\
               const { left, right, top, bottom } = one.getBoundingClientRect();\
               const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);\
               return left < 0 || right > 400 || !one.contains(there); }).map((one) => one.textContent)";
    assert_eq!(browser.value(cut).await, json!([]));
}

const ENTER: &str = "\u{e007}";

/// Presses a button by Enter, and waits until the focus is on one of another name.
async fn enter(browser: &Browser, button: &str, then: &str) {
    let name = "document.activeElement.getAttribute('aria-label')";
    let focus = format!(
        "const found = document.querySelector('button[aria-label={}]'); found?.focus(); return Boolean(found);",
        json!(button)
    );
    let found = async {
        while browser.client.execute(&focus, Vec::new()).await.unwrap() != true {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    };
    tokio::time::timeout(crate::browser::PATIENCE, found)
        .await
        .unwrap_or_else(|_| panic!("there is no button {button}"));
    browser.keys(ENTER).await;
    browser.until(&format!("{name} === {}", json!(then))).await;
}

async fn the_focus_stays_in_a_table_whose_row_goes_away(browser: &Browser) {
    let server = MockServer::builder()
        .user("agent", "secret")
        .start()
        .await
        .unwrap();
    let control = server.control();
    browser.show(&server).await;
    for status in [500, 501] {
        let fault = json!({ "fault": "answer", "status": status });
        post(&server, "faults", &fault).await;
    }
    for operation in ["connection.getConnection", "queues.subscribe"] {
        post(&server, "gone", &json!({ "operation": operation })).await;
    }
    browser.view("faults").await;
    let (first, second) = (
        "Switch off answer, status 500",
        "Switch off answer, status 501",
    );
    enter(browser, first, second).await;
    enter(browser, second, "Active faults").await;
    let (first, second) = (
        "Put back connection.getConnection",
        "Put back queues.subscribe",
    );
    // After the last row comes the one before it.
    enter(browser, second, first).await;
    enter(browser, first, "Operations that are gone").await;

    let call = || control.ring("Sales", None, "+1", "Ada").unwrap();
    let calls = [call(), call(), call()];
    browser.view("world").await;
    // The newest is the first.
    enter(
        browser,
        &format!("End {}", calls[2]),
        &format!("End {}", calls[1]),
    )
    .await;
    enter(
        browser,
        &format!("Remove {}", calls[1]),
        &format!("Remove {}", calls[0]),
    )
    .await;
    assert!(control.item("interactions", &calls[1]).is_none());
    // What comes meanwhile does not take the focus away.
    let newest = call();
    browser
        .until(&format!(
            "document.querySelector('[aria-label=\"Remove {newest}\"]')"
        ))
        .await;
    let focused = "document.activeElement.getAttribute('aria-label')";
    assert_eq!(
        browser.value(focused).await,
        json!(format!("Remove {}", calls[0]))
    );
}

async fn what_changes_with_each_request_is_not_announced(browser: &Browser) {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    browser.show(&server).await;
    let announced = "[...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].map((one) => one.textContent)";
    let before = browser.value(announced).await;
    for _ in 0..3 {
        send(&server, "GET /icws/x", &[], "").await;
    }
    browser
        .until("document.querySelector('main').innerText.includes('3 entries')")
        .await;
    assert_eq!(browser.value(announced).await, before);
}

/// One after the other in the same browser.
#[tokio::test]
async fn keys_and_narrow_windows_are_enough() {
    let browser = Browser::start().await;
    the_list_is_walked_by_keys_and_an_entry_opened_and_left(&browser).await;
    nothing_is_wider_than_a_narrow_window(&browser).await;
    the_focus_stays_in_a_table_whose_row_goes_away(&browser).await;
    what_changes_with_each_request_is_not_announced(&browser).await;
    browser.close().await;
}
