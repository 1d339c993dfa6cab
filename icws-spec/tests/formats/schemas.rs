//! Values held against the schemas of a document: the words of JSON Schema that
//! the exports have, and no others.

use serde_json::Value as Json;

/// What stands at a reference, `#/$defs/…`.
pub fn at<'a>(document: &'a Json, reference: &str) -> Option<&'a Json> {
    document.pointer(reference.strip_prefix('#')?)
}

/// Says why a value does not fit a schema.
pub fn fits(document: &Json, schema: &Json, value: &Json) -> Result<(), String> {
    let Json::Object(words) = schema else {
        return Err(format!("{schema} is no schema"));
    };
    if document["openapi"] == "3.0.3" {
        let newer = ["const", "examples"]
            .iter()
            .find(|word| words.contains_key(**word));
        if newer.is_some()
            || schema["type"].is_array()
            || words.len() > 1 && words.contains_key("$ref")
        {
            return Err(format!("{schema} is not one of OpenAPI 3.0"));
        }
        if value.is_null() && schema["nullable"] == true {
            return Ok(());
        }
    }
    words.iter().try_for_each(|(word, said)| {
        one(document, (word, said), schema, value).map_err(|why| match why.contains("value") {
            true => why,
            false => format!("{why}: value {value}"),
        })
    })
}

fn one(
    document: &Json,
    (word, said): (&str, &Json),
    schema: &Json,
    value: &Json,
) -> Result<(), String> {
    let fits = |schema: &Json, value: &Json| self::fits(document, schema, value);
    let told = |is_so: bool| is_so.then_some(()).ok_or(format!("`{word}` {said}"));
    let list = || said.as_array().unwrap().iter();
    let count = |value: &Json| value.as_array().map_or(0, Vec::len) as u64;
    match word {
        "$ref" => fits(at(document, said.as_str().unwrap()).unwrap(), value),
        "type" => match said {
            Json::Array(_) => told(list().any(|ty| is(ty.as_str().unwrap(), value))),
            ty => told(is(ty.as_str().unwrap(), value)),
        },
        "const" => told(said == value),
        "enum" => told(list().any(|one| one == value)),
        "not" => told(fits(said, value).is_err()),
        "anyOf" => told(list().any(|schema| fits(schema, value).is_ok())),
        "allOf" => list().try_for_each(|schema| fits(schema, value)),
        "oneOf" => {
            let fitting = list().map(|schema| fits(schema, value));
            let fitting: Vec<_> = fitting.collect();
            let good = fitting.iter().filter(|outcome| outcome.is_ok()).count();
            let why = || format!("{good} options fit the value {value}: {fitting:?}");
            (good == 1).then_some(()).ok_or_else(why)
        }
        "required" => {
            told(value.is_null() || list().all(|name| value.get(name.as_str().unwrap()).is_some()))
        }
        "properties" => {
            let mut properties = said.as_object().unwrap().iter();
            properties.try_for_each(|(name, schema)| {
                value.get(name).map_or(Ok(()), |value| fits(schema, value))
            })
        }
        "additionalProperties" if said == &Json::Bool(true) => Ok(()),
        "additionalProperties" => {
            let mut values = value.as_object().into_iter().flatten();
            values.try_for_each(|(_, value)| fits(said, value))
        }
        "items" => {
            let mut items = value.as_array().into_iter().flatten();
            items.try_for_each(|item| fits(said, item))
        }
        "minItems" => told(count(value) >= said.as_u64().unwrap()),
        "maxItems" => told(count(value) <= said.as_u64().unwrap()),
        "title" | "description" | "format" | "example" | "examples" | "default" | "nullable" => {
            Ok(())
        }
        "discriminator" if schema.get("oneOf").is_some() => Ok(()),
        "pattern" => told(value.is_null() || value.as_str().is_some_and(is_date_time)),
        word if word.starts_with("x-") => Ok(()),
        word => Err(format!("`{word}` is not known")),
    }
}

fn is(ty: &str, value: &Json) -> bool {
    match ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    }
}

/// The one pattern that is written is that of points in time; here it is enough
/// to see that nothing else stands there.
fn is_date_time(text: &str) -> bool {
    text.len() >= 13 && text.starts_with(|c: char| c.is_ascii_digit())
}
