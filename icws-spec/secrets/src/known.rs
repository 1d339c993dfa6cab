//! Secrets that are known, in texts of which no name is.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::MASKED;
use crate::decode::decoded;
use crate::header::is_attribute;
use crate::names::is_word;

/// A shorter secret is not looked for: it would be found everywhere. [`MASKED`] is shorter.
const SHORTEST: usize = 6;

/// Of a longer secret so many bytes are looked for, so that many secrets are of a bounded
/// size.
const LONGEST: usize = 1024;

/// Secrets that were met, and that may be repeated elsewhere. The last so many are kept.
///
/// A text is looked through once, however many they are.
#[derive(Clone)]
pub struct Known {
    /// In the order in which they were met.
    secrets: VecDeque<Arc<Secret>>,
    most: usize,
    /// The same by the bytes that they begin with.
    by_start: HashMap<u64, Vec<Arc<Secret>>, BuildHasherDefault<Spread>>,
}

struct Secret {
    text: Box<str>,
    /// Whether this is the start of a longer one.
    is_cut: bool,
}

/// So many secrets of traffic are looked for: each session has two or three. With what is
/// looked for of each they take 4 MiB at most.
const MOST: usize = 4096;

impl Default for Known {
    /// Keeps the last 4,096 secrets.
    fn default() -> Self {
        Known::new(MOST)
    }
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
            by_start: HashMap::default(),
        }
    }

    /// Adds a secret, unless it is too short to be told from other texts, or a word such as
    /// `password`, which would be found in names.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if secret.len() < SHORTEST || is_word(secret) || self.has(start(secret)) {
            return;
        }
        // As it stands in JSON that is a text itself.
        if secret.contains(['"', '\\']) {
            self.add_text(&secret.replace('\\', "\\\\").replace('"', "\\\""));
        }
        self.add_text(secret);
    }

    fn add_text(&mut self, secret: &str) {
        let text = start(secret);
        self.push(Arc::new(Secret {
            is_cut: text.len() < secret.len(),
            text: text.into(),
        }));
    }

    /// Adds those that others are, and that are not known yet.
    pub fn add_all(&mut self, other: &Known) {
        for secret in &other.secrets {
            if !self.has(&secret.text) {
                self.push(Arc::clone(secret));
            }
        }
    }

    /// Returns true if all that others are is known.
    pub fn has_all(&self, other: &Known) -> bool {
        other.secrets.iter().all(|secret| self.has(&secret.text))
    }

    fn has(&self, text: &str) -> bool {
        let alike = first(text.as_bytes()).and_then(|start| self.by_start.get(&start));
        alike.is_some_and(|alike| alike.iter().any(|own| *own.text == *text))
    }

    fn push(&mut self, secret: Arc<Secret>) {
        while self.secrets.len() >= self.most {
            let Some(oldest) = self.secrets.pop_front() else {
                return;
            };
            self.forget(&oldest);
        }
        if let Some(start) = first(secret.text.as_bytes()) {
            let alike = self.by_start.entry(start).or_default();
            alike.push(Arc::clone(&secret));
            self.secrets.push_back(secret);
        }
    }

    fn forget(&mut self, secret: &Arc<Secret>) {
        let Some(start) = first(secret.text.as_bytes()) else {
            return;
        };
        if let Some(alike) = self.by_start.get_mut(&start) {
            alike.retain(|own| !Arc::ptr_eq(own, secret));
            if alike.is_empty() {
                self.by_start.remove(&start);
            }
        }
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

    /// Adds the values of a header of cookies. Tools join several headers by a comma, which a
    /// value may have, too.
    pub fn add_cookies(&mut self, value: &str) {
        for part in value.split(';') {
            for pair in std::iter::once(part).chain(part.split(',')) {
                let Some((name, value)) = pair.split_once('=') else {
                    continue;
                };
                if !is_attribute(name.trim()) {
                    self.add_cookie(value);
                }
            }
        }
    }

    /// Adds the value of a cookie: as a whole, without the quotes around it, and without what
    /// ICWS servers put behind a `|`.
    pub fn add_cookie(&mut self, value: &str) {
        let value = value.trim();
        let plain = value.trim_matches('"');
        self.add(value);
        self.add(plain);
        self.add(plain.split('|').next().unwrap_or_default());
    }

    /// Returns true if one of them is in a text, also escaped for an address or a page.
    pub fn is_in(&self, text: &str) -> bool {
        let has = |text: &str| self.found(text).next().is_some();
        !self.secrets.is_empty() && (has(text) || decoded(text).is_some_and(|text| has(&text)))
    }

    /// Returns the text with [`MASKED`] in the places where they are, and in its place where
    /// they are in it escaped.
    pub fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let masked = self.replaced(text);
        match self.is_in(&masked) {
            true => Cow::Borrowed(MASKED),
            false => masked,
        }
    }

    /// Returns the text with [`MASKED`] in the places where they are as they are.
    pub fn replaced<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.secrets.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut masked, mut shown) = (String::new(), 0);
        for (at, secret) in self.found(text) {
            // Where a longer one ends nobody can tell.
            if secret.is_cut {
                return Cow::Borrowed(MASKED);
            }
            // What is within another one, or goes on behind it, goes with it.
            if masked.is_empty() || at > shown {
                masked.push_str(text.get(shown..at).unwrap_or_default());
                masked.push_str(MASKED);
            }
            shown = shown.max(at + secret.text.len());
        }
        if masked.is_empty() {
            return Cow::Borrowed(text);
        }
        masked.push_str(text.get(shown..).unwrap_or_default());
        Cow::Owned(masked)
    }

    /// Where they are in a text, from its start on.
    fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'t Secret)> {
        let starts = text.as_bytes().windows(SHORTEST).enumerate();
        starts.flat_map(move |(at, bytes)| {
            let alike = first(bytes).and_then(|start| self.by_start.get(&start));
            let alike = alike.into_iter().flatten();
            let behind = text.as_bytes().get(at..).unwrap_or_default();
            let found = alike.filter(move |own| behind.starts_with(own.text.as_bytes()));
            found.map(move |own| (at, &**own))
        })
    }
}

/// The first bytes of a secret, which has so many.
fn first(bytes: &[u8]) -> Option<u64> {
    let bytes = bytes.get(..SHORTEST)?.iter();
    Some(bytes.fold(0, |start, byte| start << 8 | u64::from(*byte)))
}

/// The part of a secret that is looked for.
fn start(secret: &str) -> &str {
    let mut end = secret.len().min(LONGEST);
    while !secret.is_char_boundary(end) {
        end -= 1;
    }
    secret.get(..end).unwrap_or_default()
}

/// Spreads the first bytes of secrets. Each byte of each text is looked up, which takes
/// the hasher of the standard library longer than all else.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
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
    fn the_values_of_cookies_are_secrets_and_their_attributes_are_none() {
        let mut known = Known::new(16);
        known.add_cookies("icws_1=hush-1|languageId=en-us; other=hush,2==");
        for secret in ["hush-1", "hush-1|languageId=en-us", "hush,2=="] {
            assert!(known.is_in(secret), "{secret}");
        }
        known.add_cookies("a=hush-3; Path=/icws/17; Max-Age=1000000, b=hush-4; Domain=cic.example");
        assert!(known.is_in("hush-3") && known.is_in("hush-4"));
        for open in ["/icws/17", "1000000", "cic.example", "en-us"] {
            assert!(!known.is_in(open), "{open}");
        }
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

    #[test]
    fn a_secret_is_found_in_json_within_a_text() {
        let mut known = Known::new(2);
        known.add(r#"hush"47\11"#);
        assert!(known.is_in(r#"{"a":"hush\"47\\11"}"#) && known.is_in(r#"hush"47\11"#));
    }

    #[test]
    fn a_word_that_names_secrets_is_not_looked_for() {
        let mut known = Known::new(4);
        for secret in ["password", "Secret", "password1"] {
            known.add(secret);
        }
        assert!(!known.is_in("password-policies, clientSecret, Secret"));
        assert!(known.is_in("password1"));
    }

    #[test]
    fn those_that_overlap_go_together() {
        let mut known = Known::new(8);
        for secret in ["hush-4711", "4711-hush", "hush-4711-more"] {
            known.add(secret);
        }
        assert_eq!(known.masked("a hush-4711-hush b"), "a *** b");
        assert_eq!(known.masked("hush-4711-moreé"), "***é");
        assert_eq!(known.masked("é"), "é");
        assert_eq!(known.replaced("hush-4711 hush%2D4711"), "*** hush%2D4711");
    }

    #[test]
    fn the_start_of_a_long_secret_is_enough() {
        let mut known = Known::new(8);
        let long = "é".repeat(LONGEST);
        known.add(&long);
        known.add(&long);
        assert_eq!(known.secrets.len(), 1);
        assert!(known.is_in(&long) && !known.is_in(&"é".repeat(SHORTEST)));
        assert_eq!(known.masked(&format!("a {long} b")), "***");
    }

    #[test]
    fn cookies_are_known_without_quotes_and_languages() {
        let mut known = Known::new(8);
        known.add_cookies("a=\"hush-1\"; b=hush-2|languageId=en-us; c=\"hush-3|x\"");
        for secret in ["hush-1", "hush-2", "hush-3"] {
            assert!(known.is_in(secret), "{secret}");
        }
    }

    #[test]
    fn what_others_know_is_added() {
        let (mut known, mut other) = (Known::new(2), Known::new(2));
        known.add("hush-1");
        other.add("hush-1");
        assert!(known.has_all(&other));
        other.add("hush-2");
        assert!(!known.has_all(&other));
        known.add_all(&other);
        assert!(known.has_all(&other) && known.is_in("hush-1"));
        known.add("hush-3");
        assert!(!known.is_in("hush-1") && known.by_start.len() == 2);
    }

    #[test]
    fn no_secret_is_in_debug_texts() {
        let mut known = Known::new(2);
        known.add("hush-4711");
        assert_eq!(format!("{known:?}"), "Known(1 of at most 2)");
    }
}
