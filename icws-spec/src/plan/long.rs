//! Operations that end later: they are accepted with an id, by which a message
//! tells the end.

use crate::api::{Api, Arena, BodyType, Operation, Record, RecordId, Type};

use super::records::Struct;

/// An operation that ends later.
pub struct LongOperation {
    /// The operation, by its position in [`Api::operations`].
    pub operation: usize,
    /// The object that accepts it.
    pub accepted: RecordId,
    /// Whether options stand in its place, so that it is read as an enum.
    pub is_union: bool,
    /// The message that tells the end.
    pub completed: RecordId,
}

/// The property by which the reply and the message name the request.
pub const REQUEST_ID: &str = "requestId";

/// The operations whose only success brings an id, and is followed by a message
/// with one.
pub(super) fn operations(api: &Api, structs: &Arena<Struct<'_>, Record>) -> Vec<LongOperation> {
    let operations = api.operations().enumerate();
    let long = operations.filter_map(|(index, (_, operation))| {
        let (accepted, completed) = parts(api, operation)?;
        Some(LongOperation {
            operation: index,
            accepted,
            is_union: structs[accepted].any.is_some(),
            completed,
        })
    });
    long.collect()
}

fn parts(api: &Api, operation: &Operation) -> Option<(RecordId, RecordId)> {
    let mut successes = operation.successes();
    let reply = successes.next().filter(|reply| reply.headers.is_empty())?;
    let [completed] = reply.messages[..] else {
        return None;
    };
    let Some(BodyType::Value(Type::Record(accepted))) = reply.body else {
        return None;
    };
    let is_long = successes.next().is_none() && has_id(&api[accepted]) && has_id(&api[completed]);
    is_long.then_some((accepted, completed))
}

fn has_id(record: &Record) -> bool {
    let mut properties = record.properties.iter();
    properties.any(|property| property.name == REQUEST_ID && property.ty == Type::String)
}
