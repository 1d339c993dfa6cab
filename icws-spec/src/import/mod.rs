//! Reference pages: read from the text that a browser gives of them, written
//! as YAML of the model language, compared with a model, merged into one.
//!
//! The text becomes facts ([`read`]). Facts are written as a model ([`write()`]),
//! held against one ([`check`]), or brought into one ([`merge()`]), whose text is
//! changed in place.

mod compare;
mod edit;
mod merge;
mod page;
mod read;
mod said;
mod tree;
mod write;
mod yaml;

pub use merge::{Deviation, Merged, NoPlace, check, merge};
pub use page::*;
pub use read::{Refusal, read};
pub use write::{Apart, Options, Written, write};
