//! The model language as a JSON Schema, for editors.

use serde_json::{Map, Value, json};

use crate::syntax::language::{CHANGES, FILE, KINDS, Kind, Shape};

/// The schema of a file of the model (draft 2020-12).
pub fn schema() -> Value {
    let kinds = KINDS.iter().flat_map(|kind| {
        // No part of a file or of the changes is written.
        let whole = [&FILE, &CHANGES]
            .iter()
            .any(|other| other.name == kind.name);
        let forms = [Form::Whole, Form::Part];
        let forms = forms.into_iter().take(if whole { 1 } else { 2 });
        forms.map(|form| (definition(kind, form), object(kind, form)))
    });
    let definitions: Map<String, Value> = kinds.collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of an ICWS model",
        "$ref": reference(&FILE, Form::Whole).get("$ref"),
        "$defs": definitions,
    })
}

/// How much of a kind is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    /// What changes, where `null` takes a key away.
    Part,
}

fn definition(kind: &Kind, form: Form) -> String {
    let name = kind.name.replace(' ', "-");
    match form {
        Form::Whole => name,
        Form::Part => format!("part-of-{name}"),
    }
}

fn reference(kind: &Kind, form: Form) -> Value {
    json!({ "$ref": format!("#/$defs/{}", definition(kind, form)) })
}

fn object(kind: &Kind, form: Form) -> Value {
    let properties: Map<String, Value> = kind
        .keys
        .iter()
        .map(|key| {
            let mut value = removable(shape(&key.shape, form), form);
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
        .filter(|key| key.required && form == Form::Whole)
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

fn removable(value: Value, form: Form) -> Value {
    match form {
        Form::Whole => value,
        Form::Part => json!({ "anyOf": [{ "type": "null" }, value] }),
    }
}

/// An item of a list, or the name of one that leaves it.
fn leaving(item: Value, form: Form) -> Value {
    let leaves = json!({
        "type": "object",
        "additionalProperties": { "type": "null" },
        "minProperties": 1,
        "maxProperties": 1,
    });
    match form {
        Form::Whole => item,
        Form::Part => json!({ "anyOf": [item, leaves] }),
    }
}

/// The value of an example line; the text itself should it not be YAML.
fn examples(key: &str, line: &str) -> Value {
    let parsed = serde_yaml::from_str::<Value>(line).ok();
    let value = parsed.and_then(|value| value.get(key).cloned());
    json!([value.unwrap_or_else(|| json!(line))])
}

fn shape(shape: &Shape, form: Form) -> Value {
    let inner = |item: &Shape| removable(self::shape(item, form), form);
    match shape {
        Shape::Version => json!({ "const": crate::syntax::shape::VERSION }),
        Shape::Text => json!({ "type": "string" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::FlagOr(words) => json!({ "anyOf": [{ "type": "boolean" }, { "enum": words }] }),
        Shape::NumberOr(kind) => {
            json!({ "anyOf": [{ "type": "integer" }, reference(kind, form)] })
        }
        Shape::Number => json!({ "type": "integer" }),
        Shape::Any => json!({}),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::List(item) => {
            json!({ "type": "array", "items": leaving(self::shape(item, form), form) })
        }
        Shape::Whole(item) => json!({ "type": "array", "items": self::shape(item, form) }),
        Shape::Names(item) => {
            json!({ "type": "object", "additionalProperties": inner(item) })
        }
        Shape::Statuses(item) => json!({
            "type": "object",
            "patternProperties": { "^([2-5][0-9][0-9]|2XX)$": inner(item) },
            "additionalProperties": false,
        }),
        Shape::Kind(kind) => reference(kind, form),
        Shape::IdOr(kind) => json!({ "anyOf": [{ "type": "string" }, reference(kind, form)] }),
        Shape::Part(kind) => removable(reference(kind, Form::Part), Form::Part),
    }
}
