//! Recordings and `icws-spec traffic` take the same names for those of secrets; neither
//! crate can use the list of the other.

use std::time::{Duration, SystemTime};

use icws_generated::recording::Entry;
use icws_spec::traffic::redact;
use icws_spec::{Model, ModelSource};
use serde_json::{Value, json};

/// Names of each list, as they are met.
const NAMES: &[&str] = &[
    "X-Access-Key",
    "apiKey",
    "SAMLAssertion",
    "auth",
    "authenticator",
    "Proxy-Authorization",
    "bearer",
    "sessionCookie",
    "credentials",
    "csrfToken",
    "JSESSIONID",
    "id_jwt",
    "otp",
    "pass",
    "passcode",
    "passkey",
    "passPhrase",
    "passwd",
    "userPassword",
    "pin",
    "voicemailPin",
    "privateKey",
    "pwd",
    "RelayState",
    "clientSecret",
    "sid",
    "access_token",
    "wctx",
    "wresult",
    "XSRF",
];

#[test]
fn both_mask_the_same_names() {
    let named = NAMES.iter().enumerate();
    let body: Value = named
        .map(|(number, name)| ((*name).to_owned(), json!(format!("hush-{number}."))))
        .collect();
    let body = body.to_string();
    let request = http::Request::post("http://h/icws/1/x")
        .header("content-type", "application/json")
        .body(())
        .unwrap();
    let response = http::Response::new(());
    let entry = Entry::new(
        SystemTime::UNIX_EPOCH,
        &request,
        bytes::Bytes::from(body.clone()),
    );
    let entry = entry.answered(&response, bytes::Bytes::new(), Duration::ZERO);
    let recorded = String::from_utf8(entry.to_line()).unwrap();

    let line = json!({
        "request": {
            "method": "POST",
            "url": "http://h/icws/1/x",
            "headers": [],
            "postData": { "mimeType": "application/json", "text": body },
        },
        "response": { "status": 200, "headers": [], "content": { "size": 0 } },
    });
    let model = Model::load(ModelSource::Shipped).unwrap();
    let mut redacted = Vec::new();
    let line = format!("{line}\n");
    redact(model.api(), false, line.as_bytes(), &mut redacted).unwrap();
    let redacted = String::from_utf8(redacted).unwrap();

    for (by, text) in [("a recording", recorded), ("redact", redacted)] {
        assert!(text.contains("wresult"), "{text}");
        let named = NAMES.iter().enumerate();
        let shown = named.filter(|(number, _)| text.contains(&format!("hush-{number}.")));
        let shown: Vec<_> = shown.map(|(_, name)| name).collect();
        assert!(shown.is_empty(), "{by} shows {shown:?}");
    }
}
