//! What the grammar accepts and refuses, and what it makes of it, against
//! RFC 8259, JSONTestSuite and `serde_json`.

pub(super) mod suite;
mod texts;
mod typed;

use proptest::prelude::*;
use serde_json::Value;

use super::error::ReadError;
use super::reader::Reader;
use texts::{INVALID, TOLERATED, VALID};

/// Whether what was read has half of a character.
fn has_half(value: &Value) -> bool {
    value.to_string().contains(char::REPLACEMENT_CHARACTER)
}

#[test]
fn halves_of_characters_are_read_as_such() {
    for (text, expected) in TOLERATED {
        assert_eq!(theirs(text.as_bytes()), None, "{text}");
        let read = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read, Value::from(*expected), "{text}");
        skip(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

/// Reads a text whole: every value by what it looks like.
fn read(text: &[u8]) -> Result<Value, ReadError> {
    let mut reader = Reader::new(text);
    let value = value(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

fn value(reader: &mut Reader<'_>) -> Result<Value, ReadError> {
    match reader.next() {
        Some(b'"') => Ok(Value::String(reader.string()?.into_owned())),
        Some(b'[') => {
            reader.enter()?;
            let mut items = Vec::new();
            let mut more = reader.array()?;
            while more {
                items.push(value(reader)?);
                more = reader.next_item()?;
            }
            reader.leave();
            Ok(Value::Array(items))
        }
        Some(b'{') => {
            reader.enter()?;
            let mut properties = serde_json::Map::new();
            let mut key = reader.object()?;
            while let Some(name) = key {
                properties.insert(name.into_owned(), value(reader)?);
                key = reader.next_key()?;
            }
            reader.leave();
            Ok(Value::Object(properties))
        }
        Some(b't' | b'f') => reader.boolean().map(Value::Bool),
        Some(b'n') => reader.null().map(|_| Value::Null),
        _ => match reader.integer() {
            Ok(number) => Ok(number.into()),
            Err(_) => {
                let number = reader.number()?;
                Ok(if number == 0.0 {
                    0.into()
                } else {
                    number.into()
                })
            }
        },
    }
}

/// What `serde_json` reads, with the two numbers that it keeps otherwise than
/// an `i64` does: -0, and those beyond it.
fn theirs(text: &[u8]) -> Option<Value> {
    fn alike(value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(alike).collect(),
            Value::Object(properties) => {
                let alike = |(name, value)| (name, alike(value));
                Value::Object(properties.into_iter().map(alike).collect())
            }
            Value::Number(number) if number.as_f64() == Some(0.0) => 0.into(),
            Value::Number(number) if number.as_i64().is_none() => number.as_f64().into(),
            other => other,
        }
    }
    serde_json::from_slice(text).ok().map(alike)
}

fn skip(text: &[u8]) -> Result<(), ReadError> {
    let mut reader = Reader::new(text);
    reader.skip()?;
    reader.finish()
}

#[test]
fn what_json_allows_is_read_and_passed_over() {
    for text in VALID {
        assert_eq!(
            read(text.as_bytes()).ok(),
            theirs(text.as_bytes()),
            "{text}"
        );
        skip(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn what_json_forbids_is_refused_by_both() {
    for text in INVALID {
        assert!(read(text).is_err() && skip(text).is_err(), "{text:?}");
        assert_eq!(theirs(text), None, "{text:?}");
    }
}

#[test]
fn nesting_ends_somewhere() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    // `serde_json` ends one level earlier.
    for (depth, taken) in [(127, [true, true]), (128, [true, false]), (129, [false; 2])] {
        let text = nested(depth).into_bytes();
        assert_eq!(read(&text).is_ok(), taken[0], "{depth}");
        assert_eq!(skip(&text).is_ok(), taken[0], "{depth}");
        assert_eq!(theirs(&text).is_some(), taken[1], "{depth}");
    }
    let error = skip(nested(100_000).as_bytes()).unwrap_err();
    assert_eq!(error.problem(), "nested too deep");
    assert!(skip("{\"a\":".repeat(100_000).as_bytes()).is_err());
}

/// Texts that look like JSON: mostly right, with something wrong in places.
fn text() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        8 => "[\\[\\]{},:]",
        4 => "\"[a-zé\\u{0}-\\u{1f}\\\\\"u0-9D]{0,12}\"",
        4 => Just("\"name\":".to_owned()),
        3 => "-?[0-9]{1,3}(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        2 => "[-+.eE0-9]{1,6}",
        2 => prop_oneof![Just("true"), Just("false"), Just("null"), Just("nul"), Just("NaN")].prop_map(str::to_owned),
        2 => "[ \\t\\n\\r\\u{b}]{1,9}",
        1 => "\\PC",
    ];
    proptest::collection::vec(token, 0..12).prop_map(|tokens| tokens.concat())
}

pub(super) fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_judged_as_serde_json_does(text in text()) {
        let expected = theirs(text.as_bytes());
        let read = read(text.as_bytes());
        // A number that is passed over may be of any size.
        let beyond = matches!(&read, Err(error) if error.problem().contains("beyond"));
        if expected.is_none() && read.as_ref().is_ok_and(has_half) {
            return Ok(());
        }
        prop_assert_eq!(read.ok(), expected.clone());
        prop_assert!(beyond || skip(text.as_bytes()).is_ok() == expected.is_some());
    }

    #[test]
    fn any_bytes_are_judged_as_serde_json_does(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let quoted: Vec<u8> = [b"\"", &bytes[..], b"\""].concat();
        for text in [&bytes, &quoted] {
            let (read, theirs) = (read(text).ok(), theirs(text));
            let is_half = theirs.is_none() && read.as_ref().is_some_and(has_half);
            prop_assert!(is_half || read == theirs);
        }
    }

    #[test]
    fn any_document_is_read_as_serde_json_wrote_it(document in document(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) }.unwrap();
        prop_assert_eq!(read(text.as_bytes()).ok(), theirs(text.as_bytes()));
        prop_assert!(skip(text.as_bytes()).is_ok());
    }

    #[test]
    fn a_text_cut_anywhere_is_refused(document in document(), cut in any::<prop::sample::Index>()) {
        let text = Value::Array(vec![document]).to_string();
        let cut = cut.index(text.len());
        prop_assert!(read(&text.as_bytes()[..cut]).is_err());
        prop_assert!(skip(&text.as_bytes()[..cut]).is_err());
    }
}
