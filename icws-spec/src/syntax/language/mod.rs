//! The model language: every kind of map with its keys, in one table.
//!
//! The shape check, the JSON Schema for editors and the reference in the README
//! are all read off it.

mod enums;
mod file;
mod operations;
mod records;

pub use enums::{ENUM, ENUM_VALUE};
pub(crate) use file::SHIPPED;
pub use file::{CHANGES, FEATURE, FILE};
pub use operations::{
    ERROR, HEADER, OPERATION, OPERATION_EXAMPLE, PARAMETER, REPLY, REPLY_EXAMPLE, RESOURCE,
    SHARED_REPLY,
};
pub use records::{DELTA, MESSAGE, OBJECT, PROPERTY, STANDING, VALUE_EXAMPLE};

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The version of the language.
    Version,
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// `true`, `false`, or one of some words.
    FlagOr(&'static [&'static str]),
    /// A whole number.
    Number,
    /// Any YAML.
    Any,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A list of things that can be added and taken away one by one.
    List(&'static Shape),
    /// A list that means something as a whole.
    Whole(&'static Shape),
    /// A map whose keys are names that the author chooses.
    Names(&'static Shape),
    /// A map whose keys are HTTP statuses.
    Statuses(&'static Shape),
    /// A map of one kind.
    Kind(&'static Kind),
    /// The id of a shared item, or one written in place.
    IdOr(&'static Kind),
    /// A whole number, or a map that says more.
    NumberOr(&'static Kind),
    /// Some keys of a map of one kind; `null` takes one away.
    Part(&'static Kind),
}

/// A kind of map.
#[derive(Debug)]
pub struct Kind {
    /// Its name in messages and in the schema.
    pub name: &'static str,
    /// What it describes.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a kind.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its value may be.
    pub shape: Shape,
    /// What it says.
    pub doc: &'static str,
    /// An example of key and value on one line.
    pub example: &'static str,
}

const fn optional(
    name: &'static str,
    shape: Shape,
    doc: &'static str,
    example: &'static str,
) -> Key {
    Key {
        name,
        required: false,
        shape,
        doc,
        example,
    }
}

const fn required(
    name: &'static str,
    shape: Shape,
    doc: &'static str,
    example: &'static str,
) -> Key {
    Key {
        name,
        required: true,
        shape,
        doc,
        example,
    }
}

/// All kinds, in the order in which a reader meets them.
pub static KINDS: &[&Kind] = &[
    &FILE,
    &CHANGES,
    &FEATURE,
    &PARAMETER,
    &SHARED_REPLY,
    &HEADER,
    &ENUM,
    &ENUM_VALUE,
    &OBJECT,
    &MESSAGE,
    &DELTA,
    &STANDING,
    &PROPERTY,
    &VALUE_EXAMPLE,
    &RESOURCE,
    &OPERATION,
    &REPLY,
    &ERROR,
    &OPERATION_EXAMPLE,
    &REPLY_EXAMPLE,
];

const DOC: Key = optional(
    "doc",
    Shape::Text,
    "What it is, in our own words; becomes the doc comment.",
    "doc: Who asked for the callback.",
);
const SINCE: Key = optional(
    "since",
    Shape::Text,
    "The feature version that introduced it. Inherited from the item around; never older than that.",
    "since: interactions 8",
);
const SOURCE: Key = optional(
    "source",
    Shape::Text,
    "Where the fact comes from, when that is not the reference page of the resource.",
    "source: Seen on the wire.",
);
const RUST_NAME: Key = optional(
    "rust_name",
    Shape::Text,
    "The Rust name, when the one made from the wire name does not do.",
    "rust_name: kind",
);
