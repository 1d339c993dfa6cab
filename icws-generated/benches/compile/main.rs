//! How long generated bindings take to compile, against two generators for
//! OpenAPI that are given the same model.
//!
//! `cargo bench --bench compile -- copies 10 100` or `-- api 670`, with
//! `--only icws` to leave the others out and `--cold` for a build of all
//! dependencies. progenitor is fetched as a dependency; the command `oas3-gen`
//! is used if it is installed (`cargo install oas3-gen`).

mod measure;
mod openapi;
mod synthetic;
mod yaml;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Crate, run};
use synthetic::Model;

/// The files of a crate: path and text.
type Files = Vec<(String, String)>;

/// A generator of bindings.
struct Subject {
    name: &'static str,
    dependencies: String,
    /// The files of the crate for a model.
    files: fn(&Model, &Path) -> Result<Files, Box<dyn Error>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let flag = |name: &str| arguments.iter().position(|argument| argument == name);
    let only = flag("--only").and_then(|at| arguments.get(at + 1));
    let sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let Some(kind) = arguments
        .first()
        .filter(|kind| matches!(kind.as_str(), "copies" | "api"))
    else {
        println!("usage: cargo bench --bench compile -- copies|api SIZE… [--only NAME] [--cold]");
        return Ok(());
    };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    for size in sizes {
        let model = if kind == "api" {
            synthetic::like_the_api(size)
        } else {
            synthetic::copies(size)
        };
        println!(
            "\n{kind} {size}: {} operations, {} objects and messages",
            model.operations.len(),
            model.objects.len()
        );
        println!(
            "{:<12}{:>9}{:>9}{:>9}{:>9}{:>8}{:>9}",
            "", "cold", "check", "debug", "release", "MiB", "rlib KiB"
        );
        for subject in subjects()
            .iter()
            .filter(|subject| only.is_none_or(|only| subject.name == only))
        {
            let folder = scratch.join(format!("{}-{kind}-{size}", subject.name));
            let target = scratch.join(format!("target-{}", subject.name));
            if let Err(error) = measure(subject, &model, &folder, &target, flag("--cold").is_some())
            {
                println!("{:<12}{error}", subject.name);
            }
        }
    }
    Ok(())
}

fn measure(
    subject: &Subject,
    model: &Model,
    folder: &Path,
    target: &Path,
    cold: bool,
) -> Result<(), Box<dyn Error>> {
    let subject_crate = Crate::write(
        folder,
        target,
        &subject.dependencies,
        &(subject.files)(model, folder)?,
    )?;
    let cold = if cold {
        let _ = fs::remove_dir_all(target);
        format!("{:.1}", subject_crate.build(&["check"])?.time.as_secs_f64())
    } else {
        "-".to_owned()
    };
    let check = subject_crate.rebuild(&["check"])?;
    let debug = subject_crate.rebuild(&["build"])?;
    let release = subject_crate.rebuild(&["build", "--release"])?;
    println!(
        "{:<12}{cold:>9}{:>9.2}{:>9.2}{:>9.2}{:>8}{:>9}",
        subject.name,
        check.time.as_secs_f64(),
        debug.time.as_secs_f64(),
        release.time.as_secs_f64(),
        check.memory,
        subject_crate.library("release")?,
    );
    Ok(())
}

fn subjects() -> Vec<Subject> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let macros = root.with_file_name("icws-macros");
    vec![
        Subject {
            name: "icws",
            dependencies: format!(
                "icws-generated = {{ path = {root:?} }}\nicws-macros = {{ path = {macros:?} }}\n"
            ),
            files: |model, _| {
                let files = yaml::files(model).into_iter().map(|(path, text)| (format!("model/{path}"), text));
                let library = ("src/lib.rs".to_owned(), "icws_macros::bindings!(\"model/icws.yaml\");\n".to_owned());
                Ok(files.chain([library]).collect())
            },
        },
        Subject {
            name: "progenitor",
            dependencies: "progenitor = \"0.14\"\nprogenitor-client = \"0.14\"\nreqwest = { version = \"0.13\", features = [\"json\", \"query\", \"stream\"] }\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nfutures = \"0.3\"\nbytes = \"1\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\n".to_owned(),
            files: |model, _| {
                let document = openapi::document(model).to_string();
                let library = "progenitor::generate_api!(spec = \"openapi.json\", interface = Builder);\n".to_owned();
                Ok(vec![("openapi.json".to_owned(), document), ("src/lib.rs".to_owned(), library)])
            },
        },
        Subject {
            name: "oas3-gen",
            dependencies: "OAS3".to_owned(),
            files: oas3,
        },
    ]
}

/// The code that the command `oas3-gen` writes.
fn oas3(model: &Model, folder: &Path) -> Result<Files, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let document: PathBuf = folder.join("openapi.json");
    fs::write(&document, openapi::document(model).to_string())?;
    let written = folder.join("generated.rs");
    run(Command::new("oas3-gen")
        .args(["generate", "client", "-i"])
        .arg(&document)
        .arg("-o")
        .arg(&written))?;
    Ok(vec![(
        "src/lib.rs".to_owned(),
        fs::read_to_string(written)?,
    )])
}
