//! The server of a run: which subscriptions it has, and what it sends.

use std::collections::VecDeque;

use fastrand::Rng;
use icws_generated::runtime::Standing;
use icws_spec::plan::Followed;
use serde_json::{Value, json};

use crate::instance::{Instance, Item, What};
use crate::values::Values;

/// A server with one session at a time.
#[derive(Default)]
pub struct Server {
    /// The number of the session.
    pub session: u32,
    /// What the session has not fetched.
    pub queue: VecDeque<Item>,
    /// Whether nothing goes wrong any more.
    pub is_calm: bool,
}

impl Server {
    /// A subscription is asked for, for the first time or again.
    pub fn put(&mut self, instance: &mut Instance<'_>, rng: &mut Rng) {
        let states = instance.worlds.len();
        let is_new = instance.held.is_none();
        let held = instance.held.get_or_insert_default();
        held.begun.resize(states, false);
        let was_suspended = std::mem::take(&mut held.is_suspended);
        if was_suspended {
            // What changed was kept back: no delta comes before the full message.
            held.begun.fill(false);
        }
        for part in 0..states {
            // A full message may be late, or never come where it can be done without.
            let never = !self.is_calm && !was_suspended && rng.u32(0..100) < 3;
            let late = if rng.bool() { 0 } else { rng.u32(0..200) };
            if !never {
                held.due.push((part, late));
            }
        }
        if is_new || was_suspended {
            self.stand(instance, Standing::Normal, rng);
        }
    }

    /// Sends full messages whose time has come.
    pub fn step(&mut self, instance: &mut Instance<'_>, rng: &mut Rng) {
        let Some(held) = &mut instance.held else {
            return;
        };
        let mut ready = Vec::new();
        held.due.retain_mut(|(part, late)| {
            if *late == 0 {
                ready.push(*part);
                return false;
            }
            *late -= 1;
            true
        });
        ready.iter().for_each(|part| held.begun[*part] = true);
        for part in ready {
            let api = instance.kind.api;
            let sent = instance.worlds[part].full(api, rng);
            self.queue
                .push_back(item(instance, part, What::State(sent)));
        }
    }

    /// Changes something of what a subscription is about, and tells it.
    pub fn change(&mut self, instance: &mut Instance<'_>, rng: &mut Rng) {
        let messages = &instance.kind.facts.messages;
        let message = &messages[rng.usize(..messages.len())];
        let api = instance.kind.api;
        if let Some(part) = instance.kind.part(message.record) {
            let sent = instance.worlds[part].change(api, rng);
            if let Some(held) = &instance.held
                && held.begun[part]
                && !held.is_suspended
            {
                self.queue
                    .push_back(item(instance, part, What::State(sent)));
            }
        } else if instance.held.as_ref().is_some_and(|h| !h.is_suspended) {
            let what = match &message.standing {
                Some(_) if self.is_calm || rng.u32(0..100) >= 5 => return,
                Some(_) if rng.bool() => return self.suspend(instance, rng),
                Some(_) => {
                    self.stand(instance, Standing::Faulted, rng);
                    instance.held = None;
                    return;
                }
                // Mostly they go on.
                None if message.ends && (self.is_calm || rng.u32(0..100) >= 20) => return,
                None => What::Event(event(instance, message, rng)),
            };
            self.queue.push_back(of(instance, message, what));
            // Whether the server ends it then is not known.
            if message.ends && rng.bool() {
                instance.held = None;
            }
        } else if rng.u32(0..100) < 20 {
            self.resume(instance, rng);
        }
    }

    fn suspend(&mut self, instance: &mut Instance<'_>, rng: &mut Rng) {
        self.stand(instance, Standing::Suspended, rng);
        if let Some(held) = &mut instance.held {
            held.is_suspended = true;
        }
    }

    /// Messages come again: all of it, since what changed was not sent.
    pub fn resume(&mut self, instance: &mut Instance<'_>, rng: &mut Rng) {
        let Some(held) = instance.held.as_mut().filter(|h| h.is_suspended) else {
            return;
        };
        held.is_suspended = false;
        held.due
            .extend((0..instance.worlds.len()).map(|part| (part, 0)));
        self.stand(instance, Standing::Normal, rng);
    }

    /// Says how a subscription stands, if it has a message for that.
    fn stand(&mut self, instance: &Instance<'_>, standing: Standing, rng: &mut Rng) {
        for message in &instance.kind.facts.messages {
            let Some(facts) = &message.standing else {
                continue;
            };
            let mut value = event(instance, message, rng);
            let number = match standing {
                Standing::Suspended => facts.suspended,
                Standing::Faulted => facts.faulted,
                _ => facts.suspended + facts.faulted + 1,
            };
            let record = &instance.kind.api[message.record];
            value[&record.properties[facts.property].name] = json!(number);
            let what = What::Standing(standing, value);
            self.queue.push_back(of(instance, message, what));
        }
    }
}

/// A random message of a type that has no state.
fn event(instance: &Instance<'_>, message: &Followed, rng: &mut Rng) -> Value {
    let api = instance.kind.api;
    let record = &api[message.record];
    let mut value = Values { api, rng }.record(message.record, 0);
    value["__type"] = json!(record.urn);
    if let Some(key) = message.key {
        value[&record.properties[key].name] = json!(instance.key);
    }
    value
}

fn item(instance: &Instance<'_>, part: usize, what: What) -> Item {
    let record = instance.kind.records[part];
    let mut messages = instance.kind.facts.messages.iter();
    let message = messages.find(|message| message.record == record);
    of(instance, message.expect("it has a message"), what)
}

fn of(instance: &Instance<'_>, message: &Followed, what: What) -> Item {
    Item {
        record: message.record,
        key: message.key.map(|_| instance.key.clone()),
        what,
        ends: message.ends,
    }
}

/// A request on its way.
pub struct Flight {
    pub id: u64,
    pub instance: usize,
    pub is_put: bool,
    /// Somebody waits for it, and not the client itself.
    pub is_own: bool,
    /// The session that it was sent in.
    pub session: u32,
    /// After so many steps it arrives; none when it has.
    pub arrives: Option<u32>,
    /// So many steps later there is a response.
    pub answered: u32,
    pub reply: Reply,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    Done,
    /// The server has not done it.
    Failed,
    /// The server has done it, and the response does not arrive.
    Lost,
    /// The server does not do it, now or later.
    Refused,
}

impl Reply {
    pub fn random(is_put: bool, rng: &mut Rng) -> Reply {
        match rng.u32(0..100) {
            0..8 => Reply::Failed,
            8..14 => Reply::Lost,
            14..16 if is_put => Reply::Refused,
            _ => Reply::Done,
        }
    }
}

impl Flight {
    /// It arrives at the server.
    pub fn arrive(&mut self, server: &mut Server, instance: &mut Instance<'_>, rng: &mut Rng) {
        if self.session != server.session {
            // The server knows nothing of that session.
            self.reply = Reply::Failed;
            return;
        }
        match (self.is_put, self.reply) {
            (_, Reply::Failed) => {}
            (true, Reply::Refused) | (false, _) => instance.held = None,
            (true, _) => server.put(instance, rng),
        }
    }
}
