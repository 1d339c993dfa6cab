//! What an answer comes to.

use icws_generated::interactions::callback::{
    Subscribe, SubscribeOutcome, Unsubscribe, UnsubscribeOutcome,
};
use icws_generated::messaging::{Poll, PollOutcome};
use icws_generated::runtime::{Challenge, Request, Response};

use super::response;

#[test]
fn each_status_is_its_variant() {
    let error = r#"{"message":"m"}"#;
    let parsed = |status, body| Subscribe::parse(response(status, body)).unwrap();
    assert!(matches!(parsed(200, ""), SubscribeOutcome::Ok(())));
    assert!(matches!(parsed(200, "{}"), SubscribeOutcome::Ok(())));
    assert!(matches!(
        parsed(400, error),
        SubscribeOutcome::BadRequest(_)
    ));
    assert!(matches!(
        parsed(401, error),
        SubscribeOutcome::Unauthorized { .. }
    ));
    assert!(matches!(parsed(403, error), SubscribeOutcome::Forbidden(_)));
    assert!(matches!(parsed(404, error), SubscribeOutcome::NotFound(_)));
    assert!(matches!(parsed(410, error), SubscribeOutcome::Gone(_)));
    assert!(matches!(
        parsed(500, error),
        SubscribeOutcome::InternalServerError(_)
    ));
    assert!(matches!(
        parsed(503, error),
        SubscribeOutcome::Unexpected(_)
    ));
    assert!(matches!(
        Unsubscribe::parse(response(204, "")).unwrap(),
        UnsubscribeOutcome::NoContent(())
    ));
}

#[test]
fn an_unreadable_error_body_does_not_hide_the_status() {
    for body in ["", "<html>", "{\"message\":5}", "[]"] {
        let SubscribeOutcome::NotFound(failure) = Subscribe::parse(response(404, body)).unwrap()
        else {
            panic!("{body}");
        };
        assert!(failure.error().is_none() && failure.problem().is_some());
        assert_eq!(failure.body(), body.as_bytes());
        assert_eq!(failure.into_error().status(), 404);
    }
}

#[test]
fn an_error_says_what_the_server_said() {
    let body = r#"{"errorId":"error.request.x","message":"It went wrong.","errorCode":-2147467259,"more":[1]}"#;
    let error = Subscribe::parse(response(500, body))
        .unwrap()
        .into_result()
        .unwrap_err();
    assert_eq!(error.error_id(), Some("error.request.x"));
    assert_eq!(error.error_code(), Some(-2_147_467_259));
    assert_eq!(
        error.to_string(),
        "interactions.callback.subscribe: 500 Internal Server Error: It went wrong. [error.request.x, -2147467259]"
    );
    let body = r#"{"errorId":-2147221496,"message":null,"errorCode":"7"}"#;
    let error = Subscribe::parse(response(404, body))
        .unwrap()
        .into_result()
        .unwrap_err();
    assert_eq!(error.error_id(), Some("-2147221496"));
    assert_eq!((error.message(), error.error_code()), (None, Some(7)));
}

#[test]
fn a_success_that_cannot_be_read_is_an_error_with_its_body() {
    let error = Poll::parse(response(200, "{}")).unwrap_err();
    assert_eq!(error.body, "{}");
    assert!(
        error
            .to_string()
            .starts_with("messaging.poll: the body of the response 200 cannot be read: ")
    );
    let mut html = response(200, "<html>");
    html.headers_mut()
        .insert("Content-Type", "text/html; charset=utf-8".parse().unwrap());
    let error = Poll::parse(html).unwrap_err();
    assert_eq!(
        error.reason.to_string(),
        "the body is text/html, not JSON: a proxy, a login page, or another server?"
    );
}

#[test]
fn media_types_are_compared_without_case_and_parameters() {
    for media in [
        "application/vnd.inin.icws+JSON;charset=utf-8",
        "APPLICATION/VND.ININ.ICWS+json",
        "application/json",
    ] {
        let mut reply = response(200, "[]");
        reply
            .headers_mut()
            .insert("Content-Type", media.parse().unwrap());
        assert!(
            matches!(Poll::parse(reply).unwrap(), PollOutcome::Ok(_)),
            "{media}"
        );
    }
}

#[test]
fn a_challenge_is_read_in_all_its_forms() {
    for text in [
        r#"ICWS realm="ICWS" location="/ICWS/connection""#,
        r#"ICWS realm="ICWS", location="/ICWS/connection""#,
        r"ICWS realm=ICWS location=/ICWS/connection",
        r#"ICWS Location="/ICWS\/connection",REALM=ICWS "#,
    ] {
        let challenge: Challenge = text.parse().unwrap();
        assert_eq!(
            (challenge.scheme(), challenge.realm()),
            ("ICWS", Some("ICWS")),
            "{text}"
        );
        assert_eq!(challenge.location(), Some("/ICWS/connection"), "{text}");
    }
    for text in ["", "realm=\"x\"", "ICWS realm", "ICWS realm=\"x"] {
        assert!(text.parse::<Challenge>().is_err(), "{text}");
    }
    assert_eq!(
        Challenge::icws("ICWS", "/ICWS/connection").to_string(),
        r#"ICWS realm="ICWS" location="/ICWS/connection""#
    );
}
