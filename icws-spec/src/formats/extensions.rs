//! What the documents say in words of our own, because their formats have none.

/// An extension.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Extension {
    /// The key.
    pub name: &'static str,
    /// Where it stands.
    pub on: &'static str,
    /// What it says.
    pub says: &'static str,
}

const fn extension(name: &'static str, on: &'static str, says: &'static str) -> Extension {
    Extension { name, on, says }
}

/// All extensions, by their names.
pub const ALL: &[Extension] = &[
    extension(
        "x-enum-descriptions",
        "enumeration",
        "The texts of the values, in the order of `x-icws-values`.",
    ),
    extension(
        "x-enum-varnames",
        "enumeration",
        "The names of the values, in the order of `x-icws-values`.",
    ),
    extension(
        "x-icws-base",
        "object, message",
        "What it derives from, by its id. What it inherits is written in place.",
    ),
    extension(
        "x-icws-content-types",
        "operation of AsyncAPI that receives",
        "The media types in which messages come: as an array, or one by one as they happen.",
    ),
    extension(
        "x-icws-delta",
        "message",
        "`flag` is true on a message that has only what changed; `key` tells the subjects of a subscription apart.",
    ),
    extension(
        "x-icws-delta-rule",
        "property",
        "What a delta does to what is known: `merge`, `append`, `added`, `changed`, `removed`, `tell`; it replaces where nothing is said.",
    ),
    extension(
        "x-icws-errors",
        "response",
        "The values that `errorId` can have: `id`, `description`, and `type`, the object that comes with it.",
    ),
    extension(
        "x-icws-features",
        "info",
        "The features that versions count, each with the `newest` version that the model needs.",
    ),
    extension(
        "x-icws-ends",
        "message",
        "Nothing follows it: what its subscription is about is gone.",
    ),
    extension(
        "x-icws-flags",
        "enumeration",
        "The values are combined bit by bit.",
    ),
    extension(
        "x-icws-id",
        "object, message, enumeration",
        "Its id, where the name of the component cannot be that.",
    ),
    extension(
        "x-icws-identity",
        "object",
        "The properties that together tell it apart in a list.",
    ),
    extension(
        "x-icws-ignore-case",
        "property",
        "Values that differ in case alone are the same; of a map, keys.",
    ),
    extension(
        "x-icws-messages",
        "response",
        "The messages that follow in the queue of the session.",
    ),
    extension(
        "x-icws-required",
        "property",
        "`conditionally`: its text says when it must be there.",
    ),
    extension(
        "x-icws-session",
        "parameter",
        "`id`: the value is the id of the session.",
    ),
    extension(
        "x-icws-since",
        "everything",
        "The version of a feature that introduced it, `interactions 8`, or the feature alone; left out where it is that of what stands around.",
    ),
    extension(
        "x-icws-standing",
        "message",
        "The property `state` says how the subscription stands; `suspended` and `faulted` are two of its values.",
    ),
    extension(
        "x-icws-subscription",
        "operation",
        "It starts a subscription: `stop` is the operation that ends it, `key` the parameter that has the key of its messages.",
    ),
    extension(
        "x-icws-type",
        "schema",
        "The type in the model, where the format has no word for it: `duration` (seconds), `dateTime`, `date`, `time`, `challenge`.",
    ),
    extension(
        "x-icws-values",
        "enumeration",
        "The numbers that are known.",
    ),
    extension(
        "x-icws-values-since",
        "enumeration",
        "The versions that introduced values, by their names, where these are newer.",
    ),
];
