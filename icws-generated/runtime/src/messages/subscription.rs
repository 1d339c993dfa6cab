//! Operations that start and stop a stream of messages.

use std::borrow::Cow;

use super::followed::{Followed, FollowedMeta};
use crate::exchange::{Arguments, Operation, Parameter, Request};
use crate::meta::{Location, OperationMeta, ParameterMeta, Supplier};

/// A request after which messages follow until another request ends it: the `PUT`
/// and `DELETE` of a resource whose `PUT` is followed by messages.
///
/// ```
/// use icws_generated::interactions::callback::Subscribe;
/// use icws_generated::runtime::Subscription;
///
/// let subscribe = Subscribe::builder().interaction_id("2001").build();
/// assert_eq!(subscribe.key(), "2001");
/// assert_eq!(subscribe.stop().interaction_id, "2001");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` starts no messages that can be followed",
    label = "not a subscription"
)]
pub trait Subscription: Request {
    /// What the messages add up to: the state of a message, those of several as a
    /// tuple, or `()` when they are events only.
    type State: Followed;

    /// The request that ends it.
    type Stop: Request;

    /// The parameter that the messages have as their key, by its index in the meta
    /// data; `None` when they have no key.
    const KEY: Option<usize>;

    /// The messages that follow.
    const MESSAGES: &'static [FollowedMeta];

    /// What the subscription is about, as the messages say it.
    fn key(&self) -> Cow<'_, str> {
        let parameter = Self::KEY.and_then(|index| self.parameter(index));
        parameter.and_then(Parameter::to_text).unwrap_or_default()
    }

    /// The request that ends the subscription.
    fn stop(&self) -> Self::Stop {
        let mut stop = Self::Stop::blank();
        for (index, parameter) in path(Self::Stop::META) {
            let own = path(Self::META).find(|(_, own)| own.name == parameter.name);
            let text = own
                .and_then(|(own, _)| self.parameter(own))
                .and_then(Parameter::to_text);
            if let (Some(text), Some(slot)) = (text, stop.parameter_mut(index)) {
                // Both are of one resource, and its parameter has one type.
                let _ = slot.read_text(&text);
            }
        }
        stop
    }
}

impl<E: Request<Operation: SubscriptionKind>> Subscription for E {
    type State = <E::Operation as SubscriptionKind>::State;
    type Stop = <E::Operation as SubscriptionKind>::Stop;
    const KEY: Option<usize> = <E::Operation as SubscriptionKind>::KEY;
    const MESSAGES: &'static [FollowedMeta] = <E::Operation as SubscriptionKind>::MESSAGES;
}

/// What [`Subscription`] says, as the model says it of an operation. It is of the
/// operation and not of its request: of many implementations for one generic
/// struct the compiler compares each with each other.
#[diagnostic::on_unimplemented(
    message = "`{Self}` starts no messages that can be followed",
    label = "not a subscription"
)]
pub trait SubscriptionKind: Operation {
    /// What the messages add up to.
    type State: Followed;

    /// The request that ends it.
    type Stop: Request;

    /// The parameter that has the key of the messages, by its index.
    const KEY: Option<usize>;

    /// The messages that follow.
    const MESSAGES: &'static [FollowedMeta];
}

/// The parameters of a path that the caller gives.
fn path(meta: &'static OperationMeta) -> impl Iterator<Item = (usize, &'static ParameterMeta)> {
    meta.parameters.iter().enumerate().filter(|(_, parameter)| {
        parameter.location == Location::Path && parameter.supplier == Supplier::Caller
    })
}
