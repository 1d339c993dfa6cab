//! Resources, their operations, parameters and replies.

use super::{DOC, Key, Kind, RUST_NAME, SINCE, SOURCE, Shape, optional, required};

static A_HEADER: Shape = Shape::Kind(&HEADER);

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
            "A basic type, an enumeration, or a list of either, which travels with commas between its items.",
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
        optional(
            "default",
            Shape::Text,
            "What the server takes when the parameter is left out, as it travels.",
            "default: admin",
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
    "The messages that follow in the session's queue; the pages call them associated messages.",
    "messages: [callbackMessage]",
);

const CONTENT: Key = optional(
    "content",
    Shape::Text,
    "The media type of a body that is not JSON.",
    "content: text/html",
);
static AN_ERROR: Shape = Shape::Kind(&ERROR);
const ERRORS: Key = optional(
    "errors",
    Shape::Names(&AN_ERROR),
    "The identifiers that errors with this status can have (`Error Responses` on the pages).",
    "errors: { error.request.noStation: { doc: The user has no station. } }",
);

/// A shared reply.
pub static SHARED_REPLY: Kind = Kind {
    name: "shared reply",
    doc: "What comes back with a status, written once for several operations.",
    keys: &[DOC, BODY, CONTENT, HEADERS, MESSAGES, ERRORS, SINCE, SOURCE],
};

/// A header of a reply.
pub static HEADER: Kind = Kind {
    name: "header",
    doc: "A header of a reply.",
    keys: &[
        required(
            "type",
            Shape::Text,
            "How its value is read: as one of the basic types, or as an authentication `challenge` with scheme, realm and location.",
            "type: challenge",
        ),
        optional(
            "required",
            Shape::Flag,
            "Whether the reply always has it; `false` if left out.",
            "required: true",
        ),
        DOC,
        RUST_NAME,
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
        optional(
            "body",
            Shape::Text,
            "The type of the representation in the body of the request.",
            "body: createCallbackParameters",
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
        CONTENT,
        HEADERS,
        MESSAGES,
        ERRORS,
        SINCE,
        SOURCE,
    ],
};

/// An error identifier.
pub static ERROR: Kind = Kind {
    name: "error identifier",
    doc: "What an error says by its identifier.",
    keys: &[
        optional(
            "type",
            Shape::Text,
            "The representation that comes with it.",
            "type: common.missingPropertyError",
        ),
        DOC,
        RUST_NAME,
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
        optional(
            "body",
            Shape::Any,
            "The body of the request as JSON, written in YAML.",
            "body: { target: \"+13175550142\" }",
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
