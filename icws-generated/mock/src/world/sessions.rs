//! Which sessions there are, and whose have come or gone. A session can end when a message
//! does not fit into its queue, so all that fills queues or ends sessions is done here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use bytes::Bytes;

use super::session::{Ended, Session};

/// What stands in a path where the id of a session does: behind the root of the API, which
/// may be in capitals, and have the path of a proxy before it.
pub(crate) fn place_of_id(path: &str) -> Option<&str> {
    let mut pieces = path.split('/').filter(|piece| !piece.is_empty());
    pieces.find(|piece| piece.eq_ignore_ascii_case("icws"))?;
    pieces.next()
}

/// The sessions by their ids, those that have ended among them.
#[derive(Default)]
pub(crate) struct Sessions {
    all: BTreeMap<String, Session>,
    /// How many sessions are up, by their users.
    up: HashMap<String, usize>,
    moves: Moves,
}

/// What bounds the sessions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How long a session may be unused.
    pub idle: Option<Duration>,
    /// How many messages wait for a session; one that nobody reads ends then.
    pub waiting: usize,
    /// How many sessions there are at a time.
    pub sessions: usize,
    /// How many subscriptions all of them have at a time.
    pub subscriptions: usize,
    /// How many sessions that have ended are kept, to tell how they stand.
    pub kept_sessions: usize,
}

/// What has come and gone since it was last asked for.
#[derive(Default)]
pub(crate) struct Moves {
    /// The users of sessions that have come or ended.
    pub users: BTreeSet<String>,
    /// The sessions that have ended.
    pub ended: Vec<String>,
}

impl Sessions {
    pub fn get(&self, id: &str) -> Option<&Session> {
        self.all.get(id)
    }

    /// A session, to read its queue or to note that it was used.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.all.get_mut(id)
    }

    pub fn values(&self) -> impl Iterator<Item = &Session> {
        self.all.values()
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Session> {
        self.all.values_mut()
    }

    /// The sessions that are up.
    pub fn up(&self) -> impl Iterator<Item = &Session> {
        self.values().filter(|session| session.is_up())
    }

    /// How many sessions are up.
    pub fn count(&self) -> usize {
        self.up.values().sum()
    }

    /// How many sessions there are, those that have ended among them.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns true if a user has a session.
    pub fn has(&self, user: &str) -> bool {
        self.up.contains_key(user)
    }

    /// Adds a session that is up.
    pub fn add(&mut self, session: Session) -> &mut Session {
        *self.up.entry(session.user.clone()).or_default() += 1;
        self.moves.users.insert(session.user.clone());
        self.all.entry(session.id.clone()).or_insert(session)
    }

    /// Ends a session; whether it was up. Messages that wait can still be read if
    /// `readable`.
    pub fn end(&mut self, id: &str, ended: Ended, readable: bool) -> bool {
        let Some(session) = self.all.get_mut(id).filter(|session| session.is_up()) else {
            return false;
        };
        session.end(ended, readable);
        let user = session.user.clone();
        self.gone(id, user);
        true
    }

    fn gone(&mut self, id: &str, user: String) {
        if let Some(count) = self.up.get_mut(&user) {
            *count -= 1;
            if *count == 0 {
                self.up.remove(&user);
            }
        }
        self.moves.users.insert(user);
        self.moves.ended.push(id.to_owned());
    }

    /// Forgets a session that has ended.
    pub fn forget(&mut self, id: &str) {
        self.all.remove(id);
    }

    /// Puts a message, or a text that may be anything, into the queue of a session. Returns
    /// false if it is not up.
    pub fn push(&mut self, id: &str, message: Bytes) -> bool {
        let Some(session) = self.all.get_mut(id).filter(|session| session.is_up()) else {
            return false;
        };
        session.push(message);
        if !session.is_up() {
            let user = session.user.clone();
            self.gone(id, user);
        }
        true
    }

    /// Puts it into the queues of all sessions.
    pub fn push_all(&mut self, message: &Bytes) {
        let ids: Vec<String> = self.up().map(|session| session.id.clone()).collect();
        for id in ids {
            self.push(&id, message.clone());
        }
    }

    /// What has come and gone since this was last asked for.
    pub fn moves(&mut self) -> Moves {
        std::mem::take(&mut self.moves)
    }
}
