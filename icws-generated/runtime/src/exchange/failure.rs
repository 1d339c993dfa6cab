//! Responses that say that a request did not work.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::api_error::ApiError;
use super::body::{Body, ToBody};
use super::media;
use super::reply::RawReply;
use crate::json::ReadError;

/// A failure that the model knows, with its representation.
///
/// ```
/// use icws_generated::interactions::callback::SubscribeOutcome;
///
/// fn tell(outcome: &SubscribeOutcome) -> String {
///     match outcome {
///         SubscribeOutcome::Ok(()) => "subscribed".to_owned(),
///         SubscribeOutcome::NotFound(failure) => match failure.error() {
///             Some(error) => format!("no such callback: {error:?}"),
///             None => "no such callback".to_owned(),
///         },
///         other => format!("{other:?}"),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Failure<E> {
    /// The representation, or why it could not be read.
    content: Result<E, ReadError>,
    reply: RawReply,
}

impl<E: Body> Failure<E> {
    /// A failure as a server reports it.
    pub fn new(error: impl Into<E>) -> Self {
        let error = error.into();
        Failure {
            reply: RawReply::encode(500, &error),
            content: Ok(error),
        }
    }

    pub(super) fn received(reply: RawReply) -> Self {
        Failure {
            content: E::read_body(&reply),
            reply,
        }
    }
}

impl<E> Failure<E> {
    /// The representation, when the body could be read.
    pub fn error(&self) -> Option<&E> {
        self.content.as_ref().ok()
    }

    /// Why the body could not be read. The status is right all the same.
    pub fn problem(&self) -> Option<&ReadError> {
        self.content.as_ref().err()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        self.reply.body()
    }

    /// The failure in the form that is the same for all operations.
    pub fn into_error(self) -> ApiError {
        ApiError::from(self.reply)
    }
}

impl<E> ToBody for Failure<E> {
    fn to_body(&self) -> Option<Bytes> {
        let body = self.reply.body();
        (!body.is_empty()).then(|| body.clone())
    }

    fn media(&self) -> Cow<'_, str> {
        let media: Option<String> = self.reply.header("Content-Type");
        media.map_or(Cow::Borrowed(media::CONTENT), Cow::Owned)
    }
}

impl<E: fmt::Debug> fmt::Debug for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Ok(error) => f.debug_tuple("Failure").field(error).finish(),
            Err(_) => f.debug_tuple("Failure").field(&self.reply).finish(),
        }
    }
}

/// A response with a status that the model does not know for the operation, as
/// it came.
#[derive(Clone, Debug)]
pub struct Unexpected {
    reply: RawReply,
}

impl From<RawReply> for Unexpected {
    fn from(reply: RawReply) -> Self {
        Unexpected { reply }
    }
}

impl Unexpected {
    /// A response as a server sends it.
    pub fn new(response: http::Response<Bytes>) -> Self {
        RawReply::received(None, response).into()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        self.reply.body()
    }

    /// The response in the form that is the same for all operations.
    pub fn into_error(self) -> ApiError {
        ApiError::from(self.reply)
    }

    /// The response as a server sends it.
    pub fn to_reply(&self) -> RawReply {
        self.reply.clone()
    }
}
