//! `icws-spec import`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use icws_spec::import::{self, Deviation, Notice, Options, Page};
use icws_spec::texts::visible;
use icws_spec::{Model, ModelSource};

use super::{Failure, files, plural};

/// The arguments of `import`.
#[derive(Args)]
pub struct Import {
    /// Reference pages as text, as a browser copies them; `-` is stdin.
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,
    /// Change a model in place until it says what the pages say.
    #[arg(long, value_name = "MODEL", conflicts_with = "check")]
    into: Option<PathBuf>,
    /// Write nothing; list what the pages say otherwise than the model, the
    /// shipped one if none is named.
    #[arg(long, value_name = "MODEL", num_args = 0..=1)]
    check: Option<Option<PathBuf>>,
    /// Carry over the texts of the pages, which are the vendor's.
    #[arg(long, conflicts_with = "check")]
    with_docs: bool,
}

impl Import {
    pub fn run(self) -> Result<(), Failure> {
        files::has_place(self.into.as_deref())?;
        let mut options = Options::default();
        options.with_docs = self.with_docs;
        let pages = self
            .pages
            .iter()
            .map(|path| read(path))
            .collect::<Result<Vec<Page>, Failure>>()?;
        match (self.into, self.check) {
            (Some(model), _) => into(&pages, &model, options),
            (None, Some(model)) => check(&pages, model.as_deref()),
            (None, None) => write(&pages, options),
        }
    }
}

fn read(path: &Path) -> Result<Page, Failure> {
    let (name, bytes) = if files::is_stdin(path) {
        ("<stdin>".to_owned(), files::stdin()?)
    } else {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| files::failed(path, &error))?;
        (name, bytes)
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::Usage(format!(
            "{name}:{line}: this is not UTF-8; save the page as UTF-8"
        ))
    })?;
    import::read(&name, &text).map_err(|refusal| {
        tell!("{}", visible(&refusal.to_string()));
        Failure::Findings
    })
}

fn write(pages: &[Page], options: Options) -> Result<(), Failure> {
    let shipped = super::load_sound(None)?;
    let written = import::write(pages, &shipped, options).map_err(Failure::usage)?;
    super::print(&written.yaml)?;
    for (file, notice) in &written.open {
        say(file, notice);
    }
    // What is open is a finding of the model as well, and has been said.
    let model = Model::load(ModelSource::Inline(&written.yaml)).map_err(Failure::usage)?;
    let others = super::but_questions(&model);
    tell_lines!("{}", super::check::text(&others));
    count(written.open.len(), "open question")?;
    count(others.len(), "finding")
}

fn check(pages: &[Page], model: Option<&Path>) -> Result<(), Failure> {
    let model = super::load_sound(model)?;
    let mut found = 0;
    for page in pages {
        found += say_all(page);
        let Some(deviations) = import::check(page, &model) else {
            tell!(
                "{}:{}: the model has no `{}`",
                page.file,
                page.line,
                page.path
            );
            found += 1;
            continue;
        };
        let lines: String = deviations
            .iter()
            .map(|deviation| line(page, deviation))
            .collect();
        super::print(&lines)?;
        found += deviations.len();
    }
    count(found, "difference")?;
    tell!(
        "no differences: the model says what the page{} say{}",
        plural(pages.len() == 1),
        if pages.len() == 1 { "s" } else { "" }
    );
    Ok(())
}

fn into(pages: &[Page], path: &Path, options: Options) -> Result<(), Failure> {
    let mut open = 0;
    let mut model = super::load(Some(path))?;
    for page in pages {
        super::none(&super::but_questions(&model))?;
        open += say_all(page);
        let merged = import::merge(page, &model, options).map_err(Failure::usage)?;
        files::write_back(&merged.model, &merged.files)?;
        for change in &merged.changes {
            tell_lines!("changed: {}", line(page, change));
        }
        for deviation in &merged.left {
            tell_lines!("by hand: {}", line(page, deviation));
        }
        if !merged.refused.is_empty() {
            tell!("not changed, since the model would have:");
            tell_lines!("{}", super::check::text(&merged.refused));
        }
        tell_lines!("{}", super::check::text(merged.model.findings()));
        open += merged.left.len();
        if merged.changes.is_empty() && merged.left.is_empty() {
            tell!("{}: nothing to change", page.file);
        }
        model = merged.model;
    }
    count(open + model.findings().len(), "finding")
}

/// Says what is to be said of a page, and how many of its lines were not
/// understood.
fn say_all(page: &Page) -> usize {
    page.notices
        .iter()
        .for_each(|notice| say(&page.file, notice));
    page.notices.iter().filter(|notice| notice.unknown).count()
}

fn say(file: &str, notice: &Notice) {
    let message = visible(&notice.message);
    tell!("{file}:{}: {message}", notice.line);
}

/// A difference with both places, and why a person has to decide.
fn line(page: &Page, deviation: &Deviation) -> String {
    let Deviation {
        page_line,
        message,
        question,
        file,
        line,
        column,
        ..
    } = deviation;
    let question = question.as_ref();
    let question = question.map_or(String::new(), |question| format!(" ({question})"));
    visible(&format!(
        "{}:{page_line}: {message}{question}: {file}:{line}:{column}\n",
        page.file
    ))
}

/// Says how many there are; any is a failure.
fn count(number: usize, what: &str) -> Result<(), Failure> {
    if number == 0 {
        return Ok(());
    }
    tell!("{number} {what}{}", plural(number == 1));
    Err(Failure::Findings)
}
