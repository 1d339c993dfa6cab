//! An entry of HAR as an exchange. Each tool has ways of its own, and all leave
//! something out.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::super::exchange::{Body, Exchange, MASKED, header};

/// Why something is no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Broken {
    /// Where in the entry, as a JSON pointer.
    pub pointer: String,
    pub message: String,
}

impl Broken {
    pub fn new(message: impl Into<String>) -> Self {
        Broken {
            pointer: String::new(),
            message: message.into(),
        }
    }
}

/// An entry as it was seen.
pub(in super::super) struct Sight {
    pub exchange: Exchange,
    /// Whether the request, and the response, have a header with cookies or tell their
    /// cookies elsewhere.
    pub has_cookies: [bool; 2],
}

/// Arrays of messages that browsers write beside an event stream.
const EVENTS: &[&str] = &["_eventSourceMessages", "_serverSentEvents"];

/// Reads an entry.
pub(in super::super) fn sight(entry: &Value) -> Result<Sight, Broken> {
    let request = entry.get("request").and_then(Value::as_object);
    let Some(request) = request else {
        let message = "an entry has a `request`, an object with `method` and `url`";
        return Err(Broken::new(message));
    };
    let text = |name: &str| {
        let found = request.get(name).and_then(Value::as_str);
        found.map(str::to_owned).ok_or_else(|| Broken {
            pointer: format!("/request/{name}"),
            message: format!("a request has a `{name}`, a text"),
        })
    };
    let response = entry.get("response").and_then(Value::as_object);
    let status = response.and_then(|response| response.get("status"));
    let status = status.map_or(Ok(None), status_of)?;
    let none = Map::new();
    let response = response.unwrap_or(&none);
    let request_headers = headers(request);
    let mut response_headers = headers(response);
    let media = response
        .get("content")
        .and_then(|content| content.get("mimeType")?.as_str());
    if let Some(media) = media
        && header(&response_headers, "content-type").is_none()
        && media.contains('/')
    {
        response_headers.push(("content-type".to_owned(), media.to_owned()));
    }
    let has_cookies = [
        header(&request_headers, "cookie").is_some() || has_items(request, "cookies"),
        header(&response_headers, "set-cookie").is_some() || has_items(response, "cookies"),
    ];
    let exchange = Exchange {
        method: text("method")?.to_ascii_uppercase(),
        url: text("url")?,
        request_body: decoded(&request_headers, request_body(request)?),
        request_headers: with_cookies(request_headers, request, "cookie"),
        status,
        response_body: decoded(&response_headers, response_body(entry, response)?),
        response_headers: with_cookies(response_headers, response, "set-cookie"),
        continued: entry
            .get("_icws")
            .and_then(|own| own.get("part")?.as_u64())
            .is_some_and(|part| part > 0),
    };
    Ok(Sight {
        exchange,
        has_cookies,
    })
}

/// The number of a status, which some tools write as a text or with a point. 0, and what is
/// less, is how they say that no response came.
fn status_of(status: &Value) -> Result<Option<u16>, Broken> {
    let number = match status {
        Value::Null => Some(0.0),
        Value::String(text) => text.trim().parse().ok(),
        status => status.as_f64(),
    };
    match number {
        Some(number) if number <= 0.0 => Ok(None),
        Some(number) if number.fract() == 0.0 && number < 1000.0 => Ok(Some(number as u16)),
        _ => Err(Broken {
            pointer: "/response/status".to_owned(),
            message: "a status is a number of three digits".to_owned(),
        }),
    }
}

fn has_items(half: &Map<String, Value>, name: &str) -> bool {
    let items = half.get(name).and_then(Value::as_array);
    items.is_some_and(|items| !items.is_empty())
}

/// The headers, without the ones of HTTP/2 that are no headers (`:path`).
fn headers(half: &Map<String, Value>) -> Vec<(String, String)> {
    let pairs = pairs(half.get("headers"));
    pairs.filter(|(name, _)| !name.starts_with(':')).collect()
}

fn pairs(list: Option<&Value>) -> impl Iterator<Item = (String, String)> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|pair| {
        let name = pair.get("name")?.as_str()?;
        let value = pair.get("value").and_then(Value::as_str);
        Some((name.to_owned(), value.unwrap_or_default().to_owned()))
    })
}

/// Adds the header of cookies that a tool has taken apart; their values are not
/// needed.
fn with_cookies(
    mut headers: Vec<(String, String)>,
    half: &Map<String, Value>,
    name: &str,
) -> Vec<(String, String)> {
    if header(&headers, name).is_none() && has_items(half, "cookies") {
        headers.push((name.to_owned(), MASKED.to_owned()));
    }
    headers
}

fn request_body(request: &Map<String, Value>) -> Result<Body, Broken> {
    let size = request.get("bodySize").and_then(Value::as_i64);
    let data = match request.get("postData") {
        Some(Value::Object(data)) => data,
        // Without data there is none, but a tool that tells a size left it out.
        _ if size.is_some_and(|size| size > 0) => return Ok(Body::Unknown),
        _ => return Ok(Body::default()),
    };
    let text = data.get("text").and_then(Value::as_str);
    let encoding = data.get("encoding").or(data.get("_encoding"));
    Ok(match text.filter(|text| !text.is_empty()) {
        Some(text) => bytes(text, encoding, "/request/postData/text")?,
        None if has_items(data, "params") => Body::Known(form(data).into_bytes()),
        None if size.is_some_and(|size| size > 0) => Body::Unknown,
        None if text.is_none() && data.contains_key("comment") => Body::Unknown,
        None => Body::default(),
    })
}

/// The body that was taken apart into parameters. Clients send JSON as a form, and
/// tools take that for the name of a parameter.
fn form(data: &Map<String, Value>) -> String {
    let params: Vec<(String, String)> = pairs(data.get("params")).collect();
    let starts = params.first().map(|(name, _)| name.trim_start());
    if starts.is_some_and(|name| name.starts_with(['{', '['])) {
        let whole = params.iter().map(|(name, value)| match value.as_str() {
            "" => name.clone(),
            value => format!("{name}={value}"),
        });
        return whole.collect::<Vec<_>>().join("&");
    }
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = params.iter();
    let pairs = pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn response_body(entry: &Value, response: &Map<String, Value>) -> Result<Body, Broken> {
    let none = Map::new();
    let content = response.get("content").and_then(Value::as_object);
    let content = content.unwrap_or(&none);
    let text = content.get("text").and_then(Value::as_str);
    let events = EVENTS.iter().find_map(|name| {
        let own = entry.get(name).or(response.get(*name));
        own?.as_array()
    });
    if let Some(events) = events
        && text.is_none_or(str::is_empty)
    {
        return Ok(Body::Known(stream(events).into_bytes()));
    }
    Ok(match text {
        Some(text) => {
            let sizes = [content.get("size"), response.get("bodySize")];
            let size = sizes.into_iter().flatten().filter_map(Value::as_i64).max();
            if text.is_empty() && size.is_some_and(|size| size > 0) || is_cut(text, size) {
                return Ok(Body::Unknown);
            }
            bytes(text, content.get("encoding"), "/response/content/text")?
        }
        None => {
            // Tools leave out what they have not kept; only what says so is empty.
            let size = content.get("size").and_then(Value::as_i64);
            let length = response.get("bodySize").and_then(Value::as_i64);
            match (size, length) {
                (Some(0), None | Some(0)) => Body::default(),
                _ => Body::Unknown,
            }
        }
    })
}

/// Returns true if a body is not as it is meant: it travelled in another coding, and the tool
/// has not taken that back, or has made a text of it. Neither JSON nor a form nor an event
/// stream has such letters.
fn is_coded(headers: &[(String, String)], body: &[u8]) -> bool {
    let mut codings = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-encoding"));
    let is_coding = |value: &str| !matches!(value.trim(), "" | "identity");
    let is_odd = |c: char| c == '\u{fffd}' || c.is_control() && !c.is_ascii_whitespace();
    codings.any(|(_, value)| is_coding(value))
        && std::str::from_utf8(body).map_or(true, |text| text.contains(is_odd))
}

/// The body, unless it cannot be read for its coding.
fn decoded(headers: &[(String, String)], body: Body) -> Body {
    match body.known() {
        Some(bytes) if is_coded(headers, bytes) => Body::Unknown,
        _ => body,
    }
}

/// Returns true if a text is JSON that ends too early, and its size says so, too: tools keep
/// only so much of a body. The mark of a byte order may be missing beside that.
fn is_cut(text: &str, size: Option<i64>) -> bool {
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let is_short = size.is_some_and(|size| size > length.saturating_add(3));
    let read = is_short.then(|| serde_json::from_str::<serde::de::IgnoredAny>(text));
    read.is_some_and(|read| read.is_err_and(|error| error.is_eof()))
}

/// The bytes of base64, which some tools write without padding at its end.
pub(in super::super) fn unpacked(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let plain: String = text.split_ascii_whitespace().collect();
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    engine.decode(plain).ok()
}

fn bytes(text: &str, encoding: Option<&Value>, pointer: &str) -> Result<Body, Broken> {
    let is_encoded = encoding.and_then(Value::as_str);
    if !is_encoded.is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64")) {
        return Ok(Body::Known(text.as_bytes().to_vec()));
    }
    // A masked body is no base64 any more.
    if text == MASKED {
        return Ok(Body::Unknown);
    }
    let decoded = unpacked(text).ok_or_else(|| Broken {
        pointer: pointer.to_owned(),
        message: "the body is no base64, which its encoding says it is".to_owned(),
    });
    decoded.map(Body::Known)
}

/// Messages of an array as the text of an event stream.
fn stream(events: &[Value]) -> String {
    let mut text = String::new();
    for event in events {
        let data = event
            .get("data")
            .and_then(Value::as_str)
            .unwrap_or_default();
        for line in data.lines() {
            text.push_str("data: ");
            text.push_str(line);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}
