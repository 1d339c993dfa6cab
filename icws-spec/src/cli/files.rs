//! What commands read and write: models from stdin, models changed in place, and
//! files that hold no part of the model.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use icws_spec::{FileId, Model, ModelSource, Reader};

use super::Failure;

/// The name of stdin among the arguments.
const STDIN: &str = "-";

/// Returns true if an argument stands for stdin.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// Takes stdin, which is there once.
pub fn take_stdin() -> Result<io::StdinLock<'static>, Failure> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    if TAKEN.swap(true, Ordering::Relaxed) {
        let message = "`-` stands twice, and stdin can be read once";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(io::stdin().lock())
}

/// Reads all of stdin.
pub fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match take_stdin()?.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::Usage(format!("<stdin>: {error}"))),
    }
}

/// A model that was read from stdin.
#[derive(Debug)]
struct Stdin(Vec<u8>);

impl Stdin {
    const ROOT: &str = "<stdin>";
}

impl Reader for Stdin {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == Self::ROOT {
            return Ok(self.0.clone());
        }
        let message = "a model from stdin has no folder to include from";
        Err(io::Error::other(message))
    }
}

/// Refuses to change a model in place that has no place.
pub fn has_place(model: Option<&Path>) -> Result<(), Failure> {
    if model.is_some_and(is_stdin) {
        let message = "a model from stdin cannot be changed in place; name a file";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(())
}

/// Writes the files of a model that changed.
pub fn write_back(model: &Model, changed: &BTreeSet<FileId>) -> Result<(), Failure> {
    let files = changed.iter().filter_map(|id| model.sources().get(*id));
    for file in files {
        if let Some(path) = &file.absolute {
            // A new file may be the first of its folder.
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            folder.map_err(|error| failed(path, &error))?;
            fs::write(path, &file.text).map_err(|error| failed(path, &error))?;
        }
    }
    Ok(())
}

/// What the system says of a file.
pub fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Usage(format!("{}: {error}", path.display()))
}

/// Loads a model from a path, or from stdin for `-`.
pub fn load(path: &Path) -> Result<Model, Failure> {
    let model = if is_stdin(path) {
        Model::load(ModelSource::Elsewhere {
            prefix: "",
            root: Stdin::ROOT,
            reader: &Stdin(stdin()?),
        })
    } else {
        Model::load(ModelSource::Path(path))
    };
    model.map_err(Failure::usage)
}

/// Writes what was made of a model, but over no file of that model: a path that is
/// given twice by mistake must not cost the model.
pub fn write(path: &Path, text: &str, model: &Model) -> Result<(), Failure> {
    refuse(path, model)?;
    fs::write(path, text).map_err(|error| failed(path, &error))
}

/// Refuses to write over a file of a model, or over what is read from stdin.
pub fn refuse(path: &Path, model: &Model) -> Result<(), Failure> {
    if path.is_file() && is_same(Path::new(STDIN), path) {
        return Err(Failure::Usage(format!(
            "{} is what stdin reads; name another file, and nothing is overwritten",
            path.display()
        )));
    }
    if let Some(file) = same_file(path, model) {
        return Err(Failure::Usage(format!(
            "{} is a file of the model ({}); name another file, and nothing is overwritten",
            path.display(),
            file.display()
        )));
    }
    Ok(())
}

/// The file of the model that a path leads to, also by a link.
fn same_file(path: &Path, model: &Model) -> Option<PathBuf> {
    // What is not there yet is no file of the model.
    let canonical = path.canonicalize().ok()?;
    let files = model.sources().files();
    let mut files = files.filter_map(|(_, file)| file.absolute.as_deref());
    let found = files.find(|file| is_same(file, &canonical));
    found.map(Path::to_path_buf)
}

/// Returns true if two paths lead to one file, also by a link, or by a redirection of
/// stdin.
pub fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    whole(one) == whole(other) || identity(one).is_some_and(|own| Some(own) == identity(other))
}

/// What tells a file apart whatever it is called.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    let metadata = match is_stdin(path) {
        true => fs::File::from(io::stdin().as_fd().try_clone_to_owned().ok()?).metadata(),
        false => fs::metadata(path),
    };
    let metadata = metadata.ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}
