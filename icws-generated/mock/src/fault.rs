//! Faults: what goes wrong, and when.

use std::collections::VecDeque;
use std::time::Duration;

/// Something that goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The request is not executed; the response is a `common:error` with this status,
    /// identifier, code and text. [`Fault::status`] makes one of which only the status
    /// matters.
    Answer {
        /// The status. A number outside of 200 to 999 becomes 500: those below are no
        /// responses.
        status: u16,
        /// The `errorId`, `error.request.noStation` say.
        error_id: Option<String>,
        /// The `errorCode`.
        error_code: Option<i64>,
        /// The text; one of this server's own when there is none.
        message: Option<String>,
    },
    /// The request is not executed; the response is 503. Where a session is asked
    /// for it names the hosts that may take it instead, elsewhere it is a
    /// `common:error`.
    Unavailable {
        /// The hosts.
        alternates: Vec<String>,
    },
    /// The connection is closed, and the request is not executed.
    DropBeforeRequest,
    /// The request is executed, and the connection is closed without a response.
    /// Messages that it would have carried are lost.
    DropBeforeAnswer,
    /// The request is executed, and the connection is closed within the response.
    /// Of a stream of events the first event is cut.
    DropMidAnswer,
    /// The request is executed; the response is whole as far as HTTP can tell, but
    /// its JSON ends in the middle. A response without a body stays as it is. Of
    /// a stream of events the first event is such.
    TruncateJson,
    /// The request is executed at once, and the response comes this much later.
    Delay(Duration),
    /// The session that the request names expires before the request is looked
    /// at.
    ExpireSession,
}

impl Fault {
    /// A response with this status. A 500 has the code that live servers send when they
    /// say no more.
    pub fn status(status: u16) -> Fault {
        Fault::Answer {
            status,
            error_id: None,
            error_code: (status == 500).then_some(UNSPECIFIED),
            message: None,
        }
    }
}

/// The code of an error that the server does not explain.
const UNSPECIFIED: i64 = -2_147_467_259;

/// The faults to come, and how many there were.
#[derive(Default)]
pub(super) struct Faults {
    waiting: VecDeque<Waiting>,
    random: Option<Random>,
    used: usize,
    last: u64,
}

/// A fault that waits for its request.
#[derive(Clone)]
pub(super) struct Waiting {
    /// What it is told apart by.
    pub number: u64,
    /// The only operation that it is for.
    pub operation: Option<String>,
    pub fault: Fault,
}

/// Faults that come at a rate.
#[derive(Clone)]
pub(super) struct Random {
    random: fastrand::Rng,
    pub rate: f64,
    pub faults: Vec<Fault>,
    /// The only operation that they are for.
    pub operation: Option<String>,
}

impl Faults {
    /// A fault for the next request, of one operation only if it is named.
    pub fn add(&mut self, operation: Option<&str>, fault: Fault) {
        self.last += 1;
        self.waiting.push_back(Waiting {
            number: self.last,
            operation: operation.map(str::to_owned),
            fault,
        });
    }

    /// The faults that wait, in the order in which they are used, and those that come at
    /// a rate.
    pub fn active(&self) -> (Vec<Waiting>, Option<Random>) {
        (self.waiting.iter().cloned().collect(), self.random.clone())
    }

    /// Takes back the fault of a number; whether it still waited.
    pub fn take_back(&mut self, number: u64) -> bool {
        let waiting = self.waiting.len();
        self.waiting.retain(|known| known.number != number);
        self.waiting.len() < waiting
    }

    /// No faults come at a rate any more; whether some did.
    pub fn stop_random(&mut self) -> bool {
        self.random.take().is_some()
    }

    pub fn randomize(&mut self, seed: u64, rate: f64, faults: Vec<Fault>, operation: Option<&str>) {
        self.random = Some(Random {
            random: fastrand::Rng::with_seed(seed),
            rate,
            faults,
            operation: operation.map(str::to_owned),
        });
    }

    pub fn clear(&mut self) {
        self.waiting.clear();
        self.random = None;
    }

    /// Counts faults that were not those of a request.
    pub fn count(&mut self, faults: usize) {
        self.used += faults;
    }

    pub fn used(&self) -> usize {
        self.used
    }

    /// The fault of a request: the first that waits for it, otherwise maybe a
    /// random one.
    pub fn next(&mut self, operation: Option<&str>) -> Option<Fault> {
        let fits = |filter: &Option<String>| filter.is_none() || filter.as_deref() == operation;
        let mut known = self.waiting.iter();
        let waiting = known.position(|waiting| fits(&waiting.operation));
        let fault = match waiting.and_then(|index| self.waiting.remove(index)) {
            Some(Waiting { fault, .. }) => Some(fault),
            None => {
                let random = self.random.as_mut().filter(|r| fits(&r.operation));
                random.and_then(Random::next)
            }
        };
        self.used += usize::from(fault.is_some());
        fault
    }
}

impl Random {
    fn next(&mut self) -> Option<Fault> {
        // Both numbers are always drawn, so that a seed means one sequence.
        let (hit, fault) = (
            self.random.f64() < self.rate,
            self.random.choice(&self.faults),
        );
        fault.filter(|_| hit).cloned()
    }
}
