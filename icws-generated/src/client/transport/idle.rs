//! Connections that wait for the next request.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Scheme};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use super::TransportError;
use super::hyper::{Sender, cut};

/// How long a connection is kept. Servers and what stands before them close
/// idle ones, often after a minute.
const KEPT: Duration = Duration::from_secs(50);

type Server = (Scheme, Authority);

/// The connections of each server, the last used at the end.
type Connections = HashMap<Server, Vec<(Instant, Sender)>>;

/// The connections that are idle, by the servers that they lead to.
#[derive(Clone, Default)]
pub(super) struct Idle(Arc<Mutex<Connections>>);

impl Idle {
    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that was used last, if one is left.
    pub fn take(&self, uri: &Uri) -> Option<Sender> {
        let mut idle = self.lock();
        let connections = idle.get_mut(&server(uri)?)?;
        connections.retain(|(since, sender)| since.elapsed() < KEPT && !sender.is_closed());
        connections.pop().map(|(_, sender)| sender)
    }

    fn put(&self, uri: &Uri, sender: Sender) {
        if let (Some(server), false) = (server(uri), sender.is_closed()) {
            let mut idle = self.lock();
            idle.entry(server)
                .or_default()
                .push((Instant::now(), sender));
        }
    }
}

fn server(uri: &Uri) -> Option<Server> {
    Some((uri.scheme()?.clone(), uri.authority()?.clone()))
}

/// A body that gives its connection back at its end. One that is dropped before
/// closes it.
pub(super) struct Kept {
    body: Incoming,
    connection: Option<(Uri, Sender, Idle)>,
}

impl Kept {
    pub fn new(body: Incoming, uri: Uri, sender: Sender, idle: Idle) -> Self {
        let mut kept = Kept {
            body,
            connection: Some((uri, sender, idle)),
        };
        if kept.body.is_end_stream() {
            kept.give_back();
        }
        kept
    }

    fn give_back(&mut self) {
        if let Some((uri, sender, idle)) = self.connection.take() {
            idle.put(&uri, sender);
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
