//! What a watch was told in which order, held against what was lost and what was sent.

use std::collections::VecDeque;

use serde_json::Value;

/// Messages that were lost.
#[derive(Debug)]
struct Loss {
    /// How much had been told by then.
    at: usize,
    /// What was true until this step may be told as if nothing had been lost: it was sent
    /// before.
    step: u64,
}

/// What a watch was told so far.
#[derive(Debug, Default)]
pub struct History {
    /// How much of it was read.
    pub read: usize,
    /// Where the last gap is. To begin with there is one.
    gap: usize,
    /// The first state behind it.
    begun: Option<usize>,
    losses: Vec<Loss>,
}

impl History {
    /// Messages were lost that would have been told behind this place.
    pub fn lose(&mut self, at: usize, step: u64) {
        self.losses.push(Loss { at, step });
    }

    pub fn gap(&mut self) {
        (self.gap, self.begun) = (self.read, None);
        self.read += 1;
    }

    /// A state that is true since a step: what came after a loss comes behind a gap.
    pub fn state(&mut self, id: &str, since: u64) {
        let begun = *self.begun.get_or_insert(self.read);
        let (gap, read) = (self.gap, self.read);
        self.losses.retain(|Loss { at, step }| {
            let is_new = *step < since;
            assert!(
                !is_new || gap >= *at || begun >= *at,
                "{id}: no gap was told where messages were lost: at {read} a new state, at {at} \
                 the loss, at {gap} the last gap, at {begun} the state behind it",
            );
            !is_new
        });
        self.read += 1;
    }
}

/// Events that were sent, and those that came.
#[derive(Debug, Default)]
pub struct Events {
    /// What tells those apart that have not come.
    sent: VecDeque<u64>,
    last: u64,
    /// A gap was told since the last one.
    pub is_gap: bool,
    /// The last that came.
    pub came: u64,
}

impl Events {
    /// The number of the next one.
    pub fn next(&mut self) -> u64 {
        self.last += 1;
        self.sent.push_back(self.last);
        self.last
    }

    /// Events come in order, and none is lost without a gap.
    pub fn told(&mut self, id: &str, event: &Value) {
        let text = event["pageInstanceId"].as_str();
        let text = text.or_else(|| event["data"][0].as_str());
        let number = text.and_then(|text| text.parse::<u64>().ok());
        let number = number.unwrap_or_else(|| panic!("{id}: nobody sent {event}"));
        let place = self.sent.iter().position(|sent| *sent == number);
        let place = place.unwrap_or_else(|| panic!("{id}: not sent, or late: {event}"));
        assert!(place == 0 || self.is_gap, "{id}: lost before {event}");
        self.sent.drain(..=place);
        (self.is_gap, self.came) = (false, number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state, a loss, and states that are true since so many steps with a gap before the
    /// one that is named.
    fn run(states: &[u64], gap: usize) {
        let mut history = History::default();
        history.state("", 1);
        history.lose(history.read, 1);
        for (place, since) in states.iter().enumerate() {
            if place == gap {
                history.gap();
            }
            history.state("", *since);
        }
    }

    #[test]
    fn what_was_sent_before_a_loss_may_come_after_it() {
        run(&[1, 2], 1);
        run(&[1, 1], 2);
        run(&[2, 3], 0);
    }

    #[test]
    #[should_panic(expected = "no gap was told")]
    fn what_comes_after_a_loss_without_a_gap_is_found() {
        run(&[1, 2], 2);
    }
}
