//! What was secret in some exchange of a recording.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use icws_secrets::Known;

/// The secrets that the exchanges of a recording have told, so that one is masked where
/// another exchange repeats it under a name that tells nothing: the password of a log-in
/// in the text of an error, or its token in a message. Cheap to clone; all clones know the
/// same. The last 4,096 secrets are known.
///
/// ```
/// use std::time::SystemTime;
///
/// use bytes::Bytes;
/// use icws_runtime::recording::{Entry, MetSecrets};
///
/// let secrets = MetSecrets::new();
/// let entry = |path: &str, body: &'static str| {
///     let request = http::Request::post(path).body(()).unwrap();
///     Entry::new(SystemTime::UNIX_EPOCH, &request, Bytes::from(body)).within(&secrets)
/// };
/// let first = entry("/icws/connection", r#"{"password": "open sesame"}"#);
/// let next = entry("/icws/7/log", r#"{"text": "not open sesame"}"#);
/// let line = String::from_utf8(next.to_line())?;
/// assert!(line.contains(r#"{\"text\": \"***\"}"#));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
#[derive(Clone, Default)]
pub struct MetSecrets(Arc<Mutex<Arc<Known>>>);

impl MetSecrets {
    /// Returns secrets of a recording that has begun: none are known yet.
    ///
    /// See the example of [`MetSecrets`].
    pub fn new() -> Self {
        MetSecrets::default()
    }

    /// Adds secrets, and returns all that are known then, those among them.
    pub(super) fn with(&self, own: &Known) -> Arc<Known> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Most exchanges tell what others have told: who reads them is not to copy them.
        if !all.has_all(own) {
            Arc::make_mut(&mut all).add_all(own);
        }
        Arc::clone(&all)
    }
}

impl fmt::Debug for MetSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetSecrets").finish_non_exhaustive()
    }
}
