//! Watches: a subscription kept true.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::error::ClientError;
use super::session::Session;
use crate::Message;
#[cfg(feature = "interactions")]
use crate::interactions::callback::Subscribe;
use crate::runtime::__private1::Row;
use crate::runtime::follow::{
    Answer, Change, Follow, Reader, Requests, Store, Subscriptions, Task,
};
use crate::runtime::{ApiSession, Request, Response, Subscription, Union};

/// A subscription that is kept true: a [`Stream`] of [`Change`]s that ends after
/// [`Change::Ended`]. The state that they add up to is in its [`Store`].
///
/// After a gap the watch resubscribes, and ignores deltas until the next full
/// message. [`Watch::is_current`] returns false in between.
///
/// Several watches of the same subscription share it, and what is known of it. A
/// watch that is not read stops nobody: what changed meanwhile is told together.
///
/// When the last watch of a subscription is dropped, the session unsubscribes in
/// the background; [`stop`](Watch::stop) waits for the server.
///
/// ```no_run
/// # async fn run(session: icws_generated::client::Session) -> Result<(), Box<dyn std::error::Error>> {
/// use icws_generated::client::Change;
/// use icws_generated::interactions::callback::Subscribe;
///
/// let callback = Subscribe::builder().interaction_id("2001234567").build();
/// let mut watch = session.watch(callback).await?;
/// let store = watch.store(); // can be read from any thread
/// while let Some(change) = watch.next().await {
///     match change {
///         Change::Update { changes, .. } => println!("{:?}", changes.properties),
///         other => println!("{other:?}"),
///     }
/// }
/// println!("{:?}", store.state());
/// # Ok(())
/// # }
/// ```
#[must_use = "a watch that is dropped ends its subscription"]
pub struct Watch<S: Subscription, M: Union + Clone + Send + Sync = Message> {
    session: Session<M>,
    subscription: S,
    id: u64,
    store: Store<S::State>,
    /// There until the watch is dropped.
    reader: Option<Reader<S::State, M>>,
}

impl<S: Subscription, M: Union + Clone + Send + Sync> Watch<S, M> {
    fn new(session: Session<M>, subscription: S, id: u64, reader: Reader<S::State, M>) -> Self {
        Watch {
            session,
            subscription,
            id,
            store: reader.store(),
            reader: Some(reader),
        }
    }

    /// Returns the request of the subscription.
    ///
    /// ```
    /// use icws_generated::client::Watch;
    /// use icws_generated::interactions::callback::Subscribe;
    ///
    /// /// The caption of a window.
    /// fn caption(watch: &Watch<Subscribe>) -> String {
    ///     format!("Callback {}", watch.subscription().interaction_id)
    /// }
    /// ```
    pub fn subscription(&self) -> &S {
        &self.subscription
    }

    /// Returns the store of the state, which can be read from any thread. The store does
    /// not keep the subscription alive: this watch does.
    ///
    /// See the example of [`Watch`].
    pub fn store(&self) -> Store<S::State> {
        self.store.clone()
    }

    /// Returns the state, or `None` before the first full message. It stays as it
    /// is while you hold it.
    ///
    /// ```
    /// use icws_generated::client::Watch;
    /// use icws_generated::interactions::callback::Subscribe;
    ///
    /// /// What a window shows that is drawn again now and then.
    /// fn line(watch: &Watch<Subscribe>) -> String {
    ///     match watch.state() {
    ///         Some(callback) if watch.is_current() => callback.subject.clone(),
    ///         Some(callback) => format!("{} (perhaps outdated)", callback.subject),
    ///         None => "…".to_owned(),
    ///     }
    /// }
    /// ```
    pub fn state(&self) -> Option<Arc<S::State>> {
        self.store.state()
    }

    /// Returns true if a full message has come and no gap since.
    ///
    /// See the example of [`Watch::state`].
    pub fn is_current(&self) -> bool {
        self.store.is_current()
    }

    /// Returns another watch of the same, which reads for itself: each change comes to
    /// both. It starts with what is known, and nothing is sent for it.
    ///
    /// ```no_run
    /// use icws_generated::client::Watch;
    /// use icws_generated::interactions::callback::Subscribe;
    ///
    /// fn show_and_log(mut watch: Watch<Subscribe>) {
    ///     let mut other = watch.another();
    ///     tokio::spawn(async move { while watch.next().await.is_some() {} });
    ///     tokio::spawn(async move { while other.next().await.is_some() {} });
    /// }
    /// ```
    pub fn another(&self) -> Self
    where
        S: Clone,
    {
        Watch {
            session: self.session.clone(),
            subscription: self.subscription.clone(),
            id: self.id,
            store: self.store(),
            reader: self.reader.as_ref().map(Reader::another),
        }
    }

    /// Returns the next change, or `None` after the end. Cancel safe: dropping the
    /// future loses no change.
    ///
    /// See the example of [`Watch`].
    pub async fn next(&mut self) -> Option<Change<S::State, M>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Change<S::State, M>>> {
        match &mut self.reader {
            Some(reader) => reader.poll_change(context),
            None => Poll::Ready(None),
        }
    }

    /// Ends the watch, and the subscription if no other watch shares it. If the future
    /// is dropped before it is ready, the session ends the subscription in the background,
    /// as after a watch that is dropped.
    ///
    /// See the example of [`Session::watch`].
    ///
    /// # Errors
    /// As [`Session::call`]. Whatever happens, no more changes come.
    pub async fn stop(mut self) -> Result<(), ClientError> {
        drop(self.reader.take());
        let shared = self.session.shared();
        let Some(Task::Unsubscribe(id, requests)) =
            shared.registry().subscriptions.end_now(self.id)
        else {
            return Ok(());
        };
        let stopping = Stopping {
            session: &self.session,
            id,
            answered: false,
        };
        stopping.stop::<S>(&*requests).await
    }
}

/// Ends a subscription; the session does so where that is not waited for.
struct Stopping<'a, M: Union + Clone + Send + Sync> {
    session: &'a Session<M>,
    id: u64,
    answered: bool,
}

impl<M: Union + Clone + Send + Sync> Stopping<'_, M> {
    async fn stop<S: Subscription>(mut self, requests: &dyn Requests) -> Result<(), ClientError> {
        let current = self.session.shared().current();
        let answer = match requests.stop(&current.session) {
            Ok(request) => {
                let operation = requests.operations().1;
                self.session.exchange(&current, operation, request).await
            }
            Err(error) => Err(error.into()),
        };
        let unsent = answer.as_ref().is_err_and(ClientError::is_unsent);
        self.answered = answer.is_ok() || unsent;
        let (answer, loss) = answer?;
        // It has ended with its session: the next one has none, or that of another watch.
        if loss.is_some() {
            return Ok(());
        }
        S::Stop::parse(answer)?.into_result()?;
        Ok(())
    }
}

impl<M: Union + Clone + Send + Sync> Drop for Stopping<'_, M> {
    fn drop(&mut self) {
        let shared = self.session.shared();
        let (id, answered) = (self.id, self.answered);
        let ended = |subscriptions: &mut Subscriptions<M>, now| {
            subscriptions.unsubscribed(id, answered, now);
        };
        shared.registry().now(ended);
        shared.wake();
    }
}

impl<S: Subscription, M: Union + Clone + Send + Sync> Stream for Watch<S, M> {
    type Item = Change<S::State, M>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<S: Subscription, M: Union + Clone + Send + Sync> Unpin for Watch<S, M> {}

impl<S: Subscription, M: Union + Clone + Send + Sync> Drop for Watch<S, M> {
    fn drop(&mut self) {
        if let Some(reader) = self.reader.take() {
            drop(reader);
            let shared = self.session.shared();
            let leave =
                |subscriptions: &mut Subscriptions<M>, now| subscriptions.leave(self.id, now);
            let is_due = shared.registry().now(leave);
            if is_due {
                shared.wake();
            }
        }
    }
}

impl<S: Subscription + fmt::Debug, M: Union + Clone + Send + Sync> fmt::Debug for Watch<S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("subscription", &self.subscription)
            .field("current", &self.is_current())
            .finish_non_exhaustive()
    }
}

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Subscribes, and returns a watch: the merged state, and each change. From now
    /// on messages are fetched. Where the session watches the same already, both
    /// watches share the subscription.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// # let client = icws_generated::client::Client::builder().plain_http();
    /// # let client = client.host(server.address().to_string()).build()?;
    /// # let credentials = icws_generated::client::Credentials::password("agent", "secret");
    /// # let session = client.connect(credentials).await?;
    /// # server.control().create_interaction("2001234567");
    /// use icws_generated::client::Change;
    /// use icws_generated::interactions::{InteractionSubscription, Subscribe};
    ///
    /// let wanted = InteractionSubscription::new(["Eic_State"]);
    /// let subscribe = Subscribe::builder().interaction_id("2001234567").body(wanted);
    /// let mut watch = session.watch(subscribe.build()).await?;
    /// while let Some(change) = watch.next().await {
    ///     if let Change::Snapshot(state) = change {
    ///         println!("{state:?}");
    ///         break;
    ///     }
    /// }
    /// watch.stop().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Session::call`], and when the messages could not be told from those of
    /// another subscription of the session, the session has ended, or it reads the
    /// messages of another model ([`Client::connect_as`](super::Client::connect_as)).
    pub async fn watch<S>(&self, subscription: S) -> Result<Watch<S, M>, ClientError>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        check_model::<S, M>()?;
        loop {
            self.check_alive()?;
            let follow = self
                .shared()
                .registry()
                .subscriptions
                .follow(&subscription)?;
            // The end may have come before the watch did.
            let alive = self.check_alive();
            let (id, reader, task) = match follow {
                Follow::Ask(id, reader, task) => (id, reader, Some(task)),
                Follow::Joined(id, reader) => (id, reader, None),
                Follow::Wait(waiting) => {
                    tokio::select! {
                        () = waiting => {}
                        _ = self.shared().ended() => {}
                    }
                    continue;
                }
                _ => return Err(ClientError::Ended(super::End::Disconnected)),
            };
            let watch = Watch::new(self.clone(), subscription.clone(), id, reader);
            alive?;
            self.shared().fetch();
            return match task {
                Some(Task::Subscribe(id, requests)) => {
                    self.subscribe(id, &*requests).await?;
                    Ok(watch)
                }
                _ => Ok(watch),
            };
        }
    }

    /// Makes a subscription. Where the server may have it in spite of an error, the
    /// watch that is dropped ends it.
    async fn subscribe(&self, id: u64, requests: &dyn Requests) -> Result<(), ClientError> {
        let answered = |answer: Answer| {
            let mut registry = self.shared().registry();
            registry.now(|subscriptions, now| subscriptions.answered(id, answer, now));
        };
        let make = |session: &ApiSession| {
            let request = requests.start(session)?;
            self.shared().registry().subscriptions.asked(id);
            Ok(request)
        };
        let operation = requests.operations().0;
        let response = self.exchange_renewing(operation, make).await;
        if response.as_ref().is_err_and(ClientError::is_unsent) {
            answered(Answer::NotMade);
        }
        match requests.started(response?)? {
            Ok(()) => {
                answered(Answer::Made);
                Ok(())
            }
            Err(error) => {
                answered(Answer::NotMade);
                Err(error.into())
            }
        }
    }

    /// Watches a callback interaction. Needs the feature `interactions`, which is
    /// on by default.
    ///
    /// See the example of [`client`](super).
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

/// Checks that a session reads the messages of the model that a subscription is
/// from: of another one it would pass them over.
fn check_model<S: Subscription, M: Union>() -> Result<(), ClientError> {
    for message in S::MESSAGES {
        let urn = message.message.urn.unwrap_or_default();
        check_message::<M>(urn, message.is)?;
    }
    Ok(())
}

/// Checks that a session reads messages with a URN as what `is` asks for.
pub(super) fn check_message<M: Union>(
    urn: &'static str,
    is: fn(&dyn Row) -> bool,
) -> Result<(), ClientError> {
    let number = M::URNS.binary_search(&urn).ok();
    let own = number.and_then(M::blank);
    let row = own.as_ref().and_then(|own| own.content().ok());
    match row.is_some_and(is) {
        true => Ok(()),
        false => Err(ClientError::UnknownMessage { urn }),
    }
}
