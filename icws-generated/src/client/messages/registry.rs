//! Who receives the messages of a session: the subscriptions that they belong to,
//! and whoever listens to all.

use std::time::Duration;

use tokio::time::Instant;

use super::completions::Completions;
use super::listeners::Listeners;
use crate::client::config::Config;
use crate::runtime::follow::{End, Gap, GapCause, Subscriptions};
use crate::runtime::{MessageError, Union};

/// The subscriptions and listeners of a session.
pub(in crate::client) struct Registry<M> {
    pub subscriptions: Subscriptions<M>,
    pub listeners: Listeners<M>,
    pub completions: Completions<M>,
    start: Instant,
    unclaimed: u64,
}

impl<M: Union + Clone + Send + Sync> Registry<M> {
    pub fn new(config: &Config) -> Self {
        Registry {
            subscriptions: Subscriptions::new(config.waits(), config.patience(), config.buffer),
            listeners: Listeners::default(),
            completions: Completions::default(),
            start: Instant::now(),
            unclaimed: 0,
        }
    }

    /// Does something to the subscriptions, with the time as they count it.
    pub fn now<T>(&mut self, act: impl FnOnce(&mut Subscriptions<M>, Duration) -> T) -> T {
        let now = self.start.elapsed();
        act(&mut self.subscriptions, now)
    }

    /// When something has to be sent next.
    pub fn wake_at(&self) -> Option<Instant> {
        Some(self.start + self.subscriptions.wake_at()?)
    }

    /// Hands on a message to all that it is for.
    pub fn receive(&mut self, message: M) {
        let waited_for = self.completions.receive(&message);
        let heard = self.listeners.has(message.type_urn());
        if heard && !self.subscriptions.is_for(&message) {
            return self.listeners.message(message);
        }
        if heard {
            self.listeners.message(message.clone());
        }
        let followed = self.now(|subscriptions, now| subscriptions.receive(message, now));
        if !(followed || heard || waited_for) {
            self.unclaimed += 1;
            tracing::debug!("nobody reads this message");
        }
    }

    /// Hands on a message that cannot be read: those of its type have a gap, or all
    /// when its type is not known. It may tell the end of a request.
    pub fn unreadable(
        &mut self,
        urn: Option<&str>,
        request_id: Option<&str>,
        error: &MessageError,
    ) {
        if let Some(id) = request_id {
            self.completions.unreadable(id, error);
        }
        self.listeners.unreadable(urn, error);
        let cause = GapCause::Unreadable(error.to_string());
        self.now(|subscriptions, now| subscriptions.lose(urn, cause, now));
    }

    /// Messages of all types may have been lost.
    pub fn lose(&mut self, cause: GapCause) {
        let news = matches!(cause, GapCause::NewSession(_));
        let gap = Gap::new(cause.clone());
        tracing::warn!(%gap, "a gap");
        self.now(|subscriptions, now| subscriptions.lose(None, cause, now));
        self.listeners.gap(&gap, news);
        if news {
            self.completions.lose();
        }
    }

    /// How many messages nobody read.
    pub fn unclaimed(&self) -> u64 {
        self.unclaimed
    }

    /// Lets go of everybody, at the end of the session.
    pub fn end(&mut self, end: &End) {
        self.subscriptions.end(end);
        self.listeners.end(end);
        self.completions.lose();
    }
}
