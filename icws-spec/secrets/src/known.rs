//! Secrets that are known, in texts of which no name is.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::MASKED;

/// A shorter secret is not looked for: it would be found everywhere.
const SHORTEST: usize = 6;

/// Secrets that were met, and that may be repeated elsewhere. The last so many are kept.
#[derive(Debug)]
pub struct Known {
    secrets: VecDeque<String>,
    most: usize,
}

impl Known {
    /// Keeps `most` secrets.
    pub fn new(most: usize) -> Self {
        Known {
            secrets: VecDeque::new(),
            most,
        }
    }

    /// Adds a secret, unless it is too short to be told from other texts.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() < SHORTEST || self.secrets.iter().any(|own| own == secret) {
            return;
        }
        if self.secrets.len() >= self.most {
            self.secrets.pop_front();
        }
        self.secrets.push_back(secret.to_owned());
    }

    /// Returns true if one of them is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()))
    }

    /// Returns the text with [`MASKED`] in the places where they are.
    pub fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for secret in &self.secrets {
            if masked.contains(secret.as_str()) {
                masked = Cow::Owned(masked.replace(secret.as_str(), MASKED));
            }
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_secrets_that_are_long_enough_are_found() {
        let mut known = Known::new(2);
        for secret in ["hush1", "first-hush", " second-hush ", "second-hush"] {
            known.add(secret);
        }
        assert_eq!(known.masked("a second-hush, first-hush"), "a ***, ***");
        assert!(!known.is_in("hush1"));
        known.add("third-hush");
        assert!(known.is_in("third-hush") && !known.is_in("first-hush"));
    }
}
