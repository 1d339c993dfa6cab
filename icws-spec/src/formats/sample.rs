//! What a request may look like for which the model has no example: what is
//! required, with empty values.

use serde_json::{Map, Value as Json, json};

use crate::api::{Api, Type};

use super::TYPE;

/// Deeper than this, nothing is filled in.
const DEPTH: usize = 6;

/// A value of a type.
pub(super) fn sample(api: &Api, ty: &Type) -> Json {
    value(api, ty, 0)
}

fn value(api: &Api, ty: &Type, depth: usize) -> Json {
    match ty {
        Type::Boolean => false.into(),
        Type::Int | Type::Long | Type::Integer => 0.into(),
        Type::Float | Type::Double | Type::Number | Type::Duration => 0.into(),
        Type::Enum(id) => api[*id]
            .values
            .first()
            .map_or(0, |value| value.number)
            .into(),
        Type::Guid => "00000000-0000-0000-0000-000000000000".into(),
        Type::DateTime | Type::Moment => "20200101T000000Z".into(),
        Type::List(list) if list.least > 0 && depth < DEPTH => {
            json!([value(api, &list.item, depth + 1)])
        }
        Type::List(_) => json!([]),
        Type::Map(_) => json!({}),
        Type::Record(id) => {
            let options = api.records.standing_for(*id);
            let Some(id) = options.first().filter(|_| depth < DEPTH) else {
                return json!({});
            };
            let record = &api[*id];
            let mut map = Map::new();
            if let Some(urn) = record.urn.as_ref().filter(|_| record.is_typed) {
                map.insert(TYPE.to_owned(), urn.as_str().into());
            }
            for property in record.properties.iter().filter(|p| p.required) {
                let value = value(api, &property.ty, depth + 1);
                map.insert(property.name.clone(), value);
            }
            map.into()
        }
        _ => "".into(),
    }
}
