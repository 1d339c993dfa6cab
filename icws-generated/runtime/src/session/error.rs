//! Why no session can be made.

use std::fmt;

/// Why no session can be made of its parts. The secrets are not in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionError(pub(super) String);

impl SessionError {
    /// With a text that shows no secret.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    pub fn new(problem: &str) -> Self {
        SessionError(problem.to_owned())
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SessionError {}
