//! Where the files of a model come from: the disk, the package, or elsewhere.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::shipped;
use crate::source::SourceFile;

/// Reads files by paths with `/` between the steps.
pub trait Reader: std::fmt::Debug {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;
}

/// Where included files come from.
pub(crate) trait Files {
    /// The included file, named as from `from`: its path to show, its absolute
    /// path and its bytes.
    fn open(
        &mut self,
        from: &SourceFile,
        name: &str,
    ) -> Result<(String, Option<PathBuf>, Vec<u8>), Refusal>;
}

/// Why an include was refused.
pub(crate) enum Refusal {
    Missing(String),
    Outside,
}

pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn open(
        &mut self,
        _: &SourceFile,
        _: &str,
    ) -> Result<(String, Option<PathBuf>, Vec<u8>), Refusal> {
        Err(Refusal::Missing(
            "a model given as text has no folder to include from".to_owned(),
        ))
    }
}

/// The model that this crate carries.
#[derive(Debug)]
pub(crate) struct Shipped;

impl Reader for Shipped {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        shipped::read(path)
    }
}

pub(crate) struct Elsewhere<'a> {
    pub prefix: &'a str,
    /// The folder of the root file, which no include may leave.
    pub folder: &'a str,
    pub reader: &'a dyn Reader,
}

impl Files for Elsewhere<'_> {
    fn open(
        &mut self,
        from: &SourceFile,
        name: &str,
    ) -> Result<(String, Option<PathBuf>, Vec<u8>), Refusal> {
        let from = from.path.strip_prefix(self.prefix).unwrap_or(&from.path);
        let from = from.strip_prefix(self.folder).unwrap_or(from);
        let relative = normal(Path::new(from).parent().unwrap_or(Path::new("")), name)?;
        let relative = relative.to_string_lossy().replace('\\', "/");
        let path = format!("{}{relative}", self.folder);
        let bytes = self.reader.read(&path);
        let bytes = bytes.map_err(|error| Refusal::Missing(error.to_string()))?;
        Ok((format!("{}{path}", self.prefix), None, bytes))
    }
}

pub(crate) struct Disk {
    /// The folder of the root file, which no include may leave.
    pub root: PathBuf,
    /// The same folder as the caller wrote it.
    pub shown: PathBuf,
}

impl Files for Disk {
    fn open(
        &mut self,
        from: &SourceFile,
        name: &str,
    ) -> Result<(String, Option<PathBuf>, Vec<u8>), Refusal> {
        let missing = |error: std::io::Error| Refusal::Missing(error.to_string());
        let from = from.absolute.as_deref().and_then(Path::parent);
        let below = from.and_then(|folder| folder.strip_prefix(&self.root).ok());
        let relative = normal(below.unwrap_or(Path::new("")), name)?;
        let absolute = self.root.join(&relative).canonicalize().map_err(missing)?;
        // A link may point anywhere; the package would not hold what it names.
        if !absolute.starts_with(&self.root) {
            return Err(Refusal::Outside);
        }
        let bytes = fs::read(&absolute).map_err(missing)?;
        Ok((
            self.shown.join(relative).display().to_string(),
            Some(absolute),
            bytes,
        ))
    }
}

/// Joins without leaving the top: `a` and `../b.yaml` is `b.yaml`.
fn normal(folder: &Path, name: &str) -> Result<PathBuf, Refusal> {
    let mut path = folder.to_owned();
    for component in Path::new(name).components() {
        match component {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::ParentDir if path.pop() => {}
            _ => return Err(Refusal::Outside),
        }
    }
    Ok(path)
}
