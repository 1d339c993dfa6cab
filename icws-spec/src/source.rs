//! The files of a model.

use std::path::PathBuf;
use std::sync::Arc;

use crate::place::{FileId, Place};
#[cfg(feature = "cli")]
use crate::syntax;
use crate::syntax::Node;
use crate::texts::without_mark;

/// A file of a model.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SourceFile {
    /// Its path as shown in findings.
    pub path: String,
    /// Where it was read, or where the file that a package carries was found on
    /// the disk; `None` for inline text and other files that are not there.
    pub absolute: Option<PathBuf>,
    /// Its text.
    pub text: String,
    /// Its content with the changes of other files, and without what the shape
    /// check took out.
    pub root: Node,
    /// Whether it is a file of the extended model.
    pub extended: bool,
    /// Where each node was written, if other files changed something here.
    pub(crate) origins: Vec<Place>,
    /// Names of the items that had a finding.
    pub(crate) broken: Vec<String>,
    /// Whether the content is that of the text, all of it, and fits the language: to
    /// read it again would give the same.
    pub(crate) is_clean: bool,
}

impl SourceFile {
    /// A file of the model's own, as it was read.
    pub(crate) fn new(path: String, absolute: Option<PathBuf>, text: String, root: Node) -> Self {
        SourceFile {
            path,
            absolute,
            text,
            root,
            extended: false,
            origins: Vec::new(),
            broken: Vec::new(),
            is_clean: false,
        }
    }

    /// The text that places are in.
    pub(crate) fn placed(&self) -> &str {
        without_mark(&self.text)
    }
}

/// All files of a model; the root is the first. Models that differ in some share the
/// others.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    /// What was changed of the extended model: names, each where the change has it.
    pub(crate) changed: Vec<(String, Place)>,
}

impl Sources {
    /// The files with their ids, in the order in which they were included.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index), &**file))
    }

    /// The files with their ids, to be shared.
    #[cfg(feature = "cli")]
    pub(crate) fn shared(&self) -> impl Iterator<Item = (FileId, &Arc<SourceFile>)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The files in the order in which declarations count: the extended model was
    /// there first.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let extended = self.files().filter(|(_, file)| file.extended);
        extended.chain(self.files().filter(|(_, file)| !file.extended))
    }

    /// What to do about something that is declared a second time: what the
    /// extended model has is changed, not declared.
    pub(crate) fn help_of_second(
        &self,
        first: Place,
        second: Place,
        section: &str,
    ) -> Option<String> {
        let extended = |place: Place| self.get(place.file).is_some_and(|file| file.extended);
        (extended(first) && !extended(second)).then(|| {
            format!("the extended model has it; write what is otherwise here under `changes`, `{section}`")
        })
    }

    /// One file.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0).map(|file| &**file)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, id: FileId) -> Option<&mut SourceFile> {
        self.files.get_mut(id.0).map(Arc::make_mut)
    }

    /// Returns where a node was written: for a change, in the file of the change.
    pub(crate) fn origin(&self, place: Place) -> Place {
        let file = self.get(place.file);
        let origin = file.and_then(|file| file.origins.get(place.node.index()));
        origin.copied().unwrap_or(place)
    }

    /// Returns the change that a finding in the extended model comes of, which was
    /// sound without it: the last one of a name that the finding mentions, or the
    /// only one.
    pub(crate) fn cause(&self, message: &str) -> Option<Place> {
        let mentions = |name: &str| {
            let forms = [format!("`{name}`"), format!("`{{{name}}}`")];
            forms.iter().any(|form| message.contains(form))
        };
        let mut changed = self.changed.iter().rev();
        let named = changed.find(|(name, _)| mentions(name));
        let only = match self.changed.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        named.or(only).map(|(_, place)| *place)
    }

    /// The id that the next file will have.
    pub(crate) fn next(&self) -> FileId {
        FileId(self.files.len())
    }

    /// Adds a file of the model's own that no file includes yet.
    #[cfg(feature = "cli")]
    pub(crate) fn add(&mut self, path: String, absolute: PathBuf, text: &str) -> FileId {
        let id = self.next();
        let root = syntax::parse(text).unwrap_or_else(|_| Node::empty());
        self.push(SourceFile::new(path, Some(absolute), text.to_owned(), root));
        id
    }

    pub(crate) fn push(&mut self, file: impl Into<Arc<SourceFile>>) {
        self.files.push(file.into());
    }
}
