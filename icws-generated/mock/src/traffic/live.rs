//! The traffic as it happens, as server-sent events. Nothing is buffered for a reader: it
//! takes from what the server keeps when its connection has room, and misses the rest.

use std::fmt::Write;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::Request;
use serde_json::json;
use tokio::time::{Instant, Interval, interval_at};

use super::view::summary;
use crate::shared::Shared;

/// So many entries go into one frame.
const MOST: usize = 100;

/// How long a browser waits before it comes again, in milliseconds.
const RETRY: u32 = 1_000;

/// A reader of the traffic.
pub(crate) struct Live {
    shared: Arc<Shared>,
    /// The number of the next entry.
    next: u64,
    /// The number before which all is known to have been forgotten.
    cleared: u64,
    started: bool,
    ping: Interval,
}

impl Live {
    /// A reader from the oldest entry on, or from where one that comes again has been:
    /// a browser says that in a header, and a page that closes its stream for a while in
    /// the query.
    pub fn new(shared: Arc<Shared>, request: &Request<Bytes>) -> Self {
        shared.traffic.switch_on();
        let period = shared.settings.chosen.ping_interval;
        let last = request.headers().get("Last-Event-ID");
        let last = last.and_then(|id| id.to_str().ok());
        let last = last.or_else(|| request.uri().query()?.strip_prefix("after="));
        let last = last.and_then(|id| seen(shared.traffic.run, id));
        let oldest = shared.traffic.oldest();
        let next = last.map_or(oldest, |last| last.saturating_add(1));
        Live {
            // Another server, or a client that makes numbers up.
            next: if next > shared.traffic.next() {
                oldest
            } else {
                next
            },
            cleared: shared.traffic.cleared(),
            ping: interval_at(Instant::now() + period, period),
            shared,
            started: false,
        }
    }

    /// What is to be sent next.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Bytes> {
        let run = self.shared.traffic.run;
        if !self.started {
            self.started = true;
            let start = json!({
                "run": run.to_string(),
                "from": self.next,
                "cleared": self.cleared,
            });
            let text = format!("retry: {RETRY}\nevent: start\ndata: {start}\n\n");
            return Poll::Ready(text.into());
        }
        let traffic = &self.shared.traffic;
        match traffic.poll_from(self.next, MOST, self.cleared, context) {
            Poll::Ready(batch) => {
                self.next = batch.next;
                let mut text = String::new();
                // To write into a string cannot fail.
                if batch.cleared > self.cleared {
                    self.cleared = batch.cleared;
                    let cleared = json!({ "before": batch.cleared });
                    let _ = write!(text, "event: cleared\ndata: {cleared}\n\n");
                }
                if batch.lost > 0 {
                    let lost = json!({ "count": batch.lost });
                    let _ = write!(text, "event: lost\ndata: {lost}\n\n");
                }
                for entry in batch.entries {
                    let number = entry.number;
                    let _ = write!(text, "id: {run}-{number}\ndata: {}\n\n", summary(&entry));
                }
                Poll::Ready(text.into())
            }
            Poll::Pending => {
                ready!(self.ping.poll_tick(context));
                Poll::Ready(Bytes::from_static(b":ping\n\n"))
            }
        }
    }
}

/// The number in the id of an event of this run of the server.
fn seen(run: u64, id: &str) -> Option<u64> {
    let (of, number) = id.split_once('-')?;
    number.parse().ok().filter(|_| of == run.to_string())
}
