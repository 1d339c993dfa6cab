//! JSON in and out: values, objects with named properties, and the three states
//! of a property that may be left out.

mod error;
mod field;
mod reader;
mod record;
mod value;
mod writer;

pub use error::ReadError;
pub use field::Field;
pub use reader::Reader;
pub use record::{Record, debug_record, read_record, write_record};
pub use value::{Blank, Value, read_new};
pub use writer::Writer;
