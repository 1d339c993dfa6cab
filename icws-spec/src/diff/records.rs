//! Objects and messages.

use crate::api::{Property, Record, RecordId};
use crate::delta::Changed;
use crate::plan::{Item, Struct, ours};

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part, Told, name_fact, renamed};
use super::judge;
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
            directions: self.directions,
            since: self.old.since.as_ref(),
            ..Part::whole(&self.subject, self.old.place, self.new.place)
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
        self.options(pair, collector);
        self.properties(pair, collector);
        let told = |changed: &Changed<'_>, told: Told| record_told(pair, changed, told);
        self.facts_with(&judge::RECORD, &whole, (old, new), told, collector);
        if old.examples != new.examples {
            collector.add(whole.draft(&rules::EXAMPLES_CHANGED, "has other examples"));
        }
    }

    /// The names in Rust, and the name in the model.
    fn record_names(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old_planned, pair.new_planned);
        let mut names = vec![(old.path.to_string(), new.path.to_string())];
        if let (Some(one), Some(other)) = (&old.any, &new.any) {
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

    /// What may stand where a base is asked for.
    fn options(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
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
            let union = pair.old_planned.any.as_ref();
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
        self.option_names(pair, collector);
    }

    /// Reports variants that have another name although their options have the
    /// same: an option outside the namespace of its base has its own namespace in
    /// front, so that a move of either changes the variant.
    fn option_names(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (Some(old), Some(new)) = (&pair.old_planned.any, &pair.new_planned.any) else {
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
        let draft = part.draft(&rules::RENAMED, message).rust(reason);
        collector.add(draft.says(name_fact(old, new)));
    } else if let Some(reason) = reason {
        let message = "has another name in Rust";
        collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
    }
}

/// What is known of a record beyond a fact of it that changed.
fn record_told(pair: &Pair<'_>, changed: &Changed<'_>, told: Told) -> Option<Told> {
    let records = [pair.old, pair.new];
    match changed.key {
        "urn" => {
            let sent = |record: &Record| record.is_typed || !record.options.is_empty();
            let rule = match records.into_iter().any(sent) {
                true => &rules::URN_CHANGED,
                false => &rules::UNSENT_URN_CHANGED,
            };
            Some(Told { rule, ..told })
        }
        // Where something derives from it, the options tell.
        "abstract" => {
            let mut options = records.into_iter().map(|record| &record.options);
            options.all(Vec::is_empty).then_some(told)
        }
        "delta" => {
            let flags = records.map(|record| record.properties.get(record.delta()?.flag));
            let [old, new] = flags.map(|flag| flag.map(|flag| &flag.name));
            let rust = (old != new).then(|| {
                format!(
                    "`{}` and the state merged from it have other fields",
                    pair.new_name()
                )
            });
            Some(Told { rust, ..told })
        }
        _ => Some(told),
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
