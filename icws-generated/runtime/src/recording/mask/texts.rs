//! Secrets that are known, in texts of which no name is.

/// A shorter secret is not looked for: it would be found everywhere.
const SHORTEST: usize = 6;

/// So many secrets of one exchange are looked for.
const MOST: usize = 64;

/// Secrets of an exchange, which may be repeated elsewhere in it.
#[derive(Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    /// Adds a secret.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() >= SHORTEST && self.0.len() < MOST && !self.0.iter().any(|s| s == secret) {
            self.0.push(secret.to_owned());
        }
    }

    /// Returns true if one of them is in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.as_str()))
    }
}
