//! The two models side by side, and what all comparisons use.

use crate::api::{Api, EnumId, RecordId, Since};
use crate::place::Place;
use crate::plan::{Item, Plan, RustType};

use super::collect::{Collector, Draft};
use super::pairs::Pairs;
use super::rules;
use super::uses::{Directions, Uses};

/// Both models, with what was found out about each.
pub(super) struct Comparison<'a> {
    pub old: &'a Api,
    pub new: &'a Api,
    pub pairs: &'a Pairs,
    pub old_plan: &'a Plan<'a>,
    pub new_plan: &'a Plan<'a>,
    old_uses: Uses<'a>,
    new_uses: Uses<'a>,
}

/// A part of a thing: what it is called in messages, where it stands, where it
/// travels, and the version by which it is known.
#[derive(Clone)]
pub(super) struct Part<'a> {
    /// The id of the thing.
    pub subject: &'a str,
    /// The part, or nothing for the thing itself: "property `attempts`".
    pub what: String,
    pub old: Place,
    pub new: Place,
    pub directions: Directions,
    pub since: Option<&'a Since>,
}

impl<'a> Part<'a> {
    /// A change of this part; `message` goes on where its name ends.
    pub fn draft(&self, rule: &'static rules::Rule, message: impl AsRef<str>) -> Draft<'a> {
        let message = format!("{} {}", self.what, message.as_ref());
        let message = message.trim_start().to_owned();
        Draft::new(rule, self.subject.to_owned(), message)
            .at(self.old, self.new)
            .travels(self.directions)
            .since(self.since)
    }

    /// Another part of the same thing.
    pub fn named(&self, what: String) -> Part<'a> {
        Part {
            what,
            ..self.clone()
        }
    }
}

/// What parts have beside what they are: a text, where it comes from, and a
/// version.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    doc: &'a str,
    source: Option<&'a str>,
    since: Option<&'a Since>,
    /// The version of what the part belongs to.
    whole: Option<&'a Since>,
}

impl<'a> Facts<'a> {
    pub fn new(doc: &'a str, source: Option<&'a str>) -> Self {
        Facts {
            doc,
            source,
            since: None,
            whole: None,
        }
    }

    /// Adds the version, and that of what it belongs to.
    #[must_use]
    pub fn since(mut self, own: &'a Option<Since>, whole: &'a Option<Since>) -> Self {
        self.since = own.as_ref();
        self.whole = whole.as_ref();
        self
    }
}

impl<'a> Comparison<'a> {
    pub fn new(old: &'a Plan<'a>, new: &'a Plan<'a>, pairs: &'a Pairs) -> Self {
        Comparison {
            old: old.api,
            new: new.api,
            pairs,
            old_plan: old,
            new_plan: new,
            old_uses: Uses::of(old.api),
            new_uses: Uses::of(new.api),
        }
    }

    /// What became of a type in Rust, if it is another one: "`X` becomes `Y`".
    /// What has only another name is the same.
    pub fn type_reason(&self, old: &RustType, new: &RustType) -> Option<String> {
        if old.is(new, &|old, new| self.pairs.same(old, new)) {
            return None;
        }
        let path = |item: Item| {
            let twin = match item {
                Item::Enum(id) => self.pairs.enumeration(id).map(Item::Enum),
                Item::Record(id) => self.pairs.record(id).map(Item::Record),
                Item::Any(id) => self.pairs.record(id).map(Item::Any),
            };
            twin.map_or_else(
                || self.old_plan.types.path(item).to_string(),
                |twin| self.new_plan.types.path(twin).to_string(),
            )
        };
        let old = old.shown(&path);
        let new = new.shown(&|item| self.new_plan.types.path(item).to_string());
        Some(format!("`{old}` becomes `{new}`"))
    }

    /// The directions in which a pair of records travels.
    pub fn record_directions(&self, old: RecordId, new: RecordId) -> Directions {
        self.old_uses.record(old).and(self.new_uses.record(new))
    }

    /// The directions in which a pair of enumerations travels.
    pub fn enum_directions(&self, old: EnumId, new: EnumId) -> Directions {
        let old = self.old_uses.enumeration(old);
        old.and(self.new_uses.enumeration(new))
    }

    /// The features that came and went.
    pub fn features(&self, collector: &mut Collector<'_>) {
        for feature in &self.old.features {
            let id = format!("feature {}", feature.name);
            let Some(twin) = self.new.features.iter().find(|f| f.name == feature.name) else {
                let reason = format!("a pin of `{}` is refused", feature.name);
                collector.add(
                    Draft::new(&rules::FEATURE_REMOVED, id, "the feature is gone")
                        .at(feature.place, None)
                        .rust(reason),
                );
                continue;
            };
            let part = Part {
                subject: &id,
                what: String::new(),
                old: feature.place,
                new: twin.place,
                directions: Directions::NONE,
                since: None,
            };
            let (old, new) = (Facts::new(&feature.doc, None), Facts::new(&twin.doc, None));
            facts_changed(&part, old, new, collector);
        }
        for feature in &self.new.features {
            if !self.old.features.iter().any(|f| f.name == feature.name) {
                let id = format!("feature {}", feature.name);
                collector.add(
                    Draft::new(&rules::FEATURE_ADDED, id, "the feature is new")
                        .at(None, feature.place),
                );
            }
        }
    }
}

/// Reports another text, source or version; of a version that only follows that
/// of the whole, the whole tells.
pub(super) fn facts_changed(
    part: &Part<'_>,
    old: Facts<'_>,
    new: Facts<'_>,
    collector: &mut Collector<'_>,
) {
    let follows = old.since == old.whole && new.since == new.whole && old.whole.is_some();
    if old.since != new.since && !follows {
        let say = |since: Option<&Since>| match since {
            Some(since) => format!("since `{since}`"),
            None => "of no version".to_owned(),
        };
        let message = format!("was {} and is {}", say(old.since), say(new.since));
        collector.add(part.draft(&rules::SINCE_CHANGED, message));
    }
    let what = match (old.doc == new.doc, old.source == new.source) {
        (true, true) => return,
        (false, true) => "has another text",
        (true, false) => "has another source",
        (false, false) => "has another text and source",
    };
    collector.add(part.draft(&rules::TEXT_CHANGED, what));
}

/// The names that are different: "`calls::Call` is now `calls::Phone`".
pub(super) fn renamed(names: &[(String, String)]) -> Option<String> {
    let changed = names.iter().filter(|(old, new)| old != new);
    let changed: Vec<String> = changed
        .map(|(old, new)| format!("`{old}` is now `{new}`"))
        .collect();
    (!changed.is_empty()).then(|| changed.join(", "))
}
