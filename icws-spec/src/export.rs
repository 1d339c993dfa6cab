//! The resolved model as JSON, for other tools.
//!
//! The form is stable: keys are added, not renamed or removed, as long as
//! `icws` stays 1. The README of icws-spec describes it.

use serde_json::{Map, Value, json};

use crate::api::{
    Api, BodyType, EnumId, EnumValue, Enumeration, ErrorIdentifier, Feature, HeaderType, List,
    Map as MapType, Operation, Parameter, Property, Record, RecordId, Reply, ReplyHeader, Resource,
    Type,
};
use crate::plan::{Field, Name, Plan, PlannedOperation};

/// The whole model.
pub fn model(plan: &Plan<'_>) -> Value {
    // All fields are named here and below, so that a new one is not forgotten.
    let Api {
        features,
        enums,
        records: _,
        resources: _,
    } = plan.api;
    let ids = |ids: Vec<RecordId>| -> Vec<Value> {
        let ids = ids.into_iter();
        ids.map(|id| record(plan, id)).collect()
    };
    let features = features.iter().map(|feature| {
        let Feature {
            name,
            doc,
            place: _,
        } = feature;
        json!({ "name": name, "doc": doc })
    });
    let enums = enums.ids().map(|id| enumeration(plan, id));
    let operations = plan.operations.iter().map(|o| operation(plan, o));
    json!({
        "icws": 1,
        "features": features.collect::<Vec<_>>(),
        "enums": enums.collect::<Vec<_>>(),
        "objects": ids(plan.api.objects().map(|(id, _)| id).collect()),
        "messages": ids(plan.api.messages().map(|(id, _)| id).collect()),
        "operations": operations.collect::<Vec<_>>(),
    })
}

/// An enumeration.
pub fn enumeration(plan: &Plan<'_>, id: EnumId) -> Value {
    let planned = &plan.enums[id];
    let Enumeration {
        namespace,
        name,
        rust_name: _,
        doc,
        source,
        since,
        flags,
        values: _,
        place: _,
    } = planned.enumeration;
    let mut map = Fields::new();
    map.put("id", planned.enumeration.id());
    map.put("namespace", namespace.clone());
    map.put("name", name.clone());
    map.put("rustName", planned.path.name.as_str());
    map.put("doc", doc.clone());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option("source", source.clone());
    map.put("flags", *flags);
    let values = planned.values.iter().map(|(rust_name, value)| {
        let EnumValue {
            name,
            rust_name: _,
            number,
            doc,
            since,
            place: _,
        } = value;
        let mut map = Fields::new();
        map.put("name", name.clone());
        map.put("rustName", rust_name.as_str());
        map.put("value", *number);
        map.put("doc", doc.clone());
        map.option("since", since.as_ref().map(ToString::to_string));
        Value::from(map.0)
    });
    map.put("values", values.collect::<Vec<_>>());
    map.0.into()
}

/// An object or message.
pub fn record(plan: &Plan<'_>, id: RecordId) -> Value {
    let planned = &plan.structs[id];
    let api = plan.api;
    // Examples are for people and tests; that a record is typed follows from
    // what it is and what it derives from.
    let Record {
        namespace,
        name,
        rust_name: _,
        doc,
        source,
        urn,
        since,
        message: _,
        base,
        is_typed: _,
        is_abstract,
        options,
        identity,
        properties,
        examples: _,
        place: _,
    } = planned.record;
    let mut map = Fields::new();
    map.put("id", planned.record.id());
    map.put("namespace", namespace.clone());
    map.put("name", name.clone());
    map.put("rustName", planned.path.name.as_str());
    map.put("doc", doc.clone());
    map.option("urn", urn.clone());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option("source", source.clone());
    map.option("base", base.map(|base| record_id(api, base)));
    map.put("abstract", *is_abstract);
    let options = options.iter().map(|id| record_id(api, *id));
    map.put("options", options.collect::<Vec<_>>());
    map.option("identity", (!identity.is_empty()).then(|| paths(identity)));
    if let Some(state) = &planned.state {
        let name = |index: usize| properties.get(index).map(|p| p.name.clone());
        map.put(
            "delta",
            json!({
                "flag": name(state.flag),
                "key": state.key.and_then(name),
                "firstIsFull": planned.record.delta().is_some_and(|delta| delta.first_is_full),
                "stateRustName": state.name.as_str(),
            }),
        );
    }
    let properties = planned.fields.iter().map(|field| property(api, field));
    map.put("properties", properties.collect::<Vec<_>>());
    map.0.into()
}

/// The properties that tell an object apart, in the form of the model.
pub fn paths(identity: &[Vec<String>]) -> Vec<String> {
    identity.iter().map(|path| path.join(".")).collect()
}

fn property(api: &Api, field: &Field<'_>) -> Value {
    let Property {
        name,
        rust_name: _,
        ty,
        required,
        conditional,
        nullable,
        ignore_case,
        delta,
        doc,
        source,
        since,
        place: _,
    } = field.property;
    let mut map = Fields::new();
    map.put("name", name.clone());
    map.put("rustName", field.name.as_str());
    map.put("type", type_name(api, ty));
    map.put("required", *required);
    map.put("conditional", *conditional);
    map.put("nullable", *nullable);
    map.put("ignoreCase", *ignore_case);
    map.option("delta", delta.map(crate::api::DeltaRule::word));
    map.put("doc", doc.clone());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option("source", source.clone());
    map.0.into()
}

/// An operation with the facts of its resource.
pub fn operation(plan: &Plan<'_>, planned: &PlannedOperation<'_>) -> Value {
    let api = plan.api;
    // The text of a resource is that of all its operations, and not exported.
    let Resource {
        path,
        segments: _,
        doc: _,
        source: resource_source,
        since: resource_since,
        operations: _,
        place: _,
    } = planned.resource;
    let Operation {
        namespace,
        name,
        rust_name: _,
        method,
        doc,
        source,
        since,
        parameters,
        body,
        replies,
        examples: _,
        place: _,
    } = planned.operation;
    let mut map = Fields::new();
    map.put("id", planned.operation.id());
    map.put("namespace", namespace.clone());
    map.put("name", name.clone());
    map.put("rustName", planned.names.own.name.as_str());
    map.put("method", method.clone());
    map.put("path", path.clone());
    map.put("doc", doc.clone());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option(
        "resourceSince",
        resource_since.as_ref().map(ToString::to_string),
    );
    map.option("source", source.clone().or_else(|| resource_source.clone()));
    let parameters = parameters.iter().enumerate();
    let parameters = parameters.map(|(index, p)| parameter(api, p, planned.parameter(index)));
    map.put("parameters", parameters.collect::<Vec<_>>());
    map.option("body", body.as_ref().map(|body| type_name(api, body)));
    let replies = replies.iter().map(|r| reply(plan, planned, r));
    map.put("replies", replies.collect::<Vec<_>>());
    map.0.into()
}

fn parameter(api: &Api, parameter: &Parameter, rust_name: Option<&Name>) -> Value {
    let Parameter {
        name,
        rust_name: _,
        location,
        supplier,
        ty,
        required,
        default,
        doc,
        source,
        since,
        place: _,
    } = parameter;
    let mut map = Fields::new();
    map.put("name", name.clone());
    map.option("rustName", rust_name.map(Name::as_str));
    map.put("in", location.word());
    map.put("type", type_name(api, ty));
    map.put("required", *required);
    map.option("default", default.clone());
    map.option("session", supplier.word());
    map.put("doc", doc.clone());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option("source", source.clone());
    map.0.into()
}

fn reply(plan: &Plan<'_>, planned: &PlannedOperation<'_>, reply: &Reply) -> Value {
    let api = plan.api;
    let Reply {
        status,
        doc,
        source,
        since,
        body,
        headers,
        messages,
        errors,
        place: _,
    } = reply;
    let mut map = Fields::new();
    map.put("status", status.to_string());
    map.put("doc", doc.clone());
    map.option("body", body.as_ref().map(|body| body_name(api, body)));
    let arm = plan.arm(planned, *status);
    let headers = headers.iter().map(|header| {
        let field = arm.and_then(|arm| arm.header(&header.name));
        self::header(api, header, field.map(|field| &field.name))
    });
    map.put("headers", headers.collect::<Vec<_>>());
    let messages = messages.iter().map(|id| record_id(api, *id));
    map.put("messages", messages.collect::<Vec<_>>());
    let errors = errors.iter().map(|error| {
        let ErrorIdentifier {
            id,
            rust_name: _,
            ty,
            doc,
            place: _,
        } = error;
        let mut map = Fields::new();
        map.put("id", id.clone());
        map.option("rustName", planned.error(error).map(Name::as_str));
        map.option("type", ty.map(|id| record_id(api, id)));
        map.put("doc", doc.clone());
        Value::from(map.0)
    });
    map.put("errors", errors.collect::<Vec<_>>());
    map.option("since", since.as_ref().map(ToString::to_string));
    map.option("source", source.clone());
    map.0.into()
}

fn header(api: &Api, header: &ReplyHeader, rust_name: Option<&Name>) -> Value {
    let ReplyHeader {
        name,
        rust_name: _,
        ty,
        required,
        doc,
        place: _,
    } = header;
    let mut map = Fields::new();
    map.put("name", name.clone());
    map.option("rustName", rust_name.map(Name::as_str));
    map.put("type", header_type(api, ty));
    map.put("required", *required);
    map.put("doc", doc.clone());
    map.0.into()
}

/// A type as the model language writes it, with whole ids.
pub fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Record(id) => record_id(api, *id),
        Type::Enum(id) => api[*id].id(),
        Type::Map(map) => {
            let MapType {
                value,
                nullable_values,
            } = map;
            let null = if *nullable_values { "?" } else { "" };
            format!("map {}{null}", type_name(api, value))
        }
        Type::List(list) => {
            let List {
                item,
                nullable_items,
                least,
                most,
            } = list;
            let bounds = match (*least, *most) {
                (0, None) => String::new(),
                (least, None) => format!("[{least}..*]"),
                (least, Some(most)) => format!("[{least}..{most}]"),
            };
            let null = if *nullable_items { "?" } else { "" };
            format!("list{bounds} {}{null}", type_name(api, item))
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
