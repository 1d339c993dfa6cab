//! All subscriptions of a session.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::{Backoff, Waits};
use super::cell::{Cell, Follower, Made};
use super::entry::{Entry, State, Timer, Timers};
use super::gap::End;
use super::reader::Reader;
use super::route::Routes;
use super::task::{Of, Requests, Task, Waiting};
use crate::json::{Union, Writer};
use crate::messages::{Followed, Subscription};

/// The subscriptions of a session: how each stands, who reads it, and what has to
/// be sent next. Times are counted from whenever the caller likes.
///
/// ```
/// use std::time::Duration;
///
/// use icws_generated::Message;
/// use icws_generated::interactions::callback::Subscribe;
/// use icws_generated::runtime::Batch;
/// use icws_generated::runtime::follow::{Answer, Follow, Subscriptions, Waits};
///
/// let waits = Waits {
///     least: Duration::from_secs(1),
///     most: Duration::from_secs(60),
///     chance: || 0.5,
/// };
/// let mut subscriptions = Subscriptions::<Message>::new(waits, Duration::from_secs(10), 100);
/// let callback = Subscribe::builder().interaction_id("2001").build();
/// let Ok(Follow::Ask(id, reader, _task)) = subscriptions.follow(&callback) else {
///     panic!("nobody follows it yet");
/// };
/// // Here the program sends what the task has, and then what was sent comes.
/// subscriptions.asked(id);
/// let now = Duration::from_secs(5);
/// subscriptions.answered(id, Answer::Made, now);
/// let text = br#"[{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":false,
///     "interactionId":"2001","target":"+1317","subject":"Invoice"}]"#;
/// for message in Batch::decode(text).unwrap() {
///     subscriptions.receive(message.unwrap(), now);
/// }
/// assert!(reader.store().is_current());
/// assert_eq!(subscriptions.wake_at(), None); // there is nothing to send
/// ```
pub struct Subscriptions<M> {
    pub(super) entries: HashMap<u64, Entry<M>>,
    by_request: HashMap<String, u64>,
    pub(super) routes: Routes,
    pub(super) timers: Timers,
    next: u64,
    waits: Waits,
    pub(super) patience: Duration,
    room: usize,
}

/// What following a subscription comes to.
///
/// See the example of [`Waiting`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Follow<S: Followed, M: Clone> {
    /// It has to be made: send the request, and say what became of it by
    /// [`Subscriptions::answered`] with this id.
    Ask(u64, Reader<S, M>, Task),
    /// Somebody follows the same: it is shared.
    Joined(u64, Reader<S, M>),
    /// Wait, and try again: somebody else is about to make the same, or it is
    /// being ended.
    Wait(Waiting),
}

/// Messages of another subscription could not be told apart from those of this
/// one: they have the same type and key. The server would replace the one by the
/// other.
///
/// ```
/// use icws_generated::runtime::follow::Conflict;
///
/// fn tell(conflict: &Conflict) -> String {
///     let Conflict { operation, key, .. } = conflict;
///     format!("{operation} of `{key}` is followed with other properties: stop that first")
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The operation.
    pub operation: &'static str,
    /// The key of the messages; empty when they have none.
    pub key: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the messages of `{}`", self.operation)?;
        if !self.key.is_empty() {
            write!(f, " with the key `{}`", self.key)?;
        }
        f.write_str(
            " could not be told from those of another subscription that is followed; end that one, or follow both by one request",
        )
    }
}

impl std::error::Error for Conflict {}

impl<M: Union + Clone + Send + Sync> Subscriptions<M> {
    /// Returns subscriptions that are empty as yet. `patience` is how long a full message
    /// may take, and of events that nobody reads `room` are kept for each reader.
    ///
    /// See the example of [`Subscriptions`].
    pub fn new(waits: Waits, patience: Duration, room: usize) -> Self {
        Subscriptions {
            entries: HashMap::new(),
            by_request: HashMap::new(),
            routes: Routes::default(),
            timers: Timers::default(),
            next: 0,
            waits,
            patience,
            room,
        }
    }

    /// Adds a reader of a subscription.
    ///
    /// See the example of [`Subscriptions`].
    ///
    /// # Errors
    /// When its messages could not be told apart from those of another one.
    pub fn follow<S>(&mut self, subscription: &S) -> Result<Follow<S::State, M>, Conflict>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        let request = request_of(subscription);
        if let Some(id) = self.by_request.get(&request)
            && let Some(entry) = self.entries.get_mut(id)
        {
            let is_undecided = matches!(entry.state, State::Asking { .. }) && !entry.made_once;
            if is_undecided || entry.is_over {
                return Ok(Follow::Wait(Waiting(Arc::clone(&entry.made))));
            }
            if let State::Asking { left, .. } = &mut entry.state {
                *left = false;
            }
            let cell = Arc::clone(&entry.follower).into_any();
            if let Ok(cell) = cell.downcast::<Cell<S::State, M>>() {
                return Ok(Follow::Joined(*id, Reader::new(cell)));
            }
        }
        let key = subscription.key().into_owned();
        for message in S::MESSAGES {
            let holder = self.routes.holder(message, &key);
            let holder = holder.and_then(|id| self.entries.get(&id));
            match holder {
                Some(entry) if entry.is_over => {
                    return Ok(Follow::Wait(Waiting(Arc::clone(&entry.made))));
                }
                Some(_) => {
                    let operation = S::META.id;
                    return Err(Conflict { operation, key });
                }
                None => {}
            }
        }
        Ok(self.add(subscription, request, key))
    }

    fn add<S>(&mut self, subscription: &S, request: String, key: String) -> Follow<S::State, M>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        self.next += 1;
        let id = self.next;
        let cell = Arc::new(Cell::<S::State, M>::new(self.room));
        let requests: Arc<dyn Requests> = Arc::new(Of(subscription.clone()));
        for message in S::MESSAGES {
            self.routes.add(message, &key, id);
        }
        self.by_request.insert(request.clone(), id);
        let entry = Entry {
            state: State::Asking {
                lost: false,
                left: false,
            },
            follower: Arc::clone(&cell) as Arc<dyn Follower<M>>,
            requests: Arc::clone(&requests),
            request,
            messages: S::MESSAGES,
            key,
            made_once: false,
            made: Arc::new(Made::default()),
            is_over: false,
            soonest: Duration::ZERO,
            backoff: Backoff::new(self.waits),
            stands_since: Duration::ZERO,
            overdue: 0,
            timer: None,
        };
        self.entries.insert(id, entry);
        Follow::Ask(id, Reader::new(cell), Task::Subscribe(id, requests))
    }

    /// Says that a reader is gone: nobody may be left who reads a subscription.
    /// Returns true if something has to be sent.
    ///
    /// See the example of [`Subscriptions::end_now`].
    pub fn leave(&mut self, id: u64, now: Duration) -> bool {
        let Some(entry) = self.entries.get_mut(&id) else {
            return false;
        };
        if entry.follower.has_readers() {
            return false;
        }
        match &mut entry.state {
            // The request is on its way still, if it was not the reader's own.
            State::Asking { left, .. } if entry.made_once => {
                *left = true;
                false
            }
            State::Ending => false,
            _ => {
                self.begin_to_end(id, End::Stopped, now);
                true
            }
        }
    }

    pub(super) fn begin_to_end(&mut self, id: u64, end: End, now: Duration) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.begin_to_end(end);
            self.timers.set(id, entry, Some((Timer::Task, now)));
        }
    }

    /// Says that a reader ends a subscription itself. Returns the request to send
    /// for that, if it was the last reader and the subscription is not about to be made
    /// again; then say what became of it by [`Subscriptions::unsubscribed`].
    ///
    /// ```
    /// use icws_generated::Message;
    /// use icws_generated::interactions::callback::CallbackState;
    /// use icws_generated::runtime::follow::{Reader, Subscriptions, Task};
    ///
    /// type Window = (u64, Reader<CallbackState, Message>);
    ///
    /// /// Returns what to send, and to wait for, when a window is closed.
    /// fn close(all: &mut Subscriptions<Message>, (id, reader): Window) -> Option<Task> {
    ///     drop(reader);
    ///     all.end_now(id) // or `leave`, and what is to be sent comes of `next_task`
    /// }
    /// ```
    pub fn end_now(&mut self, id: u64) -> Option<Task> {
        let entry = self.entries.get_mut(&id)?;
        if entry.follower.has_readers() {
            return None;
        }
        match &mut entry.state {
            // It ends when the request to make it again, which the server might read
            // later than the one to end it, is answered.
            State::Asking { left, .. } if entry.made_once => {
                *left = true;
                return None;
            }
            State::Ending => return None,
            _ => entry.begin_to_end(End::Stopped),
        }
        let task = Task::Unsubscribe(id, Arc::clone(&entry.requests));
        self.timers.set(id, entry, None);
        Some(task)
    }

    /// Says that a subscription was ended; or that the server did not answer, so
    /// that it has to be tried again.
    ///
    /// See the example of [`Task`].
    pub fn unsubscribed(&mut self, id: u64, answered: bool, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        if answered {
            self.remove(id);
        } else {
            let time = now + entry.backoff.next_wait();
            self.timers.set(id, entry, Some((Timer::Task, time)));
        }
    }

    /// Returns what has to be sent now, task by task, and `None` when that is all.
    ///
    /// See the example of [`Task`].
    pub fn next_task(&mut self, now: Duration) -> Option<Task> {
        let id = self.timers.due(Timer::Task, now)?;
        let entry = self.entries.get_mut(&id)?;
        let requests = Arc::clone(&entry.requests);
        let task = if entry.state == State::Ending {
            Task::Unsubscribe(id, requests)
        } else {
            entry.state = State::Asking {
                lost: false,
                left: false,
            };
            // However soon it is lost again, it is not made more often than this.
            entry.soonest = now + entry.backoff.least();
            Task::Subscribe(id, requests)
        };
        self.timers.set(id, entry, None);
        Some(task)
    }

    /// Returns when something has to be sent next.
    ///
    /// See the example of [`Subscriptions`].
    pub fn wake_at(&self) -> Option<Duration> {
        self.timers.next_task()
    }

    pub(super) fn remove(&mut self, id: u64) {
        let Some(mut entry) = self.entries.remove(&id) else {
            return;
        };
        self.timers.set(id, &mut entry, None);
        self.by_request.remove(&entry.request);
        for message in entry.messages {
            self.routes.remove(message, &entry.key);
        }
        entry.made.decide();
    }

    /// Ends everything, and says why.
    ///
    /// ```
    /// use icws_generated::Message;
    /// use icws_generated::runtime::follow::{End, Subscriptions};
    ///
    /// /// The program ends its session: readers are told, and nothing is sent any more.
    /// fn disconnect(subscriptions: &mut Subscriptions<Message>) {
    ///     if !subscriptions.is_empty() {
    ///         println!("{} subscriptions end", subscriptions.len());
    ///     }
    ///     subscriptions.end(&End::Disconnected);
    /// }
    /// ```
    pub fn end(&mut self, end: &End) {
        for (_, entry) in self.entries.drain() {
            entry.follower.end(end.clone());
            entry.made.decide();
        }
        self.by_request.clear();
        self.routes.clear();
        self.timers.clear();
    }

    /// Returns how many subscriptions there are.
    ///
    /// See the example of [`Subscriptions::end`].
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns true if there is none.
    ///
    /// See the example of [`Subscriptions::end`].
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What makes a request the same as another one.
fn request_of<S: Subscription>(subscription: &S) -> String {
    let mut text = String::from(S::META.id);
    for index in 0..S::META.parameters.len() {
        text.push('\u{1f}');
        if let Some(value) = subscription.parameter(index).and_then(|p| p.to_text()) {
            text.push_str(&value);
        }
    }
    if let Some(body) = subscription.body() {
        let mut writer = Writer::new();
        body.write(&mut writer);
        text.push('\u{1f}');
        text.push_str(&String::from_utf8_lossy(&writer.into_bytes()));
    }
    text
}

impl<M> fmt::Debug for Subscriptions<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriptions")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}
