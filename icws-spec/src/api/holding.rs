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

/// Which records hold each other.
pub(crate) struct Holding {
    circles: Circles,
    /// The node of what stands for each record.
    nodes: Arena<usize, Record>,
}

impl Holding {
    /// What records can hold.
    pub fn possible(records: &Arena<Record>) -> Holding {
        Holding::of(records, false)
    }

    /// What records hold whatever their values are.
    pub fn certain(records: &Arena<Record>) -> Holding {
        Holding::of(records, true)
    }

    fn of(records: &Arena<Record>, always: bool) -> Holding {
        let properties = records.iter().map(|record| {
            let held = record.properties.iter();
            let held = held.filter(|p| !always || (p.required && !p.nullable));
            let held = held.filter_map(|property| match property.ty {
                // Where there is a choice, one may end.
                Type::Record(id) if always && records[id].options.len() > 1 => None,
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
            nodes: records.ids().map(|id| records.node(id)).collect(),
        }
    }

    /// Returns true if a value of a record holds another of the same record.
    pub fn is_endless(&self, id: RecordId) -> bool {
        self.circles.is_closed(id.index())
    }

    /// Returns true if what a property of `owner` asks for holds the owner.
    pub fn holds(&self, asked: RecordId, owner: RecordId) -> bool {
        self.circles.are_joined(self.nodes[asked], owner.index())
    }
}
