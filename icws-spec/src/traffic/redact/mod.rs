//! Traffic without its secrets, in a file that can be passed on.

mod address;
mod body;
mod entry;
mod pseudonym;
mod text;

use std::io::{self, Read, Write};

use icws_secrets::Known;
use serde_json::Value;

use super::har::{self, Broken, Form, ReadError, Visitor};
use super::route::Routes;
use super::secrets::Secrets;
use crate::api::Api;
use pseudonym::Pseudonyms;

/// What was written without its secrets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redacted {
    /// How many entries were written.
    pub entries: u64,
    /// How many entries were left out, since they are no JSON, or no objects.
    pub left_out: u64,
}

/// Writes a file of traffic without its secrets, entry by entry: a HAR document as one,
/// a recording as one.
///
/// What a secret is, the model tells by its type `secret`, and names do (`password`,
/// `token`, `cookie` …). What is not known to be harmless is masked: bodies that are
/// no JSON, form or event stream, comments, headers that nobody documents, fields that
/// only one tool knows, and all of what is not of ICWS but its host.
///
/// With `texts`, texts are replaced, too, since they may be names and numbers of people.
/// Equal texts have equal ones in their place, so that ids still match; which, nobody
/// can tell who has the new file alone. Types, points in time, numbers of JSON, and
/// names of properties stay.
///
/// # Errors
/// When the file cannot be read to its end, or nothing can be written. What was read is
/// written, and what was written is whole.
pub fn redact(
    api: &Api,
    texts: bool,
    reader: impl Read,
    writer: impl Write,
) -> Result<Redacted, ReadError> {
    let mut file = File {
        cleaner: Cleaner {
            secrets: Secrets::of(api),
            routes: Routes::new(api),
            pseudonyms: texts.then(Pseudonyms::new),
            known: Known::default(),
        },
        writer,
        form: Form::Lines,
        members: 0,
        in_entries: false,
        had_entries: false,
        redacted: Redacted::default(),
    };
    let outcome = har::read(reader, &mut file);
    // What could not be written is worth nothing, whatever was read.
    let redacted = file.end()?;
    outcome.map(|()| redacted)
}

/// Takes the secrets out of values.
struct Cleaner<'a> {
    secrets: Secrets,
    routes: Routes<'a>,
    /// What texts are replaced by, if they are.
    pseudonyms: Option<Pseudonyms>,
    /// The secrets that were met, to be found in other places. Names of properties stay,
    /// whatever a secret is.
    known: Known,
}

/// A file that is written.
struct File<'a, W> {
    cleaner: Cleaner<'a>,
    writer: W,
    form: Form,
    /// How many members of the log are written.
    members: u64,
    in_entries: bool,
    had_entries: bool,
    redacted: Redacted,
}

impl<W: Write> File<'_, W> {
    fn write(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes())
    }

    /// Writes what stands before a member.
    fn begin(&mut self, name: &str) -> io::Result<()> {
        if std::mem::take(&mut self.in_entries) {
            self.write("\n]")?;
        }
        if self.members > 0 {
            self.write(",\n")?;
        }
        self.members += 1;
        self.write(&format!("{}: ", Value::from(name)))
    }

    fn end(mut self) -> io::Result<Redacted> {
        if self.form == Form::Document {
            if !self.had_entries {
                self.begin("entries")?;
                self.write("[")?;
                self.in_entries = true;
            }
            if self.in_entries {
                self.write("\n]")?;
            }
            self.write("\n}}\n")?;
        }
        self.writer.flush()?;
        Ok(self.redacted)
    }
}

impl<W: Write> Visitor for File<'_, W> {
    fn form(&mut self, form: Form) -> io::Result<()> {
        self.form = form;
        match form {
            Form::Document => self.write("{\"log\": {\n"),
            Form::Lines => Ok(()),
        }
    }

    fn member(&mut self, name: &str, mut value: Value) -> io::Result<()> {
        self.cleaner.member(name, &mut value);
        self.begin(name)?;
        self.write(&value.to_string())
    }

    fn entry(&mut self, _: u64, mut entry: Value) -> io::Result<()> {
        if !entry.is_object() {
            self.redacted.left_out += 1;
            return Ok(());
        }
        // Its secrets are learned first: one may stand before what tells that it is one.
        self.cleaner.entry(&mut entry.clone());
        self.cleaner.entry(&mut entry);
        self.redacted.entries += 1;
        if self.form == Form::Lines {
            return self.write(&format!("{entry}\n"));
        }
        if self.in_entries {
            self.write(",\n")?;
        } else {
            self.begin("entries")?;
            self.write("[\n")?;
            (self.in_entries, self.had_entries) = (true, true);
        }
        self.write(&entry.to_string())
    }

    fn broken(&mut self, _: u64, _: Broken) -> io::Result<()> {
        self.redacted.left_out += 1;
        Ok(())
    }
}
