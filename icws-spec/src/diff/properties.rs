//! The properties of a pair of records.

use crate::api::{DeltaRule, Property};
use crate::delta::{Changed, Entry, entries};
use crate::facts::type_name;
use crate::plan::Struct;
use crate::texts::code;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part, Told, renamed};
use super::judge;
use super::records::Pair;
use super::rules::{self, Rule};

impl Comparison<'_> {
    /// Compares the properties, those of the bases among them.
    pub fn properties(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        let same = |one: &Property, other: &Property| one.name == other.name;
        for entry in entries(&old.properties, &new.properties, same) {
            match entry {
                Entry::Both(old, new) => self.property(pair, old, new, collector),
                Entry::Removed(old) => collector.add(removed(pair, old)),
                Entry::Added(new) => collector.add(self.added(pair, new)),
            }
        }
        reordered(pair, collector);
    }

    fn added<'d>(&self, pair: &'d Pair<'_>, property: &'d Property) -> Draft<'d> {
        let (rule, state): (&'static Rule, _) = if property.required {
            (&rules::REQUIRED_PROPERTY_ADDED, "required")
        } else if property.conditional {
            (&rules::CONDITIONAL_PROPERTY_ADDED, "conditionally required")
        } else {
            (&rules::PROPERTY_ADDED, "optional")
        };
        let message = format!("is new: `{}`, {state}", type_name(self.new, &property.ty));
        let part = Part {
            new: property.place,
            since: property.since.as_ref(),
            ..pair.whole().named(named(property))
        };
        let reason = property
            .required
            .then(|| pair.constructor_takes("one more argument"));
        part.draft(rule, message).rust(reason)
    }

    fn property(
        &self,
        pair: &Pair<'_>,
        old: &Property,
        new: &Property,
        collector: &mut Collector<'_>,
    ) {
        let around = [pair.old.since.as_ref(), pair.new.since.as_ref()];
        let places = (old.place, new.place);
        let part = pair
            .whole()
            .inner(named(new), places, old.since.as_ref(), around);
        // What a message with a delta has beyond one without is told once, for
        // the message.
        let in_delta = pair.new.delta().is_some();
        let (old_types, new_types) = (&self.old_plan.types, &self.new_plan.types);
        let old_type = old_types.field(old, in_delta);
        let new_type = new_types.field(new, in_delta);
        let reason = self.type_reason(&old_type, &new_type);
        let told = |changed: &Changed<'_>, told: Told| {
            let rust = match changed.key {
                "required" | "nullable" => reason.clone().or_else(|| {
                    let breaks = told.rule.rust == rules::RustVerdict::Breaking;
                    breaks.then(|| pair.constructor_takes("other arguments"))
                }),
                // Items have one field of the state, not one for each property.
                "delta" => {
                    let mut rules = [old.delta, new.delta].into_iter().flatten();
                    (in_delta && rules.any(DeltaRule::is_of_items))
                        .then(|| format!("the state of `{}` has other fields", pair.new_name()))
                }
                _ => None,
            };
            Some(Told { rust, ..told })
        };
        self.facts_with(&judge::PROPERTY, &part, (old, new), told, collector);
        // Where the field's type is told above, what is left is the value's.
        let value = (old_types.value(&old.ty), new_types.value(&new.ty));
        let rust = match old.required == new.required && old.nullable == new.nullable {
            true => (&old_type, &new_type),
            false => (&value.0, &value.1),
        };
        self.type_changed(&part, "type", (&old.ty, &new.ty), Some(rust), collector);
        let names = [(
            pair.field(pair.old_planned, old),
            pair.field(pair.new_planned, new),
        )];
        if let Some(reason) = renamed(&names) {
            let message = "has another name in Rust";
            collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
        }
    }
}

fn named(property: &Property) -> String {
    format!("property {}", code(&property.name))
}

fn removed<'d>(pair: &'d Pair<'_>, property: &'d Property) -> Draft<'d> {
    let (rule, gone): (&'static Rule, _) = if property.required {
        (
            &rules::REQUIRED_PROPERTY_REMOVED,
            "is gone, which was always there",
        )
    } else {
        (&rules::PROPERTY_REMOVED, "is gone")
    };
    let name = pair.old_planned.field(&property.name);
    let name = name.map_or("", |field| field.name.as_str());
    let reason = format!("`{}` has no field `{name}`", pair.new_name());
    let part = Part {
        old: property.place,
        since: property.since.as_ref(),
        ..pair.whole().named(named(property))
    };
    part.draft(rule, gone).rust(reason)
}

/// The constructor takes the required properties in the order of the model.
fn reordered(pair: &Pair<'_>, collector: &mut Collector<'_>) {
    let (old, new) = (arguments(pair.old_planned), arguments(pair.new_planned));
    let shared = |own: &[&str], others: &[&str]| -> Vec<String> {
        let shared = own.iter().filter(|name| others.contains(*name));
        shared.map(|name| (*name).to_owned()).collect()
    };
    let (old, new) = (shared(&old, &new), shared(&new, &old));
    if old == new {
        return;
    }
    let message = format!(
        "its required properties stood as {} and stand as {}",
        old.join(", "),
        new.join(", ")
    );
    let reason = pair.constructor_takes("its arguments in another order");
    collector.add(
        pair.whole()
            .draft(&rules::PROPERTIES_REORDERED, message)
            .rust(reason),
    );
}

/// The properties that the constructor takes, by their names on the wire.
fn arguments<'a>(planned: &Struct<'a>) -> Vec<&'a str> {
    let arguments = planned.arguments();
    arguments
        .map(|(field, _)| field.property.name.as_str())
        .collect()
}
