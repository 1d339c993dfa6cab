//! Bases: what a derived object inherits, and what may stand for a base.

use std::collections::HashMap;

use crate::api::{Record, RecordId};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rules;

use super::circles::Circles;
use super::scope::Scope;
use super::types::{self, At};

/// Follows the bases of all records and checks that they end.
pub(super) fn resolve(
    records: &mut [Record],
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let named = scope.records.iter().map(|declared| {
        let node = declared.declared.node.get("base")?;
        let place = Place {
            file: declared.declared.file,
            node: node.id,
        };
        let at = At { scope, place };
        types::record(node.as_str().unwrap_or_default(), at, diagnostics)
    });
    let bases = Bases::new(named.collect());
    for (index, record) in records.iter_mut().enumerate() {
        if bases.circles.is_closed(index) {
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
        record.base = bases.of(index);
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
        let chain = bases.chain(index);
        if !records[index].is_abstract {
            for base in std::iter::once(index).chain(chain) {
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

/// What each record derives from.
struct Bases {
    named: Vec<Option<RecordId>>,
    circles: Circles,
}

impl Bases {
    fn new(named: Vec<Option<RecordId>>) -> Bases {
        let edges = named
            .iter()
            .map(|base| base.iter().map(|id| id.0).collect());
        let edges: Vec<Vec<usize>> = edges.collect();
        Bases {
            circles: Circles::find(&edges),
            named,
        }
    }

    fn of(&self, index: usize) -> Option<RecordId> {
        self.named.get(index).copied().flatten()
    }

    /// The bases of a record, nearest first; it ends where it would go round.
    fn chain(&self, index: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut entered = None;
        let mut next = self.of(index);
        while let Some(RecordId(base)) = next.filter(|base| entered != Some(*base)) {
            if self.circles.is_closed(base) {
                entered = entered.or(next);
            }
            chain.push(base);
            next = self.of(base);
        }
        chain
    }
}

fn inherit(records: &mut [Record], bases: &Bases, diagnostics: &mut Vec<Diagnostic>) {
    let own: Vec<_> = records
        .iter()
        .map(|record| record.properties.clone())
        .collect();
    for (index, record) in records.iter_mut().enumerate() {
        if record.base.is_none() {
            continue;
        }
        let mut properties = Vec::new();
        let mut inherited = HashMap::new();
        for base in bases.chain(index).into_iter().rev() {
            for property in &own[base] {
                inherited.entry(&property.name).or_insert(property.place);
                properties.push(property.clone());
            }
        }
        for property in std::mem::take(&mut record.properties) {
            match inherited.get(&property.name) {
                None => properties.push(property),
                Some(place) => diagnostics.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        property.place,
                        format!("`{}` comes from the base already", property.name),
                    )
                    .related(*place, "declared here"),
                ),
            }
        }
        record.properties = properties;
    }
}
