//! The command as its users run it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use icws_spec::diff::rules as changes;
use icws_spec::rules;

use crate::EVERYTHING_FILE;

/// Runs the command.
pub fn icws_spec(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_icws-spec"))
        .args(arguments)
        .output()
        .unwrap()
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A file of this test alone.
fn scratch(name: &str, text: &str) -> PathBuf {
    crate::written(module_path!(), name, text)
}

const FIVE_MISTAKES: &str = r#"icws: 1
namespace: calls
features: { calls: { doc: Calls. } }
since: calls 3

parameters:
  sessionId: { name: sessionId, in: path, typ: string, required: true }

messages:
  callMessage:
    urn: urn:example:callMessage
    delta: { flag: isDelta, key: callId }
    properties:
      isDelta: { type: boolean, requird: true }
      callId: { type: strng, required: true }
      mood: { type: string, since: calls 2 }
    examples:
      one: { value: { __type: "urn:example:callMessage", isDelta: false, callId: "1", mood: good } }

resources:
  /icws/{sessionId}/calls/{callId}:
    parameters: [sessionId, { name: callId, in: path, type: string, required: true }]
    GET:
      name: call
      replies: { 200: { messages: [callMesage] }, 404: {} }
"#;

#[test]
fn check_is_clean_on_the_shipped_model() {
    let output = icws_spec(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    assert_eq!(icws_spec(&["check", "model"]).status.code(), Some(0));
    assert_eq!(
        icws_spec(&["check", "model/icws.yaml"]).status.code(),
        Some(0)
    );
}

#[test]
fn five_mistakes_are_five_findings_at_their_places() {
    let path = scratch("five.yaml", FIVE_MISTAKES);
    let path = path.to_str().unwrap();
    let output = icws_spec(&["check", path]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    let found: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix(path))
        .collect();
    assert_eq!(
        found,
        [
            ":7:43: error[unknown-key]: a parameter has no key `typ`",
            ":14:33: error[unknown-key]: a property has no key `requird`",
            ":15:23: error[unknown-reference]: there is no type `strng`",
            ":16:36: error[since-older-than-parent]: `calls 2` is older than `calls 3`, the version of what it belongs to",
            ":25:36: error[unknown-reference]: there is no type `callMesage`",
        ]
    );

    let output = icws_spec(&["check", path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let places: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["line"].as_u64().unwrap(),
                finding["column"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(places, [(7, 43), (14, 33), (15, 23), (16, 36), (25, 36)]);
    assert_eq!(report["findings"][0]["help"], "did you mean `type`?");
}

#[test]
fn what_cannot_be_read_is_no_finding() {
    for arguments in [
        &["check", "nowhere.yaml"][..],
        &["chek"],
        &["show", "callbackMesage"],
        &["explain", "x"],
    ] {
        let output = icws_spec(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
    }
    let output = icws_spec(&["show", "callbackMesage"]);
    assert_eq!(
        stderr(&output),
        "icws-spec: there is no `callbackMesage`; did you mean `callbackMessage`?\n"
    );
}

#[test]
fn show_tells_what_was_resolved() {
    let output = icws_spec(&["show", "interactions.callback.subscribe"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    for part in [
        "PUT /icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback  [interactions 8]",
        "Rust: interactions::callback::Subscribe, SubscribeBuilder, SubscribeOutcome",
        "from the session (csrfToken)",
        "401  body common.error",
        "header WWW-Authenticate  challenge  required",
        "message interactions.callback.callbackMessage",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let text = icws_spec(&["show", "model", "CallbackMessage"]);
    assert!(stdout(&text).contains("merged into CallbackState"));
    let output = icws_spec(&["show", "--format", "json"]);
    let model: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(model["icws"], 1);
    let find = |kind: &str, id: &str| {
        let mut items = model[kind].as_array().unwrap().iter();
        items.find(|item| item["id"] == id).unwrap().clone()
    };
    let subscribe = find("operations", "interactions.callback.subscribe");
    assert_eq!(subscribe["parameters"][3]["rustName"], "interaction_id");
    let refused = &find("operations", "messaging.poll")["replies"];
    let mut refused = refused.as_array().unwrap().iter();
    let refused = refused.find(|reply| reply["status"] == "401").unwrap();
    assert_eq!(refused["headers"][0]["rustName"], "www_authenticate");
    let message = find("messages", "interactions.callback.callbackMessage");
    assert_eq!(message["properties"][5]["type"], "int");
    let one = icws_spec(&[
        "show",
        "interactions.callback.subscribe",
        "--format",
        "json",
    ]);
    let one: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(one, subscribe);
}

#[test]
fn show_prints_every_construct() {
    let show = |id: &str| stdout(&icws_spec(&["show", EVERYTHING_FILE, id])).to_owned();
    assert_eq!(
        show("furnish"),
        "\
operation rooms.plans.furnish  [rooms 3]
  POST /icws/{sessionId}/rooms/{state}  [rooms 2]
  Rust: rooms::plans::Furnish, FurnishBuilder, FurnishOutcome

parameters
  sessionId             path    string                      required  from the session (id)  [rooms 2]
  ININ-ICWS-CSRF-Token  header  string                      required  from the session (csrfToken)  [rooms 2]
  Cookie                header  string                      required  from the session (cookie)  [rooms 2]
  state                 path    rooms.plans.doorState       required  Rust: state  [rooms 2]
  select                query   list string                 optional  Rust: select
  states                query   list rooms.plans.doorState  optional  Rust: states
  since                 query   dateTime                    optional  Rust: since  default 20200101T000000Z
  X-Limit               header  int                         required  Rust: x_limit
  X-Why                 header  string                      optional  Rust: x_why  [plans 5]

body
  rooms.plans.furniture

replies
  200  body list rooms.plans.furniture
       message rooms.plans.roomMessage
       message rooms.plans.completedMessage
  202  body rooms.plans.accepted
       message rooms.plans.completedMessage
  204
       message rooms.plans.roomMessage
  400  body rooms.plans.error
       The request cannot be understood.
       error error.request.noRoom: The room is not there.
       error error.request.invalidRepresentation.invalidProperty (rooms.plans.invalidPropertyError): A property is wrong.
  404
"
    );
    for (id, parts) in [
        (
            "version",
            &[
                "200  body text/html",
                "302  [rooms 3]",
                "header Location  uri  required",
                "header Retry-After  duration  optional",
            ][..],
        ),
        (
            "watch",
            &[
                "200  body messages",
                "403\n       An error without a representation.",
            ],
        ),
        (
            "plan",
            &[
                "page     uri or null            required",
                "author   string                 conditional  Needed unless",
                "string                 optional       case does not matter",
                "[plans 5]",
            ],
        ),
        (
            "room",
            &[
                "map boolean",
                "list[1..*] rooms.plans.doorState",
                "list[0..3] string?",
            ],
        ),
        (
            "doorState",
            &[
                "Gone       -1\n",
                "Locked      7  Only a key helps.  [rooms 3]",
            ],
        ),
        ("equipment", &["flags rooms.plans.equipment"]),
        (
            "chair",
            &[
                "derives from rooms.plans.furniture",
                "options: rooms.plans.chair, rooms.plans.armchair",
            ],
        ),
        (
            "roomMessage",
            &["delta: flag isDelta, key roomId, merged into RoomState"],
        ),
        (
            "visitsMessage",
            &[
                "list rooms.plans.visit      optional       delta: added\n",
                "case does not matter  delta: merge\n",
            ],
        ),
        ("visit", &["told apart by visitor.id, day\n"]),
        // As its base is.
        ("guest", &["told apart by number\n"]),
    ] {
        let text = show(id);
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    }
}

#[test]
fn expand_writes_and_compares() {
    let file = crate::scratch(module_path!(), "expanded.rs");
    let path = file.to_str().unwrap();
    // All of it takes its time.
    let expand = |more: &[&str]| {
        let part = ["expand", "--only", "interactions.callback,messaging"];
        icws_spec(&[part.as_slice(), more].concat())
    };
    let code = |more: &[&str]| expand(more).status.code();
    assert_eq!(code(&["--out", path]), Some(0));
    assert_eq!(code(&["--check", path]), Some(0));
    assert_eq!(stdout(&expand(&[])), fs::read_to_string(&file).unwrap());
    let older = expand(&["--check", path, "--feature", "interactions=7"]);
    assert_eq!(older.status.code(), Some(1));
    assert!(stderr(&older).contains("differs"));
    let pinned = expand(&["--feature", "interactions=7"]);
    assert!(!stdout(&pinned).contains("CallbackMessage") && stdout(&pinned).contains("Poll"));
    assert_eq!(code(&["--feature", "interaction=7"]), Some(2));
    let broken = scratch("broken.yaml", "icws: 1\nobject: {}\n");
    let output = icws_spec(&["expand", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && stderr(&output).contains("unknown-key"));
}

#[test]
fn only_some_namespaces_are_counted_shown_and_expanded() {
    let folder = crate::select::house::folder("command");
    let run = |command: &[&str]| {
        let output = icws_spec(&[command, &["--only", "desk.lamps,garden"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output
    };
    let house = folder.to_str().unwrap();
    assert_eq!(
        stderr(&run(&["check", house])),
        "no findings; selected: 1 of 6 operations, 2 of 5 messages, 3 of 16 objects\n"
    );
    let shown = run(&["show", house]);
    for (id, there) in [
        ("desk.lamps.lamp", true),
        ("garden.rained", true),
        ("desk.drawer", false),
    ] {
        assert_eq!(stdout(&shown).contains(id), there, "{id}");
    }
    let shown = run(&["show", house, "--format", "json"]);
    let model: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(model["operations"].as_array().unwrap().len(), 1);
    let expanded = run(&["expand", house]);
    assert!(stdout(&expanded).contains("pub struct Lamp "));
    assert!(!stdout(&expanded).contains("pub struct Drawer "));
    let twice = ["expand", house, "--only", "garden", "--only", "desk.lamps"];
    assert_eq!(stdout(&icws_spec(&twice)), stdout(&expanded));
    let older = run(&["expand", house, "--feature", "house=2"]);
    assert!(stdout(&expanded).contains("pub warm:") && !stdout(&older).contains("pub warm:"));
}

#[test]
fn an_unknown_namespace_is_a_mistake_of_the_call() {
    for command in [
        &["check"][..],
        &["show"],
        &["expand"],
        &["export", "openapi"],
    ] {
        let output = icws_spec(&[command, &["--only", "messaging,conection"]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert_eq!(
            stderr(&output),
            "icws-spec: the model has no namespace `conection`; did you mean `connection`?\n"
        );
    }
    let output = icws_spec(&["show", "--only", "messaging", "subscribe"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn every_rule_is_explained() {
    let list = icws_spec(&["explain"]);
    let checks = rules::ALL.iter().map(|rule| ("error", rule.id));
    let changes = changes::ALL.iter().map(|rule| ("diff", rule.id));
    for (kind, id) in checks.chain(changes) {
        assert!(stdout(&list).contains(&format!("\n{id} ")), "{id}");
        let output = icws_spec(&["explain", id]);
        assert!(stdout(&output).starts_with(&format!("{kind}[{id}]: ")));
        let mut lines = stdout(&output).lines().skip(1);
        assert!(lines.all(|line| line.chars().count() <= 100), "{id}");
    }
    let output = icws_spec(&["explain", "type-widened"]);
    assert_eq!(
        stdout(&output),
        "\
diff[type-widened]: A value may be more than it was: `int` becomes `long`, `guid` becomes `string`, an object becomes its base.

  in requests    old client, new server: fine; new client, old server: warning
  in replies     old client, new server: breaking; new client, old server: fine
  Rust sources   computed
  version        major if it breaks, else minor

Who receives it may get what the old type cannot hold.
"
    );
}
