//! `icws-spec traffic --redact`.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

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
    let shown = out.display();
    let failed = |error: std::io::Error| Failure::Usage(format!("{shown}: {error}"));
    if !files::is_stdin(path) && is_same(path, out) {
        let message =
            format!("{shown} is what is read; name another file, and nothing is overwritten");
        return Err(Failure::Usage(message));
    }
    files::refuse(out, model)?;
    let file = File::create(out).map_err(failed)?;
    let written = redact(model.api(), arguments.mask, reader, BufWriter::new(file));
    let redacted = written.map_err(|error| {
        let place = super::place(&name, &error);
        Failure::Usage(format!("{place}\n{shown} has what was read before that"))
    })?;
    let entries = redacted.entries;
    eprintln!("{shown}: {entries} entries without secrets");
    if redacted.left_out > 0 {
        eprintln!("{} lines that are no JSON were left out", redacted.left_out);
        return Err(Failure::Findings);
    }
    Ok(())
}

/// Returns true if two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}
