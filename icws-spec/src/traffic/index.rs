//! The items of a model by what traffic names them by.

use std::collections::HashMap;

use crate::api::{Api, RecordId};

use super::route::Routes;

/// A model, ready to be looked things up in.
pub(super) struct Index<'a> {
    pub api: &'a Api,
    pub routes: Routes<'a>,
    messages: HashMap<&'a str, RecordId>,
    objects: HashMap<&'a str, Vec<RecordId>>,
    properties: HashMap<RecordId, HashMap<&'a str, usize>>,
}

/// What the model has with a `__type`.
pub(super) enum Known<'i> {
    Message(RecordId),
    Objects(&'i [RecordId]),
    No,
}

impl Known<'_> {
    pub fn has(&self, id: RecordId) -> bool {
        match self {
            Known::Message(own) => *own == id,
            Known::Objects(own) => own.contains(&id),
            Known::No => false,
        }
    }
}

impl<'a> Index<'a> {
    pub fn new(api: &'a Api) -> Self {
        let mut messages = HashMap::new();
        let mut objects: HashMap<&str, Vec<RecordId>> = HashMap::new();
        let mut properties = HashMap::new();
        for (id, record) in api.records.entries() {
            let names = record.properties.iter().enumerate();
            let names = names.map(|(index, property)| (property.name.as_str(), index));
            properties.insert(id, names.collect());
            let Some(urn) = record.urn.as_deref() else {
                continue;
            };
            if record.message.is_some() {
                messages.insert(urn, id);
            } else {
                objects.entry(urn).or_default().push(id);
            }
        }
        Index {
            routes: Routes::new(api),
            api,
            messages,
            objects,
            properties,
        }
    }

    /// Returns what has a `__type`.
    pub fn known(&self, urn: &str) -> Known<'_> {
        match (self.messages.get(urn), self.objects.get(urn)) {
            (Some(id), _) => Known::Message(*id),
            (None, Some(ids)) => Known::Objects(ids),
            (None, None) => Known::No,
        }
    }

    /// Returns the position of a property.
    pub fn property(&self, id: RecordId, name: &str) -> Option<usize> {
        self.properties.get(&id)?.get(name).copied()
    }
}
