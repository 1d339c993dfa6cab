//! What tells objects apart.

use crate::api::{Arena, DeltaRule, Property, Record, RecordId, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::spelling::did_you_mean;
use crate::syntax::Node;

use super::scope::Scope;

/// Reads what tells an object apart.
pub(super) fn read(record: &Node) -> Vec<Vec<String>> {
    let parts = record.get("id").map(Node::as_list).unwrap_or_default();
    let parts = parts.iter().filter_map(Node::as_str);
    let parts = parts.map(|path| path.split('.').map(str::to_owned).collect());
    parts.collect()
}

/// A step to a part that does not tell objects apart.
struct Misstep<'a> {
    /// The object that the step is taken in.
    within: RecordId,
    step: &'a str,
    /// The property, where there is one.
    property: Option<&'a Property>,
    is_last: bool,
}

/// Further into an object nobody looks for what tells it apart; each step is code in
/// that of the one before.
const MOST_STEPS: usize = 32;

/// The first step of a path that does not lead to what tells objects apart.
fn misstep<'a>(
    records: &'a Arena<Record>,
    mut within: RecordId,
    path: &'a [String],
) -> Option<Misstep<'a>> {
    for (index, step) in path.iter().enumerate() {
        let mut properties = records[within].properties.iter();
        let property = properties.find(|property| property.name == *step);
        let is_last = index + 1 == path.len();
        // What a delta merges comes as parts, of which each may be absent.
        let whole = property.filter(|property| !is_part(property));
        let next = whole.and_then(|property| object(records, &property.ty));
        let fits = match property {
            _ if path.len() > MOST_STEPS => false,
            Some(property) if is_last => next.is_some() || tells_apart(&property.ty),
            _ => next.is_some(),
        };
        match next {
            Some(id) if fits => within = id,
            _ if fits => return None,
            _ => {
                return Some(Misstep {
                    within,
                    step,
                    property,
                    is_last,
                });
            }
        }
    }
    None
}

/// Whether only what changed of a value may be there.
fn is_part(property: &Property) -> bool {
    property.delta == Some(DeltaRule::Merge)
}

/// The object that a value is. What derives from it may come in its place.
fn object(records: &Arena<Record>, ty: &Type) -> Option<RecordId> {
    match ty {
        Type::Record(id) => records[*id].options.is_empty().then_some(*id),
        _ => None,
    }
}

/// Whether equal values are written in one way, and may be shown: numbers with
/// fractions and points in time are written in many, and keys are shown wherever
/// changes are told.
fn tells_apart(ty: &Type) -> bool {
    match ty {
        Type::Boolean | Type::Int | Type::Long | Type::Integer | Type::Enum(_) => true,
        Type::Secret => false,
        text => text.is_text(),
    }
}

/// Checks that what tells an object apart is there, and can do so.
pub(super) fn check(
    records: &Arena<Record>,
    id: RecordId,
    parts: &Node,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let record = &records[id];
    for (path, part) in record.identity.iter().zip(parts.as_list()) {
        let Some(misstep) = misstep(records, id, path) else {
            continue;
        };
        let (within, step) = (&records[misstep.within].name, misstep.step);
        let declared = scope.records[misstep.within].declared.node;
        if misstep.property.is_none() && scope.is_reported(declared, "properties", step) {
            continue;
        }
        let message = match misstep.property.map(|property| &property.ty) {
            _ if path.len() > MOST_STEPS => "this leads through too many objects".to_owned(),
            None => format!("`{within}` has no `{step}` to tell it apart by"),
            Some(Type::Record(_)) if misstep.property.is_some_and(is_part) => {
                format!("`{step}` of `{within}` comes in parts, which its delta merges")
            }
            Some(Type::List(_) | Type::Map(_)) if misstep.is_last => {
                format!("`{step}` of `{within}` has many values, not one")
            }
            Some(Type::Secret) if misstep.is_last => {
                format!("`{step}` of `{within}` is secret, and what tells objects apart is shown")
            }
            Some(ty) if misstep.is_last && !matches!(ty, Type::Record(_)) => {
                format!("equal values of `{step}` of `{within}` may be written in several ways")
            }
            Some(_) => format!("`{step}` of `{within}` is no object of one type"),
        };
        let place = record.place.file.at(part.id);
        let mut diagnostic = Diagnostic::new(&rules::UNKNOWN_ID, place, message);
        let properties = records[misstep.within].properties.iter();
        let candidates = properties.map(|property| property.name.as_str());
        match misstep.property {
            None => diagnostic.help = did_you_mean(step, candidates),
            Some(_) if misstep.is_last => {
                diagnostic = diagnostic.help(
                    "texts, whole numbers, enumerations, `boolean` and objects of one type tell objects apart",
                );
            }
            Some(_) => {}
        }
        diagnostics.push(diagnostic);
    }
}

/// Takes from objects what does not tell them apart.
pub(super) fn settle(records: &mut Arena<Record>) {
    for id in records.ids() {
        let mut paths = records[id].identity.iter();
        if paths.any(|path| misstep(records, id, path).is_some()) {
            records[id].identity.clear();
        }
    }
}
