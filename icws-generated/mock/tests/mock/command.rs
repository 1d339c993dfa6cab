//! `icws-mock`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use serde_json::json;

fn icws_mock(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_icws-mock"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    icws_mock(arguments).output().unwrap()
}

/// A server that is ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Starts the command on a free port; its address.
fn start(arguments: &[&str]) -> (Running, String) {
    let mut command = icws_mock(&["--port", "0"]);
    let command = command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let mut address = String::new();
    BufReader::new(running.0.stdout.take().unwrap())
        .read_line(&mut address)
        .unwrap();
    (running, address.trim().to_owned())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

#[test]
fn it_serves_what_its_options_say() {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/everything.yaml");
    let options = [
        "--user",
        "ada:pass:word",
        "--callbacks",
        "2",
        "--features",
        "interactions=7",
        "--model",
        model,
        "--log",
    ];
    let (mut running, address) = start(&options);
    let body = |path: &str| {
        let mut answer = agent().get(format!("{address}{path}")).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    };
    assert_eq!(body("/mock/callbacks").matches("interactionId").count(), 2);
    assert!(body("/icws/connection/features/interactions").contains("\"version\":7"));
    assert_eq!(body("/icws/rooms/version"), "made up");
    let credentials = json!({
        "__type": "urn:inin.com:connection:icAuthConnectionRequestSettings",
        "applicationName": "test", "userID": "ada", "password": "pass:word",
    });
    let connect = agent()
        .post(format!("{address}/icws/connection"))
        .header("Accept-Language", "en");
    assert_eq!(connect.send(credentials.to_string()).unwrap().status(), 201);
    running.0.kill().unwrap();
    let mut log = String::new();
    running
        .0
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    assert!(
        log.contains("POST /icws/connection 201 connection.connect\n"),
        "{log}"
    );
    assert!(log.contains("callback 2001234567: Invoice 4711\n"), "{log}");
    assert!(
        log.contains("console at http://127.0.0.1:") && log.contains("/mock/\n"),
        "{log}"
    );
    // No request of the control is logged.
    assert!(!log.contains("pass") && !log.contains(" /mock"), "{log}");
}

#[test]
fn the_file_name_of_the_built_in_world_means_it_where_no_such_file_is() {
    let (mut running, address) = start(&["--port", "0", "--world", "contact-center.yaml"]);
    let mut answer = agent().get(format!("{address}/mock/world")).call().unwrap();
    let tables = answer.body_mut().read_to_string().unwrap();
    running.0.kill().unwrap();
    assert!(tables.contains("\"configuration/users\":50"), "{tables}");
}

#[test]
fn a_wrong_call_says_what_is_wrong_on_stderr() {
    for (arguments, problem) in [
        (vec!["--prot", "1"], "invalid option '--prot'"),
        (vec!["--port"], "missing argument for option '--port'"),
        (vec!["--port", "x"], "--port x: expected a port"),
        (
            vec!["--host", "x"],
            "--host x: expected an address such as 127.0.0.1",
        ),
        (
            vec!["--tick", "5"],
            "--tick 5: expected a number above 0 with its unit",
        ),
        (
            vec!["--features", "a=1,b"],
            "--features a=1,b: expected versions such as",
        ),
        (vec!["--user", "secret"], "--user takes NAME:PASSWORD"),
        (
            vec!["--record", "/nowhere/x"],
            "cannot record to /nowhere/x: No such file",
        ),
        (vec!["--root", "x"], "--root is for --forward"),
        (
            vec!["--forward", "https://cic1", "--world", "x"],
            "--world cannot be with --forward",
        ),
        (
            vec!["--forward", "https://agent:secret@cic1"],
            "--forward expects an address such as https://cic1.example:8019",
        ),
        (
            vec!["--forward", "https://cic1", "--root", "nowhere.pem"],
            "cannot read nowhere.pem",
        ),
        (vec!["more"], "unexpected argument \"more\""),
        (vec!["--model", "nowhere.yaml"], "cannot read nowhere.yaml"),
        (
            vec!["--world", "call-center.yaml"],
            "call-center.yaml: No such file or directory (os error 2); the world that is built \
             in is called `contact-center`",
        ),
        (
            vec!["--host", "192.0.2.1", "--port", "0"],
            "cannot listen at 192.0.2.1:0",
        ),
    ] {
        let output = output(&arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{text}"
        );
        assert!(
            text.starts_with("icws-mock: ") && text.contains(problem),
            "{text}"
        );
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn a_model_with_findings_is_shown_them() {
    let model = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../ui/tests/bindings/broken.yaml"
    );
    let output = output(&["--model", model]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("broken.yaml:")
    );
}

#[test]
fn help_and_version_go_to_stdout() {
    let help = String::from_utf8(output(&["--help"]).stdout).unwrap();
    assert!(help.contains("curl http://127.0.0.1:8018/mock"), "{help}");
    assert!(help.lines().all(|line| line.len() <= 110), "{help}");
    let version = String::from_utf8(output(&["--version"]).stdout).unwrap();
    assert_eq!(
        version,
        format!("icws-mock {}\n", env!("CARGO_PKG_VERSION"))
    );
}
