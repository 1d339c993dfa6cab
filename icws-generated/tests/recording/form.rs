//! The form of a recording: HAR 1.2, an entry on each line.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use icws_generated::runtime::recording::{Entry, RecordedBody, to_har};
use serde_json::{Value, json};

fn parsed(entry: &Entry) -> Value {
    let line = entry.to_line();
    assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
    serde_json::from_slice(&line).unwrap()
}

fn request(body: &'static str) -> http::Request<Bytes> {
    http::Request::post("https://cic1:8019/icws/1/x?a=1&b=%C3%BC+y")
        .header("Content-Type", "application/json")
        .header("Cookie", "icws_1=hush; a=b")
        .body(Bytes::from(body))
        .unwrap()
}

fn entry(body: &'static str) -> Entry {
    let started = SystemTime::UNIX_EPOCH + Duration::from_millis(1_600_000_000_123);
    let request = request(body);
    Entry::new(started, &request, request.body().clone())
}

#[test]
fn an_entry_has_all_that_har_demands() {
    let response = http::Response::builder()
        .status(201)
        .header("Location", "/icws/1/x/2?token=hush")
        .header("Content-Type", "application/json; charset=utf-8")
        .body(Bytes::from(" {\"ü\" : 1.0}"))
        .unwrap();
    let entry = entry("{\"a\":\n1}").answered(
        &response,
        response.body().clone(),
        Duration::from_micros(12_345),
    );
    let expected = json!({
        "startedDateTime": "2020-09-13T12:26:40.123Z",
        "time": 12.345,
        "request": {
            "method": "POST",
            "url": "https://cic1:8019/icws/1/x?a=1&b=%C3%BC+y",
            "httpVersion": "HTTP/1.1",
            "headers": [
                { "name": "content-type", "value": "application/json" },
                { "name": "cookie", "value": "icws_1=***; a=***" },
            ],
            "cookies": [{ "name": "icws_1", "value": "***" }, { "name": "a", "value": "***" }],
            "headersSize": -1,
            "bodySize": 8,
            "queryString": [{ "name": "a", "value": "1" }, { "name": "b", "value": "ü y" }],
            "postData": { "mimeType": "application/json", "text": "{\"a\":\n1}" },
        },
        "response": {
            "status": 201,
            "statusText": "Created",
            "httpVersion": "HTTP/1.1",
            "headers": [
                { "name": "location", "value": "/icws/1/x/2?token=***" },
                { "name": "content-type", "value": "application/json; charset=utf-8" },
            ],
            "cookies": [],
            "headersSize": -1,
            "bodySize": 13,
            "content": {
                "size": 13,
                "mimeType": "application/json; charset=utf-8",
                "text": " {\"ü\" : 1.0}",
            },
            "redirectURL": "/icws/1/x/2?token=***",
        },
        "cache": {},
        "timings": { "send": 0.0, "wait": 12.345, "receive": 0.0 },
    });
    assert_eq!(parsed(&entry), expected);
}

#[test]
fn an_exchange_without_a_response_has_the_status_0_and_says_why() {
    let entry = entry("").unanswered("no connection: refused\nby cic1", Duration::ZERO);
    let har = parsed(&entry);
    assert_eq!(har["response"]["status"], 0);
    assert_eq!(har["response"]["content"]["size"], 0);
    assert_eq!(har["comment"], "no connection: refused\\nby cic1");
    assert_eq!(har["request"].get("postData"), None);
}

#[test]
fn what_is_left_out_has_its_size_and_a_reason() {
    let left_out = RecordedBody::LeftOut {
        bytes: 5_000_000_000,
        reason: "too large",
    };
    let response = http::Response::builder()
        .header("Content-Type", "text/html")
        .body(Bytes::from("<p>hush</p>"))
        .unwrap();
    let page = entry("{broken").answered(&response, response.body().clone(), Duration::ZERO);
    let page = parsed(&page);
    let reason = "neither JSON nor a form, and may hold secrets";
    let comment = format!("11 bytes left out: {reason}");
    assert_eq!(page["response"]["content"]["comment"], comment);
    assert_eq!(page["response"]["content"]["size"], 11);
    let comment = format!("7 bytes left out: {reason}");
    assert_eq!(page["request"]["postData"]["comment"], comment);
    let giant = parsed(&entry("").answered(&response, left_out, Duration::ZERO));
    let content = &giant["response"]["content"];
    assert_eq!(content["size"], 5_000_000_000_u64);
    assert_eq!(content["comment"], "5000000000 bytes left out: too large");
}

#[test]
fn parts_of_a_stream_say_which_they_are() {
    let response = http::Response::builder()
        .header("Content-Type", "text/event-stream")
        .body(Bytes::from("data: {\"password\":\"hush\"}\n\n"))
        .unwrap();
    let part = entry("").answered(&response, response.body().clone(), Duration::ZERO);
    let part = parsed(&part.part("7", 3));
    assert_eq!(part["_icws"], json!({ "stream": "7", "part": 3 }));
    let text = &part["response"]["content"]["text"];
    assert_eq!(text, "data: {\"password\":\"***\"}\n\n");
}

#[test]
fn a_form_has_its_parameters() {
    let request = http::Request::post("/icws/x")
        .header("Host", "127.0.0.1:8018")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from("a=%20+1&SAMLResponse=hush&flag"))
        .unwrap();
    let entry = Entry::new(SystemTime::UNIX_EPOCH, &request, request.body().clone());
    let har = parsed(&entry);
    assert_eq!(har["request"]["url"], "http://127.0.0.1:8018/icws/x");
    let expected = json!([
        { "name": "a", "value": "  1" },
        { "name": "SAMLResponse", "value": "***" },
        { "name": "flag", "value": "" },
    ]);
    assert_eq!(har["request"]["postData"]["params"], expected);
}

#[test]
fn a_document_has_the_entries_in_their_order() {
    let entries = [entry("[1]"), entry("[2]").part("a", 0)];
    let har: Value = serde_json::from_slice(&to_har(&entries)).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    assert_eq!(har["log"]["creator"]["name"], "icws");
    let written: Vec<_> = entries.iter().map(parsed).collect();
    assert_eq!(har["log"]["entries"], Value::from(written));
}
