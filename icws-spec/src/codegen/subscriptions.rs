//! What a client needs to follow a subscription.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, Subscription};

use super::tokens::{self, ident, option, root_of};

/// Says that an operation starts a stream of messages, what they add up to, and
/// which operation ends it.
pub(super) fn subscription(plan: &Plan<'_>, subscription: &Subscription) -> TokenStream {
    let start = &plan.operations[subscription.start].names;
    let stop = &plan.operations[subscription.stop].names;
    let root = root_of(&start.own);
    let marker = ident(&start.marker);
    let states = subscription.state_paths().map(|path| {
        let path = tokens::path(path);
        quote!(#root #path)
    });
    let states: Vec<_> = states.collect();
    let state = match &states[..] {
        [one] => one.clone(),
        states => quote!((#(#states),*)),
    };
    let messages = subscription.messages.iter().map(|message| {
        let path = tokens::path(&plan.structs[message.record].path);
        let key = option(message.key);
        let ends = message.ends;
        let standing = option(message.standing.as_ref().map(|facts| {
            let (property, suspended, faulted) = (facts.property, facts.suspended, facts.faulted);
            quote!(__rt::StandingMeta { property: #property, suspended: #suspended, faulted: #faulted })
        }));
        quote! {
            __rt::FollowedMeta {
                message: <#root #path as __rt::Record>::META,
                is: __rt::is_row::<#root #path>,
                key: #key,
                standing: #standing,
                ends: #ends,
            }
        }
    });
    let stop = tokens::path(&stop.own);
    let key = option(subscription.key);
    quote! {
        impl __rt::SubscriptionKind for #marker {
            type State = #state;
            type Stop = #root #stop;
            const KEY: __rt::Option<__rt::usize> = #key;
            const MESSAGES: &'static [__rt::FollowedMeta] = &[#(#messages),*];
        }
    }
}
