//! Objects and messages.

use super::{DOC, Key, Kind, RUST_NAME, SINCE, SOURCE, Shape, optional, required};

static A_PROPERTY: Shape = Shape::Kind(&PROPERTY);
static AN_EXAMPLE: Shape = Shape::Kind(&VALUE_EXAMPLE);

const URN_DOC: &str = "The value of `__type`.";
const PROPERTIES: Key = required(
    "properties",
    Shape::Names(&A_PROPERTY),
    "The properties by their names on the wire, in the order of the page and without `__type`.",
    "properties: { target: { type: string, required: true } }",
);
const EXAMPLES: Key = optional(
    "examples",
    Shape::Names(&AN_EXAMPLE),
    "Examples by a name; each becomes a test.",
    "examples: { usual: { value: { message: No such interaction. } } }",
);

/// An object.
pub static OBJECT: Kind = Kind {
    name: "object",
    doc: "A JSON object in bodies and properties.",
    keys: &[
        DOC,
        optional(
            "urn",
            Shape::Text,
            URN_DOC,
            "urn: urn:inin.com:common:error",
        ),
        PROPERTIES,
        EXAMPLES,
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

/// A message.
pub static MESSAGE: Kind = Kind {
    name: "message",
    doc: "An object that arrives on a session's channel and says what it is by its `__type`.",
    keys: &[
        DOC,
        required(
            "urn",
            Shape::Text,
            URN_DOC,
            "urn: urn:inin.com:interactions.callback:callbackMessage",
        ),
        optional(
            "delta",
            Shape::Kind(&DELTA),
            "How the message updates a cache. Optional properties then have three states: absent, null, a value.",
            "delta: { flag: isDelta, key: interactionId }",
        ),
        PROPERTIES,
        EXAMPLES,
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

/// How a message updates a cache.
pub static DELTA: Kind = Kind {
    name: "delta",
    doc: "How a message says whether it is in full, and what it is about.",
    keys: &[
        required(
            "flag",
            Shape::Text,
            "The required boolean property that is true when what is left out has not changed.",
            "flag: isDelta",
        ),
        optional(
            "key",
            Shape::Text,
            "The required string property that tells the subjects apart.",
            "key: interactionId",
        ),
    ],
};

/// A property.
pub static PROPERTY: Kind = Kind {
    name: "property",
    doc: "A property of an object or message.",
    keys: &[
        required(
            "type",
            Shape::Text,
            "string, boolean, int (32 bits), long (64 bits), float, double, an object by its name, or `list` and one of these.",
            "type: list string",
        ),
        optional(
            "required",
            Shape::Flag,
            "Whether it is always there; `false` if left out.",
            "required: true",
        ),
        optional(
            "nullable",
            Shape::Flag,
            "Whether it may be null; `false` if left out.",
            "nullable: true",
        ),
        DOC,
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

/// An example of an object or message.
pub static VALUE_EXAMPLE: Kind = Kind {
    name: "example",
    doc: "An example of an object or message.",
    keys: &[
        DOC,
        required(
            "value",
            Shape::Any,
            "The object as it travels.",
            "value: { message: No such interaction. }",
        ),
    ],
};
