//! Connections that wait for the next request.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::TransportError;
use super::hyper::{Sender, cut};

/// How long a connection is kept. Servers and what stands before them close
/// idle ones, often after a minute.
const KEPT: Duration = Duration::from_secs(50);

/// A connection, and what its server is called in requests.
pub(super) struct Connection {
    pub sender: Sender,
    pub host: HeaderValue,
}

/// The connections to one server, the one that was used last at the end.
struct Server {
    scheme: Scheme,
    authority: Authority,
    connections: Vec<(Instant, Connection)>,
}

/// The connections that are idle. A client has few servers, which a list is
/// faster for than a table.
#[derive(Clone, Default)]
pub(super) struct Idle(Arc<Mutex<Vec<Server>>>);

impl Idle {
    fn lock(&self) -> MutexGuard<'_, Vec<Server>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that was used last, if one is left.
    pub fn take(&self, uri: &Uri) -> Option<Connection> {
        let mut servers = self.lock();
        let server = servers.iter_mut().find(|server| server.is(uri))?;
        while let Some((since, connection)) = server.connections.pop() {
            if since.elapsed() < KEPT && !connection.sender.is_closed() {
                return Some(connection);
            }
        }
        None
    }

    fn put(&self, uri: &Uri, connection: Connection) {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return;
        };
        let mut servers = self.lock();
        let known = servers.iter_mut().find(|server| server.is(uri));
        let connections = match known {
            Some(server) => &mut server.connections,
            None => {
                servers.push(Server {
                    scheme: scheme.clone(),
                    authority: authority.clone(),
                    connections: Vec::new(),
                });
                let Some(server) = servers.last_mut() else {
                    return;
                };
                &mut server.connections
            }
        };
        // The oldest stand first; those that nobody used go.
        let old = |(since, connection): &(Instant, Connection)| {
            since.elapsed() >= KEPT || connection.sender.is_closed()
        };
        while connections.first().is_some_and(old) {
            connections.remove(0);
        }
        if !connection.sender.is_closed() {
            connections.push((Instant::now(), connection));
        }
    }
}

impl Server {
    fn is(&self, uri: &Uri) -> bool {
        uri.authority() == Some(&self.authority) && uri.scheme() == Some(&self.scheme)
    }
}

/// A body that gives its connection back at its end. One that is dropped before
/// closes it.
pub(super) struct Kept {
    body: Incoming,
    connection: Option<(Uri, Connection, Idle)>,
}

impl Kept {
    pub fn new(body: Incoming, uri: Uri, connection: Connection, idle: Idle) -> Self {
        let mut kept = Kept {
            body,
            connection: Some((uri, connection, idle)),
        };
        if kept.body.is_end_stream() {
            kept.give_back();
        }
        kept
    }

    fn give_back(&mut self) {
        if let Some((uri, connection, idle)) = self.connection.take() {
            idle.put(&uri, connection);
        }
    }
}

impl Body for Kept {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        // Only a body of a length that was announced knows its last frame.
        let ends = match &frame {
            Poll::Ready(None) => true,
            Poll::Ready(Some(Ok(_))) => self.body.is_end_stream(),
            _ => false,
        };
        if ends {
            self.give_back();
        }
        frame.map(|frame| frame.map(|frame| frame.map_err(cut)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
