//! Files with traffic: HAR 1.2, as browsers and proxies write it, and recordings, which
//! have an entry of HAR on each line.
//!
//! A file is read entry by entry; what is kept of it at a time is one entry, whatever
//! its length.

mod document;
mod entry;
mod lines;
mod surrogates;

use std::fmt;
use std::io::{self, BufReader, Cursor, Read};

use serde_json::Value;

pub(super) use entry::{Broken, sight, unpacked};
use surrogates::Mended;

/// What a file is made of, told one after another.
pub(super) trait Visitor {
    /// What the file is.
    fn form(&mut self, form: Form) -> io::Result<()>;

    /// A member of the log that is not its entries.
    fn member(&mut self, name: &str, value: Value) -> io::Result<()>;

    /// An entry, by its number in a document and its line in a recording, from 1.
    fn entry(&mut self, number: u64, entry: Value) -> io::Result<()>;

    /// An entry that is no JSON.
    fn broken(&mut self, number: u64, error: Broken) -> io::Result<()>;
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A HAR document.
    Document,
    /// An entry on each line.
    Lines,
}

/// Why a file could not be read to its end.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReadError {
    /// Where the reading stopped: line and column, from 1. `None` when that has no
    /// place.
    pub at: Option<(usize, usize)>,
    /// What is wrong, and what to do.
    pub message: String,
    /// How many entries were read before that.
    pub entries: u64,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        ReadError {
            at: None,
            message: error.to_string(),
            entries: 0,
        }
    }
}

/// How much of a file is looked at to tell its form.
const HEAD: u64 = 4096;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a file to its end.
///
/// # Errors
/// When the file is neither a HAR document nor a recording, when a document is broken
/// or cut, and when it cannot be read. What came before has been told.
pub(super) fn read(reader: impl Read, visitor: &mut dyn Visitor) -> Result<(), ReadError> {
    let mut reader = BufReader::new(reader);
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    let marked = head.strip_prefix(BYTE_ORDER_MARK).map(<[u8]>::to_vec);
    let head = marked.unwrap_or(head);
    let form = form(&head)?;
    visitor.form(form)?;
    let whole = Mended::new(Cursor::new(head).chain(reader));
    match form {
        Form::Document => document::read(whole, visitor),
        Form::Lines => lines::read(whole, visitor),
    }
}

/// Tells the form of a file by its first bytes. A document on one line has a `log`; one
/// on several lines begins with a brace alone.
fn form(head: &[u8]) -> Result<Form, ReadError> {
    let refused = |message: &str| ReadError {
        at: None,
        message: message.to_owned(),
        entries: 0,
    };
    if head.starts_with(b"\x1f\x8b") || head.starts_with(b"PK") {
        return Err(refused("this is compressed; unpack it first"));
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(refused("this is UTF-16; save it as UTF-8"));
    }
    let Some(object) = head.trim_ascii_start().strip_prefix(b"{") else {
        let nothing = head.trim_ascii_start().is_empty();
        let message = "this is neither a HAR document (`{\"log\": …}`) nor a recording (an entry of HAR on each line)";
        return if nothing {
            Ok(Form::Lines)
        } else {
            Err(refused(message))
        };
    };
    let mut blank = object.iter().take_while(|byte| byte.is_ascii_whitespace());
    let breaks = blank.any(|byte| matches!(byte, b'\n' | b'\r'));
    Ok(if breaks || has_log(object) {
        Form::Document
    } else {
        Form::Lines
    })
}

/// Returns true if an object has a `log`, as far as its start tells. What else stands
/// there may have one deeper inside.
fn has_log(object: &[u8]) -> bool {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = object.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return false,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let start = at;
                while let Some(byte) = object.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                let text = object.get(start..at).unwrap_or_default();
                at += 1;
                let behind = object.get(at..).unwrap_or_default().trim_ascii_start();
                if depth == 0 && text == b"log" && behind.starts_with(b":") {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
