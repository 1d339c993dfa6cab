//! How requests travel.

#[cfg(feature = "client-no-provider")]
mod hints;
#[cfg(feature = "client-no-provider")]
mod hyper;
#[cfg(feature = "client-no-provider")]
mod idle;
#[cfg(feature = "client-no-provider")]
mod pinned;
mod recorded;
#[cfg(feature = "client-no-provider")]
mod tls;

pub(super) use recorded::Recorded;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Limited};

use super::config::ConfigError;

/// The transport that comes with the client.
#[cfg(feature = "client-no-provider")]
pub(super) fn built_in(
    is_plain: bool,
    roots: &[Vec<u8>],
    timeout: Duration,
    header_limit: usize,
) -> Result<Arc<dyn Transport>, ConfigError> {
    let connector = tls::connector(is_plain, roots, timeout)?;
    let transport = hyper::HyperTransport::new(connector, header_limit);
    Ok(Arc::new(transport))
}

/// There is none.
#[cfg(not(feature = "client-no-provider"))]
pub(super) fn built_in(
    _: bool,
    _: &[Vec<u8>],
    _: Duration,
    _: usize,
) -> Result<Arc<dyn Transport>, ConfigError> {
    Err(ConfigError::new(
        "no transport was given, and the one that comes with the client needs the feature `client`",
    ))
}

/// The body of a response, as it comes in.
///
/// See the example of [`Transport`].
pub type ReplyBody = UnsyncBoxBody<Bytes, TransportError>;

/// A response that is on its way.
///
/// See the example of [`Transport`].
pub type Exchange<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<ReplyBody>, TransportError>> + Send + 'a>>;

/// Carries requests to servers. The client has one built on hyper and rustls;
/// implement this to bring another, or to test without a network.
///
/// The client sets all headers, keeps the session's cookie and limits the time;
/// a transport must not add cookies of its own, follow redirects or try again.
///
/// ```
/// use bytes::Bytes;
/// use http_body_util::{BodyExt, Full};
/// use icws_generated::client::{Client, Exchange, Transport};
///
/// /// Answers everything with 410.
/// struct Retired;
///
/// impl Transport for Retired {
///     fn send(&self, _: http::Request<Bytes>) -> Exchange<'_> {
///         Box::pin(async {
///             let body = Full::new(Bytes::new()).map_err(|never| match never {});
///             let mut response = http::Response::new(body.boxed_unsync());
///             *response.status_mut() = http::StatusCode::GONE;
///             Ok(response)
///         })
///     }
/// }
///
/// let client = Client::builder().host("cic1").transport(Retired).build()?;
/// # Ok::<(), icws_generated::client::ConfigError>(())
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The response is there once its head is; the body follows.
    ///
    /// Dropping the future or the body ends the exchange.
    ///
    /// See the example of [`Transport`].
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_>;
}

/// Reads a whole body, unless it has more than so many bytes.
pub(super) async fn collect(body: ReplyBody, limit: usize) -> Result<Bytes, TransportError> {
    let whole = Limited::new(body, limit).collect().await;
    whole.map(|body| body.to_bytes()).map_err(|error| {
        let error = error.downcast::<TransportError>();
        error.map_or_else(|_| TransportError::too_large(limit), |error| *error)
    })
}

/// Where on the way it went wrong.
///
/// See the example of [`TransportError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There is no connection: nothing has been sent.
    Connect,
    /// The response did not come in time.
    Timeout,
    /// The response is larger than the client takes. The server may have done what
    /// it was asked for.
    TooLarge,
    /// The connection broke before the response was whole. The server may have
    /// done what it was asked for.
    Cut,
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Timeout => "no response in time",
            TransportErrorKind::TooLarge => "the response is too large",
            TransportErrorKind::Cut => "the connection broke",
        })
    }
}

/// Why there is no response.
///
/// ```
/// use std::io;
/// use icws_generated::client::{TransportError, TransportErrorKind};
///
/// /// What a transport of the program's own says of its connections.
/// fn failed(error: io::Error) -> TransportError {
///     let kind = match error.kind() {
///         io::ErrorKind::ConnectionRefused => TransportErrorKind::Connect,
///         io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
///         _ => TransportErrorKind::Cut,
///     };
///     TransportError::new(kind, error)
/// }
/// assert_eq!(failed(io::ErrorKind::TimedOut.into()).kind(), TransportErrorKind::Timeout);
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn StdError + Send + Sync>>,
    /// What may be wrong.
    hint: Option<&'static str>,
}

impl TransportError {
    /// Returns an error with its cause.
    ///
    /// See the example of [`TransportError`].
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        TransportError {
            kind,
            source: Some(source.into()),
            hint: None,
        }
    }

    /// The same, with what may be wrong.
    #[cfg(feature = "client-no-provider")]
    fn with_hint(mut self, hint: Option<&'static str>) -> Self {
        self.hint = hint;
        self
    }

    /// The response did not come in time.
    pub(super) fn timeout() -> Self {
        TransportError {
            kind: TransportErrorKind::Timeout,
            source: None,
            hint: None,
        }
    }

    /// The response is larger than so many bytes.
    pub(super) fn too_large(limit: usize) -> Self {
        let limit =
            format!("it has more than {limit} bytes; `ClientBuilder::response_limit` allows more");
        TransportError::new(TransportErrorKind::TooLarge, limit)
    }

    /// The headers of the response have more than so many bytes.
    pub(super) fn large_head(limit: usize) -> Self {
        let limit = format!(
            "its head has more than {limit} bytes; `ClientBuilder::header_limit` allows more"
        );
        TransportError::new(TransportErrorKind::TooLarge, limit)
    }

    /// Returns where on the way it went wrong.
    ///
    /// See the example of [`TransportError`].
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        // Libraries keep the reason at the end of the chain.
        let mut cause: Option<&(dyn StdError + 'static)> = match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        };
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        self.hint.map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

impl StdError for TransportError {}
