//! Objects that hold themselves need an end.

use crate::api::{Arena, Record, Type};
use crate::circles::Circles;
use crate::diagnostic::Diagnostic;
use crate::rules;

/// Reports objects that could never end.
pub(super) fn check(records: &Arena<Record>, diagnostics: &mut Vec<Diagnostic>) {
    let circles = Circles::find(&held(records));
    for (id, record) in records.entries() {
        if circles.is_closed(id.index()) {
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
}

/// What each record holds whatever its value is. Behind the records are the choices
/// among their options.
fn held(records: &Arena<Record>) -> Vec<Vec<usize>> {
    let properties = records.iter().map(|record| {
        let held = record.properties.iter();
        let held = held.filter(|property| property.required && !property.nullable);
        let held = held.filter_map(|property| match property.ty {
            Type::Record(id) => match records[id].options.len() {
                0 => Some(id.index()),
                1 => Some(records.len() + id.index()),
                // Where there is a choice, one may end.
                _ => None,
            },
            _ => None,
        });
        held.collect()
    });
    let options = records.iter();
    let options = options.map(|record| record.options.iter().map(|id| id.index()).collect());
    properties.chain(options).collect()
}
