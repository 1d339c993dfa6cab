//! Watches of any subscription, behind one trait: their states as JSON.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use icws_generated::Message;
use icws_generated::runtime::__private1 as private;
use icws_generated::runtime::follow::{
    Change, Conflict, End, Follow, GapCause, Reader, Store, Subscriptions, Task, Waiting,
};
use icws_generated::runtime::{Changes, Standing, Subscription, Union};
use serde_json::Value;

/// What a reader was told.
#[derive(Debug)]
pub enum Told {
    Snapshot(Vec<Value>),
    Update(Vec<Value>, Changes),
    Event(Value),
    Standing(Standing),
    Gap(GapCause),
    Ended,
}

/// What following came to.
#[derive(Debug)]
pub enum Followed {
    Ask(u64, Task),
    Joined(u64),
    Wait,
}

/// What a store says.
#[derive(Debug)]
pub struct Stored {
    pub state: Option<Vec<Value>>,
    pub is_current: bool,
    pub end: Option<End>,
}

/// A subscription and its readers, whatever it is to.
pub trait Watching {
    /// Adds a reader.
    fn follow(&mut self, core: &mut Subscriptions<Message>) -> Result<Followed, Conflict>;
    /// Reads a change by one of the readers.
    fn read(&mut self, reader: usize) -> Option<Told>;
    /// Drops a reader; those behind it move up.
    fn drop_reader(&mut self, reader: usize);
    fn stored(&self) -> Stored;
}

/// A reader, and whether it was woken since it had nothing to read.
type Sleeper<S> = (
    Reader<<S as Subscription>::State, Message>,
    Option<Arc<Flag>>,
);

pub struct Watched<S: Subscription> {
    request: S,
    view: fn(&S::State) -> Vec<Value>,
    readers: Vec<Sleeper<S>>,
    store: Option<Store<S::State>>,
    waiting: Option<(Waiting, Arc<Flag>)>,
}

/// The request of a subscription with a key, and a body as JSON.
pub fn request<S: Subscription>(key: &str, body: Option<&Value>) -> S {
    let mut request = S::blank();
    for index in 0..S::META.parameters.len() {
        if let Some(slot) = request.parameter_mut(index) {
            slot.read_text(key).unwrap();
        }
    }
    if let (Some(slot), Some(body)) = (request.body_mut(), body) {
        let text = body.to_string();
        slot.read(&mut private::Reader::new(text.as_bytes()))
            .unwrap();
    }
    request
}

impl<S: Subscription> Watched<S> {
    pub fn new(key: &str, body: Option<&Value>, view: fn(&S::State) -> Vec<Value>) -> Self {
        Watched {
            request: request(key, body),
            view,
            readers: Vec::new(),
            store: None,
            waiting: None,
        }
    }
}

impl<S: Subscription> Watched<S> {
    /// Waits until it may be followed.
    fn wait(&mut self, mut waiting: Waiting) {
        let flag = Arc::new(Flag::default());
        let waker = Waker::from(Arc::clone(&flag));
        let mut context = Context::from_waker(&waker);
        let poll = Pin::new(&mut waiting).poll(&mut context);
        assert!(poll.is_pending(), "it could have been followed");
        self.waiting = Some((waiting, flag));
    }

    /// Returns true if there is nothing to wait for any more.
    fn is_over(&mut self) -> bool {
        let Some((waiting, flag)) = &mut self.waiting else {
            return true;
        };
        let mut context = Context::from_waker(Waker::noop());
        if Pin::new(waiting).poll(&mut context).is_pending() {
            return false;
        }
        assert!(flag.0.load(Ordering::Relaxed), "nobody woke who waits");
        self.waiting = None;
        true
    }
}

/// Whether a waker was woken.
#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<S: Subscription + Clone + Send + Sync + 'static> Watching for Watched<S> {
    fn follow(&mut self, core: &mut Subscriptions<Message>) -> Result<Followed, Conflict> {
        let follow = core.follow(&self.request)?;
        let is_over = self.is_over();
        let (reader, followed) = match follow {
            Follow::Ask(id, reader, task) => (reader, Followed::Ask(id, task)),
            Follow::Joined(id, reader) => (reader, Followed::Joined(id)),
            Follow::Wait(waiting) => {
                if is_over {
                    self.wait(waiting);
                }
                return Ok(Followed::Wait);
            }
            _ => panic!("following came to something new"),
        };
        assert!(is_over, "who waits is not woken");
        self.store = Some(reader.store());
        self.readers.push((reader, None));
        Ok(followed)
    }

    fn read(&mut self, reader: usize) -> Option<Told> {
        let (reader, asleep) = &mut self.readers[reader];
        let flag = Arc::new(Flag::default());
        let waker = Waker::from(Arc::clone(&flag));
        let change = match reader.poll_change(&mut Context::from_waker(&waker)) {
            Poll::Pending => {
                *asleep = Some(flag);
                return None;
            }
            Poll::Ready(change) => change?,
        };
        if let Some(flag) = asleep.take() {
            assert!(flag.0.load(Ordering::Relaxed), "nobody woke the reader");
        }
        Some(match change {
            Change::Snapshot(state) => Told::Snapshot((self.view)(&state)),
            Change::Update { state, changes, .. } => Told::Update((self.view)(&state), changes),
            Change::Event(event) => Told::Event(serde_json::from_slice(&event.to_json()).unwrap()),
            Change::Standing(standing) => Told::Standing(standing),
            Change::Gap(gap) => Told::Gap(gap.cause),
            Change::Ended(_) => Told::Ended,
            _ => panic!("a change of a new kind"),
        })
    }

    fn drop_reader(&mut self, reader: usize) {
        self.readers.remove(reader);
    }

    fn stored(&self) -> Stored {
        let store = self.store.as_ref().expect("it was followed");
        Stored {
            state: store.state().map(|state| (self.view)(&state)),
            is_current: store.is_current(),
            end: store.end(),
        }
    }
}
