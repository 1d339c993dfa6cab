//! Texts that may have secrets somewhere in them.

use super::super::exchange::MASKED;
use super::super::secrets::decoded;
use super::Cleaner;
use super::address::encoded;

impl Cleaner<'_> {
    /// A text that is no secret by its name. One that holds a secret is masked as a
    /// whole, as in recordings: where a secret ends in a text, nobody can tell.
    pub(super) fn text(&mut self, text: &str) -> String {
        if self.secrets.names.are_in(text) {
            return MASKED.to_owned();
        }
        self.known.masked(text).into_owned()
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
        self.secrets.learn_form(query, &mut self.known);
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

    /// The value of a parameter.
    pub(super) fn named(&mut self, name: &str, value: &str) -> String {
        if !self.secrets.names.is_secret_parameter(name) {
            return self.personal(value);
        }
        self.known.add(value);
        if value.is_empty() {
            String::new()
        } else {
            MASKED.to_owned()
        }
    }
}
