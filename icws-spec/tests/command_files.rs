//! Where the command reads and writes: stdin, files that are none, and files of
//! the model.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const MODEL: &str = "icws: 1
namespace: calls
objects:
  call:
    doc: |
      One line.

      And another.
    properties: { id: { type: string, required: true } }
";

/// An empty folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = crate::scratch(module_path!(), name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the command in a folder with an input.
pub fn run(folder: &Path, arguments: &[&str], stdin: impl AsRef<[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
    command.args(arguments).current_dir(folder);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who needs no stdin may have ended.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_ref());
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{out}{err}")
}

#[test]
fn the_expansion_is_the_same_with_any_line_ends() {
    let here = folder("line-ends");
    fs::write(here.join("m.yaml"), MODEL).unwrap();
    assert_eq!(
        code(&run(&here, &["expand", "m.yaml", "--out", "m.rs"], "")),
        Some(0)
    );
    let check = |here: &Path| run(here, &["expand", "m.yaml", "--check", "m.rs"], "");
    assert_eq!(code(&check(&here)), Some(0));
    let made = fs::read_to_string(here.join("m.rs")).unwrap();
    for (text, expected) in [
        (made.replace('\n', "\r\n"), 0),
        (made.replacen('\n', "\r\n", 3), 0),
        (made.replace('\n', "\r"), 1),
        (format!("{made}\n"), 1),
    ] {
        fs::write(here.join("m.rs"), text).unwrap();
        assert_eq!(code(&check(&here)), Some(expected));
    }
    // Neither do those of the model matter.
    fs::write(here.join("m.rs"), &made).unwrap();
    fs::write(here.join("m.yaml"), MODEL.replace('\n', "\r\n")).unwrap();
    assert_eq!(code(&check(&here)), Some(0));
    fs::write(here.join("m.rs"), b"\xff").unwrap();
    assert_eq!(code(&check(&here)), Some(1));
}

#[test]
fn no_file_of_the_model_is_overwritten() {
    let here = folder("over-the-model");
    fs::create_dir(here.join("parts")).unwrap();
    fs::write(here.join("icws.yaml"), "icws: 1\ninclude: [parts/a.yaml]\n").unwrap();
    fs::write(here.join("parts/a.yaml"), MODEL).unwrap();
    fs::hard_link(here.join("parts/a.yaml"), here.join("hard")).unwrap();
    let mut outs = vec!["icws.yaml", "parts/a.yaml", "./parts/../icws.yaml", "hard"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("parts/a.yaml", here.join("soft")).unwrap();
        outs.push("soft");
    }
    for out in outs {
        for model in [".", "icws.yaml"] {
            let output = run(&here, &["expand", model, "--out", out], "");
            assert_eq!(code(&output), Some(2), "{out}: {}", said(&output));
            assert!(
                said(&output).contains("is a file of the model"),
                "{}",
                said(&output)
            );
        }
    }
    assert_eq!(
        fs::read_to_string(here.join("parts/a.yaml")).unwrap(),
        MODEL
    );
    #[cfg(unix)]
    {
        let mut redirected = Command::new(env!("CARGO_BIN_EXE_icws-spec"));
        redirected.current_dir(&here);
        redirected.args(["expand", "-", "--out", "hard"]);
        redirected.stdin(fs::File::open(here.join("parts/a.yaml")).unwrap());
        let output = redirected.output().unwrap();
        assert_eq!(code(&output), Some(2), "{}", said(&output));
        assert_eq!(fs::read_to_string(here.join("hard")).unwrap(), MODEL);
    }
    for _ in 0..2 {
        let output = run(&here, &["expand", ".", "--out", "parts/a.rs"], "");
        assert_eq!(code(&output), Some(0), "{}", said(&output));
    }
}

#[test]
fn a_model_is_read_from_stdin() {
    let here = folder("stdin");
    fs::write(here.join("m.yaml"), MODEL).unwrap();
    fs::write(here.join("page.txt"), "/icws/x\n").unwrap();
    let output = run(&here, &["check", "-"], MODEL);
    assert_eq!(code(&output), Some(0), "{}", said(&output));
    let output = run(&here, &["check", "-"], MODEL.replace("doc:", "dok:"));
    assert_eq!(code(&output), Some(1));
    assert!(
        said(&output).contains("<stdin>:5:5: error[unknown-key]"),
        "{}",
        said(&output)
    );
    let output = run(&here, &["check", "-"], "icws: 1\ninclude: [m.yaml]\n");
    assert!(
        said(&output).contains("a model from stdin has no folder"),
        "{}",
        said(&output)
    );
    for (arguments, expected) in [
        (&["show", "-"][..], "calls.call"),
        (&["show", "-", "call"], "calls.call"),
        (&["show", "-", "--format", "json"], "\"call\""),
        (&["expand", "-"], "pub struct Call"),
        (&["diff", "-", "m.yaml"], "no changes"),
        (&["diff", "m.yaml", "-"], "no changes"),
    ] {
        let output = run(&here, arguments, MODEL);
        assert_eq!(code(&output), Some(0), "{arguments:?}: {}", said(&output));
        assert!(
            said(&output).contains(expected),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    for (arguments, expected) in [
        (&["diff", "-", "-"][..], "stdin can be read once"),
        (
            &["import", "page.txt", "--into", "-"],
            "cannot be changed in place",
        ),
    ] {
        let output = run(&here, arguments, MODEL);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", said(&output));
        assert!(
            said(&output).contains(expected),
            "{arguments:?}: {}",
            said(&output)
        );
    }
}

#[test]
fn a_folder_is_no_file() {
    let here = folder("folders");
    fs::create_dir_all(here.join("icws.yaml")).unwrap();
    fs::create_dir_all(here.join("part.yaml")).unwrap();
    let output = run(&here, &["check", "."], "");
    assert_eq!(code(&output), Some(2));
    assert!(
        said(&output).contains("this is a folder, not a regular file"),
        "{}",
        said(&output)
    );
    fs::write(here.join("m.yaml"), "icws: 1\ninclude: [part.yaml]\n").unwrap();
    let output = run(&here, &["check", "m.yaml"], "");
    assert_eq!(code(&output), Some(1));
    assert!(
        said(&output).contains("m.yaml:2:11: error[include-missing]"),
        "{}",
        said(&output)
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_or_device_is_refused_at_once() {
    let here = folder("pipes");
    let made = Command::new("mkfifo").arg(here.join("pipe.yaml")).status();
    assert!(made.unwrap().success());
    for (model, what) in [("pipe.yaml", "a pipe"), ("/dev/zero", "a device")] {
        for arguments in [
            &["check", model][..],
            &["show", model],
            &["expand", model],
            &["diff", model, model],
        ] {
            let output = run(&here, arguments, "");
            assert_eq!(code(&output), Some(2), "{arguments:?}");
            let expected = format!("this is {what}, not a regular file");
            assert!(said(&output).contains(&expected), "{}", said(&output));
        }
    }
    fs::write(here.join("m.yaml"), "icws: 1\ninclude: [pipe.yaml]\n").unwrap();
    let output = run(&here, &["check", "m.yaml"], "");
    assert_eq!(code(&output), Some(1));
    let expected =
        "m.yaml:2:11: error[include-missing]: cannot include `pipe.yaml`: this is a pipe";
    assert!(said(&output).contains(expected), "{}", said(&output));
    fs::write(here.join("sound.yaml"), MODEL).unwrap();
    let output = run(&here, &["expand", "sound.yaml", "--check", "pipe.yaml"], "");
    assert_eq!(code(&output), Some(2));
}
