//! Delta messages, and what they add up to.

use std::any::Any;
use std::fmt;

use crate::json::{Record, UnknownProperties, Value, debug_fields, same};
use crate::meta::DeltaMeta;

/// A message that says all about its subject, or only what changed.
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

    /// What the message is about, by its id; empty when all are about one
    /// thing.
    fn key(&self) -> &str {
        let key = Self::DELTA.key.and_then(|key| self.field(key));
        key.and_then(downcast::<String>).map_or("", |key| key)
    }

    /// The state that a full message stands for.
    fn into_state(self) -> Self::State {
        let mut state = Self::State::blank();
        self.merge_into(&mut state);
        state
    }

    /// Applies a delta to the state before it.
    fn merge_into(mut self, state: &mut Self::State) {
        // Behind the last are those that the model does not know.
        for index in 0..=Self::META.properties.len() {
            if let (Some(known), Some(new)) = (state.field_mut(index), self.field_mut(index)) {
                match new.as_field() {
                    Some(new) => new.merge_into(known),
                    None => known.swap(new),
                }
            }
        }
    }
}

/// What the messages of one type add up to: a struct with their properties,
/// numbered alike, without the one that says whether they are deltas.
///
/// Properties that the model does not know are merged by the same rule as the
/// others.
pub trait DeltaState: Clone + PartialEq + 'static {
    /// The messages.
    type Message: Delta<State = Self>;

    /// A property.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn field(&self, index: usize) -> Option<&dyn Value>;

    /// A property, to be merged into.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// Returns the properties that the model does not know.
    fn unknown(&self) -> &UnknownProperties {
        UnknownProperties::of(self.field(count::<Self>()))
    }

    /// One to begin with.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;
}

fn downcast<T: Any>(value: &dyn Value) -> Option<&T> {
    (value as &dyn Any).downcast_ref()
}

fn count<S: DeltaState>() -> usize {
    S::Message::META.properties.len()
}

/// A copy of a state.
pub fn clone_state<S: DeltaState>(state: &S) -> S {
    let mut copy = S::blank();
    for index in 0..=count::<S>() {
        if let (Some(to), Some(from)) = (copy.field_mut(index), state.field(index)) {
            to.assign(from);
        }
    }
    copy
}

/// Returns true if all properties of two states are the same.
pub fn eq_state<S: DeltaState>(one: &S, other: &S) -> bool {
    // Closures would be compiled for each state.
    for index in 0..=count::<S>() {
        if !same(one.field(index), other.field(index)) {
            return false;
        }
    }
    true
}

/// Formats a state for `Debug`, as the messages are formatted.
///
/// # Errors
/// When the formatter fails.
pub fn debug_state<S: DeltaState>(state: &S, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = S::Message::DELTA.state;
    let mut fields = Vec::with_capacity(count::<S>() + 1);
    for index in 0..=count::<S>() {
        fields.push(state.field(index));
    }
    debug_fields(name, S::Message::META, &fields, formatter)
}
