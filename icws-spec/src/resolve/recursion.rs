//! Objects that hold themselves: Rust needs a box, and an end.

use crate::api::{Record, RecordId, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;

use super::circles::Circles;

/// Marks the properties whose type holds the object that they belong to, and
/// reports objects that could never end.
pub(super) fn resolve(records: &mut [Record], diagnostics: &mut Vec<Diagnostic>) {
    let must_hold = Circles::find(&held(records, true));
    for (index, record) in records.iter().enumerate() {
        if must_hold.is_closed(index) {
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
    }
    let holds = Circles::find(&held(records, false));
    let nodes: Vec<usize> = (0..records.len()).map(|id| node(records, id)).collect();
    for (index, record) in records.iter_mut().enumerate() {
        for property in &mut record.properties {
            if let Type::Record(RecordId(id)) = property.ty {
                property.boxed = holds.are_joined(nodes[id], index);
            }
        }
    }
}

/// What each node of the graph of all records holds in itself: arrays and maps
/// have their items elsewhere. With `always`, only what no value can do without.
fn held(records: &[Record], always: bool) -> Vec<Vec<usize>> {
    let properties = records.iter().map(|record| {
        let certain = record
            .properties
            .iter()
            .filter(|p| !always || (p.required && !p.nullable));
        let held = certain.filter_map(|property| match property.ty {
            // Where there is a choice, one may end.
            Type::Record(id) if always && records[id.0].options.len() > 1 => None,
            Type::Record(id) => Some(node(records, id.0)),
            _ => None,
        });
        held.collect()
    });
    let options = records
        .iter()
        .map(|record| record.options.iter().map(|id| id.0).collect());
    properties.chain(options).collect()
}

/// The node of what may stand where a record is asked for: the record, or the
/// choice among its options. The choices come after the records.
fn node(records: &[Record], id: usize) -> usize {
    if records[id].options.is_empty() {
        id
    } else {
        records.len() + id
    }
}
