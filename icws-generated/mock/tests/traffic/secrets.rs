//! Recordings and `icws-spec traffic` leave out the same secrets, and show the same else.

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

/// Names that are like those of secrets, and are of none.
const LIKE_SECRETS: &[&str] = &[
    "authTokenSourceSession",
    "daysUntilPasswordExpiration",
    "interactionRecorderMasterKeyPasswordAdministrator",
    "maximumPasswordAge",
    "maximumPasswordAgeWarningPeriod",
    "minimumPasswordAge",
    "minimumPasswordHistory",
    "minimumPasswordLength",
    "passwordErrors",
    "passwordPolicies",
    "passwordPoliciesConfiguration",
    "passwordPolicyErrorId",
    "passwordPolicyErrorMsg",
    "requireForcedAuthorizationCode",
    "singleSignOnSecureTokenServer",
    "shipping",
    "compass",
];

/// Texts that hold the secret, each in another way.
const TEXTS: &[&str] = &[
    "Server=db;Password=hush",
    "my pass: hush",
    "sent {\"password\":\"hush\"}",
    "\u{feff}[[[[[[{\"password\":\"hush\"}]]]]]]",
    "{\\\"password\\\":\\\"hush\\\"}",
    "{\"p\\u0061ssword\":\"hush\"}",
    "[{\"name\":\"password\",\"value\":\"hush\"}]",
    "https://h.example/x?access_token=hush",
    "https%253A%252F%252Fx%253Faccess_token%253Dhush",
    "https://ada:hush@h.example/",
    "https://ada:hu/hush@h.example/",
    "ada:hush@h.example/",
    "sent Bearer hush4711Xz",
    "Authorization: ICWS hush",
    "<a><w:Password type='t'>hush</w:Password></a>",
    "&lt;password&gt;hush",
];

/// Texts that only begin like a secret.
const OTHER_TEXTS: &[&str] = &[
    "Basic Support",
    "Digest mail",
    "Negotiate contract terms",
    "email:ada@web.example",
    "SMTP:ada@web.example",
    "User Queue:agent01@cic1",
    "10:30@office",
];

/// Headers of HTTP and ICWS, whose values are shown.
const OPEN: &[&str] = &[
    "accept",
    "accept-language",
    "cache-control",
    "content-type",
    "date",
    "inin-icws-session-id",
    "range",
    "retry-after",
    "server",
    "user-agent",
    "vary",
];

/// The exchange as a recording has it.
fn recorded(headers: &[(&str, &str)], body: &str) -> String {
    let mut request =
        http::Request::post("http://h/icws/1/x").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = http::Response::new(());
    let entry = Entry::new(
        SystemTime::UNIX_EPOCH,
        &request.body(()).unwrap(),
        bytes::Bytes::from(body.to_owned()),
    );
    let entry = entry.answered(&response, bytes::Bytes::new(), Duration::ZERO);
    String::from_utf8(entry.to_line()).unwrap()
}

/// The same from another tool, redacted.
fn redacted(headers: &[(&str, &str)], body: &str) -> String {
    let headers = headers.iter();
    let headers = headers.map(|(name, value)| json!({ "name": name, "value": value }));
    let line = json!({
        "request": {
            "method": "POST",
            "url": "http://h/icws/1/x",
            "headers": headers.collect::<Vec<_>>(),
            "postData": { "mimeType": "application/json", "text": body },
        },
        "response": { "status": 200, "headers": [], "content": { "size": 0 } },
    });
    let model = Model::load(ModelSource::Shipped).unwrap();
    let mut redacted = Vec::new();
    let line = format!("{line}\n");
    redact(model.api(), false, line.as_bytes(), &mut redacted).unwrap();
    String::from_utf8(redacted).unwrap()
}

#[test]
fn both_show_what_is_only_called_like_a_secret() {
    let named = LIKE_SECRETS.iter().enumerate();
    let body: Value = named
        .map(|(number, name)| ((*name).to_owned(), json!(format!("seen-{number}."))))
        .collect();
    let body = body.to_string();
    for (by, text) in [
        ("a recording", recorded(&[], &body)),
        ("redact", redacted(&[], &body)),
    ] {
        for (number, name) in LIKE_SECRETS.iter().enumerate() {
            assert!(text.contains(&format!("seen-{number}.")), "{by}: {name}");
        }
    }
}

#[test]
fn both_mask_structured_parameters_of_secrets_alone() {
    for (kind, is_secret) in [("0", true), ("1", false), ("2", false), ("7", true)] {
        let body = format!(r#"{{"name":"Crm","parameterType":{kind},"values":["hush4711"]}}"#);
        for (by, text) in [
            ("a recording", recorded(&[], &body)),
            ("redact", redacted(&[], &body)),
        ] {
            assert_eq!(
                !text.contains("hush4711"),
                is_secret,
                "{by}: {kind}: {text}"
            );
        }
    }
}

#[test]
fn both_mask_the_same_names() {
    let named = NAMES.iter().enumerate();
    let body: Value = named
        .map(|(number, name)| ((*name).to_owned(), json!(format!("hush-{number}."))))
        .collect();
    let body = body.to_string();
    for (by, text) in [
        ("a recording", recorded(&[], &body)),
        ("redact", redacted(&[], &body)),
    ] {
        assert!(text.contains("wresult"), "{text}");
        let named = NAMES.iter().enumerate();
        let shown = named.filter(|(number, _)| text.contains(&format!("hush-{number}.")));
        let shown: Vec<_> = shown.map(|(_, name)| name).collect();
        assert!(shown.is_empty(), "{by} shows {shown:?}");
    }
}

#[test]
fn both_find_the_same_secrets_in_texts() {
    for secret in TEXTS {
        let body = json!({ "log": secret, "list": [secret], "kept": "mail: a@b.example" });
        let body = body.to_string();
        for (by, text) in [
            ("a recording", recorded(&[], &body)),
            ("redact", redacted(&[], &body)),
        ] {
            assert!(!text.contains("hush"), "{by} shows {secret}: {text}");
            assert!(text.contains("mail: a@b.example"), "{by}: {text}");
        }
    }
}

#[test]
fn both_show_texts_that_only_begin_like_a_secret() {
    let body = json!({ "subjects": OTHER_TEXTS }).to_string();
    for (by, text) in [
        ("a recording", recorded(&[], &body)),
        ("redact", redacted(&[], &body)),
    ] {
        for other in OTHER_TEXTS {
            assert!(text.contains(other), "{by}: {other}: {text}");
        }
    }
}

#[test]
fn both_mask_what_a_name_beside_it_tells_of() {
    let body =
        r#"[{"name":"password","data":"hush","title":"shown"}, {"Content":"hush","key":"PIN"}]"#;
    for (by, text) in [
        ("a recording", recorded(&[], body)),
        ("redact", redacted(&[], body)),
    ] {
        assert!(
            !text.contains("hush") && text.contains("shown"),
            "{by}: {text}"
        );
    }
}

#[test]
fn both_show_the_headers_that_are_documented_and_no_others() {
    let open = OPEN.iter().map(|name| (*name, "shown"));
    let mut headers: Vec<_> = open.collect();
    headers.push(("x-other", "hush"));
    headers.push(("x-forwarded-for", "hush"));
    for (by, text) in [
        ("a recording", recorded(&headers, "{}")),
        ("redact", redacted(&headers, "{}")),
    ] {
        assert!(!text.contains("hush"), "{by}: {text}");
        let shown = text.matches("\"shown\"").count();
        assert_eq!(shown, OPEN.len(), "{by}: {text}");
    }
}
