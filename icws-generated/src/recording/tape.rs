//! Exchanges as they pass.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use super::{Entry, EventCutter, MetSecrets, RecordedBody, Recorder};

/// Of a body, or an event of a stream, so many bytes are kept until it has ended.
const MOST: usize = 16 << 20;

/// Makes entries of exchanges as they pass, and hands them to a recorder. Cheap to clone.
///
/// What was secret in one exchange is masked in all that follow, as long as the tape
/// lasts: see [`MetSecrets`].
///
/// ```
/// use bytes::Bytes;
/// use icws_generated::recording::{Entry, Tape};
///
/// let tape = Tape::new(|entry: Entry| print!("{entry:?}"), |error| eprintln!("{error}"));
/// let request = http::Request::get("https://cic1:8019/icws/connection/version").body(Bytes::new())?;
/// let mut taping = tape.request(&request, request.body().clone());
/// // It was sent, and this came back.
/// let response = http::Response::builder().status(410).body(())?;
/// taping.answered(&response);
/// taping.data(&Bytes::from("{}"));
/// taping.end();
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct Tape(Arc<Shared>);

struct Shared {
    recorder: Box<dyn Recorder>,
    tell: Box<dyn Fn(&io::Error) + Send + Sync>,
    has_told: AtomicBool,
    streams: AtomicU64,
    secrets: MetSecrets,
}

impl Tape {
    /// Returns a tape for a recorder. `tell` is called with the first error of the recorder.
    ///
    /// See the example of [`Tape`].
    pub fn new(recorder: impl Recorder, tell: impl Fn(&io::Error) + Send + Sync + 'static) -> Self {
        Tape(Arc::new(Shared {
            recorder: Box::new(recorder),
            tell: Box::new(tell),
            has_told: AtomicBool::new(false),
            streams: AtomicU64::new(0),
            secrets: MetSecrets::new(),
        }))
    }

    /// Begins with a request and its body, which are on their way from now on.
    ///
    /// See the example of [`Tape`].
    pub fn request<B>(&self, request: &http::Request<B>, body: impl Into<RecordedBody>) -> Taping {
        let started = SystemTime::now();
        // Its secrets are known while it is on its way: others may repeat them by then.
        let entry = Entry::new(started, request, body).within(&self.0.secrets);
        Taping {
            tape: self.clone(),
            entry: Some(entry),
            started,
            since: Instant::now(),
            answer: None,
        }
    }

    fn record(&self, entry: Entry) {
        if let Err(error) = self.0.recorder.record(entry.within(&self.0.secrets))
            && !self.0.has_told.swap(true, Ordering::Relaxed)
        {
            (self.0.tell)(&error);
        }
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape").finish_non_exhaustive()
    }
}

/// One exchange as it passes. One that is dropped before its end was given up, and is
/// recorded as such.
///
/// ```
/// use bytes::Bytes;
/// use icws_generated::recording::Tape;
///
/// # fn by_another_client(_: &http::Request<Bytes>) -> Result<http::Response<Bytes>, String> {
/// #     Ok(http::Response::default())
/// # }
/// fn send(tape: &Tape, request: &http::Request<Bytes>) {
///     let mut taping = tape.request(request, request.body().clone());
///     match by_another_client(request) {
///         Ok(response) => {
///             taping.answered(&response);
///             taping.data(response.body());
///             taping.end();
///         }
///         Err(error) => taping.failed(&error),
///     }
/// }
/// ```
pub struct Taping {
    tape: Tape,
    /// The request; `None` once all is recorded.
    entry: Option<Entry>,
    started: SystemTime,
    since: Instant,
    answer: Option<Answer>,
}

struct Answer {
    head: http::Response<()>,
    body: Body,
}

enum Body {
    Whole {
        pieces: Vec<Bytes>,
        bytes: u64,
    },
    Events {
        cutter: EventCutter,
        stream: String,
        part: u64,
    },
}

impl Taping {
    /// Takes the head of the response; its body follows.
    ///
    /// See the example of [`Tape`].
    pub fn answered<B>(&mut self, response: &http::Response<B>) {
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        head.headers_mut().clone_from(response.headers());
        let media = head.headers().get(CONTENT_TYPE);
        let media = media.map(|media| media.as_bytes().to_ascii_lowercase());
        let is_events = media.is_some_and(|media| media.starts_with(b"text/event-stream"));
        let body = match is_events {
            true => Body::Events {
                cutter: EventCutter::new(MOST),
                stream: self.stream(),
                part: 0,
            },
            false => Body::Whole {
                pieces: Vec::new(),
                bytes: 0,
            },
        };
        self.answer = Some(Answer { head, body });
    }

    /// A name that streams of other recordings do not have, as far as clocks go.
    fn stream(&self) -> String {
        let number = self.tape.0.streams.fetch_add(1, Ordering::Relaxed);
        let since = self.started.duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("{}-{number}", since.as_micros())
    }

    /// Takes a piece of the body.
    ///
    /// See the example of [`Tape`].
    pub fn data(&mut self, piece: &Bytes) {
        let Some(answer) = &mut self.answer else {
            return;
        };
        match &mut answer.body {
            Body::Whole { pieces, bytes } => {
                *bytes += u64::try_from(piece.len()).unwrap_or_default();
                match *bytes <= MOST as u64 {
                    true => pieces.push(piece.clone()),
                    false => pieces.clear(),
                }
            }
            Body::Events {
                cutter,
                stream,
                part,
            } => {
                let Some(events) = cutter.push(piece) else {
                    return;
                };
                let (stream, number) = (stream.clone(), *part);
                *part += 1;
                if let Some(entry) = self.entry.clone() {
                    let time = self.since.elapsed();
                    let entry = entry.answered(&answer.head, events, time);
                    self.tape.record(entry.part(stream, number));
                }
            }
        }
    }

    /// Records that the exchange has ended as it should.
    ///
    /// See the example of [`Tape`].
    pub fn end(mut self) {
        self.finish(None);
    }

    /// Records that the exchange ended early, and why: there was no response, or no whole
    /// one.
    ///
    /// See the example of [`Taping`].
    pub fn failed(mut self, reason: &str) {
        self.finish(Some(reason));
    }

    fn finish(&mut self, reason: Option<&str>) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        let time = self.since.elapsed();
        let Some(Answer { head, body }) = self.answer.take() else {
            let reason = reason.unwrap_or("there was no response");
            return self.tape.record(entry.unanswered(reason, time));
        };
        let entry = match body {
            Body::Whole { pieces, bytes } if bytes <= MOST as u64 && reason.is_none() => {
                entry.answered(&head, joined(pieces), time)
            }
            Body::Whole { bytes, .. } => {
                let why = match reason {
                    Some(_) => "the body did not come to its end",
                    None => "the body is larger than what is recorded",
                };
                let body = RecordedBody::LeftOut { bytes, reason: why };
                entry.answered(&head, body, time)
            }
            // The last part has no events: it tells when and how the stream ended.
            Body::Events {
                cutter,
                stream,
                part,
            } => {
                let entry = entry.answered(&head, Bytes::new(), time).part(stream, part);
                match (reason, cutter.is_within_event()) {
                    (None, false) => entry.commented("the stream ended"),
                    (None, true) => entry.commented("the stream ended within an event"),
                    _ => entry,
                }
            }
        };
        self.tape.record(match reason {
            Some(reason) => entry.commented(reason),
            None => entry,
        });
    }
}

fn joined(mut pieces: Vec<Bytes>) -> Bytes {
    match pieces.len() {
        0 | 1 => pieces.pop().unwrap_or_default(),
        _ => pieces.concat().into(),
    }
}

impl Drop for Taping {
    fn drop(&mut self) {
        let reason = match self.answer {
            Some(_) => "nobody read the response to its end",
            None => "given up before there was a response",
        };
        self.finish(Some(reason));
    }
}

impl fmt::Debug for Taping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.answer.as_ref().map(|answer| answer.head.status());
        f.debug_struct("Taping")
            .field("entry", &self.entry)
            .field("status", &status)
            .finish_non_exhaustive()
    }
}
