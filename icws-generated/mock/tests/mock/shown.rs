//! No public type of the mock shows a secret: passwords of its users, tokens and cookies
//! of its sessions, bodies of what was asked.
//!
//! A type that is new and not in the list fails here.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::path::Path;

use icws_mock::{MockServer, Scenario};

use crate::raw::send;

/// What nobody may see.
const HUSH: &str = "hush-4711";

/// A type by its file and name, and why it holds no secret. Without that there is a value of
/// it in `values`, which does.
const LIST: &[(&str, Option<&str>)] = &[
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

type Shown = Vec<(&'static str, String)>;

fn debug(value: &dyn Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn both(value: &(impl Debug + Display)) -> String {
    format!("{value} {value:#} {}", debug(value))
}

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
    let headers = [("ININ-ICWS-CSRF-Token", HUSH), ("Cookie", &cookie)];
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

/// The public types of a folder, each with its file below it: `record/mod.rs Record`.
fn types(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What the command is made of nobody else can have.
        if path.is_dir() && name != "bin" {
            types(&path, &format!("{below}{name}/"), found);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter_map(|line| {
                let rest = line.strip_prefix("pub struct ");
                let rest = rest.or_else(|| line.strip_prefix("pub enum "))?;
                rest.split(|c: char| !c.is_alphanumeric()).next()
            });
            found.extend(lines.map(|item| format!("{below}{name} {item}")));
        }
    }
}

#[test]
fn every_public_type_is_in_the_list() {
    let mut found = Vec::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    types(&source, "", &mut found);
    found.sort();
    let listed: Vec<&str> = LIST.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, found, "the list, and what there is");
}

#[tokio::test]
async fn no_type_shows_a_secret() {
    let mut shown: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, text) in scenarios().into_iter().chain(server().await) {
        shown.entry(name).or_default().push(text);
    }
    let mut leaks = Vec::new();
    for (name, none) in LIST {
        let texts = shown.remove(name);
        assert!(
            texts.is_some() != none.is_some(),
            "{name} needs either a value or a reason why it holds no secret"
        );
        let texts = texts.unwrap_or_default().into_iter();
        leaks.extend(
            texts
                .filter(|text| text.contains(HUSH))
                .map(|text| (*name, text)),
        );
    }
    assert!(leaks.is_empty(), "these show a secret: {leaks:#?}");
    assert!(shown.is_empty(), "not in the list: {:?}", shown.keys());
}
