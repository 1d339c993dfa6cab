//! The parameters of a pair of operations.

use std::collections::HashSet;

use crate::api::{Location, Parameter, Segment, Supplier};
use crate::delta::Changed;
use crate::facts::type_name;
use crate::plan::{Name, PlannedOperation};
use crate::texts::code;

use super::collect::{Collector, Draft};
use super::compare::{Comparison, Part, Told, name_fact, renamed};
use super::judge;
use super::operations::Pair;
use super::pairs::{route, same_parameter};
use super::rules;

impl Comparison<'_> {
    /// Compares the parameters, those of the resources among them.
    pub fn parameters(&self, pair: &Pair<'_>, collector: &mut Collector<'_>) {
        let mut taken: HashSet<usize> = HashSet::new();
        let news = &pair.new.parameters;
        let mut twins = Vec::new();
        for old in &pair.old.parameters {
            let same = news.iter().position(|new| same_parameter(new, old));
            taken.extend(same);
            twins.push(same);
        }
        // What has no twin of its name may be a renamed part of the path, or
        // travel elsewhere.
        for (old, twin) in pair.old.parameters.iter().zip(&mut twins) {
            if twin.is_some() {
                continue;
            }
            let renamed = path_twin(old, pair.old_planned, pair.new_planned);
            // Names in paths and queries differ by case, those of headers do not.
            let moved = |new: &Parameter| {
                new.location != old.location && new.name.eq_ignore_ascii_case(&old.name)
            };
            let found = news.iter().enumerate().position(|(index, new)| {
                !taken.contains(&index)
                    && (renamed == Some(new.name.as_str()) && new.location == Location::Path
                        || renamed.is_none() && moved(new))
            });
            taken.extend(found);
            *twin = found;
        }
        for (old, twin) in pair.old.parameters.iter().zip(twins) {
            match twin.and_then(|index| news.get(index)) {
                Some(new) => self.parameter(pair, old, new, collector),
                None => collector.add(parameter_removed(pair, old)),
            }
        }
        for (index, new) in news.iter().enumerate() {
            if !taken.contains(&index) {
                collector.add(self.parameter_added(pair, new));
            }
        }
    }

    fn parameter_added<'d>(&self, pair: &'d Pair<'_>, new: &'d Parameter) -> Draft<'d> {
        let rule = if new.required {
            &rules::REQUIRED_PARAMETER_ADDED
        } else {
            &rules::OPTIONAL_PARAMETER_ADDED
        };
        let builder = needs(pair, new);
        let reason = match new.supplier {
            Supplier::Caller => new.required.then_some(builder),
            _ => pair.needs_session.clone(),
        };
        let message = format!(
            "is new: `{}`, {}",
            type_name(self.new, &new.ty),
            requirement(new)
        );
        let part = Part {
            new: new.place,
            since: new.since.as_ref(),
            ..pair.whole().named(named(new))
        };
        part.draft(rule, message).rust(reason)
    }

    fn parameter(
        &self,
        pair: &Pair<'_>,
        old: &Parameter,
        new: &Parameter,
        collector: &mut Collector<'_>,
    ) {
        let around = [pair.old.since.as_ref(), pair.new.since.as_ref()];
        let places = (old.place, new.place);
        let part = pair
            .whole()
            .inner(named(new), places, old.since.as_ref(), around);
        let given = old.supplier == Supplier::Caller && new.supplier == Supplier::Caller;
        let setter = |side: &PlannedOperation<'_>, parameter: &Parameter| {
            format!("{}.{}", pair.name(), name(side, parameter))
        };
        let names = (setter(pair.old_planned, old), setter(pair.new_planned, new));
        let names = renamed(&[names]).filter(|_| given);
        let in_path = old.location == Location::Path && new.location == Location::Path;
        if in_path && old.name != new.name {
            let message = format!("was called {}", code(&old.name));
            let draft = part
                .draft(&rules::PATH_PARAMETER_RENAMED, message)
                .rust(names);
            collector.add(draft.says(name_fact(&old.name, &new.name)));
        } else if names.is_some() {
            let message = "has another name in Rust";
            collector.add(part.draft(&rules::RUST_NAME_CHANGED, message).rust(names));
        }
        let fields = (
            self.old_plan.types.parameter(old),
            self.new_plan.types.parameter(new),
        );
        let told = |changed: &Changed<'_>, told: Told| {
            let rust = match changed.key {
                "required" if given && new.required => Some(needs(pair, new)),
                "required" if given => self.type_reason(&fields.0, &fields.1),
                "session" => origin_reason(pair, old, new),
                _ => None,
            };
            Some(Told { rust, ..told })
        };
        self.facts_with(&judge::PARAMETER, &part, (old, new), told, collector);
        let values = (
            self.old_plan.types.value(&old.ty),
            self.new_plan.types.value(&new.ty),
        );
        // What the field is for a parameter that became required or optional is
        // told above; what is left is the value's.
        let rust = if old.required == new.required {
            (&fields.0, &fields.1)
        } else {
            (&values.0, &values.1)
        };
        let rust = given.then_some(rust);
        self.type_changed(&part, "type", (&old.ty, &new.ty), rust, collector);
    }
}

fn named(parameter: &Parameter) -> String {
    format!("parameter {}", code(&parameter.name))
}

fn requirement(parameter: &Parameter) -> String {
    let word = if parameter.required {
        "required"
    } else {
        "optional"
    };
    format!("{word}, in the {}", parameter.location.word())
}

fn origin_reason(pair: &Pair<'_>, old: &Parameter, new: &Parameter) -> Option<String> {
    match (old.supplier, new.supplier) {
        (Supplier::Caller, _) => Some(lacks(pair, old)),
        (_, Supplier::Caller) if new.required => Some(needs(pair, new)),
        _ => None,
    }
}

/// The name of a parameter that the caller gives.
fn name<'p>(side: &'p PlannedOperation<'_>, parameter: &Parameter) -> &'p str {
    let mut parameters = side.operation.parameters.iter();
    let index = parameters.position(|other| same_parameter(other, parameter));
    let name = index.and_then(|index| side.parameter(index));
    name.map_or("", Name::as_str)
}

fn needs(pair: &Pair<'_>, new: &Parameter) -> String {
    pair.builder_needs(name(pair.new_planned, new))
}

fn lacks(pair: &Pair<'_>, old: &Parameter) -> String {
    pair.lacks_field(name(pair.old_planned, old))
}

/// The name of what stands in the new path where an old parameter stood, when
/// the rest of the path is the same.
fn path_twin<'a>(
    parameter: &Parameter,
    old: &PlannedOperation<'_>,
    new: &PlannedOperation<'a>,
) -> Option<&'a str> {
    if route(old.resource, old.operation) != route(new.resource, new.operation) {
        return None;
    }
    let index = old.resource.piece(parameter)?;
    match new.resource.segments.get(index) {
        Some(Segment::Parameter(name)) => Some(name),
        _ => None,
    }
}

fn parameter_removed<'d>(pair: &'d Pair<'_>, old: &'d Parameter) -> Draft<'d> {
    let rule = if old.required {
        &rules::REQUIRED_PARAMETER_REMOVED
    } else {
        &rules::OPTIONAL_PARAMETER_REMOVED
    };
    let reason = lacks(pair, old);
    let part = Part {
        old: old.place,
        since: old.since.as_ref(),
        ..pair.whole().named(named(old))
    };
    let reason = (old.supplier == Supplier::Caller).then_some(reason);
    part.draft(rule, "is gone").rust(reason)
}
