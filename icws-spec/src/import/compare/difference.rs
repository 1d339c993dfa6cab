//! What differs, and how a model comes to say the same.

use crate::api::RecordId;
use crate::place::Place;

use super::super::page::{ErrorId, Group, Method, Parameter, Record, Row, Status};

/// Something that the page says otherwise than the model.
#[derive(Debug, Clone)]
pub(in super::super) struct Difference<'p> {
    /// The line of the page.
    pub line: usize,
    /// The place in the model.
    pub place: Place,
    /// What differs.
    pub message: String,
    /// What to change in the model.
    pub change: Change<'p>,
}

/// How the model comes to say what the page says.
#[derive(Debug, Clone)]
pub(in super::super) enum Change<'p> {
    /// A key of an item gets another value, or goes.
    Key {
        item: Place,
        key: &'static str,
        value: Option<Value>,
    },
    /// An entry of an item, or of a section of it, goes.
    Drop {
        item: Place,
        section: Option<&'static str>,
        key: String,
    },
    AddMethod {
        resource: Place,
        method: &'p Method,
    },
    AddParameter {
        operation: Place,
        parameter: &'p Parameter,
    },
    /// A parameter written elsewhere is written in place.
    Parameter {
        item: Place,
        parameter: &'p Parameter,
    },
    /// A parameter of the resource becomes one of each of these operations.
    SplitParameter {
        item: Place,
        to: Vec<(Place, &'p Parameter)>,
    },
    /// An item goes out of its list, and into the lists of these operations.
    MoveItem {
        item: Place,
        to: Vec<Place>,
    },
    AddReply {
        operation: Place,
        method: &'p Method,
        status: &'p Status,
        after: Option<u16>,
    },
    /// A reply that uses a shared one is written anew.
    Reply {
        item: Place,
        method: &'p Method,
        status: &'p Status,
    },
    /// The body becomes another representation.
    Body {
        item: Place,
        method: &'p Method,
        status: Option<&'p Status>,
        record: &'p Record,
    },
    AddHeader {
        reply: Place,
        header: &'p Parameter,
    },
    /// The header is there already.
    Header {
        reply: Place,
        header: &'p Parameter,
        name: String,
    },
    AddMessage {
        reply: Place,
        record: &'p Record,
    },
    AddError {
        reply: Place,
        error: &'p ErrorId,
    },
    /// The error is there already.
    Error {
        reply: Place,
        error: &'p ErrorId,
    },
    AddRows {
        record: RecordId,
        rows: Vec<&'p Row>,
        after: Option<String>,
    },
    AddValue {
        enumeration: Place,
        row: &'p Row,
        after: Option<String>,
    },
    AddOption {
        base: RecordId,
        group: &'p Group,
    },
    /// Another difference brings it with it.
    Included,
    /// Somebody has to decide.
    ByHand,
}

/// A value of a key.
#[derive(Debug, Clone)]
pub(in super::super) enum Value {
    True,
    Word(String),
    Number(i64),
}
