//! What changed between two models, and which programs the change breaks.
//!
//! Both models are resolved; their parts are paired (`pairs`), each pair is
//! compared, and what differs is a finding by one of the [`rules`]. Two axes
//! are judged: the wire, for old clients with a new server and the reverse, in
//! the direction in which a thing travels (`uses`); and Rust, by the names and
//! types that both have in their plans.

mod collect;
mod compare;
mod enums;
mod judge;
mod operations;
mod pairs;
mod parameters;
mod properties;
mod records;
mod replies;
pub mod rules;
mod types;
mod uses;
mod versions;

use serde_json::Value;

use crate::model::Model;

use collect::Collector;
use compare::Comparison;
use rules::{Bump, Rule, Verdict, Wire};

/// All that changed between two models.
#[derive(Debug)]
#[non_exhaustive]
pub struct Diff {
    /// The findings: what breaks first, then by rule and text.
    pub findings: Vec<Change>,
}

/// A change, at each place that it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// What changed, without the thing that it belongs to.
    pub message: String,
    /// The fact that changed; `None` for an item that came or went, and for what
    /// is different in Rust alone.
    pub fact: Option<FactChange>,
    /// What it means on the wire, in the directions in which the thing travels.
    pub wire: Wire,
    /// What it means to sources that use the bindings: fine or breaking.
    pub rust: Verdict,
    /// What of the bindings is different.
    pub rust_reason: Option<String>,
    /// The version to raise because of it.
    pub bump: Bump,
    /// Where, at least once: the same change of several things is one finding.
    pub sites: Vec<Site>,
}

impl Change {
    /// The worst verdict of all.
    pub fn verdict(&self) -> Verdict {
        self.wire.worst().max(self.rust)
    }
}

/// What an item says by a key of the language, on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FactChange {
    /// The key.
    pub key: &'static str,
    /// The value in the old model, null if it says nothing.
    pub old: Value,
    /// The value in the new model, null if it says nothing.
    pub new: Value,
}

/// A thing that changed, with its place on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The thing by its id: `interactions.callback.callbackMessage`.
    pub subject: String,
    /// Where it stands in the old model; what is new has the place of what it
    /// belongs to, or none.
    pub old: Option<Spot>,
    /// Where it stands in the new model; what is gone has the place of what it
    /// belonged to, or none.
    pub new: Option<Spot>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Spot {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Diff {
    /// Compares two models. An item with a finding counts as absent from its
    /// model, so both models should be sound.
    pub fn between(old: &Model, new: &Model) -> Diff {
        let pairs = pairs::pair(old.api(), new.api());
        let (old_plan, new_plan) = (old.plan(), new.plan());
        let comparison = Comparison::new(&old_plan, &new_plan, &pairs);
        let mut collector = Collector::new(old, new);
        comparison.features(&mut collector);
        comparison.namespaces(&mut collector);
        comparison.operations(&mut collector);
        comparison.records(&mut collector);
        comparison.enums(&mut collector);
        Diff {
            findings: collector.finish(),
        }
    }

    /// The version to raise; `None` when nothing changed.
    pub fn bump(&self) -> Option<Bump> {
        self.findings.iter().map(|finding| finding.bump).max()
    }

    /// The worst verdict of all findings.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.findings.iter().map(Change::verdict);
        verdicts.max().unwrap_or(Verdict::Fine)
    }
}
