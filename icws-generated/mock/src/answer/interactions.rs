//! Interactions: making and changing them, and watching them.

use std::collections::BTreeMap;

use crate::Callback;
use crate::world::{Interaction, REMOTE_ID, STATE, attributes_message, callback_message};
use icws_generated::Message;
use icws_generated::interactions::callback::{
    CallbackDispositionType as Disposition, CallbackState, SetDispositionOutcome, SubscribeOutcome,
    UnsubscribeOutcome,
};
use icws_generated::interactions::{
    AnyCreateInteractionParameters as Parameters, CreateOutcome, GetOutcome, InteractionAttributes,
    InteractionAttributesUpdate, InteractionCreated, InteractionSubscription,
    SubscribeOutcome as WatchOutcome, UnsubscribeOutcome as UnwatchOutcome,
};
use icws_generated::runtime::{RawReply, Response};

use super::{Exchange, Reply};
use crate::refusal::Refusal;

impl Exchange<'_> {
    pub(super) fn create_interaction(&mut self, parameters: Parameters) -> Result<Reply, Refusal> {
        let id = self.world.new_interaction_id();
        match parameters {
            Parameters::InteractionsCallbackCreateCallbackParameters(given) => {
                let mut callback = Callback::new(given.target, given.subject);
                if let Some(name) = given.name {
                    callback = callback.name(name);
                }
                for (name, value) in given.additional_attributes.unwrap_or_default() {
                    callback = callback.attribute(name, value);
                }
                self.world.create_callback(&id, callback);
            }
            Parameters::InteractionsCallbackCreateCallbackResponseCallParameters(given) => {
                let parent = given.parent_interaction_id;
                let answered = self.world.change(&parent, |callback| {
                    callback.associated_call_id = Some(id.clone());
                    count_attempt(callback);
                });
                if !answered {
                    let problem = format!("there is no callback {parent}");
                    return Err(Refusal::invalid("parentInteractionId", &problem));
                }
                let attributes = given.additional_attributes.unwrap_or_default();
                self.world.put(&id, call(attributes, &given.target));
            }
            Parameters::Unrecognized(given) if given.type_urn().is_none() => {
                return Err(Refusal::missing("__type"));
            }
            // The page knows more kinds than this server: an interaction that is
            // no callback.
            _ => self.world.put(&id, Interaction::default()),
        }
        let created = InteractionCreated::new(id);
        Ok(CreateOutcome::Created(created).to_reply().into())
    }

    pub(super) fn interaction(
        &mut self,
        id: &str,
        select: Option<Vec<String>>,
    ) -> Result<Reply, Refusal> {
        let interaction = self.known(id)?;
        let names = select.unwrap_or_default();
        // `*` is what some clients send for all of them.
        let all = names.iter().any(|name| name == "*");
        let attributes = interaction.select(if all { &[] } else { &names });
        let attributes = InteractionAttributes::new(attributes);
        Ok(GetOutcome::Ok(attributes).to_reply().into())
    }

    pub(super) fn set_interaction(
        &mut self,
        id: &str,
        given: &InteractionAttributesUpdate,
    ) -> Result<Reply, Refusal> {
        self.known(id)?;
        self.world.change_interaction(id, |interaction| {
            for (name, value) in &given.attributes {
                interaction.set(name, value);
            }
        });
        // No source tells the status; that of the actions beside it is 200.
        Ok(RawReply::encode(200, &()).into())
    }

    pub(super) fn set_disposition(
        &mut self,
        id: &str,
        disposition: Disposition,
    ) -> Result<Reply, Refusal> {
        self.known_callback(id)?;
        match disposition {
            Disposition::Success => {
                self.world.deallocate(id);
            }
            Disposition::Failure | Disposition::Retry => {
                self.world.change(id, count_attempt);
            }
            other => {
                let problem = format!("{} is none of its values", other.number());
                return Err(Refusal::invalid("disposition", &problem));
            }
        }
        Ok(SetDispositionOutcome::Success(()).to_reply().into())
    }

    pub(super) fn watch_callback(&mut self, id: &str) -> Result<Reply, Refusal> {
        let callback = self.known_callback(id)?;
        let message = callback_message(None, callback);
        let session = self.own_session()?;
        session.callbacks.insert(id.to_owned());
        if let Some(message) = message {
            session.push(&Message::from(message));
        }
        Ok(SubscribeOutcome::Ok(()).to_reply().into())
    }

    pub(super) fn unwatch_callback(&mut self, id: &str) -> Result<Reply, Refusal> {
        self.known_callback(id)?;
        self.own_session()?.callbacks.remove(id);
        Ok(UnsubscribeOutcome::NoContent(()).to_reply().into())
    }

    pub(super) fn watch_attributes(
        &mut self,
        id: &str,
        given: InteractionSubscription,
    ) -> Result<Reply, Refusal> {
        let names = given.attribute_names;
        let message = attributes_message(id, None, self.known(id)?, &names);
        let session = self.own_session()?;
        session.attributes.insert(id.to_owned(), names);
        if let Some(message) = message {
            session.push(&Message::from(message));
        }
        Ok(WatchOutcome::NoContent(()).to_reply().into())
    }

    pub(super) fn unwatch_attributes(&mut self, id: &str) -> Result<Reply, Refusal> {
        self.known(id)?;
        self.own_session()?.attributes.remove(id);
        Ok(UnwatchOutcome::NoContent(()).to_reply().into())
    }

    /// The interaction, if there is one and the user has rights to it.
    fn known(&self, id: &str) -> Result<&Interaction, Refusal> {
        match self.world.interactions.get(id) {
            None => {
                let message = format!("There is no interaction {id}.");
                Err(Refusal::not_found(message))
            }
            Some(interaction) if interaction.denied => Err(Refusal::forbidden(id)),
            Some(interaction) => Ok(interaction),
        }
    }

    fn known_callback(&self, id: &str) -> Result<&CallbackState, Refusal> {
        let problem = || Refusal::bad_request(format!("The interaction {id} is not a callback."));
        self.known(id)?.callback.as_ref().ok_or_else(problem)
    }
}

/// The call that answers a callback.
fn call(attributes: BTreeMap<String, String>, target: &str) -> Interaction {
    let mut call = Interaction {
        attributes,
        ..Interaction::default()
    };
    call.set(STATE, "A");
    call.set(REMOTE_ID, target);
    call
}

fn count_attempt(callback: &mut CallbackState) {
    let attempts = callback.attempts.unwrap_or_default();
    callback.attempts = Some(attempts.saturating_add(1));
}
