//! Requests of the API, for both ends of the wire.

use bytes::Bytes;

use super::arguments::Arguments;
use super::build::build;
use super::call::Operation;
use super::errors::{DecodeError, RequestError, RouteError};
use super::reply::RawReply;
use super::response::Response;
use super::route::{self, Incoming};
use crate::meta::OperationMeta;
use crate::session::{ApiSession, Server};

/// A request of the API. Each operation of the model has a name for a type that
/// implements this, with a builder.
///
/// ```
/// use icws_generated::interactions::callback::Subscribe;
/// use icws_generated::runtime::{Request, ApiSession, SessionParts};
///
/// let session = ApiSession::new(SessionParts {
///     base_url: "https://cic.example:8019",
///     session_id: "1731001",
///     csrf_token: "WAVpbml",
///     cookie: "icws_1731001=5f5dd5a4",
/// })?;
/// let request = Subscribe::builder().interaction_id("2001").build().to_http(&session)?;
/// assert_eq!(request.method(), "PUT");
/// assert_eq!(
///     request.uri().path(),
///     "/icws/1731001/messaging/subscriptions/interactions/2001/callback"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request",
    label = "not a request",
    note = "a builder becomes a request by `.build()`, which is there once every required parameter is given"
)]
pub trait Request: Arguments + Sized {
    /// The operation that it is a request of.
    type Operation: Operation<Response = Self::Response>;

    /// The response, by status.
    type Response: Response;

    /// What the model says of the operation.
    const META: &'static OperationMeta;

    /// A request with nothing given, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;

    /// The request as it is sent.
    ///
    /// # Errors
    /// When the server of the session is known not to support it, or a value
    /// cannot travel where it has to: a path segment that is empty, `.` or `..`,
    /// a header value with control characters.
    fn to_http(&self, session: &ApiSession) -> Result<http::Request<Bytes>, RequestError> {
        build(Self::META, self, session.server(), Some(session))
    }

    /// The response to the request.
    ///
    /// # Errors
    /// When the body of a success cannot be read. The status of a failure is
    /// never hidden by its body.
    fn parse(response: http::Response<Bytes>) -> Result<Self::Response, DecodeError> {
        Self::Response::from_reply(RawReply::received(Some(Self::META), response))
    }

    /// Reads a request of this operation, as a server does that has one
    /// operation only; with more of them there is [`route()`](super::route()).
    ///
    /// # Errors
    /// When the request is another one, or a parameter is missing or cannot be
    /// read.
    fn from_http<B: AsRef<[u8]>>(request: &http::Request<B>) -> Result<Incoming<Self>, RouteError>
    where
        Self: 'static,
    {
        let table = [route::Route {
            meta: Self::META,
            number: 0,
            decode: |_, head| {
                let mut request = Self::blank();
                route::decode_request(&mut request, head)?;
                Ok(request)
            },
        }];
        route::route(&table, request)
    }
}

/// A request that needs no session: the one that makes a session, and those
/// that ask a server about itself.
pub trait Sessionless: Request {
    /// The request as it is sent without a session.
    ///
    /// # Errors
    /// As [`Request::to_http`].
    fn to_http_on(&self, server: &Server) -> Result<http::Request<Bytes>, RequestError> {
        build(Self::META, self, server, None)
    }
}
