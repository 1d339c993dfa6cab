//! The two models side by side, and what all comparisons use.

use std::collections::HashMap;

use crate::api::{Api, EnumId, Feature, Namespace, RecordId, Resource, Since, Type};
use crate::delta::{Changed, Entry, Known, changed, entries};
use crate::facts::Value;
use crate::place::Place;
use crate::plan::{Item, Plan, RustType};

use super::collect::{Collector, Draft};
use super::judge::{self, Table};
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
    /// The resources of both by their paths, whatever parameters are called in these.
    pub old_resources: HashMap<String, &'a Resource>,
    pub new_resources: HashMap<String, &'a Resource>,
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
    /// The versions on both sides of what it belongs to.
    pub around: [Option<&'a Since>; 2],
}

impl<'a> Part<'a> {
    /// A thing itself, as one of no version that does not travel: a feature, a namespace.
    pub fn whole(subject: &'a str, old: Place, new: Place) -> Self {
        Part {
            subject,
            what: String::new(),
            old,
            new,
            directions: Directions::NONE,
            since: None,
            around: [None; 2],
        }
    }

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

    /// A part of this one that is on both sides, by where it stands on each and the
    /// version by which it is known. `around` are the versions of the whole.
    pub fn inner(
        &self,
        what: String,
        (old, new): (Place, Place),
        since: Option<&'a Since>,
        around: [Option<&'a Since>; 2],
    ) -> Part<'a> {
        Part {
            old,
            new,
            since,
            around,
            ..self.named(what)
        }
    }
}

/// How a changed fact is told.
pub(super) struct Told {
    pub rule: &'static rules::Rule,
    /// What is different in Rust, if anything.
    pub rust: Option<String>,
}

impl<'a> Comparison<'a> {
    pub fn new(old: &'a Plan<'a>, new: &'a Plan<'a>, pairs: &'a Pairs) -> Self {
        let resources = |api: &'a Api| {
            // Of several with the same path, the first counts.
            let resources = api.resources.iter().rev();
            resources.map(|one| (one.template(), one)).collect()
        };
        Comparison {
            old_resources: resources(old.api),
            new_resources: resources(new.api),
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
        let same = |one: &Feature, other: &Feature| one.name == other.name;
        for entry in entries(&self.old.features, &self.new.features, same) {
            let (Entry::Both(feature, _) | Entry::Removed(feature) | Entry::Added(feature)) = entry;
            let id = format!("feature {}", feature.name);
            match entry {
                Entry::Both(old, new) => {
                    let part = Part::whole(&id, old.place, new.place);
                    self.facts(&judge::FEATURE, &part, (old, new), collector);
                }
                Entry::Removed(old) => {
                    let reason = format!("a pin of `{}` is refused", old.name);
                    collector.add(
                        Draft::new(&rules::FEATURE_REMOVED, id, "the feature is gone")
                            .at(old.place, None)
                            .rust(reason),
                    );
                }
                Entry::Added(new) => collector.add(
                    Draft::new(&rules::FEATURE_ADDED, id, "the feature is new").at(None, new.place),
                ),
            }
        }
    }

    /// What the namespaces are about. One that came or went is told by its items.
    pub fn namespaces(&self, collector: &mut Collector<'_>) {
        let same = |one: &Namespace, other: &Namespace| one.name == other.name;
        for entry in entries(&self.old.namespaces, &self.new.namespaces, same) {
            let Entry::Both(old, new) = entry else {
                continue;
            };
            let id = format!("namespace {}", old.name);
            let part = Part::whole(&id, old.place, new.place);
            self.facts(&judge::NAMESPACE, &part, (old, new), collector);
        }
    }

    /// Tells which facts of an item changed, as the table of its kind says.
    pub fn facts<'i, T>(
        &self,
        table: &Table<T>,
        part: &Part<'_>,
        items: (&'i T, &'i T),
        collector: &mut Collector<'_>,
    ) {
        self.facts_with(table, part, items, |_, told| Some(told), collector);
    }

    /// Tells which facts of an item changed; `judge` knows more of it than the
    /// table, and may tell it otherwise or not at all.
    pub fn facts_with<'i, T>(
        &self,
        table: &Table<T>,
        part: &Part<'_>,
        (old, new): (&'i T, &'i T),
        judge: impl Fn(&Changed<'_>, Told) -> Option<Told>,
        collector: &mut Collector<'_>,
    ) {
        let facts = changed(
            table.facts,
            |fact| Known::Said((fact.of)(old)),
            |fact| Known::Said((fact.of)(new)),
            |_, old, new| self.is_same(old, new),
        );
        for changed in facts {
            let said = table.how(changed.key).and_then(|how| how.said(&changed));
            let Some((rule, words)) = said else { continue };
            if changed.key == "since" && follows(&changed, part) {
                continue;
            }
            let told = judge(&changed, Told { rule, rust: None });
            if let Some(told) = told {
                let words = words
                    .replace("{old}", &changed.old.shown(self.old))
                    .replace("{new}", &changed.new.shown(self.new))
                    .replace("[old]", &changed.old.bare(self.old))
                    .replace("[new]", &changed.new.bare(self.new));
                let draft = part.draft(told.rule, words).rust(told.rust);
                collector.add(draft.says(changed));
            }
        }
    }

    /// Whether two values are the same, whatever the items that they name are
    /// called.
    pub fn is_same(&self, old: &Value<'_>, new: &Value<'_>) -> bool {
        match (old, new) {
            (Value::Record(old), Value::Record(new)) => self.pairs.record(*old) == Some(*new),
            (Value::Type(old), Value::Type(new)) => self.is_same_type(old, new),
            (old, new) => old == new,
        }
    }

    fn is_same_type(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Record(old), Type::Record(new)) => self.pairs.record(*old) == Some(*new),
            (Type::Enum(old), Type::Enum(new)) => self.pairs.enumeration(*old) == Some(*new),
            (Type::List(old), Type::List(new)) => {
                old.least == new.least
                    && old.most == new.most
                    && old.nullable_items == new.nullable_items
                    && self.is_same_type(&old.item, &new.item)
            }
            (Type::Map(old), Type::Map(new)) => {
                old.nullable_values == new.nullable_values
                    && self.is_same_type(&old.value, &new.value)
            }
            (old, new) => old == new,
        }
    }
}

/// Whether a version is that of the whole on both sides: of one that only
/// follows, the whole tells.
fn follows(changed: &Changed<'_>, part: &Part<'_>) -> bool {
    let [old, new] = part.around;
    let is = |own: &Value<'_>, whole: Option<&Since>| *own == Value::since(whole);
    old.is_some() && is(&changed.old, old) && is(&changed.new, new)
}

/// Another name in the model.
pub(super) fn name_fact<'a>(old: &'a str, new: &'a str) -> Changed<'a> {
    Changed {
        key: "name",
        old: Value::word(old),
        new: Value::word(new),
    }
}

/// The names that are different: "`calls::Call` is now `calls::Phone`".
pub(super) fn renamed(names: &[(String, String)]) -> Option<String> {
    let changed = names.iter().filter(|(old, new)| old != new);
    let changed: Vec<String> = changed
        .map(|(old, new)| format!("`{old}` is now `{new}`"))
        .collect();
    (!changed.is_empty()).then(|| changed.join(", "))
}
