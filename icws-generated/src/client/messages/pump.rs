//! The one task of a session that fetches its messages.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::item::{End, Gap, GapCause, Item};
use super::registry::tell;
use crate::client::backoff::Backoff;
use crate::client::session::Shared;
use crate::connection::{ConnectionState, ConnectionStateChangeMessage};
use crate::runtime::__private1::{Reader, read_new};
use crate::runtime::{Batch, MessageError, Record, Union, UnknownObject};

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
    pub backoff: Backoff,
    /// When the session was last made anew, and the waits before it is once more.
    pub renewed: Option<Instant>,
    pub renewals: Backoff,
}

impl<'a, M> Pump<'a, M>
where
    M: Union + Clone + Send + Sync,
{
    fn new(shared: &'a Shared<M>) -> Self {
        let (first, longest) = shared.client().config().backoff;
        Pump {
            shared,
            events: shared.has_events(),
            barren: 0,
            backoff: Backoff::new(first, longest),
            renewed: None,
            renewals: Backoff::new(first, longest),
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
        if self.shared.is_lost() {
            self.reconnect().await?;
        }
        // Where it fails for a while the others' messages come all the same.
        self.subscribe().await;
        if self.shared.is_lost() {
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
                self.shared
                    .rest(self.shared.client().config().poll_interval)
                    .await;
            }
            Fetched::Failed(error) => {
                self.lose(None, GapCause::Failed(error)).await;
                self.pause().await?;
            }
        }
        Ok(())
    }

    /// Messages come again.
    pub fn worked(&mut self) {
        self.backoff.reset();
        self.shared.registry().gap_closed();
    }

    /// Waits before the next try, longer each time. After some tries in vain the
    /// session itself is looked after.
    async fn pause(&mut self) -> Result<(), End> {
        if self.backoff.tries() >= FAILURES && !self.shared.is_lost() {
            self.probe().await?;
        }
        if !self.shared.is_lost() {
            sleep(self.backoff.next()).await;
        }
        Ok(())
    }

    /// How long a full message may take after subscribing.
    fn patience(&self) -> Duration {
        let config = self.shared.client().config();
        config.timeout + config.poll_interval.saturating_mul(3)
    }

    /// Subscribes again where no full message has come.
    pub async fn watch_overdue(&mut self) {
        let told = self.shared.registry().lose_overdue(self.patience());
        tell(told, &Gap::new(GapCause::NoSnapshot)).await;
    }

    /// Marks subscriptions as lost and sends a gap to their watches: all of them,
    /// or with a `urn` those of this message type. A watch that already knows of
    /// the gap gets no second one, except for a new session.
    pub async fn lose(&mut self, urn: Option<&str>, cause: GapCause) {
        let news = matches!(cause, GapCause::NewSession(_));
        let gap = Gap::new(cause);
        tracing::warn!(%gap, "a gap");
        let told = self.shared.registry().lose(urn, news);
        tell(told, &gap).await;
        let all = self.shared.registry().tell_reader_once(news);
        tell(all.into_iter().collect(), &gap).await;
    }

    /// Hands on the messages of a response, in their order; all of them, even if
    /// one says that the session has ended.
    pub async fn deliver_all(&mut self, batch: Batch<M>) -> Result<(), End> {
        let mut result = Ok(());
        for item in batch {
            let delivered = self.deliver(item).await;
            result = result.and(delivered);
        }
        result
    }

    async fn deliver(&mut self, item: Result<M, MessageError>) -> Result<(), End> {
        match item {
            Ok(message) => {
                let change = connection_change(&message);
                self.hand_on(message).await;
                change.map_or(Ok(()), |change| self.notice(&change))
            }
            Err(error) => {
                tracing::warn!(%error, "a message cannot be read");
                let urn = urn_of(&error.raw);
                let cause = GapCause::Unreadable(error.to_string());
                let all = self.shared.registry().tell_reader();
                if let Some(all) = all {
                    let _ = all.send(Item::Unreadable(error)).await;
                }
                self.lose(urn.as_deref(), cause).await;
                Ok(())
            }
        }
    }

    async fn hand_on(&mut self, message: M) {
        let readers = self.shared.registry().route(&message);
        match (readers.watch, readers.all) {
            (Some(watch), Some(all)) => {
                let _ = watch.send(Item::Message(message.clone())).await;
                let _ = all.send(Item::Message(message)).await;
            }
            (Some(one), None) | (None, Some(one)) => {
                // One who has gone has told the registry.
                let _ = one.send(Item::Message(message)).await;
            }
            (None, None) => {}
        }
    }

    /// What the server says of the session itself.
    fn notice(&mut self, change: &ConnectionStateChangeMessage) -> Result<(), End> {
        if change.new_connection_state != ConnectionState::Down {
            return Ok(());
        }
        if change.should_reconnect == Some(false) {
            return Err(End::ByServer(change.reason.clone()));
        }
        self.shared.lose_session(&self.shared.current());
        Ok(())
    }
}

/// The change of the connection that a message tells, of whatever model it is.
fn connection_change<M: Union>(message: &M) -> Option<ConnectionStateChangeMessage> {
    let urn = <ConnectionStateChangeMessage as Record>::META.urn;
    if message.type_urn() != urn {
        return None;
    }
    ConnectionStateChangeMessage::from_json(&message.to_json()).ok()
}

/// The type of a message that cannot be read; `None` when its text is not one
/// whole object, so that it may have been of any type, and others after it.
fn urn_of(raw: &[u8]) -> Option<String> {
    let mut reader = Reader::new(raw);
    let object: UnknownObject = read_new(&mut reader).ok()?;
    reader.finish().ok()?;
    object.type_urn().map(str::to_owned)
}
