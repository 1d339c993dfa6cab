//! The state of the server: sessions, interactions, tokens. Every change is made
//! here, so that the sessions that watch it receive a message.

mod interaction;
mod session;
mod tokens;

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use icws_generated::Message;
use icws_generated::connection::{ConnectionState, ConnectionStateChangeMessage};
use icws_generated::interactions::InteractionDeallocatedMessage;
use icws_generated::interactions::callback::CallbackState;

use super::callback::Callback;
pub(super) use interaction::{Interaction, REMOTE_ID, STATE, attributes_message, callback_message};
pub(super) use session::{Ended, Next, Session};
pub(super) use tokens::{AuthToken, Tokens};

/// The state of the server.
pub(super) struct World {
    /// By id, those that have ended among them.
    pub sessions: BTreeMap<String, Session>,
    pub interactions: BTreeMap<String, Interaction>,
    pub tokens: Tokens,
    /// The operations that were taken out of the API.
    pub gone: HashSet<String>,
    idle_timeout: Option<Duration>,
    random: fastrand::Rng,
    last_session: u64,
    last_interaction: u64,
}

/// Ids of sessions are above 32 bits on live servers, and no two servers of one
/// test should hand out the same.
const FIRST_SESSION: u64 = 2_444_387_001;
const FIRST_INTERACTION: u64 = 2_001_234_566;

/// Lengths in characters, as seen on live servers.
const TOKEN_LENGTH: usize = 98;
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl World {
    pub fn new(idle_timeout: Option<Duration>) -> Self {
        let mut random = fastrand::Rng::new();
        World {
            sessions: BTreeMap::new(),
            interactions: BTreeMap::new(),
            tokens: Tokens::default(),
            gone: HashSet::new(),
            idle_timeout,
            last_session: FIRST_SESSION + 1000 * random.u64(..1_000_000),
            last_interaction: FIRST_INTERACTION,
            random,
        }
    }

    /// Makes a session.
    pub fn connect(&mut self, user: &str) -> &mut Session {
        self.last_session += 1;
        let id = self.last_session.to_string();
        let token: String = (0..TOKEN_LENGTH)
            .filter_map(|_| self.random.choice(BASE64))
            .map(|byte| char::from(*byte))
            .collect();
        let session = Session::new(
            id.clone(),
            format!("{token}=="),
            format!("{}|languageId=en-us", self.guid()),
            user.to_owned(),
        );
        self.sessions.entry(id).or_insert(session)
    }

    fn guid(&mut self) -> String {
        let bits = self.random.u128(..);
        let digits = format!("{bits:032x}");
        let mut guid = String::with_capacity(36);
        for (index, digit) in digits.chars().enumerate() {
            if matches!(index, 8 | 12 | 16 | 20) {
                guid.push('-');
            }
            guid.push(digit);
        }
        guid
    }

    /// Ends a session; whether it was up.
    pub fn end_session(&mut self, id: &str, ended: Ended) -> bool {
        let session = self.sessions.get_mut(id).filter(|session| session.is_up());
        session.map(|session| session.end(ended, false)).is_some()
    }

    /// Ends a session as if it had not been used for too long.
    pub fn expire_session(&mut self, id: &str) -> bool {
        self.end_session(id, Ended::expired())
    }

    /// Ends the sessions that have not been used for too long. An open stream
    /// is a use.
    pub fn expire_idle(&mut self) {
        let Some(timeout) = self.idle_timeout else {
            return;
        };
        let now = Instant::now();
        for session in self.sessions.values_mut() {
            let idle = now.saturating_duration_since(session.used) >= timeout;
            if session.is_up() && !session.is_streaming() && idle {
                session.end(Ended::expired(), false);
            }
        }
    }

    /// Ends a session from the side of the server. The session receives a message
    /// about it, and can still fetch its queue. Returns false if it was not up.
    pub fn disconnect(&mut self, id: &str, ended: Ended) -> bool {
        let Some(session) = self.sessions.get_mut(id).filter(|session| session.is_up()) else {
            return false;
        };
        let (up, down) = (ConnectionState::Up, ConnectionState::Down);
        let mut message = ConnectionStateChangeMessage::new(false, up, down, &ended.reason);
        message.should_reconnect = Some(ended.should_reconnect);
        session.push(&Message::from(message));
        session.end(ended, true);
        true
    }

    /// An id that no interaction has.
    pub fn new_interaction_id(&mut self) -> String {
        loop {
            self.last_interaction += 1;
            let id = self.last_interaction.to_string();
            if !self.interactions.contains_key(&id) {
                return id;
            }
        }
    }

    /// Puts an interaction into the world. It replaces an interaction with the
    /// same id, and the sessions that watch that one receive the difference.
    pub fn put(&mut self, id: &str, interaction: Interaction) {
        let before = self.interactions.insert(id.to_owned(), interaction);
        if let Some(before) = before {
            self.publish(id, &before);
        }
    }

    /// Puts a callback into the world.
    pub fn create_callback(&mut self, id: &str, callback: Callback) {
        let (mut state, attributes) = callback.into_parts();
        id.clone_into(&mut state.interaction_id);
        self.put(id, Interaction::callback(state, attributes));
    }

    /// Changes a callback; whether there is one.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut CallbackState)) -> bool {
        self.change_interaction(id, |interaction| {
            let Some(callback) = &mut interaction.callback else {
                return false;
            };
            change(callback);
            id.clone_into(&mut callback.interaction_id);
            interaction.follow_target();
            true
        })
        .unwrap_or(false)
    }

    /// Changes an interaction, and sends the difference to the sessions that watch
    /// it. Returns `None` when there is no such interaction.
    pub fn change_interaction<T>(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Interaction) -> T,
    ) -> Option<T> {
        let interaction = self.interactions.get_mut(id)?;
        let before = interaction.clone();
        let outcome = change(interaction);
        self.publish(id, &before);
        Some(outcome)
    }

    /// Sends the difference of an interaction to the sessions that watch it.
    fn publish(&mut self, id: &str, before: &Interaction) {
        let Some(now) = self.interactions.get(id).filter(|now| *now != before) else {
            return;
        };
        let of_callback = now
            .callback
            .as_ref()
            .and_then(|callback| callback_message(before.callback.as_ref(), callback))
            .map(Message::from);
        for session in self.sessions.values_mut().filter(|s| s.is_up()) {
            if let Some(message) = of_callback
                .as_ref()
                .filter(|_| session.callbacks.contains(id))
            {
                session.push(message);
            }
            let names = session.attributes.get(id);
            let message = names.and_then(|names| attributes_message(id, Some(before), now, names));
            if let Some(message) = message {
                session.push(&Message::from(message));
            }
        }
    }

    /// Forgets an interaction; whether there was one.
    pub fn deallocate(&mut self, id: &str) -> bool {
        let known = self.interactions.remove(id).is_some();
        for session in self.sessions.values_mut() {
            session.callbacks.remove(id);
            if session.attributes.remove(id).is_some() {
                let message = InteractionDeallocatedMessage::new(false, id);
                session.push(&Message::from(message));
            }
        }
        known
    }
}

impl Ended {
    fn expired() -> Self {
        Ended {
            reason: "The session was not used for too long.".to_owned(),
            should_reconnect: true,
        }
    }

    pub fn logged_out() -> Self {
        Ended {
            reason: "The user has logged out.".to_owned(),
            should_reconnect: false,
        }
    }
}
