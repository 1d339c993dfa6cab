//! Why a JSON text is not what the model says.

use std::fmt;

use crate::shown::Shown;

/// Why a value could not be read: which property, what is wrong with it, and
/// at which byte.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    /// From the outermost name to the innermost.
    path: Vec<String>,
    problem: Problem,
    offset: Option<usize>,
}

#[derive(Clone, PartialEq, Eq)]
enum Problem {
    Missing,
    Invalid(String),
}

/// What kind of error a [`ReadError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// A required property is missing.
    MissingProperty,
    /// The text is not JSON, or a value is not of its type.
    InvalidValue,
}

impl ReadError {
    /// The required property of this name is not there.
    pub(crate) fn missing(name: &str, offset: usize) -> Self {
        ReadError(Box::new(Inner {
            path: vec![name.to_owned()],
            problem: Problem::Missing,
            offset: Some(offset),
        }))
    }

    pub(crate) fn new(problem: impl Into<String>, offset: usize) -> Self {
        ReadError(Box::new(Inner {
            path: Vec::new(),
            problem: Problem::Invalid(problem.into()),
            offset: Some(offset),
        }))
    }

    /// An error that is not about a byte, such as a wrong media type.
    pub(crate) fn whole(problem: impl Into<String>) -> Self {
        ReadError(Box::new(Inner {
            path: Vec::new(),
            problem: Problem::Invalid(problem.into()),
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

    /// The same error without its byte, for a text that the caller has not seen.
    #[cfg(feature = "serde")]
    #[must_use]
    pub(crate) fn without_offset(mut self) -> Self {
        self.0.offset = None;
        self
    }

    /// The path to the property, `effectiveStation.stationId`; empty when the
    /// error is about the whole.
    pub fn path(&self) -> String {
        self.0.path.join(".")
    }

    /// What is wrong: "expected a whole number, found a string".
    pub fn problem(&self) -> &str {
        match &self.0.problem {
            Problem::Missing => "the required property is missing",
            Problem::Invalid(text) => text,
        }
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ReadErrorKind {
        match self.0.problem {
            Problem::Missing => ReadErrorKind::MissingProperty,
            Problem::Invalid(_) => ReadErrorKind::InvalidValue,
        }
    }

    /// The byte of the body at which it was noticed, from 0.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "property `{}`: ", Shown(&self.path()))?;
        }
        Shown(self.problem()).fmt(f)?;
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
