//! JSON in and out: values, objects with named properties, and the three states
//! of a property that may be left out.

mod boxed;
mod case_map;
#[cfg(test)]
mod conformance;
mod enums;
mod error;
mod field;
mod moment;
mod patch;
mod reader;
mod record;
mod scan;
mod secret;
#[cfg(feature = "serde")]
pub mod serde;
mod time;
mod union;
mod unknown;
mod value;
mod visit;
mod writer;

pub use boxed::Boxed;
pub use case_map::CaseMap;
pub use enums::{Enumeration, enum_read_text, enum_to_text, read_enum, visit_enum, write_enum};
pub use error::{ReadError, ReadErrorKind};
pub use field::Field;
pub use moment::Moment;
pub use patch::Patch;
pub(crate) use patch::merge_rows;
pub use reader::Reader;
pub use record::{Record, Row, clone_record, debug_record, eq_record};
pub(crate) use record::{debug_fields, read_record, same, write_property};
pub(crate) use scan::{text_loosely, without_mark};
pub use secret::Secret;
pub use time::{DateTime, DateTimeError, Seconds};
pub(crate) use union::read_option;
pub use union::{
    Union, UnknownObject, debug_union, eq_union, option_of, read_union, visit_union, write_union,
};
pub use unknown::UnknownProperties;
pub(crate) use value::text;
pub use value::{Blank, Dynamic, Value, read_new};
pub use visit::Visitor;
pub use writer::Writer;
