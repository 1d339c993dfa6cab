//! What differs, and how a model comes to say the same.

use crate::api::RecordId;
use crate::place::Place;

use super::super::page::{ErrorId, Group, Method, Parameter, Record, Row, Status};
use super::super::yaml::Yaml;

/// Something that the page says otherwise than the model.
#[derive(Debug, Clone)]
pub(in super::super) struct Difference<'p> {
    /// The line of the page.
    pub line: usize,
    /// The place in the model.
    pub place: Place,
    /// What differs.
    pub message: String,
    /// Why a person has to decide, if so; the change is then by hand.
    pub question: Option<String>,
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
        value: Option<Yaml>,
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
    /// A shared parameter or reply is written where it is used, so that it can
    /// be changed there.
    InPlace {
        item: Place,
    },
    /// A shared reply that is only named gets room for what is added to it.
    Complete {
        item: Place,
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
    /// The status of a reply becomes known.
    Status {
        item: Place,
        code: u16,
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
    AddRow {
        record: RecordId,
        row: &'p Row,
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

impl Difference<'_> {
    /// Returns true if it can be made beside a shared reply; what takes away or
    /// changes a part of that one cannot.
    pub(super) fn is_addition(&self) -> bool {
        match &self.change {
            Change::AddHeader { .. }
            | Change::AddMessage { .. }
            | Change::AddError { .. }
            | Change::Body { .. }
            | Change::Status { .. }
            | Change::ByHand => true,
            Change::Key { item, value, .. } => value.is_some() && *item == self.place,
            _ => false,
        }
    }
}
