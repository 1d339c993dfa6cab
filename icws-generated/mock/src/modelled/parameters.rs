//! Parameters of a request against those of the model.

use bytes::Bytes;
use http::Request;
use icws_spec::api::{Location, Operation, Parameter, Resource, Type};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::check::scalar;
use crate::refusal::Refusal;

/// A parameter's name and text.
pub(crate) type Given = (String, String);

/// Reads and checks the parameters that the caller gives; the session's are
/// checked already.
pub(super) fn read(
    resource: &Resource,
    operation: &Operation,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Vec<Given>, Refusal> {
    let mut given = Vec::new();
    for parameter in &operation.parameters {
        let found = text_of(parameter, resource, pieces, request);
        if !parameter.is_given() {
            given.extend(found.map(|text| (parameter.name.clone(), text)));
            continue;
        }
        match found {
            None if parameter.required => return Err(Refusal::missing(&parameter.name)),
            None => {}
            Some(text) => {
                fits(&text, &parameter.ty).map_err(|expected| {
                    Refusal::invalid(&parameter.name, &format!("expected {expected}"))
                })?;
                given.push((parameter.name.clone(), text));
            }
        }
    }
    Ok(given)
}

fn text_of(
    parameter: &Parameter,
    resource: &Resource,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Option<String> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    match parameter.location {
        Location::Path => {
            let piece = resource
                .piece(parameter)
                .and_then(|index| pieces.get(index));
            piece.map(|piece| decode(piece))
        }
        Location::Query => {
            let query = request.uri().query().unwrap_or_default();
            let mut pairs = query
                .split('&')
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let found = pairs.find(|(name, _)| decode(name) == parameter.name);
            found.map(|(_, value)| decode(value))
        }
        Location::Header => {
            let value = request.headers().get(&parameter.name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        }
    }
}

/// Whether a text is a value of a type; if not, what was expected.
fn fits(text: &str, ty: &Type) -> Result<(), &'static str> {
    match ty {
        Type::List(list) => {
            let mut items = text.split(',').filter(|_| !text.is_empty());
            items.try_for_each(|item| scalar(&list.item, &Value::from(item.trim())))
        }
        ty => scalar(ty, &Value::from(text)),
    }
}

/// A made-up value as it travels in a header.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}
