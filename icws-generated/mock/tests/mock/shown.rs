//! No public type of the mock shows a secret: passwords of its users, tokens and cookies
//! of its sessions, bodies of what was asked.
//!
//! A type that is new and not in the list fails here.

#[path = "../../../tests/secrets/shown.rs"]
mod secrets;

use icws_mock::{MockServer, Scenario};

use self::secrets::{HUSH, List, Shown, both, debug};
use crate::raw::send;

/// The values are those of `scenarios` and `server`.
const LIST: &List = &[
    ("builder.rs MockBuilder", Some("it cannot be shown")),
    ("callback.rs Callback", Some("what a test says of a call")),
    ("control/mod.rs Control", None),
    (
        "control/mod.rs UnknownOperation",
        Some("the name of an operation"),
    ),
    ("fault.rs Fault", Some("what a test says goes wrong")),
    ("modelled/mod.rs ModelSource", Some("where a model is")),
    ("record/mod.rs RecordedRequest", None),
    ("scenario/mod.rs Scenario", None),
    ("scenario/mod.rs ScenarioError", None),
    ("server.rs MockServer", None),
];

/// Scenarios with a password, and some that cannot be read, with one where none should be.
fn scenarios() -> Shown {
    let world = format!("users: [{{ id: ada, password: {HUSH} }}]");
    let world: Scenario = world.parse().unwrap();
    let mut shown = vec![("scenario/mod.rs Scenario", debug(&world))];
    for wrong in [
        format!("users: [ada:{HUSH}]"),
        format!("users: [{{ id: ada, password: [{HUSH}] }}]"),
        format!("users: [{{ id: ada, password: {{ {HUSH}: 1 }} }}]"),
        format!("statuses: {HUSH}, expected x"),
        format!("users: [{{ id: ada, password: {HUSH}, password: {HUSH} }}]"),
        format!("users: [{{ id: ada, password: {HUSH}"),
        format!("users: {HUSH}"),
        format!("users: [{{ id: ada, password: \"{HUSH}\\q\" }}]"),
        format!("users: [{{ id: ada, password: !x {HUSH} }}, {{ id: ada }}]"),
        format!("users: [{{ id: ada, password: {HUSH}, extension: [] }}]"),
        HUSH.to_owned(),
    ] {
        let error = wrong.parse::<Scenario>();
        let error = error.expect_err(&wrong);
        shown.push(("scenario/mod.rs ScenarioError", both(&error)));
    }
    let number = "users: 47110815"
        .parse::<Scenario>()
        .unwrap_err()
        .to_string();
    assert!(
        number.contains("invalid type: integer, expected a sequence"),
        "{number}"
    );
    shown
}

async fn server() -> Shown {
    let server = MockServer::builder().user("ada", HUSH);
    let server = server.start().await.unwrap();
    let control = server.control();
    let body = format!(
        r#"{{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"test","userID":"ada","password":"{HUSH}"}}"#
    );
    let line = format!("POST /icws/connection?token={HUSH}");
    let answer = send(&server, &line, &[("Accept-Language", "en")], &body).await;
    let made = answer.unwrap().json();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let line = format!(
        "GET /icws/{}/connection/single-sign-on-token/{HUSH}",
        text("sessionId")
    );
    let cookie = format!("icws_1={HUSH}");
    let headers = [
        ("ININ-ICWS-CSRF-Token", HUSH),
        ("Cookie", &cookie),
        ("Authorization", HUSH),
        ("Proxy-Authorization", HUSH),
    ];
    send(&server, &line, &headers, HUSH).await.unwrap();
    let requests = control.requests();
    assert_eq!(requests.len(), 2);
    let mut shown = vec![
        ("server.rs MockServer", debug(&server)),
        ("control/mod.rs Control", debug(&control)),
    ];
    for request in &requests {
        shown.push(("record/mod.rs RecordedRequest", both(request)));
    }
    // Nor what the server has made up.
    for (_, shown) in &shown {
        assert!(!shown.contains(&text("csrfToken")), "{shown}");
    }
    shown
}

#[test]
fn every_public_type_is_in_the_list() {
    secrets::has_all_types(LIST, env!("CARGO_MANIFEST_DIR"), &[("src", "")]);
}

#[tokio::test]
async fn no_type_shows_a_secret() {
    let values = scenarios().into_iter().chain(server().await);
    secrets::hides(LIST, values.collect());
}
