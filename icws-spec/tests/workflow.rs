//! What a maintainer does when a page changes, with a model that is whole and with one that
//! extends the shipped one, by the command; and that the READMEs show what comes out. The
//! models are those of programs that `icws-generated/ui` compiles.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the pages are, and the programs with the models that come of them.
const PROGRAMS: &str = "../icws-generated/ui/tests/workflow";
/// The example with a model of its own, its pages and its model.
const OWN: &str = "../icws-generated/examples/own_page";

/// A folder to work in, with pages.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str, from: &str, pages: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for page in pages {
            fs::copy(Path::new(from).join(page), folder.join(page)).unwrap();
        }
        Desk(folder)
    }

    /// Runs a command that a README shows, which prints what is shown there.
    fn run(&self, readme: &str, command: &str, code: i32) -> String {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let (printed, found) = self.icws_spec(&arguments);
        assert_eq!(found, Some(code), "{command}\n{printed}");
        assert_eq!(printed, shown(readme, command), "{command}");
        printed
    }

    /// Runs the command; what it prints, results first, and its exit code.
    fn icws_spec(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_icws-spec"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(stdout) + &text(stderr), status.code())
    }

    /// The model as it is now, which is also that of a program; `UPDATE_EXPECT=1` writes it
    /// there. Returns its text.
    fn is_model_of(&self, model: &str, kept: &str) -> String {
        let model = fs::read_to_string(self.0.join(model)).unwrap();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(kept, &model).unwrap();
        }
        let expected = fs::read_to_string(kept).unwrap();
        assert_eq!(model, expected, "UPDATE_EXPECT=1 writes it");
        model
    }
}

/// The block of the README that follows a command.
fn shown<'a>(readme: &'a str, command: &str) -> &'a str {
    let (_, rest) = readme.split_once(&format!("$ {command}\n")).expect(command);
    let end = rest.find("\n$ ").map_or(usize::MAX, |end| end + 1);
    &rest[..end.min(rest.find("```").unwrap())]
}

#[test]
fn from_a_page_to_models_and_on_to_the_next_version() {
    let pages = ["callback-8.txt", "callback-9.txt", "callback-10.txt"];
    let desk = Desk::new("workflow", PROGRAMS, &pages);
    let readme = fs::read_to_string("README.md").unwrap();
    let run = |command: &str, code: i32| desk.run(&readme, command, code);
    let is_model_of = |version: &str| {
        let kept = format!("{PROGRAMS}/{version}/icws.yaml");
        let model = desk.is_model_of("icws.yaml", &kept);
        fs::write(desk.0.join(format!("{version}.yaml")), model).unwrap();
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
    is_model_of("8");

    // The next version brings a property. Programs go on.
    run("icws-spec import callback-9.txt --check icws.yaml", 1);
    run("icws-spec import callback-9.txt --into icws.yaml", 0);
    let merged = fs::read_to_string(desk.0.join("icws.yaml")).unwrap();
    assert!(merged.contains("Starts watching a callback.") && merged.contains("# Seen on our own"));
    let told = run("icws-spec diff 8.yaml icws.yaml", 0);
    assert!(told.contains("raise the minor version"), "{told}");
    let (code, _) = desk.icws_spec(&["expand", "icws.yaml"]);
    assert!(code.contains("pub snoozed_until:"));
    is_model_of("9");

    // The one after takes a property away that the program reads.
    run("icws-spec import callback-10.txt --into icws.yaml", 0);
    let told = run("icws-spec diff 9.yaml icws.yaml", 1);
    assert!(told.contains("breaking[property-removed]") && told.contains("rust  breaking"));
    is_model_of("10");

    let said = fs::read_to_string(format!("{PROGRAMS}/10/main.stderr")).unwrap();
    assert!(
        readme.contains(&said),
        "the README shows what the compiler says"
    );
}

/// The blocks of a language in a section of the README.
fn blocks<'a>(section: &'a str, language: &str) -> Vec<&'a str> {
    let start = format!("```{language}\n");
    let blocks = section.split(&start).skip(1);
    let ends = blocks.map(|block| block.split_once("```").expect("an end").0);
    ends.collect()
}

#[test]
fn from_a_page_to_a_model_that_extends_the_shipped_one() {
    let desk = Desk::new("own", OWN, &["callback.txt", "tickets.txt"]);
    let readme = fs::read_to_string("../README.md").unwrap();
    let title = "### A server with more than the shipped model\n";
    let (_, section) = readme.split_once(title).unwrap();
    let [first, changed] = blocks(section, "yaml")[..] else {
        panic!("two models");
    };
    fs::create_dir(desk.0.join("model")).unwrap();
    let model = desk.0.join("model/icws.yaml");

    // What the shipped model has otherwise is written by hand.
    fs::write(&model, first).unwrap();
    desk.run(&readme, "icws-spec import callback.txt --into model", 1);
    assert_eq!(fs::read_to_string(&model).unwrap(), first);
    fs::write(&model, changed).unwrap();
    let (printed, code) = desk.icws_spec(&["import", "callback.txt", "--check", "model"]);
    assert_eq!(code, Some(0), "{printed}");

    // What it does not have is written by the import.
    desk.run(&readme, "icws-spec import tickets.txt --into model", 0);
    desk.run(&readme, "icws-spec diff shipped model", 0);
    desk.is_model_of("model/icws.yaml", &format!("{OWN}/model/icws.yaml"));

    // The program is an example, which is compiled with the tests and run by itself.
    let program = fs::read_to_string(format!("{OWN}/main.rs")).unwrap();
    let (_, program) = program.split_once("\n\n").unwrap();
    assert!(blocks(section, "rust,ignore").contains(&program));

    // Or one starts with files.
    let part = ["init", "part", "--only", "status,queues"];
    assert_eq!(desk.icws_spec(&part).1, Some(0));
    assert_eq!(desk.icws_spec(&["check", "part"]).1, Some(0));
    assert!(section.contains("`icws-spec init model --only status,queues`"));
}
