//! No secret is in a recording, wherever it travels.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use icws_generated::runtime::recording::{Entry, MASKED};
use icws_spec::api::{Location, Property, Supplier, Type};
use icws_spec::{Model, ModelSource};
use serde_json::Value;

const HUSH: &str = "hush-4711";

fn line(request: &http::Request<Bytes>, response: &http::Response<Bytes>) -> String {
    let entry = Entry::new(SystemTime::UNIX_EPOCH, request, request.body().clone());
    let entry = entry.answered(response, response.body().clone(), Duration::ZERO);
    String::from_utf8(entry.to_line()).unwrap()
}

/// A property as it is recorded in a body.
fn in_body(name: &str, value: &str) -> String {
    let body = format!(r#"{{"__type":"urn:new","x":[{{"{name}":{value}}}]}}"#);
    let request = http::Request::post("http://a/").body(Bytes::from(body));
    let text = line(&request.unwrap(), &http::Response::new(Bytes::new()));
    let har: Value = serde_json::from_str(&text).unwrap();
    let text = har["request"]["postData"]["text"].as_str().unwrap();
    let body: Value = serde_json::from_str(text).unwrap();
    body["x"][0][name].to_string()
}

/// Each name of the properties and parameters of the shipped model, and whether something
/// of that name is secret.
fn names() -> BTreeMap<String, bool> {
    let model = Model::load(ModelSource::Shipped).unwrap();
    let api = model.api();
    let mut names = BTreeMap::new();
    let mut add = |name: &str, ty: &Type| {
        *names.entry(name.to_owned()).or_insert(false) |= matches!(ty, Type::Secret);
    };
    for record in &api.records {
        // `true` and `false` are no secrets under any name.
        let others = |property: &&Property| !matches!(property.ty, Type::Boolean);
        for property in record.properties.iter().filter(others) {
            add(&property.name, &property.ty);
        }
    }
    for (_, operation) in api.operations() {
        for parameter in &operation.parameters {
            if parameter.location != Location::Path && parameter.supplier == Supplier::Caller {
                add(&parameter.name, &parameter.ty);
            }
        }
    }
    names
}

#[test]
fn json_that_is_called_a_form_is_masked_as_json() {
    // As `curl -d` calls whatever it sends.
    let request = http::Request::post("http://a/icws/connection")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from(format!(
            "\n {{\"userID\": \"agent\", \"password\": \"{HUSH}\"}}"
        )));
    let text = line(&request.unwrap(), &http::Response::new(Bytes::new()));
    assert!(!text.contains(HUSH), "{text}");
    assert!(
        text.contains(r#"{\"userID\": \"agent\", \"password\": \"***\"}"#),
        "{text}"
    );
}

#[test]
fn what_the_model_calls_secret_is_masked_and_nothing_else_that_it_names() {
    let names = names();
    let secrets = names.values().filter(|is_secret| **is_secret).count();
    assert!(
        names.len() > 1000 && secrets > 8,
        "{} {secrets}",
        names.len()
    );
    let masked = format!("{MASKED:?}");
    for (name, is_secret) in names {
        // The seed of a token is half of it.
        let expected = match is_secret || name == "authTokenSeed" {
            true => masked.as_str(),
            false => "\"x\"",
        };
        assert_eq!(in_body(&name, "\"x\""), expected, "{name}");
        // Parameters of these names sign an address, or are half of a sign-on.
        let value = match name.as_str() {
            "signature" | "code" => MASKED,
            _ => expected.trim_matches('"'),
        };
        let request = http::Request::get(format!("http://a/?{name}=x")).body(Bytes::new());
        let text = line(&request.unwrap(), &http::Response::new(Bytes::new()));
        assert!(text.contains(&format!("/?{name}={value}\"")), "{text}");
    }
}

/// An exchange with a secret wherever there can be one.
fn planted() -> (http::Request<Bytes>, http::Response<Bytes>) {
    let body = format!(
        r#"{{"userID":"agent","password":"{HUSH}","b":{{"__type":"urn:new","accessToken":["{HUSH}"]}},"c":[{{"name":"pin","value":"{HUSH}"}}],"d":"Server=a;Pwd={HUSH}","e":"{{\"token\":\"{HUSH}\"}}","f":"u://x:{HUSH}@b","parameterType":0,"values":["{HUSH}"]}}"#
    );
    let uri = format!(
        "https://agent:{HUSH}@cic1/icws/{HUSH}/x?userPassword={HUSH}&redirectUri=https%3A%2F%2Fb%2F%3Ftoken%3D{HUSH}&{HUSH}&a={HUSH}"
    );
    let request = http::Request::post(uri)
        .header("Cookie", format!("icws_1={HUSH}|languageId=en-us; {HUSH}"))
        .header("ININ-ICWS-CSRF-Token", HUSH)
        .header("Authorization", format!("Bearer {HUSH}"))
        .header("Proxy-Authorization", format!("Basic {HUSH}"))
        .header("Referer", format!("https://a/?SAMLart={HUSH}#{HUSH}"))
        .header("ININ-ICWS-Original-URL", format!("https://u:{HUSH}@b/"))
        .header("X-Note", format!("got {HUSH}"))
        .header("Content-Type", format!("application/json; token={HUSH}"))
        .body(Bytes::from(body));
    let events = format!("data: {{\"x\":\"{HUSH}\"}}\n\nid: {HUSH}\ndata: {HUSH}\n\n:{HUSH}\n");
    let response = http::Response::builder()
        .header(
            "Set-Cookie",
            format!("icws_1={HUSH}; Path=/, a={HUSH}; {HUSH}"),
        )
        .header("Location", format!("/x?ticket=1&csrfToken={HUSH}"))
        .header("WWW-Authenticate", format!("Negotiate {HUSH}"))
        .header("ININ-STS-Token", HUSH)
        .header("Content-Type", "text/event-stream")
        .body(Bytes::from(events));
    (request.unwrap(), response.unwrap())
}

#[test]
fn no_secret_is_in_an_entry_wherever_it_was_planted() {
    let (request, response) = planted();
    let text = line(&request, &response);
    assert!(!text.contains(HUSH), "{text}");
    // It was not simply left out.
    assert!(
        text.matches(MASKED).count() > 30 && text.contains("agent"),
        "{text}"
    );

    for media in [
        "application/json",
        "text/html",
        "application/x-www-form-urlencoded",
        "x",
    ] {
        for body in [
            format!(r#"{{"password": "{HUSH}""#),
            format!(r#""{HUSH}""#),
            format!("<input value='{HUSH}'>"),
            format!("password={HUSH}&{HUSH}=1&{HUSH}"),
            format!("\u{feff}{{\"token\":\"{HUSH}\"}}"),
        ] {
            let mut response = http::Response::new(Bytes::from(body));
            let value = http::HeaderValue::from_static(media);
            response.headers_mut().insert("Content-Type", value);
            let (mut request, _) = planted();
            *request.body_mut() = response.body().clone();
            request.headers_mut().extend(response.headers().clone());
            let text = line(&request, &response);
            assert!(!text.contains(HUSH), "{media}: {text}");
        }
    }
}

#[test]
fn what_an_identity_provider_sends_is_secret_whatever_it_is_called() {
    let path = "http://a/icws/connection/single-sign-on/return";
    let request = http::Request::post(format!("{path}?code=hush&state=hush"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(Bytes::from("anything=hush&hush"));
    let text = line(&request.unwrap(), &http::Response::new(Bytes::new()));
    assert!(
        !text.contains("hush") && text.contains("anything"),
        "{text}"
    );
}

#[test]
fn no_debug_text_has_a_secret() {
    let (request, response) = planted();
    let entry = Entry::new(SystemTime::UNIX_EPOCH, &request, request.body().clone());
    let request = http::Request::get("http://a/x?b=hush")
        .body(Bytes::new())
        .unwrap();
    let other = Entry::new(SystemTime::UNIX_EPOCH, &request, Bytes::from(HUSH));
    let other = other.answered(&response, response.body().clone(), Duration::ZERO);
    assert!(!format!("{other:?} {other:#?}").contains("hush"));
    // A path is shown, as it is in errors.
    assert_eq!(format!("{entry:?}").matches(HUSH).count(), 1);
}
