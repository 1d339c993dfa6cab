//! What is known of one subscription, and who reads it.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::change::Change;
use super::gap::{End, Gap};
use super::pending::Pending;
use crate::json::Union;
use crate::messages::{Changes, Followed, MergeError, Standing, Step};

/// What a panic elsewhere left behind is as good as ever: no change here has more
/// than one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known of a subscription.
pub(super) struct Known<S>(Mutex<Knowledge<S>>);

struct Knowledge<S> {
    state: Arc<S>,
    /// The parts of the state that are known, bit by bit.
    parts: u32,
    /// The whole state was known once.
    seen: bool,
    /// Something came since the last gap: another one would be news.
    intact: bool,
    standing: Standing,
    end: Option<End>,
    /// Who waits for the state to be known.
    waiting: Vec<Waker>,
}

impl<S: Followed> Known<S> {
    fn new() -> Self {
        Known(Mutex::new(Knowledge {
            state: Arc::new(S::blank()),
            parts: 0,
            seen: false,
            intact: false,
            standing: Standing::Normal,
            end: None,
            waiting: Vec::new(),
        }))
    }

    /// The state, once it was known.
    pub fn state(&self) -> Option<Arc<S>> {
        let known = lock(&self.0);
        known.seen.then(|| Arc::clone(&known.state))
    }

    /// The state as it is, known or not.
    fn latest(&self) -> Arc<S> {
        Arc::clone(&lock(&self.0).state)
    }

    pub fn is_current(&self) -> bool {
        let known = lock(&self.0);
        known.end.is_none() && known.is_current()
    }

    pub fn standing(&self) -> Standing {
        lock(&self.0).standing
    }

    pub fn end(&self) -> Option<End> {
        lock(&self.0).end.clone()
    }

    /// Waits until the state is known, or nothing follows.
    pub fn poll_current(&self, context: &mut Context<'_>) -> Poll<Result<Arc<S>, End>> {
        let mut known = lock(&self.0);
        if let Some(end) = &known.end {
            return Poll::Ready(Err(end.clone()));
        }
        if known.is_settled() {
            return Poll::Ready(Ok(Arc::clone(&known.state)));
        }
        let waker = context.waker();
        if !known.waiting.iter().any(|known| known.will_wake(waker)) {
            known.waiting.push(waker.clone());
        }
        Poll::Pending
    }
}

impl<S: Followed> Knowledge<S> {
    fn is_current(&self) -> bool {
        self.parts.count_ones() >= S::PARTS
    }

    /// Whether there is nothing to wait for; what has no state has nothing to be seen.
    fn is_settled(&self) -> bool {
        self.is_current() && (self.seen || S::PARTS == 0)
    }
}

/// What is known of a subscription, and its readers.
pub(super) struct Cell<S, M> {
    pub known: Arc<Known<S>>,
    readers: Mutex<Readers<M>>,
}

struct Readers<M> {
    /// In boxes: a node of the map has room for eleven, and mostly there is one.
    slots: BTreeMap<u64, Box<Slot<M>>>,
    next: u64,
    room: usize,
}

struct Slot<M> {
    pending: Pending<M>,
    waker: Option<Waker>,
}

impl<S: Followed, M: Clone> Cell<S, M> {
    pub fn new(room: usize) -> Self {
        Cell {
            known: Arc::new(Known::new()),
            readers: Mutex::new(Readers {
                slots: BTreeMap::new(),
                next: 0,
                room,
            }),
        }
    }

    /// Adds a reader; its number. What is known is its first change.
    pub fn join(&self) -> u64 {
        let mut readers = lock(&self.readers);
        let seen = S::PARTS > 0 && self.known.is_current();
        let number = readers.next;
        readers.next += 1;
        let mut pending = Pending::new(readers.room);
        if seen {
            pending.snapshot();
        }
        let waker = None;
        let slot = Box::new(Slot { pending, waker });
        readers.slots.insert(number, slot);
        number
    }

    pub fn leave(&self, number: u64) {
        lock(&self.readers).slots.remove(&number);
    }

    pub fn poll_change(
        &self,
        number: u64,
        context: &mut Context<'_>,
    ) -> Poll<Option<Change<S, M>>> {
        let mut readers = lock(&self.readers);
        let end = self.known.end();
        let Some(slot) = readers.slots.get_mut(&number) else {
            return Poll::Ready(None);
        };
        if let Some(change) = slot.pending.take(end.as_ref(), || self.known.latest()) {
            return Poll::Ready(Some(change));
        }
        slot.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// Changes what is known, and tells all readers of it, as one step: none reads
    /// a change before it is told, or after.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Knowledge<S>) -> T,
        tell: impl Fn(&T, &mut Pending<M>),
    ) -> T {
        let mut readers = lock(&self.readers);
        let mut known = lock(&self.known.0);
        let told = change(&mut known);
        let settled = known.end.is_some() || known.is_settled();
        let mut woken = if settled {
            std::mem::take(&mut known.waiting)
        } else {
            Vec::new()
        };
        drop(known);
        for slot in readers.slots.values_mut() {
            tell(&told, &mut slot.pending);
            woken.extend(slot.waker.take());
        }
        drop(readers);
        woken.into_iter().for_each(Waker::wake);
        told
    }
}

/// What a message did to what is known.
pub(super) enum Applied {
    /// Nothing that its subscription has to know.
    Nothing,
    /// The whole state is known now.
    Current,
    /// It could not be merged.
    Failed(MergeError),
}

/// What readers are told of a message.
enum Told<M> {
    Nothing,
    Snapshot,
    Update(Changes),
    Event(Arc<M>),
    Failed(MergeError),
}

/// One subscription, whatever its state is.
pub(super) trait Follower<M>: Send + Sync {
    /// Applies a message.
    fn apply(&self, message: M) -> Applied;
    fn standing(&self, standing: Standing);
    /// What had failed was made again, and works.
    fn recover(&self);
    /// What came was of an earlier session, and nobody has read it.
    fn forget(&self);
    /// What is known is outdated. Its readers are told if they do not know it yet,
    /// or if this is news in any case.
    fn gap(&self, gap: &Gap, is_news: bool);
    /// Whether all of the state is known; true when there is none.
    fn is_current(&self) -> bool;
    fn end(&self, end: End);
    fn has_readers(&self) -> bool;
    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
}

impl<S: Followed, M: Union + Clone + Send + Sync> Follower<M> for Cell<S, M> {
    fn apply(&self, mut message: M) -> Applied {
        let step = self.change(
            |known| {
                let step = match message.row_mut() {
                    Some(row) if S::PARTS > 0 => {
                        // A reader that holds the state keeps it as it was.
                        Arc::make_mut(&mut known.state).apply(row, &mut known.parts)
                    }
                    _ => Step::Event,
                };
                let is_current = known.is_current();
                known.seen |= is_current && step == Step::Replaced;
                known.intact |= step != Step::PassedOver;
                match step {
                    Step::Event => Told::Event(Arc::new(message)),
                    Step::Replaced if is_current => Told::Snapshot,
                    Step::Merged(changes) if is_current => Told::Update(changes),
                    Step::Failed(error) => Told::Failed(error),
                    Step::Replaced | Step::Merged(_) | Step::PassedOver => Told::Nothing,
                }
            },
            |told, pending| match told {
                Told::Event(event) => pending.event(Arc::clone(event)),
                Told::Snapshot => pending.snapshot(),
                Told::Update(changes) => pending.update(changes),
                Told::Failed(_) | Told::Nothing => {}
            },
        );
        match step {
            Told::Snapshot => Applied::Current,
            Told::Failed(error) => Applied::Failed(error),
            _ => Applied::Nothing,
        }
    }

    fn standing(&self, standing: Standing) {
        self.change(
            |known| {
                let before = std::mem::replace(&mut known.standing, standing);
                before != standing && known.end.is_none()
            },
            |is_news, pending| {
                if *is_news {
                    pending.standing(standing);
                }
            },
        );
    }

    fn recover(&self) {
        if self.known.standing() == Standing::Faulted {
            Follower::standing(self, Standing::Normal);
        }
    }

    fn forget(&self) {
        self.change(
            |known| {
                known.parts = 0;
                known.seen = false;
                known.intact = false;
                known.standing = Standing::Normal;
                known.end = None;
            },
            |(), pending| pending.forget(),
        );
    }

    fn gap(&self, gap: &Gap, is_news: bool) {
        self.change(
            |known| {
                known.parts = 0;
                let is_told = std::mem::take(&mut known.intact) || is_news;
                is_told && known.end.is_none()
            },
            |is_told, pending| {
                if *is_told {
                    pending.gap(gap);
                }
            },
        );
    }

    fn is_current(&self) -> bool {
        self.known.is_current()
    }

    fn end(&self, end: End) {
        self.change(
            |known| {
                known.end.get_or_insert(end);
            },
            |(), _| {},
        );
    }

    fn has_readers(&self) -> bool {
        !lock(&self.readers).slots.is_empty()
    }

    fn into_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
}

/// Whether it is decided what became of a subscription, and who waits for that.
#[derive(Default)]
pub(super) struct Made(Mutex<(bool, Vec<Waker>)>);

impl Made {
    pub fn decide(&self) {
        let mut made = lock(&self.0);
        made.0 = true;
        let waiting = std::mem::take(&mut made.1);
        drop(made);
        waiting.into_iter().for_each(Waker::wake);
    }

    pub fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut made = lock(&self.0);
        if made.0 {
            return Poll::Ready(());
        }
        made.1.push(context.waker().clone());
        Poll::Pending
    }
}
