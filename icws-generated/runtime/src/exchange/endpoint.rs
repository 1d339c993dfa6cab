//! The two traits of the generated code: a request, and its response.

use bytes::Bytes;

use super::api_error::ApiError;
use super::errors::{DecodeError, RequestError};
use super::parameter::Parameter;
use super::reply::RawReply;
use super::request;
use super::route::{self, Incoming, RouteError};
use crate::json::Value;
use crate::meta::EndpointMeta;
use crate::session::{Server, Session};

/// A request of the API. Each operation of the model has a name for a type that
/// implements this, with a builder.
///
/// ```
/// use icws_generated::interactions::callback::Subscribe;
/// use icws_generated::runtime::{Endpoint, Session, SessionParts};
///
/// let session = Session::new(SessionParts {
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
pub trait Endpoint: Arguments + Sized {
    /// The operation that it is a request of.
    type Operation: OperationKind<Response = Self::Response>;

    /// The answer, by status.
    type Response: Response;

    /// What the model says of the operation.
    const META: &'static EndpointMeta;

    /// A request with nothing given, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;

    /// The request as it is sent.
    ///
    /// # Errors
    /// When the server of the session is known not to support it, or a value
    /// cannot travel where it has to: a path segment that is empty, `.` or `..`,
    /// a header value with control characters.
    fn to_http(&self, session: &Session) -> Result<http::Request<Bytes>, RequestError> {
        request::build(Self::META, self, session.server(), Some(session))
    }

    /// The answer to the request.
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

/// What a caller gives with a request, as one reader and one writer for all
/// requests see it.
pub trait Arguments {
    /// A parameter that the caller gives, by its index in the meta data.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn parameter(&self, index: usize) -> Option<&dyn Parameter>;

    /// The same, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn parameter_mut(&mut self, index: usize) -> Option<&mut dyn Parameter>;

    /// The representation in the body, if the operation has one.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn body(&self) -> Option<&dyn Value> {
        None
    }

    /// The same, to be read into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn body_mut(&mut self) -> Option<&mut dyn Value> {
        None
    }
}

/// An operation of the model as a type without values. Requests with the same
/// parameters are one struct, generic over this.
pub trait OperationKind: 'static {
    /// The answer, by status.
    type Response: Response;

    /// What the model says of the operation.
    const META: &'static EndpointMeta;
}

/// A request that needs no session: the one that makes a session, and those
/// that ask a server about itself.
pub trait Sessionless: Endpoint {
    /// The request as it is sent without a session.
    ///
    /// # Errors
    /// As [`Endpoint::to_http`].
    fn to_http_on(&self, server: &Server) -> Result<http::Request<Bytes>, RequestError> {
        request::build(Self::META, self, server, None)
    }
}

/// The answer of an operation: an enum with a variant for each status.
pub trait Response: Sized {
    /// What [`Response::into_result`] gives when the request worked.
    type Success;

    /// Reads an answer.
    ///
    /// # Errors
    /// When the body of a success cannot be read.
    fn from_reply(reply: RawReply) -> Result<Self, DecodeError>;

    /// The answer as a server sends it.
    fn to_reply(&self) -> RawReply;

    /// The answer as a server sends it, for an HTTP library.
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
