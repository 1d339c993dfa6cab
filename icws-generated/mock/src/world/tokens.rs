//! Tokens that stand for a user, each good for one connection.

use std::collections::{HashMap, VecDeque};

use super::is_same_name;

/// A token that a session asked for on behalf of another one.
pub(crate) struct AuthToken {
    pub source_session: String,
    pub seed: String,
    pub token: String,
}

/// So many tokens of a kind are kept; of more the oldest are forgotten.
const KEPT: usize = 1_000;

/// The tokens that can be used.
#[derive(Default)]
pub(crate) struct Tokens {
    /// The users by name with their passwords.
    pub users: HashMap<String, String>,
    auth: VecDeque<AuthToken>,
    single_sign_on: VecDeque<String>,
}

impl Tokens {
    /// A user by a name in any case, and the password. One who is spelled like the name goes
    /// before.
    pub fn user(&self, name: &str) -> Option<(&str, &str)> {
        let found = self.users.get_key_value(name);
        let mut all = self.users.iter();
        let found = found.or_else(|| all.find(|(known, _)| is_same_name(known, name)));
        found.map(|(known, password)| (known.as_str(), password.as_str()))
    }

    pub fn add_auth(&mut self, token: AuthToken) {
        keep(&mut self.auth, token);
    }

    pub fn add_single_sign_on(&mut self, token: String) {
        keep(&mut self.single_sign_on, token);
    }

    /// Uses a token up; whether it was good. The seed is a GUID, whose case
    /// does not matter.
    pub fn use_auth(&mut self, given: &AuthToken) -> bool {
        let found = self.auth.iter().position(|known| {
            known.token == given.token
                && known.source_session == given.source_session
                && known.seed.eq_ignore_ascii_case(&given.seed)
        });
        found.and_then(|index| self.auth.remove(index)).is_some()
    }

    /// Uses a token up; whether it was good.
    pub fn use_single_sign_on(&mut self, token: &str) -> bool {
        let found = self.single_sign_on.iter().position(|known| known == token);
        found
            .and_then(|index| self.single_sign_on.remove(index))
            .is_some()
    }
}

fn keep<T>(tokens: &mut VecDeque<T>, token: T) {
    if tokens.len() >= KEPT {
        tokens.pop_front();
    }
    tokens.push_back(token);
}
