//! What traffic proves, written into a model.

use std::fs;
use std::path::{Path, PathBuf};

use icws_spec::traffic::{Learnt, Survey, Traffic, learn};
use icws_spec::{Model, ModelSource};
use serde_json::{Value, json};

use crate::command::{icws_spec, stderr, stdout};

use super::command::scratch;
use super::house::{MODEL, room};

pub fn line(method: &str, path: &str, status: u16, body: &Value) -> String {
    let content = if body.is_null() {
        json!({ "size": 0, "text": "" })
    } else {
        json!({ "text": body.to_string() })
    };
    let entry = json!({
        "request": {
            "method": method,
            "url": format!("https://cic.example/icws/{path}"),
            "headers": [
                { "name": "Cookie", "value": "***" },
                { "name": "ININ-ICWS-CSRF-Token", "value": "***" },
            ],
        },
        "response": { "status": status, "content": content },
    });
    format!("{entry}\n")
}

/// Traffic with a difference of each kind that is written.
fn day() -> String {
    let mut more = room();
    more["wifi"] = json!({ "name": "x", "password": "y", "speed": 1.5 });
    more["floors"] = json!([1, 2]);
    let mut newer = room();
    newer["mood"] = 7.into();
    newer["thing"] = json!({ "__type": "urn:inin.com:house:sofa", "name": "x", "seats": 3 });
    let mut asked = room();
    asked["wifi"] = json!({ "name": null, "password": "y" });
    let version = json!({ "productReleaseDisplayString": "2018 R3" });
    let alarm =
        json!({ "__type": "urn:inin.com:house:alarmMessage", "isDelta": false, "why": "x" });
    let widths = json!({ "__type": "urn:house:roomsMessage", "isDelta": true, "floor": "1", "widths": { "1-a": 5 } });
    [
        line("GET", "connection/version", 404, &version),
        line("GET", "17/rooms/1?limit=1", 200, &more),
        line("GET", "17/rooms/1?limit=1", 200, &newer),
        line("GET", "17/rooms/1?limit=1", 200, &asked),
        line(
            "GET",
            "17/rooms/1?limit=1",
            403,
            &json!({ "message": "no" }),
        ),
        line(
            "GET",
            "17/rooms/1?limit=1",
            202,
            &json!({ "requestId": "1" }),
        ),
        line("DELETE", "17/rooms/1", 204, &Value::Null),
        line(
            "GET",
            "17/lights/2001/scenes?select=a",
            200,
            &json!([{ "id": "x", "on": true }]),
        ),
        line("PUT", "17/lights/2001/scenes", 204, &Value::Null),
        line("GET", "17/messages", 200, &json!([alarm, widths])),
    ]
    .concat()
}

pub fn load(path: &Path) -> Model {
    Model::load(ModelSource::Path(path)).unwrap()
}

pub fn learnt(model: &Model, text: &str) -> Learnt {
    let mut survey = Survey::new(Traffic::new(model.api()));
    survey.read("day", text.as_bytes()).unwrap();
    let surveyed = survey.finish();
    learn(model, &surveyed.report, surveyed.servers().as_deref())
}

pub fn messages(findings: &[icws_spec::traffic::Learning]) -> Vec<String> {
    let told = findings.iter().map(|learning| {
        let finding = &learning.kind.finding;
        format!(
            "{} {}: {:?}",
            finding.rule.id, finding.message, learning.question
        )
    });
    told.collect()
}

#[test]
fn what_the_traffic_proves_is_written_and_then_there_is_no_finding_of_it() {
    let path = scratch("house.yaml", MODEL);
    let learnt = learnt(&load(&path), &day());
    // The version of a server is asked for by a path that this model does not have.
    assert_eq!(
        messages(&learnt.left),
        ["unknown-path the model has no such path; 404 came: None"]
    );
    assert!(learnt.refused.is_empty(), "{:#?}", learnt.refused);
    let rules: Vec<&str> = learnt
        .changes
        .iter()
        .map(|one| one.kind.finding.rule.id)
        .collect();
    assert_eq!(rules.len(), 11, "{:#?}", messages(&learnt.changes));
    let others: Vec<_> = learnt
        .model
        .findings()
        .iter()
        .filter(|one| one.rule != "open-todo")
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    let (_, file) = learnt.model.sources().files().next().unwrap();
    let added: Vec<&str> = file
        .text
        .lines()
        .filter(|line| !MODEL.lines().any(|old| old == *line))
        .collect();
    let expected = include_str!("learnt.txt");
    let added = added.join("\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write("tests/traffic/learnt.txt", &added).unwrap();
    } else {
        assert_eq!(added, expected);
    }
    let changed = |line: &&str| !line.contains("mood:") && !line.contains("replies: {");
    for line in MODEL.lines().filter(changed) {
        assert!(file.text.contains(line), "{line}");
    }
    let again = self::learnt(&learnt.model, &day());
    assert!(again.changes.is_empty(), "{:#?}", messages(&again.changes));
    assert_eq!(messages(&again.left), messages(&learnt.left));
}

#[test]
fn what_contradicts_the_model_and_what_clients_send_is_left() {
    let mut wrong = room();
    wrong["number"] = 1.into();
    wrong["locked"] = Value::Null;
    wrong["mixed"] = json!([1, "x"]);
    wrong["lists"] = json!([[1]]);
    let sent = line("PUT", "17/rooms/1", 204, &Value::Null);
    let mut sent: Value = serde_json::from_str(&sent).unwrap();
    let mut body = room();
    body["new"] = 1.into();
    sent["request"]["postData"] = json!({ "text": body.to_string() });
    let text = line("GET", "17/rooms/1?limit=1", 200, &wrong) + &format!("{sent}\n");
    let learnt = learnt(&load(&scratch("kept.yaml", MODEL)), &text);
    assert!(
        learnt.changes.is_empty() && learnt.files.is_empty(),
        "{:#?}",
        messages(&learnt.changes)
    );
    assert_eq!(
        messages(&learnt.left),
        [
            "type-mismatch `number` must be a string, but this is a whole number: None",
            "unexpected-null `locked` must not be null: None",
            "unknown-property `room` has no property `mixed`: Some(\"values of several types came\")",
            "unknown-property `room` has no property `lists`: Some(\"a list of lists came, which the language does not have\")",
            "unknown-property `room` has no property `new`: None",
        ]
    );
}

#[test]
fn a_change_that_would_break_the_model_is_left_and_the_others_are_made() {
    let mut odd = room();
    // In Rust both would be one field.
    odd["inner"] = json!({ "size": 1, "Size": 2 });
    odd["fine"] = 2.into();
    let text = line("GET", "17/rooms/1?limit=1", 200, &odd);
    let learnt = learnt(&load(&scratch("broken.yaml", MODEL)), &text);
    assert_eq!(
        messages(&learnt.changes),
        ["unknown-property `room` has no property `fine`: None"]
    );
    assert_eq!(learnt.left.len(), 1);
    assert_eq!(learnt.refused[0].rule, "name-collision");
}

/// A folder with a model of its own that extends the shipped one.
fn extending() -> PathBuf {
    scratch(
        "extending.yaml",
        "icws: 1\nextends: shipped\nnamespace: desk\n",
    )
}

#[test]
fn what_waits_for_another_change_is_written_in_the_same_run() {
    let full = json!({ "__type": "urn:inin.com:house:full", "message": "x", "errorId": "y" });
    // The status has a body of a type that the other finding brings.
    let text = line("GET", "17/rooms/1?limit=1", 409, &full)
        + &line("GET", "17/rooms/1?limit=1", 404, &full);
    let path = scratch("waits.yaml", MODEL);
    let first = learnt(&load(&path), &text);
    let second = learnt(&first.model, &text);
    let left = |learnt: &Learnt| messages(&learnt.left).join("\n");
    assert_eq!(left(&first), left(&second));
    assert!(first.changes.len() > 1, "{:?}", messages(&first.changes));
    assert!(second.changes.is_empty(), "{:?}", messages(&second.changes));
}

#[test]
fn a_name_that_may_hold_a_secret_is_not_written() {
    let mut odd = room();
    odd["token=s3cret"] = 1.into();
    odd["fine"] = json!({ "Bearer s3cret": 1 });
    let text = line("GET", "17/rooms/1?limit=1", 200, &odd)
        + &line("GET", "17/rooms/1?limit=1&sid%3Ds3cret=1", 200, &room())
        + &line("GET", "17/rooms/password=s3cret/x", 200, &Value::Null);
    let path = scratch("secret.yaml", MODEL);
    let learnt = learnt(&load(&path), &text);
    assert!(!learnt.left.is_empty());
    let mut files = learnt.files.iter();
    let wrote = files.any(|id| {
        let file = learnt.model.sources().get(*id);
        file.is_some_and(|file| file.text.contains("s3cret"))
    });
    let shown = format!("{:?}", messages(&learnt.left));
    assert!(!wrote && !shown.contains("s3cret"), "{shown}");
}

#[test]
fn the_extended_model_stays_as_it_is() {
    let message = json!({
        "__type": "urn:inin.com:interactions.callback:callbackMessage", "isDelta": false,
        "interactionId": "1", "target": "x", "subject": "y", "priority": 3,
    });
    let text = line("GET", "17/messaging/messages", 200, &json!([message]))
        + &line("GET", "17/desk/chairs", 200, &json!({ "count": 1 }));
    let learnt = learnt(&load(&extending()), &text);
    let left = messages(&learnt.left);
    assert_eq!(left.len(), 1, "{left:#?}");
    assert!(left[0].contains("write under `changes`: `messages: { interactions.callback.callbackMessage: { properties: { priority: { type: \\\"int|long\\\", source:"), "{left:#?}");
    assert_eq!(learnt.changes.len(), 1, "{:#?}", messages(&learnt.changes));
    let changed: Vec<_> = learnt
        .files
        .iter()
        .filter_map(|id| learnt.model.sources().get(*id))
        .collect();
    assert!(changed.iter().all(|file| !file.extended));
    assert!(
        changed[0].text.contains("/icws/{sessionId}/desk/chairs:"),
        "{}",
        changed[0].text
    );
}

#[test]
fn the_command_writes_and_says_what_it_wrote() {
    let model = scratch("command.yaml", MODEL);
    let (model, traffic) = (model.to_str().unwrap(), scratch("command.jsonl", &day()));
    let traffic = traffic.to_str().unwrap();
    let output = icws_spec(&["traffic", traffic, "--into", model, "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("to change: "),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_to_string(model).unwrap(), MODEL);
    let output = icws_spec(&["traffic", traffic, "--into", model]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    let status = "command.jsonl:5: house.getRoom: the operation has no reply with the status 403";
    assert!(
        said.contains("changed: ") && said.contains(status),
        "{said}"
    );
    assert!(
        said.contains("by hand: ") && said.contains("open-todo"),
        "{said}"
    );
    let output = icws_spec(&["traffic", traffic, "--against", model]);
    assert!(
        stdout(&output).ends_with(
            "1 finding of 1 kind; see `icws-spec explain RULE`, for example `unknown-path`\n"
        ),
        "{}",
        stdout(&output)
    );
    let output = icws_spec(&["traffic", traffic, "--into", "-"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_page_for_people_proves_nothing() {
    let path = scratch("page.yaml", MODEL);
    let page = |path: &str, status: u16, media: &str| {
        let text = line("GET", path, status, &json!("<!DOCTYPE HTML>"));
        let mut entry: Value = serde_json::from_str(&text).unwrap();
        entry["response"]["content"] =
            json!({ "text": "\n<!DOCTYPE HTML><p>x", "mimeType": media });
        format!("{entry}\n")
    };
    let day = [
        page("17/rooms/1?limit=1", 502, "text/html; charset=utf-8"),
        page("17/rooms/1?limit=1", 503, "application/json"),
        page("17/nowhere", 200, "text/html"),
    ];
    let learnt = learnt(&load(&path), &day.concat());
    assert!(
        learnt.changes.is_empty(),
        "{:#?}",
        messages(&learnt.changes)
    );
    assert_eq!(learnt.left.len(), 3, "{:#?}", messages(&learnt.left));
}

/// Holds the traffic against the model that it was written into.
pub fn after(learnt: &Learnt, day: &str) -> Vec<String> {
    let mut survey = Survey::new(Traffic::new(learnt.model.api()));
    survey.read("day", day.as_bytes()).unwrap();
    let kinds = survey.finish();
    let kinds = kinds.report.kinds().iter();
    let told = kinds.map(|kind| (&kind.finding, &kind.site));
    told.map(|(finding, site)| format!("{site}: {}: {}", finding.rule.id, finding.message))
        .collect()
}

#[test]
fn a_number_of_more_than_64_bits_is_none_of_a_whole_number() {
    let path = scratch("large.yaml", MODEL);
    let mut room = room();
    room["large"] = json!(u64::MAX);
    room["larger"] = json!([1, i64::MAX as u64 + 1]);
    let day = line("GET", "17/rooms/1?limit=1", 200, &room);
    let learnt = learnt(&load(&path), &day);
    assert_eq!(learnt.changes.len(), 2);
    assert_eq!(after(&learnt, &day), [""; 0]);
}

#[test]
fn a_name_that_is_none_in_rust_is_left_and_costs_no_other() {
    let marks = "marks: { rust_name: r#state, type: marks }";
    let path = scratch("many.yaml", &MODEL.replace("marks: { type: marks }", marks));
    let mut room = room();
    room["state"] = json!(1);
    for number in 0..40 {
        room[format!("name{number}")] = json!(1);
        room[format!("Name{number}")] = json!(1);
        room[format!("{number}")] = json!(1);
    }
    let day = line("GET", "17/rooms/1?limit=1", 200, &room);
    let learnt = learnt(&load(&path), &day);
    assert_eq!(learnt.changes.len(), 40);
    let left = messages(&learnt.left);
    assert_eq!(left.len(), 81);
    let all = |text: &str| left.iter().filter(|left| left.contains(text)).count();
    assert_eq!(all("its name is none in Rust"), 40);
    assert_eq!(all("another property is called like it in Rust"), 41);
}
