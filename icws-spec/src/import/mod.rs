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

/// What changes the text of a model in place, for others that do so.
pub(crate) mod changes {
    pub(crate) use super::edit::Edit;
    pub(crate) use super::merge::{Whole, by_hand, make};
    pub(crate) use super::write::{PLACEHOLDER, Shared, free_name, path_namespace};
    pub(crate) use super::yaml::{Field, Yaml, field, text, word};
}

pub use merge::{Deviation, Merged, NoPlace, check, merge};
pub use page::*;
pub use read::{Refusal, read};
pub use write::{Apart, Options, Written, write};
