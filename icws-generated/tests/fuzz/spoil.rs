//! Damages texts.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// What is put into a text: marks of JSON and of HTTP, numbers at their ends, halves of
/// characters, and what is no UTF-8.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud83d",
    b"\\udc00",
    b"\\u0000",
    b"null",
    b"true",
    b"-",
    b"1e999",
    b"9223372036854775808",
    b"0.1",
    b"\"__type\":",
    b"\"__type\":null,",
    b"\"__type\":\"urn:example:rooms.plans:chair\",",
    b"\"isDelta\":true,",
    b"\"\":[],",
    b"/**/",
    b" ",
    b"\t",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\x0b",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"data:",
    b"event: ",
    b"HTTP/1.1 ",
    b"0\r\n\r\n",
    b"ffffffff\r\n",
    b"<html>",
];

/// Damages a text in some places.
pub fn bytes(text: &mut Vec<u8>, random: &mut Rng) {
    for _ in 0..random.usize(1..5) {
        let at = random.usize(..=text.len());
        let end = at + random.usize(..=(text.len() - at).min(12));
        match random.u8(..7) {
            0 => drop(text.drain(at..end)),
            1 => {
                let piece = text[at..end].to_vec();
                let to = random.usize(..=text.len());
                text.splice(to..to, piece);
            }
            2 | 3 => {
                let times = *random.choice(&[1, 1, 1, 1, 2, 200, 2000]).unwrap();
                let piece = random.choice(PIECES).unwrap();
                text.splice(at..at, piece.repeat(times));
            }
            4 if at < text.len() => text[at] = random.u8(..),
            5 if at < text.len() => text[at] ^= 1 << random.u8(..8),
            6 if random.u8(..4) == 0 => text.truncate(at),
            _ => {}
        }
    }
}

/// Any value: what a property may be, and what it may not.
fn value(depth: u32, random: &mut Rng) -> Value {
    let many = if depth > 3 { 13 } else { 15 };
    match random.u8(..many) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(-2..9).into(),
        3 => random.i64(..).into(),
        4 => json!(*random.choice(&[0.5, -0.0, 1e300, 5e-324, 1e39]).unwrap()),
        5 => json!(u64::MAX),
        6..=9 => (*random
            .choice(&[
                "",
                "1",
                "true",
                "-1.5",
                "2020-10-29T08:20:18.000Z",
                "0001-01-01T00:00:00",
                "99991231T235959Z",
                "08:20",
                "P1DT2H",
                "a,b",
                "\u{202e}\u{0}\n",
                "\u{1f600}",
                "urn:example:rooms.plans:chair",
            ])
            .unwrap())
        .into(),
        10 => "x".repeat(random.usize(..300)).into(),
        11 => json!([]),
        12 => json!({}),
        13 => (0..random.usize(..4))
            .map(|_| value(depth + 1, random))
            .collect(),
        _ => {
            let entries = (0..random.usize(..4)).map(|_| {
                let names = ["__type", "id", "weight", "legs", "x", "", "effectiveValue"];
                let name = *random.choice(&names).unwrap();
                (name.to_owned(), value(depth + 1, random))
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// Exchanges values within one for others, and takes properties away.
pub fn values(known: &mut Value, names: &[String], random: &mut Rng) {
    match known {
        Value::Object(entries) if random.u8(..8) > 0 => {
            entries.retain(|_, _| random.u8(..12) > 0);
            if random.u8(..3) == 0
                && let Some(name) = random.choice(names)
            {
                entries.insert(name.clone(), value(0, random));
            }
            for (name, entry) in entries.iter_mut() {
                if random.u8(..4) == 0 && (name != "__type" || random.u8(..8) == 0) {
                    values(entry, names, random);
                }
            }
        }
        Value::Array(items) if random.u8(..4) > 0 => {
            for item in items.iter_mut() {
                values(item, names, random);
            }
            if let Some(item) = random.choice(&items[..]).cloned() {
                items.push(item);
            }
        }
        other => *other = value(0, random),
    }
}
