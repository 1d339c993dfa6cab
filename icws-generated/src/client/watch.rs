//! Watches: the merged state of a subscription.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::sync::mpsc;

use super::backoff::Backoff;
use super::error::ClientError;
use super::messages::{End, Entry, Gap, Item};
use super::session::Session;
use crate::Message;
#[cfg(feature = "interactions")]
use crate::interactions::callback::Subscribe;
use crate::runtime::__private1::option_of;
use crate::runtime::{Delta, Record, Subscription, Union};

/// What happened to something that is watched.
#[non_exhaustive]
pub enum Change<D: Delta> {
    /// A full message arrived: it replaces the state.
    Snapshot(D::State),
    /// A delta was merged.
    #[non_exhaustive]
    Update {
        /// The state now.
        state: D::State,
        /// What changed: properties that are left out have not.
        delta: D,
    },
    /// Messages may have been lost. The state may be outdated until the next
    /// snapshot.
    Gap(Gap),
    /// Nothing follows.
    Ended(End),
}

impl<D: Delta + fmt::Debug> fmt::Debug for Change<D>
where
    D::State: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Snapshot(state) => f.debug_tuple("Snapshot").field(state).finish(),
            Change::Update { state, delta } => f
                .debug_struct("Update")
                .field("state", state)
                .field("delta", delta)
                .finish(),
            Change::Gap(gap) => f.debug_tuple("Gap").field(gap).finish(),
            Change::Ended(end) => f.debug_tuple("Ended").field(end).finish(),
        }
    }
}

/// The merged state of a subscription: a [`Stream`] of [`Change`]s that ends
/// after [`Change::Ended`].
///
/// After a gap the watch resubscribes, and ignores deltas until the next full
/// message. [`Watch::is_current`] returns false in between.
///
/// When a watch is dropped, the session unsubscribes in the background;
/// [`stop`](Watch::stop) waits for the server. A watch that is not read makes the
/// client stop fetching when
/// [`ClientBuilder::buffer`](super::ClientBuilder::buffer) messages wait.
#[must_use = "changes wait until they are read"]
pub struct Watch<S: Subscription, M: Union + Clone + Send + Sync = Message> {
    session: Session<M>,
    subscription: S,
    id: u64,
    items: mpsc::Receiver<Item<M>>,
    why: Arc<OnceLock<End>>,
    state: Option<<S::Message as Delta>::State>,
    current: bool,
    ended: bool,
    /// The session knows of it.
    registered: bool,
}

impl<S: Subscription, M: Union + Clone + Send + Sync> Watch<S, M> {
    pub(super) fn new(session: Session<M>, subscription: S, entry: Entry<M>) -> Self {
        Watch {
            session,
            subscription,
            id: entry.id,
            items: entry.items,
            why: entry.why,
            state: None,
            current: false,
            ended: false,
            registered: true,
        }
    }

    /// What is watched.
    pub fn subscription(&self) -> &S {
        &self.subscription
    }

    /// Returns the state after the last change that was read, or `None` before the
    /// first full message.
    pub fn state(&self) -> Option<&<S::Message as Delta>::State> {
        self.state.as_ref()
    }

    /// Returns true if a full message has arrived and no gap since then, among the
    /// changes that were read.
    pub fn is_current(&self) -> bool {
        self.current
    }

    /// Ends the subscription. A future that is dropped before it is ready leaves
    /// that to the session, as dropping the watch does.
    ///
    /// # Errors
    /// As [`Session::call`]. Whatever happens, no more changes come.
    pub async fn stop(mut self) -> Result<(), ClientError> {
        // Nobody waits for this watch to be read any more.
        self.items.close();
        // Until the server has answered, nobody else subscribes to the same.
        self.session.shared().registry().ending(self.id);
        let stop = self.subscription.stop();
        let stopped = self.session.call(stop).await;
        self.unregister();
        stopped?;
        Ok(())
    }

    /// Gives up a subscription that was not made.
    pub(super) fn forget(mut self) {
        self.unregister();
    }

    fn unregister(&mut self) {
        if std::mem::take(&mut self.registered) {
            self.session.shared().registry().remove(self.id);
        }
    }

    fn end(&mut self) -> End {
        self.ended = true;
        let end = self.why.get().cloned().or_else(|| self.session.end());
        end.unwrap_or(End::Disconnected)
    }
}

impl<S, M> Watch<S, M>
where
    S: Subscription,
    M: Union + Clone + Send + Sync,
{
    /// Returns the next change, or `None` after the end. Cancel safe: dropping the
    /// future loses no change.
    pub async fn next(&mut self) -> Option<Change<S::Message>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Change<S::Message>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        loop {
            let Some(item) = ready!(self.items.poll_recv(context)) else {
                let end = self.end();
                return Poll::Ready(Some(Change::Ended(end)));
            };
            let change = match item {
                Item::Message(message) => option_of(&message).cloned().and_then(|m| self.apply(m)),
                Item::Gap(gap) => {
                    self.current = false;
                    Some(Change::Gap(gap))
                }
                Item::Unreadable(_) | Item::Ended(_) => None,
            };
            if change.is_some() {
                return Poll::Ready(change);
            }
        }
    }

    /// Ignores a delta without a current state: the full message that was
    /// requested replaces it.
    fn apply(&mut self, message: S::Message) -> Option<Change<S::Message>> {
        if !message.is_delta() {
            let state = message.into_state();
            self.current = true;
            self.state = Some(state.clone());
            return Some(Change::Snapshot(state));
        }
        let state = self.state.as_mut().filter(|_| self.current)?;
        message.clone().merge_into(state);
        Some(Change::Update {
            state: state.clone(),
            delta: message,
        })
    }
}

impl<S, M> Stream for Watch<S, M>
where
    S: Subscription,
    M: Union + Clone + Send + Sync,
{
    type Item = Change<S::Message>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<S: Subscription, M: Union + Clone + Send + Sync> Unpin for Watch<S, M> {}

impl<S: Subscription, M: Union + Clone + Send + Sync> Drop for Watch<S, M> {
    fn drop(&mut self) {
        if self.registered && self.session.shared().registry().abandon(self.id) {
            self.session.shared().wake();
        }
    }
}

impl<S: Subscription + fmt::Debug, M: Union + Clone + Send + Sync> fmt::Debug for Watch<S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("subscription", &self.subscription)
            .field("current", &self.current)
            .finish_non_exhaustive()
    }
}

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Subscribes, and returns a watch that yields the merged state with each
    /// change. From now on messages are fetched.
    ///
    /// # Errors
    /// As [`Session::call`], and when the session watches this already, has ended,
    /// or reads the messages of another model ([`Client::connect_as`](super::Client::connect_as)).
    pub async fn watch<S>(&self, subscription: S) -> Result<Watch<S, M>, ClientError>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        self.check_alive()?;
        let urn = S::Message::META.urn.unwrap_or_default();
        if !M::URNS.contains(&urn) {
            return Err(ClientError::UnknownMessage { urn });
        }
        let config = self.shared().client().config();
        let backoff = Backoff::new(config.backoff.0, config.backoff.1);
        // The full message may arrive before the response does.
        let entry = self
            .shared()
            .registry()
            .add(&subscription, config.buffer, backoff);
        let entry = entry.ok_or_else(|| ClientError::AlreadyWatched {
            key: subscription.key().into_owned(),
        })?;
        let watch = Watch::new(self.clone(), subscription.clone(), entry);
        // The end may have come before the watch did.
        self.check_alive()?;
        self.shared().fetch();
        match self.call(subscription).await {
            Ok(_) => Ok(watch),
            Err(error) => {
                // Where the server may have subscribed, the dropped watch ends it.
                let answered = !matches!(
                    &error,
                    ClientError::Transport { .. } | ClientError::Decode(_)
                );
                if answered || error.is_unsent() {
                    watch.forget();
                }
                Err(error)
            }
        }
    }

    /// Watches a callback interaction. Needs the feature `interactions`, which is
    /// on by default.
    ///
    /// # Errors
    /// As [`Session::watch`]. [`ClientError::Api`] with 404 when there is no such
    /// interaction, with 400 when the interaction is no callback.
    #[cfg(feature = "interactions")]
    pub async fn watch_callback(
        &self,
        interaction_id: impl Into<String>,
    ) -> Result<Watch<Subscribe, M>, ClientError> {
        let subscribe = Subscribe::builder().interaction_id(interaction_id);
        self.watch(subscribe.build()).await
    }
}
