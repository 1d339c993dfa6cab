//! The subscriptions of the model: which operations start and stop them, and which
//! messages follow.

use icws_generated::runtime::Standing;
use icws_spec::Api;
use icws_spec::api::{Location, RecordId, StandingFacts, Type};
use icws_spec::plan::Plan;
use serde_json::{Value, json};

/// A subscription of the model.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The operations that start and stop it, by their names.
    pub start: String,
    pub stop: String,
    /// Its path below `/icws/{sessionId}`.
    pub path: String,
    /// The names of the parameters in its path, without that of the session.
    pub parameters: Vec<String>,
    pub messages: Vec<Followed>,
}

/// A message that follows a subscription.
#[derive(Debug)]
pub(crate) struct Followed {
    pub record: RecordId,
    /// The property that tells the subjects apart, and the parameter that has its
    /// value, by its position among those in the path.
    pub key: Option<(String, usize)>,
    pub standing: Option<StandingFacts>,
    /// Whether it brings a state.
    pub has_state: bool,
}

/// What stands before the paths of all operations of a session.
pub(crate) const SESSION: &str = "/icws/{sessionId}/";

/// All subscriptions.
pub(crate) fn kinds(plan: &Plan<'_>) -> Vec<Kind> {
    let api = plan.api;
    let kinds = plan.subscriptions.iter().filter_map(|facts| {
        let planned = &plan.operations[facts.start];
        let (start, resource) = (planned.operation, planned.resource);
        let stop = plan.operations[facts.stop].operation;
        let in_path = start.given().filter(|(_, p)| p.location == Location::Path);
        let parameters: Vec<String> = in_path.map(|(_, p)| p.name.clone()).collect();
        let key_name = facts.key.and_then(|key| start.given().nth(key));
        let key = key_name.and_then(|(_, p)| parameters.iter().position(|name| *name == p.name));
        let messages = facts.messages.iter().map(|message| Followed {
            record: message.record,
            key: message.key.zip(key).and_then(|(index, parameter)| {
                let property = api[message.record].properties.get(index)?;
                Some((property.name.clone(), parameter))
            }),
            standing: message.standing.clone(),
            has_state: message.state.is_some(),
        });
        Some(Kind {
            start: start.id(),
            stop: stop.id(),
            path: resource.path.strip_prefix(SESSION)?.to_owned(),
            parameters,
            messages: messages.collect(),
        })
    });
    kinds.collect()
}

impl Followed {
    /// The name of the message and what it has, to say how the subscription stands;
    /// `None` when it is not for that.
    pub fn standing<'a>(&self, api: &'a Api, standing: Standing) -> Option<(&'a str, Value)> {
        let facts = self.standing.as_ref()?;
        let record = &api[self.record];
        let property = record.properties.get(facts.property)?;
        let number = match standing {
            Standing::Suspended => facts.suspended,
            Standing::Faulted => facts.faulted,
            _ => normal(api, &property.ty)?,
        };
        Some((&record.name, json!({ &property.name: number })))
    }
}

/// The number of the state in which a subscription works.
fn normal(api: &Api, ty: &Type) -> Option<i64> {
    let Type::Enum(id) = ty else {
        return None;
    };
    let mut values = api[*id].values.iter();
    values
        .find(|value| value.name == "Normal")
        .map(|value| value.number)
}

impl Kind {
    /// A message among those that follow, by its name.
    pub fn message(&self, api: &Api, name: &str) -> Option<&Followed> {
        let mut messages = self.messages.iter();
        messages.find(|message| api[message.record].name == name)
    }
}
