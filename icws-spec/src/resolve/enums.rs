//! Enumerations.

use std::collections::HashMap;

use crate::api::{Arena, EnumValue, Enumeration};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;
use crate::syntax::Value;

use super::scope::{DeclaredEnum, Scope, entries, flag, optional_text, text};
use super::since;

/// Resolves all declared enumerations, in the order of their ids.
pub(super) fn resolve(scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) -> Arena<Enumeration> {
    let enums = scope.enums.iter();
    enums
        .map(|declared| enumeration(declared, scope, diagnostics))
        .collect()
}

fn enumeration(
    declared: &DeclaredEnum<'_>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Enumeration {
    let node = declared.declared.node;
    let file = declared.declared.file;
    let name = declared.declared.key.text.clone();
    let since = since::resolve(node, file, declared.since.as_ref(), scope, diagnostics);
    let flags = flag(node, "flags");
    let mut numbers: HashMap<i64, Place> = HashMap::new();
    let mut values = Vec::new();
    for entry in entries(node, "values") {
        let place = file.at(entry.key.id);
        let number = entry.node.get("value").unwrap_or(&entry.node);
        let Value::Int(number) = number.value else {
            continue;
        };
        if let Some(first) = numbers.insert(number, place) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::DUPLICATE_ENUM_VALUE,
                    place,
                    format!("the number {number} has a name already"),
                )
                .related(first, "the first one"),
            );
            continue;
        }
        values.push(EnumValue {
            rust_name: optional_text(&entry.node, "rust_name"),
            name: entry.key.text.clone(),
            number,
            doc: text(&entry.node, "doc"),
            since: since::resolve(&entry.node, file, since.as_ref(), scope, diagnostics),
            place,
        });
    }
    Enumeration {
        namespace: declared.namespace.to_owned(),
        rust_name: optional_text(node, "rust_name"),
        name,
        doc: text(node, "doc"),
        source: optional_text(node, "source"),
        since,
        flags,
        values,
        place: declared.declared.place(),
    }
}
