//! Delta messages, and what they add up to.

use std::any::Any;

use bytes::Bytes;

use super::changes::{Changes, MergeError};
use crate::json::{
    ReadError, Reader, Record, Row, Shape, UnknownProperties, Value, Writer, copy_row, read_record,
    text, transfer, write_properties,
};
use crate::meta::DeltaMeta;

/// A message that says all about its subject, or only what changed.
///
/// ```
/// use icws_generated::interactions::callback::CallbackMessage;
/// use icws_generated::runtime::{Delta, Record};
///
/// let text = r#"{"isDelta":false,"interactionId":"2001","target":"+1317","subject":"Invoice"}"#;
/// let message = CallbackMessage::from_json(text.as_bytes()).unwrap();
/// assert!(!message.is_delta());
/// assert_eq!(message.key(), Some("2001"));
/// assert_eq!(message.into_state().unwrap().subject, "Invoice");
/// ```
pub trait Delta: Record {
    /// What the messages add up to.
    type State: DeltaState<Message = Self>;

    /// Which of its properties make it a delta.
    const DELTA: &'static DeltaMeta;

    /// Returns true if properties that are left out have not changed. If not,
    /// the message replaces all that was known.
    fn is_delta(&self) -> bool {
        let flag = self.field(Self::DELTA.flag).and_then(downcast);
        flag.copied().unwrap_or_default()
    }

    /// What the message is about, by its id; `None` when it is about all there is:
    /// the messages have no key, or this one left it out.
    fn key(&self) -> Option<&str> {
        text(self.field(Self::DELTA.key?)?)
    }

    /// Returns the state that a full message stands for.
    ///
    /// # Errors
    /// When it has items that cannot be told apart.
    fn into_state(self) -> Result<Self::State, MergeError> {
        let mut state = Self::State::blank();
        self.merge_into(&mut state)?;
        Ok(state)
    }

    /// Applies a delta to the state before it, and returns what changed.
    ///
    /// # Errors
    /// When items cannot be told apart, or a part came of what is not known. The
    /// state is then not what the server has.
    fn merge_into(mut self, state: &mut Self::State) -> Result<Changes, MergeError> {
        merge_message(state, &mut self, Self::DELTA)
    }
}

// Not generic, so that it is compiled once and not for each message.
fn merge_message(
    state: &mut dyn Row,
    message: &mut dyn Row,
    delta: &DeltaMeta,
) -> Result<Changes, MergeError> {
    let mut changes = Changes::default();
    let meta = message.meta();
    for (index, (name, _)) in meta.properties.iter().enumerate() {
        if meta.merges.iter().any(|merge| merge.property == index) {
            continue;
        }
        let Some(new) = message.field_mut(index) else {
            continue;
        };
        if index != delta.flag && Some(index) != delta.key && !new.is_absent() {
            changes.properties.push(name);
        }
        let is_left_out = match new.shape() {
            Shape::Optional(new) => new.is_left_out(),
            _ => false,
        };
        if let (Some(known), false) = (state.field_mut(index), is_left_out) {
            transfer(known, new);
        }
    }
    let behind = meta.properties.len();
    UnknownProperties::merge(state.field_mut(behind), message.field_mut(behind));
    for merge in meta.merges {
        let Some(new) = message.field_mut(merge.property) else {
            continue;
        };
        if merge.is_told && !new.is_absent() {
            let property = meta.properties.get(merge.property);
            changes.properties.extend(property.map(|(name, _)| *name));
        }
        // What is only told has no place in the state.
        if let Some(known) = state.field_mut(merge.into) {
            (merge.merge)(known, new, &mut changes)?;
        }
    }
    Ok(changes)
}

/// What the messages of one type add up to: a struct with their properties,
/// numbered alike, without the one that says whether they are deltas.
///
/// Properties that the model does not know are merged by the same rule as the
/// others.
///
/// ```
/// use icws_generated::interactions::callback::CallbackState;
/// use icws_generated::runtime::DeltaState;
///
/// // What was kept yesterday, without the messages that it came from.
/// let text = br#"{"interactionId":"2001","target":"+1317","subject":"Invoice"}"#;
/// let state = CallbackState::from_json(text).unwrap();
/// assert_eq!(state.target, "+1317");
/// assert_eq!(state.to_json(), text.as_slice());
/// ```
pub trait DeltaState: Row + Clone + PartialEq {
    /// The messages.
    type Message: Delta<State = Self>;

    /// Returns the properties that the model does not know.
    fn unknown(&self) -> &UnknownProperties {
        UnknownProperties::of(self.field(self.meta().properties.len()))
    }

    /// The state as JSON text, in the form of its messages: the properties by
    /// their names on the wire, without `__type` and without the one that says
    /// whether a message is a delta.
    fn to_json(&self) -> Bytes {
        let mut writer = Writer::new();
        writer.object();
        write_properties(self, &mut writer);
        writer.end_object();
        writer.into_bytes().into()
    }

    /// Reads a state from JSON text.
    ///
    /// # Errors
    /// When the text is not a JSON object, or not what the model says of the
    /// messages.
    fn from_json(text: &[u8]) -> Result<Self, ReadError> {
        let mut reader = Reader::new(text);
        let mut state = Self::blank();
        read_record(&mut state, &mut reader)?;
        reader.finish()?;
        Ok(state)
    }

    /// One to begin with.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;
}

fn downcast<T: Any>(value: &dyn Value) -> Option<&T> {
    (value as &dyn Any).downcast_ref()
}

/// A copy of a state.
pub fn clone_state<S: DeltaState>(state: &S) -> S {
    let mut copy = S::blank();
    copy_row(&mut copy, state);
    copy
}
