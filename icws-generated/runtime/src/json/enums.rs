//! Enumerations: names for whole numbers. Others than these are kept.

use super::error::ReadError;
use super::reader::Reader;
use super::visit::Visitor;
use super::writer::Writer;
use crate::meta::EnumMeta;

/// An enumeration of the model, or a set of flags.
///
/// ```
/// use icws_generated::connection::ConnectionState;
/// use icws_generated::runtime::Enumeration;
///
/// assert_eq!(ConnectionState::of(1), ConnectionState::Up);
/// // A newer server may have more.
/// assert_eq!(ConnectionState::of(7).as_number(), 7);
/// let names: Vec<_> = ConnectionState::VALUES.iter().map(|value| value.name).collect();
/// assert_eq!(names, ["None", "Up", "Down"]);
/// ```
pub trait Enumeration {
    /// The values that the model has names for.
    const VALUES: &'static [EnumMeta];

    /// Whether the numbers are sets of bits, each of which has a name.
    const FLAGS: bool = false;

    /// The value of a number, whether it has a name or not.
    fn of(number: i64) -> Self;

    /// The number on the wire.
    fn as_number(&self) -> i64;
}

/// Reads an enumeration.
///
/// # Errors
/// When the next value is not a whole number.
pub fn read_enum<T: Enumeration>(value: &mut T, reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let number = read_number(reader, T::VALUES, T::FLAGS, std::any::type_name::<T>)?;
    *value = T::of(number);
    Ok(())
}

// What follows is not generic, so that it is compiled once and not for each enumeration.
fn read_number(
    reader: &mut Reader<'_>,
    values: &'static [EnumMeta],
    flags: bool,
    name: fn() -> &'static str,
) -> Result<i64, ReadError> {
    let number = reader.integer()?;
    if let Some(watch) = reader.watch() {
        watch.sees_number(number, values, flags, name);
    }
    Ok(number)
}

/// Writes an enumeration.
pub fn write_enum<T: Enumeration>(value: &T, writer: &mut Writer) {
    writer.display(value.as_number());
}

/// Says which feature version the value needs.
pub fn visit_enum<T: Enumeration>(value: &T, visitor: &mut Visitor<'_>) {
    visit_number(value.as_number(), T::VALUES, visitor);
}

fn visit_number(number: i64, values: &[EnumMeta], visitor: &mut Visitor<'_>) {
    if let Some(meta) = values.iter().find(|meta| meta.number == number) {
        visitor.needs(meta.name, meta.since);
    }
}
