//! Messages that tell how a subscription stands.

use crate::api::{Arena, Enumeration, Record, RecordId, StandingFacts, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::syntax::Node;

use super::scope::{Declared, Scope};

/// Reads which messages tell how a subscription stands; those that derive from
/// one do, too.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    enums: &Arena<Enumeration>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own = records.ids().map(|id| {
        let declared = scope.records[id].declared;
        facts(declared, &records[id], enums, scope, diagnostics)
    });
    let own: Vec<Option<StandingFacts>> = own.collect();
    for id in records.ids() {
        let facts = nearest(id, records, &own);
        if let Some(message) = &mut records[id].message {
            message.standing = facts;
        }
    }
}

/// What a record or the nearest of its bases says. The properties of a base come
/// first, so that their positions are the same.
fn nearest(
    id: RecordId,
    records: &Arena<Record>,
    own: &[Option<StandingFacts>],
) -> Option<StandingFacts> {
    let mut next = Some(id);
    // Circles have had their finding; none is longer than there are records.
    for _ in 0..own.len() {
        let id = next?;
        if let Some(facts) = own.get(id.index()).and_then(Clone::clone) {
            return Some(facts);
        }
        next = records[id].base;
    }
    None
}

fn facts(
    declared: Declared<'_>,
    record: &Record,
    enums: &Arena<Enumeration>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<StandingFacts> {
    let place = |node: &Node| declared.file.at(node.id);
    let node = declared.node.get("standing")?;
    let state = node.get("state")?;
    let name = state.as_str()?;
    let mut properties = record.properties.iter();
    let property = properties.position(|p| p.name == name);
    let values = property.and_then(|index| match &record.properties.get(index)?.ty {
        Type::Enum(id) => Some(&enums[*id].values),
        _ => None,
    });
    let (Some(property), Some(values)) = (property, values) else {
        if property.is_none() && scope.is_reported(declared.node, "properties", name) {
            return None;
        }
        let message = format!("`{name}` is no property with an enumeration");
        diagnostics.push(Diagnostic::new(
            &rules::UNKNOWN_REFERENCE,
            place(state),
            message,
        ));
        return None;
    };
    let mut value = |key: &str| {
        let node = node.get(key)?;
        let name = node.as_str()?;
        let found = values.iter().find(|value| value.name == name);
        if found.is_none() {
            let message = format!("the enumeration has no value `{name}`");
            diagnostics.push(Diagnostic::new(
                &rules::UNKNOWN_REFERENCE,
                place(node),
                message,
            ));
        }
        found.map(|value| value.number)
    };
    Some(StandingFacts {
        property,
        suspended: value("suspended")?,
        faulted: value("faulted")?,
    })
}
