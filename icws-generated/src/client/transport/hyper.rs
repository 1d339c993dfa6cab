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

use super::idle::{Connection, Idle, Kept};
use super::{Exchange, ReplyBody, Transport, TransportError, TransportErrorKind};
use crate::runtime::__private1::without_user;

pub(super) type Sender = SendRequest<Full<Bytes>>;

/// Connections to any number of servers.
#[derive(Clone)]
pub(super) struct HyperTransport {
    connector: HttpsConnector<HttpConnector>,
    http: http1::Builder,
    idle: Idle,
}

/// The least that hyper takes for a limit.
const LEAST: usize = 8192;

impl HyperTransport {
    pub fn new(connector: HttpsConnector<HttpConnector>, header_limit: usize) -> Self {
        let mut http = http1::Builder::new();
        // A head has to fit into the buffer. What is between is seen by the client.
        http.max_buf_size(header_limit.max(LEAST));
        HyperTransport {
            connector,
            http,
            idle: Idle::default(),
        }
    }

    async fn connect(&self, uri: Uri) -> Result<Connection, TransportError> {
        let host = uri.authority().map_or("", |authority| authority.as_str());
        let host = HeaderValue::from_str(without_user(host)).map_err(refused)?;
        let stream = self.connector.clone().call(uri).await;
        let stream = stream.map_err(refused)?;
        let (sender, connection) = self.http.handshake(stream).await.map_err(refused)?;
        // How the connection ends is told to the request that is on it.
        tokio::spawn(async move { drop(connection.await) });
        Ok(Connection { sender, host })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<ReplyBody>, TransportError> {
        let uri = request.uri().clone();
        let mut request = request.map(Full::new);
        // Servers expect the path alone in the request line, and their name in a
        // header.
        let path = uri.path_and_query().cloned();
        let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
        *request.uri_mut() = Uri::from(path);
        // A connection that was kept may have been closed meanwhile; the request
        // is then given back as it was, and goes out on a new one.
        while let Some(mut connection) = self.idle.take(&uri) {
            if connection.sender.ready().await.is_err() {
                continue;
            }
            let host = connection.host.clone();
            request.headers_mut().insert(HOST, host);
            match connection.sender.try_send_request(request).await {
                Ok(answer) => return Ok(self.keep(uri, connection, answer)),
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(cut(error.into_error())),
                },
            }
        }
        let mut connection = self.connect(uri.clone()).await?;
        let host = connection.host.clone();
        request.headers_mut().insert(HOST, host);
        let answer = connection.sender.send_request(request).await;
        Ok(self.keep(uri, connection, answer.map_err(cut)?))
    }

    /// The response, whose connection is kept once its body is read.
    fn keep(
        &self,
        uri: Uri,
        connection: Connection,
        answer: http::Response<hyper::body::Incoming>,
    ) -> http::Response<ReplyBody> {
        answer.map(|body| Kept::new(body, uri, connection, self.idle.clone()).boxed_unsync())
    }
}

fn refused(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    let error = error.into();
    let hint = super::hints::of(&*error);
    TransportError::new(TransportErrorKind::Connect, error).with_hint(hint)
}

pub(super) fn cut(error: hyper::Error) -> TransportError {
    let hint = super::hints::of(&error);
    let kind = match super::hints::is_too_large(&error) {
        true => TransportErrorKind::TooLarge,
        false => TransportErrorKind::Cut,
    };
    TransportError::new(kind, error).with_hint(hint)
}

impl Transport for HyperTransport {
    fn send(&self, request: http::Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.exchange(request))
    }
}
