//! Facts of features, namespaces, enumerations and their values.

use super::{Fact, Value, fact};
use crate::api::{EnumValue, Enumeration, Feature, Namespace};

/// A feature.
pub static FEATURE: &[Fact<Feature>] = &[fact("doc", |item| Value::text(&item.doc))];

/// A namespace, by the keys of its files.
pub static NAMESPACE: &[Fact<Namespace>] = &[fact("doc", |item| Value::text(&item.doc))];

/// An enumeration.
pub static ENUM: &[Fact<Enumeration>] = &[
    fact("flags", |item| Value::Flag(item.flags)),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
    fact("source", |item| Value::option(item.source.as_deref())),
];

/// A value of an enumeration.
pub static ENUM_VALUE: &[Fact<EnumValue>] = &[
    fact("value", |item| Value::Number(item.number)),
    fact("doc", |item| Value::text(&item.doc)),
    fact("since", |item| Value::since(item.since.as_ref())),
];
