//! Buttons that no other test presses.

use std::path::PathBuf;
use std::time::Duration;

use icws_mock::MockServer;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::browser::{Browser, PATIENCE};
use crate::control::{get, send};
use crate::traffic::read_by_stream;

const RIGHT: &str = "\u{e014}";

/// Waits until something is so outside of the page.
async fn wait(what: &str, is: impl AsyncFn() -> bool) {
    let holds = async {
        while !is().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let held = tokio::time::timeout(PATIENCE, holds).await;
    held.unwrap_or_else(|_| panic!("{what} does not come to be so"));
}

pub async fn every_button_of_an_entry_a_callback_and_a_session_does_what_it_says(
    browser: &Browser,
) {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    browser.show(&server).await;
    of_an_entry(browser, &server).await;
    of_callbacks(browser, &server).await;
    of_sessions(browser, &server).await;
    let tick = browser
        .client
        .find(fantoccini::Locator::Id("tick"))
        .await
        .unwrap();
    tick.send_keys(RIGHT).await.unwrap();
    wait("a tick", async || server.control().tick().is_some()).await;
    let said = "document.getElementById('tick').getAttribute('aria-valuetext')";
    assert_eq!(browser.value(said).await, "10 s");
    server.control().set_tick(None);
}

async fn of_an_entry(browser: &Browser, server: &MockServer) {
    send(server, "POST /icws/first", &[("X-Own", "1")], "{}").await;
    browser.choose("/icws/first").await;
    browser
        .until("document.querySelector('.pane .halves')")
        .await;
    // A page without a window has no right to the clipboard.
    let clipboard = "Object.defineProperty(navigator, 'clipboard', { configurable: true, \
                     value: { writeText: async (text) => { window.copied = text; } } });";
    browser.client.execute(clipboard, Vec::new()).await.unwrap();
    browser.press("Copy as curl").await;
    browser.told("Command copied").await;
    let copied = browser.value("window.copied").await;
    let copied = copied.as_str().unwrap();
    assert!(
        copied.starts_with("curl ") && copied.contains("/icws/first"),
        "{copied}"
    );
    // Without that right it can be taken by hand.
    let none =
        "Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });";
    browser.client.execute(none, Vec::new()).await.unwrap();
    browser.press("Copy as curl").await;
    browser
        .until("document.querySelector('dialog textarea')?.value.startsWith('curl ')")
        .await;
    browser.press_in_dialog("Close").await;

    let folder = std::env::temp_dir().join(format!("icws-console-har-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let there = json!({ "behavior": "allow", "downloadPath": folder });
    browser.devtools("Page.setDownloadBehavior", there).await;
    browser.press("Download HAR").await;
    let file: PathBuf = folder.join("icws-mock.har");
    let read = || -> Option<Value> { serde_json::from_slice(&std::fs::read(&file).ok()?).ok() };
    wait("a file", async || read().is_some()).await;
    let har = read().unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let first = &har["log"]["entries"][0]["request"]["url"];
    assert!(first.as_str().unwrap().ends_with("/icws/first"), "{har}");
}

async fn of_callbacks(browser: &Browser, server: &MockServer) {
    let first = async || get(server, "callbacks").await[0].clone();
    browser.view("world").await;
    browser.press("Callbacks").await;
    browser.press("New callback…").await;
    browser.fill("Subject", "Invoice 4711").await;
    browser.press_in_dialog("Make").await;
    browser.press_in("Invoice 4711", "Snooze").await;
    wait("a snoozed one", async || first().await["snoozed"] == true).await;
    browser.press_in("Invoice 4711", "Attempt").await;
    wait("an attempt", async || first().await["attempts"] == 1).await;
    browser.press_in("Invoice 4711", "Edit…").await;
    browser.fill("Subject", "Invoice 4712").await;
    browser.press_in_dialog("Save").await;
    wait("a subject", async || {
        first().await["subject"] == "Invoice 4712"
    })
    .await;
    // What was not edited stays.
    assert_eq!(first().await["attempts"], 1);
    browser.press_in("Invoice 4712", "Remove").await;
    wait("none", async || get(server, "callbacks").await == json!([])).await;
}

async fn of_sessions(browser: &Browser, server: &MockServer) {
    let control = server.control();
    let ids = [control.open_session("agent"), control.open_session("agent")];
    let mut stream = read_by_stream(server, &ids[0]).await;
    browser.view("sessions").await;
    browser.press_in(&ids[0], "Drop stream").await;
    browser.told("Connection closed").await;
    // It ends, in one of the ways in which a connection does.
    let _ = stream.read_to_end(&mut Vec::new()).await;
    browser.press_in(&ids[0], "Disconnect…").await;
    browser.fill("Reason", "the test ends it").await;
    browser.press_in_dialog("Disconnect").await;
    browser.press_in(&ids[1], "Expire").await;
    browser.told(&format!("Session {} expired", ids[1])).await;
    wait("no session", async || {
        get(server, "sessions").await == json!([])
    })
    .await;
}
