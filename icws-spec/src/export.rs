//! The resolved model as JSON of our own: `show --format json`. The formats of
//! `icws-spec export` are in `formats`.
//!
//! The form is stable: keys are added, not renamed or removed, as long as
//! `icws` stays 1. The README of icws-spec describes it.

use serde_json::{Map, Value as Json, json};

use crate::api::{Api, EnumId, Parameter, RecordId, Reply, ReplyHeader};
use crate::facts::{self, Fact, Value, record_id};
use crate::plan::{Field, Name, Plan, PlannedOperation};

/// The whole model.
pub fn model(plan: &Plan<'_>) -> Json {
    let api = plan.api;
    let features = api.features.iter().map(|feature| {
        let mut map = Fields::of(&feature.name, None);
        map.facts(api, facts::FEATURE, feature, &[]);
        map.json()
    });
    let namespaces = api.namespaces.iter().map(|namespace| {
        let mut map = Fields::of(&namespace.name, None);
        map.facts(api, facts::NAMESPACE, namespace, &[]);
        map.json()
    });
    let objects = api.objects().map(|(id, _)| record(plan, id));
    let messages = api.messages().map(|(id, _)| record(plan, id));
    let enums = api.enums.ids().map(|id| enumeration(plan, id));
    let operations = plan.operations.iter().map(|o| operation(plan, o));
    json!({
        "icws": 1,
        "features": features.collect::<Vec<_>>(),
        "namespaces": namespaces.collect::<Vec<_>>(),
        "enums": enums.collect::<Vec<_>>(),
        "objects": objects.collect::<Vec<_>>(),
        "messages": messages.collect::<Vec<_>>(),
        "operations": operations.collect::<Vec<_>>(),
    })
}

/// An enumeration.
pub fn enumeration(plan: &Plan<'_>, id: EnumId) -> Json {
    let planned = &plan.enums[id];
    let item = planned.enumeration;
    let mut map = Fields::item(item.id(), &item.namespace);
    map.names(&item.name, Some(planned.path.name.as_str()));
    map.facts(plan.api, facts::ENUM, item, &[]);
    let values = planned.values.iter().map(|one| {
        let mut map = Fields::of(&one.value.name, Some(&one.name));
        map.facts(plan.api, facts::ENUM_VALUE, one.value, &[]);
        map.json()
    });
    map.put("values", values.collect::<Vec<_>>());
    map.json()
}

/// An object or message. Examples are for people and tests.
pub fn record(plan: &Plan<'_>, id: RecordId) -> Json {
    let planned = &plan.structs[id];
    let (api, item) = (plan.api, planned.record);
    let mut map = Fields::item(item.id(), &item.namespace);
    map.names(&item.name, Some(planned.path.name.as_str()));
    map.facts(api, facts::RECORD, item, &["id", "delta"]);
    let options = item.options.iter().map(|id| record_id(api, *id));
    map.put("options", options.collect::<Vec<_>>());
    let identity = item.identity.iter().map(|path| path.join("."));
    let identity: Vec<String> = identity.collect();
    map.option("identity", (!identity.is_empty()).then_some(identity));
    if let Some(state) = &planned.state {
        let name = |index: usize| item.properties.get(index).map(|p| p.name.clone());
        map.put(
            "delta",
            json!({
                "flag": name(state.flag),
                "key": state.key.and_then(name),
                "stateRustName": state.name.as_str(),
            }),
        );
    }
    let properties = planned.fields.iter().map(|field| property(api, field));
    map.put("properties", properties.collect::<Vec<_>>());
    map.json()
}

fn property(api: &Api, field: &Field<'_>) -> Json {
    let item = field.property;
    let mut map = Fields::of(&item.name, Some(&field.name));
    map.facts(api, facts::PROPERTY, item, &["required", "delta"]);
    map.put("required", item.required);
    map.put("conditional", item.conditional);
    // What happens if nothing is said is left out.
    map.option("delta", item.delta.map(crate::api::DeltaRule::word));
    map.json()
}

/// An operation with the facts of its resource. The text of a resource is that of
/// all its operations, and not exported.
pub fn operation(plan: &Plan<'_>, planned: &PlannedOperation<'_>) -> Json {
    let (api, item, resource) = (plan.api, planned.operation, planned.resource);
    let mut map = Fields::item(item.id(), &item.namespace);
    map.names(&item.name, Some(planned.names.own.name.as_str()));
    map.put("method", item.method.clone());
    map.put("path", resource.path.clone());
    map.facts(api, facts::OPERATION, item, &["name", "source"]);
    let since = resource.since.as_ref().map(ToString::to_string);
    map.option("resourceSince", since);
    let source = item.source.as_ref().or(resource.source.as_ref());
    map.option("source", source.cloned());
    let parameters = item.parameters.iter().enumerate();
    let parameters = parameters.map(|(index, p)| parameter(api, p, planned.parameter(index)));
    map.put("parameters", parameters.collect::<Vec<_>>());
    let replies = item.replies.iter().map(|r| reply(plan, planned, r));
    map.put("replies", replies.collect::<Vec<_>>());
    map.json()
}

fn parameter(api: &Api, item: &Parameter, rust_name: Option<&Name>) -> Json {
    let mut map = Fields::of(&item.name, rust_name);
    map.facts(api, facts::PARAMETER, item, &["name"]);
    map.json()
}

fn reply(plan: &Plan<'_>, planned: &PlannedOperation<'_>, item: &Reply) -> Json {
    let api = plan.api;
    let mut map = Fields(Map::new());
    map.put("status", item.status.to_string());
    map.facts(api, facts::REPLY, item, &["content"]);
    // A media type stands in place of a type.
    let content = facts::said(facts::REPLY, item, &["content"]);
    map.fact(api, "body", &content);
    let arm = plan.arm(planned, item.status);
    let headers = item.headers.iter().map(|header| {
        let field = arm.and_then(|arm| arm.header(&header.name));
        self::header(api, header, field.map(|field| &field.name))
    });
    map.put("headers", headers.collect::<Vec<_>>());
    let messages = item.messages.iter().map(|id| record_id(api, *id));
    map.put("messages", messages.collect::<Vec<_>>());
    let errors = item.errors.iter().map(|error| {
        let mut map = Fields(Map::new());
        map.put("id", error.id.clone());
        map.option("rustName", planned.error(error).map(Name::as_str));
        map.facts(api, facts::ERROR, error, &[]);
        map.json()
    });
    map.put("errors", errors.collect::<Vec<_>>());
    map.json()
}

fn header(api: &Api, item: &ReplyHeader, rust_name: Option<&Name>) -> Json {
    let mut map = Fields::of(&item.name, rust_name);
    map.facts(api, facts::HEADER, item, &[]);
    map.json()
}

/// A JSON object in the order in which it is filled.
struct Fields(Map<String, Json>);

impl Fields {
    /// An item that stands in a namespace.
    fn item(id: String, namespace: &str) -> Self {
        let mut map = Fields(Map::new());
        map.put("id", id);
        map.put("namespace", namespace);
        map
    }

    /// A part of an item.
    fn of(name: &str, rust_name: Option<&Name>) -> Self {
        let mut map = Fields(Map::new());
        map.names(name, rust_name.map(Name::as_str));
        map
    }

    fn names(&mut self, name: &str, rust_name: Option<&str>) {
        self.put("name", name);
        self.option("rustName", rust_name);
    }

    /// The facts of an item but some that have another form here.
    fn facts<T>(&mut self, api: &Api, facts: &[Fact<T>], item: &T, apart: &[&str]) {
        for fact in facts.iter().filter(|fact| !apart.contains(&fact.key)) {
            self.fact(api, &lower_camel(fact.key), &(fact.of)(item));
        }
    }

    /// A fact; nothing is left out, but a text is always there.
    fn fact(&mut self, api: &Api, name: &str, value: &Value<'_>) {
        match value {
            Value::Nothing if name == "doc" => self.put(name, ""),
            Value::Nothing => {}
            value => self.put(name, value.json(api)),
        }
    }

    fn put(&mut self, name: &str, value: impl Into<Json>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// What is not there is left out.
    fn option(&mut self, name: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    fn json(self) -> Json {
        self.0.into()
    }
}

/// A key of the language as one of JSON: `ignore_case` is `ignoreCase`.
fn lower_camel(key: &str) -> String {
    let mut words = key.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        name + &first.to_ascii_uppercase() + rest
    })
}
