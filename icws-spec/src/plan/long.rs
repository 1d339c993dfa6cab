//! Operations that end later: they are accepted with an id, by which a message
//! tells the end.

use crate::api::{Api, Arena, BodyType, Operation, Record, RecordId, Type};

use super::records::Struct;

/// How an operation ends later.
pub struct LongOperation {
    /// The function of the runtime that reads the id from what accepts it: from an
    /// object, or from an enum where options stand in its place.
    pub accepted_by: &'static str,
    /// The message that tells the end.
    pub completed: RecordId,
}

/// The property by which the reply and the message name the request.
pub const REQUEST_ID: &str = "requestId";

/// How an operation ends later, if its only success brings an id, and is followed by
/// a message with one.
pub(super) fn of(
    api: &Api,
    structs: &Arena<Struct<'_>, Record>,
    operation: &Operation,
) -> Option<LongOperation> {
    let mut successes = operation.successes();
    let reply = successes.next().filter(|reply| reply.headers.is_empty())?;
    let [completed] = reply.messages[..] else {
        return None;
    };
    let Some(BodyType::Value(Type::Record(accepted))) = reply.body else {
        return None;
    };
    let is_long = successes.next().is_none() && has_id(&api[accepted]) && has_id(&api[completed]);
    is_long.then_some(LongOperation {
        accepted_by: match structs[accepted].any {
            Some(_) => "accepted_by_union",
            None => "accepted_by_record",
        },
        completed,
    })
}

fn has_id(record: &Record) -> bool {
    let mut properties = record.properties.iter();
    properties.any(|property| property.name == REQUEST_ID && property.ty == Type::String)
}
