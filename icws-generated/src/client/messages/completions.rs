//! Operations that were accepted, and the messages that tell their ends.

use std::collections::HashMap;

use tokio::sync::oneshot;

use crate::runtime::__private1::{REQUEST_ID, text_of};
use crate::runtime::{MessageError, Union};

/// Who waits for the ends of operations, by the ids that these were accepted by.
pub(in crate::client) struct Completions<M> {
    waiting: HashMap<String, oneshot::Sender<Told<M>>>,
    /// So many requests were sent whose ids are not known yet.
    begun: usize,
    /// What has come since, should it be faster than the response.
    early: Vec<(String, Told<M>)>,
}

/// The message that tells an end, or why it cannot be read.
type Told<M> = Result<M, MessageError>;

impl<M> Default for Completions<M> {
    fn default() -> Self {
        Completions {
            waiting: HashMap::new(),
            begun: 0,
            early: Vec::new(),
        }
    }
}

impl<M: Union + Clone> Completions<M> {
    /// A request is about to be sent.
    pub fn begin(&mut self) {
        self.begun += 1;
    }

    /// The response has come, or will not come.
    pub fn begun(&mut self) {
        self.begun = self.begun.saturating_sub(1);
        if self.begun == 0 {
            self.early.clear();
        }
    }

    /// Returns what will bring the message with an id.
    pub fn expect(&mut self, id: &str) -> oneshot::Receiver<Told<M>> {
        self.waiting.retain(|_, waiting| !waiting.is_closed());
        let (sender, receiver) = oneshot::channel();
        let mut early = self.early.iter();
        match early.position(|(other, _)| other == id) {
            Some(index) => {
                let (_, message) = self.early.swap_remove(index);
                let _ = sender.send(message);
            }
            None => drop(self.waiting.insert(id.to_owned(), sender)),
        }
        receiver
    }

    /// Hands on a message, if it tells an end that somebody waits for.
    pub fn receive(&mut self, message: &M) -> bool {
        if self.begun == 0 && self.waiting.is_empty() {
            return false;
        }
        let row = message.content().ok();
        match row.and_then(|row| text_of(row, REQUEST_ID)) {
            Some(id) => self.tell(id, || Ok(message.clone())),
            None => false,
        }
    }

    /// The same of a message that cannot be read: whoever waits for it need not wait
    /// any longer.
    pub fn unreadable(&mut self, id: &str, error: &MessageError) {
        self.tell(id, || Err(error.clone()));
    }

    fn tell(&mut self, id: &str, told: impl FnOnce() -> Told<M>) -> bool {
        if let Some(waiting) = self.waiting.remove(id) {
            return waiting.send(told()).is_ok();
        }
        if self.begun > 0 {
            self.early.push((id.to_owned(), told()));
        }
        false
    }

    /// The session is another one: it tells no ends of what the old one did.
    pub fn lose(&mut self) {
        self.waiting.clear();
        self.early.clear();
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;
    use crate::Message;
    use crate::runtime::Batch;

    /// An operation that the server was asked for.
    struct Operation {
        id: String,
        /// What brings its end, once the response has come.
        end: Option<oneshot::Receiver<Told<Message>>>,
        /// Whether its end was told, and could be read.
        told: Option<bool>,
    }

    #[derive(Default)]
    struct Run {
        completions: Completions<Message>,
        operations: Vec<Operation>,
        ids: u32,
    }

    fn read(id: &str, is_good: bool) -> Told<Message> {
        let is_delta = if is_good { "false" } else { "7" };
        let text = format!(
            r#"[{{"isDelta":{is_delta},"requestId":"{id}","error":null,"__type":"urn:inin.com:messaging:asyncOperationCompletedMessage"}}]"#
        );
        let batch = Batch::decode(text.as_bytes()).expect("a batch");
        batch.into_iter().next().expect("a message")
    }

    impl Run {
        fn id(&mut self) -> String {
            self.ids += 1;
            self.ids.to_string()
        }

        fn begin(&mut self) {
            let id = self.id();
            self.completions.begin();
            self.operations.push(Operation {
                id,
                end: None,
                told: None,
            });
        }

        /// The response comes, with the id, or none does.
        fn respond(&mut self, index: usize, is_accepted: bool) {
            let operation = &mut self.operations[index];
            if operation.end.is_some() {
                return;
            }
            if is_accepted {
                operation.end = Some(self.completions.expect(&operation.id));
            } else {
                self.operations.swap_remove(index);
            }
            self.completions.begun();
        }

        /// The server tells the end.
        fn tell(&mut self, index: usize, is_good: bool) {
            let operation = &mut self.operations[index];
            if operation.told.is_some() {
                return;
            }
            operation.told = Some(is_good);
            match read(&operation.id, is_good) {
                Ok(message) => {
                    let is_waited_for = operation.end.is_some();
                    assert_eq!(self.completions.receive(&message), is_waited_for);
                }
                Err(error) => self.completions.unreadable(&operation.id, &error),
            }
        }

        /// The session is made anew: what has no response is asked for once more.
        fn lose(&mut self) {
            self.completions.lose();
            let mut operations = std::mem::take(&mut self.operations);
            operations.retain_mut(|operation| match &mut operation.end {
                Some(end) => {
                    assert!(matches!(end.try_recv(), Err(TryRecvError::Closed)));
                    false
                }
                None => true,
            });
            for operation in &mut operations {
                (operation.id, operation.told) = (self.id(), None);
            }
            self.operations = operations;
        }

        /// Each knows its end as soon as it was told and the response is there.
        fn check(&mut self) {
            self.operations.retain_mut(|operation| {
                let Some(end) = &mut operation.end else {
                    return true;
                };
                match (end.try_recv(), operation.told) {
                    (Err(TryRecvError::Empty), None) => return true,
                    (Ok(Ok(message)), Some(true)) => {
                        let row = message.content().expect("it can be read");
                        assert_eq!(text_of(row, REQUEST_ID), Some(&*operation.id));
                    }
                    (Ok(Err(_)), Some(false)) => {}
                    (end, told) => panic!("{end:?}, told {told:?}"),
                }
                false
            });
        }

        fn step(&mut self, rng: &mut Rng) {
            let index = rng.usize(..self.operations.len().max(1));
            match rng.u32(..100) {
                _ if self.operations.is_empty() => self.begin(),
                0..30 => self.begin(),
                30..60 => self.respond(index, rng.u32(..10) > 0),
                60..90 => self.tell(index, rng.u32(..10) > 0),
                90..95 => {
                    let of_others = read("none", true).expect("it can be read");
                    assert!(!self.completions.receive(&of_others));
                }
                // Who waited gives up.
                95..98 if self.operations[index].end.is_some() => {
                    let gone = self.operations.swap_remove(index);
                    drop(gone.end);
                    let late = read(&gone.id, true).expect("it can be read");
                    assert!(!self.completions.receive(&late));
                }
                98.. => self.lose(),
                _ => {}
            }
            self.check();
        }
    }

    #[test]
    fn each_end_reaches_who_waits_for_it_in_whatever_order_it_comes() {
        for seed in 0..300 {
            let mut rng = Rng::with_seed(seed);
            let mut run = Run::default();
            (0..300).for_each(|_| run.step(&mut rng));
            while let Some(index) = run.operations.len().checked_sub(1) {
                run.tell(index, true);
                run.respond(index, true);
                run.check();
            }
            let completions = &mut run.completions;
            assert_eq!(completions.begun, 0, "seed {seed}");
            assert!(completions.early.is_empty(), "seed {seed}");
            assert!(completions.waiting.is_empty(), "seed {seed}");
        }
    }
}
