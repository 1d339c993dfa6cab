//! Writes what traffic proves into a model, by changes of its text.

mod edits;
mod files;
mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::facts::{Fact, is_success, join, join_names};
use super::report::{Kind, Located, Report};
use super::shape::{Shape, Sight};
use crate::diagnostic::Finding;
use crate::import::changes::{Whole, by_hand, make};
use crate::model::Model;
use crate::place::FileId;
use edits::Draft;

/// How often the model is resolved to find out what breaks it.
const ATTEMPTS: usize = 64;

/// How often changes may wait for others before that is given up.
const ROUNDS: usize = 8;

/// A model that says what traffic proves.
#[derive(Debug)]
#[non_exhaustive]
pub struct Learnt {
    /// The model with the new texts. What it has for findings are the questions that
    /// the changes leave open.
    pub model: Model,
    /// The files that changed.
    pub files: BTreeSet<FileId>,
    /// What was changed, and where.
    pub changes: Vec<Learning>,
    /// What has to be decided by a person.
    pub left: Vec<Learning>,
    /// What the model would have for findings, had it been changed there too.
    pub refused: Vec<Finding>,
}

/// A difference that was or was not written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Learning {
    /// The difference.
    pub kind: Kind,
    /// Where it stood in the model before; `None` for what it did not have.
    pub place: Option<Located>,
    /// Why it was not written, if that is not plain by its rule.
    pub question: Option<String>,
}

/// Changes the texts of a model until it says what the findings of traffic prove.
/// Nothing is written to disk. A change that would leave the model unsound is not made,
/// and what contradicts the model is left.
///
/// `servers` are the versions of the servers, for the `source` of what is written.
pub fn learn(model: &Model, report: &Report, servers: Option<&str>) -> Learnt {
    let places = report.places(model);
    let kinds = report.kinds().iter().zip(places);
    let wanted = kinds.map(|(kind, place)| Wanted {
        kind,
        fact: kind.finding.fact.clone(),
        place,
        state: match &kind.finding.fact {
            Some(_) => State::Open,
            None => State::Left(None),
        },
    });
    let mut wanted: Vec<Wanted<'_>> = wanted.collect();
    leave_failures(&mut wanted);
    share_requests(&mut wanted);
    let mut learner = Learner {
        servers,
        model: Whole::Given(model),
        wanted,
        files: BTreeSet::new(),
        refused: Vec::new(),
        attempts: 0,
        missing: BTreeSet::new(),
        tried: BTreeSet::new(),
        new_files: BTreeMap::new(),
    };
    learner.rounds();
    learner.done()
}

/// A finding with what becomes of it.
struct Wanted<'r> {
    kind: &'r Kind,
    /// What is written for it, if anything is.
    fact: Option<Fact>,
    place: Option<Located>,
    state: State,
}

/// Path and method of an operation.
type Key = (Vec<Option<String>>, String);

/// The names in the queries of an operation, and its bodies.
type Sent = (Vec<String>, Option<Shape>);

/// Leaves the failures of operations that no success proves: anything fails at a path
/// that is none.
fn leave_failures(wanted: &mut [Wanted<'_>]) {
    let operation = |wanted: &Wanted<'_>| match &wanted.fact {
        Some(Fact::Operation {
            path,
            method,
            status,
            ..
        }) => Some(((path.clone(), method.clone()), *status)),
        _ => None,
    };
    let all = wanted.iter().filter_map(operation);
    let proven: HashSet<_> = all
        .filter(|(_, status)| is_success(*status))
        .map(|(own, _)| own)
        .collect();
    for own in wanted {
        if operation(own).is_some_and(|(operation, _)| !proven.contains(&operation)) {
            own.fact = None;
            own.state = State::Left(None);
        }
    }
}

/// Gives operations that came with several statuses what was sent to any of them: one of
/// them is written, and the others are replies of it.
fn share_requests(wanted: &mut [Wanted<'_>]) {
    let mut all: HashMap<Key, Sent> = HashMap::new();
    for fact in wanted.iter().filter_map(|wanted| wanted.fact.as_ref()) {
        if let Fact::Operation {
            path,
            method,
            query,
            request,
            ..
        } = fact
        {
            let (names, shape) = all.entry((path.clone(), method.clone())).or_default();
            join_names(names, query);
            join(shape, request.as_ref(), Sight::Other);
        }
    }
    for fact in wanted.iter_mut().filter_map(|wanted| wanted.fact.as_mut()) {
        if let Fact::Operation {
            path,
            method,
            query,
            request,
            ..
        } = fact
            && let Some((names, shape)) = all.get(&(path.clone(), method.clone()))
        {
            query.clone_from(names);
            request.clone_from(shape);
        }
    }
}

enum State {
    Open,
    /// Why it cannot be written yet: another change may answer that.
    Asked(String),
    Written,
    Left(Option<String>),
}

struct Learner<'r, 'm> {
    servers: Option<&'r str>,
    model: Whole<'m>,
    wanted: Vec<Wanted<'r>>,
    files: BTreeSet<FileId>,
    refused: Vec<Finding>,
    attempts: usize,
    /// The namespaces that a file is missing for, and those that one was tried for.
    missing: BTreeSet<String>,
    tried: BTreeSet<String>,
    /// The files that were added, each as the root file includes it.
    new_files: BTreeMap<FileId, String>,
}

impl Learner<'_, '_> {
    /// Makes changes until none is left. Changes that break the model together are
    /// made by halves, so that the sound ones are made.
    fn rounds(&mut self) {
        for _ in 0..ROUNDS {
            let all = self.open();
            if all.is_empty() {
                return;
            }
            let mut batches = vec![all];
            let mut changed = false;
            while let Some(batch) = batches.pop() {
                match self.attempt(&batch) {
                    Outcome::Done(some) => changed |= some,
                    Outcome::Halves(mut halves) => batches.append(&mut halves),
                }
            }
            changed |= self.add_files();
            if !changed {
                break;
            }
        }
        let question = "the change meets others; run the command again".to_owned();
        for position in self.open() {
            let wanted = self.wanted.get(position);
            if wanted.is_some_and(|wanted| matches!(wanted.state, State::Open)) {
                self.leave(position, Some(question.clone()));
            }
        }
    }

    /// The positions of what is to be written and not there yet.
    fn open(&mut self) -> Vec<usize> {
        let mut open = Vec::new();
        for (position, wanted) in self.wanted.iter_mut().enumerate() {
            let (State::Open | State::Asked(_), Some(fact)) = (&wanted.state, &wanted.fact) else {
                continue;
            };
            if edits::is_known(self.model.api(), fact) {
                wanted.state = State::Written;
            } else {
                open.push(position);
            }
        }
        open
    }

    /// Adds the files that are missing. The root file includes them once something is
    /// written into them.
    fn add_files(&mut self) -> bool {
        let mut added = false;
        for namespace in std::mem::take(&mut self.missing) {
            if !self.tried.insert(namespace.clone()) {
                continue;
            }
            if let Some((model, id, path)) = files::with_file(&self.model, &namespace) {
                self.model = Whole::New(Box::new(model));
                self.new_files.insert(id, path);
                added = true;
            }
        }
        added
    }

    /// The `__type`s that are to be written with all that is known of them.
    fn coming(&self) -> BTreeSet<String> {
        let open = self.wanted.iter();
        let open = open.filter(|own| matches!(own.state, State::Open | State::Asked(_)));
        let urns = open.filter_map(|own| match &own.fact {
            Some(Fact::Type { urn, .. }) => Some(urn.clone()),
            _ => None,
        });
        urns.collect()
    }

    fn leave(&mut self, position: usize, question: Option<String>) {
        if let Some(wanted) = self.wanted.get_mut(position) {
            wanted.state = State::Left(question);
        }
    }

    /// Makes the changes for some findings.
    fn attempt(&mut self, batch: &[usize]) -> Outcome {
        let mut questions = Vec::new();
        let coming = self.coming();
        let mut draft = Draft::new(&self.model, self.servers, coming);
        draft.new_files = self.new_files.clone();
        let mut drafted = Vec::new();
        for position in batch {
            let wanted = self.wanted.get(*position);
            let fact = wanted.and_then(|own| Some((own.fact.as_ref()?, own.kind.exchanges)));
            let Some((fact, count)) = fact else {
                continue;
            };
            let mark = draft.mark();
            let question = match draft.write(fact, count) {
                // A file of the extended model is not changed.
                Ok(()) => by_hand(&self.model, &draft.since(&mark)),
                Err(question) => Some(question),
            };
            match question {
                Some(question) => {
                    draft.back_to(mark);
                    questions.push((*position, question));
                }
                None => drafted.push(*position),
            }
        }
        self.missing.append(&mut draft.files);
        let edits = draft.finish();
        for (position, question) in questions {
            if let Some(wanted) = self.wanted.get_mut(position) {
                wanted.state = State::Asked(question);
            }
        }
        if drafted.is_empty() {
            return Outcome::Done(false);
        }
        self.attempts += 1;
        match make(&self.model, edits) {
            Ok((model, files)) => {
                let changed = !files.is_empty();
                if changed {
                    self.model = Whole::New(Box::new(model));
                }
                self.files.extend(files);
                Outcome::Done(changed)
            }
            Err(_) if drafted.len() > 1 && self.attempts < ATTEMPTS => {
                let second = drafted.split_off(drafted.len() / 2);
                Outcome::Halves(vec![second, drafted])
            }
            Err(findings) => {
                let question = match drafted.len() {
                    1 => "the model would not be sound with it",
                    // Which of them breaks it was not looked for any more.
                    _ => "it was not tried, as too many others break the model",
                };
                let question = question.to_owned();
                for position in drafted {
                    self.leave(position, Some(question.clone()));
                }
                self.refused.extend(findings);
                Outcome::Done(false)
            }
        }
    }

    fn done(self) -> Learnt {
        let mut changes = Vec::new();
        let mut left = Vec::new();
        for wanted in self.wanted {
            let Wanted {
                kind, place, state, ..
            } = wanted;
            let learning = |question| Learning {
                kind: kind.clone(),
                place,
                question,
            };
            match state {
                State::Written => changes.push(learning(None)),
                State::Left(question) => left.push(learning(question)),
                State::Asked(question) => left.push(learning(Some(question))),
                State::Open => left.push(learning(None)),
            }
        }
        Learnt {
            model: self.model.into_model(),
            files: self.files,
            changes,
            left,
            refused: self.refused,
        }
    }
}

/// What came of an attempt.
enum Outcome {
    /// Whether anything was changed.
    Done(bool),
    /// The changes break the model together.
    Halves(Vec<Vec<usize>>),
}
