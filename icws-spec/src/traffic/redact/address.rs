//! Addresses: what is a parameter in them, and what is not of ICWS.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::exchange::MASKED;
use super::super::route::{Routed, split, split_user};
use super::super::secrets::decoded;
use super::Cleaner;
use crate::api::Segment;

impl Cleaner<'_> {
    /// Returns true if an address is one of ICWS.
    pub(super) fn is_ours(&self, method: &str, url: &str) -> bool {
        !matches!(self.routes.find(method, url).0, Routed::Foreign)
    }

    /// An address. Of one that is not of ICWS the host is left.
    pub(super) fn address(&mut self, method: &str, url: &str) -> String {
        let url = &self.without_user(url);
        let (routed, target) = self.routes.find(method, url);
        let (origin, path, query) = split(url);
        let origin = self.origin(origin);
        let names = match &routed {
            Routed::Operation(found) => names(&found.resource.segments),
            Routed::NoMethod(resource) => names(&resource.segments),
            Routed::NoPath => Vec::new(),
            Routed::Foreign if path.len() > 1 || !query.is_empty() => {
                return format!("{origin}/{MASKED}");
            }
            Routed::Foreign => return format!("{origin}{path}"),
        };
        let pieces = path.split('/').filter(|piece| !piece.is_empty());
        let mut names = names.into_iter();
        // What a proxy puts before the path has no names.
        let mut before = pieces.count().saturating_sub(target.pieces.len());
        let pieces: Vec<String> = path
            .split('/')
            .map(|piece| {
                if piece.is_empty() {
                    return String::new();
                }
                let is_before = before > 0;
                before = before.saturating_sub(1);
                let name = if is_before {
                    None
                } else {
                    names.next().flatten()
                };
                self.piece(name, piece)
            })
            .collect();
        let query = match query {
            "" => String::new(),
            query => format!("?{}", self.query(query)),
        };
        format!("{origin}{}{query}", pieces.join("/"))
    }

    /// A piece of a path, by the name of its parameter.
    fn piece(&mut self, name: Option<&str>, piece: &str) -> String {
        match name {
            Some(name) => encoded(&self.named(name, &decoded(piece))),
            None if self.routes.is_known(piece) || piece.eq_ignore_ascii_case("icws") => {
                piece.to_owned()
            }
            None => encoded(&self.personal(&decoded(piece))),
        }
    }

    /// An address without a user and a password before its host.
    fn without_user(&mut self, url: &str) -> String {
        self.secrets.learn_password(url, &mut self.known);
        match split_user(url) {
            Some((scheme, _, rest)) => format!("{scheme}{rest}"),
            None => url.to_owned(),
        }
    }

    /// Scheme and host.
    fn origin(&mut self, origin: &str) -> String {
        let (scheme, host) = origin.split_once("://").unwrap_or(("", origin));
        if host.is_empty() {
            return origin.to_owned();
        }
        let host = match &self.pseudonyms {
            Some(pseudonyms) => {
                // An address of IPv6 has colons of its own.
                let last = host.rfind(']').unwrap_or_default();
                let port = host.get(last..).and_then(|behind| behind.find(':'));
                let end = port.map_or(host.len(), |port| last + port);
                let (name, port) = host.split_at_checked(end).unwrap_or((host, ""));
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

/// The text as it stands in an address, as readable as it may be.
pub(super) fn encoded(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
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
