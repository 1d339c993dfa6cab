//! The status that a reply comes with.

use std::fmt;
use std::str::FromStr;

/// The status of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A success; no source says with which status. Written `2XX`.
    AnySuccess,
    /// One that is known, from 200 to 599.
    Code(u16),
}

impl Status {
    /// Returns true if the status says that the request succeeded.
    pub fn is_success(self) -> bool {
        match self {
            Status::Code(code) => (200..300).contains(&code),
            Status::AnySuccess => true,
        }
    }

    /// Returns the number, or `None` when it is not known.
    pub fn code(self) -> Option<u16> {
        match self {
            Status::Code(code) => Some(code),
            Status::AnySuccess => None,
        }
    }

    /// Returns true if a response with this number is one with the status.
    pub fn is(self, code: u16) -> bool {
        match self {
            Status::Code(own) => own == code,
            Status::AnySuccess => (200..300).contains(&code),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::AnySuccess => f.write_str("2XX"),
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "2XX" {
            return Ok(Status::AnySuccess);
        }
        let code: Option<u16> = text.parse().ok();
        let code = code.filter(|code| (200..600).contains(code));
        code.map(Status::Code).ok_or(())
    }
}
