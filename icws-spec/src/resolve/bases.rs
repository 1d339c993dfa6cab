//! Bases: what a derived object inherits, and what may stand for a base.

use crate::api::{Record, RecordId};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::source::Place;

use super::scope::Scope;
use super::types::{self, At};

/// Follows the bases of all records and checks that they end.
pub(super) fn resolve(
    records: &mut [Record],
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
    for (index, record) in records.iter_mut().enumerate() {
        let chain = chain(&bases, index);
        if chain.contains(&index) {
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
        record.base = bases.get(index).copied().flatten();
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
    for index in 0..records.len() {
        let option = RecordId(index);
        // Messages are told apart by the enum over all of them.
        if records[index].message.is_some() {
            continue;
        }
        let bases = chain(&bases, index);
        if !records[index].is_abstract {
            for base in std::iter::once(index).chain(bases).collect::<Vec<_>>() {
                records[base].options.push(option);
            }
        }
    }
    for (index, record) in records.iter_mut().enumerate() {
        // One that nothing derives from is only itself.
        if record.options == [RecordId(index)] {
            record.options.clear();
        }
    }
}

/// The bases of a record, nearest first; it ends where it would go round.
fn chain(bases: &[Option<RecordId>], index: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut next = bases.get(index).copied().flatten();
    while let Some(RecordId(base)) = next {
        if chain.contains(&base) {
            break;
        }
        chain.push(base);
        next = bases.get(base).copied().flatten();
    }
    chain
}

fn inherit(records: &mut [Record], bases: &[Option<RecordId>], diagnostics: &mut Vec<Diagnostic>) {
    let own: Vec<_> = records
        .iter()
        .map(|record| record.properties.clone())
        .collect();
    for (index, record) in records.iter_mut().enumerate() {
        if record.base.is_none() {
            continue;
        }
        let mut properties = Vec::new();
        for base in chain(bases, index).into_iter().rev() {
            properties.extend(own[base].iter().cloned());
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
