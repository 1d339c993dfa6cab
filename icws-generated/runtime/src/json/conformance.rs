//! What the grammar accepts and refuses, and what it makes of it, against
//! RFC 8259 and against `serde_json`.

use proptest::prelude::*;
use serde_json::Value;

use super::error::ReadError;
use super::reader::Reader;

/// Texts that every reader of JSON must take.
pub(super) const VALID: &[&str] = &[
    "[]",
    "[[] ]",
    " [] ",
    "[1\n]",
    "[ 4]",
    "[\"\"]",
    "[\"a\"]",
    "[false]",
    "[true]",
    "[null]",
    "[null, 1, \"1\", {}]",
    "[1,null,null,null,2]",
    "\"asd\"",
    "false",
    "true",
    "null",
    "42",
    "-0.1",
    "\"\"",
    " \n{}\t\r",
    "[[[[[[]]]]]]",
    "[123e65]",
    "[0e+1]",
    "[0e1]",
    "[-0]",
    "[0]",
    "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
    "[20e1]",
    "[-123]",
    "[-1]",
    "[1E22]",
    "[1E-2]",
    "[1E+2]",
    "[123e45]",
    "[123.456e78]",
    "[1e-2]",
    "[1e+2]",
    "[123.456789]",
    "{}",
    "{\"\":0}",
    "{\"a\":[]}",
    "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
    "{\"a\":\"b\",\"a\":\"c\"}",
    "{\n\"a\": \"b\"\n}",
    "{\"foo\\u0000bar\": 42}",
    "{\"title\":\"\\u041f\\u043e\"}",
    "[\"\\u0060\\u012a\\u12AB\"]",
    "[\"\\uD801\\udc37\"]",
    "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"\\\\u0000\"]",
    "[\"\\\"\"]",
    "[\"a/*b*/c/*d//e\"]",
    "[\"\\\\a\"]",
    "[\"\\\\n\"]",
    "[\"\\u0012\"]",
    "[\"\\uFFFF\"]",
    "[\"asd\"]",
    "[ \"asd\"]",
    "[\"\\uDBFF\\uDFFF\"]",
    "[\"new\\u00A0line\"]",
    "[\"\u{10ffff}\"]",
    "[\"\u{ffff}\"]",
    "[\"\\u0000\"]",
    "[\"\\u002c\"]",
    "[\"π\"]",
    "[\"\u{1bfff}\"]",
    "[\"\u{2028}\"]",
    "[\"\u{7f}\"]",
    "[\"\u{20ac}\u{1d11e}\"]",
    "[\"\\uD834\\uDd1e\"]",
    "[\"aa\u{7f}aa\"]",
    "\"exactly 8\"",
    "\"longer than eight bytes\"",
];

/// Texts that every reader of JSON must refuse.
const INVALID: &[&str] = &[
    "",
    " ",
    "[1 true]",
    "[\"\": 1]",
    "[\"\"],",
    "[,1]",
    "[1,,2]",
    "[\"x\",,]",
    "[\"x\"]]",
    "[\"\",]",
    "[\"x\"",
    "[x",
    "[3[4]]",
    "[1:2]",
    "[,]",
    "[-]",
    "[   , \"\"]",
    "[\"a\",\n4\n,1,",
    "[1,]",
    "[1,,]",
    "[\"a\u{b}a\"\\f]",
    "[*]",
    "[\"\"",
    "[1,",
    "[1,\n1\n,1",
    "[{}",
    "[fals]",
    "[nul]",
    "[tru]",
    "[++1234]",
    "[+1]",
    "[+Inf]",
    "[-01]",
    "[-1.0.]",
    "[-2.]",
    "[-NaN]",
    "[.-1]",
    "[.2e-3]",
    "[0.1.2]",
    "[0.3e+]",
    "[0.3e]",
    "[0.e1]",
    "[0E]",
    "[0E+]",
    "[0e]",
    "[0e+]",
    "[1 000.0]",
    "[1.0e+]",
    "[1.0e-]",
    "[1.0e]",
    "[1eE2]",
    "[2.e+3]",
    "[2.e-3]",
    "[2.e3]",
    "[9.e+]",
    "[Inf]",
    "[NaN]",
    "[\u{ff11}]",
    "[1+2]",
    "[0x1]",
    "[0x42]",
    "[Infinity]",
    "[0e+-1]",
    "[-123.123foo]",
    "[-Infinity]",
    "[-foo]",
    "[- 1]",
    "[-012]",
    "[-.123]",
    "[-1x]",
    "[1ea]",
    "[1.]",
    "[.123]",
    "[1.2a-3]",
    "[1.8011670033376514H-308]",
    "[012]",
    "[\"x\", truth]",
    "{[: \"x\"}",
    "{\"x\", null}",
    "{\"x\"::\"b\"}",
    "{🇨🇭}",
    "{\"a\":\"a\" 123}",
    "{key: 'value'}",
    "{\"a\" b}",
    "{:\"b\"}",
    "{\"a\" \"b\"}",
    "{\"a\":",
    "{\"a\"",
    "{1:1}",
    "{9999E9999:1}",
    "{null:null,null:null}",
    "{\"id\":0,,,,,}",
    "{'a':0}",
    "{\"id\":0,}",
    "{\"a\":\"b\"}/**/",
    "{\"a\":\"b\"}//",
    "{\"a\":\"b\",,\"c\":\"d\"}",
    "{a: \"b\"}",
    "{\"a\":\"a",
    "{ \"foo\" : \"bar\", \"a\" }",
    "{\"a\":\"b\"}#",
    "[\"\\uD800\\\"]",
    "[\"\\uD800\\u\"]",
    "[\"\\uD800\\u1\"]",
    "[\"\\uD800\\u1x\"]",
    "[é]",
    "[\"\\x00\"]",
    "[\"\\\\\\\"]",
    "[\"\\\t\"]",
    "[\"\\🌀\"]",
    "[\"\\\"]",
    "[\"\\u00A\"]",
    "[\"\\uD834\\uDd\"]",
    "[\"\\uD800\\uD800\\x\"]",
    "[\"\\uqqqq\"]",
    "[\"\\a\"]",
    "[\\u0020\"asd\"]",
    "[\\n]",
    "\"",
    "['single quote']",
    "abc",
    "[\"\\",
    "[\"a\u{0}a\"]",
    "[\"new\nline\"]",
    "[\"\t\"]",
    "\"\\UA66D\"",
    "\"\"x",
    "<.>",
    "[<null>]",
    "[1]x",
    "[1]]",
    "[\"asd]",
    "aå",
    "[True]",
    "1]",
    "{\"x\": true,",
    "[][]",
    "]",
    "\u{feff}{}",
    "å",
    "[",
    "2@",
    "{}}",
    "{\"\":",
    "{\"a\":/*comment*/\"b\"}",
    "{\"a\": true} \"x\"",
    "['",
    "[\"a",
    "{",
    "{]",
    "{,",
    "{[",
    "{\"a",
    "{'a'",
    "*",
    "{\"a\":\"b\"}#{}",
    "[\u{c}]",
    "[\u{2060}]",
];

/// Texts that JSON forbids and that are read nevertheless, with what is read: halves of
/// characters, as servers leave them that cut text at a length.
const TOLERATED: &[(&str, &str)] = &[
    ("\"\\ud800\"", "\u{fffd}"),
    ("\"\\udc00\"", "\u{fffd}"),
    ("\"\\ud800\\ud800\"", "\u{fffd}\u{fffd}"),
    ("\"\\ud800a\"", "\u{fffd}a"),
    ("\"a\\ud83d\\n\"", "a\u{fffd}\n"),
];

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
            let mut items = Vec::new();
            let mut more = reader.array()?;
            while more {
                items.push(value(reader)?);
                more = reader.next_item()?;
            }
            Ok(Value::Array(items))
        }
        Some(b'{') => {
            let mut properties = serde_json::Map::new();
            let mut key = reader.object()?;
            while let Some(name) = key {
                properties.insert(name.into_owned(), value(reader)?);
                key = reader.next_key()?;
            }
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
        assert!(read(text.as_bytes()).is_err(), "{text}");
        assert!(skip(text.as_bytes()).is_err(), "{text}");
    }
    for bytes in [
        &b"[\"\xff\"]"[..],
        b"[\"\xe0\xff\"]",
        b"[\"\xed\xa0\x80\"]",
        b"[\xff]",
        b"\"\\u00\xe9\"",
        b"\"a long text and then\x80\"",
    ] {
        assert!(read(bytes).is_err() && skip(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn nesting_ends_somewhere() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(skip(nested(128).as_bytes()).is_ok());
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
