//! Facts of objects, messages and their properties.

use super::{Fact, Value, fact};
use crate::api::{DeltaRule, Property, Record};

/// An object or message.
pub static RECORD: &[Fact<Record>] = &[
    fact("urn", |item| Value::option(item.urn.as_deref())),
    fact("base", |item| {
        item.base.map_or(Value::Nothing, Value::Record)
    }),
    fact("abstract", |item| Value::Flag(item.is_abstract)),
    fact("id", |item| {
        let paths = item.identity.iter();
        let paths = paths.map(|path| path.join(".").into());
        Value::Words(paths.collect())
    }),
    fact("delta", delta),
    fact("standing", standing),
    fact("ends", |item| match &item.message {
        Some(message) if message.ends => Value::Flag(true),
        _ => Value::Nothing,
    }),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// A property.
pub static PROPERTY: &[Fact<Property>] = &[
    fact("type", |item| Value::Type(&item.ty)),
    fact("required", |item| match (item.required, item.conditional) {
        (false, true) => Value::word("conditionally"),
        (required, _) => Value::Flag(required),
    }),
    fact("nullable", |item| Value::Flag(item.nullable)),
    fact("ignore_case", |item| Value::Flag(item.ignore_case)),
    // What happens if nothing is said, and what is said so are the same.
    fact("delta", |item| {
        Value::word(item.delta.unwrap_or(DeltaRule::Replace).word())
    }),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

fn name(record: &Record, index: usize) -> Value<'_> {
    Value::option(record.properties.get(index).map(|p| p.name.as_str()))
}

fn delta(record: &Record) -> Value<'_> {
    let Some(delta) = record.delta() else {
        return Value::Nothing;
    };
    let key = delta.key.map_or(Value::Nothing, |key| name(record, key));
    Value::Parts(vec![("flag", name(record, delta.flag)), ("key", key)])
}

/// The values by their numbers, which are what travels.
fn standing(record: &Record) -> Value<'_> {
    let facts = record.message.as_ref();
    let Some(standing) = facts.and_then(|facts| facts.standing.as_ref()) else {
        return Value::Nothing;
    };
    Value::Parts(vec![
        ("state", name(record, standing.property)),
        ("suspended", Value::Number(standing.suspended)),
        ("faulted", Value::Number(standing.faulted)),
    ])
}
