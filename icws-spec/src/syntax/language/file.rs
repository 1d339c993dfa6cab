//! The file itself.

use super::{
    DOC, ENUM, Kind, MESSAGE, OBJECT, PARAMETER, RESOURCE, SHARED_REPLY, Shape, optional, required,
};

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
            "extends",
            Shape::Word(&[SHIPPED]),
            "The model that this one builds on: all of its files belong to this model. Only the root file has it.",
            "extends: shipped",
        ),
        optional(
            "namespace",
            Shape::Text,
            "The namespace of the objects, messages and operations in this file; needed when there are any. Becomes a Rust module.",
            "namespace: interactions.callback",
        ),
        optional(
            "doc",
            Shape::Text,
            "What the namespace is about, in our own words; becomes the text of the module. One of its files has it.",
            "doc: Callbacks that were asked for on the web.",
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
            "enums",
            Shape::Names(&Shape::Kind(&ENUM)),
            "Enumerations, by their name in the reference.",
            "enums: { queueType: { values: { System: 0, User: 1 } } }",
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
        optional(
            "changes",
            Shape::Kind(&CHANGES),
            "Facts of the extended model that are otherwise here.",
            "changes: { objects: { queues.queueId: { properties: { queueName: { doc: Its name. } } } } }",
        ),
    ],
};

/// What `extends` calls the shipped model.
pub(crate) const SHIPPED: &str = "shipped";

/// Single facts of the extended model. The keys are the sections that it
/// declares things in.
pub static CHANGES: Kind = Kind {
    name: "changes",
    doc: "Single facts of the extended model that are otherwise here. Maps are merged key by key, and so are lists of parameters, by `name` or id; messages are added to those that follow; any other value takes the place of the one that is there, also an `id`. `~` takes a key away, and in a list `{ name: ~ }` an item. What is not named stays as it is, in its namespace and version.",
    keys: &[
        optional(
            "features",
            Shape::Names(&Shape::Part(&FEATURE)),
            "Features, by their names.",
            "features: { interactions: { doc: Calls and all that. } }",
        ),
        optional(
            "parameters",
            Shape::Names(&Shape::Part(&PARAMETER)),
            "Shared parameters, by their ids.",
            "parameters: { subscriptionId: { doc: Made up by this program. } }",
        ),
        optional(
            "replies",
            Shape::Names(&Shape::Part(&SHARED_REPLY)),
            "Shared replies, by their ids.",
            "replies: { conflict: { errors: { error.request.busy: {} } } }",
        ),
        optional(
            "enums",
            Shape::Names(&Shape::Part(&ENUM)),
            "Enumerations, by their whole ids.",
            "enums: { queues.queueType: { values: { Line: 4 } } }",
        ),
        optional(
            "objects",
            Shape::Names(&Shape::Part(&OBJECT)),
            "Objects, by their whole ids.",
            "objects: { queues.queueId: { properties: { queueName: { required: ~ } } } }",
        ),
        optional(
            "messages",
            Shape::Names(&Shape::Part(&MESSAGE)),
            "Messages, by their whole ids.",
            "messages: { interactions.callback.callbackMessage: { properties: { attempts: { type: long } } } }",
        ),
        optional(
            "resources",
            Shape::Names(&Shape::Part(&RESOURCE)),
            "Resources, by their paths.",
            "resources: { /icws/connection/version: { GET: { replies: { 409: conflict, 410: ~ } } } }",
        ),
    ],
};

/// A feature.
pub static FEATURE: Kind = Kind {
    name: "feature",
    doc: "A part of the API with a version number of its own.",
    keys: &[DOC],
};
