//! All messages of a session, for one reader.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;

use super::error::ClientError;
use super::messages::{End, Item};
use super::session::Session;
use crate::runtime::Union;

impl<M: Union + Clone + Send + Sync> Session<M> {
    /// Returns a stream of all messages. From now on a task of the current tokio
    /// runtime fetches messages.
    ///
    /// Without such a reader, messages that belong to no watch are counted
    /// ([`Session::unclaimed`]) and dropped.
    ///
    /// # Errors
    /// When there is a reader already, or the session has ended.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn messages(&self) -> Result<Messages<M>, ClientError> {
        self.check_alive()?;
        let buffer = self.shared().client().config().buffer;
        let items = self.shared().registry().add_all(buffer);
        let items = items.ok_or_else(|| ClientError::AlreadyWatched {
            key: "all messages".to_owned(),
        })?;
        // The end may have come before the reader did.
        self.check_alive()?;
        self.shared().fetch();
        Ok(Messages::new(items, self.clone()))
    }
}

/// Everything that arrives on a session, in order: messages, messages that
/// cannot be read, and gaps. A [`Stream`] that ends after [`Item::Ended`].
///
/// A reader that falls behind makes the client stop fetching
/// ([`ClientBuilder::buffer`](crate::client::ClientBuilder::buffer)), for watches
/// of the session too.
#[derive(Debug)]
#[must_use = "messages wait until they are read"]
pub struct Messages<M: Union + Clone + Send + Sync = crate::Message> {
    items: mpsc::Receiver<Item<M>>,
    session: Session<M>,
    ended: bool,
}

impl<M: Union + Clone + Send + Sync> Messages<M> {
    fn new(items: mpsc::Receiver<Item<M>>, session: Session<M>) -> Self {
        Messages {
            items,
            session,
            ended: false,
        }
    }

    /// Returns the next item, or `None` after the end. Cancel safe: dropping the
    /// future loses no item.
    pub async fn next(&mut self) -> Option<Item<M>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<M>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.items.poll_recv(context).map(|item| {
            Some(item.unwrap_or_else(|| {
                self.ended = true;
                Item::Ended(self.session.end().unwrap_or(End::Disconnected))
            }))
        })
    }
}

impl<M: Union + Clone + Send + Sync> Stream for Messages<M> {
    type Item = Item<M>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item<M>>> {
        self.get_mut().poll(context)
    }
}

impl<M: Union + Clone + Send + Sync> Unpin for Messages<M> {}
