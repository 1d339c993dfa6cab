//! Brings a model to say what a page says, by changes of its text.

mod attempt;
mod extended;
mod in_place;
mod round;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Finding;
use crate::locate::Positions;
use crate::model::Model;
use crate::place::{FileId, Place};

use super::compare::{Change, Difference, compare};
use super::page::{Notice, Page};
use super::write::Options;
pub(crate) use attempt::make;
use attempt::{Step, attempt};
pub(crate) use extended::by_hand;
use round::Round;
pub(crate) use whole::Whole;

/// How often the model is resolved to find out what breaks it.
const ATTEMPTS: usize = 8;

/// How often changes may call for others before that is given up.
const ROUNDS: usize = 8;

/// A difference between a page and a model, with both places.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deviation {
    /// The line of the page.
    pub page_line: usize,
    /// What differs.
    pub message: String,
    /// Whether a person has to make the change.
    pub by_hand: bool,
    /// Why, if that is not plain.
    pub question: Option<String>,
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
            "the model has neither `{path}` nor a file of its own of the namespace `{namespace}`; \
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
    let (file, position) = positions.look_up(difference.place);
    Deviation {
        page_line: difference.line,
        message: difference.message.clone(),
        by_hand: matches!(difference.change, Change::ByHand),
        question: difference.question.clone(),
        file,
        line: position.line,
        column: position.column,
    }
}

/// Changes the texts of a model until it says what the page says. Nothing is
/// written to disk. A change that would leave the model unsound is not made, and
/// one that a person has to decide is left.
///
/// # Errors
/// When the model has no file that the page belongs to.
pub fn merge(page: &Page, model: &Model, options: Options) -> Result<Merged, NoPlace> {
    let mut merge = Merge {
        page,
        options,
        model: Whole::Given(model),
        attempts: 0,
        asked: BTreeMap::new(),
        refused: BTreeSet::new(),
        findings: Vec::new(),
        files: BTreeSet::new(),
        changes: Vec::new(),
        left: Vec::new(),
        open: Vec::new(),
    };
    if compare(page, model).is_some() || merge.add_resource()? {
        merge.rounds();
        merge.left = merge.left();
    }
    Ok(merge.done())
}

/// A difference, wherever it stands in the model.
type Key = (usize, String);

fn key(difference: &Difference<'_>) -> Key {
    (difference.line, difference.message.clone())
}

/// A merge under way.
struct Merge<'p, 'm> {
    page: &'p Page,
    options: Options,
    model: Whole<'m>,
    attempts: usize,
    /// Differences that a person has to decide. What was in doubt once is so to
    /// the end, though a change may take away what the doubt came from.
    asked: BTreeMap<Key, Option<String>>,
    /// Differences whose changes would break the model, and what it would have.
    refused: BTreeSet<Key>,
    findings: Vec<Finding>,
    files: BTreeSet<FileId>,
    changes: Vec<Deviation>,
    left: Vec<Deviation>,
    open: Vec<Notice>,
}

impl Merge<'_, '_> {
    /// Adds the whole resource; whether that could be done.
    fn add_resource(&mut self) -> Result<bool, NoPlace> {
        let model = &self.model;
        if let Some(other) = self.page.other_paths.first() {
            let mut missing = missing(self.page, model, Place::whole(FileId::ROOT));
            missing.question = Some(format!("one of its methods has the path `{other}`"));
            self.left.push(missing);
            return Ok(false);
        }
        let mut round = Round::new(self.page, model, self.options);
        let place = round.add_resource()?;
        let missing = missing(self.page, model, place);
        match attempt(model, round) {
            Ok(step) => self.accept(step, vec![missing]),
            Err(findings) => {
                self.findings = findings;
                self.left.push(missing);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes changes until none is left. Changes that break the model together
    /// are made by halves, so that the sound ones are made.
    fn rounds(&mut self) {
        for _ in 0..ROUNDS {
            let mut open: Vec<Option<BTreeSet<Key>>> = vec![None];
            let mut changed = false;
            while let Some(keys) = open.pop() {
                match self.round(keys.as_ref()) {
                    Outcome::Done(some) => changed |= some,
                    Outcome::Halves(halves) => open.extend(halves.map(Some)),
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// Makes the changes for these differences, or for all.
    fn round(&mut self, keys: Option<&BTreeSet<Key>>) -> Outcome {
        let model = &self.model;
        let mut differences = compare(self.page, model).unwrap_or_default();
        let by_hand = differences.iter();
        let by_hand = by_hand.filter(|difference| matches!(difference.change, Change::ByHand));
        for difference in by_hand {
            let question = difference.question.clone();
            self.asked.entry(key(difference)).or_insert(question);
        }
        differences.retain(|difference| {
            let key = key(difference);
            !self.asked.contains_key(&key)
                && !self.refused.contains(&key)
                && keys.is_none_or(|keys| keys.contains(&key))
        });
        let asked = &mut self.asked;
        differences.retain(|difference| {
            let question = extended::question(self.page, model, self.options, difference);
            let ours = question.is_none();
            if !ours {
                asked.insert(key(difference), question);
            }
            ours
        });
        if differences.is_empty() {
            return Outcome::Done(false);
        }
        let mut round = Round::new(self.page, model, self.options);
        let mut positions = Positions::new(model.sources());
        let mut changes = Vec::new();
        for difference in &differences {
            round.change(difference);
            changes.push(deviation(&mut positions, difference));
        }
        let mut keys: Vec<Key> = differences.iter().map(key).collect();
        self.attempts += 1;
        match attempt(model, round) {
            Ok(step) => {
                let changed = !step.files.is_empty();
                self.accept(step, changes);
                Outcome::Done(changed)
            }
            Err(_) if keys.len() > 1 && self.attempts < ATTEMPTS => {
                let second = keys.split_off(keys.len() / 2);
                Outcome::Halves([second, keys].map(|keys| keys.into_iter().collect()))
            }
            Err(findings) => {
                self.findings.extend(findings);
                self.refused.extend(keys);
                Outcome::Done(false)
            }
        }
    }

    /// What differs in the end.
    fn left(&self) -> Vec<Deviation> {
        let mut left = check(self.page, &self.model).unwrap_or_default();
        for deviation in &mut left {
            let key = (deviation.page_line, deviation.message.clone());
            if let Some(question) = self.asked.get(&key) {
                deviation.by_hand = true;
                deviation.question = deviation.question.take().or(question.clone());
            }
        }
        left
    }

    fn accept(&mut self, step: Step, changes: Vec<Deviation>) {
        if !step.files.is_empty() {
            self.model = Whole::New(Box::new(step.model));
        }
        self.files.extend(step.files);
        self.open.extend(step.open);
        for change in changes {
            if !self.changes.iter().any(|other| other.is_same(&change)) {
                self.changes.push(change);
            }
        }
    }

    fn done(self) -> Merged {
        let left = self.left;
        let mut changes = self.changes;
        changes.retain(|change| !left.iter().any(|left| left.is_same(change)));
        changes.sort_by_key(|change| change.page_line);
        Merged {
            model: self.model.into_model(),
            files: self.files,
            changes,
            refused: if left.is_empty() {
                Vec::new()
            } else {
                self.findings
            },
            left,
            open: self.open,
        }
    }
}

/// What came of a round.
enum Outcome {
    /// Whether anything was changed.
    Done(bool),
    /// The changes break the model together.
    Halves([BTreeSet<Key>; 2]),
}

/// The whole resource is missing.
fn missing(page: &Page, model: &Model, place: Place) -> Deviation {
    let missing = Difference {
        line: page.line,
        place,
        message: format!("the model has no `{}`", page.path),
        question: None,
        change: Change::ByHand,
    };
    deviation(&mut Positions::new(model.sources()), &missing)
}

impl Deviation {
    /// Whether two say the same, wherever it stands in the model.
    fn is_same(&self, other: &Deviation) -> bool {
        (self.page_line, &self.message) == (other.page_line, &other.message)
    }
}
