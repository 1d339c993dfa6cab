//! What is told of a difference.

use std::fmt;

/// Something that was met and that the model does not know.
///
/// See the example of [`drift`](super).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What it is.
    pub what: Unknown,
    /// The operation in whose response it was met first, `messaging.poll` for what is in a
    /// message; `None` when it was not known.
    pub operation: Option<&'static str>,
    /// How often it was met.
    pub count: u64,
}

/// What the model does not know. Texts of servers are escaped, and the ends of long ones
/// are left out.
///
/// ```
/// use icws_generated::runtime::drift::{Drift, Unknown};
///
/// /// The statuses that no page of an operation lists.
/// fn statuses(drift: &Drift) -> Vec<u16> {
///     let differences = drift.differences().into_iter();
///     let statuses = differences.filter_map(|difference| match difference.what {
///         Unknown::Status { status } => Some(status),
///         _ => None,
///     });
///     statuses.collect()
/// }
/// assert!(statuses(&Drift::default()).is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unknown {
    /// An object of a type that is not among those that can stand in its place.
    Type {
        /// Its `__type`; `None` when it has none.
        urn: Option<String>,
    },
    /// A property of an object.
    Property {
        /// The Rust name of the object's type.
        object: &'static str,
        /// The `__type` of the object, if it has one.
        urn: Option<&'static str>,
        /// The name of the property.
        name: String,
    },
    /// A number that an enumeration has no name for, or bits of a set of flags.
    Value {
        /// The Rust path of the enumeration.
        enumeration: &'static str,
        /// The number.
        number: i64,
    },
    /// A status that the operation is not documented with.
    Status {
        /// The status.
        status: u16,
    },
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unknown::Type { urn: Some(urn) } => write!(f, "an object of the unknown type `{urn}`"),
            Unknown::Type { urn: None } => f.write_str("an object without a `__type`"),
            Unknown::Property { object, name, .. } => {
                write!(f, "the unknown property `{name}` of `{object}`")
            }
            Unknown::Value {
                enumeration,
                number,
            } => write!(f, "{number}, which `{enumeration}` has no name for"),
            Unknown::Status { status } => write!(f, "the undocumented status {status}"),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "{}", self.what)?;
        match self.count {
            1 => Ok(()),
            count => write!(f, ", {count} times"),
        }
    }
}
