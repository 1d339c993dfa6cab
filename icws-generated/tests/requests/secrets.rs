//! What is secret travels, and does not show.

use icws_generated::connection::{Connect, IcAuthConnectionRequestSettings};
use icws_generated::interactions::callback::Subscribe;
use icws_generated::runtime::{Features, Request, Server, Sessionless};

use super::{parts, response, session, subscribe};

#[test]
fn secrets_are_in_no_debug_output() {
    let session = session().with_features(Features::from_iter([("interactions", 8)]));
    let request = subscribe("2001").to_http(&session).unwrap();
    let incoming = Subscribe::from_http(&request).unwrap();
    for text in [
        format!("{session:?}"),
        format!("{request:?}"),
        format!("{incoming:?}"),
        format!("{:?}", parts("x")),
    ] {
        assert!(
            !text.contains("secretToken") && !text.contains("5f5dd5a4"),
            "{text}"
        );
    }
}

#[test]
fn what_the_model_calls_secret_is_in_no_debug_output() {
    let login = IcAuthConnectionRequestSettings::new("wallboard", "agent", "open sesame");
    let connect = Connect::builder()
        .accept_language("en-us")
        .body(login)
        .build();
    assert!(format!("{connect:?}").contains(r#"userID: "agent""#));
    assert!(!format!("{connect:?}").contains("sesame"));
    let request = connect
        .to_http_on(&Server::new("http://h:8018").unwrap())
        .unwrap();
    assert!(String::from_utf8_lossy(request.body()).contains("open sesame"));

    let mut answer = response(201, r#"{"csrfToken":"sesame","sessionId":"1"}"#);
    let cookie = http::HeaderValue::from_static("icws_1=sesame; Path=/icws/1");
    answer.headers_mut().insert("Set-Cookie", cookie);
    let answer = Connect::parse(answer).unwrap();
    assert!(!format!("{answer:?}").contains("sesame"));
    let Err(error) = Connect::parse(response(201, r#"{"csrfToken":"sesame"}"#)) else {
        panic!("there is no session id");
    };
    assert!(!format!("{error:?} {error}").contains("sesame"));
}
