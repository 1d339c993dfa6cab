//! Which operation stops what another one starts.

use serde_json::Value as Json;

use crate::plan::{Plan, PlannedOperation};

use super::fields::Fields;

/// The subscription that an operation starts, if it starts one.
pub(super) fn subscription(plan: &Plan<'_>, start: &PlannedOperation<'_>) -> Option<Json> {
    let subscription = &plan.subscriptions[start.subscription?];
    let mut fields = Fields::default();
    fields.put("stop", plan.operations[subscription.stop].operation.id());
    let key = subscription.key;
    let key = key.and_then(|key| start.operation.given().nth(key));
    fields.option("key", key.map(|(_, parameter)| parameter.name.as_str()));
    Some(fields.json())
}
