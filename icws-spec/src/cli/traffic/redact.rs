//! `icws-spec traffic --redact`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use icws_spec::Model;
use icws_spec::traffic::redact;

use super::super::{Failure, files};
use super::Arguments;

/// Writes a file of traffic without its secrets.
pub(super) fn run(arguments: &Arguments, model: &Model, out: &Path) -> Result<(), Failure> {
    let [path] = arguments.files.as_slice() else {
        let message = "--redact is of one FILE; call it for each";
        return Err(Failure::Usage(message.to_owned()));
    };
    let (name, reader) = super::open(path)?;
    let is_stdout = files::is_stdin(out);
    let shown = match is_stdout {
        true => "<stdout>".to_owned(),
        false => out.display().to_string(),
    };
    let failed = |error: io::Error| Failure::Usage(format!("{shown}: {error}"));
    if !is_stdout {
        if out.is_file() && files::is_same(path, out) {
            let message =
                format!("{shown} is what is read; name another file, and nothing is overwritten");
            return Err(Failure::Usage(message));
        }
        files::refuse(out, model)?;
    }
    let mut target = match is_stdout {
        true => Target::Stream(Box::new(io::stdout().lock())),
        false => Target::open(out).map_err(failed)?,
    };
    let written = redact(
        model.api(),
        arguments.mask,
        reader,
        BufWriter::new(target.writer()),
    );
    let redacted = match written {
        Ok(redacted) => redacted,
        Err(error) => {
            let place = super::place(&name, &error);
            if error.entries == 0 {
                return Err(Failure::Usage(place));
            }
            target.finish().map_err(failed)?;
            let message = format!("{place}\n{shown} has what was read before that");
            return Err(Failure::Usage(message));
        }
    };
    target.finish().map_err(failed)?;
    let entries = redacted.entries;
    tell!("{shown}: {entries} entries without secrets");
    if redacted.left_out > 0 {
        tell!(
            "{} entries that are no JSON, or no objects, were left out",
            redacted.left_out
        );
        return Err(Failure::Findings);
    }
    Ok(())
}

/// What is written to.
enum Target {
    /// A file beside the one that is meant, which it replaces at the end: until then
    /// that is what it was.
    Beside(Beside),
    /// What cannot be replaced: stdout, a pipe, a device.
    Stream(Box<dyn Write>),
}

impl Target {
    fn open(out: &Path) -> io::Result<Self> {
        match fs::metadata(out) {
            Ok(own) if !own.is_file() => Ok(Target::Stream(Box::new(File::create(out)?))),
            _ => Ok(Target::Beside(Beside::open(out)?)),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Target::Beside(beside) => &mut beside.file,
            Target::Stream(stream) => stream,
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Target::Beside(beside) => beside.finish(),
            Target::Stream(_) => Ok(()),
        }
    }
}

/// A file that becomes another one; if it does not, it is gone.
struct Beside {
    file: File,
    path: PathBuf,
    becomes: PathBuf,
}

impl Beside {
    fn open(out: &Path) -> io::Result<Self> {
        // Behind a link is the file that is meant.
        let becomes = out.canonicalize().unwrap_or_else(|_| out.to_path_buf());
        let mut name = OsString::from(".");
        name.push(becomes.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let path = becomes.with_file_name(name);
        let file = File::create_new(&path)?;
        let beside = Beside {
            file,
            path,
            becomes,
        };
        if let Ok(own) = fs::metadata(&beside.becomes) {
            fs::set_permissions(&beside.path, own.permissions())?;
        }
        Ok(beside)
    }

    fn finish(self) -> io::Result<()> {
        fs::rename(&self.path, &self.becomes)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Nothing is there any more when all went well.
        let _ = fs::remove_file(&self.path);
    }
}
