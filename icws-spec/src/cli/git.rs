//! Files of a model as they were at a revision: `git:REV:PATH`.

use std::io::{Error, Result};
use std::process::Command;

use icws_spec::Reader;

/// A commit, whose files `git` reads.
#[derive(Debug)]
pub struct Revision {
    /// The full name of the commit or tree.
    id: String,
}

impl Revision {
    /// Looks up a revision in the repository of the current folder.
    ///
    /// # Errors
    /// When there is no such revision, no repository, or no `git`.
    pub fn find(name: &str) -> Result<Self> {
        let tree = format!("{name}^{{tree}}");
        let id = git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &tree,
        ]);
        let id = id.map_err(|error| match error.to_string() {
            // `--quiet` says nothing when the name is unknown.
            text if text.is_empty() => {
                Error::other(format!("the repository has no revision `{name}`"))
            }
            text => Error::other(text),
        })?;
        let id = String::from_utf8_lossy(&id);
        let id = id.lines().last().unwrap_or_default().to_owned();
        Ok(Revision { id })
    }

    /// Whether the path is a folder; `None` when there is nothing.
    pub fn is_folder(&self, path: &str) -> Option<bool> {
        let kind = git(&["cat-file", "-t", &format!("{}:{path}", self.id)]).ok()?;
        Some(kind.starts_with(b"tree"))
    }
}

impl Reader for Revision {
    fn read(&self, path: &str) -> Result<Vec<u8>> {
        match self.is_folder(path) {
            Some(false) => git(&["cat-file", "blob", &format!("{}:{path}", self.id)]),
            Some(true) => Err(Error::other("it is a folder")),
            None => Err(Error::other("there is no such file at that revision")),
        }
    }
}

/// What `git` prints; what it complains about is the error.
fn git(arguments: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| Error::new(error.kind(), format!("git: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(Error::other(complaint.trim().to_owned()))
}
