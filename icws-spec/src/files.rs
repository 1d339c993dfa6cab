//! Where the files of a model come from: the disk, the package, or elsewhere.

use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::shipped;

/// Reads files by paths with `/` between the steps.
pub trait Reader: std::fmt::Debug {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Where the file is on the disk, if it is there; a compiler looks there for
    /// changes.
    fn on_disk(&self, _path: &str) -> Option<PathBuf> {
        None
    }
}

/// Reads a regular file. A pipe or a device could keep the reader for ever, and
/// is refused.
///
/// # Errors
/// When there is no such file, it cannot be read, or it is something else.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return fs::read(path);
    }
    let message = format!("this is {}, not a regular file", name_of(kind));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

#[cfg(unix)]
fn name_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_fifo() => "a pipe",
        kind if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn name_of(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}

/// A file of a model as it was opened.
pub(crate) struct Opened {
    /// Its path as shown in findings.
    pub shown: String,
    /// Its path on the disk, if that is where it is.
    pub absolute: Option<PathBuf>,
    /// Its folder, from the folder of the root file: what it includes is named
    /// from there.
    pub folder: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Where included files come from.
pub(crate) trait Files {
    /// Opens a file that another one includes, named as from the other's folder.
    fn open(&mut self, folder: &Path, name: &str) -> Result<Opened, Refusal>;
}

/// Why an include was refused.
pub(crate) enum Refusal {
    Missing(String),
    Outside,
}

pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn open(&mut self, _: &Path, _: &str) -> Result<Opened, Refusal> {
        Err(Refusal::Missing(
            "a model given as text has no folder to include from".to_owned(),
        ))
    }
}

/// What stands before the paths of the shipped model in findings.
pub(crate) const SHIPPED: &str = "shipped:";

/// The model that this crate carries.
#[derive(Debug)]
pub(crate) struct Shipped;

impl Reader for Shipped {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        shipped::read(path)
    }

    fn on_disk(&self, path: &str) -> Option<PathBuf> {
        let path = Path::new(shipped::FOLDER).join(path);
        path.is_file().then_some(path)
    }
}

pub(crate) struct Elsewhere<'a> {
    pub prefix: &'a str,
    /// The folder of the root file, which no include may leave.
    pub root: &'a str,
    pub reader: &'a dyn Reader,
}

impl Files for Elsewhere<'_> {
    fn open(&mut self, folder: &Path, name: &str) -> Result<Opened, Refusal> {
        let relative = normal(folder, name)?;
        let path = relative.to_string_lossy().replace('\\', "/");
        let path = format!("{}{path}", self.root);
        let bytes = self.reader.read(&path);
        Ok(Opened {
            shown: format!("{}{path}", self.prefix),
            absolute: self.reader.on_disk(&path),
            folder: folder_of(&relative),
            bytes: bytes.map_err(|error| Refusal::Missing(error.to_string()))?,
        })
    }
}

pub(crate) struct Disk {
    /// The folder of the root file, which no include may leave.
    pub root: PathBuf,
    /// The same folder as the caller wrote it.
    pub shown: PathBuf,
}

impl Files for Disk {
    fn open(&mut self, folder: &Path, name: &str) -> Result<Opened, Refusal> {
        let missing = |error: io::Error| Refusal::Missing(error.to_string());
        let relative = normal(folder, name)?;
        let absolute = self.root.join(&relative).canonicalize().map_err(missing)?;
        // A link may point anywhere; the package would not hold what it names.
        let below = absolute
            .strip_prefix(&self.root)
            .map_err(|_| Refusal::Outside)?;
        Ok(Opened {
            shown: self.shown.join(relative).display().to_string(),
            folder: folder_of(below),
            bytes: read_file(&absolute).map_err(missing)?,
            absolute: Some(absolute),
        })
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
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
