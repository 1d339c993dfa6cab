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
