//! Exponential backoff with jitter.

use std::time::Duration;

/// The shortest and the longest wait between tries.
///
/// See the example of [`Backoff`].
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// The first wait.
    pub least: Duration,
    /// What no wait is longer than.
    pub most: Duration,
    /// A number from 0 to 1 by chance: clients that failed together must not come
    /// back together.
    pub chance: fn() -> f64,
}

/// Waits that double from try to try up to a limit, each of them shortened by
/// chance.
///
/// ```
/// use std::time::Duration;
///
/// use icws_generated::runtime::follow::{Backoff, Waits};
///
/// let mut backoff = Backoff::new(Waits {
///     least: Duration::from_secs(1),
///     most: Duration::from_secs(3),
///     chance: || 1.0,
/// });
/// assert_eq!(backoff.next_wait(), Duration::from_secs(1));
/// assert_eq!(backoff.next_wait(), Duration::from_secs(2));
/// assert_eq!((backoff.next_wait(), backoff.tries()), (backoff.most(), 3));
/// backoff.reset();
/// assert_eq!(backoff.next_wait(), backoff.least());
/// ```
#[derive(Debug, Clone)]
pub struct Backoff {
    waits: Waits,
    tries: u32,
}

impl Backoff {
    /// Returns a backoff before the first try.
    ///
    /// See the example of [`Backoff`].
    pub fn new(waits: Waits) -> Self {
        Backoff { waits, tries: 0 }
    }

    /// Returns the first wait, before chance shortens it.
    ///
    /// See the example of [`Backoff`].
    pub fn least(&self) -> Duration {
        self.waits.least
    }

    /// Returns the longest wait.
    ///
    /// See the example of [`Backoff`].
    pub fn most(&self) -> Duration {
        self.waits.most
    }

    /// Returns the next wait: between half and the whole of what is due.
    ///
    /// See the example of [`Backoff`].
    pub fn next_wait(&mut self) -> Duration {
        let factor = 1u32.checked_shl(self.tries).unwrap_or(u32::MAX);
        let due = self.waits.least.saturating_mul(factor);
        let due = due.min(self.waits.most);
        self.tries = self.tries.saturating_add(1);
        let share = 0.5 + (self.waits.chance)().clamp(0.0, 1.0) / 2.0;
        // What is no number, and what is longer than any time, is the whole of it.
        Duration::try_from_secs_f64(due.as_secs_f64() * share).map_or(due, |wait| wait.min(due))
    }

    /// Returns how many waits there were since the last success.
    ///
    /// See the example of [`Backoff`].
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// Starts anew after a success.
    ///
    /// See the example of [`Backoff`].
    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_limit() {
        for chance in [|| 0.0, || 0.5, || 1.0] {
            let mut backoff = Backoff::new(Waits {
                least: Duration::from_millis(100),
                most: Duration::from_secs(1),
                chance,
            });
            for due in [100, 200, 400, 800, 1000, 1000] {
                let wait = backoff.next_wait().as_millis();
                assert!((due / 2..=due).contains(&wait), "{wait} of {due}");
            }
            for _ in 0..100 {
                assert!(backoff.next_wait() <= Duration::from_secs(1));
            }
            backoff.reset();
            assert!(backoff.next_wait() <= Duration::from_millis(100));
        }
    }

    #[test]
    fn no_chance_and_no_time_are_too_odd() {
        for chance in [|| f64::NAN, || f64::INFINITY, || -1.0, || 1.0] {
            let mut backoff = Backoff::new(Waits {
                least: Duration::MAX,
                most: Duration::MAX,
                chance,
            });
            assert!(backoff.next_wait() >= Duration::MAX / 2);
        }
    }
}
