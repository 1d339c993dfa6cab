//! Which operation stops what another one starts.

use serde_json::Value as Json;

use crate::api::Operation;
use crate::plan::{Plan, Subscription};

use super::fields::Fields;

/// The subscription that an operation starts.
pub(super) struct Follows<'a> {
    plan: &'a Plan<'a>,
    start: &'a Operation,
    subscription: &'a Subscription,
}

impl<'a> Follows<'a> {
    pub fn of(plan: &'a Plan<'a>, number: usize) -> Option<Follows<'a>> {
        let mut all = plan.subscriptions.iter();
        Some(Follows {
            plan,
            subscription: all.find(|subscription| subscription.start == number)?,
            start: plan.operations.get(number)?.operation,
        })
    }

    pub fn json(&self) -> Json {
        let mut fields = Fields::default();
        let stop = self.plan.operations.get(self.subscription.stop);
        fields.option("stop", stop.map(|stop| stop.operation.id()));
        let key = self.subscription.key;
        let key = key.and_then(|key| self.start.given().nth(key));
        fields.option("key", key.map(|(_, parameter)| parameter.name.as_str()));
        fields.json()
    }
}
