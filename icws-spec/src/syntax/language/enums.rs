//! Enumerations.

use super::{DOC, Kind, RUST_NAME, SINCE, SOURCE, Shape, optional, required};

static A_VALUE: Shape = Shape::NumberOr(&ENUM_VALUE);

/// An enumeration.
pub static ENUM: Kind = Kind {
    name: "enumeration",
    doc: "Names for whole numbers (conventions page, \"Enumeration\"). The numbers may have gaps, be negative and stand in any order; others than these are kept as they come.",
    keys: &[
        DOC,
        optional(
            "flags",
            Shape::Flag,
            "Whether the values are bits that can be combined; `false` if left out.",
            "flags: true",
        ),
        required(
            "values",
            Shape::Names(&A_VALUE),
            "The values by the names of the page, each with its number.",
            "values: { System: 0, User: 1, All: { value: 1365, since: wfm 4 } }",
        ),
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

/// A value of an enumeration.
pub static ENUM_VALUE: Kind = Kind {
    name: "value",
    doc: "A value of an enumeration, when there is more to say than its number.",
    keys: &[
        required(
            "value",
            Shape::Number,
            "The number on the wire.",
            "value: 7",
        ),
        DOC,
        SINCE,
        RUST_NAME,
    ],
};
