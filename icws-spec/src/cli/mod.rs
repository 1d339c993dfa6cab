//! The command line: results on stdout, hints on stderr; exit code 0 clean,
//! 1 findings, 2 usage or I/O error.

/// Tells people a line on stderr.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::cli::tell(format_args!("{}\n", format_args!($($text)*)))
    };
}

/// Tells people a text that has line ends of its own on stderr.
macro_rules! tell_lines {
    ($($text:tt)*) => { $crate::cli::tell(format_args!($($text)*)) };
}

mod check;
mod diff;
mod expand;
mod export;
mod files;
mod git;
mod import;
mod init;
mod show;
mod traffic;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use icws_spec::diff::rules as changes;
use icws_spec::traffic::rules as differences;
use icws_spec::{Finding, Model, ModelSource, Selection, rules, texts};

/// Checks, shows and expands models of the ICWS REST API.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "MODEL is a YAML file, a folder with an icws.yaml, or `-` for stdin; without one the shipped model is taken.\nExit codes: 0 clean, 1 findings, 2 usage or I/O."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reports everything that is wrong with a model.
    Check {
        /// The model.
        model: Option<PathBuf>,
        #[command(flatten)]
        only: Only,
        /// How to report.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Shows a model as resolved: all of it, or one operation, object or message.
    Show {
        /// The model, and what of it to show; an ID alone is one of the shipped
        /// model.
        #[arg(value_names = ["MODEL", "ID"], num_args = 0..=2)]
        what: Vec<String>,
        #[command(flatten)]
        only: Only,
        /// How to report.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Prints the Rust code that `bindings!` makes of a model.
    Expand(expand::Expand),
    /// Writes a model in a format that other tools read.
    Export(export::Export),
    /// Tells what changed between two models, and whom it breaks.
    Diff(diff::Arguments),
    /// Reads reference pages as text and writes them as YAML of a model.
    Import(import::Import),
    /// Holds real traffic against a model: HAR files and recordings.
    Traffic(traffic::Arguments),
    /// Writes the files of the shipped model, or a part with all that it needs, as
    /// the start of a model of one's own.
    Init(init::Init),
    /// Explains a rule of `check`, `diff` or `traffic`, or lists all of them.
    Explain {
        /// The rule's id, as in `error[unknown-key]`.
        rule: Option<String>,
    },
    /// Prints the JSON Schema of the model language.
    Schema,
}

/// The part of a model that is meant.
#[derive(Args)]
struct Only {
    /// Only these namespaces and those below them, and what they need.
    #[arg(long, value_name = "NAMESPACE,…", value_delimiter = ',')]
    only: Option<Vec<String>>,
}

impl Only {
    fn selection(self) -> Selection {
        let mut selection = Selection::default();
        selection.only = self.only.map(|names| names.into_iter().collect());
        selection
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For tools.
    Json,
}

/// Why a command did not do what it was asked to.
enum Failure {
    /// There were findings; they have been reported.
    Findings,
    /// The arguments are wrong, or the system fails.
    Usage(String),
}

impl Failure {
    fn usage(error: impl std::fmt::Display) -> Self {
        Failure::Usage(error.to_string())
    }
}

/// Runs the command.
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check {
            model,
            only,
            format,
        } => check::run(model.as_deref(), &only.selection(), format),
        Command::Show { what, only, format } => show::run(&what, &only.selection(), format),
        Command::Expand(expand) => expand.run(),
        Command::Export(export) => export.run(),
        Command::Diff(diff) => diff.run(),
        Command::Import(import) => import.run(),
        Command::Traffic(traffic) => traffic.run(),
        Command::Init(init) => init.run(),
        Command::Explain { rule } => explain(rule.as_deref()),
        Command::Schema => print(&json(&icws_spec::schema::schema())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Findings) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            tell!("icws-spec: {}", texts::visible(&message));
            ExitCode::from(2)
        }
    }
}

fn load(model: Option<&Path>) -> Result<Model, Failure> {
    match model {
        Some(path) => files::load(path),
        None => Model::load(ModelSource::Shipped).map_err(Failure::usage),
    }
}

/// Loads a model that must be sound; otherwise its findings go to stderr.
fn load_sound(model: Option<&Path>) -> Result<Model, Failure> {
    sound(load(model)?)
}

/// The model, if it has no findings; otherwise they go to stderr.
fn sound(model: Model) -> Result<Model, Failure> {
    none(model.findings())?;
    Ok(model)
}

/// Tells findings on stderr, of which any is a failure.
fn none(findings: &[Finding]) -> Result<(), Failure> {
    if findings.is_empty() {
        return Ok(());
    }
    tell_lines!("{}", check::text(findings));
    Err(Failure::Findings)
}

/// The findings of a model but the questions that are still open.
fn but_questions(model: &Model) -> Vec<Finding> {
    let findings = model.findings().iter();
    let others = findings.filter(|finding| finding.rule != rules::OPEN_TODO.id);
    others.cloned().collect()
}

/// Reports a name in a selection that the model does not have.
fn known(selection: &Selection, model: &Model) -> Result<(), Failure> {
    match selection.unknown(model.api()).first() {
        Some(unknown) => Err(Failure::Usage(unknown.to_string())),
        None => Ok(()),
    }
}

/// The model with what is selected of it.
fn select(model: Model, selection: &Selection) -> Result<Model, Failure> {
    known(selection, &model)?;
    Ok(model.select(selection))
}

fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads may have seen enough: `icws-spec show | head`.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(Failure::usage),
    }
}

/// Writes to stderr. That nobody listens is no fault of the command: what it gives is on
/// stdout and in its exit code.
fn tell(text: std::fmt::Arguments<'_>) {
    let _ = std::io::stderr().lock().write_fmt(text);
}

/// The end of a word of which there are several.
fn plural(is_one: bool) -> &'static str {
    if is_one { "" } else { "s" }
}

/// Prints what holds texts of a model or page to people.
fn say(text: &str) -> Result<(), Failure> {
    print(&texts::visible(text))
}

fn json(value: &serde_json::Value) -> String {
    texts::json(&format!("{value:#}\n"))
}

fn explain(rule: Option<&str>) -> Result<(), Failure> {
    let checks = rules::ALL.iter().map(|rule| (rule.id, rule.title));
    let changes = changes::ALL.iter().map(|rule| (rule.id, rule.summary));
    let differences = differences::ALL.iter().map(|rule| (rule.id, rule.title));
    let Some(id) = rule else {
        let line = |(id, title): (&str, &str)| format!("{id:<29}{title}\n");
        let list = |title: &str, rules: String| format!("{title}\n\n{rules}");
        let checks = list("rules of `check`", checks.map(line).collect());
        let changes = list("rules of `diff`", changes.map(line).collect());
        let differences = list("rules of `traffic`", differences.map(line).collect());
        return print(&format!("{checks}\n{changes}\n{differences}"));
    };
    if let Some(rule) = changes::by_id(id) {
        return print(&diff::explain(rule));
    }
    if let Some(rule) = differences::by_id(id) {
        return print(&traffic::explain(rule));
    }
    let Some(rule) = rules::by_id(id) else {
        let all = checks.chain(changes).chain(differences);
        let meant = icws_spec::suggest(id, all.map(|(id, _)| id));
        let help = meant.map_or("`icws-spec explain` lists all rules".to_owned(), |rule| {
            format!("did you mean `{rule}`?")
        });
        return Err(Failure::Usage(format!("there is no rule `{id}`; {help}")));
    };
    print(&format!(
        "{}[{}]: {}\n\n{}\n",
        rules::SEVERITY,
        rule.id,
        rule.title,
        fill(rule.explain)
    ))
}

/// Breaks a paragraph into lines of at most 80 characters.
fn fill(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 80 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}
