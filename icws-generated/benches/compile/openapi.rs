//! A synthetic model as an OpenAPI document, as far as OpenAPI can say it:
//! bases are written out in what derives from them, and messages, which no
//! operation answers with, are schemas that stand for themselves.
//!
//! The exporter of icws-spec does not serve here, as its README tells: progenitor
//! refuses the media type of ICWS, oas3-gen the dots in the names of types, and unions
//! would make it another comparison.

use serde_json::{Map, Value, json};

use crate::synthetic::{Model, Object, Property, Type};

/// The document.
pub fn document(model: &Model) -> Value {
    let mut schemas: Map<String, Value> = model
        .objects
        .iter()
        .map(|object| (name(model, object), schema(model, object)))
        .collect();
    schemas.insert(
        "Error".to_owned(),
        json!({
            "type": "object",
            "required": ["message"],
            "properties": { "errorId": { "type": "string" }, "message": { "type": "string" } },
        }),
    );
    let mut paths: Map<String, Value> = Map::new();
    for operation in &model.operations {
        let mut parameters = vec![
            json!({ "name": "ININ-ICWS-CSRF-Token", "in": "header", "required": true, "schema": { "type": "string" } }),
            json!({ "name": "sessionId", "in": "path", "required": true, "schema": { "type": "string" } }),
        ];
        for parameter in &operation.parameters {
            parameters.push(json!({ "name": parameter, "in": "path", "required": true, "schema": { "type": "string" } }));
        }
        let content =
            |schema: String| json!({ "application/json": { "schema": { "$ref": schema } } });
        let mut responses = Map::new();
        let mut success = json!({ "description": "It worked." });
        if let Some(answer) = operation.answer {
            success["content"] = content(reference(model, answer));
        }
        responses.insert(operation.success.to_string(), success);
        for status in &operation.failures {
            let failure = json!({ "description": "It did not.", "content": content("#/components/schemas/Error".to_owned()) });
            responses.insert(status.to_string(), failure);
        }
        let mut value = json!({ "operationId": operation.name, "parameters": parameters, "responses": responses });
        if let Some(body) = operation.body {
            value["requestBody"] =
                json!({ "required": true, "content": content(reference(model, body)) });
        }
        let path = paths
            .entry(operation.path.clone())
            .or_insert_with(|| json!({}));
        path[operation.method.to_lowercase()] = value;
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn schema(model: &Model, object: &Object) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    if object.message {
        properties.insert("__type".to_owned(), json!({ "type": "string" }));
        required.push("__type".to_owned());
    }
    let mut chain = vec![object];
    while let Some(base) = chain.last().and_then(|object| object.base) {
        chain.push(&model.objects[base]);
    }
    for property in chain.iter().rev().flat_map(|object| &object.properties) {
        if property.required {
            required.push(property.name.clone());
        }
        properties.insert(property.name.clone(), property_schema(model, property));
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn property_schema(model: &Model, property: &Property) -> Value {
    let mut value = match property.ty {
        Type::Basic(name) => basic(name),
        Type::List(name) => json!({ "type": "array", "items": basic(name) }),
        Type::Enum(_) => json!({ "type": "integer", "format": "int32" }),
        Type::Object(index) => return json!({ "$ref": reference(model, index) }),
        Type::Objects(index) => {
            json!({ "type": "array", "items": { "$ref": reference(model, index) } })
        }
        Type::Map => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    };
    if property.nullable {
        value["nullable"] = json!(true);
    }
    value
}

fn basic(name: &str) -> Value {
    match name {
        "boolean" => json!({ "type": "boolean" }),
        "int" => json!({ "type": "integer", "format": "int32" }),
        "dateTime" => json!({ "type": "string", "format": "date-time" }),
        _ => json!({ "type": "string" }),
    }
}

fn reference(model: &Model, index: usize) -> String {
    format!(
        "#/components/schemas/{}",
        name(model, &model.objects[index])
    )
}

/// One name space for all: the namespace goes into the name.
fn name(model: &Model, object: &Object) -> String {
    format!("{}.{}", model.namespaces[object.namespace], object.name).replace('.', "_")
}
