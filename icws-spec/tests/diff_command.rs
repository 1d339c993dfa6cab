//! `icws-spec diff` as its users run it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::json;

use crate::command::{stderr, stdout};

/// A folder of one test, with the model of the fixtures in `old.yaml`, and in
/// `new.yaml` one that came of it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, changes: &[(&str, &str)]) -> Folder {
        let path = crate::scratch(module_path!(), name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let old = fs::read_to_string("tests/diff/base.yaml").unwrap();
        let mut new = old.clone();
        for (from, to) in changes {
            assert_eq!(new.matches(from).count(), 1, "{from}");
            new = new.replacen(from, to, 1);
        }
        let folder = Folder(path);
        folder.write("old.yaml", &old);
        folder.write("new.yaml", &new);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(program)
            .args(arguments)
            .current_dir(&self.0)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"))
            .output()
            .unwrap()
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        let arguments = [&["diff"], arguments].concat();
        self.run(env!("CARGO_BIN_EXE_icws-spec"), &arguments)
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@example"];
        let output = self.run("git", &[&identity, arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

const OLD_AND_NEW: [&str; 2] = ["old.yaml", "new.yaml"];
const PROPERTY_REMOVED: (&str, &str) = ("      owner: { type: string }\n", "");
const VALUE_ADDED: (&str, &str) = (
    "Open: 1, Shut: 2",
    "Open: 1, Ajar: { value: 3, since: desk 9 }, Shut: 2",
);
const TEXT_CHANGED: (&str, &str) = ("doc: What is wanted.", "doc: What somebody wants.");

#[test]
fn the_exit_code_says_whether_it_is_as_bad_as_asked() {
    for (name, changes, codes) in [
        ("same", &[][..], [0, 0, 0]),
        ("text", &[TEXT_CHANGED], [0, 1, 0]),
        ("value", &[VALUE_ADDED], [0, 1, 0]),
        ("removed", &[PROPERTY_REMOVED], [1, 1, 0]),
    ] {
        let folder = Folder::new(&format!("exit-{name}"), changes);
        for (on, code) in ["breaking", "any", "never"].into_iter().zip(codes) {
            let output = folder.diff(&[OLD_AND_NEW.as_slice(), &["--fail-on", on]].concat());
            assert_eq!(output.status.code(), Some(code), "{name} {on}");
        }
        let output = folder.diff(&OLD_AND_NEW);
        assert_eq!(output.status.code(), Some(codes[0]));
        assert_eq!(output.stdout.is_empty(), changes.is_empty());
    }
}

/// The block of the README that follows a command.
fn block<'a>(readme: &'a str, command: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("$ {command}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_readme_shows_what_comes_out() {
    let folder = Folder::new("readme", &[PROPERTY_REMOVED, VALUE_ADDED, TEXT_CHANGED]);
    let readme = fs::read_to_string("README.md").unwrap();
    let text = folder.diff(&OLD_AND_NEW);
    assert_eq!(
        stdout(&text),
        block(&readme, "icws-spec diff old.yaml new.yaml")
    );
    let markdown = folder.diff(&["old.yaml", "new.yaml", "--format", "markdown"]);
    let command = "icws-spec diff old.yaml new.yaml --format markdown";
    assert_eq!(stdout(&markdown), block(&readme, command));
}

#[test]
fn tools_read_json() {
    let folder = Folder::new("json", &[PROPERTY_REMOVED, VALUE_ADDED]);
    let output = folder.diff(&["old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["icws"], 1);
    assert_eq!(report["verdict"], "breaking");
    assert_eq!(report["bump"], "major");
    let reason = report["findings"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("no longer finds it"), "{reason}");
    let mut first = report["findings"][0].clone();
    first.as_object_mut().unwrap().remove("reason");
    assert_eq!(
        first,
        json!({
            "rule": "property-removed",
            "verdict": "breaking",
            "message": "property `owner` is gone",
            "key": null,
            "old": null,
            "new": null,
            "wire": { "oldClient": "breaking", "newClient": "fine" },
            "rust": "breaking",
            "rustReason": "`DeskMessage` has no field `owner`",
            "bump": "major",
            "sites": [{
                "subject": "desk.deskMessage",
                "old": { "file": "old.yaml", "line": 87, "column": 7 },
                "new": { "file": "new.yaml", "line": 80, "column": 3 },
            }],
        })
    );
    let folder = Folder::new("json-same", &[]);
    let output = folder.diff(&["old.yaml", "new.yaml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({ "icws": 1, "verdict": "fine", "bump": null, "findings": [] });
    assert_eq!(report, expected);
}

#[test]
fn tools_read_what_each_fact_was_and_is() {
    for (from, to, rule, fact) in [
        (
            "size: { type: long }",
            "size: { type: int }",
            "type-narrowed",
            json!(["type", "long", "int"]),
        ),
        (
            "lines: { type: \"list[1..5] string\" }",
            "lines: { type: \"list[1..9] string\" }",
            "bounds-widened",
            json!(["type", "list[1..5] string", "list[1..9] string"]),
        ),
        (
            "floor: { type: int }",
            "floor: { type: int, required: conditionally }",
            "condition-changed",
            json!(["required", false, "conditionally"]),
        ),
        (
            "hint: { type: string, ignore_case: true }",
            "hint: { type: string }",
            "case-rule-changed",
            json!(["ignore_case", true, false]),
        ),
        (
            "default: \"5\" }",
            "}",
            "default-changed",
            json!(["default", "5", null]),
        ),
        (
            "Open: 1, Shut: 2",
            "Open: 1, Shut: 3",
            "enum-value-renumbered",
            json!(["value", 2, 3]),
        ),
        (
            "delta: { flag: isDelta, key: deskId }",
            "delta: { flag: isDelta }",
            "delta-changed",
            json!([
                "delta",
                { "flag": "isDelta", "key": "deskId" },
                { "flag": "isDelta", "key": null }
            ]),
        ),
        (
            "200: { body: answer }",
            "200: { body: thing }",
            "type-changed",
            json!(["body", "desk.answer", "desk.thing"]),
        ),
        (
            "Retry-After: { type: duration }",
            "Retry-After: { type: duration, required: true }",
            "header-became-required",
            json!(["required", false, true]),
        ),
        (
            "doc: What is wanted.",
            "doc: What somebody wants.",
            "text-changed",
            json!(["doc", "What is wanted.", "What somebody wants."]),
        ),
        (
            "messages: [deskMessage, bellMessage]",
            "messages: [deskMessage]",
            "associated-message-removed",
            json!(["messages", "desk.bellMessage", null]),
        ),
    ] {
        let folder = Folder::new("json-facts", &[(from, to)]);
        let output = folder.diff(&["old.yaml", "new.yaml", "--format", "json"]);
        assert_eq!(stderr(&output), "");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let mut findings = findings.iter();
        let found = findings.find(|finding| finding["rule"] == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {report:#}"));
        let told = json!([found["key"], found["old"], found["new"]]);
        assert_eq!(told, fact, "{rule}");
    }
}

#[test]
fn one_model_at_two_versions() {
    let folder = Folder::new("pins", &[VALUE_ADDED]);
    let pins = ["--old-feature", "desk=8", "--new-feature", "desk=9"];
    let output = folder.diff(&[["new.yaml", "new.yaml"].as_slice(), &pins].concat());
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("warning[enum-value-added]: desk.state: "));
    assert!(stdout(&output).contains("raise the minor version"));
    let output = folder.diff(&["new.yaml", "new.yaml", "--old-feature", "desks=8"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "icws-spec: new.yaml: the model has no feature `desks`; did you mean `desk`?\n"
    );
}

#[test]
fn a_model_that_is_not_sound_is_not_compared() {
    let folder = Folder::new(
        "unsound",
        &[("doc: What is wanted.", "dok: What is wanted.")],
    );
    let output = folder.diff(&["old.yaml", "new.yaml", "--fail-on", "never"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("new.yaml:33:5: error[unknown-key]"));
    let output = folder.diff(&["old.yaml", "nowhere.yaml"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_revision_is_read_through_git() {
    let folder = Folder::new("git", &[]);
    let part = |more: &str| {
        format!(
            "icws: 1\nnamespace: desk\nobjects: {{ pad: {{ properties: {{ a: {{ type: string }}{more} }} }} }}\n"
        )
    };
    folder.write("model/icws.yaml", "icws: 1\ninclude: [parts/pad.yaml]\n");
    folder.write("model/parts/pad.yaml", &part(""));
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "model"]);
    folder.git(&["commit", "--quiet", "--message", "one"]);
    folder.git(&["tag", "one"]);
    folder.write("model/parts/pad.yaml", &part(", b: { type: int }"));

    let output = folder.diff(&["git:one:model", "model"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.contains("fine[property-added]: desk.pad: property `b` is new: `int`, optional\n"),
        "{text}"
    );
    assert!(
        text.contains("at    git:one:model/parts/pad.yaml:3:12 -> model/parts/pad.yaml:3:54\n"),
        "{text}"
    );

    for place in [
        "git:HEAD:model/",
        "git:HEAD:./model/icws.yaml",
        "git:one^0:model",
    ] {
        let output = folder.diff(&[place, "git:HEAD:model", "--fail-on", "any"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{place}: {}",
            stderr(&output)
        );
        assert_eq!(stderr(&output), "no changes\n");
    }
    for (place, why) in [
        ("git:two:model", "the repository has no revision `two`"),
        (
            "git:--help:model",
            "the repository has no revision `--help`",
        ),
        ("git:one:modle", "there is no `modle` at that revision"),
        ("git:one", "write it as `git:REV:PATH`"),
        ("git::model", "write it as `git:REV:PATH`"),
    ] {
        let output = folder.diff(&[place, "model"]);
        assert_eq!(output.status.code(), Some(2), "{place}");
        let text = stderr(&output);
        assert!(
            text.starts_with(&format!("icws-spec: cannot read {place}: {why}")),
            "{text}"
        );
    }

    folder.write(
        "model/icws.yaml",
        "icws: 1\ninclude: [parts/gone.yaml, ../old.yaml]\n",
    );
    folder.git(&["commit", "--quiet", "--all", "--message", "two"]);
    let output = folder.diff(&["git:HEAD:model", "model"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(text.contains("git:HEAD:model/icws.yaml:2:11: error[include-missing]: cannot include `parts/gone.yaml`: there is no such file at that revision"), "{text}");
    assert!(
        text.contains("git:HEAD:model/icws.yaml:2:28: error[include-outside]"),
        "{text}"
    );
}

#[test]
fn without_a_repository_there_is_no_revision() {
    let folder = Folder::new("no-git", &[]);
    let output = folder.diff(&["git:HEAD:old.yaml", "new.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("not a git repository"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_shipped_model_is_compared_by_its_name() {
    let folder = Folder::new("shipped", &[]);
    let change =
        "interactions.callback.callbackMessage: { properties: { attempts: { type: long } } }";
    let own = format!("icws: 1\nextends: shipped\nchanges:\n  messages:\n    {change}\n");
    folder.write("own/icws.yaml", &own);
    let output = folder.diff(&["shipped", "own"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.starts_with("breaking[type-widened]: interactions.callback.callbackMessage"));
    assert!(
        text.contains("  at    shipped:interactions/callback.yaml:"),
        "{text}"
    );

    // What a revision changes of the shipped model is seen, too.
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "own"]);
    folder.git(&["commit", "--quiet", "--message", "one"]);
    let output = folder.diff(&["git:HEAD:own", "own", "--fail-on", "any"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = folder.diff(&["git:HEAD:own", "shipped"]);
    assert!(stdout(&output).starts_with("breaking[type-narrowed]"));
}
