//! Reads the files of a model, and follows their includes.

mod error;

#[cfg(feature = "cli")]
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
#[cfg(feature = "cli")]
use std::sync::Arc;

use crate::changes;
use crate::diagnostic::Diagnostic;
use crate::files::{
    Disk, Elsewhere, Files, NoFiles, Opened, Reader, Refusal, SHIPPED, Shipped, read_file,
};
use crate::place::{FileId, Place};
use crate::rules;
use crate::source::{SourceFile, Sources};
use crate::syntax::language;
use crate::syntax::shape::{self, ShapeError};
use crate::syntax::{self, Node};
use crate::texts::without_mark;

pub use error::LoadError;

/// Where a model comes from.
#[derive(Debug, Clone, Copy)]
pub enum ModelSource<'a> {
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

impl Sources {
    /// Reads a model and checks the shape of its files. Findings are added to
    /// `diagnostics`, and what they are about is left out.
    ///
    /// # Errors
    /// Only when a root file cannot be read.
    pub fn load(
        source: ModelSource<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Sources, LoadError> {
        let mut loader = Loader::new(diagnostics);
        match source {
            ModelSource::Inline(text) => loader.inline(text),
            ModelSource::Path(path) => loader.disk(path)?,
            ModelSource::Elsewhere {
                prefix,
                root,
                reader,
            } => loader.elsewhere(prefix, root, reader)?,
            ModelSource::Shipped => loader.shipped()?,
        }
        let extended = loader.extends();
        if extended {
            loader.extended = true;
            loader.shipped()?;
        }
        Ok(loader.checked(extended))
    }

    /// The same files with other texts of some of them, which are read and checked
    /// anew. What they include stays as it was.
    #[cfg(feature = "cli")]
    pub(crate) fn with_texts(
        &self,
        texts: &BTreeMap<FileId, String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Sources {
        let mut loader = Loader::new(diagnostics);
        for (id, file) in self.shared() {
            let text = texts.get(&id);
            if text.is_none() && file.is_clean {
                loader.sound.push(id);
                loader.sources.push(Arc::clone(file));
                continue;
            }
            let text = text.unwrap_or(&file.text).clone();
            loader.extended = file.extended;
            loader.parse(file.path.clone(), file.absolute.clone(), text);
        }
        let extended = loader.extends();
        loader.checked(extended)
    }
}

struct Loader<'a> {
    sources: Sources,
    /// The files so far by their absolute paths, or by those that are shown.
    known: HashMap<PathBuf, FileId>,
    /// The files that are being read, outermost first.
    open: Vec<Open>,
    /// The files that are YAML.
    sound: Vec<FileId>,
    /// Whether the files are those of the extended model.
    extended: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A file that is being read.
struct Open {
    id: FileId,
    /// Its folder, from the folder of the root file.
    folder: PathBuf,
    /// What it still includes.
    includes: std::vec::IntoIter<Node>,
}

impl<'a> Loader<'a> {
    fn new(diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Loader {
            sources: Sources::default(),
            known: HashMap::new(),
            open: Vec::new(),
            sound: Vec::new(),
            extended: false,
            diagnostics,
        }
    }

    fn inline(&mut self, text: &str) {
        let root = Opened {
            shown: "<inline>".to_owned(),
            absolute: None,
            folder: PathBuf::new(),
            bytes: text.as_bytes().to_vec(),
        };
        self.read(root, &mut NoFiles);
    }

    fn disk(&mut self, path: &Path) -> Result<(), LoadError> {
        let path = if path.is_dir() {
            path.join("icws.yaml")
        } else {
            path.to_owned()
        };
        let read = || Ok((read_file(&path)?, path.canonicalize()?));
        let (bytes, absolute) = read().map_err(|error| LoadError::new(&path, error))?;
        let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
        let mut files = Disk {
            root: folder(&absolute),
            shown: folder(&path),
        };
        let root = Opened {
            shown: path.display().to_string(),
            absolute: Some(absolute),
            folder: PathBuf::new(),
            bytes,
        };
        self.read(root, &mut files);
        Ok(())
    }

    fn shipped(&mut self) -> Result<(), LoadError> {
        self.elsewhere(SHIPPED, "icws.yaml", &Shipped)
    }

    fn elsewhere(
        &mut self,
        prefix: &str,
        root: &str,
        reader: &dyn Reader,
    ) -> Result<(), LoadError> {
        let shown = format!("{prefix}{root}");
        let bytes = reader
            .read(root)
            .map_err(|error| LoadError::new(&shown, error))?;
        let folder = root.rfind('/').map_or(0, |slash| slash + 1);
        let mut files = Elsewhere {
            prefix,
            root: root.get(..folder).unwrap_or_default(),
            reader,
        };
        let root = Opened {
            shown,
            absolute: reader.on_disk(root),
            folder: PathBuf::new(),
            bytes,
        };
        self.read(root, &mut files);
        Ok(())
    }

    /// Returns true if the root file extends the shipped model.
    fn extends(&self) -> bool {
        let root = self.sources.get(FileId::ROOT);
        let word = root.and_then(|file| file.root.get("extends")?.as_str());
        word == Some(language::SHIPPED)
    }

    /// Applies the changes of the extended model, and holds all files against the
    /// language.
    fn checked(mut self, extended: bool) -> Sources {
        changes::apply(&mut self.sources, extended, self.diagnostics);
        for id in self.sound {
            let file = self.sources.get(id);
            if file.is_some_and(|file| file.is_clean && file.origins.is_empty()) {
                continue;
            }
            let Some(file) = self.sources.get_mut(id) else {
                continue;
            };
            let checked = shape::check(&mut file.root);
            file.is_clean = checked.errors.is_empty() && file.origins.is_empty();
            file.broken = checked.broken;
            let errors = checked.errors.into_iter().map(|error| placed(error, id));
            self.diagnostics.extend(errors);
        }
        self.sources
    }

    /// Reads the root file with all that it includes.
    fn read(&mut self, root: Opened, files: &mut dyn Files) {
        self.open(root);
        while let Some(open) = self.open.last_mut() {
            match open.includes.next() {
                Some(include) => {
                    let found = files.open(&open.folder, include.as_str().unwrap_or_default());
                    let from = open.id;
                    self.include(from, &include, found);
                }
                None => drop(self.open.pop()),
            }
        }
    }

    /// Adds a file, whose includes come next.
    fn open(&mut self, opened: Opened) {
        let Opened {
            shown,
            absolute,
            folder,
            bytes,
        } = opened;
        let id = match String::from_utf8(bytes) {
            Ok(text) => self.parse(shown, absolute, text),
            Err(error) => self.not_text(shown, absolute, &error),
        };
        let root = self.sources.get(id).map(|file| &file.root);
        let includes = root.and_then(|root| root.get("include"));
        let includes = includes.map(Node::as_list).unwrap_or_default().iter();
        // What is no text has a finding of its own.
        let includes = includes.filter(|include| include.as_str().is_some());
        let includes: Vec<Node> = includes.cloned().collect();
        self.open.push(Open {
            id,
            folder,
            includes: includes.into_iter(),
        });
    }

    /// Adds a file without what it includes. One that is not YAML is empty.
    fn parse(&mut self, path: String, absolute: Option<PathBuf>, text: String) -> FileId {
        let id = self.sources.next();
        let parsed = syntax::parse(without_mark(&text));
        let root = match parsed {
            Ok(root) => {
                self.sound.push(id);
                root
            }
            Err(error) => {
                self.diagnostics.push(Diagnostic::at(
                    &rules::YAML_SYNTAX,
                    id,
                    error.line,
                    error.column,
                    error.message,
                ));
                Node::empty()
            }
        };
        self.push(path, absolute, text, root)
    }

    /// Adds a file that is not UTF-8, as an empty one.
    fn not_text(
        &mut self,
        path: String,
        absolute: Option<PathBuf>,
        error: &FromUtf8Error,
    ) -> FileId {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let before = without_mark(text.get(..valid).unwrap_or_default());
        let line = before.matches('\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or_default();
        let column = last.chars().count() + 1;
        let file = self.sources.next();
        self.diagnostics.push(
            Diagnostic::at(&rules::YAML_SYNTAX, file, line, column, "this is not UTF-8")
                .help("save the file in UTF-8"),
        );
        self.push(path, absolute, text, Node::empty())
    }

    fn push(
        &mut self,
        path: String,
        absolute: Option<PathBuf>,
        text: String,
        root: Node,
    ) -> FileId {
        let id = self.sources.next();
        self.known.insert(key(&path, absolute.as_deref()), id);
        let mut file = SourceFile::new(path, absolute, text, root);
        file.extended = self.extended;
        self.sources.push(file);
        id
    }

    /// Adds what a file includes, or reports why it cannot.
    fn include(&mut self, from: FileId, node: &Node, found: Result<Opened, Refusal>) {
        let name = node.as_str().unwrap_or_default();
        let place = from.at(node.id);
        let opened = match found {
            Ok(opened) => opened,
            Err(refusal) => return self.diagnostics.push(refused(name, place, &refusal)),
        };
        let key = key(&opened.shown, opened.absolute.as_deref());
        let Some(known) = self.known.get(&key) else {
            return self.open(opened);
        };
        // A file included from two places is read once; one that includes
        // itself, through whatever others, would never end.
        if self.open.iter().any(|open| open.id == *known) {
            self.diagnostics.push(
                Diagnostic::new(
                    &rules::INCLUDE_CYCLE,
                    place,
                    format!("`{name}` includes this file in turn"),
                )
                .help("let the root file include both"),
            );
        }
    }
}

fn refused(name: &str, place: Place, refusal: &Refusal) -> Diagnostic {
    match refusal {
        Refusal::Missing(reason) => Diagnostic::new(
            &rules::INCLUDE_MISSING,
            place,
            format!("cannot include `{name}`: {reason}"),
        )
        .help("paths are relative to the file that includes"),
        Refusal::Outside => Diagnostic::new(
            &rules::INCLUDE_OUTSIDE,
            place,
            format!("`{name}` is outside the folder of the model"),
        )
        .help(
            "move it below the folder of the root file, so that a package carries the whole model",
        ),
    }
}

/// An error in the shape of a file as a finding.
fn placed(error: ShapeError, file: FileId) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(error.rule, file.at(error.node), error.message);
    diagnostic.help = error.help;
    let related = error.related.into_iter();
    let related = related.map(|(node, text)| (file.at(node), text.to_owned()));
    diagnostic.related = related.collect();
    diagnostic
}

/// By what a file is known when it is included again.
fn key(path: &str, absolute: Option<&Path>) -> PathBuf {
    absolute.unwrap_or(Path::new(path)).to_owned()
}
