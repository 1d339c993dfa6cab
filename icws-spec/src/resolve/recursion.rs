//! Objects that hold themselves need an end.

use crate::api::{Arena, Holding, Record};
use crate::diagnostic::Diagnostic;
use crate::rules;

/// Reports objects that could never end.
pub(super) fn check(records: &Arena<Record>, diagnostics: &mut Vec<Diagnostic>) {
    let holding = Holding::certain(records);
    for (id, record) in records.entries() {
        if holding.is_endless(id) {
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
