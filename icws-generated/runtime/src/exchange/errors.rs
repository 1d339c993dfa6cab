//! Why a request cannot be made or is none of an operation, and why a response cannot be read.

use std::fmt;

use bytes::Bytes;
use http::{Method, StatusCode};

use crate::json::ReadError;
use crate::meta::{FeatureVersion, OperationMeta};
use crate::shown::Hidden;

/// Why a request was not made. Nothing has been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestError {
    operation: &'static str,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    Unsupported {
        item: Option<&'static str>,
        needs: FeatureVersion,
        has: Option<u32>,
    },
    Segment {
        parameter: &'static str,
        value: String,
    },
    Header {
        parameter: &'static str,
    },
    Value {
        parameter: &'static str,
        problem: &'static str,
    },
    Body,
    Address {
        reason: String,
    },
}

impl RequestError {
    pub(super) fn new(meta: &OperationMeta, problem: Problem) -> Self {
        RequestError {
            operation: meta.id,
            problem,
        }
    }

    /// The operation, `interactions.callback.subscribe`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The feature version that the server lacks, when that is the reason.
    pub fn needs(&self) -> Option<FeatureVersion> {
        match self.problem {
            Problem::Unsupported { needs, .. } => Some(needs),
            _ => None,
        }
    }

    /// The version that the server has of the feature that is needed; `None`
    /// when it does not have the feature, or when that is not the reason.
    pub fn has(&self) -> Option<u32> {
        match self.problem {
            Problem::Unsupported { has, .. } => has,
            _ => None,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.problem {
            Problem::Unsupported { item, needs, has } => {
                if let Some(item) = item {
                    write!(f, "`{item}` ")?;
                }
                write!(f, "needs {needs}, but the server has ")?;
                match has {
                    Some(version) => write!(f, "{} {version}", needs.feature),
                    None => write!(f, "no feature `{}`", needs.feature),
                }?;
                f.write_str("; `allow_any_version` of client or session sends it all the same")
            }
            Problem::Segment { parameter, value } => {
                write!(
                    f,
                    "`{parameter}` cannot be `{value}`: it is part of the path"
                )
            }
            Problem::Header { parameter } => {
                write!(
                    f,
                    "`{parameter}` has characters that cannot travel in a header"
                )
            }
            Problem::Value { parameter, problem } => write!(f, "`{parameter}` {problem}"),
            Problem::Body => f.write_str(
                "the body has an infinity or what is no number, which JSON has no form for",
            ),
            Problem::Address { reason } => write!(f, "the address cannot be built: {reason}"),
        }
    }
}

impl std::error::Error for RequestError {}

/// Why a request matches no operation, or cannot be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RouteError {
    /// No resource has this path.
    NotFound,
    /// The resource has no operation of this method.
    #[non_exhaustive]
    MethodNotAllowed {
        /// The methods that it has, for the `Allow` header.
        allow: Vec<Method>,
    },
    /// The body is not what the model says.
    Body(ReadError),
    /// A required parameter is missing.
    #[non_exhaustive]
    MissingParameter {
        /// The parameter's name.
        name: &'static str,
    },
    /// A parameter cannot be read.
    #[non_exhaustive]
    InvalidParameter {
        /// The parameter's name.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RouteError::NotFound => f.write_str("no resource has this path"),
            RouteError::MethodNotAllowed { allow } => {
                let allow: Vec<&str> = allow.iter().map(Method::as_str).collect();
                write!(f, "the resource has only {}", allow.join(", "))
            }
            RouteError::Body(error) => write!(f, "the body: {error}"),
            RouteError::MissingParameter { name } => {
                write!(f, "the parameter `{name}`: it is missing")
            }
            RouteError::InvalidParameter { name, reason } => {
                write!(f, "the parameter `{name}`: {reason}")
            }
        }
    }
}

impl std::error::Error for RouteError {}

/// Why the response to a request that worked could not be read. What came is
/// kept.
#[derive(Clone)]
#[non_exhaustive]
pub struct DecodeError {
    /// The operation, if known.
    pub operation: Option<&'static str>,
    /// The status of the response.
    pub status: StatusCode,
    /// The body as it came.
    pub body: Bytes,
    /// What is wrong with it.
    pub reason: ReadError,
    pub(super) is_foreign: bool,
}

impl DecodeError {
    /// Returns true if the headers say that the body is none of an ICWS server: a page
    /// of a proxy, for example. The request has then reached no ICWS server.
    pub fn is_foreign(&self) -> bool {
        self.is_foreign
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.unwrap_or("the request");
        write!(
            f,
            "{operation}: the body of the response {} cannot be read: {}",
            self.status.as_u16(),
            self.reason
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("body", &Hidden(&self.body))
            .field("reason", &self.reason)
            .finish()
    }
}

// The text says the reason, so that a chain of errors says it once.
impl std::error::Error for DecodeError {}
