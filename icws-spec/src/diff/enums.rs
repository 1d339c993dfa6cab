//! Enumerations and their values.

use crate::api::{EnumValue, Enumeration};
use crate::delta::Changed;
use crate::plan::{Enum, Form};
use crate::texts::code;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part, Told, name_fact, renamed};
use super::judge;
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
        self.old_planned.form != self.new_planned.form
    }

    /// The path of a value in Rust, from the type of the new model.
    fn rust(&self, side: &Enum<'_>, value: &EnumValue) -> String {
        let rust = &self.new_planned.path.name;
        let mut values = side.values.iter();
        let found = values.find(|other| other.value.number == value.number);
        let name = found.map_or("", |found| found.name.as_str());
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
            self.enumeration(&pair, collector);
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

impl Comparison<'_> {
    fn enumeration(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let whole = Part {
            directions: pair.directions,
            since: old.since.as_ref(),
            ..Part::whole(&pair.subject, old.place, new.place)
        };
        let names = [(
            pair.old_planned.path.to_string(),
            pair.new_planned.path.to_string(),
        )];
        name_changed(&whole, (&old.id(), &new.id()), &names, collector);
        self.values(pair, &whole, collector);
        let reason = |_: &Changed<'_>, told: Told| {
            let reason = match pair.new_planned.form {
                Form::Flags => "the enum becomes a struct with constants",
                Form::Variants => "the struct with constants becomes an enum",
            };
            Some(Told {
                rust: Some(reason.to_owned()),
                ..told
            })
        };
        self.facts_with(&judge::ENUM, &whole, (old, new), reason, collector);
    }

    /// Values are the same by their names; what is left, by its number.
    fn values(&self, pair: &Pair<'_>, whole: &Part<'_>, collector: &mut Collector<'_>) {
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
                Some(other) => self.same_value(pair, whole, (value, other), collector),
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
        &self,
        pair: &Pair<'_>,
        whole: &Part<'_>,
        (old, new): (&EnumValue, &EnumValue),
        collector: &mut Collector<'_>,
    ) {
        let around = [pair.old.since.as_ref(), pair.new.since.as_ref()];
        let places = (old.place, new.place);
        let part = whole.inner(named(new), places, old.since.as_ref(), around);
        let reason = renamed(&[(
            pair.rust(pair.old_planned, old),
            pair.rust(pair.new_planned, new),
        )]);
        if old.name != new.name {
            let message = format!("was called {}", code(&old.name));
            let draft = part.draft(&rules::ENUM_VALUE_RENAMED, message).rust(reason);
            collector.add(draft.says(name_fact(&old.name, &new.name)));
        } else if let (Some(reason), false) = (reason, pair.becomes_flags()) {
            // Flags are constants and called so; that is told already.
            let message = "has another name in Rust";
            collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
        }
        self.facts(&judge::ENUM_VALUE, &part, (old, new), collector);
    }
}

fn named(value: &EnumValue) -> String {
    format!("value {}", code(&value.name))
}
