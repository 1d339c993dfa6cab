//! Texts of examples as JSON values.

use serde_json::Value as Json;

use crate::api::Type;

/// JSON as a model has it in its examples. What is no JSON, which `check` does not
/// let pass, is a text.
pub(super) fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// The value of a parameter or header, of which a model has the text that
/// travels.
pub(super) fn sent(text: &str, ty: &Type) -> Json {
    let number = || text.parse().ok().map(Json::Number);
    let value = match ty {
        Type::Boolean => text.parse().ok().map(Json::Bool),
        Type::Int | Type::Long | Type::Integer | Type::Enum(_) => number(),
        Type::Float | Type::Double | Type::Number | Type::Duration => number(),
        Type::List(_) if text.is_empty() => Some(Json::Array(Vec::new())),
        Type::List(list) => {
            let items = text.split(',');
            Some(items.map(|item| sent(item, &list.item)).collect())
        }
        _ => None,
    };
    value.unwrap_or_else(|| text.into())
}
