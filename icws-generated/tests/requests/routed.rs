//! What a server reads of a request, and writes for an answer.

use icws_generated::common::Error;
use icws_generated::interactions::callback::{Subscribe, SubscribeOutcome};
use icws_generated::messaging::PollOutcome;
use icws_generated::runtime::{Batch, Challenge, Failure, Request, Response, RouteError, route};
use icws_generated::{AnyRequest, ROUTES};

use super::{COOKIE, session, subscribe};

#[test]
fn a_server_reads_the_request_and_writes_the_answer() {
    let request = subscribe("a/b ü").to_http(&session()).unwrap();
    let incoming = route(ROUTES, &request).unwrap();
    assert_eq!(incoming.id, "interactions.callback.subscribe");
    let AnyRequest::InteractionsCallbackSubscribe(read) = incoming.request else {
        panic!()
    };
    assert_eq!(read.interaction_id, "a/b ü");
    assert_eq!(incoming.claim.session_id.as_deref(), Some("1731001"));
    assert_eq!(incoming.claim.csrf_token.as_deref(), Some("secretToken=="));
    assert_eq!(incoming.claim.cookie.as_deref(), Some(COOKIE));

    let answer = SubscribeOutcome::Unauthorized {
        failure: Failure::new(Error::new("Who are you?")),
        www_authenticate: Some(Challenge::icws("ICWS", "/ICWS/connection")),
    };
    let answer = answer.to_http();
    assert_eq!(answer.status(), 401);
    assert_eq!(
        answer.headers()["Content-Type"],
        "application/vnd.inin.icws+JSON; charset=utf-8"
    );
    assert_eq!(
        answer.headers()["WWW-Authenticate"],
        r#"ICWS realm="ICWS" location="/ICWS/connection""#
    );
    assert_eq!(answer.body(), r#"{"message":"Who are you?"}"#);
    let error = Subscribe::parse(answer).unwrap().into_result().unwrap_err();
    assert_eq!(
        error.challenge().and_then(Challenge::location),
        Some("/ICWS/connection")
    );
    assert_eq!(PollOutcome::Ok(Batch::new([])).to_http().body(), "[]");
    let empty = SubscribeOutcome::Ok(()).to_http();
    assert!(empty.body().is_empty() && empty.headers().is_empty());
}

#[test]
fn requests_are_matched_as_leniently_as_by_real_servers() {
    let matched = |method: &str, uri: &str| {
        let request = http::Request::builder()
            .method(method)
            .uri(uri)
            .body("")
            .unwrap();
        route(ROUTES, &request).map(|incoming| incoming.id)
    };
    for path in [
        "/icws/1/messaging/messages",
        "/icws//1/messaging//messages/",
        "/app/api/cic/icws/1/messaging/messages?select=*",
    ] {
        assert_eq!(matched("GET", path), Ok("messaging.poll"), "{path}");
    }
    assert_eq!(
        matched("GET", "/icws/1/messaging"),
        Err(RouteError::NotFound)
    );
    assert_eq!(matched("GET", "/"), Err(RouteError::NotFound));
    let path = "/icws/1/messaging/subscriptions/interactions/2/callback";
    let Err(RouteError::MethodNotAllowed { allow, .. }) = matched("POST", path) else {
        panic!()
    };
    assert_eq!(allow, ["PUT", "DELETE"]);
    let bad = "/icws/1/messaging/subscriptions/interactions/%FF/callback";
    assert!(matches!(
        matched("PUT", bad),
        Err(RouteError::InvalidParameter {
            name: "interactionId",
            ..
        })
    ));
}
