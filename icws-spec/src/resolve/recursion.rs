//! Objects that hold themselves need an end.

use crate::api::{Arena, Circles, Record, held};
use crate::diagnostic::Diagnostic;
use crate::rules;

/// Reports objects that could never end.
pub(super) fn check(records: &Arena<Record>, diagnostics: &mut Vec<Diagnostic>) {
    let circles = Circles::of(records, |record| held(records, record, true));
    for (id, record) in records.entries() {
        if circles.is_in_one(id) {
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
