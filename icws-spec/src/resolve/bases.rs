//! Bases: what a derived object inherits, and what may stand for a base.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::api::{Arena, Record, RecordId};
use crate::circles::Circles;
use crate::diagnostic::Diagnostic;
use crate::rules;

use super::scope::Scope;
use super::types::{self, At};

/// Follows the bases of all records and checks that they end.
pub(super) fn resolve(
    records: &mut Arena<Record>,
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let named = scope.records.iter().map(|declared| {
        let node = declared.declared.node.get("base")?;
        let place = declared.declared.file.at(node.id);
        let at = At { scope, place };
        types::record(node.as_str().unwrap_or_default(), at, diagnostics)
    });
    let bases = Bases::new(named.collect());
    for id in records.ids() {
        let record = &mut records[id];
        if bases.circles.is_closed(id.index()) {
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
        record.base = bases.named[id];
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
        for base in bases.chain(id).into_iter().filter(|base| *base != id) {
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

/// What each record derives from.
struct Bases {
    named: Arena<Option<RecordId>, Record>,
    circles: Circles,
}

impl Bases {
    fn new(named: Arena<Option<RecordId>, Record>) -> Bases {
        let edges = named
            .iter()
            .map(|base| base.iter().map(|id| id.index()).collect());
        let edges: Vec<Vec<usize>> = edges.collect();
        Bases {
            circles: Circles::find(&edges),
            named,
        }
    }

    /// The bases of a record, nearest first; it ends where it would go round.
    fn chain(&self, id: RecordId) -> Vec<RecordId> {
        let mut chain = Vec::new();
        let mut entered = None;
        let mut next = self.named[id];
        while let Some(base) = next.filter(|base| entered != Some(*base)) {
            if self.circles.is_closed(base.index()) {
                entered = entered.or(next);
            }
            chain.push(base);
            next = self.named[base];
        }
        chain
    }
}

fn inherit(records: &mut Arena<Record>, bases: &Bases, diagnostics: &mut Vec<Diagnostic>) {
    let own = records.clone();
    for id in records.ids() {
        let record = &mut records[id];
        if record.base.is_none() {
            continue;
        }
        let mut properties = Vec::new();
        let mut inherited = HashMap::new();
        for base in bases.chain(id).into_iter().rev() {
            for property in &own[base].properties {
                // What a base repeats has had its finding there.
                if let Entry::Vacant(entry) = inherited.entry(&property.name) {
                    entry.insert(property.place);
                    properties.push(property.clone());
                }
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
        if record.identity.is_empty() {
            let mut bases = bases.chain(id).into_iter();
            let known = bases.find(|base| !own[*base].identity.is_empty());
            record.identity = known.map_or_else(Vec::new, |base| own[base].identity.clone());
        }
    }
}
