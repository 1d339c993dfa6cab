//! What happens: requests with their responses, and what streams carry.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use icws_generated::runtime::recording::{self, MetSecrets};
use jiff::Timestamp;

use super::{Address, RecordedRequest};
use crate::event;
use crate::world::place_of_id;

/// What an entry takes besides the texts in it, about.
const OVERHEAD: usize = 512;

/// Something that happened.
pub(crate) struct Entry {
    pub number: u64,
    /// When it began.
    pub at: Timestamp,
    /// The session, where it is one's.
    pub session: Option<String>,
    pub what: What,
    /// What is secret in the traffic, as far as it was met.
    pub secrets: MetSecrets,
}

/// What happened.
pub(crate) enum What {
    /// A request, and what became of it.
    Exchange(Box<Exchange>),
    /// A stream carried a message.
    Message(Sent),
    /// A stream ended.
    End,
}

/// A request with its response.
pub(crate) struct Exchange {
    pub request: RecordedRequest,
    /// The response; `None` when the connection was closed without one.
    pub answer: Option<Answered>,
    /// How long the server took.
    pub took: Duration,
    /// Path and query without secrets, once somebody has looked.
    address: OnceLock<Address>,
}

impl Exchange {
    pub fn new(began: Began, request: RecordedRequest, answer: Option<Answered>) -> Self {
        Exchange {
            took: began.clock.elapsed(),
            request,
            answer,
            address: OnceLock::new(),
        }
    }

    /// The session that its path names, or that its response has made.
    pub fn session(&self) -> Option<String> {
        session_of(&self.request.path).or_else(|| session_made(self.answer.as_ref()?))
    }

    /// It as a recording, with this head of its request.
    fn recorded(&self, at: SystemTime, head: Request<()>) -> recording::Entry {
        let made = recording::Entry::new(at, &head, self.request.body.clone());
        let Some(answer) = &self.answer else {
            return made.unanswered("the connection was closed without a response", self.took);
        };
        let mut response = Response::new(());
        *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or_default();
        *response.headers_mut() = answer.headers.clone();
        if answer.streams {
            let events = HeaderValue::from_static("text/event-stream; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, events);
        }
        made.answered(&response, answer.body.clone(), self.took)
    }
}

/// A response as it was handed to the network.
pub(crate) struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body; empty when a stream follows.
    pub body: Bytes,
    /// Whether a stream of messages follows.
    pub streams: bool,
}

/// A message that a stream carried.
pub(crate) struct Sent {
    /// Its text, as it was sent.
    pub text: Bytes,
    /// What went wrong with it on purpose.
    pub harm: Option<&'static str>,
}

/// When a request came.
#[derive(Clone, Copy)]
pub(crate) struct Began {
    pub at: Timestamp,
    clock: Instant,
}

impl Began {
    pub fn now() -> Self {
        Began {
            at: Timestamp::now(),
            clock: Instant::now(),
        }
    }
}

impl Entry {
    /// It as a recording, in which what others have told is masked; `None` for what HAR has
    /// no place for.
    pub fn recorded(&self) -> Option<recording::Entry> {
        let at = SystemTime::from(self.at);
        let made = match &self.what {
            What::Exchange(exchange) => exchange.recorded(at, exchange.request.head()),
            What::Message(sent) => self.message(at, sent)?,
            What::End => return None,
        };
        Some(made.within(&self.secrets))
    }

    fn message(&self, at: SystemTime, sent: &Sent) -> Option<recording::Entry> {
        let session = self.session.as_deref().unwrap_or_default();
        let path = format!("/icws/{session}/messaging/messages");
        let request = Request::get(path).body(()).ok()?;
        let media = ("content-type", "text/event-stream; charset=utf-8");
        let response = Response::builder().header(media.0, media.1).body(()).ok()?;
        let mut text = Vec::new();
        event::append(&mut text, &sent.text);
        let made = recording::Entry::new(at, &request, Bytes::new());
        let made = made.answered(&response, Bytes::from(text), Duration::ZERO);
        Some(made.part(session, self.number))
    }

    /// Path and query of a request without secrets.
    pub fn address(&self) -> Option<&Address> {
        let What::Exchange(exchange) = &self.what else {
            return None;
        };
        let recorded = || {
            let head = exchange.request.without_host();
            let made = exchange.recorded(SystemTime::UNIX_EPOCH, head);
            Address::of(&made.within(&self.secrets))
        };
        Some(exchange.address.get_or_init(recorded))
    }

    /// How many bytes it takes, about.
    pub(super) fn len(&self) -> usize {
        OVERHEAD
            + match &self.what {
                What::Exchange(exchange) => {
                    let answer = exchange.answer.as_ref();
                    let answer = answer
                        .map(|answer| super::headers_len(&answer.headers) + answer.body.len());
                    exchange.request.len() + answer.unwrap_or_default()
                }
                What::Message(sent) => sent.text.len(),
                What::End => 0,
            }
    }
}

/// The session that a path names: digits behind `/icws/`.
fn session_of(path: &str) -> Option<String> {
    let id = place_of_id(path).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    id.map(str::to_owned)
}

/// The session that a response has made, as its cookie is named after it.
fn session_made(answer: &Answered) -> Option<String> {
    let cookie = answer
        .headers
        .get(http::header::SET_COOKIE)?
        .to_str()
        .ok()?;
    let (id, _) = cookie.strip_prefix("icws_")?.split_once('=')?;
    Some(id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_of_a_path_is_the_number_behind_icws() {
        assert_eq!(session_of("/icws/17/connection").as_deref(), Some("17"));
        assert_eq!(session_of("//icws//17").as_deref(), Some("17"));
        assert_eq!(session_of("/proxy/ICWS/17/x").as_deref(), Some("17"));
        assert_eq!(session_of("/icws/connection"), None);
        assert_eq!(session_of("/other/17"), None);
    }
}
