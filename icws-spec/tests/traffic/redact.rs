//! What can be passed on, and what no output may have in it.

use icws_spec::traffic::{Survey, Traffic, redact};
use serde_json::{Value, json};

use super::files::{TOOLS, survey, told};
use super::house;
use crate::shipped;

fn redacted(text: &str, texts: bool) -> String {
    let model = shipped();
    let mut out = Vec::new();
    redact(model.api(), texts, text.as_bytes(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn no_secret_of_any_tool_is_left() {
    for (name, text) in TOOLS {
        for texts in [false, true] {
            let clean = redacted(text, texts);
            // Bodies may be encoded.
            let decoded = everything(&clean);
            assert!(!decoded.contains("s3cret"), "{name} {texts}: {decoded}");
            let personal = [
                "Ada",
                "ada",
                "3175550142",
                "2001048517",
                "1731001926",
                "cic.example",
                "Invoice",
            ];
            if texts {
                for text in personal {
                    assert!(!has_word(&decoded, text), "{name}: {text} in {decoded}");
                }
            } else {
                assert!(
                    decoded.contains("Invoice") && decoded.contains("1731001926"),
                    "{name}"
                );
            }
        }
    }
}

/// Whether a text has a word: what stands in for others is letters by chance.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}

/// All texts of a file, those in base64 as they are and decoded.
fn everything(text: &str) -> String {
    use base64::Engine;
    let mut out = text.to_owned();
    for part in text.split('"') {
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(part) {
            out.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    out
}

#[test]
fn what_is_left_says_the_same_of_the_model() {
    let model = shipped();
    for (name, text) in TOOLS {
        let before = survey(model, name, text.as_bytes()).0;
        for texts in [false, true] {
            let clean = redacted(text, texts);
            let after = survey(model, name, clean.as_bytes()).0;
            assert_eq!(told(&after), told(&before), "{name} {texts}");
            assert_eq!(after.counts, before.counts, "{name} {texts}");
            let (coverage, same) = (after.coverage(model), before.coverage(model));
            assert!(coverage == same, "{name} {texts}");
        }
    }
}

#[test]
fn the_structure_of_a_document_stays() {
    for (name, text) in TOOLS.iter().filter(|(name, _)| name.ends_with(".har")) {
        let (before, after): (Value, Value) = (
            serde_json::from_str(text).unwrap(),
            serde_json::from_str(&redacted(text, true)).unwrap(),
        );
        assert_eq!(keys(&before), keys(&after), "{name}");
    }
}

/// A value with nothing but its keys.
fn keys(value: &Value) -> Value {
    match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), keys(value)))
            .collect(),
        Value::Array(items) => items.iter().map(keys).collect(),
        _ => Value::Null,
    }
}

/// An entry with a secret in every place that may have one.
fn odd() -> Value {
    let inner = json!({ "password": "s3cret-01", "deep": [{ "token": 123_456_789 }] }).to_string();
    let body = json!({
        "text": inner,
        "connectionString": "Server=x;Password=s3cret-02;User=ada",
        "header": "Authorization: Bearer s3cret-03",
        "link": "https://other.example/x?sid=s3cret-04&a=b",
        "list": [{ "name": "apiKey", "value": "s3cret-05" }],
        "secrets": { "any": ["s3cret-06", { "x": "s3cret-07" }] },
        "echo": "you sent s3cret-08-token",
    });
    json!({
        "startedDateTime": "2026-01-02T03:04:05.678Z",
        "comment": "s3cret-09",
        "_custom": { "s": "s3cret-10", "pin": 4711 },
        "request": {
            "method": "POST",
            "url": "https://ada:s3cret-11@cic.example/icws/17/connection?password=s3cret-12&a=b#s3cret-13",
            "headers": [
                { "name": "Referer", "value": "https://desk.example/page?token=s3cret-14", "comment": "s3cret-15" },
                { "name": "X-Custom", "value": "s3cret-16" },
                { "name": "Authorization", "value": "Basic s3cret-17" },
                { "name": "ININ-ICWS-CSRF-Token", "value": "s3cret-08-token" },
            ],
            "cookies": [{ "name": "a", "value": "s3cret-18", "comment": "s3cret-19" }],
            "queryString": [{ "name": "password", "value": "s3cret-12" }],
            "postData": {
                "mimeType": "application/x-www-form-urlencoded",
                "text": "user=ada&SAMLResponse=s3cret-20",
                "params": [{ "name": "SAMLResponse", "value": "s3cret-20", "fileName": "s3cret-21" }],
            },
        },
        "response": {
            "status": 302,
            "headers": [{ "name": "Location", "value": "/icws/17/x?singleSignOnToken=s3cret-22" }],
            "redirectURL": "https://cic.example/icws/17/x?singleSignOnToken=s3cret-22",
            "content": { "text": body.to_string(), "mimeType": "application/json" },
        },
    })
}

#[test]
fn secrets_in_odd_places_are_in_no_output() {
    let mut unparsable = odd();
    unparsable["response"]["content"]["text"] = "{ \"password\": \"s3cret-30\", ".into();
    let mut page = odd();
    page["response"]["content"]["text"] = "<p>s3cret-31</p>".into();
    page["response"]["content"]["encoding"] = "base64".into();
    let mut form = odd();
    form["request"]["postData"] =
        json!({ "params": [{ "name": "{\"password\":\"s3cret-32", "value": "s3cret-33\"}" }] });
    let mut elsewhere = odd();
    elsewhere["request"]["url"] = "https://other.example/s3cret-34?x=s3cret-35".into();
    let text = json!({ "log": {
        "version": "1.2",
        "comment": "s3cret-40",
        "creator": { "name": "tool", "version": "1", "comment": "s3cret-41" },
        "pages": [{ "id": "p", "title": "https://x.example/?token=s3cret-42" }],
        "_more": ["s3cret-43"],
        "entries": [odd(), unparsable, page, form, elsewhere, "s3cret-44"],
    } })
    .to_string();
    for texts in [false, true] {
        let clean = redacted(&text, texts);
        let all = everything(&clean);
        assert!(
            !all.contains("s3cret") && !all.contains("4711") && !all.contains("123456789"),
            "{all}"
        );
        serde_json::from_str::<Value>(&clean).unwrap();
    }
    let model = shipped();
    let mut traffic = Survey::new(Traffic::new(model.api()));
    traffic.read("day", text.as_bytes()).unwrap();
    let surveyed = traffic.finish();
    let all = format!("{:?}", surveyed.report);
    assert!(
        surveyed.report.kinds().len() == 3 && !all.contains("s3cret"),
        "{all}"
    );
}

#[test]
fn equal_texts_stay_equal() {
    let full =
        json!({ "__type": "urn:house:roomsMessage", "isDelta": false, "floor": "ground floor" });
    let exchange = |path: &str, body: &Value| {
        json!({
            "request": { "method": "GET", "url": format!("/icws/17/{path}") },
            "response": { "status": 200, "content": { "text": body.to_string() } },
        })
    };
    let first = exchange("subscriptions/floors/ground%20floor", &json!({}));
    let second = exchange("messages", &json!([full]));
    let mut out = Vec::new();
    let text = format!("{first}\n{second}\n");
    let redacted = redact(house::model().api(), true, text.as_bytes(), &mut out).unwrap();
    assert_eq!((redacted.entries, redacted.left_out), (2, 0));
    let lines: Vec<Value> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let url = lines[0]["request"]["url"].as_str().unwrap();
    let floor = url.rsplit('/').next().unwrap();
    assert_ne!(floor, "ground%20floor");
    let messages = lines[1]["response"]["content"]["text"].as_str().unwrap();
    assert!(
        messages.contains(&format!("\"floor\":\"{floor}\"")),
        "{messages} {floor}"
    );
}

#[test]
fn a_secret_that_is_called_like_a_property_masks_no_names() {
    let body =
        json!({ "password": "subject", "subject": "subject", "other": "my subject" }).to_string();
    let entry = json!({
        "request": { "method": "GET", "url": "/icws/connection" },
        "response": { "status": 200, "content": { "text": body } },
    });
    let clean = redacted(&entry.to_string(), false);
    let clean: Value = serde_json::from_str(&clean).unwrap();
    let body = clean["response"]["content"]["text"].as_str().unwrap();
    let expected = json!({ "password": "***", "subject": "***", "other": "my ***" });
    assert_eq!(serde_json::from_str::<Value>(body).unwrap(), expected);
}

#[test]
fn a_file_that_breaks_off_is_redacted_as_far_as_it_goes() {
    let text = TOOLS[0].1;
    let model = shipped();
    let mut out = Vec::new();
    let cut = &text.as_bytes()[..text.len() * 2 / 3];
    redact(model.api(), false, cut, &mut out).unwrap_err();
    let whole: Value = serde_json::from_slice(&out).unwrap();
    assert!(!whole["log"]["entries"].as_array().unwrap().is_empty());
}
