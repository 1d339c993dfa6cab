//! Texts that may have secrets somewhere in them.

use super::super::exchange::MASKED;
use super::Cleaner;
use super::address::{decoded, encoded};

/// Secrets that are shorter are found in other texts by chance.
const SHORTEST: usize = 6;

/// So many secrets are looked for in other places.
const MOST: usize = 256;

/// What a secret behind its name ends with.
const ENDS: &[char] = &['"', '\'', ';', ',', '&', '<', '>', '}', ']', ')', '\\'];

/// Ways to say who one is, before what proves it.
const SCHEMES: &[&str] = &["bearer", "basic", "digest", "negotiate", "ntlm"];

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

    /// A text that is no secret by its name.
    pub(super) fn text(&mut self, text: &str) -> String {
        let mut text = self.scrubbed(text);
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

    /// Masks what stands behind the name of a secret, `password=…`, `token: …`, and
    /// behind the name of a scheme, `Bearer …`.
    fn scrubbed(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find([':', '=', ' ']) {
            // All three are one byte long.
            let (before, behind) = rest.split_at_checked(at + 1).unwrap_or((rest, ""));
            out.push_str(before);
            rest = behind;
            let name = last_name(before);
            let announces = match before.ends_with(' ') {
                true => is_scheme(name),
                false => !name.is_empty() && self.secrets.has(name),
            };
            if !announces {
                continue;
            }
            let value = rest.trim_start_matches(['"', '\'', '\\', ' ']);
            let opening = rest.len() - value.len();
            out.push_str(rest.get(..opening).unwrap_or_default());
            rest = value;
            // A scheme before a secret is not the secret itself.
            if is_scheme(value.split(' ').next().unwrap_or_default()) {
                continue;
            }
            let end = value.find(|c: char| c.is_whitespace() || ENDS.contains(&c));
            let end = end.unwrap_or(value.len());
            if end > 0 {
                self.learn(value.get(..end).unwrap_or_default());
                out.push_str(MASKED);
            }
            rest = value.get(end..).unwrap_or_default();
        }
        out.push_str(rest);
        out
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

/// The name that a text ends with, before a mark and quotes.
fn last_name(text: &str) -> &str {
    let bare = text.trim_end_matches([':', '=', '"', '\'', '\\', ' ']);
    let is_other = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.');
    bare.rsplit(is_other).next().unwrap_or_default()
}

fn is_scheme(word: &str) -> bool {
    SCHEMES
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}
