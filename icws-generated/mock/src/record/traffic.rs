//! The traffic: what happens, in the order in which it does. What is kept is bounded; a
//! reader that is too slow misses entries, and is told how many.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use icws_generated::runtime::recording::MetSecrets;
use jiff::Timestamp;

use super::RecordedRequest;
use super::entry::{Answered, Began, Entry, Exchange, Sent, What};

/// So many entries are kept, and so many bytes of their heads and bodies.
const ENTRIES: usize = 10_000;
const BYTES: usize = 32 << 20;

/// The traffic of a server. Nothing is kept until somebody wants to see it.
pub(crate) struct Traffic {
    /// What this server is told apart by from one that ran before.
    pub run: u64,
    is_on: AtomicBool,
    kept: Mutex<Kept>,
    secrets: MetSecrets,
}

struct Kept {
    /// The number of the next entry; the first is 1.
    next: u64,
    /// The number of the first that came after all was forgotten the last time.
    cleared: u64,
    bytes: usize,
    entries: VecDeque<Arc<Entry>>,
    /// Those who wait for the next entry.
    waiting: Vec<Waker>,
}

/// Entries that a reader has not seen.
pub(crate) struct Batch {
    /// How many the reader has missed.
    pub lost: u64,
    pub entries: Vec<Arc<Entry>>,
    /// The number after the last of them.
    pub next: u64,
    /// The number before which all was forgotten by hand.
    pub cleared: u64,
}

impl Traffic {
    pub fn new(is_on: bool) -> Self {
        Traffic {
            run: fastrand::u64(..),
            secrets: MetSecrets::new(),
            is_on: AtomicBool::new(is_on),
            kept: Mutex::new(Kept {
                next: 1,
                cleared: 1,
                bytes: 0,
                entries: VecDeque::new(),
                waiting: Vec::new(),
            }),
        }
    }

    /// Returns true if somebody wants to see the traffic.
    pub fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Relaxed)
    }

    /// What is secret in the traffic, as far as it was met.
    pub fn secrets(&self) -> &MetSecrets {
        &self.secrets
    }

    /// Keeps what happens from now on.
    pub fn switch_on(&self) {
        self.is_on.store(true, Ordering::Relaxed);
    }

    /// Adds a request with its response.
    pub fn exchange(&self, began: Began, request: RecordedRequest, answer: Option<Answered>) {
        let at = began.at;
        let exchange = Exchange::new(began, request, answer);
        let session = exchange.session();
        self.add(at, session, What::Exchange(Box::new(exchange)));
    }

    /// Adds messages that a stream of a session carried.
    pub fn messages<'m>(
        &self,
        session: &str,
        texts: impl IntoIterator<Item = &'m Bytes>,
        harm: Option<&'static str>,
    ) {
        for text in texts {
            let sent = Sent {
                text: text.clone(),
                harm,
            };
            self.add(
                Timestamp::now(),
                Some(session.to_owned()),
                What::Message(sent),
            );
        }
    }

    /// Adds that a stream of a session has ended.
    pub fn end(&self, session: &str) {
        self.add(Timestamp::now(), Some(session.to_owned()), What::End);
    }

    fn add(&self, at: Timestamp, session: Option<String>, what: What) {
        if !self.is_on() {
            return;
        }
        let mut entry = Entry {
            number: 0,
            at,
            session,
            what,
            secrets: self.secrets.clone(),
        };
        // What is secret in it is known before any other entry is looked at.
        drop(entry.recorded());
        let mut kept = self.kept();
        entry.number = kept.next;
        kept.next += 1;
        kept.bytes += entry.len();
        kept.entries.push_back(Arc::new(entry));
        // The newest stays, however long it is.
        while kept.entries.len() > 1 && (kept.entries.len() > ENTRIES || kept.bytes > BYTES) {
            if let Some(oldest) = kept.entries.pop_front() {
                kept.bytes -= oldest.len();
            }
        }
        let waiting = std::mem::take(&mut kept.waiting);
        drop(kept);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// The entries from a number on, at most so many of them.
    pub fn from(&self, number: u64, most: usize) -> Batch {
        self.kept().from(number, most)
    }

    /// The same, waiting until there are some, or all is forgotten: `cleared` is what a
    /// reader knows of that.
    pub fn poll_from(
        &self,
        number: u64,
        most: usize,
        cleared: u64,
        context: &mut Context<'_>,
    ) -> Poll<Batch> {
        let mut kept = self.kept();
        let batch = kept.from(number, most);
        if batch.lost > 0 || !batch.entries.is_empty() || batch.cleared > cleared {
            return Poll::Ready(batch);
        }
        let waker = context.waker();
        if !kept.waiting.iter().any(|known| known.will_wake(waker)) {
            kept.waiting.push(waker.clone());
        }
        Poll::Pending
    }

    /// All that is kept.
    pub fn all(&self) -> Vec<Arc<Entry>> {
        self.kept().entries.iter().cloned().collect()
    }

    /// An entry; `None` when it is not kept any more, or has not come yet.
    pub fn get(&self, number: u64) -> Option<Arc<Entry>> {
        self.kept()
            .from(number, 1)
            .entries
            .pop()
            .filter(|found| found.number == number)
    }

    /// The number of the next entry.
    pub fn next(&self) -> u64 {
        self.kept().next
    }

    /// The number of the oldest entry that is kept, or of the next one.
    pub fn oldest(&self) -> u64 {
        self.kept().oldest()
    }

    /// The number before which all was forgotten by hand.
    pub fn cleared(&self) -> u64 {
        self.kept().cleared
    }

    /// Forgets all that is kept. Those who read it are told so, and that they have missed
    /// what they have not read.
    pub fn clear(&self) {
        let mut kept = self.kept();
        kept.entries.clear();
        kept.bytes = 0;
        kept.cleared = kept.next;
        let waiting = std::mem::take(&mut kept.waiting);
        drop(kept);
        waiting.into_iter().for_each(Waker::wake);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The number of the oldest entry that is kept, or of the one to come.
    fn oldest(&self) -> u64 {
        self.entries.front().map_or(self.next, |entry| entry.number)
    }

    fn from(&self, number: u64, most: usize) -> Batch {
        let oldest = self.oldest();
        let skipped = usize::try_from(number.saturating_sub(oldest)).unwrap_or(usize::MAX);
        let entries: Vec<_> = self
            .entries
            .iter()
            .skip(skipped)
            .take(most)
            .cloned()
            .collect();
        Batch {
            lost: oldest.saturating_sub(number),
            next: entries
                .last()
                .map_or(number.max(oldest), |last| last.number + 1),
            entries,
            cleared: self.cleared,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traffic(count: usize) -> Traffic {
        let traffic = Traffic::new(true);
        let text = Bytes::from_static(b"{}");
        traffic.messages("1", std::iter::repeat_n(&text, count), None);
        traffic
    }

    #[test]
    fn nothing_is_kept_until_somebody_wants_to_see_it() {
        let traffic = Traffic::new(false);
        traffic.end("1");
        traffic.switch_on();
        traffic.end("2");
        let all = traffic.all();
        let sessions: Vec<_> = all.iter().map(|entry| entry.session.as_deref()).collect();
        assert_eq!(sessions, [Some("2")]);
    }

    #[test]
    fn who_reads_too_slowly_is_told_how_much_was_lost() {
        let traffic = traffic(ENTRIES + 25);
        let batch = traffic.from(6, 10);
        assert_eq!((batch.lost, batch.next), (20, 36));
        assert_eq!(batch.entries.first().map(|entry| entry.number), Some(26));
        let batch = traffic.from(batch.next, usize::MAX);
        assert_eq!((batch.lost, batch.entries.len()), (0, ENTRIES - 10));
    }

    #[test]
    fn bytes_are_bounded_and_the_newest_entry_stays() {
        let traffic = Traffic::new(true);
        let long = Bytes::from(vec![b'x'; BYTES / 2]);
        traffic.messages("1", [&long, &long, &long], None);
        assert_eq!(traffic.all().len(), 1);
        let longer = Bytes::from(vec![b'x'; 2 * BYTES]);
        traffic.messages("1", [&longer], None);
        assert_eq!(traffic.all().len(), 1);
        assert!(traffic.get(4).is_some() && traffic.get(3).is_none());
    }

    #[test]
    fn what_was_cleared_is_told_as_lost() {
        let traffic = traffic(3);
        traffic.clear();
        assert_eq!(traffic.from(1, 10).lost, 3);
        traffic.end("1");
        assert_eq!(traffic.from(4, 10).entries.len(), 1);
    }
}
