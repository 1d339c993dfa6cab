//! Enumerations and their values.

use crate::api::{EnumValue, Enumeration};
use crate::plan::Enum;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Facts, Part, facts_changed, renamed};
use super::records::name_changed;
use super::rules;
use super::uses::Directions;

/// An enumeration that both models have.
struct Pair<'a> {
    old: &'a Enumeration,
    new: &'a Enumeration,
    old_planned: &'a Enum<'a>,
    new_planned: &'a Enum<'a>,
    directions: Directions,
    subject: String,
}

impl Pair<'_> {
    /// Whether it becomes flags, or no longer is.
    fn becomes_flags(&self) -> bool {
        self.old.flags != self.new.flags
    }

    /// The path of a value in Rust, from the type of the new model.
    fn rust(&self, side: &Enum<'_>, value: &EnumValue) -> String {
        let rust = &self.new_planned.path.name;
        let mut values = side.values.iter();
        let found = values.find(|(_, other)| other.number == value.number);
        let name = found.map_or("", |(name, _)| name.as_str());
        format!("{rust}::{name}")
    }
}

impl Comparison<'_> {
    /// Compares all enumerations.
    pub fn enums(&self, collector: &mut Collector<'_>) {
        for (id, old_planned) in self.old_plan.enums.entries() {
            let old = old_planned.enumeration;
            let Some(new_id) = self.pairs.enumeration(id) else {
                let reason = format!("`{}` is gone", old_planned.path);
                collector.add(
                    Draft::new(&rules::ENUM_REMOVED, old.id(), "the enumeration is gone")
                        .at(old.place, None)
                        .rust(reason)
                        .since(old.since.as_ref()),
                );
                continue;
            };
            let new_planned = &self.new_plan.enums[new_id];
            let new = new_planned.enumeration;
            let pair = Pair {
                old,
                new,
                old_planned,
                new_planned,
                directions: self.enum_directions(id, new_id),
                subject: new.id(),
            };
            enumeration(&pair, collector);
        }
        for (id, new) in self.new.enums.entries() {
            if self.pairs.old_enumeration(id).is_none() {
                collector.add(
                    Draft::new(&rules::ENUM_ADDED, new.id(), "the enumeration is new")
                        .at(None, new.place)
                        .since(new.since.as_ref()),
                );
            }
        }
    }
}

fn enumeration(pair: &Pair<'_>, collector: &mut Collector<'_>) {
    let (old, new) = (pair.old, pair.new);
    let whole = Part {
        subject: &pair.subject,
        what: String::new(),
        old: old.place,
        new: new.place,
        directions: pair.directions,
        since: old.since.as_ref(),
    };
    let names = [(
        pair.old_planned.path.to_string(),
        pair.new_planned.path.to_string(),
    )];
    name_changed(&whole, (&old.id(), &new.id()), &names, collector);
    if pair.becomes_flags() {
        let (message, reason) = if new.flags {
            ("became flags", "the enum becomes a struct with constants")
        } else {
            (
                "no longer are flags",
                "the struct with constants becomes an enum",
            )
        };
        let draft = whole.draft(&rules::FLAGS_CHANGED, message);
        collector.add(draft.rust(reason.to_owned()));
    }
    values(pair, &whole, collector);
    facts_changed(
        &whole,
        Facts::new(&old.doc, old.source.as_deref()).since(&old.since, &None),
        Facts::new(&new.doc, new.source.as_deref()).since(&new.since, &None),
        collector,
    );
}

/// Values are the same by their names; what is left, by its number.
fn values(pair: &Pair<'_>, whole: &Part<'_>, collector: &mut Collector<'_>) {
    let (old, new) = (&pair.old.values, &pair.new.values);
    let without = |value: &EnumValue, others: &[EnumValue]| {
        !others.iter().any(|other| other.name == value.name)
    };
    let twin = |value: &EnumValue, own: &[EnumValue], others: &'_ [EnumValue]| {
        let by_name = others.iter().position(|other| other.name == value.name);
        by_name.or_else(|| {
            others
                .iter()
                .position(|other| other.number == value.number && without(other, own))
        })
    };
    for value in old {
        match twin(value, old, new).and_then(|index| new.get(index)) {
            Some(other) => same_value(pair, whole, (value, other), collector),
            None => {
                let part = Part {
                    old: value.place,
                    since: value.since.as_ref(),
                    ..whole.named(named(value))
                };
                let reason = format!("`{}` is gone", pair.rust(pair.old_planned, value));
                let draft = part.draft(&rules::ENUM_VALUE_REMOVED, "is gone");
                collector.add(draft.rust(reason));
            }
        }
    }
    for value in new {
        if twin(value, new, old).is_none() {
            let part = Part {
                new: value.place,
                since: value.since.as_ref(),
                ..whole.named(named(value))
            };
            let message = format!("is new: {}", value.number);
            collector.add(part.draft(&rules::ENUM_VALUE_ADDED, message));
        }
    }
}

fn same_value(
    pair: &Pair<'_>,
    whole: &Part<'_>,
    (old, new): (&EnumValue, &EnumValue),
    collector: &mut Collector<'_>,
) {
    let part = Part {
        old: old.place,
        new: new.place,
        since: old.since.as_ref(),
        ..whole.named(named(new))
    };
    if old.number != new.number {
        let message = format!("was {} and is {}", old.number, new.number);
        collector.add(part.draft(&rules::ENUM_VALUE_RENUMBERED, message));
    }
    let reason = renamed(&[(
        pair.rust(pair.old_planned, old),
        pair.rust(pair.new_planned, new),
    )]);
    if old.name != new.name {
        let message = format!("was called `{}`", old.name);
        collector.add(part.draft(&rules::ENUM_VALUE_RENAMED, message).rust(reason));
    } else if let (Some(reason), false) = (reason, pair.becomes_flags()) {
        // Flags are constants and called so; that is told already.
        let message = "has another name in Rust";
        collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
    }
    facts_changed(
        &part,
        Facts::new(&old.doc, None).since(&old.since, &pair.old.since),
        Facts::new(&new.doc, None).since(&new.since, &pair.new.since),
        collector,
    );
}

fn named(value: &EnumValue) -> String {
    format!("value `{}`", value.name)
}
