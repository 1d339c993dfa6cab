//! What comes back.

use serde_json::{Map, Value as Json, json};

use crate::api::{BodyType, HeaderType, Operation, OperationExample, Reply, ReplyHeader, Status};
use crate::texts;

use super::super::fields::Fields;
use super::super::schema::{Schemas, travels};
use super::super::{EVENTS, MEDIA_TYPE, values};
use super::requests::example;

/// All replies of an operation by their statuses.
pub(super) fn all(schemas: &Schemas<'_>, operation: &Operation) -> Map<String, Json> {
    let mut all = Map::new();
    for item in &operation.replies {
        all.insert(item.status.to_string(), reply(schemas, operation, item));
    }
    all
}

fn reply(schemas: &Schemas<'_>, operation: &Operation, item: &Reply) -> Json {
    let mut fields = Fields::default();
    // OpenAPI wants a text.
    let doc = match item.doc.as_str() {
        "" => meaning(item.status).to_owned(),
        doc => texts::markdown(doc),
    };
    fields.put("description", doc);
    let examples = operation.examples.iter();
    let examples: Vec<&OperationExample> = examples
        .filter(|example| item.status.is(example.status))
        .collect();
    let mut headers = Fields::default();
    for header in &item.headers {
        headers.put(&header.name, self::header(schemas, header, &examples));
    }
    fields.object("headers", headers);
    if let Some(body) = &item.body {
        fields.put("content", content(schemas, body, &examples));
    }
    fields.since(item.since.as_ref(), operation.since.as_ref());
    let messages = item.messages.iter();
    let messages = messages.filter(|id| travels(&schemas.api[**id]));
    let messages = messages.map(|id| schemas.reference(schemas.names.record(*id)));
    fields.list("x-icws-messages", messages.collect());
    fields.list("x-icws-errors", errors(schemas, item));
    fields.json()
}

fn meaning(status: Status) -> &'static str {
    match status {
        _ if status.is_success() => "The request succeeded.",
        Status::Code(300..400) => "The response is elsewhere.",
        _ => "The request failed.",
    }
}

/// The identifiers by which errors say what went wrong.
fn errors(schemas: &Schemas<'_>, item: &Reply) -> Vec<Json> {
    let errors = item.errors.iter().map(|error| {
        let mut fields = Fields::default();
        fields.put("id", error.id.as_str());
        fields.markdown("description", &error.doc);
        let ty = error.ty.filter(|id| travels(&schemas.api[*id]));
        let ty = ty.map(|id| schemas.reference(schemas.names.record(id)));
        fields.option("type", ty);
        fields.json()
    });
    errors.collect()
}

fn header(schemas: &Schemas<'_>, item: &ReplyHeader, examples: &[&OperationExample]) -> Json {
    let mut fields = Fields::default();
    fields.markdown("description", &item.doc);
    fields.flag("required", item.required);
    let schema = match &item.ty {
        HeaderType::Value(ty) => schemas.ty(ty),
        HeaderType::Challenge => json!({ "type": "string", "x-icws-type": "challenge" }),
    };
    fields.put("schema", schema);
    let mut values = Fields::default();
    for given in examples {
        let mut headers = given.headers.iter();
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(&item.name));
        if let Some((_, text)) = found {
            let value = match &item.ty {
                HeaderType::Value(ty) => values::sent(text, ty),
                HeaderType::Challenge => text.as_str().into(),
            };
            values.put(&given.name, example(given, value));
        }
    }
    fields.object("examples", values);
    fields.json()
}

fn content(schemas: &Schemas<'_>, body: &BodyType, examples: &[&OperationExample]) -> Json {
    let mut media = Fields::default();
    let name = match body {
        BodyType::Media(name) => name.as_str(),
        BodyType::Value(_) | BodyType::Messages => MEDIA_TYPE,
    };
    let schema = schemas.body(body);
    media.put(
        "schema",
        schema.unwrap_or_else(|| json!({ "type": "string" })),
    );
    let mut values = Fields::default();
    for given in examples {
        if let Some(text) = &given.body {
            let value = match body {
                BodyType::Media(_) => text.as_str().into(),
                BodyType::Value(_) | BodyType::Messages => values::json(text),
            };
            values.put(&given.name, example(given, value));
        }
    }
    media.object("examples", values);
    let mut content = Fields::default();
    content.put(name, media.json());
    if *body == BodyType::Messages {
        let text = "Messages as they come: the data of each event is one message as JSON.";
        let schema = json!({ "type": "string", "description": text });
        content.put(EVENTS, json!({ "schema": schema }));
    }
    content.json()
}
