//! A request and what came back, as a model is held against them.

use std::fmt;

use serde_json::Value;

// It is there, and not known: it fits every type.
pub use icws_secrets::MASKED;

/// The property that says what an object is.
pub(super) const TYPE: &str = "__type";

/// A request, and the response to it.
///
/// Values that are [`MASKED`] are present and not known. `Debug` shows neither the
/// address, nor headers and bodies: nobody has looked yet for what is secret in them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `PUT` and so on.
    pub method: String,
    /// The address: whole, or from its path on, with the query.
    pub url: String,
    /// The headers of the request, in any case.
    pub request_headers: Vec<(String, String)>,
    /// The body of the request.
    pub request_body: Body,
    /// The status of the response; `None` when none came.
    pub status: Option<u16>,
    /// The headers of the response, in any case.
    pub response_headers: Vec<(String, String)>,
    /// The body of the response, or a part of one that goes on.
    pub response_body: Body,
    /// Whether an earlier exchange had the request and the head of the response, and
    /// this one has only more of its body.
    pub continued: bool,
}

/// The body of a request or a response, without an encoding for its way.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it; none is empty.
    Known(Vec<u8>),
    /// It was not written down, or not all of it.
    Unknown,
}

impl Default for Body {
    fn default() -> Self {
        Body::Known(Vec::new())
    }
}

impl Body {
    /// Returns the bytes, if they are known.
    pub fn known(&self) -> Option<&[u8]> {
        match self {
            Body::Known(bytes) if bytes == MASKED.as_bytes() => None,
            Body::Known(bytes) => Some(bytes),
            Body::Unknown => None,
        }
    }

    /// Returns the JSON, if it is known and is some.
    pub(super) fn json(&self) -> Option<Value> {
        json(self.known()?).ok()
    }
}

/// Reads JSON, which may have the mark of a byte order before it.
pub(super) fn json(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("method", &self.method)
            .field("request_body", &self.request_body)
            .field("status", &self.status)
            .field("response_body", &self.response_body)
            .field("continued", &self.continued)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Known(bytes) => write!(f, "Known({} bytes)", bytes.len()),
            Body::Unknown => f.write_str("Unknown"),
        }
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Body::Known(text.as_bytes().to_vec())
    }
}

impl Exchange {
    /// Returns a header of the request, whatever its case.
    pub fn request_header(&self, name: &str) -> Option<&str> {
        header(&self.request_headers, name)
    }

    /// Returns a header of the response, whatever its case.
    pub fn response_header(&self, name: &str) -> Option<&str> {
        header(&self.response_headers, name)
    }

    /// Returns true if it opens a WebSocket, which ICWS has not.
    pub(super) fn is_socket(&self) -> bool {
        let scheme = self.url.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_own = ["ws", "wss"]
            .iter()
            .any(|own| scheme.eq_ignore_ascii_case(own));
        is_own || self.status == Some(101)
    }

    /// Returns true if the response is a page for people, as gateways send them: it proves
    /// nothing of an ICWS server.
    pub(super) fn is_page(&self) -> bool {
        let start = self.response_body.known().unwrap_or_default();
        let start = String::from_utf8_lossy(start.get(..256).unwrap_or(start)).to_ascii_lowercase();
        let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        start.starts_with("<!doctype html")
            || start.starts_with("<html")
            || self.media_type().is_some_and(|media| media == "text/html")
    }

    /// The media type of the response in lower case, without its parameters.
    pub(super) fn media_type(&self) -> Option<String> {
        let whole = self.response_header("content-type")?;
        let media = whole.split(';').next().unwrap_or_default();
        Some(media.trim().to_ascii_lowercase())
    }
}

/// Returns a header, whatever its case.
pub(super) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut headers = headers.iter();
    let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}
