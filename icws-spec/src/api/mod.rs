//! The resolved model: every reference followed, every default filled in. It has
//! what is said of the wire, and of Rust only what the model says itself
//! (`rust_name`); `plan` decides the rest.

mod arena;
mod operations;
mod records;
mod status;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Index;

use crate::place::Place;

pub use arena::{Arena, Id};
pub(crate) use operations::METHODS;
pub use operations::{
    BodyType, ErrorIdentifier, HeaderType, Location, Needs, Operation, OperationExample,
    OperationId, Parameter, Reply, ReplyHeader, Resource, Segment, Supplier,
};
pub use records::{
    DeltaFacts, DeltaRule, EnumId, EnumValue, Enumeration, List, Map, MessageExample, MessageFacts,
    Property, Record, RecordId, StandingFacts, Type,
};
pub use status::Status;

/// A whole model.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Api {
    /// The features that versions refer to, in the order of the model.
    pub features: Vec<Feature>,
    /// The namespaces of the files, in the order of the model.
    pub namespaces: Vec<Namespace>,
    /// The enumerations.
    pub enums: Arena<Enumeration>,
    /// The objects and messages.
    pub records: Arena<Record>,
    /// The resources, each with its operations.
    pub resources: Vec<Resource>,
}

impl Api {
    /// All operations, each with its resource.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        })
    }

    /// The resources, each with its operations and their ids.
    pub(crate) fn by_resource(
        &self,
    ) -> impl Iterator<Item = (&Resource, Vec<(OperationId, &Operation)>)> {
        let mut next = 0;
        self.resources.iter().map(move |resource| {
            let first = next;
            next += resource.operations.len();
            let ids = (first..next).map(OperationId::nth);
            (resource, ids.zip(&resource.operations).collect())
        })
    }

    /// All versions that items and their parts say.
    #[cfg(any(feature = "cli", feature = "formats"))]
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Since> {
        let operations = self.operations().flat_map(|(resource, operation)| {
            let parameters = operation.parameters.iter().map(|p| &p.since);
            let replies = operation.replies.iter().map(|r| &r.since);
            let own = [&resource.since, &operation.since];
            own.into_iter().chain(parameters).chain(replies)
        });
        let records = self.records.iter().flat_map(|record| {
            let properties = record.properties.iter().map(|p| &p.since);
            std::iter::once(&record.since).chain(properties)
        });
        let enums = self.enums.iter().flat_map(|enumeration| {
            let values = enumeration.values.iter().map(|v| &v.since);
            std::iter::once(&enumeration.since).chain(values)
        });
        operations.chain(records).chain(enums).flatten()
    }

    /// Returns the names of the namespaces in which something stands.
    pub fn namespaces_with_items(&self) -> BTreeSet<&str> {
        let enums = self.enums.iter().map(|e| e.namespace.as_str());
        let records = self.records.iter().map(|r| r.namespace.as_str());
        let operations = self.operations().map(|(_, o)| o.namespace.as_str());
        enums.chain(records).chain(operations).collect()
    }

    /// Returns what a namespace is about; empty when no file says it.
    pub fn namespace_doc(&self, name: &str) -> &str {
        let mut namespaces = self.namespaces.iter();
        let found = namespaces.find(|namespace| namespace.name == name);
        found.map_or("", |namespace| &namespace.doc)
    }

    /// The messages.
    pub fn messages(&self) -> impl Iterator<Item = (RecordId, &Record)> {
        let records = self.records.entries();
        records.filter(|(_, record)| record.message.is_some())
    }

    /// The objects: what is no message.
    pub fn objects(&self) -> impl Iterator<Item = (RecordId, &Record)> {
        let records = self.records.entries();
        records.filter(|(_, record)| record.message.is_none())
    }
}

impl Index<RecordId> for Api {
    type Output = Record;

    fn index(&self, id: RecordId) -> &Record {
        &self.records[id]
    }
}

impl Index<EnumId> for Api {
    type Output = Enumeration;

    fn index(&self, id: EnumId) -> &Enumeration {
        &self.enums[id]
    }
}

/// What items of one subject have before their names, and a module of the bindings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Namespace {
    /// The name, `interactions.callback`.
    pub name: String,
    /// What it is about; empty when no file says it.
    pub doc: String,
    /// Where that, or the name, stands in the model.
    pub place: Place,
}

/// A group of the API with one version number of its own.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Feature {
    /// The name as the server spells it, `interactions`.
    pub name: String,
    /// What the feature is for.
    pub doc: String,
    /// Where it stands in the model.
    pub place: Place,
}

/// The feature version that introduced an item: `interactions 8`, or only the
/// feature that it belongs to, when no source tells the version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Since {
    /// The feature's name.
    pub feature: String,
    /// Its version, from 1; `None` when it is not known.
    pub version: Option<u32>,
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(f, "{} {version}", self.feature),
            None => f.write_str(&self.feature),
        }
    }
}
