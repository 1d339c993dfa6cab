//! All tests of this crate but those that run by themselves for long: one program, which
//! is linked once and whose tests run side by side. `cargo test -p icws-spec rules::` runs
//! those of a file.

#![allow(missing_docs)]

mod any_input;
mod callback_page;
mod command;
mod command_files;
mod diff;
mod diff_command;
mod directions;
mod export_deltas;
mod extends;
mod extends_findings;
mod features;
mod formats;
mod golden;
mod growth;
mod import_careful;
mod import_command;
mod import_deltas;
mod import_extends;
mod import_merge;
mod import_merge_operations;
mod import_read;
mod import_read_damaged;
mod import_read_lines;
mod import_write;
mod init;
mod inline;
mod names;
mod package;
mod pages;
mod papers;
mod rendered;
mod rules;
mod scale;
mod select;
mod sheet;
mod subscriptions;
mod texts;
mod traffic;
mod workflow;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use icws_spec::{Model, ModelSource};

/// The shipped model, which is large, is loaded once.
fn shipped() -> &'static Model {
    static SHIPPED: LazyLock<Model> = LazyLock::new(|| sound(ModelSource::Shipped));
    &SHIPPED
}

/// A model with each construct of the language.
fn everything() -> &'static Model {
    static EVERYTHING: LazyLock<Model> =
        LazyLock::new(|| sound(ModelSource::Path(Path::new(EVERYTHING_FILE))));
    &EVERYTHING
}

/// Its file.
const EVERYTHING_FILE: &str = "../icws-generated/tests/everything.yaml";

/// Loads a model that must have no findings.
fn sound(source: ModelSource<'_>) -> Model {
    let model = Model::load(source).unwrap();
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    model
}

/// So many where more of the same prove little; all of them with `THOROUGH=1`.
fn few(few: usize, all: usize) -> usize {
    match std::env::var_os("THOROUGH") {
        Some(_) => all,
        None => few,
    }
}

/// One in four of what is tried one by one; all of them with `THOROUGH=1`.
fn some<T>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    all.into_iter().step_by(few(4, 1)).collect()
}

/// A path for the files of a module, which no other module has.
fn scratch(module: &str, name: impl AsRef<Path>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(module.replace("::", "-"));
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// A file of a module with this text.
fn written(module: &str, name: &str, text: &str) -> PathBuf {
    let path = scratch(module, name);
    fs::write(&path, text).unwrap();
    path
}
