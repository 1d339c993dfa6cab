//! Who receives which messages: the watches of a session, and the reader of
//! all messages.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::item::{End, Gap, Item};
use super::task::{Of, Requests, Task};
use crate::client::backoff::Backoff;
use crate::runtime::__private1::option_of;
use crate::runtime::{Delta, Record, Subscription, Union};

/// How a subscription stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It has to be made, or made again.
    Due,
    /// It was made; the full message has not come yet.
    Asked { since: Instant },
    /// A full message has come, and no gap since.
    Stands,
    /// Its watch is ending it.
    Ending,
}

struct Live<M> {
    id: u64,
    sender: mpsc::Sender<Item<M>>,
    requests: Arc<dyn Requests>,
    standing: Standing,
    /// The earliest time to resubscribe.
    after: Instant,
    /// The waits between subscribing in vain; started anew by a full message.
    backoff: Backoff,
    why: Arc<OnceLock<End>>,
}

impl<M> Live<M> {
    /// Marks the subscription as due; after a wait if the last attempt was in
    /// vain. Returns true if its watch must be notified.
    fn fall_due(&mut self) -> bool {
        match self.standing {
            Standing::Due | Standing::Ending => return false,
            Standing::Asked { .. } => self.after = Instant::now() + self.backoff.next(),
            Standing::Stands => {}
        }
        self.standing = Standing::Due;
        true
    }
}

/// The subject of a message, and whether it is a delta.
type Peek<M> = fn(&M) -> Option<(&str, bool)>;

/// All watches of one type of message.
struct Kind<M> {
    urn: &'static str,
    peek: Peek<M>,
    lives: HashMap<String, Live<M>>,
}

/// A new watch: its place in the registry and what it reads from.
pub(in crate::client) struct Entry<M> {
    pub id: u64,
    pub items: mpsc::Receiver<Item<M>>,
    /// Why it ended, if not with the session.
    pub why: Arc<OnceLock<End>>,
}

/// Where an item goes.
pub(super) type Sender<M> = mpsc::Sender<Item<M>>;

/// Who a message goes to.
pub(super) struct Readers<M> {
    /// The watch of its subject.
    pub watch: Option<Sender<M>>,
    /// The reader of everything.
    pub all: Option<Sender<M>>,
}

/// The watches of a session by type and subject, and the reader of everything.
pub(in crate::client) struct Registry<M> {
    kinds: Vec<Kind<M>>,
    all: Option<Sender<M>>,
    /// The reader of everything knows of the gap that is open.
    told: bool,
    /// Subscriptions whose watches were dropped; the server still has them.
    abandoned: Vec<Task>,
    next: u64,
    unclaimed: u64,
}

impl<M> Default for Registry<M> {
    fn default() -> Self {
        Registry {
            kinds: Vec::new(),
            all: None,
            told: false,
            abandoned: Vec::new(),
            next: 0,
            unclaimed: 0,
        }
    }
}

impl<M: Union> Registry<M> {
    /// Adds a watch that is about to subscribe; `None` when there is one.
    pub fn add<S>(&mut self, subscription: &S, buffer: usize, backoff: Backoff) -> Option<Entry<M>>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        let urn = <S::Message as Record>::META.urn.unwrap_or_default();
        let index = self.kinds.iter().position(|kind| kind.urn == urn);
        let index = index.unwrap_or_else(|| {
            self.kinds.push(Kind {
                urn,
                peek: |message| {
                    let message = option_of::<M, S::Message>(message)?;
                    Some((message.key(), message.is_delta()))
                },
                lives: HashMap::new(),
            });
            self.kinds.len() - 1
        });
        let lives = &mut self.kinds.get_mut(index)?.lives;
        let key = subscription.key().into_owned();
        if lives.contains_key(&key) {
            return None;
        }
        let (sender, items) = mpsc::channel(buffer);
        let why = Arc::new(OnceLock::new());
        self.next += 1;
        let live = Live {
            id: self.next,
            sender,
            requests: Arc::new(Of(subscription.clone())),
            standing: Standing::Asked {
                since: Instant::now(),
            },
            after: Instant::now(),
            backoff,
            why: Arc::clone(&why),
        };
        lives.insert(key, live);
        Some(Entry {
            id: self.next,
            items,
            why,
        })
    }

    /// Adds the reader of everything; `None` when there is one.
    pub fn add_all(&mut self, buffer: usize) -> Option<mpsc::Receiver<Item<M>>> {
        if self.all.as_ref().is_some_and(|all| !all.is_closed()) {
            return None;
        }
        let (sender, items) = mpsc::channel(buffer);
        self.all = Some(sender);
        self.told = false;
        Some(items)
    }

    /// Who a message goes to: the watch of its subject, and the reader of
    /// everything. A full message makes its subscription stand.
    pub(super) fn route(&mut self, message: &M) -> Readers<M> {
        let urn = message.type_urn();
        let kind = self.kinds.iter_mut().find(|kind| Some(kind.urn) == urn);
        let watch = kind.and_then(|kind| {
            let (key, is_delta) = (kind.peek)(message)?;
            let live = kind.lives.get_mut(key)?;
            if !is_delta && live.standing != Standing::Ending {
                live.standing = Standing::Stands;
                live.backoff.reset();
            }
            Some(live.sender.clone())
        });
        let all = self.reader();
        if watch.is_none() && all.is_none() {
            self.unclaimed += 1;
            tracing::debug!(urn, "nobody reads this message");
        }
        Readers { watch, all }
    }

    fn reader(&self) -> Option<Sender<M>> {
        self.all.clone().filter(|all| !all.is_closed())
    }

    /// Returns the reader of all messages, to receive a message that cannot be
    /// read; that message also reports the gap to it.
    pub(super) fn tell_reader(&mut self) -> Option<Sender<M>> {
        self.told = true;
        self.reader()
    }

    /// The reader of everything, if it does not know of the gap that is open, or
    /// there is `news`.
    pub(super) fn tell_reader_once(&mut self, news: bool) -> Option<Sender<M>> {
        let told = std::mem::replace(&mut self.told, true);
        self.reader().filter(|_| news || !told)
    }

    /// Messages come again: the next gap is another one.
    pub(super) fn gap_closed(&mut self) {
        self.told = false;
    }

    /// How many messages nobody read.
    pub fn unclaimed(&self) -> u64 {
        self.unclaimed
    }

    /// Marks subscriptions as lost and due: all of them, or with a `urn` those of
    /// one type. Returns the watches to notify: those that did not know of a gap
    /// yet, or all when there is `news`.
    pub(super) fn lose(&mut self, urn: Option<&str>, news: bool) -> Vec<Sender<M>> {
        let kinds = self.kinds.iter_mut();
        let kinds = kinds.filter(|kind| urn.is_none_or(|urn| kind.urn == urn));
        let mut told = Vec::new();
        for live in kinds.flat_map(|kind| kind.lives.values_mut()) {
            let falls = live.fall_due();
            if news {
                live.after = Instant::now();
                live.backoff.reset();
            }
            if falls || news {
                told.push(live.sender.clone());
            }
        }
        told
    }

    /// Takes subscriptions for lost whose full message could not be waited for;
    /// longer each time, as a server may have no full message to send.
    pub(super) fn lose_overdue(&mut self, patience: Duration) -> Vec<Sender<M>> {
        let mut told = Vec::new();
        for live in self
            .kinds
            .iter_mut()
            .flat_map(|kind| kind.lives.values_mut())
        {
            let Standing::Asked { since } = live.standing else {
                continue;
            };
            let patience = patience.saturating_mul(1 << live.backoff.tries().min(5));
            if since.elapsed() > patience && live.fall_due() {
                told.push(live.sender.clone());
            }
        }
        told
    }

    /// The subscriptions to be made now; they count as asked for. However soon
    /// they are lost, they are not made more often than waits allow.
    pub(super) fn take_due(&mut self) -> Vec<Task> {
        let now = Instant::now();
        let mut due = Vec::new();
        for kind in &mut self.kinds {
            for (key, live) in &mut kind.lives {
                if live.standing == Standing::Due && live.after <= now {
                    live.standing = Standing::Asked { since: now };
                    live.after = now + live.backoff.least();
                    due.push(Task {
                        id: live.id,
                        requests: Arc::clone(&live.requests),
                        urn: kind.urn,
                        key: key.clone(),
                    });
                }
            }
        }
        due
    }

    /// When something has to be sent to the server.
    pub(super) fn next_due(&self) -> Option<Instant> {
        if !self.abandoned.is_empty() {
            return Some(Instant::now());
        }
        let lives = self.kinds.iter().flat_map(|kind| kind.lives.values());
        let due = lives.filter(|live| live.standing == Standing::Due);
        due.map(|live| live.after).min()
    }

    /// The subscription was not made; it is tried again after a wait.
    pub(super) fn not_made(&mut self, id: u64) {
        if let Some(live) = self.live(id) {
            live.fall_due();
        }
    }

    /// The subscription was not tried.
    pub(super) fn not_tried(&mut self, id: u64) {
        if let Some(live) = self.live(id) {
            live.after = Instant::now();
            if live.standing != Standing::Ending {
                live.standing = Standing::Due;
            }
        }
    }

    /// Returns true if a subscription that is about to be made, or has just
    /// been made, is still wanted. One that was made for nobody has to be
    /// ended.
    pub(super) fn is_wanted(&mut self, task: &Task, made: bool) -> bool {
        let wanted = self
            .live(task.id)
            .is_some_and(|live| live.standing != Standing::Ending);
        if made && !wanted {
            self.abandoned.push(task.clone());
        }
        wanted
    }

    /// The subscriptions that nobody watches any more. Of one that is watched
    /// again there is nothing to end: the server has one for both.
    pub(super) fn take_abandoned(&mut self) -> Vec<Task> {
        let mut abandoned = std::mem::take(&mut self.abandoned);
        abandoned.retain(|task| self.successor(task).is_none());
        abandoned
    }

    /// Those that were not tried.
    pub(super) fn put_back(&mut self, abandoned: impl Iterator<Item = Task>) {
        self.abandoned.extend(abandoned);
    }

    /// Handles the end of a subscription. Returns the watch of a newer subscription
    /// to the same subject: it ended with the old one, and must be notified.
    pub(super) fn ended(&mut self, task: &Task) -> Option<Sender<M>> {
        let live = self.successor(task)?;
        live.fall_due().then(|| live.sender.clone())
    }

    /// Who watches the same now.
    fn successor(&mut self, task: &Task) -> Option<&mut Live<M>> {
        let kind = self.kinds.iter_mut().find(|kind| kind.urn == task.urn)?;
        let live = kind.lives.get_mut(&task.key)?;
        (live.standing != Standing::Ending).then_some(live)
    }

    fn live(&mut self, id: u64) -> Option<&mut Live<M>> {
        let lives = self
            .kinds
            .iter_mut()
            .flat_map(|kind| kind.lives.values_mut());
        lives.into_iter().find(|live| live.id == id)
    }

    fn take(&mut self, id: u64) -> Option<(&'static str, String, Live<M>)> {
        self.kinds.iter_mut().find_map(|kind| {
            let key = kind.lives.iter().find(|(_, live)| live.id == id)?.0.clone();
            let (key, live) = kind.lives.remove_entry(&key)?;
            Some((kind.urn, key, live))
        })
    }

    /// Ends a watch, and lets it know why.
    pub(super) fn end(&mut self, id: u64, end: End) {
        if let Some((_, _, live)) = self.take(id) {
            let _ = live.why.set(end);
        }
    }

    /// A watch is about to end its subscription itself: it is not made again.
    pub fn ending(&mut self, id: u64) {
        if let Some(live) = self.live(id) {
            live.standing = Standing::Ending;
        }
    }

    /// Removes a watch that has ended its subscription, or has none.
    pub fn remove(&mut self, id: u64) {
        self.take(id);
    }

    /// Removes a watch that was dropped; whether there is a subscription to end.
    pub fn abandon(&mut self, id: u64) -> bool {
        let Some((urn, key, live)) = self.take(id) else {
            return false;
        };
        self.abandoned.push(Task {
            id,
            requests: live.requests,
            urn,
            key,
        });
        true
    }

    /// Lets go of everybody, at the end of the session.
    pub fn clear(&mut self) {
        self.kinds.clear();
        self.all = None;
        self.abandoned.clear();
    }
}

/// Tells watches of a gap. A watch that is gone needs none.
pub(super) async fn tell<M>(senders: Vec<Sender<M>>, gap: &Gap) {
    for sender in senders {
        let _ = sender.send(Item::Gap(gap.clone())).await;
    }
}
