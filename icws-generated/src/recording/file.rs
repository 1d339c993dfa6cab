//! A recording in a file.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use super::{Entry, Recorder};

/// So many exchanges wait to be written at most.
const WAITING: usize = 4096;

/// So many bytes of exchanges wait to be written at most.
const BYTES: usize = 64 << 20;

/// A file that exchanges are written to, line by line, by a thread of its own:
/// requests never wait for the disk. When the disk is too slow, exchanges are dropped and
/// counted. Cheap to clone; all clones are one file.
///
/// The file is complete when the last clone is dropped, which waits for it, and after
/// [`flush`](RecordingFile::flush).
///
/// ```no_run
/// use icws_generated::client::Client;
/// use icws_generated::recording::RecordingFile;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let recording = RecordingFile::append("today.jsonl")?;
/// let client = Client::builder().host("cic1.example").record(recording.clone()).build()?;
/// recording.flush()?;
/// println!("{} exchanges, {} dropped", recording.written(), recording.dropped());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RecordingFile(Arc<Writing>);

struct Writing {
    state: Arc<State>,
    /// It is taken when the file is closed.
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

enum Job {
    Write(Box<Entry>),
    /// Say when all before it is written.
    Flush(SyncSender<()>),
}

/// What the thread and the others know of each other.
#[derive(Default)]
struct State {
    /// The bytes of exchanges that wait.
    waiting: AtomicUsize,
    written: AtomicU64,
    dropped: AtomicU64,
    failure: Mutex<Option<(io::ErrorKind, String)>>,
}

impl RecordingFile {
    /// Opens a file for a recording, or makes it, which on Unix only its owner can read
    /// then. What is in it stays before what comes.
    ///
    /// See the example of [`RecordingFile`].
    ///
    /// # Errors
    /// When the file cannot be opened, or there can be no more threads.
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        end_line(&mut file)?;
        let (jobs, received) = sync_channel(WAITING);
        let state = Arc::new(State::default());
        let thread = Builder::new().name("icws-recording".to_owned()).spawn({
            let state = Arc::clone(&state);
            move || run(&state, BufWriter::new(file), &received)
        })?;
        Ok(RecordingFile(Arc::new(Writing {
            state,
            jobs: Some(jobs),
            thread: Some(thread),
        })))
    }

    /// Waits until all that was recorded before is in the file. This blocks the thread.
    ///
    /// See the example of [`RecordingFile`].
    ///
    /// # Errors
    /// When writing has failed, now or before.
    pub fn flush(&self) -> io::Result<()> {
        let (done, wait) = sync_channel(1);
        let jobs = self.0.jobs.as_ref().ok_or_else(closed)?;
        jobs.send(Job::Flush(done)).map_err(|_| closed())?;
        wait.recv().map_err(|_| closed())?;
        self.0.state.check()
    }

    /// Returns how many exchanges were written.
    ///
    /// See the example of [`RecordingFile`].
    pub fn written(&self) -> u64 {
        self.0.state.written.load(Ordering::Relaxed)
    }

    /// Returns how many exchanges were not kept, as they came faster than they were
    /// written, or as writing has failed.
    ///
    /// See the example of [`RecordingFile`].
    pub fn dropped(&self) -> u64 {
        self.0.state.dropped.load(Ordering::Relaxed)
    }
}

fn closed() -> io::Error {
    io::Error::other("the recording is closed")
}

/// Ends a line that was not written to its end: what follows is not to be lost with it.
fn end_line(file: &mut File) -> io::Result<()> {
    let mut last = [b'\n'];
    if file.metadata()?.is_file() && file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    match last {
        [b'\n'] => Ok(()),
        _ => file.write_all(b"\n"),
    }
}

impl Recorder for RecordingFile {
    fn record(&self, entry: Entry) -> io::Result<()> {
        let state = &self.0.state;
        let size = entry.size();
        let refused = |error| {
            state.dropped.fetch_add(1, Ordering::Relaxed);
            Err(error)
        };
        if let Err(error) = state.check() {
            return refused(error);
        }
        let slow = || {
            let text = "exchanges come faster than they are written; some are dropped";
            io::Error::new(io::ErrorKind::WouldBlock, text)
        };
        // A single one of any size is taken.
        let waiting = state.waiting.fetch_add(size, Ordering::AcqRel);
        let full = waiting > 0 && waiting.saturating_add(size) > BYTES;
        let job = Job::Write(Box::new(entry));
        let sent = match (&self.0.jobs, full) {
            (_, true) => Err(slow()),
            (None, _) => Err(closed()),
            (Some(jobs), _) => jobs.try_send(job).map_err(|error| match error {
                TrySendError::Full(_) => slow(),
                TrySendError::Disconnected(_) => closed(),
            }),
        };
        sent.or_else(|error| {
            state.waiting.fetch_sub(size, Ordering::AcqRel);
            refused(error)
        })
    }
}

impl State {
    fn failure(&self) -> MutexGuard<'_, Option<(io::ErrorKind, String)>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check(&self) -> io::Result<()> {
        match &*self.failure() {
            Some((kind, text)) => Err(io::Error::new(*kind, text.clone())),
            None => Ok(()),
        }
    }
}

/// Writes what comes, until nobody records any more.
fn run(state: &State, mut file: impl Write, jobs: &Receiver<Job>) {
    loop {
        let job = match jobs.try_recv() {
            // There is time to write what is held.
            Err(TryRecvError::Empty) => {
                note(state, file.flush());
                jobs.recv().ok()
            }
            job => job.ok(),
        };
        match job {
            Some(Job::Write(entry)) => {
                write(state, &mut file, &entry);
                state.waiting.fetch_sub(entry.size(), Ordering::AcqRel);
            }
            Some(Job::Flush(done)) => {
                note(state, file.flush());
                let _ = done.send(());
            }
            None => return note(state, file.flush()),
        }
    }
}

/// After an error nothing is written: where the file ends then is not known.
fn write(state: &State, file: &mut impl Write, entry: &Entry) {
    if state.check().is_ok() {
        note(state, file.write_all(&entry.to_line()));
    }
    let count = match state.check() {
        Ok(()) => &state.written,
        Err(_) => &state.dropped,
    };
    count.fetch_add(1, Ordering::Relaxed);
}

fn note(state: &State, outcome: io::Result<()>) {
    if let Err(error) = outcome {
        let first = (error.kind(), error.to_string());
        state.failure().get_or_insert(first);
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for RecordingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingFile")
            .field("written", &self.written())
            .field("dropped", &self.dropped())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;

    use super::*;

    fn entry(body: usize) -> Entry {
        let request = http::Request::new(());
        Entry::new(
            SystemTime::UNIX_EPOCH,
            &request,
            Bytes::from(vec![b'<'; body]),
        )
    }

    /// A disk that holds its writer up, or is full.
    struct Disk(Receiver<()>, usize);

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            self.1 = self.1.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A file on such a disk, and what lets it go on.
    fn on_disk(room: usize) -> (RecordingFile, SyncSender<()>) {
        let (go, wait) = sync_channel(0);
        let (jobs, received) = sync_channel(WAITING);
        let state = Arc::new(State::default());
        let thread = std::thread::spawn({
            let state = Arc::clone(&state);
            move || run(&state, Disk(wait, room), &received)
        });
        let writing = Writing {
            state,
            jobs: Some(jobs),
            thread: Some(thread),
        };
        (RecordingFile(Arc::new(writing)), go)
    }

    #[test]
    fn what_comes_faster_than_it_is_written_is_dropped_and_counted() {
        let (file, go) = on_disk(usize::MAX);
        let kept = (0..10_000)
            .filter(|_| file.record(entry(0)).is_ok())
            .count();
        // One may be in the hands of the thread.
        assert!((WAITING..=WAITING + 1).contains(&kept), "{kept}");
        assert_eq!(file.dropped(), 10_000 - kept as u64);
        drop(go);
        file.flush().unwrap();
        assert_eq!(file.written(), kept as u64);
        assert!(file.record(entry(0)).is_ok());
    }

    #[test]
    fn exchanges_that_wait_are_bounded_in_bytes() {
        let (file, go) = on_disk(usize::MAX);
        assert!(file.record(entry(BYTES + 1)).is_ok(), "one of any size");
        let error = file.record(entry(0)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        drop(go);
        file.flush().unwrap();
        assert!(file.record(entry(0)).is_ok());
    }

    #[test]
    fn a_disk_that_is_full_is_told_and_nothing_is_written_behind_a_half_line() {
        let (file, go) = on_disk(2);
        drop(go);
        for _ in 0..2 {
            file.record(entry(0)).unwrap();
        }
        file.flush().unwrap();
        file.record(entry(0)).unwrap();
        assert_eq!(file.flush().unwrap_err().kind(), io::ErrorKind::StorageFull);
        let error = file.record(entry(0)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert_eq!((file.written(), file.dropped()), (2, 2));
    }

    #[test]
    fn a_line_that_was_cut_is_ended_before_others_follow() {
        let path = std::env::temp_dir().join(format!("icws-recording-{}", std::process::id()));
        std::fs::write(&path, "{}\n{\"cut").unwrap();
        let file = RecordingFile::append(&path).unwrap();
        file.record(entry(0)).unwrap();
        drop(file);
        let file = RecordingFile::append(&path).unwrap();
        file.record(entry(0)).unwrap();
        drop(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!((lines[1], lines.len()), ("{\"cut", 4));
        assert!(lines[2].starts_with("{\"started") && lines[2] == lines[3]);
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_an_error_at_once() {
        assert!(RecordingFile::append(std::env::temp_dir()).is_err());
    }
}
