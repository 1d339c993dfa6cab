//! Findings that are equal, told once.

use std::collections::HashMap;

use super::finding::Finding;
use super::rules::Rule;

/// So many kinds of findings are kept apart.
const MOST: usize = 10_000;

/// A finding with how often there was an equal one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Kind {
    /// The first of them.
    pub finding: Finding,
    /// Where that is.
    pub site: Site,
    /// How many there were.
    pub count: u64,
}

/// Where an exchange stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The file.
    pub file: String,
    /// The number of the entry in it, from 1.
    pub entry: u64,
}

/// Findings of one kind say the same of the same, wherever it was.
type Key = (&'static str, String, String);

/// The findings of traffic, those that are equal as one.
#[derive(Debug, Clone, Default)]
pub struct Report {
    kinds: Vec<Kind>,
    positions: HashMap<Key, usize>,
    more: u64,
}

impl Report {
    /// Takes in a finding of an exchange.
    pub fn add(&mut self, site: &Site, finding: Finding) {
        let kind = Kind {
            finding,
            site: site.clone(),
            count: 1,
        };
        self.add_kind(kind);
    }

    /// Takes in all findings of another report.
    pub fn absorb(&mut self, other: Report) {
        self.more += other.more;
        other.kinds.into_iter().for_each(|kind| self.add_kind(kind));
    }

    fn add_kind(&mut self, kind: Kind) {
        let Finding {
            rule,
            subject,
            message,
            ..
        } = &kind.finding;
        let key = (rule.id, subject.clone(), message.clone());
        match self.positions.get(&key) {
            Some(position) => {
                if let Some(known) = self.kinds.get_mut(*position) {
                    known.count += kind.count;
                    known.join(&kind.finding);
                }
            }
            None if self.kinds.len() < MOST => {
                self.positions.insert(key, self.kinds.len());
                self.kinds.push(kind);
            }
            None => self.more += kind.count,
        }
    }

    /// Returns the findings, in the order in which they were met first.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Returns how many findings of further kinds were not kept.
    pub fn more(&self) -> u64 {
        self.more
    }

    /// Returns how many findings there were of a rule.
    pub fn count(&self, rule: &Rule) -> u64 {
        let kinds = self.kinds.iter().filter(|kind| kind.finding.rule == rule);
        kinds.map(|kind| kind.count).sum()
    }
}

impl Kind {
    /// What another finding proves of the same.
    fn join(&mut self, other: &Finding) {
        match (&mut self.finding.fact, &other.fact) {
            (Some(own), Some(other)) => own.join(other),
            (own @ None, other) => own.clone_from(other),
            _ => {}
        }
    }
}
