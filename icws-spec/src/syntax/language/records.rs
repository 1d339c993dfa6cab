//! Objects and messages.

use super::{DOC, Key, Kind, RUST_NAME, SINCE, SOURCE, Shape, optional, required};

static A_PROPERTY: Shape = Shape::Kind(&PROPERTY);
static AN_EXAMPLE: Shape = Shape::Kind(&VALUE_EXAMPLE);

const BASE: Key = optional(
    "base",
    Shape::Text,
    "What it derives from: it has the properties of its base, travels with its `__type`, and may stand wherever the base is asked for (the pages say `Multiple options`).",
    "base: stationSettings",
);
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
        BASE,
        optional(
            "abstract",
            Shape::Flag,
            "Whether only what derives from it travels; `false` if left out.",
            "abstract: true",
        ),
        optional(
            "id",
            Shape::Whole(&Shape::Text),
            "The properties that together tell it apart from others in a list, with dots down into objects. What derives from it inherits this.",
            "id: [configurationId.id]",
        ),
        optional(
            "standing",
            Shape::Kind(&STANDING),
            "How the message says how its subscription stands. What derives from it inherits this.",
            "standing: { state: state, suspended: Suspended, faulted: Faulted }",
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
    doc: "An object that arrives in a session's queue and says what it is by its `__type`.",
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
        optional(
            "standing",
            Shape::Kind(&STANDING),
            "How the message says how its subscription stands. What derives from it inherits this.",
            "standing: { state: state, suspended: Suspended, faulted: Faulted }",
        ),
        optional(
            "ends",
            Shape::Flag,
            "Whether nothing follows it: what its subscription is about is gone; `false` if left out.",
            "ends: true",
        ),
        BASE,
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
            "The string property that tells the subjects apart. Where it may be left out, its absence means all subjects.",
            "key: interactionId",
        ),
    ],
};

/// How a message says how its subscription stands.
pub static STANDING: Kind = Kind {
    name: "standing",
    doc: "How a message says that its subscription works, pauses or has failed.",
    keys: &[
        required(
            "state",
            Shape::Text,
            "The property with the state, an enumeration.",
            "state: state",
        ),
        required(
            "suspended",
            Shape::Text,
            "The value for a subscription whose messages do not come for a while.",
            "suspended: Suspended",
        ),
        required(
            "faulted",
            Shape::Text,
            "The value for a subscription that has failed.",
            "faulted: Faulted",
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
            "string, secret (a string that must not show in logs), boolean, int (32 bits), long (64 bits), float, double, uri, guid, duration (seconds), dateTime, date, time; an object or enumeration by its name; `list` with its items, which may have bounds (`list[1..*] string`) and be nullable (`list string?`); `map` with the values of a dictionary.",
            "type: list string",
        ),
        optional(
            "required",
            Shape::FlagOr(&["conditionally"]),
            "Whether it is always there; `conditionally` where the page says `Conditionally Required`; `false` if left out.",
            "required: true",
        ),
        optional(
            "nullable",
            Shape::Flag,
            "Whether it may be null; `false` if left out.",
            "nullable: true",
        ),
        optional(
            "ignore_case",
            Shape::Flag,
            "Whether values that differ only in case are the same, or in a map the keys; `false` if left out.",
            "ignore_case: true",
        ),
        optional(
            "delta",
            Shape::Word(&[
                "replace", "merge", "append", "added", "changed", "removed", "tell",
            ]),
            "What a delta does to what is known: `replace` (what happens if left out), `merge` (an object or a map, by its properties or keys), `append` (a list), `added`, `changed` and `removed` (items of a collection, by their `id`), `tell` (it is no part of the state). Needed for the lists and maps of messages with a `delta`.",
            "delta: added",
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
