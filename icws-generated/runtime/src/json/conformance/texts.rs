//! Texts beside those of the suite, with what RFC 8259 says of them, and those that
//! are read in spite of it.

/// Texts that every reader of JSON must take.
pub(super) const VALID: &[&str] = &[
    "[[] ]",
    " \n{}\t\r",
    "[[[[[[]]]]]]",
    "[0]",
    "{\"title\":\"\\u041f\\u043e\"}",
    "[\"aa\u{7f}aa\"]",
    "\"exactly 8\"",
    "\"longer than eight bytes\"",
];

/// Texts that every reader of JSON must refuse.
pub(super) const INVALID: &[&[u8]] = &[
    b"[\"a\x0ba\"\\f]",
    b"[\"\xe0\xff\"]",
    b"[\"\xed\xa0\x80\"]",
    b"\"\\u00\xe9\"",
    b"\"a long text and then\x80\"",
];

/// Texts that JSON forbids and that are read nevertheless, with what is read: halves of
/// characters, as servers leave them that cut text at a length.
pub(super) const TOLERATED: &[(&str, &str)] = &[
    ("\"\\ud800\"", "\u{fffd}"),
    ("\"\\udc00\"", "\u{fffd}"),
    ("\"\\ud800\\ud800\"", "\u{fffd}\u{fffd}"),
    ("\"\\ud800a\"", "\u{fffd}a"),
    ("\"a\\ud83d\\n\"", "a\u{fffd}\n"),
];
