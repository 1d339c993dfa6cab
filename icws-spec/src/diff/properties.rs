//! The properties of a pair of records.

use crate::api::{DeltaRule, Property};
use crate::export::type_name;
use crate::plan::Struct;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Facts, Part, facts_changed, renamed};
use super::records::Pair;
use super::rules::{self, Rule};

impl Comparison<'_> {
    /// Compares the properties, those of the bases among them.
    pub fn properties(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let (old, new) = (pair.old, pair.new);
        for property in &old.properties {
            match new.properties.iter().find(|p| p.name == property.name) {
                Some(twin) => self.property(pair, property, twin, collector),
                None => collector.add(removed(pair, property)),
            }
        }
        for property in &new.properties {
            if !old.properties.iter().any(|p| p.name == property.name) {
                collector.add(self.added(pair, property));
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
        let part = Part {
            old: old.place,
            new: new.place,
            since: old.since.as_ref(),
            ..pair.whole().named(named(new))
        };
        // What a message with a delta has beyond one without is told once, for
        // the message.
        let in_delta = pair.new.delta().is_some();
        let (old_types, new_types) = (&self.old_plan.types, &self.new_plan.types);
        let old_type = old_types.field(old, in_delta);
        let new_type = new_types.field(new, in_delta);
        let reason = self.type_reason(&old_type, &new_type);
        let required = required_change(old, new);
        for (rule, message) in required.into_iter().chain(nullable_change(old, new)) {
            let reason = match &reason {
                Some(reason) => Some(reason.clone()),
                None => (rule.rust == rules::RustVerdict::Breaking)
                    .then(|| pair.constructor_takes("other arguments")),
            };
            collector.add(part.draft(rule, message).rust(reason));
        }
        if old.required != new.required || old.nullable != new.nullable {
            // The field's type is told above; what is left is the value's.
            let value = (old_types.value(&old.ty), new_types.value(&new.ty));
            self.type_changed(
                &part,
                (&old.ty, &new.ty),
                Some((&value.0, &value.1)),
                collector,
            );
        } else {
            let rust = Some((&old_type, &new_type));
            self.type_changed(&part, (&old.ty, &new.ty), rust, collector);
        }
        if old.conditional != new.conditional && !old.required && !new.required {
            let message = if new.conditional {
                "became conditionally required"
            } else {
                "is no longer conditionally required"
            };
            collector.add(part.draft(&rules::CONDITION_CHANGED, message));
        }
        if old.ignore_case != new.ignore_case {
            let message = if new.ignore_case {
                "is the same in any case"
            } else {
                "is no longer the same in any case"
            };
            collector.add(part.draft(&rules::CASE_RULE_CHANGED, message));
        }
        let (was, is) = (rule(old), rule(new));
        if was != is {
            let message = format!("was `{}` in a delta, and is `{}`", was.word(), is.word());
            // Items have one field of the state, not one for each property.
            let reason = (in_delta && (was.is_of_items() || is.is_of_items()))
                .then(|| format!("the state of `{}` has other fields", pair.new_name()));
            collector.add(part.draft(&rules::DELTA_CHANGED, message).rust(reason));
        }
        let names = [(
            pair.field(pair.old_planned, old),
            pair.field(pair.new_planned, new),
        )];
        if let Some(reason) = renamed(&names) {
            let message = "has another name in Rust";
            collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(reason));
        }
        facts_changed(
            &part,
            Facts::new(&old.doc, old.source.as_deref()).since(&old.since, &pair.old.since),
            Facts::new(&new.doc, new.source.as_deref()).since(&new.since, &pair.new.since),
            collector,
        );
    }
}

/// What a delta does to what is known of a property.
fn rule(property: &Property) -> DeltaRule {
    property.delta.unwrap_or(DeltaRule::Replace)
}

fn named(property: &Property) -> String {
    format!("property `{}`", property.name)
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

type Told = Option<(&'static Rule, &'static str)>;

fn required_change(old: &Property, new: &Property) -> Told {
    match (old.required, new.required) {
        (false, true) => Some((&rules::PROPERTY_BECAME_REQUIRED, "became required")),
        (true, false) if new.conditional => Some((
            &rules::PROPERTY_BECAME_OPTIONAL,
            "became conditionally required",
        )),
        (true, false) => Some((&rules::PROPERTY_BECAME_OPTIONAL, "became optional")),
        _ => None,
    }
}

fn nullable_change(old: &Property, new: &Property) -> Told {
    match (old.nullable, new.nullable) {
        (false, true) => Some((&rules::PROPERTY_BECAME_NULLABLE, "may be null")),
        (true, false) => Some((
            &rules::PROPERTY_NO_LONGER_NULLABLE,
            "is never null any more",
        )),
        _ => None,
    }
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
    let arguments = planned.arguments.iter();
    let fields = arguments.filter_map(|argument| planned.fields.get(argument.field));
    fields.map(|field| field.property.name.as_str()).collect()
}
