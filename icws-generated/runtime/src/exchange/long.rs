//! Operations that end later.

use super::call::Operation;
use super::response::Response;
use crate::json::{Record, Row, Union, text};

/// An operation that is accepted with an id; a message with the same id tells the
/// end, before or after the response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not end later: no message tells the end",
    label = "its response is all there is",
    note = "`Session::call` sends such a request and returns what the server replied"
)]
pub trait LongOperation: Operation {
    /// The message that tells the end.
    type Completed: Record;

    /// Returns the id by which the request was accepted.
    fn request_id(accepted: &<Self::Response as Response>::Success) -> Option<&str>;
}

/// The property by which the response and the message name the request.
pub const REQUEST_ID: &str = "requestId";

/// Returns the text of a property.
pub fn text_of<'a>(row: &'a dyn Row, name: &str) -> Option<&'a str> {
    let mut properties = row.meta().properties.iter();
    let index = properties.position(|(other, _)| *other == name)?;
    text(row.field(index)?)
}

/// Returns the id that an object accepts a request with.
pub fn accepted_by_record<T: Record>(accepted: &T) -> Option<&str> {
    text_of(accepted, REQUEST_ID)
}

/// The same, of an object of one of several types.
pub fn accepted_by_union<T: Union>(accepted: &T) -> Option<&str> {
    text_of(accepted.content().ok()?, REQUEST_ID)
}
