//! Messages that tell how a subscription stands.

use crate::api::{Arena, Enumeration, Record, RecordId, StandingFacts, Type};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;
use crate::syntax::Node;

use super::scope::Scope;

/// Reads which messages tell how a subscription stands; those that derive from
/// one do, too.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    enums: &Arena<Enumeration, Enumeration>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own = records.ids().map(|id| {
        let declared = scope.records[id].declared;
        let node = declared.node.get("standing")?;
        let place = |node: &Node| Place {
            file: declared.file,
            node: node.id,
        };
        let reported = |name: &str| scope.is_reported(declared.node, "properties", name);
        facts(node, place, reported, &records[id], enums, diagnostics)
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
    node: &Node,
    place: impl Fn(&Node) -> Place,
    reported: impl Fn(&str) -> bool,
    record: &Record,
    enums: &Arena<Enumeration, Enumeration>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<StandingFacts> {
    let state = node.get("state")?;
    let name = state.as_str()?;
    let mut properties = record.properties.iter();
    let property = properties.position(|p| p.name == name);
    let values = property.and_then(|index| match &record.properties.get(index)?.ty {
        Type::Enum(id) => Some(&enums[*id].values),
        _ => None,
    });
    let (Some(property), Some(values)) = (property, values) else {
        if property.is_none() && reported(name) {
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
