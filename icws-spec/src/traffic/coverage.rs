//! How much of a model was in the traffic.

use std::collections::{BTreeMap, HashMap};

use crate::api::{EnumId, RecordId};

/// How often each item of a model was in the traffic.
#[derive(Debug, Clone, Default)]
pub(super) struct Coverage {
    /// By the position of the operation among all.
    pub operations: HashMap<usize, u64>,
    pub statuses: HashMap<usize, BTreeMap<u16, u64>>,
    pub records: HashMap<RecordId, u64>,
    /// By the position of the property in its object.
    pub properties: HashMap<(RecordId, usize), u64>,
    /// By the position of the value in its enumeration.
    pub numbers: HashMap<(EnumId, usize), u64>,
}

impl Coverage {
    pub fn operation(&mut self, number: usize) {
        *self.operations.entry(number).or_default() += 1;
    }

    pub fn status(&mut self, number: usize, status: u16) {
        let statuses = self.statuses.entry(number).or_default();
        *statuses.entry(status).or_default() += 1;
    }

    pub fn record(&mut self, id: RecordId) {
        *self.records.entry(id).or_default() += 1;
    }

    pub fn property(&mut self, id: RecordId, position: usize) {
        *self.properties.entry((id, position)).or_default() += 1;
    }

    pub fn number(&mut self, id: EnumId, position: usize) {
        *self.numbers.entry((id, position)).or_default() += 1;
    }
}
