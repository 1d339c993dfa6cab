//! What went wrong, in one form for all operations.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::body;
use super::challenge::Challenge;
use super::media;
use super::reply::RawReply;
use crate::json::{ReadError, Reader};
use crate::shown::{Hidden, Shown};

/// A request that did not work.
///
/// Made from any failure by reading its body leniently, as servers differ in
/// what they send: the identifier may be missing or a
/// number in text form, and a numeric code may stand beside it.
///
/// ```
/// use icws_generated::runtime::ApiError;
///
/// fn tell(error: &ApiError) -> String {
///     let wait = error.retry_after().map(|wait| format!(", again in {wait:?}"));
///     format!("{} {:?}{}", error.status(), error.error_id(), wait.unwrap_or_default())
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ApiError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    operation: Option<&'static str>,
    status: StatusCode,
    error_id: Option<String>,
    error_code: Option<i64>,
    message: Option<String>,
    challenge: Option<Challenge>,
    retry_after: Option<Duration>,
    /// What the body is instead of JSON.
    instead: Option<String>,
    body: Bytes,
}

/// What a server says is wrong with the session of a request, by the code of a
/// 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionProblem {
    /// The server does not know the session, or not any more.
    NotFound,
    /// The session id is missing, or is none.
    NoId,
    /// The CSRF token is missing or wrong.
    Token,
    /// The cookie is missing.
    Cookie,
}

impl ApiError {
    /// The operation, if known: `interactions.callback.subscribe`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The kind of error: `error.request.invalidRepresentation.malformed`.
    pub fn error_id(&self) -> Option<&str> {
        self.0.error_id.as_deref()
    }

    /// The numeric code that servers send beside the documented properties.
    pub fn error_code(&self) -> Option<i64> {
        self.0.error_code
    }

    /// The description for a person, in the language of the session.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// What is wrong with the session, with a 401 whose code is known; codes were
    /// seen on live servers and are on no reference page.
    pub fn session_problem(&self) -> Option<SessionProblem> {
        if self.status() != StatusCode::UNAUTHORIZED {
            return None;
        }
        match self.error_code()? {
            -2_147_221_499 => Some(SessionProblem::NotFound),
            1 => Some(SessionProblem::NoId),
            2 => Some(SessionProblem::Token),
            4 => Some(SessionProblem::Cookie),
            _ => None,
        }
    }

    /// Where and how to connect, with a 401.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.0.challenge.as_ref()
    }

    /// How long after the response to try again, by its `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The body as it came. `Debug` does not show it: it may hold a secret.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

impl From<RawReply> for ApiError {
    fn from(reply: RawReply) -> Self {
        let mut error = Inner {
            operation: reply.operation().map(|operation| operation.id),
            status: reply.status(),
            error_id: None,
            error_code: None,
            message: None,
            challenge: reply.header("WWW-Authenticate"),
            retry_after: reply.headers().get(RETRY_AFTER).and_then(wait),
            instead: media::instead(reply.headers(), reply.body())
                .filter(|_| !reply.body().is_empty()),
            body: reply.body().clone(),
        };
        if let Ok(body) = body::json(&reply) {
            // What could be read before something else came is kept.
            let _ = error.read(&mut Reader::new(body));
        }
        ApiError(Box::new(error))
    }
}

impl Inner {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut key = reader.object()?;
        while let Some(name) = key {
            let start = reader.start();
            let read = match &*name {
                "errorId" => text(reader).map(|text| self.error_id = Some(text)),
                "message" => text(reader).map(|text| self.message = Some(text)),
                "errorCode" => text(reader).map(|text| self.error_code = text.trim().parse().ok()),
                _ => reader.skip(),
            };
            if read.is_err() {
                reader.go_back(start, 0);
                reader.skip()?;
            }
            key = reader.next_key()?;
        }
        Ok(())
    }
}

/// A number of seconds, or the point in time until which to wait.
fn wait(value: &HeaderValue) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let wait = until.duration_since(Timestamp::now());
    Some(Duration::try_from(wait).unwrap_or_default())
}

/// A string, or a whole number as one.
fn text(reader: &mut Reader<'_>) -> Result<String, ReadError> {
    if reader.is_string() {
        reader.string().map(Cow::into_owned)
    } else {
        reader.integer().map(|number| number.to_string())
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        write!(f, "{}", self.status())?;
        match (self.message(), &self.0.instead) {
            (Some(message), _) => write!(f, ": {}", Shown(message))?,
            (None, Some(instead)) => write!(f, ": the body is {instead}")?,
            (None, None) => {}
        }
        match (self.error_id().map(Shown), self.error_code()) {
            (Some(id), Some(code)) => write!(f, " [{id}, {code}]"),
            (Some(id), None) => write!(f, " [{id}]"),
            (None, Some(code)) => write!(f, " [{code}]"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("error_id", &self.error_id().map(Shown))
            .field("error_code", &self.0.error_code)
            .field("message", &self.message().map(Shown))
            .field("challenge", &self.0.challenge)
            .field("body", &Hidden(&self.0.body))
            .finish()
    }
}

impl std::error::Error for ApiError {}
