//! Which objects hold each other: what a value has in itself, and not behind an
//! array or a map.

use super::{Arena, Record, RecordId, Type};
use crate::circles::Circles;

impl Arena<Record> {
    /// What may stand where a record is asked for: its options, or itself when
    /// nothing derives from it.
    pub fn standing_for(&self, id: RecordId) -> Vec<RecordId> {
        let options = &self[id].options;
        if options.is_empty() {
            vec![id]
        } else {
            options.clone()
        }
    }

    /// The node of what may stand where a record is asked for: the record, or
    /// the choice among its options. The choices come after the records.
    fn node(&self, id: RecordId) -> usize {
        if self[id].options.is_empty() {
            id.index()
        } else {
            self.len() + id.index()
        }
    }
}

/// Which records hold others of their kind whatever their values are.
pub(crate) struct Holding {
    circles: Circles,
}

impl Holding {
    /// Finds what records always hold.
    pub fn certain(records: &Arena<Record>) -> Holding {
        let properties = records.iter().map(|record| {
            let held = record.properties.iter();
            let held = held.filter(|property| property.required && !property.nullable);
            let held = held.filter_map(|property| match property.ty {
                // Where there is a choice, one may end.
                Type::Record(id) if records[id].options.len() > 1 => None,
                Type::Record(id) => Some(records.node(id)),
                _ => None,
            });
            held.collect()
        });
        let options = records.iter();
        let options = options.map(|record| record.options.iter().map(|id| id.index()).collect());
        let edges: Vec<Vec<usize>> = properties.chain(options).collect();
        Holding {
            circles: Circles::find(&edges),
        }
    }

    /// Returns true if a value of a record holds another of the same record.
    pub fn is_endless(&self, id: RecordId) -> bool {
        self.circles.is_closed(id.index())
    }
}
