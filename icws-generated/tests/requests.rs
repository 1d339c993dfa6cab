//! Requests and responses without a server.

use bytes::Bytes;
use icws_generated::common::Error;
use icws_generated::connection::{Connect, IcAuthConnectionRequestSettings};
use icws_generated::interactions::callback::{
    Subscribe, SubscribeOutcome, Unsubscribe, UnsubscribeOutcome,
};
use icws_generated::messaging::{Poll, PollOutcome};
use icws_generated::runtime::{
    ApiSession, Batch, Challenge, Failure, FeatureVersion, Features, Request, Response, RouteError,
    Server, SessionParts, Sessionless, Subscription, route,
};
use icws_generated::{AnyRequest, ROUTES};

const COOKIE: &str = "icws_1731001=5f5dd5a4|languageId=en-us";

fn parts(base_url: &str) -> SessionParts<'_> {
    SessionParts {
        base_url,
        session_id: "1731001",
        csrf_token: "secretToken==",
        cookie: COOKIE,
    }
}

fn session() -> ApiSession {
    ApiSession::new(parts("https://cic.example:8019")).unwrap()
}

fn subscribe(id: &str) -> Subscribe {
    Subscribe::builder().interaction_id(id).build()
}

fn response(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}

#[test]
fn a_request_carries_what_the_page_asks_for() {
    let request = subscribe("2001").to_http(&session()).unwrap();
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        request.uri().to_string(),
        "https://cic.example:8019/icws/1731001/messaging/subscriptions/interactions/2001/callback"
    );
    assert_eq!(request.headers()["ININ-ICWS-CSRF-Token"], "secretToken==");
    assert_eq!(request.headers()["Cookie"], COOKIE);
    assert_eq!(
        request.headers()["Accept"],
        "application/vnd.inin.icws+JSON"
    );
    assert!(request.body().is_empty());
    let request = Unsubscribe::builder()
        .interaction_id("2001")
        .build()
        .to_http(&session())
        .unwrap();
    assert_eq!(request.method(), "DELETE");
}

#[test]
fn a_poll_carries_no_token() {
    let request = Poll::builder().build().to_http(&session()).unwrap();
    assert_eq!(request.uri().path(), "/icws/1731001/messaging/messages");
    assert!(request.headers().get("ININ-ICWS-CSRF-Token").is_none());
    assert_eq!(request.headers()["Cookie"], COOKIE);
}

#[test]
fn the_path_of_a_proxy_stays_before_the_resource() {
    for base_url in [
        "https://web.example/app/api/cic1",
        "https://web.example/app/api/cic1/",
    ] {
        let request = Poll::builder()
            .build()
            .to_http(&ApiSession::new(parts(base_url)).unwrap())
            .unwrap();
        assert_eq!(
            request.uri().path(),
            "/app/api/cic1/icws/1731001/messaging/messages"
        );
    }
}

#[test]
fn an_identifier_cannot_leave_its_segment() {
    let request = subscribe("a/../b?c#d%2F ü").to_http(&session()).unwrap();
    assert_eq!(
        request.uri().path(),
        "/icws/1731001/messaging/subscriptions/interactions/a%2F..%2Fb%3Fc%23d%252F%20%C3%BC/callback"
    );
    assert!(request.uri().query().is_none());
    for id in ["", ".", ".."] {
        let error = subscribe(id).to_http(&session()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "interactions.callback.subscribe: `interactionId` cannot be `{id}`: it is part of the path"
            )
        );
    }
}

#[test]
fn what_the_server_does_not_have_is_refused_before_it_is_sent() {
    let with = |features: &[(&str, u32)]| {
        let session = session().with_features(features.iter().copied().collect());
        subscribe("2001").to_http(&session)
    };
    assert!(with(&[("interactions", 8)]).is_ok());
    assert!(with(&[("interactions", 11)]).is_ok());
    let error = with(&[("interactions", 7)]).unwrap_err();
    assert_eq!(
        error.needs(),
        Some(FeatureVersion {
            feature: "interactions",
            version: 8
        })
    );
    assert_eq!(
        error.to_string(),
        "interactions.callback.subscribe: needs interactions 8, but the server has interactions 7; `allow_any_version` of client or session sends it all the same"
    );
    let error = with(&[]).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("but the server has no feature `interactions`;")
    );
}

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
fn a_session_takes_the_cookie_as_the_server_set_it() {
    let cookie = format!("{COOKIE}; Path=/icws/1731001; Secure; HttpOnly");
    let session = ApiSession::new(SessionParts {
        cookie: &cookie,
        ..parts("http://h:8018")
    })
    .unwrap();
    assert_eq!(
        subscribe("1").to_http(&session).unwrap().headers()["Cookie"],
        COOKIE
    );
}

#[test]
fn a_session_refuses_what_cannot_travel() {
    let refused = |parts: SessionParts<'_>| ApiSession::new(parts).unwrap_err().to_string();
    assert!(refused(parts("cic.example:8019")).contains("http"));
    assert!(refused(parts("ftp://cic.example")).contains("http"));
    assert!(refused(parts("http://me:pw@cic.example")).contains("user"));
    assert!(refused(parts("http://cic.example/?a=b")).contains("query"));
    assert_eq!(
        refused(SessionParts {
            csrf_token: "a\nb",
            ..parts("http://h")
        }),
        "the CSRF token cannot travel in a header"
    );
    assert_eq!(
        refused(SessionParts {
            cookie: "",
            ..parts("http://h")
        }),
        "the cookie is empty"
    );
    assert_eq!(
        refused(SessionParts {
            session_id: "",
            ..parts("http://h")
        }),
        "the session id is empty"
    );
}

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

#[test]
fn a_subscription_knows_its_end() {
    let subscribe = subscribe("20/01");
    assert_eq!(subscribe.key(), "20/01");
    let stop = subscribe.stop().to_http(&session()).unwrap();
    assert_eq!(stop.method(), "DELETE");
    assert!(
        stop.uri()
            .path()
            .ends_with("/interactions/20%2F01/callback")
    );
}
