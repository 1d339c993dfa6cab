//! What is sent, and what is not.

use icws_generated::interactions::callback::Unsubscribe;
use icws_generated::messaging::Poll;
use icws_generated::runtime::{ApiSession, FeatureVersion, Request, SessionParts, Subscription};

use super::{COOKIE, parts, session, subscribe};

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
