//! How long generated bindings take to compile, against two generators for
//! OpenAPI that are given the same model.
//!
//! `cargo bench --bench compile -- copies 10 100` or `-- api 670`. Flags:
//! `--only NAME` measures one generator, `--cold` adds a build of everything
//! that the crate depends on, `--quick` leaves out release builds and `--check`
//! all builds but that of `cargo check`. The peers' commands must be installed
//! (`cargo install oas3-gen cargo-progenitor`), or their rows fail; progenitor's
//! macro is fetched as a dependency.
//!
//! The columns: `expand` is the command of the generator from reading the model
//! to writing formatted code, built in release; the others are builds of the
//! crate that holds nothing but the bindings, all dependencies being built. That
//! crate is the code that the command wrote; in the rows with `macro` it is a
//! call of the generator's macro, so that each build generates, too. The row
//! `serde icws` has the feature `serde`, which the others are without.

mod generation;
mod measure;
mod openapi;
mod synthetic;
mod yaml;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use measure::{Crate, Expansion, Source, Took, lines, run, write};
use synthetic::Model;

type Generate = fn(&Model, &Path) -> Result<Source, Box<dyn Error>>;

/// A generator of bindings.
struct Subject {
    name: &'static str,
    /// The crate that it makes of a model.
    generate: Generate,
}

/// What is measured.
struct Plan {
    cold: bool,
    debug: bool,
    release: bool,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
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
        println!(
            "usage: cargo bench --bench compile -- copies|api SIZE… [--only NAME] [--cold] [--quick|--check]"
        );
        return Ok(ExitCode::SUCCESS);
    };
    let plan = Plan {
        cold: flag("--cold").is_some(),
        debug: flag("--check").is_none(),
        release: flag("--check").or(flag("--quick")).is_none(),
    };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    let mut failures = Vec::new();
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
        let folder = scratch.join(format!("model-{kind}-{size}"));
        write_model(&model, &folder)?;
        let (read, generated) = generation::measure(&folder)?;
        println!(
            "icws in memory: read and checked in {:.3} s, expanded in {:.3} s",
            read.as_secs_f64(),
            generated.as_secs_f64()
        );
        println!(
            "{:<17}{:>9}{:>9}{:>9}{:>9}{:>9}{:>8}{:>9}{:>9}",
            "", "expand", "cold", "check", "debug", "release", "MiB", "lines", "rlib KiB"
        );
        let mut first = None;
        for subject in SUBJECTS
            .iter()
            .filter(|subject| only.is_none_or(|only| subject.name.starts_with(only)))
        {
            let name = subject.name.replace(' ', "-");
            let folder = scratch.join(format!("{name}-{kind}-{size}"));
            let target = scratch.join(format!("target-{name}"));
            match measure(subject, &model, &folder, &target, &plan) {
                Ok((row, check)) => {
                    let check = check.as_secs_f64();
                    let ratio = check / *first.get_or_insert(check);
                    println!(
                        "{:<17}{row}  check {ratio:.1} times the first",
                        subject.name
                    );
                }
                Err(error) => {
                    println!("{:<17}failed", subject.name);
                    failures.push(format!("{}, {kind} {size}: {error}", subject.name));
                }
            }
        }
    }
    for failure in &failures {
        eprintln!("\n{failure}");
    }
    Ok(if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn measure(
    subject: &Subject,
    model: &Model,
    folder: &Path,
    target: &Path,
    plan: &Plan,
) -> Result<(String, Duration), Box<dyn Error>> {
    let seconds = |took: &Took| format!("{:.2}", took.time.as_secs_f64());
    let none = || "-".to_owned();
    let source = (subject.generate)(model, folder)?;
    let bindings = Crate::write(folder, target, &source)?;
    let (expand, lines) = match &source.expansion {
        Some(Expansion { took, lines }) => (seconds(took), lines.to_string()),
        None => (none(), none()),
    };
    let cold = if plan.cold {
        let _ = fs::remove_dir_all(target);
        seconds(&bindings.build(&["check"])?)
    } else {
        none()
    };
    let check = bindings.rebuild(&["check"])?;
    let (debug, library) = if plan.debug {
        let debug = bindings.rebuild(&["build"])?;
        (seconds(&debug), bindings.library("debug")?.to_string())
    } else {
        (none(), none())
    };
    let release = if plan.release {
        seconds(&bindings.rebuild(&["build", "--release"])?)
    } else {
        none()
    };
    let row = format!(
        "{expand:>9}{cold:>9}{:>9}{debug:>9}{release:>9}{:>8}{lines:>9}{library:>9}",
        seconds(&check),
        check.memory,
    );
    Ok((row, check.time))
}

const SUBJECTS: [Subject; 6] = [
    Subject {
        name: "icws",
        generate: icws,
    },
    Subject {
        name: "icws macro",
        generate: icws_macro,
    },
    Subject {
        name: "serde icws",
        generate: icws_serde,
    },
    Subject {
        name: "progenitor",
        generate: progenitor,
    },
    Subject {
        name: "progenitor macro",
        generate: progenitor_macro,
    },
    Subject {
        name: "oas3-gen",
        generate: oas3_gen,
    },
];

/// The folder of the bindings' package.
const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// The crate that the command `icws-spec expand` writes.
fn icws(model: &Model, folder: &Path) -> Result<Source, Box<dyn Error>> {
    write_model(model, &folder.join("model"))?;
    let expansion = expand_icws(folder)?;
    let code = fs::read_to_string(folder.join("expansion.rs"))?;
    Ok(Source {
        dependencies: runtime(""),
        files: vec![(
            "src/lib.rs".to_owned(),
            format!("#![deny(warnings)]\n{code}"),
        )],
        expansion: Some(expansion),
    })
}

/// The same with the feature `serde`.
fn icws_serde(model: &Model, folder: &Path) -> Result<Source, Box<dyn Error>> {
    Ok(Source {
        dependencies: runtime("serde"),
        ..icws(model, folder)?
    })
}

/// What bindings of icws depend on.
fn runtime(feature: &str) -> String {
    let path = Path::new(PACKAGE).join("runtime");
    let features: Vec<&str> = feature.split_whitespace().collect();
    format!("icws-runtime = {{ path = {path:?}, features = {features:?} }}\n")
}

fn write_model(model: &Model, folder: &Path) -> Result<(), Box<dyn Error>> {
    yaml::files(model)
        .into_iter()
        .try_for_each(|(path, text)| write(&folder.join(path), &text))
}

fn icws_macro(model: &Model, _: &Path) -> Result<Source, Box<dyn Error>> {
    let mut files: Vec<_> = yaml::files(model)
        .into_iter()
        .map(|(path, text)| (format!("model/{path}"), text))
        .collect();
    files.push((
        "src/lib.rs".to_owned(),
        "#![deny(warnings)]\nicws_runtime::bindings!(\"model/icws.yaml\");\n".to_owned(),
    ));
    Ok(Source {
        dependencies: runtime(""),
        files,
        expansion: None,
    })
}

fn expand_icws(folder: &Path) -> Result<Expansion, Box<dyn Error>> {
    let root = Path::new(PACKAGE).with_file_name("Cargo.toml");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("icws-spec");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--release", "--package", "icws-spec"]);
    build.arg("--manifest-path").arg(root);
    run(build.arg("--target-dir").arg(&target))?;
    let written = folder.join("expansion.rs");
    let mut command = Command::new(target.join("release/icws-spec"));
    command.arg("expand").arg(folder.join("model"));
    let took = run(command.arg("--out").arg(&written))?;
    Ok(Expansion {
        took,
        lines: lines(&written)?,
    })
}

/// The crate that the command `cargo progenitor` writes.
fn progenitor(model: &Model, folder: &Path) -> Result<Source, Box<dyn Error>> {
    write_openapi(model, folder)?;
    let expansion = expand_progenitor(folder)?;
    written(folder, expansion)
}

fn progenitor_macro(model: &Model, _: &Path) -> Result<Source, Box<dyn Error>> {
    let library = "progenitor::generate_api!(spec = \"openapi.json\", interface = Builder);\n";
    Ok(Source {
        dependencies: "progenitor = \"0.15\"\n\
            progenitor-client = \"0.15\"\n\
            reqwest = { version = \"0.13\", features = [\"json\", \"query\", \"stream\"] }\n\
            serde = { version = \"1\", features = [\"derive\"] }\n\
            serde_json = \"1\"\n\
            futures = \"0.3\"\n\
            bytes = \"1\"\n\
            chrono = { version = \"0.4\", features = [\"serde\"] }\n"
            .to_owned(),
        files: vec![
            (
                "openapi.json".to_owned(),
                openapi::document(model).to_string(),
            ),
            ("src/lib.rs".to_owned(), library.to_owned()),
        ],
        expansion: None,
    })
}

fn expand_progenitor(folder: &Path) -> Result<Expansion, Box<dyn Error>> {
    let written = folder.join("written");
    let mut command = Command::new("cargo-progenitor");
    command.args(["progenitor", "--name", "written", "--version", "0.1.0"]);
    command.args(["--interface", "builder", "--input"]);
    command.arg(folder.join("openapi.json"));
    let took = run(command.arg("--output").arg(&written))?;
    Ok(Expansion {
        took,
        lines: lines(&written.join("src"))?,
    })
}

/// The crate that the command `oas3-gen` writes.
fn oas3_gen(model: &Model, folder: &Path) -> Result<Source, Box<dyn Error>> {
    write_openapi(model, folder)?;
    let expansion = expand_oas3_gen(folder)?;
    written(folder, expansion)
}

/// Writes the document that the commands of the peers read.
fn write_openapi(model: &Model, folder: &Path) -> Result<(), Box<dyn Error>> {
    let document = openapi::document(model).to_string();
    write(&folder.join("openapi.json"), &document)
}

/// What a command wrote into a folder, with the dependencies that it asks for.
fn written(folder: &Path, expansion: Expansion) -> Result<Source, Box<dyn Error>> {
    let written = folder.join("written");
    let manifest = fs::read_to_string(written.join("Cargo.toml"))?;
    let (_, dependencies) = manifest
        .split_once("[dependencies]")
        .ok_or("no dependencies were written")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(written.join("src"))? {
        let entry = entry?;
        let path = format!("src/{}", entry.file_name().to_string_lossy());
        files.push((path, fs::read_to_string(entry.path())?));
    }
    Ok(Source {
        dependencies: dependencies.to_owned(),
        files,
        expansion: Some(expansion),
    })
}

fn expand_oas3_gen(folder: &Path) -> Result<Expansion, Box<dyn Error>> {
    let written = folder.join("written");
    let mut command = Command::new("oas3-gen");
    command.args(["generate", "client-mod", "--workspace", "--all-schemas"]);
    command.arg("-i").arg(folder.join("openapi.json"));
    let took = run(command.arg("-o").arg(&written))?;
    Ok(Expansion {
        took,
        lines: lines(&written.join("src"))?,
    })
}
