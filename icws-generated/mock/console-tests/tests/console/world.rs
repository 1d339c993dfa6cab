//! The world is changed by hand: what the page says is so, and nothing is lost.

use icws_mock::MockServer;
use serde_json::json;

use crate::browser::{Browser, NARROW};
use crate::control::get;

/// A row of the table in sight that has a text.
fn row(text: &str) -> String {
    let rows = "[...document.querySelectorAll('tbody tr')]";
    format!(
        "{rows}.some((one) => one.checkVisibility() && one.textContent.includes({}))",
        json!(text)
    )
}

fn told(text: &str) -> String {
    format!(
        "document.getElementById('notes').textContent.includes({})",
        json!(text)
    )
}

fn problem(text: &str) -> String {
    format!(
        "document.querySelector('dialog .problem')?.textContent.includes({})",
        json!(text)
    )
}

const CANCEL: &str = "[...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'Cancel').click();";

async fn users_and_items_are_what_the_page_says_and_none_is_overwritten(browser: &Browser) {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    control.put("configuration/skills", "a", json!({ "big": 1 }));
    browser.show(&server).await;
    browser.view("world").await;
    browser.press("Users").await;
    browser.fill("New user", "Ada L").await;
    browser.press("Add").await;
    browser.until(&row("Ada L")).await;
    assert!(control.item("status/user-statuses", "Ada L").is_some());
    control.put("configuration/users", "Ada L", json!({ "kept": true }));
    browser.fill("New user", "Ada L").await;
    browser.press("Add").await;
    browser.until(&told("There is an item Ada L already")).await;
    let user = control.item("configuration/users", "Ada L").unwrap();
    assert_eq!(user["kept"], true, "{user}");
    browser.press_in("Ada L", "Remove").await;
    browser.until(&format!("!({})", row("Ada L"))).await;
    assert!(control.item("status/user-statuses", "Ada L").is_none());

    browser.press("All tables").await;
    browser
        .until("document.querySelector('option[value=\"configuration/skills\"]')")
        .await;
    browser.select("Table", "configuration/skills").await;
    browser.until(&row("{\"big\":1}")).await;
    browser.fill("New id", "a").await;
    browser.press("New item…").await;
    browser.press("Put").await;
    browser.until(&problem("There is an item a already")).await;
    browser.client.execute(CANCEL, Vec::new()).await.unwrap();
    browser.until("!document.querySelector('dialog')").await;

    // What is edited is the text as the server has it, and what has changed stays.
    let digits = u64::MAX.to_string();
    control.put("configuration/skills", "a", json!({ "big": u64::MAX }));
    browser.press_in("\"big\":", "Edit").await;
    browser
        .until(&format!(
            "document.querySelector('dialog textarea')?.value.includes({digits:?})"
        ))
        .await;
    control.put("configuration/skills", "a", json!({ "big": 2 }));
    browser.press("Save").await;
    browser
        .until(&problem("has been changed since it was read"))
        .await;
    browser.client.execute(CANCEL, Vec::new()).await.unwrap();
    assert_eq!(
        control.item("configuration/skills", "a"),
        Some(json!({ "big": 2 }))
    );
    browser.press_in("\"big\":", "Edit").await;
    let write = format!(
        "document.querySelector('dialog textarea').value = '{{\"big\": {digits}}}'; return true;"
    );
    browser
        .until("document.querySelector('dialog textarea')")
        .await;
    browser.client.execute(&write, Vec::new()).await.unwrap();
    browser.press_in_dialog("Save").await;
    let item = control.item("configuration/skills", "a").unwrap();
    assert_eq!(item["big"], u64::MAX);
}

async fn an_odd_item_harms_no_view_and_names_tell_rows_apart(browser: &Browser) {
    let server = MockServer::start().await.unwrap();
    let control = server.control();
    browser.show(&server).await;
    // Names of what all objects have are no views.
    browser
        .client
        .execute("location.hash = '#toString';", Vec::new())
        .await
        .unwrap();
    browser.until("document.title.startsWith('traffic')").await;
    // What has not been answered yet is not told as nothing.
    let hold = "const real = window.fetch; const gate = new Promise((open) => { window.let = open; }); \
                window.fetch = (where, request) => (where.startsWith('sessions') ? gate : Promise.resolve())\
                .then(() => real(where, request));";
    browser.client.execute(hold, Vec::new()).await.unwrap();
    browser.view("sessions").await;
    let shown = "document.querySelector('.table').innerText";
    assert_eq!(browser.value(shown).await, "Loading…");
    browser
        .client
        .execute("window.let();", Vec::new())
        .await
        .unwrap();
    browser
        .until(&format!("{shown}.includes('No session is up')"))
        .await;
    browser.view("messages").await;
    browser
        .until("document.querySelector('datalist#known-messages option')")
        .await;
    browser.fill("Text of the message", "{}").await;
    browser.press("Send").await;
    browser.until(&told("No session is up")).await;

    browser.view("world").await;
    for (id, item) in [
        ("odd-1", json!({ "queues": [null] })),
        ("odd-2", json!(null)),
        (
            "odd-3",
            json!({ "queues": 1, "attributes": [], "callback": null }),
        ),
        (
            "odd-4",
            json!({ "attributes": { "Eic_State": "constructor" } }),
        ),
    ] {
        control.put("interactions", id, item);
    }
    for id in ["odd-1", "odd-2", "odd-3", "odd-4"] {
        browser.until(&row(id)).await;
    }
    control.put("status/user-statuses", "odd-5", json!(null));
    let digits = "1".repeat(3_000);
    let call = control.ring("Sales", None, &digits, "Grace").unwrap();
    browser.until(&row("Grace")).await;
    let is_live = "document.getElementById('online').textContent === 'live'";
    assert_eq!(browser.value(is_live).await, true);
    assert_eq!(browser.value(&row("native code")).await, false);
    let name =
        format!("document.querySelector('[aria-label=\"Hold {call}\"]')?.textContent === 'Hold'");
    browser.until(&name).await;
    let fits = "[...document.querySelectorAll('.table')].every((one) => one.scrollWidth <= 1280)";
    assert_eq!(browser.value(fits).await, true);
    browser.press("Users").await;
    browser.until(&row("odd-5")).await;

    let slide = "const tick = document.getElementById('tick'); tick.focus(); tick.value = 4; \
                 tick.dispatchEvent(new Event('input')); return tick.getAttribute('aria-valuetext');";
    let said = browser.client.execute(slide, Vec::new()).await.unwrap();
    assert_eq!(said, "1 s");
}

async fn an_operation_is_tried_in_a_session_or_without_one(browser: &Browser) {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    browser.show(&server).await;
    browser.view("reference").await;
    browser.fill("Search", "connection.getConnection").await;
    browser.choose("connection.getConnection").await;
    browser.press("Try it").await;
    let sending = "document.querySelector('.trial button.main')";
    browser.until(&format!("{sending}?.disabled")).await;
    browser
        .until("document.querySelector('.trial').textContent.includes('No session is up')")
        .await;
    server.control().open_session("agent");
    browser.press("Try it").await;
    browser.press("Try it").await;
    browser
        .until(&format!("{sending}?.disabled === false"))
        .await;
    browser.press("Send GET").await;
    browser
        .until("document.querySelector('.trial').textContent.includes('Answer 200')")
        .await;

    let shown = "getComputedStyle(document.querySelector('.reference .row')).display";
    assert_eq!(browser.value(shown).await, "grid");
    browser.fill("Search", "connection/version").await;
    browser.choose("connection.").await;
    browser.press("Try it").await;
    browser.press("Send GET").await;
    browser
        .until("document.querySelector('.trial').textContent.includes('Answer 200')")
        .await;
    let all = get(&server, "traffic").await;
    assert_eq!(all[1]["path"], "/icws/connection/version");

    // Where there is no room for columns there are cards.
    browser.look(NARROW).await;
    browser
        .until("[...document.querySelectorAll('.reference .table')].length > 0")
        .await;
    let cut = "[...document.querySelectorAll('.reference .table')].filter((one) => one.scrollWidth > one.clientWidth).length";
    assert_eq!(browser.value(cut).await, 0);
}

/// One after the other in the same browser.
#[tokio::test]
async fn the_world_is_changed_by_hand() {
    let browser = Browser::start().await;
    users_and_items_are_what_the_page_says_and_none_is_overwritten(&browser).await;
    an_odd_item_harms_no_view_and_names_tell_rows_apart(&browser).await;
    an_operation_is_tried_in_a_session_or_without_one(&browser).await;
    browser.close().await;
}
