//! The state of the server: sessions, tokens, tables of all else, and who follows
//! what. Every change is made here, so that those who follow it receive a message.

pub(crate) mod interaction;
mod session;
mod sessions;
mod spare;
pub(crate) mod tables;
mod tokens;

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use icws_generated::Message;
use icws_generated::connection::{ConnectionState, ConnectionStateChangeMessage};
use icws_generated::interactions::callback::CallbackState;
use icws_generated::runtime::{Standing, Union};
use serde_json::{Value, json};

use super::topics::{Catalog, Changed, Subject, Topics};
use interaction::INTERACTIONS;
pub(super) use session::{Ended, Next, Session};
pub(super) use sessions::{Limits, Sessions, place_of_id};
pub(super) use tables::{Item, Tables, is_same_name, patch, set_property};
pub(super) use tokens::{AuthToken, Tokens};

/// The state of the server.
pub(super) struct World {
    pub sessions: Sessions,
    pub tables: Tables,
    pub topics: Topics,
    pub tokens: Tokens,
    /// The operations that were taken out of the API.
    pub gone: HashSet<String>,
    /// The interactions that have ended, oldest first.
    pub ended: VecDeque<String>,
    /// How many changes there were, and how many when statistics were last counted.
    pub changes: u64,
    pub counted: u64,
    /// The ids of statistic values that were set by hand, and are not counted.
    pub by_hand: HashSet<String>,
    /// The users whose interactions have changed since it was last looked who is on the
    /// phone.
    pub parties: BTreeSet<String>,
    /// The table whose changes are told together, and what they are so far.
    held: Option<(String, Vec<Changed>)>,
    /// The versions of the tables of which the directories were made.
    pub directories: [u64; 3],
    /// The status of users who are new, if it can still be chosen.
    pub first_status: Option<String>,
    pub random: fastrand::Rng,
    spare: spare::Spare,
    limits: Limits,
    last_session: u64,
    last_number: u64,
}

/// Ids of sessions are above 32 bits on live servers, and no two servers of one
/// test should hand out the same.
const FIRST_SESSION: u64 = 2_444_387_001;
const FIRST_INTERACTION: u64 = 2_001_234_566;

/// Lengths in characters, as seen on live servers.
const TOKEN_LENGTH: usize = 98;
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl World {
    pub fn new(limits: Limits, catalog: &'static Catalog) -> Self {
        let mut random = fastrand::Rng::new();
        World {
            sessions: Sessions::default(),
            tables: Tables::default(),
            topics: Topics::new(catalog),
            tokens: Tokens::default(),
            gone: HashSet::new(),
            ended: VecDeque::new(),
            changes: 0,
            counted: 0,
            by_hand: HashSet::new(),
            parties: BTreeSet::new(),
            held: None,
            directories: [0; 3],
            first_status: None,
            spare: spare::Spare::default(),
            limits,
            last_session: FIRST_SESSION + 1000 * random.u64(..1_000_000),
            last_number: FIRST_INTERACTION,
            random,
        }
    }

    /// Makes a session.
    pub fn connect(&mut self, user: &str) -> &mut Session {
        self.forget_sessions();
        self.last_session += 1;
        let id = self.last_session.to_string();
        let token: String = (0..TOKEN_LENGTH)
            .filter_map(|_| self.random.choice(BASE64))
            .map(|byte| char::from(*byte))
            .collect();
        let session = Session::new(
            id,
            format!("{token}=="),
            format!("{}|languageId=en-us", self.guid()),
            user.to_owned(),
            self.limits.waiting,
        );
        self.sessions.add(session)
    }

    /// Returns true if there are as many sessions as there may be.
    pub fn is_full(&self) -> bool {
        self.sessions.count() >= self.limits.sessions
    }

    /// Forgets the sessions that ended first, where many have ended.
    fn forget_sessions(&mut self) {
        if self.sessions.len() <= self.limits.kept_sessions {
            return;
        }
        let ended = self.sessions.values().filter(|session| !session.is_up());
        let ended = ended.map(|session| (session.used, session.id.clone()));
        let mut ended: Vec<(Instant, String)> = ended.collect();
        ended.sort_unstable();
        let many = ended.len().saturating_sub(self.limits.kept_sessions);
        for (_, id) in ended.into_iter().take(many) {
            self.sessions.forget(&id);
        }
    }

    pub fn guid(&mut self) -> String {
        let (one, two) = (self.random.u64(..), self.random.u64(..));
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            one >> 32,
            one >> 16 & 0xffff,
            one & 0xffff,
            two >> 48,
            two & 0xffff_ffff_ffff,
        )
    }

    /// A number that nothing else has got.
    pub fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

/// How sessions end.
impl World {
    /// Ends a session; whether it was up.
    pub fn end_session(&mut self, id: &str, ended: Ended) -> bool {
        self.sessions.end(id, ended, false)
    }

    /// Ends a session as if it had not been used for too long.
    pub fn expire_session(&mut self, id: &str) -> bool {
        self.end_session(id, Ended::expired())
    }

    /// Ends the sessions that have not been used for too long. An open stream
    /// is a use.
    pub fn expire_idle(&mut self) {
        let Some(timeout) = self.limits.idle else {
            return;
        };
        let now = Instant::now();
        let idle = self.sessions.up().filter(|session| {
            let idle = now.saturating_duration_since(session.used) >= timeout;
            !session.is_streaming() && idle
        });
        let idle: Vec<String> = idle.map(|session| session.id.clone()).collect();
        for id in idle {
            self.expire_session(&id);
        }
    }

    /// Ends a session from the side of the server. The session receives a message
    /// about it, and can still fetch its queue. Returns false if it was not up.
    pub fn disconnect(&mut self, id: &str, ended: Ended) -> bool {
        let (up, down) = (ConnectionState::Up, ConnectionState::Down);
        let mut message = ConnectionStateChangeMessage::new(false, up, down, &ended.reason);
        message.should_reconnect = Some(ended.should_reconnect);
        let was_up = self.sessions.push(id, Message::from(message).to_json());
        self.sessions.end(id, ended, true);
        was_up
    }
}

/// What the tables have.
impl World {
    /// Puts an item into a table, and sends the difference to those who follow it.
    pub fn put(&mut self, table: &str, id: &str, mut item: Value) {
        self.topics.rewrite_times(table, &mut item);
        let item = Arc::new(item);
        let before = self.tables.put(table, id, Arc::clone(&item));
        if before.as_ref() != Some(&item) {
            self.publish(table, id, before, Some(item));
        }
    }

    /// Changes an item. Returns `None` when there is no such item.
    pub fn change<T>(
        &mut self,
        table: &str,
        id: &str,
        change: impl FnOnce(&mut Value) -> T,
    ) -> Option<T> {
        let mut item = Value::clone(self.tables.get(table, id)?);
        let outcome = change(&mut item);
        self.put(table, id, item);
        Some(outcome)
    }

    /// Takes an item out of a table. Returns false if it was not there.
    pub fn remove(&mut self, table: &str, id: &str) -> bool {
        let before = self.tables.remove(table, id);
        let was_there = before.is_some();
        if was_there {
            self.publish(table, id, before, None);
        }
        was_there
    }

    /// Changes several items of a table as one: what is in between is told to nobody. Within
    /// such a change another one is told item by item.
    pub fn together(&mut self, table: &str, change: impl FnOnce(&mut World)) {
        if self.held.is_some() {
            return change(self);
        }
        self.held = Some((table.to_owned(), Vec::new()));
        change(self);
        if let Some((table, changes)) = self.held.take() {
            self.spread(&table, &changes);
        }
    }

    /// Changes items of a table as one, by their ids.
    pub fn change_all(&mut self, table: &str, ids: &[String], change: impl Fn(&str, &mut Value)) {
        self.together(table, |world| {
            for id in ids {
                world.change(table, id, |item| change(id, item));
            }
        });
    }

    fn publish(
        &mut self,
        table: &str,
        id: &str,
        before: Option<Arc<Value>>,
        now: Option<Arc<Value>>,
    ) {
        self.changes += 1;
        if table == INTERACTIONS {
            let items = before.iter().chain(&now);
            let users = items.flat_map(|item| interaction::users(item));
            self.parties.extend(users.map(str::to_owned));
        }
        let id = id.to_owned();
        let changed = Changed { id, before, now };
        match &mut self.held {
            Some((held, changes)) if held == table => {
                match changes.iter_mut().find(|known| known.id == changed.id) {
                    Some(known) => known.now = changed.now,
                    None => changes.push(changed),
                }
            }
            _ => self.spread(table, &[changed]),
        }
    }

    fn spread(&mut self, table: &str, changes: &[Changed]) {
        self.topics
            .publish(&self.tables, &mut self.sessions, table, changes);
    }

    /// Returns true if a session may follow something more by a path. In place of what
    /// it follows by the same it may follow anything.
    pub fn has_room(&self, session: &str, kind: usize, path: &[String]) -> bool {
        self.topics.count() < self.limits.subscriptions || self.topics.has(session, kind, path)
    }

    /// Lets a session follow a subject, and sends it all that there is.
    pub fn follow(&mut self, session: &str, subject: Subject) {
        let full = self.topics.start(&self.tables, session, subject);
        for message in full {
            self.sessions.push(session, message);
        }
    }

    /// Sends an event to those who follow a subscription. Returns how many subjects
    /// were meant.
    pub fn tell(
        &mut self,
        event: (&str, &str),
        properties: &Value,
        is_meant: impl Fn(&Subject) -> bool,
    ) -> usize {
        self.topics
            .tell(&mut self.sessions, event, properties, is_meant)
    }

    /// Says how a subscription stands to those who follow it. Returns how many
    /// subjects were meant.
    pub fn stand(&mut self, start: &str, standing: Standing) -> usize {
        self.topics.stand(&mut self.sessions, start, standing)
    }
}

/// Interactions.
impl World {
    /// An id that no interaction has.
    pub fn new_interaction_id(&mut self) -> String {
        loop {
            let id = self.number().to_string();
            if self.tables.get(INTERACTIONS, &id).is_none() {
                return id;
            }
        }
    }

    /// Changes a callback; whether there is one.
    pub fn change_callback(&mut self, id: &str, change: impl FnOnce(&mut CallbackState)) -> bool {
        let changed = self.change(INTERACTIONS, id, |item| {
            let Some(mut callback) = interaction::callback_of(item) else {
                return false;
            };
            change(&mut callback);
            id.clone_into(&mut callback.interaction_id);
            interaction::set_callback(item, &callback);
            true
        });
        changed == Some(true)
    }

    /// Forgets an interaction; whether there was one.
    pub fn deallocate(&mut self, id: &str) -> bool {
        let known = self.remove(INTERACTIONS, id);
        self.deallocated(id);
        known
    }

    /// Tells those who follow an interaction that it is gone; they follow it no more.
    pub fn deallocated(&mut self, id: &str) {
        self.ended.retain(|ended| ended != id);
        let event = ("interactions.subscribe", "interactionDeallocatedMessage");
        self.tell(event, &json!({}), |subject| {
            subject.path.iter().any(|own| own == id)
        });
        self.topics.forget(INTERACTIONS, id);
    }
}

impl Ended {
    fn expired() -> Self {
        Ended {
            reason: "The session was not used for too long.".to_owned(),
            should_reconnect: true,
        }
    }

    pub fn removed() -> Self {
        Ended {
            reason: "The user was removed.".to_owned(),
            should_reconnect: false,
        }
    }

    pub fn logged_out() -> Self {
        Ended {
            reason: "The user has logged out.".to_owned(),
            should_reconnect: false,
        }
    }
}
