//! A HAR document, entry by entry.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, BufRead};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::ReadError;

pub(super) fn read(
    reader: impl BufRead,
    visitor: &mut dyn super::Visitor,
) -> Result<(), ReadError> {
    let state = State {
        visitor: RefCell::new(visitor),
        failed: RefCell::new(None),
        entries: RefCell::new(0),
    };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let outcome = Document(&state).deserialize(&mut json);
    let outcome = outcome.and_then(|()| json.end());
    if let Some(error) = state.failed.into_inner() {
        return Err(error.into());
    }
    outcome.map_err(|error| {
        let entries = state.entries.into_inner();
        let cut = if error.is_eof() {
            "; the file was cut"
        } else {
            ""
        };
        ReadError {
            at: Some((error.line(), error.column())),
            message: format!(
                "{}{cut}; {entries} entries were read before that, and none behind it",
                without_place(&error)
            ),
        }
    })
}

/// The message of an error without its place, which is told before it.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

/// What a document under way is told to.
struct State<'v> {
    visitor: RefCell<&'v mut dyn super::Visitor>,
    /// Why the visitor wants no more.
    failed: RefCell<Option<io::Error>>,
    entries: RefCell<u64>,
}

impl State<'_> {
    fn tell<E: Error>(
        &self,
        tell: impl FnOnce(&mut dyn super::Visitor) -> io::Result<()>,
    ) -> Result<(), E> {
        tell(*self.visitor.borrow_mut()).map_err(|error| {
            let custom = E::custom(&error);
            *self.failed.borrow_mut() = Some(error);
            custom
        })
    }
}

/// The object around the log.
struct Document<'s, 'v>(&'s State<'v>);

/// The log.
struct Log<'s, 'v>(&'s State<'v>);

/// The list of entries.
struct Entries<'s, 'v>(&'s State<'v>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a HAR document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut has_log = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == "log" {
                map.next_value_seed(Log(self.0))?;
                has_log = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if has_log {
            Ok(())
        } else {
            Err(A::Error::custom("a HAR document has a `log`"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Log<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Log<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the log of a HAR document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "entries" {
                map.next_value_seed(Entries(self.0))?;
            } else {
                let value = map.next_value::<Value>()?;
                self.0.tell(|visitor| visitor.member(&key, value))?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(entry) = items.next_element::<Value>()? {
            *self.0.entries.borrow_mut() += 1;
            let number = *self.0.entries.borrow();
            self.0.tell(|visitor| visitor.entry(number, entry))?;
        }
        Ok(())
    }
}
