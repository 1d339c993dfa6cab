//! Why a JSON text is not what the model says.

use std::fmt;

/// Why a value could not be read: which property, what is wrong with it, and
/// at which byte.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    /// From the outermost name to the innermost.
    path: Vec<String>,
    problem: String,
    offset: Option<usize>,
}

impl ReadError {
    /// The problem of a required property that is not there.
    pub(crate) const MISSING: &str = "the required property is missing";

    pub(crate) fn new(problem: impl Into<String>, offset: usize) -> Self {
        ReadError(Box::new(Inner {
            path: Vec::new(),
            problem: problem.into(),
            offset: Some(offset),
        }))
    }

    /// An error that is not about a byte, such as a wrong media type.
    pub(crate) fn whole(problem: impl Into<String>) -> Self {
        ReadError(Box::new(Inner {
            path: Vec::new(),
            problem: problem.into(),
            offset: None,
        }))
    }

    /// The same error, seen from around: `name` is a property or a position in
    /// an array.
    #[must_use]
    pub(crate) fn inside(mut self, name: impl Into<String>) -> Self {
        self.0.path.insert(0, name.into());
        self
    }

    /// The path to the property, `effectiveStation.stationId`; empty when the
    /// error is about the whole.
    pub fn path(&self) -> String {
        self.0.path.join(".")
    }

    /// What is wrong: "expected a whole number, found a string".
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// The byte of the body at which it was noticed, from 0.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "property `{}`: ", self.path())?;
        }
        f.write_str(&self.0.problem)?;
        match self.0.offset {
            Some(offset) => write!(f, " (byte {offset})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({self})")
    }
}

impl std::error::Error for ReadError {}
