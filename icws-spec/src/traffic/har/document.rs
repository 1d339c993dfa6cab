//! A HAR document, entry by entry.
//!
//! Entries are cut out by their brackets and read one by one, so that what is wrong in
//! one, such as a number that nothing can hold, costs no other.

use std::io::{self, BufRead};

use serde_json::Value;

use super::{Broken, ReadError, Visitor};

/// An entry may be so long, in bytes; what is longer is none.
const LONGEST: usize = 1 << 30;

pub(super) fn read(reader: impl BufRead, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
    let mut document = Document {
        reader,
        visitor,
        line: 1,
        column: 0,
        entries: 0,
    };
    document.read().map_err(|stop| match stop {
        Stop::Io(error) => ReadError {
            entries: document.entries,
            ..ReadError::from(error)
        },
        Stop::Form(message) => document.error(message),
        Stop::Cut => document.error("the file was cut"),
    })
}

/// Why a document is not read on.
enum Stop {
    Io(io::Error),
    /// It is not what it should be.
    Form(&'static str),
    /// It ends too early.
    Cut,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

/// A document under way.
struct Document<'v, R> {
    reader: R,
    visitor: &'v mut dyn Visitor,
    line: usize,
    column: usize,
    /// How many entries were read.
    entries: u64,
}

impl<R: BufRead> Document<'_, R> {
    fn error(&self, message: &str) -> ReadError {
        let entries = self.entries;
        ReadError {
            at: Some((self.line, self.column)),
            message: format!(
                "{message}; {entries} entries were read before that, and none behind it"
            ),
            entries,
        }
    }

    fn read(&mut self) -> Result<(), Stop> {
        let mut has_log = false;
        self.members("a HAR document is an object", |this, name| {
            if name == "log" {
                has_log = true;
                return this.log();
            }
            this.value(None).map(drop)
        })?;
        if !has_log {
            return Err(Stop::Form("a HAR document has a `log`"));
        }
        match self.next()? {
            None => Ok(()),
            Some(_) => Err(Stop::Form("something stands behind the document")),
        }
    }

    fn log(&mut self) -> Result<(), Stop> {
        self.members("the log of a HAR document is an object", |this, name| {
            if name == "entries" {
                return this.entries();
            }
            let mut text = Vec::new();
            this.value(Some(&mut text))?;
            // Nobody needs what is no JSON here.
            let value = serde_json::from_slice(&text).unwrap_or(Value::Null);
            Ok(this.visitor.member(name, value)?)
        })
    }

    fn entries(&mut self) -> Result<(), Stop> {
        self.enter(b'[', "the entries of a HAR document are a list")?;
        let mut text = Vec::new();
        let mut more = self.next()? != Some(b']');
        while more {
            text.clear();
            let is_whole = self.value(Some(&mut text))?;
            self.entries += 1;
            let number = self.entries;
            match serde_json::from_slice(&text) {
                _ if !is_whole => {
                    let broken = Broken::new("the entry is longer than 1 GiB");
                    self.visitor.broken(number, broken)?;
                }
                Ok(entry) => self.visitor.entry(number, entry)?,
                Err(error) => {
                    let message = format!("the entry is no JSON: {}", without_place(&error));
                    self.visitor.broken(number, Broken::new(message))?;
                }
            }
            more = self.goes_on(b']')?;
        }
        self.take()?;
        Ok(())
    }

    /// Reads an object; `each` reads the value of a member by its name.
    fn members(
        &mut self,
        form: &'static str,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        self.enter(b'{', form)?;
        let mut more = self.next()? != Some(b'}');
        while more {
            if self.next()?.is_some_and(|byte| byte != b'"') {
                return Err(Stop::Form("this is no JSON: a name is missing"));
            }
            let mut name = Vec::new();
            self.value(Some(&mut name))?;
            let name: String = serde_json::from_slice(&name).unwrap_or_default();
            self.enter(b':', "this is no JSON: a `:` is missing")?;
            each(self, &name)?;
            more = self.goes_on(b'}')?;
        }
        self.take()?;
        Ok(())
    }

    /// Reads the comma behind a member or an item, if it is not the last one.
    fn goes_on(&mut self, end: u8) -> Result<bool, Stop> {
        match self.next()? {
            Some(b',') => self.take().map(|()| true),
            Some(byte) if byte == end => Ok(false),
            Some(_) => Err(Stop::Form("this is no JSON: a `,` or an end is missing")),
            None => Err(Stop::Cut),
        }
    }

    fn enter(&mut self, bracket: u8, form: &'static str) -> Result<(), Stop> {
        match self.next()? {
            Some(byte) if byte == bracket => self.take(),
            Some(_) => Err(Stop::Form(form)),
            None => Err(Stop::Cut),
        }
    }

    /// The next byte that is no blank, which is not yet taken; `None` at the end.
    fn next(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            match self.reader.fill_buf()?.first().copied() {
                Some(byte) if byte.is_ascii_whitespace() => self.take()?,
                next => return Ok(next),
            }
        }
    }

    /// Takes one byte.
    fn take(&mut self) -> Result<(), Stop> {
        let byte = self.reader.fill_buf()?.first().copied().ok_or(Stop::Cut)?;
        self.reader.consume(1);
        self.pass(byte);
        Ok(())
    }

    fn pass(&mut self, byte: u8) {
        if byte == b'\n' {
            (self.line, self.column) = (self.line + 1, 0);
        } else {
            self.column += 1;
        }
    }

    /// Passes over a value by its brackets and quotes, and returns false if it is longer
    /// than what is kept.
    fn value(&mut self, mut out: Option<&mut Vec<u8>>) -> Result<bool, Stop> {
        self.next()?;
        let mut walk = Walk::default();
        let mut is_whole = true;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Err(Stop::Cut);
            }
            let mut length = 0;
            for byte in chunk {
                if walk.ends_before(*byte) {
                    break;
                }
                length += 1;
                if walk.ends_with(*byte) {
                    break;
                }
            }
            let part: Vec<u8> = chunk.get(..length).unwrap_or_default().to_vec();
            self.reader.consume(length);
            part.iter().for_each(|byte| self.pass(*byte));
            if let Some(out) = &mut out {
                is_whole &= out.len() + part.len() <= LONGEST;
                if is_whole {
                    out.extend_from_slice(&part);
                }
            }
            if walk.is_done {
                return match walk.is_empty {
                    true => Err(Stop::Form("this is no JSON: a value is missing")),
                    false => Ok(is_whole),
                };
            }
        }
    }
}

/// Where a value ends, byte by byte.
#[derive(Default)]
struct Walk {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    has_begun: bool,
    is_empty: bool,
    is_done: bool,
}

impl Walk {
    /// Whether a number or word has ended before a byte.
    fn ends_before(&mut self, byte: u8) -> bool {
        let is_end = matches!(byte, b',' | b'}' | b']' | b':') || byte.is_ascii_whitespace();
        if self.depth == 0 && !self.in_string && is_end {
            (self.is_empty, self.is_done) = (!self.has_begun, true);
        }
        self.is_done
    }

    /// Whether an object, list or text ends with a byte.
    fn ends_with(&mut self, byte: u8) -> bool {
        self.has_begun = true;
        if self.in_string {
            let is_escaped = std::mem::take(&mut self.is_escaped);
            match byte {
                b'\\' => self.is_escaped = !is_escaped,
                b'"' => self.in_string = is_escaped,
                _ => {}
            }
            self.is_done = !self.in_string && self.depth == 0;
            return self.is_done;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                self.is_done = self.depth == 0;
            }
            _ => {}
        }
        self.is_done
    }
}

/// The message of an error without its place, which is one in the entry.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}
