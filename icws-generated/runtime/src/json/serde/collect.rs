//! Structured values of a deserializer as JSON text.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::json::scan::{self, DEPTH};
use crate::json::writer::Writer;

/// How serde_json says "a number with these digits" to a visitor that asks for any
/// value, where a crate turned on its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Returns what a deserializer gives as JSON text.
///
/// # Errors
/// When the deserializer fails, or gives what JSON has no form for.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let mut writer = Writer::new();
    let whole = Collect {
        writer: &mut writer,
        depth: 0,
    };
    whole.deserialize(deserializer)?;
    Ok(writer.into_bytes())
}

/// Writes the value that it is given.
struct Collect<'a> {
    writer: &'a mut Writer,
    depth: u32,
}

impl Collect<'_> {
    /// The same, for a value inside of this one.
    fn inside<E: Error>(&mut self) -> Result<Collect<'_>, E> {
        if self.depth == DEPTH {
            return Err(E::custom(format_args!("nested more than {DEPTH} deep")));
        }
        Ok(Collect {
            writer: self.writer,
            depth: self.depth + 1,
        })
    }

    /// Writes a number by its digits.
    fn digits<E: Error>(self, digits: &str) -> Result<(), E> {
        match scan::number(digits.as_bytes(), 0) {
            Ok((_, end)) if end == digits.len() => {
                self.writer.raw(digits.as_bytes());
                Ok(())
            }
            _ => Err(E::custom("a number whose digits are none")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Collect<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The same for an item of an array, of which nobody knows whether it is there.
struct Item<'a>(Collect<'a>);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.writer.item();
        self.0.deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Collect<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has a form for")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.writer.boolean(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.writer.display(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.writer.display(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom("a number that is not finite"));
        }
        self.writer.number(value);
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.writer.string(value);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.writer.null();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.writer.null();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        self.inside()?.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        mut self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        self.inside()?.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.writer.array();
        while items.next_element_seed(Item(self.inside()?))?.is_some() {}
        self.writer.end_array();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut key: Option<String> = entries.next_key()?;
        if key.as_deref() == Some(NUMBER) {
            return self.digits(&entries.next_value::<String>()?);
        }
        self.writer.object();
        while let Some(name) = key {
            self.writer.key(&name);
            entries.next_value_seed(self.inside()?)?;
            key = entries.next_key()?;
        }
        self.writer.end_object();
        Ok(())
    }
}
