//! The resolved model: every reference followed, every default filled in, every
//! Rust name decided. [`crate::resolve::resolve`] is the only place that makes
//! one, so the generator behind it has nothing left to check.

mod operations;
mod records;

use std::fmt;

use crate::place::Place;

pub use operations::{
    BodyType, ErrorIdentifier, HeaderType, Location, Operation, OperationExample, Origin,
    Parameter, Reply, ReplyHeader, Resource, Segment,
};
pub use records::{
    DeltaFacts, EnumId, EnumValue, Enumeration, List, MessageExample, MessageFacts, Property,
    Record, RecordId, Type,
};

/// A whole model.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Api {
    /// The features that versions refer to, in the order of the model.
    pub features: Vec<Feature>,
    /// Enumerations; an [`EnumId`] is an index into this list.
    pub enums: Vec<Enumeration>,
    /// Objects and messages; a [`RecordId`] is an index into this list.
    pub records: Vec<Record>,
    /// The resources, each with its operations.
    pub resources: Vec<Resource>,
}

impl Api {
    /// The object or message with this id.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(id.0)
    }

    /// The enumeration with this id.
    pub fn enumeration(&self, id: EnumId) -> Option<&Enumeration> {
        self.enums.get(id.0)
    }
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

/// The feature version that introduced an item: `interactions 8`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Since {
    /// The feature's name.
    pub feature: String,
    /// Its version, from 1.
    pub version: u32,
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.feature, self.version)
    }
}
