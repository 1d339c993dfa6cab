//! Who listens to the messages of a session, whatever they belong to.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use super::item::Item;
use crate::runtime::follow::{End, Gap, GapCause};
use crate::runtime::{MessageError, Union};

/// Somebody who listens: to all messages, or to those of one type.
pub(in crate::client) struct Listener<M> {
    urn: Option<&'static str>,
    room: usize,
    /// Nothing is dropped: who fetches messages waits for room. Beside the queue, as it
    /// is looked at with each message.
    is_lossless: AtomicBool,
    queue: Mutex<Queue<M>>,
}

struct Queue<M> {
    items: VecDeque<Waiting<M>>,
    /// So many messages had no room since the listener looked.
    dropped: u64,
    /// It knows of the gap that is open.
    told: bool,
    end: Option<End>,
    waker: Option<Waker>,
}

enum Waiting<M> {
    Message(Arc<M>),
    Unreadable(MessageError),
    Gap(Gap),
}

impl<M> Listener<M> {
    fn lock(&self) -> MutexGuard<'_, Queue<M>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listens_to(&self, urn: Option<&str>) -> bool {
        self.urn.is_none() || self.urn == urn
    }

    /// Adds something. What has no room takes the place of the oldest.
    fn put(&self, item: Waiting<M>) {
        let mut queue = self.lock();
        if !self.is_lossless() && queue.items.len() >= self.room {
            queue.items.pop_front();
            queue.dropped += 1;
        }
        queue.items.push_back(item);
        wake(queue);
    }

    /// Has whoever fetches messages wait for this listener.
    pub fn be_lossless(&self) {
        self.is_lossless.store(true, Ordering::Relaxed);
    }

    /// Has nobody wait for this listener any more; whether somebody may have.
    pub fn leave(&self) -> bool {
        self.is_lossless.swap(false, Ordering::Relaxed)
    }

    /// Returns true if whoever fetches messages waits for this listener.
    pub fn is_lossless(&self) -> bool {
        self.is_lossless.load(Ordering::Relaxed)
    }

    fn is_full(&self) -> bool {
        self.is_lossless() && self.lock().items.len() >= self.room
    }

    /// Tells of a gap, unless it is known and no news.
    fn gap(&self, gap: &Gap, news: bool) {
        let told = std::mem::replace(&mut self.lock().told, true);
        if news || !told {
            self.put(Waiting::Gap(gap.clone()));
        }
    }

    fn end(&self, end: &End) {
        let mut queue = self.lock();
        queue.end.get_or_insert_with(|| end.clone());
        wake(queue);
    }

    /// Returns the next item. After the end there is nothing else.
    pub fn poll(&self, context: &mut Context<'_>) -> Poll<Item<M>>
    where
        M: Clone,
    {
        let mut queue = self.lock();
        if queue.dropped > 0 {
            let count = std::mem::take(&mut queue.dropped);
            return Poll::Ready(Item::Gap(Gap::new(GapCause::Overrun(count))));
        }
        if let Some(item) = queue.items.pop_front() {
            return Poll::Ready(match item {
                Waiting::Message(message) => Item::Message(Arc::unwrap_or_clone(message)),
                Waiting::Unreadable(error) => Item::Unreadable(error),
                Waiting::Gap(gap) => Item::Gap(gap),
            });
        }
        if let Some(end) = &queue.end {
            return Poll::Ready(Item::Ended(end.clone()));
        }
        queue.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

/// Wakes who waits for a queue, once it is free.
fn wake<M>(mut queue: MutexGuard<'_, Queue<M>>) {
    let waker = queue.waker.take();
    drop(queue);
    waker.into_iter().for_each(Waker::wake);
}

/// All who listen. Who is gone is forgotten.
pub(in crate::client) struct Listeners<M>(Vec<Weak<Listener<M>>>);

impl<M> Default for Listeners<M> {
    fn default() -> Self {
        Listeners(Vec::new())
    }
}

impl<M> Listeners<M> {
    /// Adds somebody who listens to messages of one type, or to all.
    pub fn add(&mut self, urn: Option<&'static str>, room: usize) -> Arc<Listener<M>> {
        self.0.retain(|listener| listener.strong_count() > 0);
        let listener = Arc::new(Listener {
            urn,
            room: room.max(1),
            is_lossless: AtomicBool::new(false),
            queue: Mutex::new(Queue {
                items: VecDeque::new(),
                dropped: 0,
                told: false,
                end: None,
                waker: None,
            }),
        });
        self.0.push(Arc::downgrade(&listener));
        listener
    }

    fn of<'a>(&'a self, urn: Option<&'a str>) -> impl Iterator<Item = Arc<Listener<M>>> + 'a {
        self.living()
            .filter(move |listener| listener.listens_to(urn))
    }

    fn living(&self) -> impl Iterator<Item = Arc<Listener<M>>> + '_ {
        self.0.iter().filter_map(Weak::upgrade)
    }

    /// Returns true if somebody has to read before more messages are fetched.
    pub fn are_full(&self) -> bool {
        self.living().any(|listener| listener.is_full())
    }

    /// Returns true if somebody listens to messages of this type.
    pub fn has(&self, urn: Option<&str>) -> bool {
        self.of(urn).next().is_some()
    }

    pub fn message(&self, message: M)
    where
        M: Union,
    {
        let message = Arc::new(message);
        for listener in self.of(message.type_urn()) {
            listener.put(Waiting::Message(Arc::clone(&message)));
        }
    }

    /// Hands on a message that cannot be read, of whatever type if that is not
    /// known. It tells of the gap, too.
    pub fn unreadable(&self, urn: Option<&str>, error: &MessageError) {
        for listener in self.living() {
            if urn.is_none() || listener.listens_to(urn) {
                listener.lock().told = true;
                listener.put(Waiting::Unreadable(error.clone()));
            }
        }
    }

    pub fn gap(&self, gap: &Gap, news: bool) {
        for listener in self.living() {
            listener.gap(gap, news);
        }
    }

    /// Messages come again: the next gap is another one.
    pub fn gap_closed(&self) {
        for listener in self.living() {
            listener.lock().told = false;
        }
    }

    pub fn end(&mut self, end: &End) {
        for listener in self.0.drain(..).filter_map(|listener| listener.upgrade()) {
            listener.end(end);
        }
    }
}
