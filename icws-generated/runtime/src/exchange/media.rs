//! The media type of ICWS.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// What comes with a body, as live servers spell it.
pub(super) const CONTENT: &str = "application/vnd.inin.icws+JSON; charset=utf-8";

/// The media types of bodies that are read, in lower case.
const JSON: &[&str] = &["application/vnd.inin.icws+json", "application/json"];

/// Returns the media type of a body that is not JSON. The comparison ignores
/// case and parameters; a body without a media type counts as JSON.
pub(super) fn foreign(headers: &HeaderMap) -> Option<String> {
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
