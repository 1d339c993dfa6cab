//! JSON in and out: values, objects with named properties, and the three states
//! of a property that may be left out.

mod boxed;
mod case_map;
#[cfg(test)]
mod conformance;
mod containers;
mod enums;
mod error;
mod field;
mod items;
mod key;
mod moment;
mod patch;
mod reader;
mod record;
mod scan;
mod secret;
#[cfg(feature = "serde")]
pub mod serde;
mod shape;
mod sorted;
mod time;
mod union;
mod unknown;
mod value;
mod visit;
mod writer;

pub use boxed::Boxed;
pub use case_map::CaseMap;
pub use enums::{Enumeration, read_enum, visit_enum, write_enum};
pub use error::{ReadError, ReadErrorKind};
pub use field::Field;
pub use items::{Collection, Item, Items, ItemsIter};
pub(crate) use items::{entry, filled};
pub use key::{KeyPart, Keyed, Maybe, key_of};
pub use moment::Moment;
pub use patch::Patch;
pub use reader::Reader;
pub use record::{Record, Row, Seen, clone_record, debug_record, debug_row};
pub(crate) use record::{missing, read_record, write_properties, write_record};
pub(crate) use scan::{text_loosely, without_mark};
pub use secret::Secret;
pub use shape::{Dynamic, List, Optional, Partial, Shape, ShapeMut, eq_record};
pub(crate) use shape::{copy_row, items, same_type, transfer, transfer_row, visit};
pub use sorted::Sorted;
pub use time::{DateTime, DateTimeError, Seconds};
pub(crate) use union::read_option;
pub use union::{
    Union, UnknownObject, debug_union, eq_union, option_of, read_union, visit_union, write_union,
};
pub use unknown::UnknownProperties;
pub(crate) use value::text;
pub use value::{Blank, Value, read_new};
pub use visit::Visitor;
pub use writer::Writer;
