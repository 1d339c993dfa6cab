//! Brings a model to say what a page says, by changes of its text.

mod round;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Finding;
use crate::locate::Positions;
use crate::model::Model;
use crate::place::{FileId, Place};

use super::compare::{Change, Difference, compare};
use super::edit::{Edit, apply};
use super::page::{Notice, Page};
use super::write::Options;
use round::Round;

/// How often changes may call for others before that is given up.
const ROUNDS: usize = 24;

/// A difference between a page and a model, with both places.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The line of the page.
    pub page_line: usize,
    /// What differs.
    pub message: String,
    /// The file of the model.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
}

/// A model after a merge.
#[derive(Debug)]
#[non_exhaustive]
pub struct Merged {
    /// The model with the new texts. What it has for findings has come with
    /// the changes: open questions, and examples that no longer fit.
    pub model: Model,
    /// The files that changed.
    pub files: BTreeSet<FileId>,
    /// What was changed, where it stood before.
    pub changes: Vec<Deviation>,
    /// What has to be changed by hand.
    pub left: Vec<Deviation>,
    /// What the model would have for findings, had it been changed there too.
    pub refused: Vec<Finding>,
    /// What is open in the parts that are new.
    pub open: Vec<Notice>,
}

/// A model has no file for what a page describes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoPlace {
    /// The path of the page.
    pub path: String,
    /// The namespace that its operations would have.
    pub namespace: String,
}

impl std::fmt::Display for NoPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let NoPlace { path, namespace } = self;
        write!(
            f,
            "the model has neither `{path}` nor a file of the namespace `{namespace}`; \
             include a file with `namespace: {namespace}`, or import without --into"
        )
    }
}

impl std::error::Error for NoPlace {}

/// What a page says otherwise than a model, in the order of the page; `None` when the model does not have
/// the resource.
pub fn check(page: &Page, model: &Model) -> Option<Vec<Deviation>> {
    let mut differences = compare(page, model)?;
    differences.sort_by_key(|difference| difference.line);
    let mut positions = Positions::new(model.sources());
    let deviations = differences.iter();
    Some(
        deviations
            .map(|difference| deviation(&mut positions, difference))
            .collect(),
    )
}

fn deviation(positions: &mut Positions<'_>, difference: &Difference<'_>) -> Deviation {
    let Difference {
        line,
        place,
        message,
        ..
    } = difference;
    let (file, position) = positions.look_up(*place);
    Deviation {
        page_line: *line,
        message: message.clone(),
        file,
        line: position.line,
        column: position.column,
    }
}

/// Changes the texts of a model until it says what the page says. Nothing is
/// written to disk. A change that would leave the model unsound is not made.
///
/// # Errors
/// When the model has no file that the page belongs to.
pub fn merge(page: &Page, model: &Model, options: Options) -> Result<Merged, NoPlace> {
    let mut merged = Merged {
        model: model.with_texts(&BTreeMap::new()),
        files: BTreeSet::new(),
        changes: Vec::new(),
        left: Vec::new(),
        refused: Vec::new(),
        open: Vec::new(),
    };
    if compare(page, &merged.model).is_none() {
        let mut round = Round::new(page, &merged.model, options);
        let place = round.add_resource()?;
        let change = missing(page, &merged.model, place);
        match attempt(&merged.model, round) {
            Attempt::Sound(step) => merged.accept(*step, vec![change]),
            Attempt::Unsound(findings) => {
                merged.refused = findings;
                merged.left.push(change);
                return Ok(merged);
            }
        }
    }
    // Differences whose changes would break the model.
    let mut refused: BTreeSet<(usize, String)> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut differences = compare(page, &merged.model).unwrap_or_default();
        differences.retain(|difference| !refused.contains(&key(difference)));
        let all: Vec<&Difference<'_>> = differences.iter().collect();
        match attempt_all(page, &merged.model, options, &all) {
            (Attempt::Sound(step), _) if step.files.is_empty() => break,
            (Attempt::Sound(step), changes) => merged.accept(*step, changes),
            (Attempt::Unsound(findings), _) => {
                merged.refused.extend(findings);
                let next = merged.single_out(page, options, &all);
                if next.is_empty() {
                    break;
                }
                refused.extend(next);
            }
        }
    }
    merged.left = check(page, &merged.model).unwrap_or_default();
    if merged.left.is_empty() {
        merged.refused.clear();
    }
    let Merged { changes, left, .. } = &mut merged;
    changes.retain(|change| !left.iter().any(|left| left.is_same(change)));
    changes.sort_by_key(|change| change.page_line);
    Ok(merged)
}

fn key(difference: &Difference<'_>) -> (usize, String) {
    (difference.line, difference.message.clone())
}

/// The whole resource is missing.
fn missing(page: &Page, model: &Model, place: Place) -> Deviation {
    let missing = Difference {
        line: page.line,
        place,
        message: format!("the model has no `{}`", page.path),
        change: Change::ByHand,
    };
    deviation(&mut Positions::new(model.sources()), &missing)
}

impl Merged {
    fn accept(&mut self, step: Step, changes: Vec<Deviation>) {
        self.model = step.model;
        self.files.extend(step.files);
        self.open.extend(step.open);
        for change in changes {
            if !self.changes.iter().any(|other| other.is_same(&change)) {
                self.changes.push(change);
            }
        }
    }

    /// Of changes that break the model together, those that do so alone. When
    /// each alone is fine, one of them is made, and is done with.
    fn single_out<'p>(
        &mut self,
        page: &'p Page,
        options: Options,
        all: &[&Difference<'p>],
    ) -> Vec<(usize, String)> {
        let mut broken = Vec::new();
        let mut first = None;
        for difference in all {
            match attempt_all(page, &self.model, options, &[*difference]) {
                (Attempt::Unsound(_), _) => broken.push(key(difference)),
                (Attempt::Sound(step), changes) if first.is_none() && !step.files.is_empty() => {
                    first = Some((step, changes, key(difference)));
                }
                (Attempt::Sound(_), _) => {}
            }
        }
        if let (true, Some((step, changes, key))) = (broken.is_empty(), first) {
            self.accept(*step, changes);
            broken.push(key);
        }
        broken
    }
}

impl Deviation {
    /// Whether two say the same, wherever it stands in the model.
    fn is_same(&self, other: &Deviation) -> bool {
        (self.page_line, &self.message) == (other.page_line, &other.message)
    }
}

/// A model after some changes.
struct Step {
    model: Model,
    files: Vec<FileId>,
    open: Vec<Notice>,
}

enum Attempt {
    Sound(Box<Step>),
    /// What the changes would bring.
    Unsound(Vec<Finding>),
}

fn attempt_all<'p>(
    page: &'p Page,
    model: &Model,
    options: Options,
    differences: &[&Difference<'p>],
) -> (Attempt, Vec<Deviation>) {
    let mut round = Round::new(page, model, options);
    let mut changes = Vec::new();
    let mut positions = Positions::new(model.sources());
    for difference in differences {
        if round.change(difference) {
            changes.push(deviation(&mut positions, difference));
        }
    }
    (attempt(model, round), changes)
}

/// Makes the edits of a round.
fn attempt(model: &Model, round: Round<'_, '_>) -> Attempt {
    let (edits, open) = round.finish();
    let mut texts = BTreeMap::new();
    for (id, edits) in edits {
        let edits: Vec<&Edit> = edits.iter().collect();
        let file = model.sources().get(id);
        // What has no place in the text has to be done by hand.
        let Some((text, file)) =
            file.and_then(|file| Some((apply(&file.text, &file.root, &edits)?, file)))
        else {
            return Attempt::Unsound(Vec::new());
        };
        if text != file.text {
            texts.insert(id, text);
        }
    }
    let next = model.with_texts(&texts);
    let broken: Vec<Finding> = next
        .findings()
        .iter()
        .filter(|finding| !is_expected(finding))
        .cloned()
        .collect();
    if !broken.is_empty() {
        return Attempt::Unsound(broken);
    }
    let files = texts.into_keys().collect();
    Attempt::Sound(Box::new(Step {
        model: next,
        files,
        open,
    }))
}

/// Whether a finding is one that changes may bring: an open question, or an
/// example that needs another look.
fn is_expected(finding: &Finding) -> bool {
    ["open-todo", "example-contradicts-model"].contains(&finding.rule)
}
