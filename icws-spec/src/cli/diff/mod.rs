//! `icws-spec diff`.

mod json;
mod markdown;
mod text;

use std::path::Path;

use clap::{Args, ValueEnum};
use icws_spec::diff::Diff;
use icws_spec::diff::rules::Verdict;
use icws_spec::{Model, ModelSource, Selection};

use super::Failure;
use super::expand::pin;
use super::git::Revision;

pub use text::explain;

/// The arguments of `diff`.
#[derive(Args)]
pub struct Arguments {
    /// The older model: a file, a folder with an icws.yaml, `git:REV:PATH`, `-` for
    /// stdin, or `shipped`; a folder of that name is `./shipped`.
    old: String,
    /// The newer model, likewise.
    new: String,
    /// How to report.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// What the exit code 1 is for.
    #[arg(long, value_enum, default_value = "breaking")]
    fail_on: FailOn,
    /// Leave out of OLD what is newer than this version of a feature.
    #[arg(long, value_name = "NAME=VERSION", value_parser = pin)]
    old_feature: Vec<(String, u32)>,
    /// Leave out of NEW what is newer than this version of a feature.
    #[arg(long, value_name = "NAME=VERSION", value_parser = pin)]
    new_feature: Vec<(String, u32)>,
}

/// The name of the shipped model.
const SHIPPED: &str = "shipped";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For tools.
    Json,
    /// A section of a changelog.
    Markdown,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// A change that breaks somebody.
    Breaking,
    /// Any change.
    Any,
    /// Nothing.
    Never,
}

impl Arguments {
    pub fn run(self) -> Result<(), Failure> {
        let old = load(&self.old, self.old_feature)?;
        let new = load(&self.new, self.new_feature)?;
        let diff = Diff::between(&old, &new);
        match self.format {
            Format::Text => super::say(&text::report(&diff)),
            Format::Json => super::print(&super::json(&json::report(&diff))),
            Format::Markdown => super::print(&markdown::report(&diff)),
        }?;
        let fails = match self.fail_on {
            FailOn::Breaking => diff.verdict() == Verdict::Breaking,
            FailOn::Any => !diff.findings.is_empty(),
            FailOn::Never => false,
        };
        if fails {
            return Err(Failure::Findings);
        }
        if diff.findings.is_empty() {
            tell!("no changes");
        }
        Ok(())
    }
}

fn load(name: &str, pins: Vec<(String, u32)>) -> Result<Model, Failure> {
    let model = super::sound(read(name)?)?;
    let mut selection = Selection::default();
    selection.pins.extend(pins);
    if let Some(unknown) = selection.unknown(model.api()).first() {
        return Err(Failure::Usage(format!("{name}: {unknown}")));
    }
    Ok(model.select(&selection))
}

fn read(name: &str) -> Result<Model, Failure> {
    if name == SHIPPED {
        return super::load(None);
    }
    let Some(place) = name.strip_prefix("git:") else {
        return super::load(Some(Path::new(name)));
    };
    let failed = |reason: String| Failure::Usage(format!("cannot read {name}: {reason}"));
    let (revision, path) = place
        .split_once(':')
        .filter(|(revision, _)| !revision.is_empty())
        .ok_or_else(|| failed("write it as `git:REV:PATH`".to_owned()))?;
    let prefix = format!("git:{revision}:");
    let revision = Revision::find(revision).map_err(|error| failed(error.to_string()))?;
    let path = path.trim_end_matches('/');
    let root = match revision.is_folder(path) {
        Some(true) if path.is_empty() => "icws.yaml".to_owned(),
        Some(true) => format!("{path}/icws.yaml"),
        Some(false) => path.to_owned(),
        None => {
            return Err(failed(format!(
                "there is no `{path}` at that revision; paths are relative to the top of the repository, or with `./` to this folder"
            )));
        }
    };
    let source = ModelSource::Elsewhere {
        prefix: &prefix,
        root: &root,
        reader: &revision,
    };
    Model::load(source).map_err(Failure::usage)
}
