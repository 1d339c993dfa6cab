//! Responses, sorted by their status.

use bytes::Bytes;

use super::api_error::ApiError;
use super::body::Body;
use super::errors::DecodeError;
use super::failure::{Failure, Unexpected};
use super::media;
use super::reply::RawReply;

/// The response of an operation: an enum with a variant for each status.
///
/// ```
/// use icws_generated::interactions::callback::SubscribeOutcome;
/// use icws_generated::runtime::Response;
///
/// // As a server makes it, and as a client reads it.
/// let response = SubscribeOutcome::Ok(()).to_http();
/// assert_eq!(response.status(), 200);
/// assert!(SubscribeOutcome::Ok(()).into_result().is_ok());
/// ```
pub trait Response: Sized {
    /// What [`Response::into_result`] gives when the request worked.
    type Success;

    /// Reads a response.
    ///
    /// # Errors
    /// When the body of a success cannot be read.
    fn from_reply(reply: RawReply) -> Result<Self, DecodeError>;

    /// The response as a server sends it.
    fn to_reply(&self) -> RawReply;

    /// The response as a server sends it, for an HTTP library.
    fn to_http(&self) -> http::Response<Bytes> {
        self.to_reply().into_http()
    }

    /// What the request was for, or what went wrong in one form for all
    /// operations.
    ///
    /// # Errors
    /// For every status that is not a success of the operation.
    fn into_result(self) -> Result<Self::Success, ApiError>;
}

/// What generated code makes of a response once its status is known.
impl RawReply {
    /// The content of a success.
    ///
    /// # Errors
    /// When the body is not what the model says.
    pub fn success<T: Body>(self) -> Result<T, DecodeError> {
        T::read_body(&self).map_err(|reason| DecodeError {
            operation: self.operation().map(|operation| operation.id),
            status: self.status(),
            body: self.body().clone(),
            reason,
            is_foreign: media::instead(self.headers(), self.body()).is_some(),
        })
    }

    /// The content of a failure. A body that cannot be read is no error: that
    /// the request failed is known already.
    pub fn failure<E: Body>(self) -> Failure<E> {
        Failure::received(self)
    }

    /// The content of a status that the model does not know.
    pub fn unexpected(self) -> Unexpected {
        if let Some(drift) = self.drift() {
            drift.met_status(self.operation(), self.code());
        }
        Unexpected::from(self)
    }
}
