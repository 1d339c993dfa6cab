//! Readers of a subscription, and the store that they share.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::cell::{Cell, Known};
use super::change::Change;
use super::gap::End;
use crate::json::KeyPart;
use crate::messages::{Collected, Followed, Standing};

/// What is known of a subscription. Cheap to clone; all clones are of one.
///
/// ```
/// use icws_generated::interactions::callback::CallbackState;
/// use icws_generated::runtime::follow::Store;
///
/// fn line(callback: &Store<CallbackState>) -> String {
///     let Some(state) = callback.state() else {
///         return "not known yet".to_owned();
///     };
///     let doubt = if callback.is_current() { "" } else { " (perhaps outdated)" };
///     format!("{}{doubt}", state.subject)
/// }
/// ```
pub struct Store<S>(Arc<Known<S>>);

impl<S: Followed> Store<S> {
    /// Returns the state, or `None` before the first full message. It stays as it
    /// is while you hold it. After a gap it is what was known before, until the
    /// next full message replaces it.
    ///
    /// While it is held, the next change copies the state: of a collection of items the
    /// pointers to its chunks, each of some hundreds of items, and the chunk that
    /// changes; a list of texts, as of a chat, and a map, as of memos, as a whole.
    ///
    /// See the example of [`Store`].
    pub fn state(&self) -> Option<Arc<S>> {
        self.0.state()
    }

    /// Returns an item of a state that is a collection, by its key: as
    /// [`Items::share`](crate::json::Items::share) of [`state`](Store::state), without
    /// holding the state.
    ///
    /// ```
    /// use icws_generated::runtime::Collected;
    /// use icws_generated::runtime::follow::Store;
    ///
    /// fn is_there<S: Collected>(store: &Store<S>, id: &str) -> bool {
    ///     store.get(id).is_some()
    /// }
    /// ```
    pub fn get<K>(&self, key: &K) -> Option<Arc<S::Item>>
    where
        S: Collected,
        K: KeyPart + ?Sized,
    {
        self.state()?.collection().share(key)
    }

    /// Returns true if a full message has come and no gap since.
    ///
    /// See the example of [`Store`].
    pub fn is_current(&self) -> bool {
        self.0.is_current()
    }

    /// Returns how the subscription stands, as the server said it last. One that had
    /// failed stands normally when it was made again and its full message has come;
    /// on a new session all do.
    ///
    /// See the example of [`Store::end`].
    pub fn standing(&self) -> Standing {
        self.0.standing()
    }

    /// Returns why nothing follows, or `None` while the subscription is followed.
    ///
    /// ```
    /// use icws_generated::interactions::callback::CallbackState;
    /// use icws_generated::runtime::Standing;
    /// use icws_generated::runtime::follow::Store;
    ///
    /// /// A remark beside what is shown, if there is something to say.
    /// fn remark(callback: &Store<CallbackState>) -> Option<String> {
    ///     match (callback.end(), callback.standing()) {
    ///         (Some(end), _) => Some(end.to_string()),
    ///         (None, Standing::Normal) => None,
    ///         (None, standing) => Some(format!("the server says: {standing:?}")),
    ///     }
    /// }
    /// ```
    pub fn end(&self) -> Option<End> {
        self.0.end()
    }

    /// Waits until the state is current, and returns it.
    ///
    /// ```
    /// use icws_generated::interactions::callback::CallbackState;
    /// use icws_generated::runtime::follow::{End, Store};
    ///
    /// /// Looks once, at what is true and not at what was.
    /// async fn attempts(callback: &Store<CallbackState>) -> Result<i32, End> {
    ///     let state = callback.wait_until_current().await?;
    ///     Ok(state.attempts.unwrap_or_default())
    /// }
    /// ```
    ///
    /// # Errors
    /// When nothing follows any more.
    pub async fn wait_until_current(&self) -> Result<Arc<S>, End> {
        poll_fn(|context| self.0.poll_current(context)).await
    }
}

impl<S> Clone for Store<S> {
    fn clone(&self) -> Self {
        Store(Arc::clone(&self.0))
    }
}

impl<S: Followed + fmt::Debug> fmt::Debug for Store<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("current", &self.is_current())
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

/// Reads the changes of a subscription. Several read independently of each other;
/// what one has not read yet is merged.
///
/// ```
/// use std::fmt::Debug;
/// use std::future::poll_fn;
/// use icws_generated::runtime::Followed;
/// use icws_generated::runtime::follow::Reader;
///
/// /// Prints the changes of a subscription, on any runtime.
/// async fn print<S: Followed + Debug, M: Clone + Debug>(mut reader: Reader<S, M>) {
///     while let Some(change) = poll_fn(|context| reader.poll_change(context)).await {
///         println!("{change:?}");
///     }
/// }
/// ```
pub struct Reader<S: Followed, M: Clone> {
    cell: Arc<Cell<S, M>>,
    number: u64,
    ended: bool,
}

impl<S: Followed, M: Clone> Reader<S, M> {
    pub(super) fn new(cell: Arc<Cell<S, M>>) -> Self {
        Reader {
            number: cell.join(),
            cell,
            ended: false,
        }
    }

    /// Returns the store of what is known.
    ///
    /// See the example of [`Subscriptions`](super::Subscriptions).
    pub fn store(&self) -> Store<S> {
        Store(Arc::clone(&self.cell.known))
    }

    /// Returns another reader of the same, which starts with what is known.
    ///
    /// ```
    /// use icws_generated::runtime::Followed;
    /// use icws_generated::runtime::follow::Reader;
    ///
    /// /// One for the window and one for the log; each change comes to both.
    /// fn both<S: Followed, M: Clone>(reader: Reader<S, M>) -> (Reader<S, M>, Reader<S, M>) {
    ///     let other = reader.another();
    ///     (reader, other)
    /// }
    /// ```
    #[must_use]
    pub fn another(&self) -> Self {
        Reader::new(Arc::clone(&self.cell))
    }

    /// Returns the next change, or `None` after the end.
    ///
    /// See the example of [`Reader`].
    pub fn poll_change(&mut self, context: &mut Context<'_>) -> Poll<Option<Change<S, M>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let change = self.cell.poll_change(self.number, context);
        self.ended = matches!(change, Poll::Ready(Some(Change::Ended(_))));
        change
    }
}

impl<S: Followed, M: Clone> Drop for Reader<S, M> {
    fn drop(&mut self) {
        self.cell.leave(self.number);
    }
}

impl<S: Followed, M: Clone> fmt::Debug for Reader<S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}
