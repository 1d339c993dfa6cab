//! JSON Schema 2020-12: one document with the types, and with the bodies of all
//! operations by the ids of these.

use serde_json::{Value as Json, json};

use crate::plan::Plan;

use super::TITLE;
use super::schema::{Dialect, Schemas};

const DIALECT: Dialect = Dialect {
    at: "#/$defs/",
    beside: true,
    discriminator: false,
    of_2017: false,
};

pub(super) fn document(plan: &Plan<'_>) -> Json {
    let mut schemas = Schemas::of(plan, DIALECT);
    let mut all = schemas.definitions();
    for (_, operation) in plan.api.operations() {
        let id = operation.id();
        if let Some(body) = &operation.body {
            let name = schemas.names.other(&format!("{id}.request"));
            all.insert(name, schemas.ty(body));
        }
        for reply in &operation.replies {
            let body = reply.body.as_ref();
            if let Some(body) = body.and_then(|body| schemas.body(body)) {
                let name = format!("{id}.reply.{}", reply.status);
                all.insert(schemas.names.other(&name), body);
            }
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "$comment": COMMENT,
        "$defs": all,
    })
}

const COMMENT: &str = "Refer to the types, or to the bodies of operations: #/$defs/ID, \
#/$defs/OPERATION.request, #/$defs/OPERATION.reply.STATUS.";
