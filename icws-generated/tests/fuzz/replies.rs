//! Replies without a network.

use bytes::Bytes;
use fastrand::Rng;
use http::{HeaderName, HeaderValue};
use icws_generated::connection::{Connect, GetConnection, GetFeature, GetVersion};
use icws_generated::interactions::callback::Subscribe;
use icws_generated::messaging::Poll;
use icws_generated::runtime::{Challenge, Request, Response};

use super::run::fuzz;
use super::spoil;

const BODIES: &[&str] = &[
    "",
    "[]",
    r#"{"csrfToken":"t","sessionId":"1","userID":"u","alternateHostList":["a"],"features":[{"featureId":"connection","version":1}]}"#,
    r#"{"errorId":"error.request.connection.authenticationFailure","message":"m","errorCode":1,"__type":"urn:inin.com:common:error"}"#,
    r#"{"alternateHostList":["a","b"],"message":"m"}"#,
    r#"{"connectionState":1}"#,
    "<html><title>Sign in</title></html>",
];

const HEADERS: &[(&str, &[u8])] = &[
    (
        "content-type",
        b"application/vnd.inin.icws+JSON; charset=utf-8",
    ),
    ("content-type", b"text/html"),
    ("content-type", b"application/json; charset=\"utf-16\""),
    ("content-encoding", b"gzip"),
    (
        "set-cookie",
        b"icws_1=c|languageId=en-us; Path=/icws/1; HttpOnly",
    ),
    ("location", b"/icws/1"),
    ("content-range", b"items 0-9/100"),
    ("retry-after", b"99999999999999999999"),
    ("retry-after", b"Fri, 27 Nov 2026 05:55:00 GMT"),
    (
        "www-authenticate",
        b"ICWS realm=\"r\", location=\"/icws/connection\"",
    ),
    ("content-length", b"5"),
];

fn reply(random: &mut Rng) -> http::Response<Bytes> {
    let mut body = random.choice(BODIES).unwrap().as_bytes().to_vec();
    if random.bool() {
        spoil::bytes(&mut body, random);
    }
    let statuses = [
        200, 201, 202, 204, 301, 400, 401, 403, 404, 410, 500, 503, 100, 999,
    ];
    let mut reply = http::Response::new(Bytes::from(body));
    let status = *random.choice(&statuses).unwrap();
    *reply.status_mut() = http::StatusCode::from_u16(status).unwrap();
    for _ in 0..random.usize(..5) {
        let (name, value) = random.choice(HEADERS).unwrap();
        let mut value = value.to_vec();
        if random.bool() {
            spoil::bytes(&mut value, random);
        }
        if let Ok(value) = HeaderValue::from_bytes(&value) {
            reply
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
    }
    reply
}

fn parse<E: Request>(reply: http::Response<Bytes>) {
    let shown = match E::parse(reply) {
        Ok(outcome) => outcome.into_result().err().map(|error| {
            let _ = (
                error.retry_after(),
                error.session_problem(),
                format!("{error:?}"),
            );
            error.to_string()
        }),
        Err(error) => {
            let _ = (error.is_foreign(), format!("{error:?}"));
            Some(error.to_string())
        }
    };
    if let Some(shown) = shown {
        assert!(shown.len() < 8_000, "{} bytes", shown.len());
        assert!(!shown.contains(char::is_control), "{shown:?}");
    }
}

#[test]
fn replies() {
    fuzz("replies", |random, trial| {
        let reply = reply(random);
        trial.note(format!("{} {:?}\n", reply.status(), reply.headers()).as_bytes());
        trial.note(reply.body());
        parse::<Connect>(reply.clone());
        parse::<GetConnection>(reply.clone());
        parse::<GetFeature>(reply.clone());
        parse::<GetVersion>(reply.clone());
        parse::<Subscribe>(reply.clone());
        parse::<Poll>(reply.clone());
        let challenges = reply.headers().get_all("www-authenticate");
        for challenge in challenges.iter().filter_map(|text| text.to_str().ok()) {
            if let Ok(challenge) = challenge.parse::<Challenge>() {
                assert_eq!(challenge.to_string().parse().as_ref(), Ok(&challenge));
            }
        }
    });
}
