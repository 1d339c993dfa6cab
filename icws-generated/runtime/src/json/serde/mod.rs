//! serde's traits for generated types, in the form that they have on the wire.
//!
//! Nothing is derived: a value is written as JSON by our writer, and the text
//! becomes structured values of any serializer, and the other way round. The
//! impls of a type are two calls of what is here.

mod collect;
mod structure;

pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use serde_core::de::Error as _;

use super::boxed::Boxed;
use super::error::ReadError;
use super::field::Field;
use super::moment::Moment;
use super::secret::Secret;
use super::time::{DateTime, Seconds};
use super::union::UnknownObject;
use super::unknown::UnknownProperties;

fn read<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: impl Fn(&[u8]) -> Result<T, ReadError>,
) -> Result<T, D::Error> {
    let text = collect::text(deserializer)?;
    // Nobody has seen the text, so that its bytes say nothing.
    read(&text).map_err(|error| D::Error::custom(error.without_offset()))
}

/// What is one value: objects, messages, enumerations.
pub mod values {
    use serde_core::{Deserializer, Serialize, Serializer};

    use super::structure::Part;
    use crate::json::{Blank, ReadError, Reader, Value, Writer};

    /// Serializes a value.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer::new();
        value.write(&mut writer);
        Part::whole(&writer.into_bytes()).serialize(serializer)
    }

    /// Deserializes a value.
    ///
    /// # Errors
    /// When the deserializer fails, or gives another type.
    pub fn deserialize<'de, T: Value + Blank, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        super::read(deserializer, |text| {
            let mut value = T::blank();
            read(&mut value, text)?;
            Ok(value)
        })
    }

    fn read(value: &mut dyn Value, text: &[u8]) -> Result<(), ReadError> {
        let mut reader = Reader::new(text);
        value.read(&mut reader)?;
        reader.finish()
    }
}

/// Enums over several objects.
pub mod unions {
    use serde_core::{Deserializer, Serialize, Serializer};

    use super::structure::Part;
    use crate::json::Union;

    /// Serializes the object that a union is.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<U: Union, S: Serializer>(union: &U, serializer: S) -> Result<S::Ok, S::Error> {
        Part::whole(&union.to_json()).serialize(serializer)
    }

    /// Deserializes a union by the `__type` of the object.
    ///
    /// # Errors
    /// When the deserializer fails, or gives another type.
    pub fn deserialize<'de, U: Union, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<U, D::Error> {
        super::read(deserializer, U::from_json)
    }
}

/// States of delta messages.
pub mod states {
    use serde_core::{Deserializer, Serialize, Serializer};

    use super::structure::Part;
    use crate::messages::DeltaState;

    /// Serializes a state.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<T: DeltaState, S: Serializer>(
        state: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Part::whole(&state.to_json()).serialize(serializer)
    }

    /// Deserializes a state.
    ///
    /// # Errors
    /// When the deserializer fails, or gives another type.
    pub fn deserialize<'de, T: DeltaState, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        super::read(deserializer, T::from_json)
    }
}

crate::__serde! {
    values { DateTime Moment Seconds Secret UnknownObject UnknownProperties }
}

/// Absent and null are both none, as serde knows one of them; null becomes
/// [`Field::Null`]. Structs that tell them apart leave out the property:
/// `#[serde(default, skip_serializing_if = "Field::is_absent")]`.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::deserialize(deserializer)?;
        Ok(value.map_or(Field::Null, Field::Value))
    }
}

impl<T: Serialize> Serialize for Boxed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Boxed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Boxed::new)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::structure::Part;
    use crate::json::conformance::document;
    use crate::json::conformance::suite;

    #[test]
    fn a_text_becomes_what_serde_json_reads_of_it() {
        for (name, text) in suite::cases() {
            if name.starts_with("y_") {
                let expected: Value = serde_json::from_slice(&text).unwrap();
                let value = serde_json::to_value(Part::whole(&text)).unwrap();
                assert_eq!(value, expected, "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_document_passes_through_in_both_directions(document in document()) {
            let text = super::collect::text(&document).unwrap();
            prop_assert_eq!(&serde_json::from_slice::<Value>(&text).unwrap(), &document);
            prop_assert_eq!(serde_json::to_value(Part::whole(&text)).unwrap(), document);
        }
    }
}
