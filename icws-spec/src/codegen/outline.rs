//! What programs can name of the bindings, without generating them: the names
//! and types that the generator decides. `diff` compares those of two models.

use std::collections::HashMap;

use quote::quote;

use crate::api::{Api, HeaderType, Operation, Property, Record, RecordId, Reply, Resource, Type};
use crate::names;

use super::context::{Context, variants};
use super::{responses, subscriptions};

/// The outline of a model's bindings. Types are written as from the root of the
/// bindings, the way people write them.
pub(crate) struct Outline<'a> {
    context: Context<'a>,
    messages: HashMap<RecordId, String>,
    operations: Vec<String>,
}

impl<'a> Outline<'a> {
    pub fn new(api: &'a Api) -> Self {
        let context = Context::new(api);
        let messages = named(api, |record| {
            !record.omitted && record.message.is_some() && record.urn.is_some()
        });
        let operations = context
            .operations()
            .map(|operation| (operation.namespace.as_str(), operation.rust_name.as_str()))
            .collect::<Vec<_>>();
        let operations = variants(operations.into_iter());
        Outline {
            context,
            messages: messages.into_iter().collect(),
            operations: operations.iter().map(ToString::to_string).collect(),
        }
    }

    /// The type of a value.
    pub fn value(&self, ty: &Type) -> String {
        readable(&self.context.value_type(ty, &quote!()).to_string())
    }

    /// The type of a struct's field.
    pub fn field(&self, property: &Property, in_delta: bool) -> String {
        let ty = self.context.field_type(property, in_delta, &quote!());
        readable(&ty.to_string())
    }

    /// What the variant of a reply holds.
    pub fn content(&self, reply: &Reply) -> String {
        let root = &quote!();
        let body = match &reply.body {
            None => quote!(()),
            Some(body) => responses::body_type(&self.context, body, root),
        };
        let body = readable(&body.to_string());
        if reply.is_success() {
            body
        } else {
            format!("Failure<{body}>")
        }
    }

    /// The type of a header's value.
    pub fn header(&self, ty: &HeaderType) -> String {
        let ty = responses::header_type(&self.context, ty, &quote!());
        readable(&ty.to_string())
    }

    /// The variant of `Message` for a message.
    pub fn message_variant(&self, id: RecordId) -> Option<&str> {
        self.messages.get(&id).map(String::as_str)
    }

    /// The variant of `Operation` for an operation, by its place in the model.
    pub fn operation_variant(&self, index: usize) -> Option<&str> {
        self.operations.get(index).map(String::as_str)
    }

    /// The variants of the enum over the options of a base.
    pub fn option_variants(&self, base: &Record) -> Vec<(RecordId, String)> {
        let records = &self.context.api.records;
        let options = base.options.iter();
        let options: Vec<(RecordId, &Record)> = options
            .filter_map(|id| Some((*id, records.get(id.0)?)))
            .filter(|(_, record)| !record.omitted)
            .collect();
        of(&options)
    }

    /// The messages that an operation of a resource subscribes to, by the path of
    /// their type.
    pub fn subscription(&self, resource: &Resource, operation: &Operation) -> Option<String> {
        let parts = subscriptions::parts(&self.context, resource)?;
        let message = parts.message;
        let starts = parts.start.method == operation.method;
        starts.then(|| path(&message.namespace, &message.rust_name))
    }

    /// Whether `into_result` gives what the one success holds, and not the
    /// response.
    pub fn gives_value(&self, operation: &Operation) -> bool {
        responses::gives_value(operation.replies.iter())
    }
}

/// The records that are asked for, with the variants of an enum over them.
fn named(api: &Api, wanted: impl Fn(&Record) -> bool) -> Vec<(RecordId, String)> {
    let records = api.records.iter().enumerate();
    let records: Vec<(RecordId, &Record)> = records
        .filter(|(_, record)| wanted(record))
        .map(|(index, record)| (RecordId(index), record))
        .collect();
    of(&records)
}

fn of(records: &[(RecordId, &Record)]) -> Vec<(RecordId, String)> {
    let names = records
        .iter()
        .map(|(_, record)| (record.namespace.as_str(), record.rust_name.as_str()));
    let variants = variants(names);
    let ids = records.iter().map(|(id, _)| *id);
    ids.zip(variants.iter().map(ToString::to_string)).collect()
}

/// The path of an item: `interactions::callback::Subscribe`.
pub(crate) fn path(namespace: &str, rust_name: &str) -> String {
    let mut path = names::modules(namespace);
    path.push(rust_name.to_owned());
    path.join("::")
}

/// A type as people write it: without blanks, and without the paths of what
/// every program has at hand.
fn readable(tokens: &str) -> String {
    let text = tokens.replace(' ', "").replace(',', ", ");
    text.replace("__rt::", "")
}
