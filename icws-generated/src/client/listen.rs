//! The messages of a session, for those who listen.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::error::ClientError;
use super::messages::{Item, Listener};
use super::session::Session;
use super::watch::check_message;
use crate::runtime::__private1::{is_row, option_of};
use crate::runtime::{Arriving, Union};

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Returns a stream of all messages. From now on a task of the current tokio
    /// runtime fetches messages. Several parts of a program can listen; each gets
    /// all.
    ///
    /// Messages that belong to no watch and that nobody listens to are counted
    /// ([`Session::unclaimed`]) and dropped.
    ///
    /// See the example of [`Messages`].
    ///
    /// # Errors
    /// When the session has ended.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn messages(&self) -> Result<Messages<M>, ClientError> {
        self.listen(None)
    }

    /// Returns a stream of the messages of one type.
    ///
    /// See the example of [`MessagesOf`].
    ///
    /// # Errors
    /// As [`Session::messages`], and when the session reads the messages of a model
    /// without them.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn messages_of<T: Arriving>(&self) -> Result<MessagesOf<T, M>, ClientError> {
        let urn = T::META.urn.unwrap_or_default();
        check_message::<M>(urn, is_row::<T>)?;
        Ok(MessagesOf {
            heard: self.listen(Some(urn))?,
            types: PhantomData,
        })
    }

    fn listen(&self, urn: Option<&'static str>) -> Result<Messages<M>, ClientError> {
        self.check_alive()?;
        let room = self.shared().client().config().buffer;
        let listener = self.shared().registry().listeners.add(urn, room);
        // The end may have come before the listener did.
        self.check_alive()?;
        self.shared().fetch();
        Ok(Messages {
            listener,
            session: self.clone(),
            ended: false,
        })
    }
}

/// Everything that arrives on a session, in order: messages, messages that cannot
/// be read, and gaps. A [`Stream`] that ends after [`Item::Ended`].
///
/// Of what is not read
/// [`ClientBuilder::buffer`](crate::client::ClientBuilder::buffer) messages are
/// kept; a gap tells how many were dropped before them. [`Messages::lossless`] holds
/// the session up instead.
///
/// ```no_run
/// # async fn run(session: icws_generated::client::Session) -> Result<(), Box<dyn std::error::Error>> {
/// use icws_generated::client::Item;
///
/// let mut messages = session.messages()?;
/// while let Some(item) = messages.next().await {
///     match item {
///         Item::Message(message) => println!("{message:?}"),
///         other => println!("{other:?}"),
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nobody else is told what it hears"]
pub struct Messages<M: Union + Clone + Send + Sync = crate::Message> {
    listener: Arc<Listener<M>>,
    session: Session<M>,
    ended: bool,
}

/// The messages of one type that arrive on a session, as [`Messages`] has them of
/// all types. Gaps are told whatever they are of.
///
/// ```no_run
/// # async fn run(session: icws_generated::client::Session) -> Result<(), Box<dyn std::error::Error>> {
/// use icws_generated::client::Item;
/// use icws_generated::interactions::callback::CallbackMessage;
///
/// let mut callbacks = session.messages_of::<CallbackMessage>()?;
/// while let Some(item) = callbacks.next().await {
///     if let Item::Message(callback) = item {
///         println!("{}", callback.subject);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nobody else is told what it hears"]
pub struct MessagesOf<T, M: Union + Clone + Send + Sync = crate::Message> {
    heard: Messages<M>,
    types: PhantomData<fn() -> T>,
}

impl<M: Union + Clone + Send + Sync> Messages<M> {
    /// The same, and nothing is dropped: the session is held up instead.
    ///
    /// While [`ClientBuilder::buffer`](crate::client::ClientBuilder::buffer) items or more
    /// wait here to be read (messages, gaps, and what cannot be read), nothing is fetched
    /// for anybody on this session: no poll is sent, and a stream of events is not read on.
    /// Other readers and watches then hear nothing new, a watch that was just made waits
    /// for its first snapshot, and [`Session::complete`] may run into its time. Requests
    /// go on as ever, and so do the subscriptions that are due. A warning is logged, once
    /// each time it comes to that. It goes on with the next item that is read, or when
    /// this is dropped.
    ///
    /// What one response or one piece of a stream brings is kept whole, so more than
    /// `buffer` items can wait: what a single response holds, up to
    /// [`ClientBuilder::response_limit`](crate::client::ClientBuilder::response_limit) bytes
    /// of it, in addition.
    ///
    /// Meanwhile the messages are on the server. How many it keeps, for how long, and
    /// whether it ends a session that fetches none, is not known; what it drops nobody is
    /// told of.
    ///
    /// ```
    /// use icws_generated::client::{ClientError, Item, Session};
    ///
    /// /// Writes down every message, at the pace of the terminal.
    /// async fn archive(session: &Session) -> Result<(), ClientError> {
    ///     let mut messages = session.messages()?.lossless();
    ///     while let Some(item) = messages.next().await {
    ///         if let Item::Message(message) = item {
    ///             println!("{message:?}");
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn lossless(self) -> Self {
        self.listener.be_lossless();
        self
    }

    /// Returns the next item, or `None` after the end. Cancel safe: dropping the
    /// future loses no item.
    ///
    /// See the example of [`Messages`].
    pub async fn next(&mut self) -> Option<Item<M>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<M>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let item = ready!(self.listener.poll(context));
        // There is room for messages that were not fetched.
        if self.listener.is_lossless() {
            self.session.shared().wake();
        }
        self.ended = matches!(item, Item::Ended(_));
        Poll::Ready(Some(item))
    }
}

impl<T: Arriving, M: Union + Clone + Send + Sync> MessagesOf<T, M> {
    /// The same, and nothing is dropped, as [`Messages::lossless`] says.
    ///
    /// See the example of [`Messages::lossless`].
    pub fn lossless(self) -> Self {
        self.heard.listener.be_lossless();
        self
    }

    /// Returns the next item, or `None` after the end. Cancel safe: dropping the
    /// future loses no item.
    ///
    /// See the example of [`MessagesOf`].
    pub async fn next(&mut self) -> Option<Item<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<T>>> {
        while let Some(item) = ready!(self.heard.poll(context)) {
            return Poll::Ready(Some(match item {
                Item::Message(message) => match option_of::<M, T>(&message) {
                    Some(message) => Item::Message(message.clone()),
                    None => continue,
                },
                Item::Unreadable(error) => Item::Unreadable(error),
                Item::Gap(gap) => Item::Gap(gap),
                Item::Ended(end) => Item::Ended(end),
            }));
        }
        Poll::Ready(None)
    }
}

impl<M: Union + Clone + Send + Sync> Drop for Messages<M> {
    fn drop(&mut self) {
        // Nobody waits any more for one that is gone.
        if self.listener.leave() {
            self.session.shared().wake();
        }
    }
}

impl<M: Union + Clone + Send + Sync> Stream for Messages<M> {
    type Item = Item<M>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item<M>>> {
        self.get_mut().poll(context)
    }
}

impl<T: Arriving, M: Union + Clone + Send + Sync> Stream for MessagesOf<T, M> {
    type Item = Item<T>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item<T>>> {
        self.get_mut().poll(context)
    }
}

impl<M: Union + Clone + Send + Sync> fmt::Debug for Messages<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").finish_non_exhaustive()
    }
}

impl<T, M: Union + Clone + Send + Sync> fmt::Debug for MessagesOf<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessagesOf").finish_non_exhaustive()
    }
}
