//! The reader of JSON against JSONTestSuite and the verdict of `serde_json`.

use super::{read, skip, theirs};

/// Names and texts, as JSON has strings. Those that are long or no UTF-8 are made below.
const TEXTS: &str = include_str!("json-test-suite.txt");

/// What is no UTF-8, and so in no string of JSON.
const BYTES: &[(&str, &[u8])] = &[
    (
        "i_string_UTF-16LE_with_BOM",
        b"\xff\xfe[\0\"\0\xe9\0\"\0]\0",
    ),
    (
        "i_string_UTF-8_invalid_sequence",
        b"[\"\xe6\x97\xa5\xd1\x88\xfa\"]",
    ),
    ("i_string_UTF8_surrogate_U+D800", b"[\"\xed\xa0\x80\"]"),
    ("i_string_invalid_utf-8", b"[\"\xff\"]"),
    ("i_string_iso_latin_1", b"[\"\xe9\"]"),
    ("i_string_lone_utf8_continuation_byte", b"[\"\x81\"]"),
    ("i_string_not_in_unicode_range", b"[\"\xf4\xbf\xbf\xbf\"]"),
    ("i_string_overlong_sequence_2_bytes", b"[\"\xc0\xaf\"]"),
    (
        "i_string_overlong_sequence_6_bytes",
        b"[\"\xfc\x83\xbf\xbf\xbf\xbf\"]",
    ),
    (
        "i_string_overlong_sequence_6_bytes_null",
        b"[\"\xfc\x80\x80\x80\x80\x80\"]",
    ),
    ("i_string_truncated-utf-8", b"[\"\xe0\xff\"]"),
    ("i_string_utf16BE_no_BOM", b"\0[\0\"\0\xe9\0\"\0]"),
    ("i_string_utf16LE_no_BOM", b"[\0\"\0\xe9\0\"\0]\0"),
    ("n_array_a_invalid_utf8", b"[a\xe5]"),
    ("n_array_invalid_utf8", b"[\xff]"),
    ("n_number_invalid-utf-8-in-bigger-int", b"[123\xe5]"),
    ("n_number_invalid-utf-8-in-exponent", b"[1e1\xe5]"),
    ("n_number_invalid-utf-8-in-int", b"[0\xe5]\n"),
    ("n_number_real_with_invalid_utf8_after_e", b"[1e\xe5]"),
    (
        "n_object_lone_continuation_byte_in_key_and_trailing_comma",
        b"{\"\xb9\":\"0\",}",
    ),
    ("n_string_invalid-utf-8-in-escape", b"[\"\\u\xe5\"]"),
    ("n_string_invalid_utf8_after_escape", b"[\"\\\xe5\"]"),
    ("n_structure_incomplete_UTF8_BOM", b"\xef\xbb{}"),
    ("n_structure_lone-invalid-utf-8", b"\xe5"),
    ("n_structure_single_eacute", b"\xe9"),
    ("t_string_1_invalid_codepoint", b"[\"\xed\xa0\x80\"]"),
    (
        "t_string_2_invalid_codepoints",
        b"[\"\xed\xa0\x80\xed\xa0\x80\"]",
    ),
    (
        "t_string_3_invalid_codepoints",
        b"[\"\xed\xa0\x80\xed\xa0\x80\xed\xa0\x80\"]",
    ),
];

/// All cases of the suite: what begins with `y_` is to be read, with `n_` refused, and
/// with `i_` is up to the reader. With `t_` begins what readers make different values of.
pub(in crate::json) fn cases() -> Vec<(String, Vec<u8>)> {
    let texts = TEXTS.lines().map(|line| {
        let (name, text) = line.split_once(' ').unwrap();
        let text: String = serde_json::from_str(text).unwrap();
        (name.to_owned(), text.into_bytes())
    });
    let bytes = BYTES.iter().map(|(name, text)| (*name, text.to_vec()));
    let long = [
        ("n_structure_100000_opening_arrays", "[".repeat(100_000)),
        ("n_structure_open_array_object", "[{\"\":".repeat(50_000)),
    ];
    let long = long.into_iter().map(|(name, text)| (name, text.into()));
    let made = bytes.chain(long);
    texts
        .chain(made.map(|(name, text)| (name.to_owned(), text)))
        .collect()
}

/// What is read, and what is passed over, in another way than `serde_json` reads it.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Otherwise {
    /// It is read and passed over, and `serde_json` refuses it.
    Taken,
    /// It is passed over where nobody needs its value, and else refused as by `serde_json`.
    PassedOver,
}

use Otherwise::{PassedOver, Taken};

/// In what this reader is not `serde_json`, why, and the cases in which it shows.
const DIFFERENCES: &[(Otherwise, &str, &[&str])] = &[
    (
        PassedOver,
        "A number beyond double precision is no error where nobody reads it: an unknown property \
         keeps the text that it had.",
        &[
            "i_number_huge_exp",
            "i_number_neg_int_huge_exp",
            "i_number_pos_double_huge_exp",
            "i_number_real_neg_overflow",
            "i_number_real_pos_overflow",
        ],
    ),
    (
        Taken,
        "Servers that cut texts at a length leave halves of characters. A half is read as U+FFFD: \
         the message is worth more than the character.",
        &[
            "i_object_key_lone_2nd_surrogate",
            "i_string_1st_surrogate_but_2nd_missing",
            "i_string_1st_valid_surrogate_2nd_invalid",
            "i_string_incomplete_surrogate_and_escape_valid",
            "i_string_incomplete_surrogate_pair",
            "i_string_incomplete_surrogates_escape_valid",
            "i_string_invalid_lonely_surrogate",
            "i_string_invalid_surrogate",
            "i_string_inverted_surrogates_U+1D11E",
            "i_string_lone_second_surrogate",
            "t_string_1_escaped_invalid_codepoint",
            "t_string_2_escaped_invalid_codepoints",
            "t_string_3_escaped_invalid_codepoints",
        ],
    ),
];

#[test]
fn the_suite_is_whole() {
    let cases = cases();
    let count = |start| {
        cases
            .iter()
            .filter(move |(name, _)| name.starts_with(start))
    };
    assert_eq!(
        ["y_", "n_", "i_", "t_"].map(|start| count(start).count()),
        [95, 188, 35, 22]
    );
}

#[test]
fn the_suite_is_judged_as_it_says_and_as_serde_json_does() {
    let mut differences = Vec::new();
    for (name, text) in cases() {
        let (read, skipped, theirs) = (read(&text), skip(&text), theirs(&text));
        let expected = match &name[..2] {
            "y_" => Some(true),
            "n_" => Some(false),
            _ => None,
        };
        if let Some(expected) = expected {
            assert_eq!(read.is_ok(), expected, "{name}: {read:?}");
            assert_eq!(skipped.is_ok(), expected, "{name}: {skipped:?}");
        }
        match (read.ok(), skipped.is_ok(), theirs) {
            (read, skipped, theirs) if read == theirs && skipped == theirs.is_some() => {}
            (Some(_), true, None) => differences.push((name, Taken)),
            (None, true, None) => differences.push((name, PassedOver)),
            other => panic!("{name}: {other:?}"),
        }
    }
    let listed: Vec<_> = DIFFERENCES
        .iter()
        .flat_map(|(how, _, names)| names.iter().map(|name| ((*name).to_owned(), *how)))
        .collect();
    assert_eq!(differences, listed);
}
