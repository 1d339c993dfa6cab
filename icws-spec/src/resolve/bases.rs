//! Bases: what a derived object inherits, and what may stand for a base.

use crate::api::{Arena, Record, RecordId};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::source::Place;

use super::scope::Scope;
use super::types::{self, At};

/// Follows the bases of all records and checks that they end.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let bases: Vec<Option<RecordId>> = scope
        .records
        .iter()
        .map(|declared| {
            let node = declared.declared.node.get("base")?;
            let place = Place {
                file: declared.declared.file,
                node: node.id,
            };
            let at = At { scope, place };
            types::record(node.as_str().unwrap_or_default(), at, diagnostics)
        })
        .collect();
    for id in records.ids() {
        let record = &mut records[id];
        if chain(&bases, id).contains(&id) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::BASE_CYCLE,
                    record.place,
                    format!("`{}` derives from itself", record.name),
                )
                .help("follow the `base` of each and take one away"),
            );
            continue;
        }
        record.base = base(&bases, id);
        record.is_typed |= record.base.is_some();
        let travels = record.base.is_some() && !record.is_abstract && record.message.is_none();
        if travels && record.urn.is_none() && !scope.is_broken(&record.name) {
            diagnostics.push(
                Diagnostic::new(
                    &rules::MISSING_KEY,
                    record.place,
                    format!(
                        "`{}` derives from another and needs the key `urn`",
                        record.name
                    ),
                )
                .help("by its `__type` a receiver knows it from its base"),
            );
        }
    }
    inherit(records, &bases, diagnostics);
    for id in records.ids() {
        // Messages are told apart by the enum over all of them.
        if records[id].message.is_some() || records[id].is_abstract {
            continue;
        }
        records[id].options.push(id);
        for base in chain(&bases, id) {
            records[base].options.push(id);
        }
    }
    for id in records.ids() {
        // One that nothing derives from is only itself.
        if records[id].options == [id] {
            records[id].options.clear();
        }
    }
}

fn base(bases: &[Option<RecordId>], id: RecordId) -> Option<RecordId> {
    bases.get(id.index()).copied().flatten()
}

/// The bases of a record, nearest first; it ends where it would go round.
fn chain(bases: &[Option<RecordId>], id: RecordId) -> Vec<RecordId> {
    let mut chain = Vec::new();
    let mut next = base(bases, id);
    while let Some(id) = next.filter(|id| !chain.contains(id)) {
        chain.push(id);
        next = base(bases, id);
    }
    chain
}

fn inherit(
    records: &mut Arena<Record>,
    bases: &[Option<RecordId>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own = records.clone();
    for id in records.ids() {
        let record = &mut records[id];
        if record.base.is_none() {
            continue;
        }
        let mut properties = Vec::new();
        for base in chain(bases, id).into_iter().rev() {
            properties.extend(own[base].properties.iter().cloned());
        }
        for property in std::mem::take(&mut record.properties) {
            match properties.iter().find(|other| other.name == property.name) {
                None => properties.push(property),
                Some(inherited) => diagnostics.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        property.place,
                        format!("`{}` comes from the base already", property.name),
                    )
                    .related(inherited.place, "declared here"),
                ),
            }
        }
        record.properties = properties;
    }
}
