//! The command as its users run it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::command::{icws_spec, stderr, stdout};

/// A file of these tests alone.
pub fn scratch(name: &str, text: &str) -> PathBuf {
    crate::written(module_path!(), name, text)
}

fn har(name: &str) -> String {
    format!("tests/traffic/har/{name}")
}

#[test]
fn findings_are_told_with_their_places_in_the_file_and_in_the_model() {
    let output = icws_spec(&["traffic", &har("firefox.har"), &har("recording.jsonl")]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let expected = "\
traffic[unknown-property]: interactions.callback.callbackMessage: `callbackMessage` has no property `priority` (3 times)
  at    tests/traffic/har/firefox.har, entry 3, response body /0/priority
  here  3
  model shipped:interactions/callback.yaml:8:3

3 findings of 1 kind; see `icws-spec explain RULE`, for example `unknown-property`
";
    assert_eq!(stdout(&output), expected);
    assert_eq!(
        stderr(&output),
        "8 exchanges held against the model, 2 of them without a response, 1 not of ICWS passed over\n"
    );
    let json = icws_spec(&[
        "traffic",
        &har("recording.jsonl"),
        "--format",
        "json",
        "--coverage",
    ]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(finding["at"]["line"], 3);
    assert_eq!(finding["count"], 2);
    assert_eq!(json["exchanges"]["checked"], 4);
    let operations = json["coverage"]["operations"].as_array().unwrap();
    let polled = operations
        .iter()
        .find(|own| own["id"] == "messaging.poll")
        .unwrap();
    assert_eq!(
        (&polled["count"], &polled["statuses"]["200"]),
        (&2.into(), &1.into())
    );
}

#[test]
fn the_readme_shows_what_the_command_says() {
    let readme = fs::read_to_string("README.md").unwrap();
    let shown = readme
        .split("$ icws-spec traffic firefox.har\n")
        .nth(1)
        .unwrap();
    let shown = shown.split("```").next().unwrap();
    let output = icws_spec(&["traffic", &har("firefox.har")]);
    assert_eq!(stdout(&output).replace("tests/traffic/har/", ""), shown);
}

#[test]
fn a_part_of_the_model_can_be_meant() {
    let file = har("recording.jsonl");
    let output = icws_spec(&["traffic", &file, "--only", "interactions"]);
    assert_eq!(output.status.code(), Some(1));
    let output = icws_spec(&["traffic", &file, "--only", "status,queues"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = icws_spec(&["traffic", &file, "--only", "statu"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn coverage_tells_what_was_seen_and_what_never_was() {
    let file = har("recording.jsonl");
    let output = icws_spec(&[
        "traffic",
        &file,
        "--coverage",
        "--only",
        "interactions.callback,messaging",
    ]);
    let text = stdout(&output);
    for line in [
        "  2 of 5 operations",
        "  1 of 3 messages",
        "  messaging.poll 2: 200 1; never 400, 401, 410, 500",
        "  interactions.callback.callbackMessage 2; always isDelta, interactionId, target, subject; never name, attempts, maxAttempts, associatedCallId, snoozed",
        "operations that never were in the traffic\n  interactions.callback.unsubscribe\n  interactions.callback.setDisposition\n  messaging.sendHeartbeat",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn what_cannot_be_read_is_told_beside_what_was_found() {
    let whole = fs::read_to_string(har("firefox.har")).unwrap();
    let cut = scratch("cut.har", &whole[..whole.len() - 200]);
    let output = icws_spec(&["traffic", cut.to_str().unwrap(), &har("recording.jsonl")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("(3 times)"), "{}", stdout(&output));
    assert!(stderr(&output).contains("cut.har:"), "{}", stderr(&output));
    for arguments in [
        &["traffic"][..],
        &["traffic", "missing.har"],
        &["traffic", "-", "-"],
        &["traffic", "tests/traffic/har"],
        &["traffic", "tests/traffic/mod.rs"],
        &["traffic", "-", "--against", "missing.yaml"],
    ] {
        let output = icws_spec(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!stderr(&output).is_empty());
    }
}

#[test]
fn traffic_comes_from_stdin_as_well() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
    let command = command
        .args(["traffic", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let text = fs::read(har("charles.har")).unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        stdout(&output).contains("<stdin>, entry 3, response body"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn stdin_is_the_model_or_the_traffic() {
    let model = scratch("stdin.yaml", super::house::MODEL);
    for more in [&[][..], &["--redact", "-"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
        command.args(["traffic", "-", "--against", "-"]).args(more);
        command.stdin(fs::File::open(&model).unwrap());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("`-` stands twice"));
    }
}

#[test]
fn each_rule_is_explained() {
    let output = icws_spec(&["explain", "delta-first"]);
    assert!(
        stdout(&output)
            .starts_with("traffic[delta-first]: The first message of a subject is a delta.")
    );
    let all = icws_spec(&["explain"]);
    assert!(stdout(&all).contains("rules of `traffic`\n\nunknown-path"));
}

#[test]
fn a_redacted_file_is_written_over_nothing_that_matters() {
    let source = scratch(
        "source.har",
        &fs::read_to_string(har("chromium.har")).unwrap(),
    );
    let source = source.to_str().unwrap();
    let out = scratch("out.har", "");
    let out = out.to_str().unwrap();
    let output = icws_spec(&["traffic", source, "--redact", out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).ends_with("out.har: 6 entries without secrets\n"));
    assert!(!fs::read_to_string(out).unwrap().contains("s3cret"));
    for arguments in [
        &["traffic", source, "--redact", source][..],
        &["traffic", source, source, "--redact", out],
        &[
            "traffic",
            source,
            "--redact",
            "model/icws.yaml",
            "--against",
            "model",
        ],
    ] {
        assert_eq!(icws_spec(arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert!(fs::read_to_string(source).unwrap().contains("s3cret"));
}

#[cfg(unix)]
#[test]
fn what_redact_writes_over_stays_until_all_is_written() {
    let text = fs::read_to_string(har("chromium.har")).unwrap();
    let source = scratch("linked.har", &text);
    let link = source.with_file_name("link.har");
    let _ = fs::remove_file(&link);
    fs::hard_link(&source, &link).unwrap();
    let (source, link) = (source.to_str().unwrap(), link.to_str().unwrap());
    let output = icws_spec(&["traffic", source, "--redact", link]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(source).unwrap(), text);

    // Also when it is read by a redirection.
    let mut redirected = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
    redirected.args(["traffic", "-", "--redact", link]);
    redirected.stdin(fs::File::open(source).unwrap());
    let output = redirected.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(source).unwrap(), text);
    let odd = scratch("odd.jsonl", "{}\nnull\n");
    let output = icws_spec(&["traffic", odd.to_str().unwrap(), "--redact", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "{}\n");

    let there = scratch("there.har", "there before");
    for (name, text) in [
        ("none.har", "icws: 1"),
        ("no-log.har", "{\n\"entries\": []}"),
        ("no-entries.har", "{\"log\": {"),
    ] {
        let none = scratch(name, text);
        let out = there.to_str().unwrap();
        let output = icws_spec(&["traffic", none.to_str().unwrap(), "--redact", out]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            !stderr(&output).contains("has what was read"),
            "{}",
            stderr(&output)
        );
        assert_eq!(fs::read_to_string(&there).unwrap(), "there before");
    }
    let cut = scratch("cut-redacted.har", &text[..text.len() * 2 / 3]);
    let out = there.to_str().unwrap();
    let output = icws_spec(&["traffic", cut.to_str().unwrap(), "--redact", out]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("has what was read"),
        "{}",
        stderr(&output)
    );
    let read = fs::read_to_string(&there).unwrap();
    assert!(read.contains("\"entries\"") && !read.contains("s3cret"));
    let folder = there.parent().unwrap();
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|own| own.unwrap().file_name());
    let parts: Vec<_> = names
        .filter(|name| name.to_string_lossy().contains("there.har."))
        .collect();
    assert!(parts.is_empty(), "{parts:?}");
}

#[test]
fn a_redacted_file_goes_to_stdout_as_well() {
    let output = icws_spec(&["traffic", &har("recording.jsonl"), "--redact", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 5);
    assert!(!stdout(&output).contains("s3cret"));
    assert!(stderr(&output).starts_with("<stdout>: 5 entries"));
}

#[test]
fn options_that_would_do_nothing_are_refused() {
    let file = har("recording.jsonl");
    let out = scratch("refused.jsonl", "");
    let out = out.to_str().unwrap();
    for options in [
        &["--redact", out, "--format", "json"][..],
        &["--redact", out, "--coverage"],
        &["--redact", out, "--only", "status"],
        &["--redact", out, "--check"],
        &["--into", "model", "--format", "json"],
    ] {
        let output = icws_spec(&[&["traffic", &file][..], options].concat());
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(
            stderr(&output).contains("cannot be used with") || stderr(&output).contains("--into")
        );
    }
}

/// Whoever reads stderr may go away, and what was asked for is done all the same.
#[cfg(unix)]
#[test]
fn nobody_has_to_listen_to_stderr() {
    let full = || fs::File::options().write(true).open("/dev/full");
    if full().is_err() {
        return;
    }
    let file = har("recording.jsonl");
    for (arguments, code) in [
        (&["traffic", &file][..], 1),
        (&["traffic", "missing.har"], 2),
        (&["check"], 0),
        (&["export", "postman"], 0),
        (&["check", "tests/traffic/har"], 2),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
        let command = command.args(arguments).stderr(full().unwrap());
        let output = command.stdout(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}
