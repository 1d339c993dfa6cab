//! How messages update what is known, and what tells items apart.

use crate::api::{Arena, DeltaFacts, DeltaRule, Property, Record, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::spelling::did_you_mean;
use crate::syntax::Node;

use super::scope::Scope;
use super::{delta_rules, identity};

/// Reads what a delta does to a property.
pub(super) fn rule(property: &Node) -> Option<DeltaRule> {
    let word = property.get("delta")?.as_str()?;
    let known = DeltaRule::WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, rule)| *rule)
}

/// Reads how the messages update caches; the flag is mostly one of the base.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for id in records.ids() {
        let record = &records[id];
        let node = scope.records[id].declared.node;
        if let Some(parts) = node.get("id") {
            identity::check(records, id, parts, scope, diagnostics);
        }
        let (Some(delta), true) = (node.get("delta"), record.message.is_some()) else {
            continue;
        };
        let facts = facts(delta, record, node, scope, diagnostics);
        delta_rules::message(records, record, scope, diagnostics);
        if let Some(message) = &mut records[id].message {
            message.delta = facts;
        }
    }
    delta_rules::others(records, scope, diagnostics);
    settle(records);
}

/// Takes out what cannot be told apart, or be kept in a collection.
pub(crate) fn settle(records: &mut Arena<Record>) {
    identity::settle(records);
    delta_rules::settle(records);
}

fn facts(
    delta: &Node,
    message: &Record,
    record: &Node,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DeltaFacts> {
    let file = message.place.file;
    let properties = &message.properties;
    let mut property = |key: &str, what: &str, fits: fn(&Property) -> bool| -> Option<usize> {
        let node = delta.get(key)?;
        let place = file.at(node.id);
        let name = node.as_str().unwrap_or_default();
        let Some(index) = properties.iter().position(|p| p.name == name) else {
            if !scope.is_reported(record, "properties", name) {
                let candidates = properties.iter().map(|p| p.name.as_str());
                let message = format!("the message has no property `{name}`");
                let mut diagnostic = Diagnostic::new(&rules::UNKNOWN_REFERENCE, place, message);
                diagnostic.help = did_you_mean(name, candidates);
                diagnostics.push(diagnostic);
            }
            return None;
        };
        let found = &properties[index];
        if fits(found) {
            return Some(index);
        }
        if !scope.is_broken(name) {
            let message = format!("`{name}` must be {what} to be the `{key}` of a delta");
            diagnostics.push(
                Diagnostic::new(&rules::DELTA_FLAG, place, message)
                    .related(found.place, "declared here"),
            );
        }
        None
    };
    let flag = property("flag", "a required boolean", |property| {
        property.ty == Type::Boolean && property.required
    });
    let key = property("key", "a string that is not null", |property| {
        property.ty == Type::String && !property.nullable
    });
    if key.is_none() && delta.get("key").is_some() {
        return None;
    }
    Some(DeltaFacts { flag: flag?, key })
}
