//! `--record`: a file with all exchanges.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use icws_generated::recording::{Entry, Recorder, RecordingFile};

/// Opens the file. The first exchange that it cannot keep is told on stderr.
///
/// # Errors
/// When the file cannot be opened.
pub fn to_file(path: &Path) -> io::Result<impl Recorder> {
    let shown = path.display().to_string();
    let explain = |error: io::Error| {
        let text = format!("cannot record to {shown}: {error}");
        io::Error::new(error.kind(), text)
    };
    let file = RecordingFile::append(path).map_err(explain)?;
    let has_told = AtomicBool::new(false);
    Ok(move |entry: Entry| {
        if let Err(error) = file.record(entry)
            && !has_told.swap(true, Ordering::Relaxed)
        {
            eprintln!("icws-mock: the recording in {shown} is not complete: {error}");
        }
    })
}
