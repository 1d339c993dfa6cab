//! The one task of a session that fetches its messages.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::client::session::{Loss, Shared};
use crate::connection::{ConnectionState, ConnectionStateChangeMessage};
use crate::runtime::__private1::{REQUEST_ID, option_of};
use crate::runtime::follow::{Backoff, End, GapCause, Subscriptions};
use crate::runtime::{Batch, MessageError, Record, Union};

/// What became of fetching.
pub(super) enum Fetched {
    /// All that came was handed on.
    Done,
    /// The response did not come, or not whole.
    Failed(String),
}

/// How often in a row fetching fails until the session itself is looked after.
const FAILURES: u32 = 3;

/// Fetches messages until the session ends, and then lets go of everybody who
/// reads them.
pub(in crate::client) fn run<M>(shared: Arc<Shared<M>>) -> impl Future<Output = ()> + Send
where
    M: Union + Clone + Send + Sync,
{
    fetch(Finish(shared))
}

async fn fetch<M>(finish: Finish<M>)
where
    M: Union + Clone + Send + Sync,
{
    let shared = &finish.0;
    let mut pump = Pump::new(shared);
    let end = tokio::select! {
        biased;
        end = shared.ended() => end,
        end = pump.run() => end,
    };
    tracing::debug!(session = shared.current().session.id(), %end, "no more messages");
    shared.end(end);
}

/// Lets go of all readers when the task ends, by a panic or with its runtime,
/// too, even before it has begun: they may be read elsewhere.
struct Finish<M: Union + Clone + Send + Sync>(Arc<Shared<M>>);

impl<M: Union + Clone + Send + Sync> Drop for Finish<M> {
    fn drop(&mut self) {
        self.0.finish(End::Disconnected);
    }
}

pub(super) struct Pump<'a, M> {
    pub shared: &'a Shared<M>,
    /// Whether messages come by server-sent events.
    pub events: bool,
    /// How many streams in a row brought nothing.
    pub barren: u32,
    /// How many were refused with 401 since messages came last.
    pub refused: u32,
    pub backoff: Backoff,
    /// Nothing is fetched, as somebody has to read first.
    waits: bool,
    /// When that was so last.
    waited: Option<Instant>,
    /// How long the server asks to wait before the next try.
    pub asked_for: Option<Duration>,
    /// When the session was last made anew, and the waits before it is once more.
    pub renewed: Option<Instant>,
    pub renewals: Backoff,
}

impl<'a, M> Pump<'a, M>
where
    M: Union + Clone + Send + Sync,
{
    fn new(shared: &'a Shared<M>) -> Self {
        let waits = shared.client().config().waits();
        Pump {
            shared,
            events: shared.has_events(),
            barren: 0,
            refused: 0,
            backoff: Backoff::new(waits),
            waits: false,
            waited: None,
            asked_for: None,
            renewed: None,
            renewals: Backoff::new(waits),
        }
    }

    async fn run(&mut self) -> End {
        loop {
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    /// Makes what is not there, and fetches once.
    async fn step(&mut self) -> Result<(), End> {
        if let Some(loss) = self.shared.loss() {
            self.reconnect(loss).await?;
            return Ok(());
        }
        if !self.shared.is_reading() {
            self.shared.woken().await;
            return Ok(());
        }
        // Where it fails for a while the others' messages come all the same.
        self.subscribe().await;
        if self.shared.is_lost() {
            return Ok(());
        }
        let interval = self.shared.client().config().poll_interval;
        if self.waits_for_readers() {
            self.shared.rest(interval).await;
            return Ok(());
        }
        let fetched = if self.events {
            self.stream().await?
        } else {
            self.poll().await?
        };
        match fetched {
            Fetched::Done => {
                self.worked();
                self.shared.rest(interval).await;
            }
            Fetched::Failed(error) => {
                self.shared.registry().lose(GapCause::Failed(error));
                self.pause().await;
            }
        }
        Ok(())
    }

    /// Whether somebody has to read before more is fetched.
    pub fn waits_for_readers(&mut self) -> bool {
        let waits = self.shared.registry().listeners.are_full();
        if waits && !self.waits {
            tracing::warn!("no messages are fetched until those that wait are read");
        }
        self.waits = waits;
        if waits {
            self.waited = Some(Instant::now());
        }
        waits
    }

    /// Messages come again.
    pub fn worked(&mut self) {
        self.refused = 0;
        self.backoff.reset();
        self.shared.registry().listeners.gap_closed();
    }

    /// Waits before the next try, longer each time. After some tries in vain the
    /// session itself is looked after.
    async fn pause(&mut self) {
        let asked_for = self.asked_for.take();
        if self.backoff.tries() >= FAILURES && !self.shared.is_lost() {
            self.probe().await;
        }
        if !self.shared.is_lost() {
            let most = self.shared.client().config().backoff.1;
            let asked_for = asked_for.unwrap_or_default().min(most);
            let wait = self.backoff.next_wait().max(asked_for);
            self.wait(wait).await;
        }
    }

    /// Waits for a time, or until a session is lost: somebody may wait for another one.
    pub async fn wait(&self, time: Duration) {
        let until = Instant::now() + time;
        while !self.shared.is_lost() && timeout_at(until, self.shared.woken()).await.is_ok() {}
    }

    /// Subscribes again where no full message has come, unless it may be among those that
    /// were not fetched for want of a reader.
    pub fn lose_overdue(&self) {
        let patience = self.shared.client().config().patience();
        if self.waited.is_none_or(|at| at.elapsed() > patience) {
            self.shared.registry().now(Subscriptions::lose_overdue);
        }
    }

    /// Hands on the messages of a response, in their order; all of them, even if
    /// one says that the session has ended.
    pub fn deliver_all(&self, batch: Batch<M>) -> Result<(), End> {
        let mut result = Ok(());
        for item in batch {
            let delivered = self.deliver(item);
            result = result.and(delivered);
        }
        result
    }

    fn deliver(&self, item: Result<M, MessageError>) -> Result<(), End> {
        match item {
            Ok(message) => {
                let change = connection_change(&message);
                self.shared.registry().receive(message);
                change.map_or(Ok(()), |change| self.notice(&change))
            }
            Err(error) => {
                tracing::warn!(%error, "a message cannot be read");
                let (urn, request) = (error.text("__type"), error.text(REQUEST_ID));
                self.shared.registry().unreadable(urn, request, &error);
                Ok(())
            }
        }
    }

    /// What the server says of the session itself.
    fn notice(&self, change: &ConnectionStateChangeMessage) -> Result<(), End> {
        if change.new_connection_state != ConnectionState::Down {
            return Ok(());
        }
        if change.should_reconnect == Some(false) {
            return Err(End::ByServer(change.reason.clone()));
        }
        self.shared.lose_session(&self.shared.current(), Loss::Down);
        Ok(())
    }
}

/// The change of the connection that a message tells, of whatever model it is.
fn connection_change<M: Union>(message: &M) -> Option<ConnectionStateChangeMessage> {
    let urn = <ConnectionStateChangeMessage as Record>::META.urn;
    if message.type_urn() != urn {
        return None;
    }
    if let Some(change) = option_of::<M, ConnectionStateChangeMessage>(message) {
        return Some(change.clone());
    }
    ConnectionStateChangeMessage::from_json(&message.to_json()).ok()
}
