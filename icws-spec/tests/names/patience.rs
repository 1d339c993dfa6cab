//! Checks of many inputs by several threads, of which none may hang.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{available_parallelism, spawn};
use std::time::{Duration, Instant};

/// How long one input may take; they take milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// After so many inputs that hang it is enough: each keeps a thread.
const ENOUGH: usize = 3;

/// The numbers of the models to try: so many, or as many as `NAMES` says, from 0 or from
/// `NAMES_FROM` on.
pub fn numbers(count: u64) -> Range<u64> {
    let given = |variable| std::env::var(variable).ok()?.parse().ok();
    let from = given("NAMES_FROM").unwrap_or(0);
    from..from + given("NAMES").unwrap_or(count)
}

/// What came of the inputs.
pub struct Outcome<T> {
    /// The results by the numbers of the inputs.
    pub done: BTreeMap<u64, T>,
    /// The inputs that hang or panic.
    pub stuck: Vec<u64>,
}

enum News<T> {
    Begun(u64),
    /// Without a result when the check panics.
    Done(u64, Option<T>),
}

/// Checks inputs by their numbers.
pub fn each<T: Send + 'static>(inputs: Range<u64>, check: fn(u64) -> T) -> Outcome<T> {
    let next = Arc::new(AtomicU64::new(inputs.start));
    let (sender, news) = channel();
    let begin = || {
        let (next, sender) = (Arc::clone(&next), sender.clone());
        spawn(move || work(&next, inputs.end, check, &sender));
    };
    (0..available_parallelism().map_or(1, usize::from)).for_each(|_| begin());
    let total = usize::try_from(inputs.end.saturating_sub(inputs.start)).unwrap();
    let mut running: BTreeMap<u64, Instant> = BTreeMap::new();
    let mut outcome = Outcome {
        done: BTreeMap::new(),
        stuck: Vec::new(),
    };
    let mut hanging = 0;
    while outcome.done.len() + outcome.stuck.len() < total && hanging < ENOUGH {
        match news.recv_timeout(PATIENCE) {
            Ok(News::Begun(input)) => drop(running.insert(input, Instant::now())),
            // What came to an end too late is stuck all the same.
            Ok(News::Done(input, result)) if running.remove(&input).is_some() => match result {
                Some(result) => drop(outcome.done.insert(input, result)),
                None => outcome.stuck.push(input),
            },
            Ok(News::Done(..)) | Err(_) => {}
        }
        let late = running
            .iter()
            .filter(|(_, begun)| begun.elapsed() > PATIENCE);
        let late: Vec<u64> = late.map(|(input, _)| *input).collect();
        running.retain(|input, _| !late.contains(input));
        late.iter().for_each(|_| begin());
        hanging += late.len();
        outcome.stuck.extend(late);
    }
    outcome
}

fn work<T>(next: &AtomicU64, end: u64, check: fn(u64) -> T, news: &Sender<News<T>>) {
    loop {
        let input = next.fetch_add(1, Ordering::Relaxed);
        if input >= end || news.send(News::Begun(input)).is_err() {
            return;
        }
        if news
            .send(News::Done(input, catch_unwind(|| check(input)).ok()))
            .is_err()
        {
            return;
        }
    }
}
