//! Writes JSON.

use std::fmt;

use super::record::TYPE;
use super::secret::Secret;
use crate::shown::Hidden;

/// The digits of an escape.
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes a JSON text from front to back.
#[derive(Default)]
pub struct Writer {
    out: Vec<u8>,
    hides_secrets: bool,
    has_lost: bool,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("out", &Hidden(&self.out))
            .finish_non_exhaustive()
    }
}

impl Writer {
    /// A writer with nothing written.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer for logs: secrets are not in its text.
    pub(super) fn for_logs() -> Self {
        Writer {
            hides_secrets: true,
            ..Self::default()
        }
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.out.push(b'"');
        let bytes = text.as_bytes();
        let mut plain = 0;
        for (index, byte) in bytes.iter().copied().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.raw(bytes.get(plain..index).unwrap_or_default());
            plain = index + 1;
            match byte {
                b'"' => self.raw(b"\\\""),
                b'\\' => self.raw(b"\\\\"),
                b'\n' => self.raw(b"\\n"),
                b'\r' => self.raw(b"\\r"),
                b'\t' => self.raw(b"\\t"),
                control => {
                    let digits = [
                        HEX[usize::from(control >> 4)],
                        HEX[usize::from(control & 15)],
                    ];
                    self.raw(b"\\u00");
                    self.raw(&digits);
                }
            }
        }
        self.raw(bytes.get(plain..).unwrap_or_default());
        self.out.push(b'"');
    }

    pub(super) fn secret(&mut self, text: &str) {
        self.string(if self.hides_secrets {
            Secret::HIDDEN
        } else {
            text
        });
    }

    /// Writes a value of which nothing is known but its text. It may be secret.
    pub(super) fn unknown(&mut self, json: &str) {
        if self.hides_secrets {
            self.string(Secret::HIDDEN);
        } else {
            self.raw(json.as_bytes());
        }
    }

    /// Writes an object of which nothing is known but its type and its text.
    pub(super) fn unknown_object(&mut self, type_urn: Option<&str>, json: &[u8]) {
        if !self.hides_secrets {
            return self.raw(json);
        }
        self.object();
        if let Some(urn) = type_urn {
            self.key(TYPE);
            self.string(urn);
        }
        self.key(Secret::HIDDEN);
        self.string(Secret::HIDDEN);
        self.end_object();
    }

    pub(super) fn null(&mut self) {
        self.raw(b"null");
    }

    pub(super) fn boolean(&mut self, value: bool) {
        self.raw(if value { b"true" } else { b"false" });
    }

    pub(crate) fn display(&mut self, value: impl fmt::Display) {
        self.raw(value.to_string().as_bytes());
    }

    /// JSON has no form for infinities and NaN; they become null, and the text is not
    /// what it was made of.
    pub(crate) fn number(&mut self, value: f64) {
        if value.is_finite() {
            self.raw(format!("{value:?}").as_bytes());
        } else {
            self.has_lost = true;
            self.null();
        }
    }

    /// Returns true if something has no form in JSON and became null.
    pub(crate) fn has_lost(&self) -> bool {
        self.has_lost
    }

    /// Starts an object.
    pub fn object(&mut self) {
        self.out.push(b'{');
    }

    /// Writes a key, with a comma before it unless it is the first.
    pub fn key(&mut self, name: &str) {
        self.comma(b'{');
        self.string(name);
        self.out.push(b':');
    }

    /// Ends an object.
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Starts an array.
    pub(crate) fn array(&mut self) {
        self.out.push(b'[');
    }

    /// Prepares for an item of an array.
    pub(crate) fn item(&mut self) {
        self.comma(b'[');
    }

    /// Ends an array.
    pub(crate) fn end_array(&mut self) {
        self.out.push(b']');
    }

    fn comma(&mut self, opening: u8) {
        if self.out.last() != Some(&opening) {
            self.out.push(b',');
        }
    }
}
