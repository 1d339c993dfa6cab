//! Which operations start and stop a stream of delta messages.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Location, Operation, Origin, Record, Resource};

use super::context::{Context, operation_kind, operation_path, root_of};

/// Says that the `PUT` of a resource is a subscription, where its success is
/// followed by messages that add up to a state, and its `DELETE` ends it.
/// With the namespace that it belongs to.
pub(super) fn subscription<'a>(
    context: &Context<'a>,
    resource: &'a Resource,
) -> Option<(&'a str, TokenStream)> {
    let Parts {
        start,
        stop,
        message,
        key,
    } = parts(context, resource)?;
    let root = root_of(&start.namespace);
    let message = super::context::record_path(message);
    let (kind, stop) = (operation_kind(start), operation_path(stop));
    let tokens = quote! {
        impl __rt::SubscriptionKind for #kind {
            type Message = #root #message;
            type Stop = #root #stop;
            const KEY: __rt::Option<__rt::usize> = #key;
        }
    };
    Some((&start.namespace, tokens))
}

/// What makes a subscription.
pub(super) struct Parts<'a> {
    pub start: &'a Operation,
    stop: &'a Operation,
    pub message: &'a Record,
    key: TokenStream,
}

/// The subscription of a resource, if it has one.
pub(super) fn parts<'a>(context: &Context<'a>, resource: &'a Resource) -> Option<Parts<'a>> {
    let method = |name: &str| resource.operations.iter().find(|o| o.method == name);
    let (start, stop) = (method("PUT")?, method("DELETE")?);
    let message = delta_message(context, start)?;
    let key = key(start, message)?;
    (stops_by_path(stop) && start.namespace == stop.namespace).then_some(Parts {
        start,
        stop,
        message,
        key,
    })
}

/// The only message behind a success that says whether it is a delta. With two
/// of them it is not clear whose state is meant.
fn delta_message<'a>(context: &Context<'a>, start: &Operation) -> Option<&'a Record> {
    let successes = start.replies.iter().filter(|reply| reply.is_success());
    let mut deltas: Vec<&Record> = successes
        .flat_map(|reply| &reply.messages)
        .filter_map(|id| context.api.records.get(id.0))
        .filter(|record| record.message.as_ref().is_some_and(|m| m.delta.is_some()))
        .collect();
    deltas.dedup_by_key(|record| record.id());
    match deltas[..] {
        [one] if !one.omitted => Some(one),
        _ => None,
    }
}

/// The parameter that has the key of the messages, as tokens of an `Option`;
/// `None` when messages have a key that the request does not know. The two
/// names may differ in case: `interactionId` and `interactionID`.
fn key(start: &Operation, message: &Record) -> Option<TokenStream> {
    let delta = message.message.as_ref()?.delta.as_ref()?;
    let Some(key) = delta.key.and_then(|key| message.properties.get(key)) else {
        return Some(quote!(__rt::None));
    };
    let index = start.parameters.iter().position(|parameter| {
        parameter.location == Location::Path && parameter.name.eq_ignore_ascii_case(&key.name)
    })?;
    Some(quote!(__rt::Some(#index)))
}

/// Whether the request that ends it can be made of the path of the one that
/// starts it.
fn stops_by_path(stop: &Operation) -> bool {
    let mut asked = stop.parameters.iter();
    stop.body.is_none()
        && asked.all(|parameter| {
            !parameter.required
                || parameter.origin != Origin::Caller
                || parameter.location == Location::Path
        })
}
