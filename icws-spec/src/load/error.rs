//! Why a model could not be read.

use std::path::PathBuf;

/// Why a model could not be read at all.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadError {
    /// The path.
    pub path: PathBuf,
    /// What the system says.
    pub error: std::io::Error,
    /// What to do about it.
    pub help: Option<String>,
}

impl LoadError {
    pub(super) fn new(path: impl Into<PathBuf>, error: std::io::Error) -> Self {
        LoadError {
            path: path.into(),
            error,
            help: None,
        }
    }

    /// Adds a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.error)?;
        match &self.help {
            Some(help) => write!(f, "\n  = help: {help}"),
            None => Ok(()),
        }
    }
}

// The text says the cause, so that a chain of errors says it once.
impl std::error::Error for LoadError {}
