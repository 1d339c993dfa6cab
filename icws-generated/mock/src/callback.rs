//! A callback as it is put into the world.

use std::collections::BTreeMap;

use icws_generated::interactions::callback::CallbackState;
use icws_generated::runtime::DeltaState;

/// A callback to be made by the control side. What is not set is left out of
/// the messages about it, except for `attempts`, which starts at 0.
///
/// ```
/// use icws_mock::Callback;
///
/// let callback = Callback::new("+13175550142", "Invoice 4711").name("Ada Example").max_attempts(3);
/// assert_eq!(callback.state().attempts, Some(0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    state: CallbackState,
    attributes: BTreeMap<String, String>,
    workgroup: Option<String>,
}

impl Callback {
    /// A callback with the number to call and why.
    pub fn new(target: impl Into<String>, subject: impl Into<String>) -> Self {
        let mut state = CallbackState::blank();
        state.target = target.into();
        state.subject = subject.into();
        state.attempts = Some(0);
        Callback {
            state,
            attributes: BTreeMap::new(),
            workgroup: None,
        }
    }

    /// Who asked for it.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.state.name = Some(name.into());
        self
    }

    /// How many times it was tried.
    #[must_use]
    pub fn attempts(mut self, attempts: i32) -> Self {
        self.state.attempts = Some(attempts);
        self
    }

    /// How many times it may be tried.
    #[must_use]
    pub fn max_attempts(mut self, max_attempts: i32) -> Self {
        self.state.max_attempts = Some(max_attempts);
        self
    }

    /// Sets whether the callback is put off.
    #[must_use]
    pub fn snoozed(mut self, snoozed: bool) -> Self {
        self.state.snoozed = Some(snoozed);
        self
    }

    /// The call that answers it.
    #[must_use]
    pub fn associated_call_id(mut self, id: impl Into<String>) -> Self {
        self.state.associated_call_id = Some(id.into());
        self
    }

    /// An attribute of the interaction; the name is kept as it is spelled here.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }

    /// The workgroup on whose queue it waits; without one it is on no queue.
    #[must_use]
    pub fn workgroup(mut self, workgroup: impl Into<String>) -> Self {
        self.workgroup = Some(workgroup.into());
        self
    }

    /// What the messages about it will say; the id is not known yet.
    pub fn state(&self) -> &CallbackState {
        &self.state
    }

    pub(super) fn state_mut(&mut self) -> &mut CallbackState {
        &mut self.state
    }

    pub(super) fn into_parts(self) -> (CallbackState, BTreeMap<String, String>, Option<String>) {
        (self.state, self.attributes, self.workgroup)
    }
}
