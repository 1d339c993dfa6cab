//! What requests carry.

use serde_json::{Value as Json, json};

use crate::api::{Location, Operation, OperationExample, Parameter, Supplier, Type};

use super::super::fields::Fields;
use super::super::schema::Schemas;
use super::super::{MEDIA_TYPE, values};

/// The parameters but those that security schemes stand for.
pub(super) fn parameters(schemas: &Schemas<'_>, operation: &Operation) -> Vec<Json> {
    let parameters = operation.parameters.iter();
    let parameters =
        parameters.filter(|p| matches!(p.supplier, Supplier::Caller | Supplier::SessionId));
    let parameters = parameters.map(|p| parameter(schemas, operation, p));
    parameters.collect()
}

fn parameter(schemas: &Schemas<'_>, operation: &Operation, item: &Parameter) -> Json {
    let mut fields = Fields::default();
    fields.put("name", item.name.as_str());
    fields.put("in", item.location.word());
    fields.flag("required", item.required || item.location == Location::Path);
    fields.markdown("description", &item.doc);
    if matches!(item.ty, Type::List(_)) && item.location == Location::Query {
        // The items are joined by commas.
        fields.put("style", "form");
        fields.put("explode", false);
    }
    let mut more = Fields::default();
    let default = item.default.as_deref();
    more.option("default", default.map(|text| values::sent(text, &item.ty)));
    fields.put("schema", schemas.with(schemas.ty(&item.ty), more));
    let mut examples = Fields::default();
    for example in &operation.examples {
        let mut given = example.parameters.iter();
        if let Some((_, text)) = given.find(|(name, _)| *name == item.name) {
            let value = values::sent(text, &item.ty);
            examples.put(&example.name, self::example(example, value));
        }
    }
    fields.object("examples", examples);
    fields.option("x-icws-session", item.supplier.word());
    fields.since(item.since.as_ref(), operation.since.as_ref());
    fields.json()
}

/// The body. A model gives one to each request of the operation or to none.
pub(super) fn body(schemas: &Schemas<'_>, operation: &Operation) -> Option<Json> {
    let ty = operation.body.as_ref()?;
    let mut media = Fields::default();
    media.put("schema", schemas.ty(ty));
    let mut examples = Fields::default();
    for example in &operation.examples {
        if let Some(body) = &example.request_body {
            let value = self::example(example, values::json(body));
            examples.put(&example.name, value);
        }
    }
    media.object("examples", examples);
    Some(json!({ "required": true, "content": { MEDIA_TYPE: media.json() } }))
}

/// An example by its name in the model.
pub(super) fn example(example: &OperationExample, value: Json) -> Json {
    let mut fields = Fields::default();
    fields.summary(&example.doc);
    fields.put("value", value);
    fields.json()
}
