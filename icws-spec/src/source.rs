//! The files of a model.

use std::path::PathBuf;

use crate::place::FileId;
use crate::syntax::Node;

/// A file of a model.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SourceFile {
    /// Its path as shown in findings.
    pub path: String,
    /// Where it was read; `None` for the shipped model and inline text.
    pub absolute: Option<PathBuf>,
    /// Its text.
    pub text: String,
    /// Its content, without what the shape check took out.
    pub root: Node,
    /// Names of the items that had a finding.
    pub(crate) broken: Vec<String>,
}

/// All files of a model; the root is the first.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// The files with their ids, in the order in which they were included.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index), file))
    }

    /// One file.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0)
    }

    /// The id that the next file will have.
    pub(crate) fn next(&self) -> FileId {
        FileId(self.files.len())
    }

    pub(crate) fn push(&mut self, file: SourceFile) {
        self.files.push(file);
    }
}
