//! Texts that may have secrets somewhere in them.

use super::super::exchange::MASKED;
use super::Cleaner;
use super::address::{decoded, encoded};

/// Secrets that are shorter are found in other texts by chance.
const SHORTEST: usize = 6;

/// So many secrets are looked for in other places.
const MOST: usize = 256;

impl Cleaner<'_> {
    /// Remembers a secret, to find it elsewhere.
    pub(super) fn learn(&mut self, secret: &str) {
        if secret.len() < SHORTEST || secret == MASKED || self.known.iter().any(|own| own == secret)
        {
            return;
        }
        if self.known.len() >= MOST {
            self.known.remove(0);
        }
        self.known.push(secret.to_owned());
    }

    /// A text that is no secret by its name. One that holds a secret is masked as a
    /// whole, as in recordings: where a secret ends in a text, nobody can tell.
    pub(super) fn text(&mut self, text: &str) -> String {
        if self.secrets.are_in(text) {
            return MASKED.to_owned();
        }
        let mut text = text.to_owned();
        for secret in &self.known {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), MASKED);
            }
        }
        text
    }

    /// A text that may be of a person.
    pub(super) fn personal(&mut self, text: &str) -> String {
        let text = self.text(text);
        match &self.pseudonyms {
            Some(pseudonyms) => pseudonyms.of(&text),
            None => text,
        }
    }

    /// A query, or a form.
    pub(super) fn query(&mut self, query: &str) -> String {
        let pairs = query.split('&').map(|pair| {
            let Some((name, value)) = pair.split_once('=') else {
                return self.personal(pair);
            };
            let plain = decoded(name);
            let value = self.named(&plain, &decoded(value));
            format!("{name}={}", encoded(&value))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The value of a parameter or header.
    pub(super) fn named(&mut self, name: &str, value: &str) -> String {
        if !self.secrets.has(name) {
            return self.personal(value);
        }
        self.learn(value);
        if value.is_empty() {
            String::new()
        } else {
            MASKED.to_owned()
        }
    }
}
