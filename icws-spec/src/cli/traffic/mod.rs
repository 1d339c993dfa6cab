//! `icws-spec traffic`.

mod coverage;
mod into;
mod json;
mod redact;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use icws_spec::traffic::{ReadError, Survey, Surveyed, Traffic};
use icws_spec::{Model, Selection};

use super::{Failure, Format, Only, files};

pub use text::explain;

/// The arguments of `traffic`.
#[derive(Args)]
pub struct Arguments {
    /// Traffic: HAR files of browsers and proxies, or recordings; `-` is stdin.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The model to hold it against; the shipped one if none is named.
    #[arg(long, value_name = "MODEL")]
    against: Option<PathBuf>,
    #[command(flatten)]
    only: Only,
    /// Show how much of the model was in the traffic, and how often.
    #[arg(long)]
    coverage: bool,
    /// Show no values that are texts, and no keys of maps, since they may be names and
    /// numbers of people. Names that the model does not have are shown: of properties,
    /// query parameters, methods, types (`__type`) and media types. Passwords, tokens
    /// and cookies are never shown.
    #[arg(long)]
    mask: bool,
    /// Change a model in place until it says what the traffic proves. What contradicts
    /// it is listed.
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["against", "coverage", "redact", "format"])]
    into: Option<PathBuf>,
    /// With --into: write nothing, only list what would be changed.
    #[arg(long, requires = "into")]
    check: bool,
    /// Write the traffic without its secrets to a file that can be passed on, or to
    /// stdout for `-`; with --mask without texts of people, too. Of one FILE. What is in
    /// OUT is replaced at the end.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["coverage", "only", "format", "check"])]
    redact: Option<PathBuf>,
    /// How to report.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Arguments {
    pub fn run(self) -> Result<(), Failure> {
        files::has_place(self.into.as_deref())?;
        let model = load(self.into.as_deref().or(self.against.as_deref()))?;
        if let Some(out) = &self.redact {
            return redact::run(&self, &model, out);
        }
        let selection = self.only.selection();
        super::known(&selection, &model)?;
        let (surveyed, cut) = survey(&self.files, &model, selection, self.mask)?;
        if self.into.is_some() {
            tell!("{}", text::counts(&surveyed));
            let written = into::run(&surveyed, &model, self.check);
            return cut.map_or(written, |cut| Err(Failure::Usage(cut)));
        }
        match self.format {
            Format::Text => super::say(&text::report(&surveyed, &model))?,
            Format::Json => {
                let report = json::report(&surveyed, &model, self.coverage);
                super::print(&super::json(&report))?;
            }
        }
        if self.coverage && self.format == Format::Text {
            super::say(&coverage::report(&surveyed.coverage(&model)))?;
        }
        tell!("{}", text::counts(&surveyed));
        if let Some(cut) = cut {
            return Err(Failure::Usage(cut));
        }
        match surveyed.report.kinds() {
            [] => Ok(()),
            _ => Err(Failure::Findings),
        }
    }
}

/// Loads a model that is sound but for questions that are still open.
fn load(model: Option<&Path>) -> Result<Model, Failure> {
    let model = super::load(model)?;
    super::none(&super::but_questions(&model))?;
    Ok(model)
}

/// Reads all files. What is wrong with one that cannot be read to its end is
/// returned, since the others may have findings.
fn survey(
    paths: &[PathBuf],
    model: &Model,
    selection: Selection,
    mask: bool,
) -> Result<(Surveyed, Option<String>), Failure> {
    let mut traffic = Traffic::new(model.api());
    if mask {
        traffic = traffic.without_texts();
    }
    if let Some(only) = selection.only {
        traffic = traffic.only(only);
    }
    let mut survey = Survey::new(traffic);
    let mut cut: Vec<String> = Vec::new();
    for path in paths {
        let (name, reader) = open(path)?;
        if let Err(error) = survey.read(&name, reader) {
            cut.push(place(&name, &error));
        }
    }
    let cut = (!cut.is_empty()).then(|| cut.join("\n"));
    Ok((survey.finish(), cut))
}

/// Opens a file of traffic, or stdin.
fn open(path: &Path) -> Result<(String, Box<dyn Read>), Failure> {
    if files::is_stdin(path) {
        return Ok(("<stdin>".to_owned(), Box::new(files::take_stdin()?)));
    }
    let file = File::open(path).map_err(|error| files::failed(path, &error))?;
    Ok((path.display().to_string(), Box::new(file)))
}

/// What is wrong with a file, with its name.
fn place(name: &str, error: &ReadError) -> String {
    match error.at {
        Some(_) => format!("{name}:{error}"),
        None => format!("{name}: {error}"),
    }
}
