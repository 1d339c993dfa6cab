//! Objects that hold themselves: Rust needs a box, and an end.

use std::collections::HashSet;

use crate::api::{Record, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;

/// Marks the properties whose type holds the object that they belong to, and
/// reports objects that could never end.
pub(super) fn resolve(records: &mut [Record], diagnostics: &mut Vec<Diagnostic>) {
    let holds: Vec<Vec<usize>> = records
        .iter()
        .map(|record| held(records, record, false))
        .collect();
    let must_hold: Vec<Vec<usize>> = records
        .iter()
        .map(|record| held(records, record, true))
        .collect();
    let mut boxed = Vec::new();
    for (index, record) in records.iter().enumerate() {
        if reaches(&must_hold, index).contains(&index) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::ENDLESS_OBJECT,
                    record.place,
                    format!(
                        "each `{}` would hold another one, without an end",
                        record.name
                    ),
                )
                .help("one of the properties on the way must be optional, nullable or a list"),
            );
        }
        for (number, property) in record.properties.iter().enumerate() {
            let Type::Record(id) = &property.ty else {
                continue;
            };
            let targets = targets(records, id.0);
            if targets
                .iter()
                .any(|target| *target == index || reaches(&holds, *target).contains(&index))
            {
                boxed.push((index, number));
            }
        }
    }
    for (record, property) in boxed {
        records[record].properties[property].boxed = true;
    }
}

/// What may stand where a record is asked for.
fn targets(records: &[Record], id: usize) -> Vec<usize> {
    let options = records
        .get(id)
        .map(|record| record.options.iter().map(|id| id.0).collect::<Vec<_>>());
    options
        .filter(|options| !options.is_empty())
        .unwrap_or_else(|| vec![id])
}

/// The records that a value of this one holds in itself: arrays and maps have
/// their items elsewhere. With `always`, only what no value can do without.
fn held(records: &[Record], record: &Record, always: bool) -> Vec<usize> {
    let properties = record
        .properties
        .iter()
        .filter(|p| !always || (p.required && !p.nullable));
    properties
        .filter_map(|property| match &property.ty {
            // Where there is a choice, one may end.
            Type::Record(id) if always && targets(records, id.0).len() > 1 => None,
            Type::Record(id) => Some(targets(records, id.0)),
            _ => None,
        })
        .flatten()
        .collect()
}

fn reaches(holds: &[Vec<usize>], from: usize) -> HashSet<usize> {
    let mut seen = HashSet::new();
    let mut open: Vec<usize> = holds.get(from).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(holds.get(next).into_iter().flatten());
        }
    }
    seen
}
