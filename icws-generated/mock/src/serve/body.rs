//! The bodies of responses: whole ones, and streams of server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use icws_generated::recording::Taping;
use tokio::time::{Instant, Interval, interval_at};

use super::wire::{Scissors, Socket};
use crate::event;
use crate::shared::Shared;
use crate::traffic::Live;
use crate::world::Next;

/// The body of a response.
pub(super) enum ReplyBody {
    Whole(Option<Bytes>),
    Events(Box<Events>),
    /// The traffic as it happens, for as long as the client of the socket is there.
    Live(Box<Live>, Socket),
}

impl ReplyBody {
    /// The bytes, where it is no stream and has not been sent.
    pub fn known(&self) -> Option<&Bytes> {
        match self {
            ReplyBody::Whole(bytes) => bytes.as_ref(),
            ReplyBody::Events(_) | ReplyBody::Live(..) => None,
        }
    }
}

/// The messages of a session, one event each, with comments between them so
/// that nobody takes the connection for dead.
pub(super) struct Events {
    shared: Arc<Shared>,
    session: String,
    reader: u64,
    ping: Interval,
    socket: Socket,
    scissors: Arc<Scissors>,
    harm: Option<Harm>,
    taping: Option<Taping>,
}

/// A comment, which no client takes for an event.
const PING: Bytes = Bytes::from_static(b":ping\n\n");

/// What goes wrong with the next event of a stream.
pub(super) enum Harm {
    /// Its JSON ends in the middle.
    Truncate,
    /// The connection is closed within it.
    Cut,
}

impl Events {
    pub fn new(
        shared: Arc<Shared>,
        session: String,
        reader: u64,
        (socket, scissors): (Socket, Arc<Scissors>),
        harm: Option<Harm>,
    ) -> Self {
        let period = shared.settings.chosen.ping_interval;
        Events {
            ping: interval_at(Instant::now() + period, period),
            shared,
            session,
            reader,
            socket,
            scissors,
            harm,
            taping: None,
        }
    }

    /// Has what is sent recorded from now on.
    pub fn record(&mut self, taping: Option<Taping>) {
        self.taping = taping;
    }

    /// The next bytes, which are recorded; or the end.
    fn poll_recorded(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let next = ready!(self.poll_next(context));
        match (&mut self.taping, &next) {
            (Some(taping), Some(bytes)) => taping.data(bytes),
            (taping, None) => {
                if let Some(taping) = taping.take() {
                    taping.end();
                }
            }
            _ => {}
        }
        Poll::Ready(next)
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        // Who reads a stream and has sent the end is taken to be gone, so that what comes
        // now waits for the next reader.
        if self.socket.is_at_end(context) {
            return Poll::Ready(None);
        }
        let next = match self.shared.world().sessions.get_mut(&self.session) {
            Some(session) => session.stream(self.reader, context.waker()),
            None => Next::End,
        };
        match next {
            Next::Messages(messages) => {
                let harm = self.harm.take();
                Poll::Ready(Some(self.harmed(messages, harm)))
            }
            Next::Break(messages) => Poll::Ready(Some(self.harmed(messages, Some(Harm::Cut)))),
            Next::Cut => {
                self.scissors.arm();
                Poll::Ready(Some(PING))
            }
            Next::End => Poll::Ready(None),
            Next::Wait => {
                ready!(self.ping.poll_tick(context));
                Poll::Ready(Some(PING))
            }
        }
    }
}

impl Events {
    fn harmed(&self, mut messages: VecDeque<Bytes>, harm: Option<Harm>) -> Bytes {
        match &harm {
            Some(Harm::Truncate) => {
                if let Some(first) = messages.front_mut() {
                    first.truncate(first.len() / 2);
                }
            }
            Some(Harm::Cut) => {
                messages.truncate(1);
                self.scissors.arm();
            }
            None => {}
        }
        let traffic = &self.shared.traffic;
        if traffic.is_on() {
            let harm = harm.map(Harm::text);
            let harmed = messages.iter().take(1);
            traffic.messages(&self.session, harmed, harm);
            traffic.messages(&self.session, messages.iter().skip(1), None);
        }
        let mut events = Vec::new();
        for message in &messages {
            event::append(&mut events, message);
        }
        events.into()
    }
}

impl Harm {
    fn text(self) -> &'static str {
        match self {
            Harm::Truncate => "ends in the middle",
            Harm::Cut => "the connection was closed within it",
        }
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.shared.traffic.end(&self.session);
        if let Some(session) = self.shared.world().sessions.get_mut(&self.session) {
            session.close_stream(self.reader);
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match self.get_mut() {
            ReplyBody::Whole(bytes) => bytes.take(),
            ReplyBody::Events(events) => ready!(events.poll_recorded(context)),
            ReplyBody::Live(_, socket) if socket.is_at_end(context) => None,
            ReplyBody::Live(live, _) => Some(ready!(live.poll_next(context))),
        };
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            ReplyBody::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            ReplyBody::Events(_) | ReplyBody::Live(..) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            ReplyBody::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
            }
            ReplyBody::Events(_) | ReplyBody::Live(..) => SizeHint::default(),
        }
    }
}
