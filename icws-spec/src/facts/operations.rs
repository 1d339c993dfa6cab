//! Facts of resources, operations, and what requests and replies carry.

use super::{Fact, Value, fact};
use crate::api::{
    BodyType, ErrorIdentifier, HeaderType, Operation, Parameter, Reply, ReplyHeader, Resource,
};

/// A resource.
pub static RESOURCE: &[Fact<Resource>] = &[
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// An operation.
pub static OPERATION: &[Fact<Operation>] = &[
    fact("name", |item| Value::word(item.id())),
    fact("body", |item| {
        item.body.as_ref().map_or(Value::Nothing, Value::Type)
    }),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// A parameter.
pub static PARAMETER: &[Fact<Parameter>] = &[
    fact("name", |item| Value::word(item.name.as_str())),
    fact("in", |item| Value::word(item.location.word())),
    fact("type", |item| Value::Type(&item.ty)),
    fact("required", |item| Value::Flag(item.required)),
    fact("session", |item| Value::option(item.supplier.word())),
    fact("default", |item| Value::option(item.default.as_deref())),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// A reply.
pub static REPLY: &[Fact<Reply>] = &[
    fact("body", |item| match &item.body {
        Some(BodyType::Value(ty)) => Value::Type(ty),
        Some(BodyType::Messages) => Value::word("messages"),
        Some(BodyType::Media(_)) | None => Value::Nothing,
    }),
    fact("content", |item| match &item.body {
        Some(BodyType::Media(media)) => Value::word(media.as_str()),
        _ => Value::Nothing,
    }),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// A header of a reply.
pub static HEADER: &[Fact<ReplyHeader>] = &[
    fact("type", |item| match &item.ty {
        HeaderType::Value(ty) => Value::Type(ty),
        HeaderType::Challenge => Value::word("challenge"),
    }),
    fact("required", |item| Value::Flag(item.required)),
    fact("doc", |item| Value::text(&item.doc)),
];

/// An error identifier.
pub static ERROR: &[Fact<ErrorIdentifier>] = &[
    fact("type", |item| item.ty.map_or(Value::Nothing, Value::Record)),
    fact("doc", |item| Value::text(&item.doc)),
];
