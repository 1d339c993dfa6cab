//! Interactions, and what the messages about their changes say.

use std::collections::BTreeMap;

use icws_generated::interactions::InteractionChangedMessage;
use icws_generated::interactions::callback::{CallbackMessage, CallbackState};
use icws_generated::runtime::Field;

/// An interaction: a callback, or one of another medium.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Interaction {
    pub callback: Option<CallbackState>,
    /// By name, in the spelling of the server.
    pub attributes: BTreeMap<String, String>,
    /// Whether users have no rights to it.
    pub denied: bool,
}

/// Names of attributes that the server sets itself.
pub(crate) const STATE: &str = "Eic_State";
pub(crate) const REMOTE_ID: &str = "Eic_RemoteId";

impl Interaction {
    /// A callback that waits for an agent.
    pub fn callback(state: CallbackState, attributes: BTreeMap<String, String>) -> Self {
        let mut interaction = Interaction {
            callback: Some(state),
            attributes,
            denied: false,
        };
        interaction
            .attributes
            .entry(STATE.to_owned())
            .or_insert_with(|| "O".to_owned());
        interaction.follow_target();
        interaction
    }

    /// Keeps the attribute of the number to call in step.
    pub fn follow_target(&mut self) {
        if let Some(callback) = &self.callback {
            self.set(REMOTE_ID, &callback.target.clone());
        }
    }

    /// Sets an attribute; one that is there keeps its spelling.
    pub fn set(&mut self, name: &str, value: &str) {
        let known = self.attributes.keys();
        let known = known.into_iter().find(|key| key.eq_ignore_ascii_case(name));
        let name = known.cloned().unwrap_or_else(|| name.to_owned());
        self.attributes.insert(name, value.to_owned());
    }

    /// The attributes that are asked for, in any case; all when none are named.
    /// What the interaction does not have is left out.
    pub fn select(&self, names: &[String]) -> BTreeMap<String, String> {
        let asked = |key: &str| names.iter().any(|name| name.eq_ignore_ascii_case(key));
        let chosen = self.attributes.iter();
        chosen
            .filter(|(key, _)| names.is_empty() || asked(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// The attributes among the named ones that are not as they were.
    fn changed(&self, before: &Interaction, names: &[String]) -> BTreeMap<String, String> {
        let mut changed = self.select(names);
        changed.retain(|key, value| before.attributes.get(key) != Some(value));
        changed
    }
}

/// What is said of a callback: everything without a `before`, otherwise what
/// has changed since; `None` when nothing has.
///
/// The reference lets no property of the message be null, so a delta cannot say
/// that a value was taken away: then everything is said again.
pub(crate) fn callback_message(
    before: Option<&CallbackState>,
    now: &CallbackState,
) -> Option<CallbackMessage> {
    if before == Some(now) {
        return None;
    }
    let before = before.filter(|before| !has_lost(before, now));
    let mut message = CallbackMessage::new(
        before.is_some(),
        &now.interaction_id,
        &now.target,
        &now.subject,
    );
    message.name = field(before.map(|b| &b.name), &now.name);
    message.attempts = field(before.map(|b| &b.attempts), &now.attempts);
    message.max_attempts = field(before.map(|b| &b.max_attempts), &now.max_attempts);
    message.associated_call_id = field(
        before.map(|b| &b.associated_call_id),
        &now.associated_call_id,
    );
    message.snoozed = field(before.map(|b| &b.snoozed), &now.snoozed);
    Some(message)
}

fn has_lost(before: &CallbackState, now: &CallbackState) -> bool {
    fn lost<T>(before: &Option<T>, now: &Option<T>) -> bool {
        before.is_some() && now.is_none()
    }
    lost(&before.name, &now.name)
        || lost(&before.attempts, &now.attempts)
        || lost(&before.max_attempts, &now.max_attempts)
        || lost(&before.associated_call_id, &now.associated_call_id)
        || lost(&before.snoozed, &now.snoozed)
}

fn field<T: Clone + PartialEq>(before: Option<&Option<T>>, now: &Option<T>) -> Field<T> {
    match now {
        Some(value) if before != Some(now) => Field::Value(value.clone()),
        _ => Field::Absent,
    }
}

/// What is said of watched attributes: all of them without a `before`, then
/// those that changed; `None` when none has.
pub(crate) fn attributes_message(
    id: &str,
    before: Option<&Interaction>,
    now: &Interaction,
    names: &[String],
) -> Option<InteractionChangedMessage> {
    let attributes = match before {
        None => now.select(names),
        Some(before) => now.changed(before, names),
    };
    let said = before.is_none() || !attributes.is_empty();
    said.then(|| InteractionChangedMessage::new(before.is_some(), id, attributes))
}
