//! JSON text as structured values of a serializer.

use serde_core::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::json::error::ReadError;
use crate::json::reader::Reader;

/// The value that starts at a byte of a JSON text. What serializes it
/// passes over it: a serializer may look at a value once, twice or not at all.
pub(super) struct Part<'a> {
    text: &'a [u8],
    start: usize,
}

impl<'a> Part<'a> {
    /// The whole of a text.
    pub(super) fn whole(text: &'a [u8]) -> Self {
        Part { text, start: 0 }
    }

    /// The value that a reader of the text comes to next.
    fn next(&self, reader: &mut Reader<'_>) -> Part<'a> {
        Part {
            text: self.text,
            start: reader.start(),
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reader = Reader::new(self.text);
        reader.go_back(self.start, 0);
        match reader.next() {
            Some(b'{') => {
                let mut entries = serializer.serialize_map(None)?;
                let mut key = reader.object().map_err(failed)?;
                while let Some(name) = key {
                    entries.serialize_entry(&*name, &self.next(&mut reader))?;
                    reader.skip().map_err(failed)?;
                    key = reader.next_key().map_err(failed)?;
                }
                entries.end()
            }
            Some(b'[') => {
                let mut items = serializer.serialize_seq(None)?;
                let mut more = reader.array().map_err(failed)?;
                while more {
                    items.serialize_element(&self.next(&mut reader))?;
                    reader.skip().map_err(failed)?;
                    more = reader.next_item().map_err(failed)?;
                }
                items.end()
            }
            Some(b'"') => serializer.serialize_str(&reader.string().map_err(failed)?),
            Some(b't' | b'f') => serializer.serialize_bool(reader.boolean().map_err(failed)?),
            Some(b'n') => serializer.serialize_none(),
            _ => number(&mut reader, serializer),
        }
    }
}

/// A whole number stays one as long as 64 bits hold it.
fn number<S: Serializer>(reader: &mut Reader<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let start = reader.start();
    reader.skip().map_err(failed)?;
    let digits = std::str::from_utf8(reader.since(start)).unwrap_or_default();
    match digits.parse::<i64>() {
        // Whole numbers have no -0.
        Ok(value) if digits != "-0" => return serializer.serialize_i64(value),
        _ => {}
    }
    if let Ok(value) = digits.parse::<u64>() {
        return serializer.serialize_u64(value);
    }
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() => serializer.serialize_f64(value),
        _ => Err(S::Error::custom("a number is beyond double precision")),
    }
}

fn failed<E: Error>(error: ReadError) -> E {
    E::custom(error.without_offset())
}
