//! An exchange, as a recorder takes it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, Version};

use super::mask::Mask;
use super::met::MetSecrets;
use crate::shown::Shown;
use icws_secrets::Known;

/// A body of an exchange.
///
/// ```
/// use icws_runtime::recording::RecordedBody;
///
/// // Of a voice mail only its size is recorded.
/// let body = RecordedBody::LeftOut { bytes: 480_000, reason: "audio" };
/// assert_eq!(body.size(), 480_000);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum RecordedBody {
    /// All of it, as it travelled.
    Whole(Bytes),
    /// It is not there, only how many bytes it had, as far as they were counted.
    LeftOut {
        /// How many bytes it had.
        bytes: u64,
        /// Why it is not there, for people.
        reason: &'static str,
    },
}

impl RecordedBody {
    /// Returns how many bytes the body had.
    ///
    /// See the example of [`RecordedBody`].
    pub fn size(&self) -> u64 {
        match self {
            RecordedBody::Whole(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            RecordedBody::LeftOut { bytes, .. } => *bytes,
        }
    }

    pub(super) fn held(&self) -> &[u8] {
        match self {
            RecordedBody::Whole(bytes) => bytes,
            RecordedBody::LeftOut { .. } => &[],
        }
    }
}

impl From<Bytes> for RecordedBody {
    fn from(bytes: Bytes) -> Self {
        RecordedBody::Whole(bytes)
    }
}

impl fmt::Debug for RecordedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({} bytes)", self.size())
    }
}

/// The head and the body of a request or a response.
#[derive(Clone)]
pub(super) struct Half {
    pub version: Version,
    pub headers: HeaderMap,
    pub body: RecordedBody,
}

impl Half {
    fn size(&self) -> usize {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| name.as_str().len() + value.len());
        headers.sum::<usize>() + self.body.held().len()
    }
}

/// One exchange: a request, and its response or why there is none.
///
/// It is cheap to make and to clone: nothing is copied but the heads. Secrets are masked
/// when it is written, which can be done elsewhere; nothing else reads them out of it.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use bytes::Bytes;
/// use icws_runtime::recording::Entry;
///
/// let request = http::Request::post("https://cic1:8019/icws/connection")
///     .header("Content-Type", "application/json")
///     .body(Bytes::from(r#"{"userID": "agent", "password": "open sesame"}"#))?;
/// let response = http::Response::builder().status(503).body(Bytes::new())?;
///
/// let entry = Entry::new(SystemTime::UNIX_EPOCH, &request, request.body().clone());
/// let time = Duration::from_millis(12);
/// let line = entry.answered(&response, response.body().clone(), time).to_line();
/// let line = String::from_utf8(line)?;
/// assert!(line.contains(r#"{\"userID\": \"agent\", \"password\": \"***\"}"#));
/// assert!(line.ends_with("\n") && line.lines().count() == 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Entry {
    pub(super) started: SystemTime,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) request: Half,
    pub(super) response: Option<(StatusCode, Half)>,
    pub(super) time: Duration,
    pub(super) comment: Option<String>,
    pub(super) part: Option<(String, u64)>,
    secrets: Option<MetSecrets>,
    /// The secrets of this exchange, if they were looked for.
    own: Option<Arc<Known>>,
}

impl Entry {
    /// Returns an exchange that began at that time, without a response yet. An address without a
    /// host is completed by the header `Host`, as one of plain HTTP.
    ///
    /// See the example of [`Entry`].
    pub fn new<B>(
        started: SystemTime,
        request: &http::Request<B>,
        body: impl Into<RecordedBody>,
    ) -> Self {
        Entry {
            started,
            method: request.method().clone(),
            uri: request.uri().clone(),
            request: Half {
                version: request.version(),
                headers: request.headers().clone(),
                body: body.into(),
            },
            response: None,
            time: Duration::ZERO,
            comment: None,
            part: None,
            secrets: None,
            own: None,
        }
    }

    /// Returns the exchange with a response, which was there after that time.
    ///
    /// See the example of [`Entry`].
    #[must_use]
    pub fn answered<B>(
        mut self,
        response: &http::Response<B>,
        body: impl Into<RecordedBody>,
        time: Duration,
    ) -> Self {
        let half = Half {
            version: response.version(),
            headers: response.headers().clone(),
            body: body.into(),
        };
        self.response = Some((response.status(), half));
        self.own = None;
        self.time = time;
        self
    }

    /// Returns the exchange without a response: it was given up after that time, for that
    /// reason.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use bytes::Bytes;
    /// use icws_runtime::recording::Entry;
    ///
    /// let request = http::Request::get("https://cic1:8019/icws/1731001/messaging/messages").body(())?;
    /// let entry = Entry::new(SystemTime::now(), &request, Bytes::new());
    /// let entry = entry.unanswered("the connection broke", Duration::from_secs(10));
    /// let line = String::from_utf8(entry.to_line())?;
    /// assert!(line.contains(r#""comment":"the connection broke""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unanswered(self, reason: impl Into<String>, time: Duration) -> Self {
        let entry = self.commented(reason);
        Entry {
            response: None,
            own: None,
            time,
            ..entry
        }
    }

    /// Returns the exchange with a remark. Of a long one the end is left out.
    ///
    /// See the example of [`Entry::unanswered`].
    #[must_use]
    pub fn commented(mut self, comment: impl Into<String>) -> Self {
        let comment: String = comment.into();
        self.comment = Some(Shown(&comment).to_string());
        self
    }

    /// Returns the exchange as a part of a response that goes on; parts of the same stream are
    /// counted from 0.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use bytes::Bytes;
    /// use icws_runtime::recording::Entry;
    ///
    /// let request = http::Request::get("https://cic1:8019/icws/1731001/messaging/messages").body(())?;
    /// let head = http::Response::builder().header("Content-Type", "text/event-stream").body(())?;
    /// let events = Bytes::from("data: {\"isDelta\": true}\n\n");
    /// let entry = Entry::new(SystemTime::now(), &request, Bytes::new());
    /// let entry = entry.answered(&head, events, Duration::from_secs(3)).part("7", 0);
    /// let line = String::from_utf8(entry.to_line())?;
    /// assert!(line.contains(r#""_icws":{"stream":"7","part":0}"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn part(mut self, stream: impl Into<String>, number: u64) -> Self {
        self.part = Some((stream.into(), number));
        self
    }

    /// Returns the exchange as one of a recording: its secrets are masked in the others, and
    /// theirs in it. What is secret in it so far is known to them from now on.
    ///
    /// See the example of [`MetSecrets`].
    #[must_use]
    pub fn within(mut self, secrets: &MetSecrets) -> Self {
        let own = Mask::secrets_of(&self);
        secrets.with(&own);
        self.own = Some(Arc::new(own));
        self.secrets = Some(secrets.clone());
        self
    }

    /// All that is known to be secret in it.
    pub(super) fn known(&self) -> Arc<Known> {
        let own = self.own.clone();
        let own = own.unwrap_or_else(|| Arc::new(Mask::secrets_of(self)));
        match &self.secrets {
            Some(secrets) => secrets.with(&own),
            None => own,
        }
    }

    /// Returns how many bytes of memory the exchange holds, about.
    ///
    /// ```
    /// use icws_runtime::recording::Entry;
    ///
    /// /// Whether a queue of exchanges holds more than 16 MiB.
    /// fn is_full(waiting: &[Entry]) -> bool {
    ///     waiting.iter().map(Entry::size).sum::<usize>() > 16 << 20
    /// }
    /// assert!(!is_full(&[]));
    /// ```
    pub fn size(&self) -> usize {
        let response = self.response.as_ref().map_or(0, |(_, half)| half.size());
        // The rest is small.
        1024 + self.request.size() + response
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("request", &self.request.body)
            .field("status", &self.response.as_ref().map(|(status, _)| status))
            .field(
                "response",
                &self.response.as_ref().map(|(_, half)| &half.body),
            )
            .field("part", &self.part)
            .finish_non_exhaustive()
    }
}
