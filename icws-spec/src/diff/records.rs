//! Objects and messages.

use crate::api::{DeltaFacts, Record, RecordId};
use crate::codegen::path;

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
    pub directions: Directions,
    pub subject: String,
}

impl Pair<'_> {
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
        for (index, old) in self.old.records.iter().enumerate() {
            let old_id = RecordId(index);
            if old.omitted {
                continue;
            }
            let twin = self.pairs.record(old_id);
            let twin = twin.and_then(|id| Some((id, self.new.records.get(id.0)?)));
            let Some((new_id, new)) = twin else {
                collector.add(removed(old));
                continue;
            };
            let pair = Pair {
                old_id,
                new_id,
                old,
                new,
                directions: self.record_directions(old_id, new_id),
                subject: new.id(),
            };
            self.record(&pair, collector);
        }
        for (index, new) in self.new.records.iter().enumerate() {
            if !new.omitted && self.pairs.old_record(RecordId(index)).is_none() {
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
            let variant = self.old_names.message_variant(pair.old_id);
            let reason = variant.map(|variant| format!("`Message::{variant}` is gone"));
            collector.add(whole.draft(&rules::KIND_CHANGED, message).rust(reason));
        }
        if old.urn != new.urn {
            let sent = |record: &Record| record.is_typed() || !record.options.is_empty();
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
        let (old, new) = (pair.old, pair.new);
        let mut names = vec![(
            path(&old.namespace, &old.rust_name),
            path(&new.namespace, &new.rust_name),
        )];
        if !old.options.is_empty() && !new.options.is_empty() {
            names.push((
                path(&old.namespace, &old.any_rust_name),
                path(&new.namespace, &new.any_rust_name),
            ));
        }
        if let (Some(one), Some(other)) = (delta(old), delta(new)) {
            names.push((
                path(&old.namespace, &one.state_rust_name),
                path(&new.namespace, &other.state_rust_name),
            ));
        }
        if let (Some(one), Some(other)) = (
            self.old_names.message_variant(pair.old_id),
            self.new_rust.message_variant(pair.new_id),
        ) {
            names.push((format!("Message::{one}"), format!("Message::{other}")));
        }
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
        let say = |base: Option<RecordId>, records: &[Record]| {
            let base = base.and_then(|id| records.get(id.0));
            base.map_or("nothing".to_owned(), |base| format!("`{}`", base.id()))
        };
        let message = format!(
            "derived from {} and derives from {}",
            say(old.base, &self.old.records),
            say(new.base, &self.new.records)
        );
        collector.add(pair.whole().draft(&rules::BASE_CHANGED, message));
    }

    fn delta(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let name = |record: &Record, index: Option<usize>| {
            index.and_then(|index| Some(record.properties.get(index)?.name.clone()))
        };
        let facts = |record: &Record| {
            delta(record).map(|d| (name(record, Some(d.flag)), name(record, d.key)))
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
                pair.new.rust_name
            )
        });
        let draft = pair.whole().draft(&rules::DELTA_CHANGED, message);
        collector.add(draft.rust(reason));
    }

    /// What may stand where a base is asked for.
    fn options(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let old_options = or_itself(pair.old_id, old);
        let new_options = or_itself(pair.new_id, new);
        let any = &new.any_rust_name;
        for id in &old_options {
            let twin = self.pairs.record(*id);
            if twin.is_some_and(|twin| new_options.contains(&twin)) {
                continue;
            }
            let Some(option) = self.old.records.get(id.0) else {
                continue;
            };
            let message = format!("can no longer be a `{}`", option.id());
            collector.add(
                pair.whole()
                    .draft(&rules::OPTION_REMOVED, message)
                    .rust(format!("`{any}` has no variant `{}`", option.rust_name))
                    .since(option.since.as_ref()),
            );
        }
        for id in &new_options {
            let twin = self.pairs.old_record(*id);
            if twin.is_some_and(|twin| old_options.contains(&twin)) {
                continue;
            }
            let Some(option) = self.new.records.get(id.0) else {
                continue;
            };
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

    /// Variants whose names change though those of the options stay: two of one
    /// name meet, or no longer do.
    fn option_names(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let variants = self.new_rust.option_variants(pair.new);
        let any = &pair.new.any_rust_name;
        let mut names = Vec::new();
        for (id, old) in self.old_names.option_variants(pair.old) {
            let twin = self.pairs.record(id);
            let Some((new_id, new)) = variants.iter().find(|(other, _)| Some(*other) == twin)
            else {
                continue;
            };
            let own = |records: &[Record], id: RecordId| {
                records.get(id.0).map(|record| record.rust_name.clone())
            };
            if own(&self.old.records, id) == own(&self.new.records, *new_id) {
                names.push((format!("{any}::{old}"), format!("{any}::{new}")));
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

/// What may stand for a record: its options, or itself when nothing derives
/// from it. Messages are told apart by the enum over all of them.
fn or_itself(id: RecordId, record: &Record) -> Vec<RecordId> {
    if record.options.is_empty() {
        vec![id]
    } else {
        record.options.clone()
    }
}

pub(super) fn delta(record: &Record) -> Option<&DeltaFacts> {
    record.message.as_ref()?.delta.as_ref()
}

fn kind(record: &Record) -> &'static str {
    if record.message.is_some() {
        "a message"
    } else {
        "an object"
    }
}

fn removed(record: &Record) -> Draft<'_> {
    let (rule, message) = if record.message.is_some() {
        (&rules::MESSAGE_REMOVED, "the message is gone")
    } else {
        (&rules::OBJECT_REMOVED, "the object is gone")
    };
    let reason = format!("`{}` is gone", path(&record.namespace, &record.rust_name));
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
