//! What a client and a server say to each other, recorded as evidence: what a server
//! really sends, to be held against the model or to be passed on.
//!
//! ```no_run
//! use icws_generated::client::{Client, Credentials};
//! use icws_generated::recording::RecordingFile;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let file = RecordingFile::append("today.jsonl")?;
//! let client = Client::builder().host("cic1.example").record(file.clone()).build()?;
//! let session = client.connect(Credentials::password("agent", "secret")).await?;
//! session.disconnect().await?;
//! file.flush()?;
//! println!("{} exchanges, {} dropped", file.written(), file.dropped());
//! # Ok(())
//! # }
//! ```
//!
//! Each line of the file is an entry of HAR 1.2, without secrets:
//! [`runtime::recording`](crate::runtime::recording) says what is in it and what is not.
//! What was secret in one exchange is masked in all that follow. A secret in prose cannot be
//! told from other words: read a file before you give it away.
//! A [`Recorder`] may do anything else with the exchanges; a function that takes an
//! [`Entry`] is one. A [`Tape`] is for programs with an HTTP stack of their own.

mod file;
mod tape;

use std::io;

pub use crate::runtime::recording::{Entry, EventCutter, MASKED, MetSecrets, RecordedBody, to_har};
pub use file::RecordingFile;
pub use tape::{Tape, Taping};

/// Takes the exchanges of a recording.
///
/// ```
/// use std::collections::VecDeque;
/// use std::io;
/// use std::sync::{Arc, Mutex, PoisonError};
/// use icws_generated::recording::{Entry, Recorder};
///
/// /// The last exchanges, to be written to a report when something goes wrong.
/// #[derive(Clone, Default)]
/// struct Last(Arc<Mutex<VecDeque<Entry>>>);
///
/// impl Recorder for Last {
///     fn record(&self, entry: Entry) -> io::Result<()> {
///         let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
///         if last.len() == 100 {
///             last.pop_front();
///         }
///         last.push_back(entry);
///         Ok(())
///     }
/// }
/// ```
pub trait Recorder: Send + Sync + 'static {
    /// Takes an exchange that has ended, or a part of one that goes on. Requests wait for
    /// it: what takes long is to be done elsewhere.
    ///
    /// See the example of [`Recorder`].
    ///
    /// # Errors
    /// When the exchange is not kept. The caller, such as [`Tape`], tells the first error
    /// and goes on.
    fn record(&self, entry: Entry) -> io::Result<()>;
}

impl<F: Fn(Entry) + Send + Sync + 'static> Recorder for F {
    fn record(&self, entry: Entry) -> io::Result<()> {
        self(entry);
        Ok(())
    }
}
