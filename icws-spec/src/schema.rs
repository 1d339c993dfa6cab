//! The model language as a JSON Schema, for editors.

use serde_json::{Map, Value, json};

use crate::syntax::language::{FILE, KINDS, Kind, Shape};

/// The schema of a file of the model (draft 2020-12).
pub fn schema() -> Value {
    let definitions: Map<String, Value> = KINDS
        .iter()
        .map(|kind| (definition(kind), object(kind)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of an ICWS model",
        "$ref": format!("#/$defs/{}", definition(&FILE)),
        "$defs": definitions,
    })
}

fn definition(kind: &Kind) -> String {
    kind.name.replace(' ', "-")
}

fn object(kind: &Kind) -> Value {
    let properties: Map<String, Value> = kind
        .keys
        .iter()
        .map(|key| {
            let mut value = shape(&key.shape);
            if let Value::Object(map) = &mut value {
                map.insert("description".to_owned(), json!(key.doc));
                map.insert("examples".to_owned(), examples(key.name, key.example));
            }
            (key.name.to_owned(), value)
        })
        .collect();
    let required: Vec<&str> = kind
        .keys
        .iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    json!({
        "description": kind.doc,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The value of an example line; the text itself should it not be YAML.
fn examples(key: &str, line: &str) -> Value {
    let parsed = serde_yaml::from_str::<Value>(line).ok();
    let value = parsed.and_then(|value| value.get(key).cloned());
    json!([value.unwrap_or_else(|| json!(line))])
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Version => json!({ "const": crate::syntax::shape::VERSION }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::FlagOr(words) => json!({ "anyOf": [{ "type": "boolean" }, { "enum": words }] }),
        Shape::NumberOr(kind) => json!({
            "anyOf": [{ "type": "integer" }, { "$ref": format!("#/$defs/{}", definition(kind)) }],
        }),
        Shape::Number => json!({ "type": "integer" }),
        Shape::Any => json!({}),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::List(item) => json!({ "type": "array", "items": self::shape(item) }),
        Shape::Names(item) => {
            json!({ "type": "object", "additionalProperties": self::shape(item) })
        }
        Shape::Statuses(item) => json!({
            "type": "object",
            "patternProperties": { "^[2-5][0-9][0-9]$": self::shape(item) },
            "additionalProperties": false,
        }),
        Shape::Kind(kind) => json!({ "$ref": format!("#/$defs/{}", definition(kind)) }),
        Shape::IdOr(kind) => json!({
            "anyOf": [{ "type": "string" }, { "$ref": format!("#/$defs/{}", definition(kind)) }],
        }),
    }
}
