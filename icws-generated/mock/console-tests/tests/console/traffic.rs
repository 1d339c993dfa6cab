//! The traffic as the page shows it.

use icws_mock::MockServer;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::browser::Browser;
use crate::control::{get, send};

const LOGIN: &str = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"test","userID":"agent","password":"hush 4711"}"#;

async fn log_in(server: &MockServer) {
    send(
        server,
        "POST /icws/connection",
        &[("Accept-Language", "en-us")],
        LOGIN,
    )
    .await;
}

fn server() -> icws_mock::MockBuilder {
    MockServer::builder()
        .user("agent", "hush 4711")
        .keep_traffic()
}

async fn secrets_are_masked_until_they_are_shown(browser: &Browser) {
    let server = server().start().await.unwrap();
    log_in(&server).await;
    browser.show(&server).await;
    browser.choose("/icws/connection").await;
    browser
        .until("document.querySelector('.halves')?.textContent.includes('***')")
        .await;
    let text = browser.value("document.documentElement.textContent").await;
    assert!(!text.as_str().unwrap().contains("hush 4711"));
    browser.press("Show secrets").await;
    browser
        .until("document.querySelector('.halves').textContent.includes('hush 4711')")
        .await;
}

/// The connection of a stream that reads the messages of a session.
pub async fn read_by_stream(server: &MockServer, id: &str) -> TcpStream {
    let secrets = {
        // What the requests of the session show stands in the traffic.
        let body = json!({ "method": "GET", "path": "connection" }).to_string();
        send(server, &format!("POST /mock/sessions/{id}/try"), &[], &body).await;
        let all = get(server, "traffic").await;
        let number = &all.as_array().unwrap().last().unwrap()["number"];
        let entry = get(server, &format!("traffic/{number}?secrets")).await;
        let headers = entry["request"]["headers"].as_array().unwrap().clone();
        let lines = headers.iter().map(|pair| {
            format!(
                "{}: {}\r\n",
                pair[0].as_str().unwrap(),
                pair[1].as_str().unwrap()
            )
        });
        lines.collect::<String>()
    };
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!(
        "GET /icws/{id}/messaging/messages HTTP/1.1\r\nAccept: text/event-stream\r\n{secrets}\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    while get(server, &format!("sessions/{id}")).await["reads"] != "stream" {}
    stream
}

/// Puts messages into a session whose stream is read, each of which is an entry.
async fn pour(server: &MockServer, session: &str, numbers: std::ops::RangeInclusive<u32>) {
    for number in numbers {
        let message = format!(r#"{{"__type":"urn:x:m{number}","isDelta":false}}"#);
        assert!(server.control().inject_raw_to(session, message));
    }
    while get(server, &format!("sessions/{session}")).await["waiting"] != 0 {}
}

#[tokio::test]
async fn ten_thousand_entries_are_a_list_of_few_elements_and_what_was_missed_is_told() {
    let server = server().start().await.unwrap();
    let id = server.control().open_session("agent");
    let mut stream = read_by_stream(&server, &id).await;
    tokio::spawn(async move { tokio::io::copy(&mut stream, &mut tokio::io::sink()).await });

    let browser = Browser::open(&server).await;
    browser
        .until("document.querySelectorAll('[role=option]').length === 2")
        .await;
    // More at once than the server keeps.
    pour(&server, &id, 1..=10_400).await;
    browser
        .until("/[1-9]\\d* entries were lost/.test(document.body.innerText)")
        .await;
    browser
        .until("document.querySelector('[role=option]')?.getAttribute('aria-setsize') === '10000'")
        .await;
    let rows = "document.querySelectorAll('[role=option]').length";
    assert!(browser.value(rows).await.as_u64().unwrap() < 100);
    let first = "document.querySelector('[role=option][aria-posinset=\"1\"]')?.textContent";
    browser.until(&format!("{first}?.includes('m10400')")).await;
    // What is read further down stays where it is when more comes.
    browser
        .client
        .execute(
            "document.querySelector('.list').scrollTop = 26 * 5000;",
            Vec::new(),
        )
        .await
        .unwrap();
    let middle = "document.elementFromPoint(200, 400).closest('[role=option]')?.textContent ?? ''";
    browser.until(&format!("({middle}).includes('m5')")).await;
    let before = browser.value(middle).await;
    pour(&server, &id, 10_401..=10_420).await;
    browser
        .until("document.querySelector('.list').scrollTop === 26 * 5020")
        .await;
    assert_eq!(browser.value(middle).await, before);
    let list = browser
        .client
        .find(fantoccini::Locator::Css(".list"))
        .await
        .unwrap();
    list.send_keys("\u{e010}").await.unwrap();
    browser.until("document.querySelector('[role=option][aria-selected=true]')?.getAttribute('aria-posinset') === '10000'").await;
    assert!(browser.value(rows).await.as_u64().unwrap() < 100);
    browser.close().await;
}

async fn filters_narrow_the_list_by_what_is_in_bodies_too(browser: &Browser) {
    let server = server().start().await.unwrap();
    log_in(&server).await;
    let id = server.control().open_session("agent");
    for path in ["connection", "status/user-statuses/nobody", "nothing"] {
        let body = json!({ "method": "GET", "path": path }).to_string();
        send(
            &server,
            &format!("POST /mock/sessions/{id}/try"),
            &[],
            &body,
        )
        .await;
    }
    browser.show(&server).await;
    let rows =
        |count: usize| format!("document.querySelectorAll('[role=option]').length === {count}");
    browser.until(&rows(4)).await;
    browser.select("Status", "4").await;
    browser.until(&rows(2)).await;
    browser.select("Status", "").await;
    browser.fill("Session", &id).await;
    browser.until(&rows(3)).await;
    browser.fill("Operation", "getUserStatus").await;
    browser.until(&rows(1)).await;
    browser.fill("Operation", " ").await;
    browser.fill("Session", " ").await;
    browser.fill("Text", "There is no user").await;
    browser.until(&rows(1)).await;
}

async fn a_command_that_was_copied_sends_the_same_request_whatever_is_in_it(browser: &Browser) {
    let server = server().start().await.unwrap();
    log_in(&server).await;
    let marker = std::env::temp_dir().join(format!("icws-console-{}", std::process::id()));
    let bodies = [
        format!(
            "it's $(touch {0}) `touch {0}` \"$HOME\" \\ !! @file\n",
            marker.display()
        ),
        format!("' ; touch {} ; '", marker.display()),
        "@/etc/passwd".to_owned(),
        "a\u{1b}]0;title\u{7}b\u{9b}c\u{202e}d\t'e\\n".to_owned(),
    ];
    browser.show(&server).await;
    for body in bodies {
        let path = "/icws/a/../connection?a=%27[1-3]{x,y}&b='$(id)'";
        send(
            &server,
            &format!("PO'ST {path}"),
            &[("X-Odd", "it's `id`"), ("X-Empty", "")],
            &body,
        )
        .await;
        let sent = get(&server, "traffic")
            .await
            .as_array()
            .unwrap()
            .last()
            .unwrap()["number"]
            .clone();
        let script = "const [number, done] = arguments; Promise.all([import('/mock/console/curl.js'), \
                      fetch(`/mock/traffic/${number}?secrets`).then((answer) => answer.json())])\
                      .then(([module, entry]) => done(module.curl(entry, location.origin)));";
        let command = browser
            .client
            .execute_async(script, vec![sent.clone()])
            .await
            .unwrap();
        let command = command.as_str().unwrap().to_owned();
        assert!(
            !command.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']),
            "{command:?}"
        );
        let shell = tokio::process::Command::new("bash")
            .arg("-c")
            .arg(&command)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .await
            .unwrap();
        assert!(shell.status.success(), "{command}\n{shell:?}");
        let again = get(&server, "traffic")
            .await
            .as_array()
            .unwrap()
            .last()
            .unwrap()["number"]
            .clone();
        assert_ne!(again, sent, "{command}");
        let of = async |number: &serde_json::Value| {
            let entry = get(&server, &format!("traffic/{number}?secrets")).await;
            let headers = entry["request"]["headers"].as_array().unwrap().clone();
            let odd: Vec<_> = headers
                .into_iter()
                .filter(|pair| {
                    let own = ["host", "content-length", "connection"];
                    !own.contains(&pair[0].as_str().unwrap())
                })
                .collect();
            (
                entry["method"].clone(),
                entry["path"].clone(),
                entry["query"].clone(),
                odd,
                entry["request"]["body"].clone(),
            )
        };
        assert_eq!(of(&again).await, of(&sent).await, "{command}");
    }
    assert!(!marker.exists());
}

/// One after the other in the same browser.
#[tokio::test]
async fn traffic_is_masked_narrowed_and_copied() {
    let browser = Browser::start().await;
    secrets_are_masked_until_they_are_shown(&browser).await;
    filters_narrow_the_list_by_what_is_in_bodies_too(&browser).await;
    a_command_that_was_copied_sends_the_same_request_whatever_is_in_it(&browser).await;
    browser.close().await;
}
