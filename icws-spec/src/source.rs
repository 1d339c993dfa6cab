//! The files of a model, read and followed through their includes.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::files::{Disk, Elsewhere, Files, NoFiles, Reader, Refusal, Shipped};
use crate::place::{FileId, Place};
use crate::rules;
use crate::syntax::shape::{self, ShapeError};
use crate::syntax::{self, Node, NodeId, Value};

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

/// Where a model comes from.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A file, or a folder with an `icws.yaml`.
    Path(&'a Path),
    /// A text in memory, which cannot include files.
    Inline(&'a str),
    /// Files that are somewhere else than on the disk.
    Elsewhere {
        /// What stands before the paths in findings, `git:HEAD:`.
        prefix: &'a str,
        /// The path of the root file.
        root: &'a str,
        /// Where to read it and what it includes.
        reader: &'a dyn Reader,
    },
    /// The model that this crate carries.
    Shipped,
}

/// Why a model could not be read at all.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadError {
    /// The path.
    pub path: PathBuf,
    /// What the system says.
    pub error: std::io::Error,
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// All files of a model; the root is the first.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Reads a model and checks the shape of its files. Findings are added to
    /// `diagnostics`, and what they are about is left out.
    ///
    /// # Errors
    /// Only when the root file cannot be read.
    pub fn load(
        origin: Origin<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Sources, LoadError> {
        let mut loader = Loader::new(diagnostics);
        match origin {
            Origin::Inline(text) => {
                loader.add("<inline>".to_owned(), None, text.to_owned(), &mut NoFiles);
            }
            Origin::Shipped => loader.add_elsewhere("", "icws.yaml", &Shipped)?,
            Origin::Elsewhere {
                prefix,
                root,
                reader,
            } => loader.add_elsewhere(prefix, root, reader)?,
            Origin::Path(path) => {
                let path = if path.is_dir() {
                    path.join("icws.yaml")
                } else {
                    path.to_owned()
                };
                let read = |path: &Path| {
                    fs::read(path).and_then(|bytes| Ok((bytes, path.canonicalize()?)))
                };
                let (bytes, absolute) = read(&path).map_err(|error| LoadError {
                    path: path.clone(),
                    error,
                })?;
                let root = absolute.parent().map(Path::to_owned).unwrap_or_default();
                let shown = path.parent().map(Path::to_owned).unwrap_or_default();
                let text = loader.text(&path.display().to_string(), Some(&absolute), bytes);
                if let Some(text) = text {
                    let mut files = Disk { root, shown };
                    loader.add(path.display().to_string(), Some(absolute), text, &mut files);
                }
            }
        }
        Ok(loader.sources)
    }

    /// The same files with other texts of some of them, checked anew. What they
    /// include stays as it was.
    #[cfg(feature = "cli")]
    pub(crate) fn with_texts(
        &self,
        texts: &std::collections::BTreeMap<FileId, String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Sources {
        let mut loader = Loader::new(diagnostics);
        for (id, file) in self.files() {
            let text = texts.get(&id).unwrap_or(&file.text).clone();
            loader.parse(&file.path, file.absolute.as_deref(), text);
        }
        loader.sources
    }

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
}

struct Loader<'a> {
    sources: Sources,
    /// The files so far by their absolute paths, or by those that are shown.
    known: HashMap<PathBuf, FileId>,
    /// The files that are being read, outermost first, with what they still
    /// include.
    open: Vec<(FileId, std::vec::IntoIter<Node>)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn new(diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Loader {
            sources: Sources::default(),
            known: HashMap::new(),
            open: Vec::new(),
            diagnostics,
        }
    }

    fn add_elsewhere(
        &mut self,
        prefix: &str,
        root: &str,
        reader: &dyn Reader,
    ) -> Result<(), LoadError> {
        let shown = format!("{prefix}{root}");
        let bytes = reader.read(root).map_err(|error| LoadError {
            path: PathBuf::from(&shown),
            error,
        })?;
        let folder = root.rfind('/').map_or(0, |slash| slash + 1);
        let mut files = Elsewhere {
            prefix,
            folder: root.get(..folder).unwrap_or_default(),
            reader,
        };
        if let Some(text) = self.text(&shown, None, bytes) {
            self.add(shown, None, text, &mut files);
        }
        Ok(())
    }

    fn push(&mut self, path: &str, absolute: Option<&Path>, text: String) -> FileId {
        let id = FileId(self.sources.files.len());
        self.known.insert(key(path, absolute), id);
        self.sources.files.push(SourceFile {
            path: path.to_owned(),
            absolute: absolute.map(Path::to_owned),
            text,
            root: Node {
                id: NodeId::ROOT,
                value: Value::Map(Vec::new()),
            },
            broken: Vec::new(),
        });
        id
    }

    /// The bytes as text; what is not UTF-8 is reported and leaves an empty file.
    fn text(&mut self, path: &str, absolute: Option<&Path>, bytes: Vec<u8>) -> Option<String> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let before = text.get(..valid).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let column = before
                    .rsplit('\n')
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .count()
                    + 1;
                let file = self.push(path, absolute, text);
                self.diagnostics.push(
                    Diagnostic::at(&rules::YAML_SYNTAX, file, line, column, "this is not UTF-8")
                        .help("save the file in UTF-8"),
                );
                None
            }
        }
    }

    /// Adds a file without what it includes; `None` when it is not YAML.
    fn parse(&mut self, path: &str, absolute: Option<&Path>, text: String) -> Option<FileId> {
        let parsed = syntax::parse(text.strip_prefix('\u{feff}').unwrap_or(&text));
        self.report_todos(&text);
        let id = self.push(path, absolute, text);
        let mut root = match parsed {
            Ok(root) => root,
            Err(error) => {
                self.diagnostics.push(Diagnostic::at(
                    &rules::YAML_SYNTAX,
                    id,
                    error.line,
                    error.column,
                    error.message,
                ));
                return None;
            }
        };
        let checked = shape::check(&mut root);
        let errors = checked.errors.into_iter();
        self.diagnostics
            .extend(errors.map(|error| placed(error, id)));
        if let Some(file) = self.sources.files.get_mut(id.0) {
            file.root = root;
            file.broken = checked.broken;
        }
        Some(id)
    }

    /// Reports what an import of a page left open.
    fn report_todos(&mut self, text: &str) {
        let file = FileId(self.sources.files.len());
        for (index, line) in text.lines().enumerate() {
            let comment = line.trim_start();
            let Some(open) = comment.strip_prefix(syntax::OPEN_TODO) else {
                continue;
            };
            let column = line.chars().count() - comment.chars().count() + 1;
            let message = match open.split_once("): ") {
                Some((page_line, what)) => format!("line {page_line} of the page: {what}"),
                None => open.to_owned(),
            };
            self.diagnostics.push(
                Diagnostic::at(&rules::OPEN_TODO, file, index + 1, column, message)
                    .help("write what is missing, and take this comment away"),
            );
        }
    }

    /// Adds a file with all that it includes.
    fn add(
        &mut self,
        path: String,
        absolute: Option<PathBuf>,
        text: String,
        files: &mut dyn Files,
    ) {
        self.open(&path, absolute.as_deref(), text);
        while let Some((from, includes)) = self.open.last_mut() {
            let from = *from;
            match includes.next() {
                Some(include) => self.include(from, &include, files),
                None => drop(self.open.pop()),
            }
        }
    }

    fn open(&mut self, path: &str, absolute: Option<&Path>, text: String) {
        let Some(id) = self.parse(path, absolute, text) else {
            return;
        };
        let root = self.sources.get(id).map(|file| &file.root);
        let includes = root.and_then(|root| root.get("include"));
        let includes = includes.map(Node::as_list).unwrap_or_default().to_vec();
        self.open.push((id, includes.into_iter()));
    }

    fn include(&mut self, from: FileId, node: &Node, files: &mut dyn Files) {
        let name = node.as_str().unwrap_or_default();
        let place = Place {
            file: from,
            node: node.id,
        };
        let Some(file) = self.sources.get(from) else {
            return;
        };
        let (path, absolute, bytes) = match files.open(file, name) {
            Ok(opened) => opened,
            Err(Refusal::Missing(reason)) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &rules::INCLUDE_MISSING,
                        place,
                        format!("cannot include `{name}`: {reason}"),
                    )
                    .help("paths are relative to the file that includes"),
                );
                return;
            }
            Err(Refusal::Outside) => {
                self.diagnostics.push(
                    Diagnostic::new(&rules::INCLUDE_OUTSIDE, place, format!("`{name}` is outside the folder of the model"))
                        .help("move it below the folder of the root file, so that a package carries the whole model"),
                );
                return;
            }
        };
        if let Some(known) = self.known.get(&key(&path, absolute.as_deref())) {
            // A file included from two places is read once; one that includes
            // itself, through whatever others, would never end.
            if self.open.iter().any(|(open, _)| open == known) {
                self.diagnostics.push(
                    Diagnostic::new(
                        &rules::INCLUDE_CYCLE,
                        place,
                        format!("`{name}` includes this file in turn"),
                    )
                    .help("let the root file include both"),
                );
            }
            return;
        }
        if let Some(text) = self.text(&path, absolute.as_deref(), bytes) {
            self.open(&path, absolute.as_deref(), text);
        }
    }
}

/// An error in the shape of a file as a finding.
fn placed(error: ShapeError, file: FileId) -> Diagnostic {
    let place = |node| Place { file, node };
    let mut diagnostic = Diagnostic::new(error.rule, place(error.node), error.message);
    diagnostic.help = error.help;
    let related = error.related.into_iter();
    let related = related.map(|(node, text)| (place(node), text.to_owned()));
    diagnostic.related = related.collect();
    diagnostic
}

/// By what a file is known when it is included again.
fn key(path: &str, absolute: Option<&Path>) -> PathBuf {
    absolute.unwrap_or(Path::new(path)).to_owned()
}
