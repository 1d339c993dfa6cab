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

/// Returns true if a body is a page for people, also where its media type is another or
/// none: no JSON begins so.
pub(super) fn is_page(headers: &HeaderMap, body: &[u8]) -> bool {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    text.trim_ascii_start().starts_with(b"<")
        || foreign(headers).is_some_and(|media| PAGES.contains(&&*media))
}

/// Returns what a response is instead of one of an ICWS server, if its headers or the
/// first of its body say so, and what may have happened.
pub(super) fn instead(headers: &HeaderMap, body: &[u8]) -> Option<String> {
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
    let is_page = is_page(headers, body);
    let media = match foreign(headers) {
        Some(media) => media,
        None if is_page => "a page".to_owned(),
        None => return None,
    };
    let hint = match is_page {
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
