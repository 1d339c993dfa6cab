//! What the model says of an item, as data: the generated code holds nothing
//! else, and both clients and servers read it.
//!
//! The fields are public so that generated statics can be literals. Code that
//! is written by hand reads them, and has no reason to build them.

use std::fmt;

use http::Method;

use crate::json::Value;
use crate::messages::{Changes, MergeError};

/// The feature version that introduced an item: `interactions 8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureVersion {
    /// The feature's name.
    pub feature: &'static str,
    /// Its version, from 1.
    pub version: u32,
}

impl fmt::Display for FeatureVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.feature, self.version)
    }
}

/// An operation of the API.
#[derive(Debug)]
pub struct OperationMeta {
    /// Its name with the namespace: `interactions.callback.subscribe`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path as the reference page writes it, parameters in braces.
    pub path: &'static str,
    /// The path in pieces; those that are parameters with their braces.
    pub segments: &'static [&'static str],
    /// The parameters; [`Segment::Parameter`] is an index into them.
    pub parameters: &'static [ParameterMeta],
    /// The feature version that introduced it.
    pub since: Option<FeatureVersion>,
    /// The statuses that the page lists.
    pub statuses: &'static [u16],
}

impl OperationMeta {
    /// The path in pieces.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = Segment> + Clone + '_ {
        self.segments.iter().map(|text| {
            let name = text
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            let index = name.and_then(|name| {
                let mut all = self.parameters.iter();
                all.position(|p| p.location == Location::Path && p.name == name)
            });
            index.map_or(Segment::Literal(text), Segment::Parameter)
        })
    }
}

/// A piece of a path between two slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is.
    Literal(&'static str),
    /// The value of a parameter, by its index.
    Parameter(usize),
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct ParameterMeta {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: Location,
    /// Who supplies it.
    pub supplier: Supplier,
    /// Whether every request has it.
    pub required: bool,
    /// The feature version that introduced it, when not that of the operation.
    pub since: Option<FeatureVersion>,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
}

/// Who supplies a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supplier {
    /// The caller, for each request.
    Caller,
    /// The session's id.
    SessionId,
    /// The session's CSRF token.
    CsrfToken,
    /// The session's cookie.
    Cookie,
}

/// An object or message.
#[derive(Debug)]
pub struct RecordMeta {
    /// The name of its Rust type.
    pub name: &'static str,
    /// The value of `__type`.
    pub urn: Option<&'static str>,
    /// Whether it travels with its `__type`.
    pub typed: bool,
    /// The feature version that introduced it.
    pub since: Option<FeatureVersion>,
    /// The properties; [`Record`](super::Record) numbers them alike.
    pub properties: &'static [PropertyMeta],
    /// The properties, by their numbers, that came later than the object.
    pub newer: &'static [(usize, FeatureVersion)],
    /// What its properties do to what is known, as far as they do not replace it.
    pub merges: &'static [MergeMeta],
}

/// How a property of a delta goes into what is known.
pub struct MergeMeta {
    /// The property, by its number.
    pub property: usize,
    /// What it goes into, by its number in what is known.
    pub into: usize,
    /// Whether a change is told by the name of the property, and not by the keys of
    /// items.
    pub is_told: bool,
    /// How.
    pub merge: Merge,
}

/// Moves the value of a property of a delta into what is known.
pub type Merge =
    fn(known: &mut dyn Value, new: &mut dyn Value, changes: &mut Changes) -> Result<(), MergeError>;

impl fmt::Debug for MergeMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MergeMeta")
            .field("property", &self.property)
            .field("into", &self.into)
            .finish_non_exhaustive()
    }
}

/// A message that says all about its subject, or only what changed.
#[derive(Debug)]
pub struct DeltaMeta {
    /// The property, by its number, that says which of the two it is.
    pub flag: usize,
    /// The property, by its number, that says what the message is about.
    pub key: Option<usize>,
}

/// A value of an enumeration.
#[derive(Debug)]
pub struct EnumMeta {
    /// The number on the wire.
    pub number: i64,
    /// The name in the reference.
    pub name: &'static str,
    /// The feature version that introduced it, when not that of the
    /// enumeration.
    pub since: Option<FeatureVersion>,
}

/// A property of an object or message: its name on the wire, and whether it is
/// always there. A pair, since the API has thousands of them.
pub type PropertyMeta = (&'static str, bool);
