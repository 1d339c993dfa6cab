//! Reads JSON value by value, without a tree in between.

use std::borrow::Cow;

use super::error::ReadError;
use super::scan::{self, DEPTH, Fault};
use crate::drift::Watch;
use crate::shown::Hidden;

/// Reads a JSON text from front to back.
pub struct Reader<'j> {
    text: &'j [u8],
    at: usize,
    depth: u32,
    /// The object's start and first property have been read already.
    resumed: bool,
    /// Who hears of what the model does not know.
    watch: Option<Watch<'j>>,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("text", &Hidden(self.text))
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    pub fn new(text: &'j [u8]) -> Self {
        Reader {
            text,
            at: 0,
            depth: 0,
            resumed: false,
            watch: None,
        }
    }

    /// The same, of which somebody hears what the model does not know.
    pub(crate) fn watched(text: &'j [u8], watch: Option<Watch<'j>>) -> Self {
        Reader {
            watch,
            ..Reader::new(text)
        }
    }

    /// Who hears of what the model does not know.
    pub(super) fn watch(&self) -> Option<&Watch<'j>> {
        self.watch.as_ref()
    }

    /// The byte that is read next.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The byte at which the next value starts.
    pub(crate) fn start(&mut self) -> usize {
        self.next();
        self.at
    }

    /// How deep the reader is in objects and arrays of the model.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// Goes back to where a value starts.
    pub(crate) fn go_back(&mut self, start: usize, depth: u32) {
        self.at = start;
        self.depth = depth;
        self.resumed = false;
    }

    /// The bytes from `start` up to what is read next.
    pub(crate) fn since(&self, start: usize) -> &'j [u8] {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The bytes from `start` to the end of the text.
    pub(crate) fn rest(&self, start: usize) -> &'j [u8] {
        self.text.get(start..).unwrap_or_default()
    }

    /// An error at the byte that is read next.
    pub(super) fn error(&self, problem: impl Into<String>) -> ReadError {
        ReadError::new(problem, self.at)
    }

    /// The byte of the next token; `None` at the end.
    // This and the three below are what each property asks, mostly from other crates.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<u8> {
        let (next, at) = scan::token(self.text, self.at);
        self.at = at;
        next
    }

    /// An error for a value of another type than expected. What is no value at
    /// all is worse, and is said first.
    #[cold]
    fn instead_of(&self, expected: &str) -> ReadError {
        let found = match self.text.get(self.at) {
            Some(b'n') => "null",
            Some(b't' | b'f') => "a boolean",
            Some(b'"') => "a string",
            Some(b'[') => "an array",
            Some(b'{') => "an object",
            _ => "a number",
        };
        match scan::skip(self.text, self.at) {
            Err(fault) => failed(fault),
            Ok(_) => self.error(format!("expected {expected}, found {found}")),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), ReadError> {
        self.at = scan::word(self.text, self.at, word).map_err(failed)?;
        Ok(())
    }

    /// Whether the next value is null; it is taken if so.
    #[inline]
    pub(super) fn null(&mut self) -> Result<bool, ReadError> {
        if self.resumed || self.next() != Some(b'n') {
            return Ok(false);
        }
        self.word("null")?;
        Ok(true)
    }

    pub(crate) fn boolean(&mut self) -> Result<bool, ReadError> {
        match self.next() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            Some(b'"') => self.quoted("a boolean", |text| match text {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            }),
            _ => Err(self.instead_of("a boolean")),
        }
    }

    /// Returns true if the next value is a string.
    #[inline]
    pub(crate) fn is_string(&mut self) -> bool {
        self.next() == Some(b'"')
    }

    /// The next string, as it stands in the text where it can.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'j, str>, ReadError> {
        if !self.is_string() {
            return Err(self.instead_of("a string"));
        }
        let (value, at) = scan::string(self.text, self.at + 1).map_err(failed)?;
        self.at = at;
        Ok(value)
    }

    /// A number or boolean in quotes. Clients send them so and servers take it,
    /// and an example of the reference has a version in quotes.
    #[cold]
    fn quoted<T>(
        &mut self,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ReadError> {
        let start = self.at;
        let text = self.string()?;
        parse(&text).ok_or_else(|| {
            self.at = start;
            self.instead_of(expected)
        })
    }

    /// The next number, whether it is a whole one, and where it ends.
    fn digits(&mut self, expected: &str) -> Result<(&'j str, bool, usize), ReadError> {
        if !matches!(self.next(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.instead_of(expected));
        }
        let (whole, end) = scan::number(self.text, self.at).map_err(failed)?;
        let digits = self.text.get(self.at..end).unwrap_or_default();
        Ok((std::str::from_utf8(digits).unwrap_or_default(), whole, end))
    }

    pub(crate) fn integer(&mut self) -> Result<i64, ReadError> {
        if self.is_string() {
            return self.quoted("a whole number", |text| text.parse().ok());
        }
        let (digits, whole, end) = self.digits("a whole number")?;
        if !whole {
            return Err(self.instead_of("a whole number"));
        }
        let beyond = |_| self.error("the number is beyond 64 bits");
        let value = digits.parse().map_err(beyond)?;
        self.at = end;
        Ok(value)
    }

    pub(crate) fn number(&mut self) -> Result<f64, ReadError> {
        if self.is_string() {
            let finite = |text: &str| text.parse().ok().filter(|value| f64::is_finite(*value));
            return self.quoted("a number", finite);
        }
        let (digits, _, end) = self.digits("a number")?;
        let value = digits.parse().ok().filter(|value| f64::is_finite(*value));
        let value = value.ok_or_else(|| self.error("the number is beyond double precision"))?;
        self.at = end;
        Ok(value)
    }

    /// Passes over the next value.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        self.at = scan::skip(self.text, self.at).map_err(failed)?;
        Ok(())
    }

    /// Passes over a value that is not JSON in every detail; whether it ends before the
    /// text does.
    pub(crate) fn skip_loosely(&mut self) -> bool {
        self.next();
        let end = scan::skip_loosely(self.text, self.at);
        self.at = end.unwrap_or(self.at);
        end.is_some()
    }

    /// Starts an array; whether there is a first item.
    pub(crate) fn array(&mut self) -> Result<bool, ReadError> {
        if self.next() != Some(b'[') {
            return Err(self.instead_of("an array"));
        }
        self.at += 1;
        match self.next() {
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            Some(_) => Ok(true),
            None => Err(self.error("the text ends within an array")),
        }
    }

    /// Goes on in an array; whether there is another item.
    pub(crate) fn next_item(&mut self) -> Result<bool, ReadError> {
        match self.next() {
            Some(b',') => self.at += 1,
            Some(b']') => {
                self.at += 1;
                return Ok(false);
            }
            Some(_) => return Err(self.error("expected `,` or `]`")),
            None => return Err(self.error("the text ends within an array")),
        }
        match self.next() {
            Some(b']') => Err(self.error("a comma without an item behind it")),
            Some(_) => Ok(true),
            None => Err(self.error("the text ends within an array")),
        }
    }

    /// Starts an object; the first key.
    pub fn object(&mut self) -> Result<Option<Cow<'j, str>>, ReadError> {
        if std::mem::take(&mut self.resumed) {
            return self.next_key();
        }
        if self.next() != Some(b'{') {
            return Err(self.instead_of("an object"));
        }
        self.at += 1;
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(None);
        }
        self.key().map(Some)
    }

    /// Goes on in an object; the next key.
    pub fn next_key(&mut self) -> Result<Option<Cow<'j, str>>, ReadError> {
        match self.next() {
            Some(b',') => {
                self.at += 1;
                self.key().map(Some)
            }
            Some(b'}') => {
                self.at += 1;
                Ok(None)
            }
            Some(_) => Err(self.error("expected `,` or `}`")),
            None => Err(self.error("the text ends within an object")),
        }
    }

    fn key(&mut self) -> Result<Cow<'j, str>, ReadError> {
        match self.next() {
            Some(b'"') => {}
            Some(_) => return Err(self.error("expected the name of a property")),
            None => return Err(self.error("the text ends within an object")),
        }
        let (key, at) = scan::string(self.text, self.at + 1).map_err(failed)?;
        self.at = scan::colon(self.text, at).map_err(failed)?;
        Ok(key)
    }

    /// Goes on in an object if the next key is this one, which servers write
    /// in one way: a comparison is faster than reading it.
    pub(crate) fn next_key_is(&mut self, key: &str) -> bool {
        let behind = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.strip_prefix(b",\""))
            .and_then(|rest| rest.strip_prefix(key.as_bytes()))
            .and_then(|rest| rest.strip_prefix(b"\":"));
        match behind {
            Some(rest) => {
                self.at = self.text.len() - rest.len();
                true
            }
            None => false,
        }
    }

    /// Notes that the first property of an object has been read: the next reader
    /// of the object continues with the second.
    pub(crate) fn resume(&mut self) {
        self.resumed = true;
    }

    /// Steps into an object or array of the model.
    pub(crate) fn enter(&mut self) -> Result<(), ReadError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error(format!("nested more than {DEPTH} deep")));
        }
        Ok(())
    }

    /// Steps out again.
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Checks that nothing follows.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        match self.next() {
            None => Ok(()),
            Some(_) => Err(self.error("something follows the value")),
        }
    }
}

fn failed((problem, at): Fault) -> ReadError {
    ReadError::new(problem, at)
}
