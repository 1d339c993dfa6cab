//! Findings as the comparisons make them, and how they are put together.

use std::collections::HashMap;

use crate::api::{Api, Since};
use crate::delta::Changed;
use crate::locate::Positions;
use crate::model::Model;
use crate::place::Place;

use super::rules::{Bump, Rule, RustVerdict, VERSION_NOT_RAISED, Verdict, Wire};
use super::uses::Directions;
use super::versions::Versions;
use super::{Change, FactChange, Site, Spot};

/// A change of one thing.
pub(super) struct Draft<'a> {
    rule: &'static Rule,
    subject: String,
    message: String,
    directions: Directions,
    rust: Option<String>,
    old: Option<Place>,
    new: Option<Place>,
    since: Option<&'a Since>,
    changed: Option<Changed<'a>>,
}

impl<'a> Draft<'a> {
    /// A change of a thing that travels in both directions or in none, as far
    /// as it matters.
    pub fn new(rule: &'static Rule, subject: String, message: impl Into<String>) -> Self {
        Draft {
            rule,
            subject,
            message: message.into(),
            directions: Directions::NONE,
            rust: None,
            old: None,
            new: None,
            since: None,
            changed: None,
        }
    }

    /// The fact that changed, if it is one.
    #[must_use]
    pub fn says<'d>(self, changed: impl Into<Option<Changed<'d>>>) -> Draft<'d>
    where
        'a: 'd,
    {
        Draft {
            changed: changed.into(),
            ..self
        }
    }

    /// Where it stands on both sides.
    #[must_use]
    pub fn at(mut self, old: impl Into<Option<Place>>, new: impl Into<Option<Place>>) -> Self {
        self.old = old.into();
        self.new = new.into();
        self
    }

    /// The directions in which it travels.
    #[must_use]
    pub fn travels(mut self, directions: Directions) -> Self {
        self.directions = directions;
        self
    }

    /// What is different in Rust, if anything.
    #[must_use]
    pub fn rust(mut self, reason: impl Into<Option<String>>) -> Self {
        self.rust = reason.into();
        self
    }

    /// The version that the thing carries: of what is new, the new model's.
    #[must_use]
    pub fn since(mut self, since: Option<&'a Since>) -> Self {
        self.since = since;
        self
    }
}

/// The findings met so far.
pub(super) struct Collector<'a> {
    apis: (&'a Api, &'a Api),
    old: Positions<'a>,
    new: Positions<'a>,
    versions: Versions,
    changes: Vec<Change>,
    /// Index of a change by what its sites share.
    known: HashMap<Shared, usize>,
}

/// What the sites of a change share.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Shared {
    rule: &'static str,
    message: String,
    rust_reason: Option<String>,
    wire: Wire,
    fact: Option<FactChange>,
}

impl<'a> Collector<'a> {
    pub fn new(old: &'a Model, new: &'a Model) -> Self {
        Collector {
            apis: (old.api(), new.api()),
            old: Positions::new(old.sources()),
            new: Positions::new(new.sources()),
            versions: Versions::of(old.api(), new.api()),
            changes: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Takes a change, and asks whether a feature version tells of it.
    pub fn add(&mut self, draft: Draft<'_>) {
        let site = Site {
            subject: draft.subject,
            old: draft.old.map(|place| spot(&mut self.old, place)),
            new: draft.new.map(|place| spot(&mut self.new, place)),
        };
        let untold = draft.rule.versioned.then(|| {
            let section = draft.rule.section;
            self.versions.untold(section, draft.since)
        });
        if let Some(message) = untold.flatten() {
            let shared = Shared {
                rule: VERSION_NOT_RAISED.id,
                message,
                rust_reason: None,
                wire: VERSION_NOT_RAISED.reply,
                fact: None,
            };
            self.put(&VERSION_NOT_RAISED, shared, site.clone());
        }
        let rust_reason = match draft.rule.rust {
            RustVerdict::Fine => None,
            RustVerdict::Breaking | RustVerdict::Computed => draft.rust,
        };
        let fact = draft.changed.map(|changed| FactChange {
            key: changed.key,
            old: changed.old.json(self.apis.0),
            new: changed.new.json(self.apis.1),
        });
        let shared = Shared {
            rule: draft.rule.id,
            message: draft.message,
            rust_reason,
            wire: draft.directions.judge(draft.rule),
            fact,
        };
        self.put(draft.rule, shared, site);
    }

    fn put(&mut self, rule: &'static Rule, shared: Shared, site: Site) {
        let known = self.known.get(&shared).copied();
        if let Some(change) = known.and_then(|index| self.changes.get_mut(index)) {
            if !change.sites.contains(&site) {
                change.sites.push(site);
            }
            return;
        }
        self.known.insert(shared.clone(), self.changes.len());
        let Shared {
            message,
            rust_reason,
            wire,
            fact,
            ..
        } = shared;
        let breaks = rule.rust == RustVerdict::Breaking
            || rule.rust == RustVerdict::Computed && rust_reason.is_some();
        let rust = if breaks {
            Verdict::Breaking
        } else {
            Verdict::Fine
        };
        self.changes.push(Change {
            rule,
            message,
            fact,
            wire,
            rust,
            rust_reason,
            bump: match wire.worst().max(rust) {
                Verdict::Breaking => Bump::Major,
                _ => rule.bump,
            },
            sites: vec![site],
        });
    }

    /// All findings, what breaks first.
    pub fn finish(self) -> Vec<Change> {
        let mut changes = self.changes;
        changes.sort_by(|a, b| {
            let key = |change: &Change| (std::cmp::Reverse(change.verdict()), change.rule.section);
            key(a).cmp(&key(b))
        });
        changes
    }
}

/// A place as it is shown.
fn spot(positions: &mut Positions<'_>, place: Place) -> Spot {
    let (file, position) = positions.look_up(place);
    Spot {
        file,
        line: position.line,
        column: position.column,
    }
}
