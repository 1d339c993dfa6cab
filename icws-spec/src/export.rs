//! The resolved model as JSON, for other tools.
//!
//! The form is stable: keys are added, not renamed or removed, as long as
//! `icws` stays 1. The README of icws-spec describes it.

use serde_json::{Map, Value, json};

use crate::api::{Api, BodyType, EnumId, HeaderType, Parameter, RecordId, Reply, Type};
use crate::plan::{Field, Name, Plan, PlannedOperation};

/// The whole model.
pub fn model(plan: &Plan<'_>) -> Value {
    let api = plan.api;
    let ids = |ids: Vec<RecordId>| -> Vec<Value> {
        let ids = ids.into_iter();
        ids.map(|id| record(plan, id)).collect()
    };
    let features = api.features.iter();
    let features = features.map(|f| json!({ "name": f.name, "doc": f.doc }));
    let enums = api.enums.ids().map(|id| enumeration(plan, id));
    let operations = plan.operations.iter().map(|o| operation(plan, o));
    json!({
        "icws": 1,
        "features": features.collect::<Vec<_>>(),
        "enums": enums.collect::<Vec<_>>(),
        "objects": ids(api.objects().map(|(id, _)| id).collect()),
        "messages": ids(api.messages().map(|(id, _)| id).collect()),
        "operations": operations.collect::<Vec<_>>(),
    })
}

/// An enumeration.
pub fn enumeration(plan: &Plan<'_>, id: EnumId) -> Value {
    let planned = &plan.enums[id];
    let enumeration = planned.enumeration;
    let mut map = Fields::new();
    map.put("id", enumeration.id());
    map.put("namespace", enumeration.namespace.clone());
    map.put("name", enumeration.name.clone());
    map.put("rustName", planned.path.name.as_str());
    map.put("doc", enumeration.doc.clone());
    map.option("since", enumeration.since.as_ref().map(ToString::to_string));
    map.option("source", enumeration.source.clone());
    map.put("flags", enumeration.flags);
    let values = planned.values.iter().map(|(name, value)| {
        let mut map = Fields::new();
        map.put("name", value.name.clone());
        map.put("rustName", name.as_str());
        map.put("value", value.number);
        map.put("doc", value.doc.clone());
        map.option("since", value.since.as_ref().map(ToString::to_string));
        Value::from(map.0)
    });
    map.put("values", values.collect::<Vec<_>>());
    map.0.into()
}

/// An object or message.
pub fn record(plan: &Plan<'_>, id: RecordId) -> Value {
    let planned = &plan.structs[id];
    let (api, record) = (plan.api, planned.record);
    let mut map = Fields::new();
    map.put("id", record.id());
    map.put("namespace", record.namespace.clone());
    map.put("name", record.name.clone());
    map.put("rustName", planned.path.name.as_str());
    map.put("doc", record.doc.clone());
    map.option("urn", record.urn.clone());
    map.option("since", record.since.as_ref().map(ToString::to_string));
    map.option("source", record.source.clone());
    map.option("base", record.base.map(|base| record_id(api, base)));
    map.put("abstract", record.is_abstract);
    let options = record.options.iter().map(|id| record_id(api, *id));
    map.put("options", options.collect::<Vec<_>>());
    if let Some(state) = &planned.state {
        let name = |index: usize| record.properties.get(index).map(|p| p.name.clone());
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
    map.0.into()
}

fn property(api: &Api, field: &Field<'_>) -> Value {
    let property = field.property;
    let mut map = Fields::new();
    map.put("name", property.name.clone());
    map.put("rustName", field.name.as_str());
    map.put("type", type_name(api, &property.ty));
    map.put("required", property.required);
    map.put("conditional", property.conditional);
    map.put("nullable", property.nullable);
    map.put("ignoreCase", property.ignore_case);
    map.put("doc", property.doc.clone());
    map.option("since", property.since.as_ref().map(ToString::to_string));
    map.option("source", property.source.clone());
    map.0.into()
}

/// An operation with the facts of its resource.
pub fn operation(plan: &Plan<'_>, planned: &PlannedOperation<'_>) -> Value {
    let (api, resource, operation) = (plan.api, planned.resource, planned.operation);
    let mut map = Fields::new();
    map.put("id", operation.id());
    map.put("namespace", operation.namespace.clone());
    map.put("name", operation.name.clone());
    map.put("rustName", planned.names.own.name.as_str());
    map.put("method", operation.method.clone());
    map.put("path", resource.path.clone());
    map.put("doc", operation.doc.clone());
    map.option("since", operation.since.as_ref().map(ToString::to_string));
    map.option(
        "resourceSince",
        resource.since.as_ref().map(ToString::to_string),
    );
    map.option(
        "source",
        operation.source.clone().or_else(|| resource.source.clone()),
    );
    map.put(
        "parameters",
        operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, p)| parameter(api, p, planned.parameter(index)))
            .collect::<Vec<_>>(),
    );
    map.option(
        "body",
        operation.body.as_ref().map(|body| type_name(api, body)),
    );
    map.put(
        "replies",
        operation
            .replies
            .iter()
            .map(|r| reply(planned, api, r))
            .collect::<Vec<_>>(),
    );
    map.0.into()
}

fn parameter(api: &Api, parameter: &Parameter, name: Option<&Name>) -> Value {
    let mut map = Fields::new();
    map.put("name", parameter.name.clone());
    map.option("rustName", name.map(Name::as_str));
    map.put("in", parameter.location.word());
    map.put("type", type_name(api, &parameter.ty));
    map.put("required", parameter.required);
    map.option("default", parameter.default.clone());
    map.option("session", parameter.supplier.word());
    map.put("doc", parameter.doc.clone());
    map.option("since", parameter.since.as_ref().map(ToString::to_string));
    map.option("source", parameter.source.clone());
    map.0.into()
}

fn reply(planned: &PlannedOperation<'_>, api: &Api, reply: &Reply) -> Value {
    let mut map = Fields::new();
    map.put("status", reply.status.to_string());
    map.put("doc", reply.doc.clone());
    map.option("body", reply.body.as_ref().map(|body| body_name(api, body)));
    let headers = reply.headers.iter().map(|header| {
        json!({
            "name": header.name,
            "type": header_type(api, &header.ty),
            "required": header.required,
            "doc": header.doc,
        })
    });
    map.put("headers", headers.collect::<Vec<_>>());
    map.put(
        "messages",
        reply
            .messages
            .iter()
            .map(|id| record_id(api, *id))
            .collect::<Vec<_>>(),
    );
    let errors = reply.errors.iter().map(|error| {
        let mut map = Fields::new();
        map.put("id", error.id.clone());
        map.option("rustName", planned.error(error).map(Name::as_str));
        map.option("type", error.ty.map(|id| record_id(api, id)));
        map.put("doc", error.doc.clone());
        Value::from(map.0)
    });
    map.put("errors", errors.collect::<Vec<_>>());
    map.option("since", reply.since.as_ref().map(ToString::to_string));
    map.option("source", reply.source.clone());
    map.0.into()
}

/// A type as the model language writes it, with whole ids.
pub fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Record(id) => record_id(api, *id),
        Type::Enum(id) => api[*id].id(),
        Type::Map(map) => {
            let null = if map.nullable_values { "?" } else { "" };
            format!("map {}{null}", type_name(api, &map.value))
        }
        Type::List(list) => {
            let bounds = match (list.least, list.most) {
                (0, None) => String::new(),
                (least, None) => format!("[{least}..*]"),
                (least, Some(most)) => format!("[{least}..{most}]"),
            };
            let null = if list.nullable_items { "?" } else { "" };
            format!("list{bounds} {}{null}", type_name(api, &list.item))
        }
        basic => {
            let found = Type::BASIC.iter().find(|(_, ty)| ty == basic);
            found
                .map(|(name, _)| (*name).to_owned())
                .unwrap_or_default()
        }
    }
}

/// How a header is read as the model language writes it.
pub fn header_type(api: &Api, ty: &HeaderType) -> String {
    match ty {
        HeaderType::Value(ty) => type_name(api, ty),
        HeaderType::Challenge => "challenge".to_owned(),
    }
}

/// The type of a body as the model language writes it; content that is not JSON
/// by its media type.
pub fn body_name(api: &Api, body: &BodyType) -> String {
    match body {
        BodyType::Messages => "messages".to_owned(),
        BodyType::Media(media) => media.clone(),
        BodyType::Value(ty) => type_name(api, ty),
    }
}

/// The whole id of a record.
pub fn record_id(api: &Api, id: RecordId) -> String {
    api[id].id()
}

/// A JSON object in the order in which it is filled.
struct Fields(Map<String, Value>);

impl Fields {
    fn new() -> Self {
        Fields(Map::new())
    }

    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// What is not there is left out.
    fn option(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }
}
