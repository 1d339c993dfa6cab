//! What a server sends that the model does not know: types, properties, numbers of
//! enumerations, statuses. Nothing of it is lost, as the other modules say; here it is
//! counted, so that somebody hears of it.
//!
//! The client has a [`Drift`] for all that it reads. With another HTTP stack, put one into
//! the extensions of a response before it is read:
//!
//! ```
//! use bytes::Bytes;
//! use icws_generated::connection::GetVersion;
//! use icws_generated::runtime::drift::{Drift, Unknown};
//! use icws_generated::runtime::Request;
//!
//! let drift = Drift::new(|difference| eprintln!("{difference}"));
//! let mut response = http::Response::builder().status(418).body(Bytes::new())?;
//! response.extensions_mut().insert(drift.clone());
//! GetVersion::parse(response)?;
//!
//! let difference = &drift.differences()[0];
//! assert_eq!(difference.what, Unknown::Status { status: 418 });
//! assert_eq!(difference.operation, Some("connection.getVersion"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod difference;
mod watch;

pub use difference::{Difference, Unknown};
pub(crate) use watch::Watch;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::meta::{OperationMeta, RecordMeta};
use crate::shown::Shown;

/// So many kinds of differences are told apart: a server may name ever new ones.
const KINDS: usize = 256;

/// Of a name so many bytes tell it from others.
const NAME: usize = 200;

/// Counts what the model does not know. Cheap to clone; all clones count together.
///
/// No values are kept: names, types, numbers of enumerations and statuses are all that is
/// told. Memory is bounded: 256 kinds of differences are told apart, and long names by
/// their beginning.
///
/// ```
/// use icws_generated::runtime::drift::Drift;
///
/// /// What a program says at its end.
/// fn report(drift: &Drift) -> String {
///     if drift.is_empty() {
///         return "the model knows all that came".to_owned();
///     }
///     let mut lines: Vec<_> = drift.differences().iter().map(ToString::to_string).collect();
///     lines.push(format!("and {} others", drift.others()));
///     lines.join("\n")
/// }
/// assert_eq!(report(&Drift::default()), "the model knows all that came");
/// ```
#[derive(Clone)]
pub struct Drift(Arc<Shared>);

struct Shared {
    known: Mutex<Known>,
    tell: Box<dyn Fn(&Difference) + Send + Sync>,
}

#[derive(Default)]
struct Known {
    /// Each with the operation by which it was met first.
    differences: Vec<Difference>,
    others: u64,
}

impl Drift {
    /// Returns a count of nothing. `tell` is called once for each kind of difference, when
    /// it is met first.
    ///
    /// See the example of [`drift`](self).
    pub fn new(tell: impl Fn(&Difference) + Send + Sync + 'static) -> Self {
        Drift(Arc::new(Shared {
            known: Mutex::default(),
            tell: Box::new(tell),
        }))
    }

    /// Returns the differences so far, in the order in which they were met.
    ///
    /// See the example of [`Drift`].
    pub fn differences(&self) -> Vec<Difference> {
        self.known().differences.clone()
    }

    /// Returns how often something was met that could not be told apart any more, as there
    /// were too many kinds before.
    ///
    /// See the example of [`Drift`].
    pub fn others(&self) -> u64 {
        self.known().others
    }

    /// Returns true if all that came is known to the model.
    ///
    /// See the example of [`Drift`].
    pub fn is_empty(&self) -> bool {
        self.known().differences.is_empty()
    }

    /// Counts a status that the model does not list for an operation, where code reads
    /// the response by itself.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn met_status(&self, operation: Option<&'static OperationMeta>, status: u16) {
        self.met(operation, Unknown::Status { status });
    }

    fn met_type(&self, operation: Option<&'static OperationMeta>, urn: Option<&str>) {
        let urn = urn.map(shown);
        self.met(operation, Unknown::Type { urn });
    }

    fn met_property(
        &self,
        operation: Option<&'static OperationMeta>,
        object: &'static RecordMeta,
        name: &str,
    ) {
        let what = Unknown::Property {
            object: object.name,
            urn: object.urn,
            name: shown(name),
        };
        self.met(operation, what);
    }

    fn met_value(
        &self,
        operation: Option<&'static OperationMeta>,
        enumeration: &'static str,
        number: i64,
    ) {
        let what = Unknown::Value {
            enumeration,
            number,
        };
        self.met(operation, what);
    }

    /// Counts one, and tells it if it is the first of its kind. A status is another kind
    /// for each operation.
    fn met(&self, operation: Option<&'static OperationMeta>, what: Unknown) {
        let operation = operation.map(|operation| operation.id);
        let is_of_any = !matches!(what, Unknown::Status { .. });
        let mut known = self.known();
        let mut differences = known.differences.iter_mut();
        let same = differences
            .find(|other| other.what == what && (is_of_any || other.operation == operation));
        if let Some(same) = same {
            same.count = same.count.saturating_add(1);
            return;
        }
        if known.differences.len() >= KINDS {
            known.others = known.others.saturating_add(1);
            return;
        }
        let difference = Difference {
            what,
            operation,
            count: 1,
        };
        known.differences.push(difference.clone());
        // Who is told may ask in turn.
        drop(known);
        (self.0.tell)(&difference);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As much of a name as tells it from others, to be shown.
fn shown(name: &str) -> String {
    Shown(beginning(name)).to_string()
}

fn beginning(name: &str) -> &str {
    let mut ends = name.char_indices().map(|(at, _)| at);
    match ends.find(|at| *at >= NAME) {
        Some(end) => name.get(..end).unwrap_or(name),
        None => name,
    }
}

/// Nobody is told.
impl Default for Drift {
    fn default() -> Self {
        Drift::new(|_| {})
    }
}

impl fmt::Debug for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drift")
            .field("differences", &self.differences())
            .field("others", &self.others())
            .finish()
    }
}
