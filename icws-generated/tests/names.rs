//! The bindings of models with dangerous names compile, and so do those of models
//! that once did not. icws-spec makes the models, and looks at many more of them.
//!
//! `NAMES=2000` tries so many models, `NAMES_FROM` begins elsewhere.

#[path = "../../icws-spec/tests/names/known.rs"]
mod known;
#[path = "../../icws-spec/tests/names/models/mod.rs"]
mod models;
#[path = "../../icws-spec/tests/names/patience.rs"]
mod patience;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;

use icws_spec::codegen::{Options, generate};
use models::Files;

/// How many models are tried.
const COUNT: u64 = 300;

/// The bindings, with a test for each example.
fn expanded(files: &Files) -> String {
    let mut options = Options::default();
    options.tests = true;
    generate(&files.load(), &options).to_string()
}

#[test]
fn bindings_compile_whatever_the_words() {
    let random = patience::each(patience::numbers(COUNT), |seed| {
        expanded(&Files::random(seed))
    });
    let known = patience::each(0..known::all().len() as u64, |index| {
        let all = known::all();
        expanded(&all[usize::try_from(index).unwrap()])
    });
    let stuck = (random.stuck, known.stuck);
    let random = random.done.into_iter();
    let random = random.map(|(seed, code)| (format!("random{seed}"), code));
    let known = known.done.into_iter();
    let known = known.map(|(index, code)| (format!("known{index}"), code));
    let errors = errors(random.chain(known));
    assert!(errors.is_empty(), "{errors}");
    assert_eq!(stuck, (vec![], vec![]), "these hang or panic");
}

/// Returns what the compiler says of modules, warnings of odd names aside. They are in as
/// many packages as are compiled at once.
fn errors(modules: impl Iterator<Item = (String, String)>) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("names");
    let packages = folder.join("packages");
    let _ = fs::remove_dir_all(&packages);
    let mut libraries = vec![HEAD.to_owned(); available_parallelism().map_or(1, usize::from)];
    let count = libraries.len();
    for (number, (name, code)) in modules.enumerate() {
        let sources = packages.join(format!("{}/src", number % count));
        fs::create_dir_all(&sources).unwrap();
        libraries[number % count].push_str(&format!("pub mod {name};\n"));
        fs::write(sources.join(name).with_extension("rs"), code).unwrap();
    }
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    for (number, library) in libraries.iter().enumerate() {
        let package = packages.join(number.to_string());
        fs::write(package.join("src/lib.rs"), library).unwrap();
        let manifest = format!(
            "[package]\nname = \"names{number}\"\nedition = \"2024\"\n\
             [dependencies]\nicws-runtime = {{ path = {runtime:?} }}\n"
        );
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
    }
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"packages/*\"]\n";
    fs::write(folder.join("Cargo.toml"), workspace).unwrap();
    // The versions that all other tests are built with.
    fs::copy("../Cargo.lock", folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace", "--tests"])
        .args(["--keep-going", "--message-format", "short"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return String::new();
    }
    let lines: Vec<&str> = said.lines().take(40).collect();
    lines.join("\n")
}

/// How the libraries begin.
const HEAD: &str = "#![deny(warnings)]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)]
";
