//! How much of a model was in the traffic.

use std::collections::{BTreeMap, HashMap};

use crate::api::{Api, EnumId, RecordId};
use crate::plan::{Namespaces, is_of};

/// How often each item of a model was in the traffic.
#[derive(Debug, Clone, Default)]
pub(super) struct Counters {
    /// By the position of the operation among all.
    operations: HashMap<usize, u64>,
    statuses: HashMap<usize, BTreeMap<u16, u64>>,
    records: HashMap<RecordId, u64>,
    /// By the position of the property in its object.
    properties: HashMap<(RecordId, usize), u64>,
    /// By the position of the value in its enumeration.
    numbers: HashMap<(EnumId, usize), u64>,
}

impl Counters {
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

/// How often each item of a model was in the traffic; 0 for what never was. Items
/// stand in the order of the model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The operations.
    pub operations: Vec<SeenOperation>,
    /// The objects that were asked for as such; what derives from an object counts
    /// for itself.
    pub objects: Vec<SeenRecord>,
    /// The messages.
    pub messages: Vec<SeenRecord>,
    /// The enumerations.
    pub enums: Vec<SeenEnum>,
}

/// How often an operation was called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenOperation {
    /// The operation with its namespace.
    pub id: String,
    /// `GET`, `PUT` and so on.
    pub method: String,
    /// The path of its resource.
    pub path: String,
    /// How often it was called.
    pub count: u64,
    /// Its statuses, and how often each came. Of a success whose status is not known
    /// (`2XX`) all that came.
    pub statuses: Vec<(String, u64)>,
}

/// How often an object or message came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenRecord {
    /// The object with its namespace.
    pub id: String,
    /// How often it was there.
    pub count: u64,
    /// Its properties, with those that it inherits, and how often each was there.
    pub properties: Vec<(String, u64)>,
}

/// How often the values of an enumeration came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenEnum {
    /// The enumeration with its namespace.
    pub id: String,
    /// The names of the values, and how often each was there.
    pub values: Vec<(String, u64)>,
}

impl Coverage {
    /// The counts of the items in some namespaces, or in all.
    pub(super) fn of(api: &Api, counters: &Counters, only: Option<&Namespaces>) -> Coverage {
        let meant = |namespace: &str| only.is_none_or(|only| is_of(namespace, only));
        let operations = api.operations().enumerate();
        let operations = operations.filter(|(_, (_, operation))| meant(&operation.namespace));
        let operations = operations.map(|(number, (resource, operation))| {
            let statuses = operation.replies.iter().map(|reply| {
                let exact = |code: u16| {
                    let mut others = operation.replies.iter();
                    reply.status.code().is_some()
                        || !others.any(|other| other.status.code() == Some(code))
                };
                let came = counters.statuses.get(&number).into_iter().flatten();
                let own = came.filter(|(code, _)| reply.status.is(**code) && exact(**code));
                (reply.status.to_string(), own.map(|(_, count)| count).sum())
            });
            SeenOperation {
                id: operation.id(),
                method: operation.method.clone(),
                path: resource.path.clone(),
                count: count(&counters.operations, &number),
                statuses: statuses.collect(),
            }
        });
        let record = |id: RecordId| {
            let record = &api[id];
            let properties = record.properties.iter().enumerate();
            let properties = properties.map(|(position, property)| {
                let count = count(&counters.properties, &(id, position));
                (property.name.clone(), count)
            });
            SeenRecord {
                id: record.id(),
                count: count(&counters.records, &id),
                properties: properties.collect(),
            }
        };
        let of = |is_message: bool| {
            let records = api.records.entries();
            let records = records.filter(|(_, own)| own.message.is_some() == is_message);
            let records = records.filter(|(_, own)| meant(&own.namespace) && !own.is_abstract);
            records.map(|(id, _)| record(id)).collect()
        };
        let enums = api.enums.entries().filter(|(_, own)| meant(&own.namespace));
        let enums = enums.map(|(id, enumeration)| {
            let values = enumeration.values.iter().enumerate();
            let values = values.map(|(position, value)| {
                let count = count(&counters.numbers, &(id, position));
                (value.name.clone(), count)
            });
            SeenEnum {
                id: enumeration.id(),
                values: values.collect(),
            }
        });
        Coverage {
            operations: operations.collect(),
            objects: of(false),
            messages: of(true),
            enums: enums.collect(),
        }
    }
}

fn count<K: std::hash::Hash + Eq>(counts: &HashMap<K, u64>, key: &K) -> u64 {
    counts.get(key).copied().unwrap_or_default()
}
