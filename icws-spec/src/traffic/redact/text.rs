//! Texts that may have secrets somewhere in them, and addresses.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::super::exchange::MASKED;
use super::super::route::Routed;
use super::Cleaner;
use crate::api::Segment;

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
            let (before, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let mark = behind.chars().next().unwrap_or(' ');
            let behind = behind.get(1..).unwrap_or_default();
            out.push_str(before);
            out.push(mark);
            rest = behind;
            let bare = before.trim_end_matches(['"', '\'', '\\', ' ']);
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            let start = bare.rfind(|c: char| !is_name(c));
            let start = start.map_or(0, |at| {
                at + bare
                    .get(at..)
                    .and_then(|c| c.chars().next())
                    .map_or(1, char::len_utf8)
            });
            let name = bare.get(start..).unwrap_or_default();
            let is_scheme = SCHEMES
                .iter()
                .any(|scheme| name.eq_ignore_ascii_case(scheme));
            let is_secret = mark != ' ' && !name.is_empty() && self.secrets.has(name);
            if !is_secret && !(mark == ' ' && is_scheme) {
                continue;
            }
            let opening = rest.len() - rest.trim_start_matches(['"', '\'', '\\', ' ']).len();
            let (open, value) = rest.split_at_checked(opening).unwrap_or(("", rest));
            out.push_str(open);
            // A scheme before a secret is not the secret itself.
            let first = value.split(' ').next().unwrap_or_default();
            if SCHEMES
                .iter()
                .any(|scheme| first.eq_ignore_ascii_case(scheme))
            {
                rest = value;
                continue;
            }
            let end = value.find(|c: char| c.is_whitespace() || ENDS.contains(&c));
            let (secret, after) = value
                .split_at_checked(end.unwrap_or(value.len()))
                .unwrap_or((value, ""));
            if !secret.is_empty() {
                self.learn(secret);
                out.push_str(MASKED);
            }
            rest = after;
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

    /// Returns true if an address is one of ICWS.
    pub(super) fn is_ours(&self, method: &str, url: &str) -> bool {
        !matches!(self.routes.find(method, url).0, Routed::Foreign)
    }

    /// An address. Of one that is not of ICWS the host is left.
    pub(super) fn address(&mut self, method: &str, url: &str) -> String {
        let (routed, target) = self.routes.find(method, url);
        let (address, query) = match url.split(['#']).next().unwrap_or_default().split_once('?') {
            Some((address, query)) => (address, Some(query)),
            None => (url.split('#').next().unwrap_or_default(), None),
        };
        let (origin, path) = match address.find("://") {
            Some(scheme) => {
                let host = address.get(scheme + 3..).unwrap_or_default();
                let end = host.find('/').map_or(address.len(), |at| scheme + 3 + at);
                address.split_at_checked(end).unwrap_or((address, ""))
            }
            None => ("", address),
        };
        let names: Vec<Option<&str>> = match &routed {
            Routed::Operation(found) => names(&found.resource.segments),
            Routed::NoMethod(resource) => names(&resource.segments),
            Routed::NoPath => vec![None; target.pieces.len()],
            Routed::Foreign => {
                let origin = self.origin(origin);
                let rest = if path.len() > 1 || query.is_some() {
                    "/***"
                } else {
                    path
                };
                return format!("{origin}{rest}");
            }
        };
        let count = path.split('/').filter(|piece| !piece.is_empty()).count();
        let skipped = count.saturating_sub(target.pieces.len());
        let mut position = 0usize;
        let pieces: Vec<&str> = path.split('/').collect();
        let pieces = pieces.into_iter().map(|piece| {
            if piece.is_empty() {
                return String::new();
            }
            let index = position;
            position += 1;
            let name = index
                .checked_sub(skipped)
                .and_then(|index| names.get(index));
            match name.copied().flatten() {
                Some(name) => encoded(&self.named(name, &decoded(piece))),
                None if self.routes.is_known(piece) || piece.eq_ignore_ascii_case("icws") => {
                    piece.to_owned()
                }
                None => encoded(&self.personal(&decoded(piece))),
            }
        });
        let path = pieces.collect::<Vec<_>>().join("/");
        let query = query.map(|query| format!("?{}", self.query(query)));
        let origin = self.origin(origin);
        format!("{origin}{path}{}", query.unwrap_or_default())
    }

    /// Scheme and host, without a user and a password before it.
    fn origin(&mut self, origin: &str) -> String {
        let (scheme, host) = origin.split_once("://").unwrap_or(("", origin));
        let host = match host.rsplit_once('@') {
            Some((user, host)) => {
                let password = user
                    .split_once(':')
                    .map(|(_, password)| password.to_owned());
                password.iter().for_each(|password| self.learn(password));
                host
            }
            None => host,
        };
        if host.is_empty() {
            return origin.to_owned();
        }
        let host = match &self.pseudonyms {
            Some(pseudonyms) => {
                let name = host.split(':').next().unwrap_or_default();
                let port = host.get(name.len()..).unwrap_or_default();
                let name = pseudonyms.of(name).to_ascii_lowercase();
                format!("{name}.example{port}")
            }
            None => host.to_owned(),
        };
        format!("{scheme}://{host}")
    }
}

/// The names of the parameters of a path, by its pieces.
fn names(segments: &[Segment]) -> Vec<Option<&str>> {
    let names = segments.iter().map(|segment| match segment {
        Segment::Literal(_) => None,
        Segment::Parameter(name) => Some(name.as_str()),
    });
    names.collect()
}

pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The text as it stands in an address, as readable as it may be.
pub(super) fn encoded(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b',')
        .remove(b'*')
        .remove(b'+')
        .remove(b':');
    utf8_percent_encode(text, KEPT).to_string()
}
