//! Reads JSON value by value, without a tree in between.

use jiter::{Jiter, JiterError, JiterErrorType, JsonType, NumberInt, Peek};

use super::error::ReadError;

/// How deep objects of the model may nest, as for every JSON reader: a text
/// must not be able to use up the stack.
const DEPTH: u16 = 128;

/// Reads a JSON text from front to back.
#[derive(Debug)]
pub struct Reader<'j> {
    data: &'j [u8],
    jiter: Jiter<'j>,
    /// Where `jiter` began in `data`.
    base: usize,
    depth: u16,
    /// The object's start and first property have been read already.
    resumed: bool,
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    pub fn new(data: &'j [u8]) -> Self {
        Reader {
            data,
            jiter: Jiter::new(data),
            base: 0,
            depth: 0,
            resumed: false,
        }
    }

    /// The byte that is read next.
    pub(crate) fn position(&self) -> usize {
        self.base + self.jiter.current_index()
    }

    /// The byte at which the next value starts.
    pub(crate) fn start(&mut self) -> usize {
        // Looking at the value passes over what is before it; what is wrong
        // with it, reading it will say.
        let _ = self.jiter.peek();
        self.position()
    }

    /// How deep the reader is in objects and arrays of the model.
    pub(crate) fn depth(&self) -> u16 {
        self.depth
    }

    /// Goes back to where a value starts.
    pub(crate) fn go_back(&mut self, start: usize, depth: u16) {
        let rest = self.data.get(start..).unwrap_or_default();
        self.jiter = Jiter::new(rest);
        self.base = start;
        self.depth = depth;
        self.resumed = false;
    }

    /// The bytes from `start` up to what is read next.
    pub(crate) fn since(&self, start: usize) -> &'j [u8] {
        self.data.get(start..self.position()).unwrap_or_default()
    }

    /// The bytes from `start` to the end of the text.
    pub(crate) fn rest(&self, start: usize) -> &'j [u8] {
        self.data.get(start..).unwrap_or_default()
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> ReadError {
        ReadError::new(problem, self.position())
    }

    fn failed(&self, error: &JiterError) -> ReadError {
        let problem = match &error.error_type {
            JiterErrorType::JsonError(kind) => kind.to_string(),
            JiterErrorType::WrongType { expected, actual } => {
                format!("expected {}, found {}", name(expected), name(actual))
            }
        };
        ReadError::new(problem, self.base + error.index)
    }

    fn peek(&mut self) -> Result<Peek, ReadError> {
        match self.jiter.peek() {
            Ok(peek) => Ok(peek),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Whether the next value is null; it is taken if so.
    pub(super) fn null(&mut self) -> Result<bool, ReadError> {
        if self.resumed || self.peek()? != Peek::Null {
            return Ok(false);
        }
        match self.jiter.known_null() {
            Ok(()) => Ok(true),
            Err(error) => Err(self.failed(&error)),
        }
    }

    pub(super) fn boolean(&mut self) -> Result<bool, ReadError> {
        self.jiter.next_bool().map_err(|error| self.failed(&error))
    }

    pub(crate) fn string(&mut self) -> Result<String, ReadError> {
        match self.jiter.next_str() {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Whether the next value is a string.
    pub(crate) fn is_string(&mut self) -> bool {
        matches!(self.jiter.peek(), Ok(Peek::String))
    }

    /// What a function makes of the next string.
    pub(crate) fn string_with<R>(&mut self, f: impl FnOnce(&str) -> R) -> Result<R, ReadError> {
        match self.jiter.next_str() {
            Ok(text) => Ok(f(text)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    pub(crate) fn integer(&mut self) -> Result<i64, ReadError> {
        match self.jiter.next_int() {
            Ok(NumberInt::Int(value)) => Ok(value),
            // Another crate may switch on jiter's big numbers.
            #[allow(unreachable_patterns)]
            Ok(_) => Err(self.error("the number is beyond 64 bits")),
            Err(error) => Err(self.failed(&error)),
        }
    }

    pub(super) fn number(&mut self) -> Result<f64, ReadError> {
        self.jiter.next_float().map_err(|error| self.failed(&error))
    }

    /// Passes over the next value.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        self.jiter.next_skip().map_err(|error| self.failed(&error))
    }

    /// Starts an array; whether there is a first item.
    pub(crate) fn array(&mut self) -> Result<bool, ReadError> {
        match self.jiter.next_array() {
            Ok(first) => Ok(first.is_some()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Goes on in an array; whether there is another item.
    pub(crate) fn next_item(&mut self) -> Result<bool, ReadError> {
        match self.jiter.array_step() {
            Ok(next) => Ok(next.is_some()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Starts an object; what a function makes of the first key.
    pub(crate) fn object<R>(&mut self, f: impl FnOnce(&str) -> R) -> Result<Option<R>, ReadError> {
        if std::mem::take(&mut self.resumed) {
            return self.next_key(f);
        }
        match self.jiter.next_object() {
            Ok(key) => Ok(key.map(f)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Goes on in an object; what a function makes of the next key.
    pub(crate) fn next_key<R>(
        &mut self,
        f: impl FnOnce(&str) -> R,
    ) -> Result<Option<R>, ReadError> {
        match self.jiter.next_key() {
            Ok(key) => Ok(key.map(f)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Says that an object has been begun and its first property read: whoever
    /// reads it goes on with the second.
    pub(crate) fn resume(&mut self) {
        self.resumed = true;
    }

    /// Steps into an object or array of the model.
    pub(super) fn enter(&mut self) -> Result<(), ReadError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error(format!("nested more than {DEPTH} deep")));
        }
        Ok(())
    }

    /// Steps out again.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Checks that nothing follows.
    pub(crate) fn finish(&mut self) -> Result<(), ReadError> {
        self.jiter.finish().map_err(|error| self.failed(&error))
    }
}

fn name(kind: &JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Bool => "a boolean",
        JsonType::Int => "a whole number",
        JsonType::Float => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}
