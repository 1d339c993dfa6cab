//! Exponential backoff with jitter.

use std::time::Duration;

/// Waits that double from try to try up to a limit, each of them shortened by
/// chance so that clients which failed together do not come back together.
#[derive(Debug, Clone)]
pub(super) struct Backoff {
    least: Duration,
    most: Duration,
    tries: u32,
}

impl Backoff {
    pub fn new(least: Duration, most: Duration) -> Self {
        Backoff {
            least,
            most,
            tries: 0,
        }
    }

    /// The first wait, the whole of it.
    pub fn least(&self) -> Duration {
        self.least
    }

    /// The next wait: between half and the whole of what is due.
    pub fn next(&mut self) -> Duration {
        let factor = 1u32.checked_shl(self.tries).unwrap_or(u32::MAX);
        let due = self.least.saturating_mul(factor).min(self.most);
        self.tries = self.tries.saturating_add(1);
        due.mul_f64(0.5 + fastrand::f64() / 2.0)
    }

    /// How many waits there were since the last success.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// Starts anew after a success.
    pub fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_limit() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
        for due in [100, 200, 400, 800, 1000, 1000] {
            let wait = backoff.next().as_millis();
            assert!((due / 2..=due).contains(&wait), "{wait} of {due}");
        }
        for _ in 0..100 {
            assert!(backoff.next() <= Duration::from_secs(1));
        }
        backoff.reset();
        assert!(backoff.next() <= Duration::from_millis(100));
    }
}
