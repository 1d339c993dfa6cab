//! Damage: to bytes, to JSON, and to how a body is framed.

use fastrand::Rng;
use serde_json::{Value, json};

/// Pieces of requests that servers have stumbled over.
const PIECES: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    "%",
    "%00",
    "%2f",
    "%ff",
    "..",
    "//",
    "?",
    "#",
    "&&",
    "=",
    "\u{feff}",
    "\u{202e}",
    "\u{1f600}",
    "é",
    "\\ud83d",
    "\\u0000",
    "null",
    "-1",
    "1e999",
    "99999999999999999999",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/2.0",
    "Host: \r\n",
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 18446744073709551616\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: upgrade\r\nUpgrade: h2c\r\n",
    "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Range: items=0-\r\n",
    "Range: items=5-1\r\n",
    "Range: items=18446744073709551615-18446744073709551615\r\n",
    "Accept: text/event-stream\r\n",
    "Origin: null\r\n",
    "Cookie: icws_=\r\n",
    "0\r\n\r\n",
    "FFFFFFFFFFFFFFFF\r\n",
    "1;x=y\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "GET http://[::1]:x/ HTTP/1.1\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\n\r\n",
];

/// Values in place of others.
fn odd(rng: &mut Rng) -> Value {
    let values = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e308),
        json!(0.1),
        json!(""),
        json!("true"),
        json!("2"),
        json!("\u{0}"),
        json!("\u{202e}é\u{1f600}"),
        json!("9999-12-31T23:59:59.9999999Z"),
        json!("x".repeat(10_000)),
        json!([]),
        json!([[[]]]),
        json!({}),
        json!({ "": { "": null } }),
        (0..100).fold(json!(1), |inner, _| json!([inner])),
        json!(vec![0; 1_000]),
    ];
    rng.choice(values).unwrap_or_default()
}

/// Replaces, adds or takes away parts of a value.
pub fn json(value: &mut Value, rng: &mut Rng) {
    let here = rng.u8(..3) == 0;
    match value {
        Value::Object(object) if !object.is_empty() && !here => {
            let key = rng.choice(object.keys()).cloned().unwrap_or_default();
            match rng.u8(..6) {
                0 => drop(object.remove(&key)),
                1 => drop(object.insert(format!("{key}x"), odd(rng))),
                2 => {
                    let other = rng.choice(object.values()).cloned().unwrap_or_default();
                    object.insert(key, other);
                }
                _ => json(&mut object[&key], rng),
            }
        }
        Value::Array(items) if !items.is_empty() && !here => {
            let index = rng.usize(..items.len());
            match rng.u8(..4) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => json(&mut items[index], rng),
            }
        }
        other => *other = odd(rng),
    }
}

/// Changes, adds and takes away bytes.
pub fn bytes(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(..20)).min(bytes.len());
        match rng.u8(..8) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part.repeat(rng.usize(1..50)));
            }
            2 => bytes.truncate(at.max(1)),
            3 | 4 => {
                let piece = PIECES[rng.usize(..PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            5 => {
                let garbage: Vec<u8> = (0..rng.usize(..40)).map(|_| rng.u8(..)).collect();
                bytes.splice(at..at, garbage);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << rng.u8(..8);
                }
            }
        }
    }
}

/// A text of the sort that stands in paths and queries.
pub fn text(rng: &mut Rng) -> String {
    let piece = PIECES[rng.usize(..PIECES.len())];
    let plain = [
        "1",
        "a",
        "*",
        "id eq 'a'",
        "items",
        "a/b",
        "-",
        "0",
        "Sales",
        "agent1",
    ];
    let text = match rng.u8(..4) {
        0 => piece.to_owned(),
        1 => piece.repeat(rng.usize(1..200)),
        _ => plain[rng.usize(..plain.len())].to_owned(),
    };
    encoded(&text)
}

/// As it stands in a path or a query.
pub fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~*".contains(&byte);
    text.bytes()
        .map(|byte| match is_plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// A body in chunks, which may not be right.
pub fn chunked(body: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut all = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let (chunk, more) = rest.split_at(rng.usize(1..=rest.len()));
        let extension = ["", "", ";a=b", ";"][rng.usize(..4)];
        all.extend(format!("{:x}{extension}\r\n", chunk.len()).bytes());
        all.extend(chunk);
        all.extend(b"\r\n");
        rest = more;
    }
    all.extend([&b"0\r\n\r\n"[..], b"0\r\nX: y\r\n\r\n", b"0\r\n\r\n"][rng.usize(..3)]);
    all
}
