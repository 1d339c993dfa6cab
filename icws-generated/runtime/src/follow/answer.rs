//! What becomes of making a subscription.

use std::time::Duration;

use super::entry::{State, Timer};
use super::gap::{End, GapCause};
use super::subscriptions::Subscriptions;
use super::task::Answer;
use crate::json::Union;

impl<M: Union + Clone + Send + Sync> Subscriptions<M> {
    /// Says that the request for a new subscription is sent, for the first time or once
    /// more on a new session: whatever came before is none of it.
    ///
    /// See the example of [`Subscriptions`].
    pub fn asked(&mut self, id: u64) {
        if let Some(entry) = self.entries.get_mut(&id)
            && matches!(entry.state, State::Asking { .. })
            && !entry.made_once
        {
            entry.start_over();
        }
    }

    /// Says what became of making a subscription.
    ///
    /// See the example of [`Task`](super::Task).
    pub fn answered(&mut self, id: u64, answer: Answer, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        let State::Asking { lost, left } = entry.state else {
            return;
        };
        match answer {
            Answer::Made => {
                entry.made_once = true;
                entry.made.decide();
                if left {
                    self.begin_to_end(id, End::Stopped, now);
                } else if lost {
                    // Its readers know of the gap.
                    self.ask_again(id, now);
                } else {
                    self.wait_for_state(id, now);
                }
            }
            // The server may have it from before.
            Answer::NotMade if entry.made_once && left => {
                self.begin_to_end(id, End::Stopped, now);
            }
            Answer::NotMade if entry.made_once => self.ask_again(id, now),
            Answer::NotMade => self.remove(id),
            Answer::Refused(end) => {
                entry.follower.end(end);
                self.remove(id);
            }
        }
    }

    /// It was asked for in vain.
    fn ask_again(&mut self, id: u64, now: Duration) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.state = State::Asked;
            self.fall_due(id, &GapCause::NoSnapshot, now);
        }
    }

    /// It was made: the full message is next, where there is one and it was not
    /// faster than the response.
    fn wait_for_state(&mut self, id: u64, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        let timer = if entry.follower.is_current() {
            entry.stand(now);
            None
        } else {
            entry.state = State::Asked;
            // Longer each time: a server may have no full message to send.
            let factor = 1 << entry.overdue.min(5);
            Some((Timer::Overdue, now + self.patience.saturating_mul(factor)))
        };
        self.timers.set(id, entry, timer);
    }
}
