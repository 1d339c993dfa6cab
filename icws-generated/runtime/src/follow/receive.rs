//! What messages, and their loss, do to the subscriptions of a session.

use std::time::Duration;

use super::cell::Applied;
use super::entry::{State, Timer};
use super::gap::{End, Gap, GapCause};
use super::subscriptions::Subscriptions;
use crate::json::Union;
use crate::messages::Standing;

/// What a message says of its subscription, besides what it tells.
#[derive(Clone, Copy)]
struct Said {
    standing: Option<Standing>,
    ends: bool,
}

impl<M: Union + Clone + Send + Sync> Subscriptions<M> {
    /// Returns true if a message belongs to a subscription that somebody reads.
    ///
    /// ```
    /// use std::time::Duration;
    /// use icws_generated::Message;
    /// use icws_generated::runtime::follow::Subscriptions;
    ///
    /// /// Hands on a message, or writes it to the log when nobody reads it.
    /// fn arrive(subscriptions: &mut Subscriptions<Message>, message: Message, now: Duration) {
    ///     if subscriptions.is_for(&message) {
    ///         subscriptions.receive(message, now);
    ///     } else {
    ///         println!("nobody reads {message:?}");
    ///     }
    /// }
    /// ```
    pub fn is_for(&self, message: &M) -> bool {
        let route = message.type_urn().and_then(|urn| self.routes.of(urn));
        match (route, message.content()) {
            (Some(route), Ok(row)) => !route.ids(row).is_empty(),
            _ => false,
        }
    }

    /// Hands on a message to the subscriptions that it belongs to. Returns false if
    /// there is none.
    ///
    /// See the example of [`Subscriptions`].
    pub fn receive(&mut self, message: M, now: Duration) -> bool {
        let route = message.type_urn().and_then(|urn| self.routes.of(urn));
        let (Some(route), Ok(row)) = (route, message.content()) else {
            return false;
        };
        let said = Said {
            standing: route.meta.standing_of(row),
            ends: route.meta.ends,
        };
        let mut ids = route.ids(row);
        let Some(last) = ids.pop() else {
            return false;
        };
        for id in ids {
            self.apply(id, message.clone(), said, now);
        }
        self.apply(last, message, said, now);
        true
    }

    fn apply(&mut self, id: u64, message: M, said: Said, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        if entry.is_over {
            return;
        }
        if let Some(standing) = said.standing {
            entry.follower.standing(standing);
        }
        match entry.follower.apply(message) {
            Applied::Nothing => {}
            Applied::Current => {
                // A request that is on its way tells whether the server has it.
                if let State::Asking { lost, .. } = &mut entry.state {
                    *lost = false;
                    entry.follower.recover();
                } else {
                    entry.stand(now);
                    self.timers.set(id, entry, None);
                }
            }
            Applied::Failed(error) => self.tell_gap(id, &Gap::new(GapCause::Unmerged(error)), now),
        }
        if said.ends {
            self.end_gone(id, now);
        } else if said.standing == Some(Standing::Faulted) {
            self.tell_gap(id, &Gap::new(GapCause::Faulted), now);
        }
    }

    /// What a subscription is about is gone. Whether the server ends it then is not
    /// known: it is asked to, as when nobody reads it.
    fn end_gone(&mut self, id: u64, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        match &mut entry.state {
            // The server might read the request that is on its way later than another.
            State::Asking { left, .. } => {
                *left = true;
                entry.tell_end(End::Gone);
            }
            _ => self.begin_to_end(id, End::Gone, now),
        }
    }

    /// What is known of a subscription is outdated: it is made again.
    fn tell_gap(&mut self, id: u64, gap: &Gap, now: Duration) {
        let is_news = self.fall_due(id, &gap.cause, now);
        if let Some(entry) = self.entries.get(&id) {
            entry.follower.gap(gap, is_news);
        }
    }

    /// Marks a subscription to be made again; after a wait if the last time was in
    /// vain, or it failed soon. Returns true if it was not known before that it has to
    /// be.
    pub(super) fn fall_due(&mut self, id: u64, cause: &GapCause, now: Duration) -> bool {
        let Some(entry) = self.entries.get_mut(&id) else {
            return false;
        };
        match &mut entry.state {
            State::Due | State::Ending => return false,
            State::Asking { lost, .. } => return !std::mem::replace(lost, true),
            State::Asked => entry.soonest = now + entry.backoff.next_wait(),
            // Fetching has waits of its own.
            State::Current if is_of_all(cause) => {}
            State::Current => entry.fall(now),
        }
        entry.state = State::Due;
        let time = entry.soonest.max(now);
        self.timers.set(id, entry, Some((Timer::Task, time)));
        true
    }

    /// Says that messages may have been lost: of all types, or of one. On a new
    /// session all subscriptions are made again at once.
    ///
    /// ```
    /// use std::time::Duration;
    /// use icws_generated::Message;
    /// use icws_generated::runtime::follow::{GapCause, Subscriptions};
    ///
    /// /// A poll has failed; and what is overdue is asked for again.
    /// fn failed(subscriptions: &mut Subscriptions<Message>, error: &str, now: Duration) {
    ///     subscriptions.lose(None, GapCause::Failed(error.to_owned()), now);
    ///     subscriptions.lose_overdue(now);
    /// }
    /// ```
    pub fn lose(&mut self, urn: Option<&str>, cause: GapCause, now: Duration) {
        let is_new_session = matches!(cause, GapCause::NewSession(_));
        let gap = Gap::new(cause);
        let ids = match urn {
            Some(urn) => self.routes.of(urn).map(|route| route.all()),
            None => Some(self.entries.keys().copied().collect()),
        };
        for id in ids.unwrap_or_default() {
            let is_news = self.fall_due(id, &gap.cause, now);
            if is_new_session {
                self.start_over(id, now);
            }
            if let Some(entry) = self.entries.get(&id) {
                entry.follower.gap(&gap, is_news || is_new_session);
            }
        }
    }

    /// The server knows nothing of earlier subscriptions, and has said nothing of
    /// how the new ones stand.
    fn start_over(&mut self, id: u64, now: Duration) {
        let Some(entry) = self.entries.get_mut(&id) else {
            return;
        };
        entry.follower.standing(Standing::Normal);
        entry.backoff.reset();
        entry.overdue = 0;
        entry.soonest = now;
        match entry.state {
            State::Ending => self.remove(id),
            State::Due => self.timers.set(id, entry, Some((Timer::Task, now))),
            _ => {}
        }
    }

    /// Makes again what no full message came for in time.
    ///
    /// See the example of [`Subscriptions::lose`].
    pub fn lose_overdue(&mut self, now: Duration) {
        while let Some(id) = self.timers.due(Timer::Overdue, now) {
            if let Some(entry) = self.entries.get_mut(&id) {
                entry.overdue = entry.overdue.saturating_add(1);
            }
            self.tell_gap(id, &Gap::new(GapCause::NoSnapshot), now);
        }
    }
}

/// Whether a gap is the fault of the way here, and of no subscription.
fn is_of_all(cause: &GapCause) -> bool {
    matches!(cause, GapCause::Failed(_) | GapCause::NewSession(_))
}
