//! Why a session is taken for lost.

use std::fmt;

use crate::runtime::{ApiError, SessionProblem};

/// Why a session is taken for lost; what weighs more is further down. It decides whether
/// the session is doubted or made anew at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::client) enum Loss {
    /// A request was refused with 401, in a way that something between server and client
    /// may have done, too. The session may live.
    Refused,
    /// Its state was asked for after a refusal, and is not known to be `Up`.
    NotUp,
    /// Its host does not answer any more.
    Unreachable,
    /// The server says that it is down, whatever the state says that is read later.
    Down,
    /// The server says that it does not know the session.
    Unknown,
}

impl Loss {
    /// What a 401 says of its session.
    pub fn of(error: &ApiError) -> Self {
        match error.session_problem() {
            Some(SessionProblem::NotFound) => Loss::Unknown,
            _ => Loss::Refused,
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Loss::Refused => "a request was refused",
            Loss::NotUp => "a request was refused, and the session is not known to be up",
            Loss::Unreachable => "the host does not answer",
            Loss::Down => "the server says that it is down",
            Loss::Unknown => "the server does not know it",
        })
    }
}
