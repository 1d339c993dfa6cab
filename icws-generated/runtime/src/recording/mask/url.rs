//! Addresses.

use http::header::HOST;
use http::uri::Scheme;
use http::{HeaderMap, Uri};

use super::super::MASKED;
use super::{Known, Mask, form};
use crate::shown::without_user;

/// The whole address of a request: without a user, and without secrets in its query. A
/// server sees the path alone, and the host in a header.
pub(super) fn address(mask: &Mask, uri: &Uri, headers: &HeaderMap) -> String {
    let header = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = uri.authority().map(|authority| authority.as_str());
    let host = without_user(host.or(header).unwrap_or_default());
    let scheme = uri.scheme().unwrap_or(&Scheme::HTTP);
    let path = path(mask, uri.path());
    match uri.query() {
        Some(query) => format!("{scheme}://{host}{path}?{}", form::masked(mask, query)),
        None => format!("{scheme}://{host}{path}"),
    }
}

/// The path; what is known to be secret may be a piece of it, or several: tokens have a `/`.
fn path(mask: &Mask, path: &str) -> String {
    let path = mask.known.replaced(path);
    let pieces = path.split('/').map(|piece| {
        match mask.known.is_in(piece) || mask.known.is_in(&form::decoded(piece)) {
            true => MASKED,
            false => piece,
        }
    });
    pieces.collect::<Vec<_>>().join("/")
}

/// Finds the password before a host.
pub(super) fn password(authority: &str, known: &mut Known) {
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    if let Some((_, password)) = user.and_then(|user| user.split_once(':')) {
        known.add(&form::decoded(password));
        known.add(password);
    }
}

/// Finds the secrets of an address in a header.
pub(super) fn secrets(text: &str, known: &mut Known) {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (before, query) = text.split_once('?').unwrap_or((text, ""));
    form::secrets(query, known);
    // Some sign-ons put tokens there.
    form::secrets(fragment, known);
    let authority = before.split_once("://").map_or("", |(_, behind)| behind);
    password(authority, known);
}

/// An address in a header: its query without secrets, if it can be read at all.
pub(super) fn reference(mask: &Mask, text: &str) -> Option<String> {
    let (before, query) = text.split_once('?')?;
    // What stands behind a `#` is for browsers, and is where some sign-ons put tokens.
    let (query, fragment) = match query.split_once('#') {
        Some((query, _)) => (query, format!("#{MASKED}")),
        None => (query, String::new()),
    };
    let before = match mask.is_secret(before) {
        true => MASKED,
        false => before,
    };
    Some(format!("{before}?{}{fragment}", form::masked(mask, query)))
}
