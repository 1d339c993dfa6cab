//! The model language: every kind of map with its keys, in one table.
//!
//! The shape check, the JSON Schema for editors and the reference in the README
//! are all read off it.

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// The version of the language.
    Version,
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// Any YAML.
    Any,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// A map whose keys are names that the author chooses.
    Names(&'static Shape),
    /// A map whose keys are HTTP statuses.
    Statuses(&'static Shape),
    /// A map of one kind.
    Kind(&'static Kind),
    /// The id of a shared item, or one written in place.
    IdOr(&'static Kind),
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
    &FEATURE,
    &PARAMETER,
    &SHARED_REPLY,
    &HEADER,
    &OBJECT,
    &MESSAGE,
    &DELTA,
    &PROPERTY,
    &VALUE_EXAMPLE,
    &RESOURCE,
    &OPERATION,
    &REPLY,
    &OPERATION_EXAMPLE,
    &REPLY_EXAMPLE,
];

static A_HEADER: Shape = Shape::Kind(&HEADER);
static A_PROPERTY: Shape = Shape::Kind(&PROPERTY);
static AN_EXAMPLE: Shape = Shape::Kind(&VALUE_EXAMPLE);

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

/// A file.
pub static FILE: Kind = Kind {
    name: "file",
    doc: "A file of the model. The root file is `icws.yaml`; it includes the others.",
    keys: &[
        required(
            "icws",
            Shape::Version,
            "The version of the language, 1.",
            "icws: 1",
        ),
        optional(
            "include",
            Shape::List(&Shape::Text),
            "Further files, relative to this one. They must lie below the folder of the root file.",
            "include: [common.yaml, interactions/callback.yaml]",
        ),
        optional(
            "namespace",
            Shape::Text,
            "The namespace of the objects, messages and operations in this file; needed when there are any. Becomes a Rust module.",
            "namespace: interactions.callback",
        ),
        optional(
            "since",
            Shape::Text,
            "The feature version of everything in this file.",
            "since: interactions 8",
        ),
        optional(
            "features",
            Shape::Names(&Shape::Kind(&FEATURE)),
            "The features that `since` may name, by the server's spelling.",
            "features: { interactions: { doc: Interactions of all media. } }",
        ),
        optional(
            "parameters",
            Shape::Names(&Shape::Kind(&PARAMETER)),
            "Parameters that several resources share, by an id.",
            "parameters: { sessionId: { name: sessionId, in: path, type: string, required: true, session: id } }",
        ),
        optional(
            "replies",
            Shape::Names(&Shape::Kind(&SHARED_REPLY)),
            "Replies that several operations share, by an id.",
            "replies: { notFound: { doc: No such thing., body: common.error } }",
        ),
        optional(
            "objects",
            Shape::Names(&Shape::Kind(&OBJECT)),
            "Objects, by their name in the reference.",
            "objects: { error: { properties: { message: { type: string } } } }",
        ),
        optional(
            "messages",
            Shape::Names(&Shape::Kind(&MESSAGE)),
            "Messages, by their name in the reference.",
            "messages: { pingMessage: { urn: \"urn:inin.com:system:pingMessage\", properties: {} } }",
        ),
        optional(
            "resources",
            Shape::Names(&Shape::Kind(&RESOURCE)),
            "Resources, by their path as the reference page writes it.",
            "resources: { /icws/connection/version: { GET: { name: version, replies: { 200: {} } } } }",
        ),
    ],
};

/// A feature.
pub static FEATURE: Kind = Kind {
    name: "feature",
    doc: "A part of the API with a version number of its own.",
    keys: &[DOC],
};

/// A parameter.
pub static PARAMETER: Kind = Kind {
    name: "parameter",
    doc: "A value that a request carries outside of its body.",
    keys: &[
        required(
            "name",
            Shape::Text,
            "The name on the wire.",
            "name: interactionId",
        ),
        required(
            "in",
            Shape::Word(&["path", "query", "header"]),
            "Where it travels. The reference pages say `Template` for `path`.",
            "in: path",
        ),
        required(
            "type",
            Shape::Text,
            "One of the basic types: string, boolean, int, long, float, double.",
            "type: string",
        ),
        optional(
            "required",
            Shape::Flag,
            "Whether every request has it; `false` if left out.",
            "required: true",
        ),
        optional(
            "session",
            Shape::Word(&["id", "csrfToken", "cookie"]),
            "The part of the session that supplies it, so that callers are not asked for it.",
            "session: csrfToken",
        ),
        DOC,
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

const BODY: Key = optional(
    "body",
    Shape::Text,
    "The representation in the body: a type, or `messages` for a bare array of any messages.",
    "body: common.error",
);
const HEADERS: Key = optional(
    "headers",
    Shape::Names(&A_HEADER),
    "Headers that carry facts of their own, by name.",
    "headers: { WWW-Authenticate: { type: challenge, required: true } }",
);
const MESSAGES: Key = optional(
    "messages",
    Shape::List(&Shape::Text),
    "The messages that follow on the session's channel; the pages call them associated messages.",
    "messages: [callbackMessage]",
);

/// A shared reply.
pub static SHARED_REPLY: Kind = Kind {
    name: "shared reply",
    doc: "What comes back with a status, written once for several operations.",
    keys: &[DOC, BODY, HEADERS, MESSAGES, SINCE, SOURCE],
};

/// A header of a reply.
pub static HEADER: Kind = Kind {
    name: "header",
    doc: "A header of a reply.",
    keys: &[
        required(
            "type",
            Shape::Word(&["string", "challenge"]),
            "How its value is read: as text, or as an authentication challenge with scheme, realm and location.",
            "type: challenge",
        ),
        optional(
            "required",
            Shape::Flag,
            "Whether the reply always has it; `false` if left out.",
            "required: true",
        ),
        DOC,
    ],
};

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

const OPERATION_SHAPE: Shape = Shape::Kind(&OPERATION);
const PARAMETERS: Shape = Shape::List(&Shape::IdOr(&PARAMETER));

/// A resource.
pub static RESOURCE: Kind = Kind {
    name: "resource",
    doc: "A path and what can be done with it.",
    keys: &[
        DOC,
        optional(
            "parameters",
            PARAMETERS,
            "The parameters of all its operations: ids of shared ones, or written in place.",
            "parameters: [sessionId, { name: interactionId, in: path, type: string, required: true }]",
        ),
        optional(
            "GET",
            OPERATION_SHAPE,
            "The operation of this method.",
            "GET: { name: poll, replies: { 200: {} } }",
        ),
        optional(
            "PUT",
            OPERATION_SHAPE,
            "The operation of this method.",
            "PUT: { name: subscribe, replies: { 200: {} } }",
        ),
        optional(
            "POST",
            OPERATION_SHAPE,
            "The operation of this method.",
            "POST: { name: connect, replies: { 201: {} } }",
        ),
        optional(
            "DELETE",
            OPERATION_SHAPE,
            "The operation of this method.",
            "DELETE: { name: unsubscribe, replies: { 204: {} } }",
        ),
        optional(
            "PATCH",
            OPERATION_SHAPE,
            "The operation of this method.",
            "PATCH: { name: change, replies: { 204: {} } }",
        ),
        SINCE,
        SOURCE,
    ],
};

/// An operation.
pub static OPERATION: Kind = Kind {
    name: "operation",
    doc: "A method of a resource.",
    keys: &[
        required(
            "name",
            Shape::Text,
            "Its name, unique in the namespace.",
            "name: subscribe",
        ),
        DOC,
        optional(
            "parameters",
            PARAMETERS,
            "Parameters beyond those of the resource.",
            "parameters: [{ name: select, in: query, type: string }]",
        ),
        required(
            "replies",
            Shape::Statuses(&Shape::IdOr(&REPLY)),
            "What comes back, by status: the id of a shared reply, or one written in place.",
            "replies: { 200: { doc: The subscription stands. }, 404: notFound }",
        ),
        optional(
            "examples",
            Shape::Names(&Shape::Kind(&OPERATION_EXAMPLE)),
            "Examples by a name; each becomes a test.",
            "examples: { gone: { request: GET /icws/connection/version, reply: { status: 410 } } }",
        ),
        SINCE,
        SOURCE,
        RUST_NAME,
    ],
};

/// A reply of an operation.
pub static REPLY: Kind = Kind {
    name: "reply",
    doc: "What comes back with a status.",
    keys: &[
        optional(
            "use",
            Shape::Text,
            "The id of a shared reply that this one completes.",
            "use: notFound",
        ),
        DOC,
        BODY,
        HEADERS,
        MESSAGES,
        SINCE,
        SOURCE,
    ],
};

/// An example of an operation.
pub static OPERATION_EXAMPLE: Kind = Kind {
    name: "operation example",
    doc: "A request and its reply.",
    keys: &[
        DOC,
        optional(
            "parameters",
            Shape::Names(&Shape::Any),
            "The values of the parameters by their names on the wire, the session's among them.",
            "parameters: { sessionId: \"1731001\", interactionId: \"2001\" }",
        ),
        required(
            "request",
            Shape::Text,
            "The method and path that must come of it.",
            "request: GET /icws/1731001/messaging/messages",
        ),
        required(
            "reply",
            Shape::Kind(&REPLY_EXAMPLE),
            "What the server answers.",
            "reply: { status: 204 }",
        ),
    ],
};

/// The reply in an example.
pub static REPLY_EXAMPLE: Kind = Kind {
    name: "reply example",
    doc: "What the server answers in an example.",
    keys: &[
        required("status", Shape::Number, "The status.", "status: 404"),
        optional(
            "headers",
            Shape::Names(&Shape::Any),
            "Headers by name.",
            "headers: { Location: /icws/1731001/connection }",
        ),
        optional(
            "body",
            Shape::Any,
            "The body as JSON, written in YAML.",
            "body: { message: No such interaction. }",
        ),
    ],
};
