//! What the messages of a subscription add up to.

use std::any::Any;

use super::changes::{Changes, MergeError};
use super::state::{Delta, DeltaState};
use crate::json::{Row, Value, Writer, text};
use crate::meta::RecordMeta;

/// A message that follows a subscription.
#[derive(Debug)]
pub struct FollowedMeta {
    /// What the model says of the message.
    pub message: &'static RecordMeta,
    /// Whether an object is such a message: of this model, and not only called so.
    pub is: fn(&dyn Row) -> bool,
    /// The property, by its number, that says which subscription it belongs to.
    pub key: Option<usize>,
    /// How it says how the subscription stands.
    pub standing: Option<StandingMeta>,
    /// Whether nothing follows it: what the subscription is about is gone.
    pub ends: bool,
}

/// How a message says how its subscription stands.
#[derive(Debug)]
pub struct StandingMeta {
    /// The property, by its number, an enumeration.
    pub property: usize,
    /// The number of the state in which no messages come for a while.
    pub suspended: i64,
    /// The number of the state in which the subscription has failed.
    pub faulted: i64,
}

/// How a subscription stands, as the server says it.
///
/// ```
/// use icws_generated::interactions::callback::CallbackState;
/// use icws_generated::runtime::Standing;
/// use icws_generated::runtime::follow::Store;
///
/// fn doubt(callback: &Store<CallbackState>) -> &'static str {
///     match callback.standing() {
///         Standing::Normal => "",
///         Standing::Suspended => " (as it was: the server pauses)",
///         Standing::Faulted => " (as it was: asked for again)",
///         _ => " (as it was)",
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Standing {
    /// Its messages come.
    #[default]
    Normal,
    /// Its messages do not come for a while.
    Suspended,
    /// It has failed.
    Faulted,
}

/// Returns true if an object is of a type.
pub fn is_row<T: Row>(row: &dyn Row) -> bool {
    (row as &dyn Any).is::<T>()
}

impl FollowedMeta {
    /// Returns the key of the subscription that a message of this type belongs to;
    /// `None` when it belongs to all of them.
    pub fn key_of<'a>(&self, message: &'a dyn Row) -> Option<&'a str> {
        text(message.field(self.key?)?)
    }

    /// Returns how the subscription stands, if a message of this type says that.
    pub fn standing_of(&self, message: &dyn Row) -> Option<Standing> {
        let meta = self.standing.as_ref()?;
        let number = number(message.field(meta.property)?)?;
        Some(if number == meta.suspended {
            Standing::Suspended
        } else if number == meta.faulted {
            Standing::Faulted
        } else {
            Standing::Normal
        })
    }
}

/// The number of an enumeration, whatever its type is.
fn number(value: &dyn Value) -> Option<i64> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    std::str::from_utf8(&writer.into_bytes()).ok()?.parse().ok()
}

/// What the messages of a subscription add up to: a [`DeltaState`], two of them as
/// a tuple, or `()` when they are events only.
pub trait Followed: Clone + Send + Sync + 'static {
    /// How many messages there are that make a part of it.
    const PARTS: u32;

    /// One to begin with, of which nothing is known.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn blank() -> Self;

    /// Applies a message. `known` has the parts, bit by bit, that are known: a
    /// delta to another one is passed over.
    #[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
    fn apply(&mut self, message: &mut dyn Row, known: &mut u32) -> Step;
}

/// What a message did to a state.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(feature = "_internal-semver"), doc(hidden))]
pub enum Step {
    /// It is an event, and no part of the state.
    Event,
    /// A full message replaced a part.
    Replaced,
    /// A delta was merged.
    Merged(Changes),
    /// A delta had nothing to be merged into.
    PassedOver,
    /// It cannot be merged: the part is not known any more.
    Failed(MergeError),
}

impl Followed for () {
    const PARTS: u32 = 0;

    fn blank() -> Self {}

    fn apply(&mut self, _: &mut dyn Row, _: &mut u32) -> Step {
        Step::Event
    }
}

impl<S: DeltaState + Send + Sync> Followed for S {
    const PARTS: u32 = 1;

    fn blank() -> Self {
        DeltaState::blank()
    }

    fn apply(&mut self, message: &mut dyn Row, known: &mut u32) -> Step {
        apply(self, message, known, 1)
    }
}

impl<A, B> Followed for (A, B)
where
    A: DeltaState + Send + Sync,
    B: DeltaState + Send + Sync,
{
    const PARTS: u32 = 2;

    fn blank() -> Self {
        (A::blank(), B::blank())
    }

    fn apply(&mut self, message: &mut dyn Row, known: &mut u32) -> Step {
        match apply(&mut self.0, message, known, 1) {
            Step::Event => apply(&mut self.1, message, known, 2),
            step => step,
        }
    }
}

/// Applies a message to the part of a state with this bit.
fn apply<S: DeltaState>(state: &mut S, message: &mut dyn Row, known: &mut u32, bit: u32) -> Step {
    let message: &mut dyn Any = message;
    let Some(message) = message.downcast_mut::<S::Message>() else {
        return Step::Event;
    };
    let message = std::mem::replace(message, crate::json::Record::blank());
    if !message.is_delta() {
        return match message.into_state() {
            Ok(new) => {
                *state = new;
                *known |= bit;
                Step::Replaced
            }
            Err(error) => {
                *known &= !bit;
                Step::Failed(error)
            }
        };
    }
    if *known & bit == 0 {
        return Step::PassedOver;
    }
    match message.merge_into(state) {
        Ok(changes) => Step::Merged(changes),
        Err(error) => {
            *known &= !bit;
            Step::Failed(error)
        }
    }
}
