//! One subscription and how it stands.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::backoff::Backoff;
use super::cell::{Follower, Made};
use super::gap::End;
use super::task::Requests;
use crate::messages::FollowedMeta;

/// How a subscription stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The request is on its way.
    Asking {
        /// Messages were lost since: the full message may be among them.
        lost: bool,
        /// Nobody reads it any more, or nothing follows: once made it is ended.
        left: bool,
    },
    /// It was made; the full message has not come yet.
    Asked,
    /// The full message has come, and no gap since.
    Current,
    /// It has to be made again.
    Due,
    /// Nobody reads it, or nothing follows; it has to be ended.
    Ending,
}

/// A subscription.
pub(super) struct Entry<M> {
    pub state: State,
    pub follower: Arc<dyn Follower<M>>,
    pub requests: Arc<dyn Requests>,
    /// What makes it the same as another one.
    pub request: String,
    pub messages: &'static [FollowedMeta],
    pub key: String,
    /// The server had it once: from then on failures are not the caller's.
    pub made_once: bool,
    pub made: Arc<Made>,
    /// Nobody can follow it any more: that takes another one, once this is ended.
    pub is_over: bool,
    /// The earliest time to ask again.
    pub soonest: Duration,
    /// The waits between asking in vain; started anew when it has stood for long.
    pub backoff: Backoff,
    /// When the full message came with which it stands.
    pub stands_since: Duration,
    /// How often in a row no full message came in time.
    pub overdue: u32,
    /// Its timer, if there is one.
    pub timer: Option<(Timer, Duration)>,
}

impl<M> Entry<M> {
    /// It has to be ended, and whoever holds its store is told why. Whoever waits from
    /// now on waits for the end. Those who waited for what becomes of it try again, and
    /// wait for the end, too.
    pub fn begin_to_end(&mut self, end: End) {
        self.state = State::Ending;
        self.tell_end(end);
    }

    /// The full message has come, and nothing is waited for.
    pub fn stand(&mut self, now: Duration) {
        if self.state != State::Current {
            self.stands_since = now;
        }
        self.state = State::Current;
        self.overdue = 0;
        // Nothing tells whether a server says so.
        self.follower.recover();
    }

    /// It has failed while it stood: what fails again soon is not asked for at once.
    pub fn fall(&mut self, now: Duration) {
        if now.saturating_sub(self.stands_since) >= self.backoff.most() {
            self.backoff.reset();
        } else {
            self.soonest = self.soonest.max(now + self.backoff.next_wait());
        }
    }

    /// Nothing follows any more.
    pub fn tell_end(&mut self, end: End) {
        self.is_over = true;
        self.follower.end(end);
        std::mem::take(&mut self.made).decide();
    }

    /// The request is sent for a session that has none of it yet.
    pub fn start_over(&mut self) {
        self.state = State::Asking {
            lost: false,
            left: false,
        };
        self.is_over = false;
        self.follower.forget();
    }
}

/// What a time is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A task has to be done.
    Task,
    /// The full message should have come.
    Overdue,
}

/// The times of all subscriptions, in their order.
#[derive(Debug, Default)]
pub(super) struct Timers {
    tasks: BTreeSet<(Duration, u64)>,
    overdue: BTreeSet<(Duration, u64)>,
}

impl Timers {
    fn of(&mut self, timer: Timer) -> &mut BTreeSet<(Duration, u64)> {
        match timer {
            Timer::Task => &mut self.tasks,
            Timer::Overdue => &mut self.overdue,
        }
    }

    /// Sets the timer of a subscription, which has one at a time.
    pub fn set<M>(&mut self, id: u64, entry: &mut Entry<M>, timer: Option<(Timer, Duration)>) {
        if let Some((kind, time)) = entry.timer.take() {
            self.of(kind).remove(&(time, id));
        }
        if let Some((kind, time)) = timer {
            self.of(kind).insert((time, id));
        }
        entry.timer = timer;
    }

    /// Returns the first subscription whose time has come.
    pub fn due(&self, timer: Timer, now: Duration) -> Option<u64> {
        let set = match timer {
            Timer::Task => &self.tasks,
            Timer::Overdue => &self.overdue,
        };
        set.first()
            .filter(|(time, _)| *time <= now)
            .map(|(_, id)| *id)
    }

    /// Returns when the next task is due.
    pub fn next_task(&self) -> Option<Duration> {
        self.tasks.first().map(|(time, _)| *time)
    }

    pub fn clear(&mut self) {
        self.tasks.clear();
        self.overdue.clear();
    }
}
