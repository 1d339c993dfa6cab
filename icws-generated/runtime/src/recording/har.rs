//! Entries in the form of HAR 1.2.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Version};
use jiff::Timestamp;

use super::entry::{Entry, Half, RecordedBody};
use super::mask::{Mask, Masked, Pair};
use crate::json::Writer;

impl Entry {
    /// Returns the exchange as one line of a recording, with its line end.
    ///
    /// See the example of [`Entry`].
    pub fn to_line(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        write(&mut writer, self);
        let mut line = writer.into_bytes();
        line.push(b'\n');
        line
    }
}

/// Returns a whole HAR document of exchanges, as other tools read it.
///
/// ```
/// use icws_runtime::recording::to_har;
///
/// let har = String::from_utf8(to_har([]))?;
/// assert!(har.starts_with(r#"{"log":{"version":"1.2","creator":{"name":"icws","#));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn to_har<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.object();
    writer.key("log");
    writer.object();
    text(&mut writer, "version", "1.2");
    writer.key("creator");
    writer.object();
    text(&mut writer, "name", "icws");
    text(&mut writer, "version", env!("CARGO_PKG_VERSION"));
    writer.end_object();
    writer.key("entries");
    writer.array();
    for entry in entries {
        writer.item();
        write(&mut writer, entry);
    }
    writer.end_array();
    writer.end_object();
    writer.end_object();
    writer.into_bytes()
}

fn text(writer: &mut Writer, name: &str, value: &str) {
    writer.key(name);
    writer.string(value);
}

fn whole(writer: &mut Writer, name: &str, value: u64) {
    writer.key(name);
    writer.display(value);
}

/// A number that HAR takes for "not known".
fn unknown(writer: &mut Writer, name: &str) {
    writer.key(name);
    writer.display(-1);
}

fn milliseconds(writer: &mut Writer, name: &str, time: Duration) {
    writer.key(name);
    // Parts of a millisecond are of use, parts of a microsecond are not.
    writer.number((time.as_secs_f64() * 1e6).round() / 1e3);
}

fn write(writer: &mut Writer, entry: &Entry) {
    let mask = Mask::of(entry);
    writer.object();
    text(writer, "startedDateTime", &date(entry.started));
    milliseconds(writer, "time", entry.time);
    request(writer, &mask, entry);
    response(writer, &mask, entry);
    writer.key("cache");
    writer.object();
    writer.end_object();
    writer.key("timings");
    writer.object();
    milliseconds(writer, "send", Duration::ZERO);
    milliseconds(writer, "wait", entry.time);
    milliseconds(writer, "receive", Duration::ZERO);
    writer.end_object();
    if let Some(comment) = &entry.comment {
        text(writer, "comment", &mask.text(comment));
    }
    if let Some((stream, part)) = &entry.part {
        writer.key("_icws");
        writer.object();
        text(writer, "stream", stream);
        whole(writer, "part", *part);
        writer.end_object();
    }
    writer.end_object();
}

/// A time as HAR has it, in UTC; a clock that is out of its mind is at its beginning.
fn date(time: SystemTime) -> String {
    let time = Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

fn request(writer: &mut Writer, mask: &Mask, entry: &Entry) {
    let half = &entry.request;
    writer.key("request");
    writer.object();
    text(writer, "method", entry.method.as_str());
    text(writer, "url", &mask.address(entry));
    head(writer, mask, half);
    let query = mask.pairs(entry.uri.query().unwrap_or_default());
    pairs(writer, "queryString", &query);
    let body = mask.body(half);
    if !matches!(body, Masked::Nothing) {
        writer.key("postData");
        writer.object();
        text(writer, "mimeType", &media(mask, half));
        match &body {
            Masked::Form(form) => pairs(writer, "params", form),
            Masked::Text(body) => text(writer, "text", body),
            Masked::LeftOut(reason) => left_out(writer, half, reason),
            Masked::Nothing => {}
        }
        writer.end_object();
    }
    writer.end_object();
}

fn response(writer: &mut Writer, mask: &Mask, entry: &Entry) {
    writer.key("response");
    writer.object();
    let none = Half {
        version: entry.request.version,
        headers: HeaderMap::new(),
        body: RecordedBody::Whole(Bytes::new()),
    };
    let (status, half) = match &entry.response {
        Some((status, half)) => (Some(*status), half),
        None => (None, &none),
    };
    whole(
        writer,
        "status",
        status.map_or(0, |status| status.as_u16().into()),
    );
    let reason = status.and_then(|status| status.canonical_reason());
    text(writer, "statusText", reason.unwrap_or_default());
    head(writer, mask, half);
    writer.key("content");
    writer.object();
    whole(writer, "size", half.body.size());
    text(writer, "mimeType", &media(mask, half));
    match mask.body(half) {
        Masked::Nothing => {}
        Masked::Text(body) => text(writer, "text", &body),
        Masked::Form(_) => left_out(writer, half, "a form in a response"),
        Masked::LeftOut(reason) => left_out(writer, half, reason),
    }
    writer.end_object();
    let headers = mask.headers(&half.headers);
    let redirect = headers.iter().find(|pair| pair.name == LOCATION.as_str());
    let redirect = redirect.map_or("", |pair| pair.value.as_str());
    text(writer, "redirectURL", redirect);
    writer.end_object();
}

/// What requests and responses have in common.
fn head(writer: &mut Writer, mask: &Mask, half: &Half) {
    text(writer, "httpVersion", version(half.version));
    pairs(writer, "headers", &mask.headers(&half.headers));
    pairs(writer, "cookies", &mask.cookies(&half.headers));
    unknown(writer, "headersSize");
    whole(writer, "bodySize", half.body.size());
}

fn pairs(writer: &mut Writer, name: &str, pairs: &[Pair]) {
    writer.key(name);
    writer.array();
    for pair in pairs {
        writer.item();
        writer.object();
        text(writer, "name", &pair.name);
        text(writer, "value", &pair.value);
        writer.end_object();
    }
    writer.end_array();
}

fn left_out(writer: &mut Writer, half: &Half, reason: &str) {
    let size = half.body.size();
    text(
        writer,
        "comment",
        &format!("{size} bytes left out: {reason}"),
    );
}

fn media(mask: &Mask, half: &Half) -> String {
    let value = half.headers.get(CONTENT_TYPE);
    let value = value.map(|value| String::from_utf8_lossy(value.as_bytes()));
    mask.text(&value.unwrap_or_default()).into_owned()
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2.0",
        Version::HTTP_3 => "HTTP/3.0",
        _ => "HTTP/1.1",
    }
}
