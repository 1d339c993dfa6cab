//! Objects and messages.

use std::collections::HashMap;

use crate::api::{Arena, MessageExample, MessageFacts, Property, Record, Since};
use crate::diagnostic::Diagnostic;
use crate::place::{FileId, Place};
use crate::rules;
use crate::syntax::Node;

use super::scope::{self, DeclaredRecord, Scope, entries, flag, optional_text, text};
use super::since;
use super::types::{self, At};
use super::{deltas, identity};

/// Resolves all declared records, in the order of their ids.
pub(super) fn resolve(scope: &Scope<'_>, diagnostics: &mut Vec<Diagnostic>) -> Arena<Record> {
    let mut urns: HashMap<String, Place> = HashMap::new();
    let declared = scope.records.iter();
    declared
        .map(|declared| {
            let record = record(declared, scope, diagnostics);
            check_urn(&record, declared.declared.node, &mut urns, diagnostics);
            record
        })
        .collect()
}

fn record(
    declared: &DeclaredRecord<'_>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Record {
    let node = declared.declared.node;
    let file = declared.declared.file;
    let name = declared.declared.key.text.clone();
    let since = since::resolve(node, file, declared.since.as_ref(), scope, diagnostics);
    let properties = properties(node, file, since.as_ref(), scope, diagnostics);
    let message = declared.is_message.then(|| MessageFacts {
        ends: flag(node, "ends"),
        ..MessageFacts::default()
    });
    Record {
        namespace: declared.namespace.to_owned(),
        name,
        rust_name: optional_text(node, "rust_name"),
        doc: text(node, "doc"),
        source: optional_text(node, "source"),
        urn: optional_text(node, "urn"),
        since,
        message,
        base: None,
        is_typed: declared.is_message,
        is_abstract: flag(node, "abstract"),
        options: Vec::new(),
        identity: identity::read(node),
        properties,
        examples: entries(node, "examples")
            .iter()
            .filter_map(|example| {
                Some(MessageExample {
                    name: example.key.text.clone(),
                    doc: text(&example.node, "doc"),
                    json: crate::json::to_json(example.node.get("value")?)?,
                })
            })
            .collect(),
        place: declared.declared.place(),
    }
}

/// The key by which an object on the wire says its type.
const TYPE: &str = "__type";

fn properties(
    record: &Node,
    file: FileId,
    parent: Option<&Since>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Property> {
    let mut properties = Vec::new();
    for entry in entries(record, "properties") {
        let node = &entry.node;
        let Some(type_node) = node.get("type") else {
            continue;
        };
        let place = file.at(type_node.id);
        let name = entry.key.text.clone();
        if name == TYPE {
            let place = file.at(entry.key.id);
            diagnostics.push(
                Diagnostic::new(
                    &rules::RESERVED_NAME,
                    place,
                    format!("`{TYPE}` says which type an object has; it is no property"),
                )
                .help("leave it out, and give the object its `urn: …`"),
            );
            continue;
        }
        let since = since::resolve(node, file, parent, scope, diagnostics);
        let at = At { scope, place };
        let text = type_node.as_str().unwrap_or_default();
        let Some(ty) = types::value_type(text, at, diagnostics) else {
            continue;
        };
        properties.push(Property {
            rust_name: optional_text(node, "rust_name"),
            name,
            ty,
            required: flag(node, "required"),
            conditional: scope::text(node, "required") == "conditionally",
            nullable: flag(node, "nullable"),
            ignore_case: flag(node, "ignore_case"),
            delta: deltas::rule(node),
            doc: scope::text(node, "doc"),
            source: optional_text(node, "source"),
            since,
            place: file.at(entry.key.id),
        });
    }
    properties
}

fn check_urn(
    record: &Record,
    node: &Node,
    urns: &mut HashMap<String, Place>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (Some(urn), Some(urn_node)) = (&record.urn, node.get("urn")) else {
        return;
    };
    let place = record.place.file.at(urn_node.id);
    if !urn.starts_with("urn:") || urn.chars().any(|c| c.is_whitespace() || c.is_control()) {
        diagnostics.push(
            Diagnostic::new(
                &rules::INVALID_VALUE,
                place,
                format!("`{urn}` is not a URN"),
            )
            .help("copy it from the page: `urn:inin.com:<namespace>:<name>`"),
        );
    }
    if let Some(first) = urns.get(urn) {
        diagnostics.push(
            Diagnostic::new(
                &rules::DUPLICATE_URN,
                place,
                format!("`{urn}` already belongs to another type"),
            )
            .help("a receiver picks the type by this name; it must be unique")
            .related(*first, "first used here"),
        );
        return;
    }
    urns.insert(urn.clone(), place);
}
