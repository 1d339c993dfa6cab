//! The media type of ICWS.

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use crate::shown::Shown;

/// What comes with a body, as live servers spell it.
pub(super) const CONTENT: &str = "application/vnd.inin.icws+JSON; charset=utf-8";

/// The media types of bodies that are read, in lower case.
const JSON: &[&str] = &["application/vnd.inin.icws+json", "application/json"];

/// The media types of pages for people.
const PAGES: &[&str] = &["text/html", "application/xhtml+xml"];

/// Returns true if a body is a page for people.
pub(super) fn is_page(headers: &HeaderMap) -> bool {
    foreign(headers).is_some_and(|media| PAGES.contains(&&*media))
}

/// Returns what a response is instead of one of an ICWS server, if its headers say so,
/// and what may have happened.
pub(super) fn instead(headers: &HeaderMap) -> Option<String> {
    let encoding = headers
        .get(CONTENT_ENCODING)
        .filter(|value| *value != "identity");
    if let Some(encoding) = encoding {
        let encoding = String::from_utf8_lossy(encoding.as_bytes());
        return Some(format!(
            "{}, which nobody asked for: does a proxy compress?",
            Shown(&encoding)
        ));
    }
    let media = foreign(headers)?;
    let hint = match PAGES.contains(&&*media) {
        true => ": a proxy, a login page, or another server?",
        false => "",
    };
    Some(format!("{}, not JSON{hint}", Shown(&media)))
}

/// Returns the media type of a body that is not JSON. The comparison ignores
/// case and parameters; a body without a media type counts as JSON.
fn foreign(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?;
    let text = String::from_utf8_lossy(value.as_bytes());
    let essence = text
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    (!JSON.contains(&essence.as_str())).then_some(essence)
}
