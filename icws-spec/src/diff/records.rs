//! Objects and messages.

use crate::api::{Api, Property, Record, RecordId};
use crate::export::paths;
use crate::plan::{Item, Struct, ours};

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Facts, Part, facts_changed, renamed};
use super::rules;
use super::uses::Directions;

/// A record that both models have.
pub(super) struct Pair<'a> {
    pub old_id: RecordId,
    pub new_id: RecordId,
    pub old: &'a Record,
    pub new: &'a Record,
    pub old_planned: &'a Struct<'a>,
    pub new_planned: &'a Struct<'a>,
    pub directions: Directions,
    pub subject: String,
}

impl Pair<'_> {
    /// The struct by its new name.
    pub fn new_name(&self) -> &str {
        self.new_planned.path.name.as_str()
    }

    /// What no longer compiles because the constructor takes something else.
    pub fn constructor_takes(&self, what: &str) -> String {
        format!("`{}::{}` takes {what}", self.new_name(), ours::NEW)
    }

    /// The field of a property on one side, by the new name of the struct.
    pub fn field(&self, side: &Struct<'_>, property: &Property) -> String {
        let field = side.field(&property.name);
        let name = field.map_or("", |field| field.name.as_str());
        format!("{}.{name}", self.new_name())
    }

    /// The record itself, as a part of a message.
    pub fn whole(&self) -> Part<'_> {
        Part {
            subject: &self.subject,
            what: String::new(),
            old: self.old.place,
            new: self.new.place,
            directions: self.directions,
            since: self.old.since.as_ref(),
        }
    }
}

impl Comparison<'_> {
    /// Compares all objects and messages.
    pub fn records(&self, collector: &mut Collector<'_>) {
        for (old_id, old_planned) in self.old_plan.structs.entries() {
            let Some(new_id) = self.pairs.record(old_id) else {
                collector.add(removed(old_planned));
                continue;
            };
            let new_planned = &self.new_plan.structs[new_id];
            let pair = Pair {
                old_id,
                new_id,
                old: old_planned.record,
                new: new_planned.record,
                old_planned,
                new_planned,
                directions: self.record_directions(old_id, new_id),
                subject: new_planned.record.id(),
            };
            self.record(&pair, collector);
        }
        for (id, new) in self.new.records.entries() {
            if self.pairs.old_record(id).is_none() {
                collector.add(added(new));
            }
        }
    }

    fn record(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let whole = pair.whole();
        self.record_names(pair, collector);
        if old.message.is_some() != new.message.is_some() {
            let message = format!("was {} and is {}", kind(old), kind(new));
            let variant = self.old_plan.message.variant_path(pair.old_id);
            let reason = variant.map(|variant| format!("`{variant}` is gone"));
            collector.add(whole.draft(&rules::KIND_CHANGED, message).rust(reason));
        }
        if old.urn != new.urn {
            let sent = |record: &Record| record.is_typed || !record.options.is_empty();
            let rule = if sent(old) || sent(new) {
                &rules::URN_CHANGED
            } else {
                &rules::UNSENT_URN_CHANGED
            };
            let say = |urn: &Option<String>| urn.clone().unwrap_or_else(|| "nothing".to_owned());
            let message = format!(
                "had the `__type` `{}` and has `{}`",
                say(&old.urn),
                say(&new.urn)
            );
            collector.add(whole.draft(rule, message));
        }
        self.base(pair, collector);
        self.delta(pair, collector);
        self.options(pair, collector);
        self.properties(pair, collector);
        facts_changed(
            &whole,
            Facts::new(&old.doc, old.source.as_deref()).since(&old.since, &None),
            Facts::new(&new.doc, new.source.as_deref()).since(&new.since, &None),
            collector,
        );
        if old.examples != new.examples {
            collector.add(whole.draft(&rules::EXAMPLES_CHANGED, "has other examples"));
        }
    }

    /// The names in Rust, and the name in the model.
    fn record_names(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old_planned, pair.new_planned);
        let mut names = vec![(old.path.to_string(), new.path.to_string())];
        if let (Some(one), Some(other)) = (
            self.old_plan.unions.get(&pair.old_id),
            self.new_plan.unions.get(&pair.new_id),
        ) {
            names.push((one.path.to_string(), other.path.to_string()));
        }
        if let (Some(one), Some(other)) = (old.state_path(), new.state_path()) {
            names.push((one.to_string(), other.to_string()));
        }
        if let (Some(one), Some(other)) = (
            self.old_plan.message.variant_path(pair.old_id),
            self.new_plan.message.variant_path(pair.new_id),
        ) {
            names.push((one, other));
        }
        let (old, new) = (pair.old, pair.new);
        name_changed(&pair.whole(), (&old.id(), &new.id()), &names, collector);
    }

    fn base(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let same = match (old.base, new.base) {
            (None, None) => true,
            (Some(one), Some(other)) => self.pairs.record(one) == Some(other),
            _ => false,
        };
        if same {
            return;
        }
        let say = |base: Option<RecordId>, api: &Api| {
            base.map_or("nothing".to_owned(), |id| format!("`{}`", api[id].id()))
        };
        let message = format!(
            "derived from {} and derives from {}",
            say(old.base, self.old),
            say(new.base, self.new)
        );
        collector.add(pair.whole().draft(&rules::BASE_CHANGED, message));
    }

    fn delta(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (was, is) = (paths(&pair.old.identity), paths(&pair.new.identity));
        if was != is {
            let say = |paths: Vec<String>| match paths.is_empty() {
                true => "nothing".to_owned(),
                false => format!("`{}`", paths.join("`, `")),
            };
            let message = format!("was told apart by {}, and is by {}", say(was), say(is));
            collector.add(pair.whole().draft(&rules::DELTA_CHANGED, message));
        }
        let first = |record: &Record| record.delta().is_some_and(|delta| delta.first_is_full);
        if first(pair.old) != first(pair.new) {
            let message = match first(pair.new) {
                true => "the first message is now in full, whatever its flag says",
                false => "the flag now says of the first message, too, whether it is in full",
            };
            collector.add(pair.whole().draft(&rules::DELTA_CHANGED, message));
        }
        let name = |record: &Record, index: Option<usize>| {
            index.and_then(|index| Some(record.properties.get(index)?.name.clone()))
        };
        let facts = |record: &Record| {
            record
                .delta()
                .map(|d| (name(record, Some(d.flag)), name(record, d.key)))
        };
        let (old, new) = (facts(pair.old), facts(pair.new));
        if old == new {
            return;
        }
        let say = |facts: &Option<(Option<String>, Option<String>)>| match facts {
            None => "had no delta".to_owned(),
            Some((flag, key)) => format!(
                "had the flag `{}` and the key `{}`",
                flag.as_deref().unwrap_or("none"),
                key.as_deref().unwrap_or("none")
            ),
        };
        let message = format!("{}; now it {}", say(&old), say(&new).replace("had", "has"));
        let flag = |facts: &Option<(Option<String>, Option<String>)>| {
            facts.as_ref().and_then(|(flag, _)| flag.clone())
        };
        let reason = (old.is_some() != new.is_some() || flag(&old) != flag(&new)).then(|| {
            format!(
                "`{}` and the state merged from it have other fields",
                pair.new_name()
            )
        });
        let draft = pair.whole().draft(&rules::DELTA_CHANGED, message);
        collector.add(draft.rust(reason));
    }

    /// What may stand where a base is asked for.
    fn options(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let old_options = self.old.records.standing_for(pair.old_id);
        let new_options = self.new.records.standing_for(pair.new_id);
        let any = &self.new_plan.types.path(Item::Any(pair.new_id)).name;
        for id in &old_options {
            let twin = self.pairs.record(*id);
            if twin.is_some_and(|twin| new_options.contains(&twin)) {
                continue;
            }
            let planned = &self.old_plan.structs[*id];
            let option = planned.record;
            let message = format!("can no longer be a `{}`", option.id());
            // Without a union the record stood for itself.
            let union = self.old_plan.unions.get(&pair.old_id);
            let variant = union.and_then(|union| union.variant(*id));
            let variant = variant.unwrap_or(&planned.path.name);
            collector.add(
                pair.whole()
                    .draft(&rules::OPTION_REMOVED, message)
                    .rust(format!("`{any}` has no variant `{variant}`"))
                    .since(option.since.as_ref()),
            );
        }
        for id in &new_options {
            let twin = self.pairs.old_record(*id);
            if twin.is_some_and(|twin| old_options.contains(&twin)) {
                continue;
            }
            let option = &self.new[*id];
            let message = format!("can be a `{}`", option.id());
            collector.add(
                pair.whole()
                    .draft(&rules::OPTION_ADDED, message)
                    .since(option.since.as_ref()),
            );
        }
        if old.is_abstract != new.is_abstract && old.options.is_empty() && new.options.is_empty() {
            let message = if new.is_abstract {
                "became abstract"
            } else {
                "became concrete"
            };
            collector.add(pair.whole().draft(&rules::ABSTRACT_CHANGED, message));
        }
        self.option_names(pair, collector);
    }

    /// Reports variants that have another name although their options have the
    /// same: an option outside the namespace of its base has its own namespace in
    /// front, so that a move of either changes the variant.
    fn option_names(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (Some(old), Some(new)) = (
            self.old_plan.unions.get(&pair.old_id),
            self.new_plan.unions.get(&pair.new_id),
        ) else {
            return;
        };
        let any = &new.path.name;
        let mut names = Vec::new();
        for one in &old.choices {
            let twin = self.pairs.record(one.record);
            let mut others = new.choices.iter();
            let Some(other) = others.find(|other| Some(other.record) == twin) else {
                continue;
            };
            let before = &self.old_plan.structs[one.record].path.name;
            if *before == self.new_plan.structs[other.record].path.name {
                names.push((
                    format!("{any}::{}", one.variant),
                    format!("{any}::{}", other.variant),
                ));
            }
        }
        if let Some(reason) = renamed(&names) {
            let message = "has options with other names in Rust";
            collector.add(
                pair.whole()
                    .draft(&rules::RUST_NAME_CHANGED, message)
                    .rust(reason),
            );
        }
    }
}

/// Reports other names: in the model, or in Rust alone.
pub(super) fn name_changed(
    part: &Part<'_>,
    (old, new): (&str, &str),
    names: &[(String, String)],
    collector: &mut Collector<'_>,
) {
    let reason = renamed(names);
    if old != new {
        let message = format!("was called `{old}`");
        collector.add(part.draft(&rules::RENAMED, message).rust(reason));
    } else if let Some(reason) = reason {
        let message = "has another name in Rust";
        collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
    }
}

fn kind(record: &Record) -> &'static str {
    if record.message.is_some() {
        "a message"
    } else {
        "an object"
    }
}

fn removed<'a>(planned: &Struct<'a>) -> Draft<'a> {
    let record = planned.record;
    let (rule, message) = if record.message.is_some() {
        (&rules::MESSAGE_REMOVED, "the message is gone")
    } else {
        (&rules::OBJECT_REMOVED, "the object is gone")
    };
    let reason = format!("`{}` is gone", planned.path);
    Draft::new(rule, record.id(), message)
        .at(record.place, None)
        .travels(Directions::REPLY)
        .rust(reason)
        .since(record.since.as_ref())
}

fn added(record: &Record) -> Draft<'_> {
    let (rule, message) = if record.message.is_some() {
        (&rules::MESSAGE_ADDED, "the message is new")
    } else {
        (&rules::OBJECT_ADDED, "the object is new")
    };
    Draft::new(rule, record.id(), message)
        .at(None, record.place)
        .travels(Directions::REPLY)
        .since(record.since.as_ref())
}
