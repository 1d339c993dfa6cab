//! The transport that comes with the client: connections of hyper, over TCP or
//! rustls, kept for the next request.
//!
//! hyper-util's pool does more than is needed here (HTTP/2, several ways to
//! share a connection) and costs a quarter of a small request; see
//! BENCHMARKS.md.

use bytes::Bytes;
use http::header::HOST;
use http::uri::PathAndQuery;
use http::{HeaderValue, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use tower_service::Service;

use super::idle::{Idle, Kept};
use super::{Exchange, ReplyBody, Transport, TransportError, TransportErrorKind};

pub(super) type Sender = SendRequest<Full<Bytes>>;

/// Connections to any number of servers.
#[derive(Clone)]
pub(in crate::client) struct HyperTransport {
    connector: HttpsConnector<HttpConnector>,
    idle: Idle,
}

impl HyperTransport {
    pub fn new(connector: HttpsConnector<HttpConnector>) -> Self {
        HyperTransport {
            connector,
            idle: Idle::default(),
        }
    }

    async fn connect(&self, uri: Uri) -> Result<Sender, TransportError> {
        let refused = |error| TransportError::new(TransportErrorKind::Connect, error);
        let stream = self.connector.clone().call(uri).await.map_err(refused)?;
        let (sender, connection) = http1::handshake(stream)
            .await
            .map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
        // How the connection ends is told to the request that is on it.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<ReplyBody>, TransportError> {
        let uri = request.uri().clone();
        let mut request = request.map(Full::new);
        to_origin_form(&mut request, &uri)?;
        // A connection that was kept may have been closed meanwhile; the request
        // is then given back as it was, and goes out on a new one.
        while let Some(mut sender) = self.idle.take(&uri) {
            if sender.ready().await.is_err() {
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(answer) => return Ok(self.keep(uri, sender, answer)),
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(cut(error.into_error())),
                },
            }
        }
        let mut sender = self.connect(uri.clone()).await?;
        let answer = sender.send_request(request).await.map_err(cut)?;
        Ok(self.keep(uri, sender, answer))
    }

    /// The answer, whose connection is kept once its body is read.
    fn keep(
        &self,
        uri: Uri,
        sender: Sender,
        answer: http::Response<hyper::body::Incoming>,
    ) -> http::Response<ReplyBody> {
        answer.map(|body| Kept::new(body, uri, sender, self.idle.clone()).boxed_unsync())
    }
}

pub(super) fn cut(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Cut, error)
}

/// Servers expect the path in the request line and their name in a header.
fn to_origin_form(
    request: &mut http::Request<Full<Bytes>>,
    uri: &Uri,
) -> Result<(), TransportError> {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let host = HeaderValue::from_str(host)
        .map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
    request.headers_mut().insert(HOST, host);
    let path = uri.path_and_query().cloned();
    let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from(path);
    Ok(())
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.exchange(request))
    }
}
