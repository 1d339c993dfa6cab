//! Findings that are equal, told once.

use std::collections::HashMap;
use std::fmt;

use super::finding::Finding;
use super::rules::Rule;
use super::shape::Sight;
use crate::locate::Positions;
use crate::model::Model;
use crate::texts::visible_line;

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
    /// In how many exchanges.
    pub exchanges: u64,
    /// The last of these, if it is not the first.
    last: Option<Site>,
}

/// Where an exchange stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The file.
    pub file: String,
    /// The number of the entry in it, from 1; in a recording the line.
    pub entry: u64,
    /// Whether the file is a recording, with an entry on each line.
    pub is_line: bool,
}

/// A place in a model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Located {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Site {
            file,
            entry,
            is_line,
        } = self;
        let file = visible_line(file);
        if *is_line {
            write!(f, "{file}:{entry}")
        } else {
            write!(f, "{file}, entry {entry}")
        }
    }
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
            exchanges: 1,
            last: None,
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
                    known.join(kind);
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

    /// Returns where each of the findings stands in the model; `None` for what it does
    /// not have.
    pub fn places(&self, model: &Model) -> Vec<Option<Located>> {
        let mut positions = Positions::new(model.sources());
        let mut place = |kind: &Kind| {
            let (file, position) = positions.look_up(kind.finding.place?);
            Some(Located {
                file,
                line: position.line,
                column: position.column,
            })
        };
        self.kinds.iter().map(&mut place).collect()
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
    /// Takes in the same of another place, which comes behind.
    fn join(&mut self, other: Kind) {
        self.count += other.count;
        let is_same = *self.last.as_ref().unwrap_or(&self.site) == other.site;
        let sight = if is_same { Sight::Same } else { Sight::Other };
        self.exchanges += other.exchanges - u64::from(is_same);
        match (&mut self.finding.fact, other.finding.fact) {
            (Some(own), Some(other)) => own.join(&other, sight),
            (own @ None, other) => *own = other,
            _ => {}
        }
        if !is_same || other.last.is_some() {
            self.last = Some(other.last.unwrap_or(other.site));
        }
    }
}
