//! What a maintainer does when a page changes, from the page to a program that
//! still compiles, or does not; and that the README of icws-spec shows what
//! comes out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder to work in, with the pages of `tests/workflow`.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workflow");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for version in ["8", "9", "10"] {
            let page = format!("callback-{version}.txt");
            fs::copy(Path::new("tests/workflow").join(&page), folder.join(page)).unwrap();
        }
        Desk(folder)
    }

    /// Runs the command; what it prints, results first, and its exit code.
    fn icws_spec(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../icws-spec/Cargo.toml");
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--manifest-path"])
            .arg(manifest)
            .arg("--")
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(stdout) + &text(stderr), status.code())
    }

    /// The model as it is now, which is also that of a program below
    /// `tests/workflow`; `UPDATE_EXPECT=1` writes it there.
    fn is_model_of(&self, version: &str) {
        let model = fs::read_to_string(self.0.join("icws.yaml")).unwrap();
        let kept = Path::new("tests/workflow").join(version).join("icws.yaml");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&kept, &model).unwrap();
        }
        assert_eq!(
            model,
            fs::read_to_string(kept).unwrap(),
            "UPDATE_EXPECT=1 writes it"
        );
        fs::write(self.0.join(format!("{version}.yaml")), model).unwrap();
    }
}

/// The block of the README that follows a command.
fn shown<'a>(readme: &'a str, command: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("$ {command}\n")).expect(command);
    let end = rest.find("\n$ ").map_or(usize::MAX, |end| end + 1);
    &rest[..end.min(rest.find("```").unwrap())]
}

#[test]
fn from_a_page_to_programs_and_on_to_the_next_version() {
    let desk = Desk::new();
    let readme = fs::read_to_string("../icws-spec/README.md").unwrap();
    let run = |command: &str, code: i32| {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let (printed, found) = desk.icws_spec(&arguments);
        assert_eq!(found, Some(code), "{command}\n{printed}");
        assert_eq!(printed, shown(&readme, command), "{command}");
        printed
    };

    // The page becomes a model, the model says what the page says.
    let (model, code) = desk.icws_spec(&["import", "callback-8.txt"]);
    assert_eq!(code, Some(0));
    // What is ours is put in by hand: a text, and a note.
    let model = model
        .replacen("To be described.", "Starts watching a callback.", 1)
        .replace("messages:\n", "# Seen on our own server, too.\nmessages:\n");
    fs::write(desk.0.join("icws.yaml"), &model).unwrap();
    run("icws-spec check icws.yaml", 0);
    run("icws-spec import callback-8.txt --check icws.yaml", 0);
    desk.is_model_of("8");

    // The next version brings a property. Programs go on.
    run("icws-spec import callback-9.txt --check icws.yaml", 1);
    run("icws-spec import callback-9.txt --into icws.yaml", 0);
    let merged = fs::read_to_string(desk.0.join("icws.yaml")).unwrap();
    assert!(merged.contains("Starts watching a callback.") && merged.contains("# Seen on our own"));
    let told = run("icws-spec diff 8.yaml icws.yaml", 0);
    assert!(told.contains("raise the minor version"), "{told}");
    let (code, _) = desk.icws_spec(&["expand", "icws.yaml"]);
    assert!(code.contains("pub snoozed_until:"));
    desk.is_model_of("9");

    // The one after takes a property away that the program reads.
    run("icws-spec import callback-10.txt --into icws.yaml", 0);
    let told = run("icws-spec diff 9.yaml icws.yaml", 1);
    assert!(told.contains("breaking[property-removed]") && told.contains("rust  breaking"));
    desk.is_model_of("10");

    let cases = trybuild::TestCases::new();
    cases.pass("tests/workflow/8/main.rs");
    cases.pass("tests/workflow/9/main.rs");
    cases.compile_fail("tests/workflow/10/main.rs");
    drop(cases);
    let said = fs::read_to_string("tests/workflow/10/main.stderr").unwrap();
    assert!(
        readme.contains(&said),
        "the README shows what the compiler says"
    );
}
