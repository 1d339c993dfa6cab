//! Bodies of requests against the types of the model. As lenient as the
//! readers of the bindings: unknown properties are passed over, numbers and
//! booleans may stand in quotes, what is optional may be null.

use icws_spec::Api;
use icws_spec::api::{List, Record, RecordId, Type};
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use icws_generated::runtime::DateTime;

/// Reads and checks a body. Points in time are what they are in the form of servers.
pub(super) fn body(api: &Api, ty: &Type, body: &[u8]) -> Result<Value, Refusal> {
    let mut value: Value = serde_json::from_slice(body).map_err(Refusal::malformed)?;
    Checker { api }.value("", &value, ty)?;
    super::times::rewrite(api, ty, &mut value);
    Ok(value)
}

struct Checker<'a> {
    api: &'a Api,
}

impl Checker<'_> {
    fn value(&self, path: &str, value: &Value, ty: &Type) -> Result<(), Refusal> {
        let expected = match (ty, value) {
            (Type::Record(id), Value::Object(object)) => return self.object(path, object, *id),
            (Type::List(list), Value::Array(items)) => return self.list(path, items, list),
            (Type::Map(map), Value::Object(object)) => {
                let mut entries = object.iter().filter(|(_, value)| !value.is_null());
                return entries.try_for_each(|(key, value)| {
                    self.value(&inside(path, key), value, &map.value)
                });
            }
            (Type::Record(_) | Type::Map(_), _) => "an object",
            (Type::List(_), _) => "an array",
            (ty, value) => match scalar(ty, value) {
                Ok(()) => return Ok(()),
                Err(expected) => expected,
            },
        };
        Err(invalid(
            path,
            &format!("expected {expected}, found {}", kind(value)),
        ))
    }

    fn list(&self, path: &str, items: &[Value], list: &List) -> Result<(), Refusal> {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if count < list.least || list.most.is_some_and(|most| count > most) {
            let least = list.least;
            let bounds = match list.most {
                Some(most) => format!("{least} to {most}"),
                None => format!("at least {least}"),
            };
            return Err(invalid(
                path,
                &format!("it has {count} items, not {bounds}"),
            ));
        }
        for (index, item) in items.iter().enumerate() {
            if !(list.nullable_items && item.is_null()) {
                self.value(&inside(path, &index.to_string()), item, &list.item)?;
            }
        }
        Ok(())
    }

    /// An object, or one that derives from it.
    fn object(&self, path: &str, object: &Map<String, Value>, id: RecordId) -> Result<(), Refusal> {
        let record = &self.api[id];
        if record.options.is_empty() {
            return self.properties(path, object, record);
        }
        let options = record.options.iter().map(|id| &self.api[*id]);
        let option = match object.get("__type").and_then(Value::as_str) {
            Some(urn) => options
                .clone()
                .find(|option| option.urn.as_deref() == Some(urn)),
            None if record.is_abstract => return Err(Refusal::missing(&inside(path, "__type"))),
            None => Some(record),
        };
        match option {
            Some(option) => self.properties(path, object, option),
            None => {
                let urns: Vec<&str> = options.filter_map(|option| option.urn.as_deref()).collect();
                let problem = format!("expected one of {}", urns.join(", "));
                Err(invalid(&inside(path, "__type"), &problem))
            }
        }
    }

    fn properties(
        &self,
        path: &str,
        object: &Map<String, Value>,
        record: &Record,
    ) -> Result<(), Refusal> {
        for property in &record.properties {
            let path = inside(path, &property.name);
            match object.get(&property.name) {
                None if property.required => return Err(Refusal::missing(&path)),
                None => {}
                Some(Value::Null) if property.nullable || !property.required => {}
                Some(value) => self.value(&path, value, &property.ty)?,
            }
        }
        Ok(())
    }
}

/// Whether a value is one of a type that holds no others, which may stand in quotes; if
/// not, what was expected.
pub(super) fn scalar(ty: &Type, value: &Value) -> Result<(), &'static str> {
    let text = value.as_str();
    let integer = || value.as_i64().or_else(|| text?.parse().ok());
    let number = || value.as_f64().or_else(|| text?.parse().ok());
    let is_number = || number().is_some_and(f64::is_finite);
    let (fits, expected) = match ty {
        Type::Boolean => (
            value.is_boolean() || matches!(text, Some("true" | "false")),
            "a boolean",
        ),
        Type::Int => (
            integer().is_some_and(|integer| i32::try_from(integer).is_ok()),
            "a whole number of 32 bits",
        ),
        Type::Long | Type::Integer => (integer().is_some(), "a whole number"),
        Type::Enum(_) => (integer().is_some(), "the number of an enumeration"),
        Type::Float | Type::Double | Type::Number => (is_number(), "a number"),
        Type::Duration => (is_number(), "a number of seconds"),
        Type::DateTime => (
            text.is_some_and(|text| text.parse::<DateTime>().is_ok()),
            "a date and time such as 20201029T082018Z",
        ),
        _ => (text.is_some(), "a string"),
    };
    if fits { Ok(()) } else { Err(expected) }
}

fn invalid(path: &str, problem: &str) -> Refusal {
    if path.is_empty() {
        Refusal::malformed(problem)
    } else {
        Refusal::invalid(path, problem)
    }
}

fn inside(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
