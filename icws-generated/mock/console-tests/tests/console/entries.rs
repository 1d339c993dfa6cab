//! Entries of the traffic that are gone, strange or of another server, and other pages.

use fantoccini::Locator;
use icws_mock::MockServer;

use crate::browser::{Browser, NARROW, PATIENCE, WIDE};
use crate::control::send;

const DOWN: &str = "\u{e015}";
const ESCAPE: &str = "\u{e00c}";

fn rows(count: usize) -> String {
    format!("document.querySelectorAll('[role=option]').length === {count}")
}

const COPY: &str = "[...document.querySelectorAll('.pane button')].find((one) => one.textContent === 'Copy as curl')";

async fn nothing_of_another_entry_is_shown_for_one_that_is_kept_no_longer(browser: &Browser) {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    send(&server, "GET /icws/first", &[], "").await;
    send(&server, "GET /icws/second", &[], "").await;
    browser.show(&server).await;
    browser.choose("/icws/first").await;
    browser
        .until("document.querySelector('.pane .halves')")
        .await;
    assert_eq!(browser.value(&format!("{COPY}.disabled")).await, false);
    // What the server forgets by itself it does not tell.
    let forget = "const real = window.fetch; window.fetch = (where, request) => (/traffic\\/\\d+/.test(where) \
                  ? Promise.resolve(new Response('{\"message\":\"gone\"}', { status: 404 })) : real(where, request)); \
                  window.real = real;";
    browser.client.execute(forget, Vec::new()).await.unwrap();
    browser.look(NARROW).await;
    browser.press("Close").await;
    browser.choose("/icws/second").await;
    browser
        .until("document.querySelector('.pane').innerText.includes('keeps this entry no longer')")
        .await;
    assert_eq!(browser.value(&format!("{COPY}.disabled")).await, true);
    assert_eq!(
        browser
            .value("document.querySelector('.pane .halves')")
            .await,
        serde_json::Value::Null
    );
    assert_eq!(
        browser
            .value("document.querySelector('.pane').textContent.includes('first')")
            .await,
        false
    );
    browser.press("Close").await;
    browser
        .until("document.querySelector('.list').checkVisibility()")
        .await;
    browser
        .client
        .execute("window.fetch = window.real;", Vec::new())
        .await
        .unwrap();

    // By keys alone: the focus goes with what is shown.
    let list = browser.client.find(Locator::Css(".list")).await.unwrap();
    list.send_keys("\u{e011}").await.unwrap();
    for place in 1..=2 {
        browser
            .until("document.activeElement.tagName === 'H2'")
            .await;
        browser
            .client
            .execute("document.activeElement.blur();", Vec::new())
            .await
            .unwrap();
        let body = browser.client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(ESCAPE).await.unwrap();
        browser
            .until("document.activeElement.classList.contains('list')")
            .await;
        browser
            .until(&format!(
                "document.querySelector('[aria-selected=true]').ariaPosInSet === '{place}'"
            ))
            .await;
        list.send_keys(DOWN).await.unwrap();
    }
    browser
        .until("document.activeElement.tagName === 'H2'")
        .await;
    browser.press("Close").await;
    browser.view("reference").await;
    browser
        .until("document.querySelectorAll('.reference [role=option]').length > 5")
        .await;
    let list = browser
        .client
        .find(Locator::Css(".reference .list"))
        .await
        .unwrap();
    list.send_keys(DOWN).await.unwrap();
    browser
        .until("document.activeElement.tagName === 'H2'")
        .await;
    browser
        .client
        .active_element()
        .await
        .unwrap()
        .send_keys(ESCAPE)
        .await
        .unwrap();
    browser
        .until("document.activeElement.classList.contains('list')")
        .await;

    // What is cleared elsewhere is gone here.
    browser.view("traffic").await;
    send(&server, "DELETE /mock/traffic", &[], "").await;
    browser.until(&rows(0)).await;
    browser
        .until("document.querySelector('main').innerText.includes('Nothing has come yet')")
        .await;

    // Nothing is indented to no end.
    send(&server, "POST /icws/deep", &[], &"[".repeat(20_000)).await;
    send(
        &server,
        "POST /icws/deeper",
        &[],
        &format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)),
    )
    .await;
    browser.choose("/icws/deeper").await;
    browser
        .until("document.querySelector('.pane .halves')")
        .await;
    browser.press("Show secrets").await;
    browser
        .until("document.querySelector('.pane pre')?.textContent.length === 40000")
        .await;
    browser.look(WIDE).await;
    browser.press("Clear").await;
    browser.until(&rows(0)).await;
    browser
        .until("!document.querySelector('.traffic.opened')")
        .await;
}

async fn a_search_is_that_of_the_server_that_is_there_and_many_pages_watch_it(browser: &Browser) {
    let server = MockServer::builder().keep_traffic().start().await.unwrap();
    let address = server.address();
    let named = |name: &str| format!("{{\"userID\": \"{name}\"}}");
    send(&server, "POST /icws/first", &[], &named("wanted")).await;
    send(&server, "POST /icws/second", &[], &named("other")).await;
    browser.show(&server).await;
    browser.until(&rows(2)).await;
    browser.fill("Text", "wanted").await;
    browser.until(&rows(1)).await;
    server.stop().await;
    let other = MockServer::builder()
        .keep_traffic()
        .address(address)
        .start()
        .await
        .unwrap();
    send(&other, "POST /icws/third", &[], &named("other")).await;
    send(&other, "POST /icws/fourth", &[], &named("wanted")).await;
    browser
        .until("document.querySelector('main').innerText.includes('1 of 2 entries')")
        .await;
    let first = "document.querySelector('[role=option]').textContent.includes('fourth')";
    browser.until(&format!("{} && {first}", rows(1))).await;
    browser
        .until("document.getElementById('online').textContent === 'live'")
        .await;

    // A browser has six connections for a server.
    let before = browser.client.window().await.unwrap();
    for _ in 0..7 {
        let tab = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(tab.handle).await.unwrap();
        let page = format!("http://{address}/mock/");
        let opened = tokio::time::timeout(PATIENCE, browser.client.goto(&page));
        opened.await.expect("the page is loaded").unwrap();
        browser
            .until("document.getElementById('online').textContent === 'live'")
            .await;
    }
    send(&other, "POST /icws/fifth", &[], &named("wanted")).await;
    browser.client.switch_to_window(before).await.unwrap();
    browser
        .until("document.querySelector('main').innerText.includes('2 of 3 entries')")
        .await;
}

/// One after the other in the same browser.
#[tokio::test]
async fn entries_are_those_of_the_server_that_is_there() {
    let browser = Browser::start().await;
    nothing_of_another_entry_is_shown_for_one_that_is_kept_no_longer(&browser).await;
    a_search_is_that_of_the_server_that_is_there_and_many_pages_watch_it(&browser).await;
    browser.close().await;
}
