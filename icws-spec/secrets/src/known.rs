//! Secrets that are known, in texts of which no name is.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::MASKED;
use crate::decode::decoded;

/// A shorter secret is not looked for: it would be found everywhere. [`MASKED`] is shorter.
const SHORTEST: usize = 6;

/// Secrets that were met, and that may be repeated elsewhere. The last so many are kept.
pub struct Known {
    secrets: VecDeque<String>,
    most: usize,
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, most) = (self.secrets.len(), self.most);
        write!(f, "Known({count} of at most {most})")
    }
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

    /// Adds the value of a header that is secret: all of it, what stands behind the name of
    /// its scheme, and the password in it.
    pub fn add_header(&mut self, value: &str) {
        self.add(value);
        let Some((scheme, rest)) = value.trim().split_once(' ') else {
            return;
        };
        self.add(rest);
        if scheme.eq_ignore_ascii_case("basic") {
            let pair = STANDARD.decode(rest.trim()).ok();
            let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
            if let Some((_, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
                self.add(password);
            }
        }
    }

    /// Returns true if one of them is in a text, also escaped for an address or a page.
    pub fn is_in(&self, text: &str) -> bool {
        let has = |text: &str| {
            let mut secrets = self.secrets.iter();
            secrets.any(|secret| text.contains(secret.as_str()))
        };
        has(text) || !self.secrets.is_empty() && decoded(text).is_some_and(|text| has(&text))
    }

    /// Returns the text with [`MASKED`] in the places where they are, and in its place where
    /// they are in it escaped.
    pub fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut masked = Cow::Borrowed(text);
        for secret in &self.secrets {
            if masked.contains(secret.as_str()) {
                masked = Cow::Owned(masked.replace(secret.as_str(), MASKED));
            }
        }
        if self.is_in(&masked) {
            return Cow::Borrowed(MASKED);
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_header_is_one() {
        let mut known = Known::new(4);
        known.add_header("Basic YWRhOmh1c2gtNDcxMQ==");
        assert!(known.is_in("a hush-4711 b") && known.is_in("YWRhOmh1c2gtNDcxMQ=="));
        known.add_header("Bearer other-hush");
        assert!(known.is_in("other-hush") && !known.is_in("Bearer"));
    }

    #[test]
    fn the_last_secrets_that_are_long_enough_are_found() {
        let mut known = Known::new(2);
        for secret in ["hush1", "first-hush", " second-hush ", "second-hush"] {
            known.add(secret);
        }
        assert_eq!(known.masked("a second-hush, first-hush"), "a ***, ***");
        assert!(!known.is_in("hush1"));
        assert_eq!(known.masked("a second%2Dhush"), "***");
        known.add("third-hush");
        assert!(known.is_in("third-hush") && !known.is_in("first-hush"));
    }
}
