//! OpenAPI: every operation with all that it takes and gives.

mod replies;
mod requests;

use serde_json::{Map, Value as Json, json};

use crate::api::{Operation, Resource};
use crate::plan::Plan;
use crate::texts;

use super::fields::{Fields, sentence};
use super::schema::{Dialect, Schemas};
use super::security::Security;
use super::subscription::subscription;
use super::{host_variable, info, ports};

const DIALECT: Dialect = Dialect {
    at: "#/components/schemas/",
    beside: true,
    discriminator: true,
    of_2017: false,
};

/// The version that many generators still read alone.
const OLDER: Dialect = Dialect {
    beside: false,
    of_2017: true,
    ..DIALECT
};

/// OpenAPI 3.1.
pub(super) fn document(plan: &Plan<'_>) -> Json {
    let mut document = Fields::default();
    document.put("openapi", "3.1.0");
    let dialect = "https://spec.openapis.org/oas/3.1/dialect/base";
    document.put("jsonSchemaDialect", dialect);
    contents(plan, DIALECT, document)
}

/// OpenAPI 3.0.
pub(super) fn older(plan: &Plan<'_>) -> Json {
    let mut document = Fields::default();
    document.put("openapi", "3.0.3");
    contents(plan, OLDER, document)
}

fn contents(plan: &Plan<'_>, dialect: Dialect, mut document: Fields) -> Json {
    let schemas = Schemas::of(plan, dialect);
    let security = Security::of(plan.api, "apiKey");
    let mut paths: Map<String, Json> = Map::new();
    for (resource, operations) in plan.api.by_resource() {
        let item = paths.remove(&resource.path);
        let mut item = item.map_or_else(|| path(resource), Fields::of);
        for (id, operation) in operations {
            let subscription = subscription(plan, &plan.operations[id]);
            let value = self::operation(&schemas, &security, (resource, operation), subscription);
            item.put(&operation.method.to_ascii_lowercase(), value);
        }
        paths.insert(resource.path.clone(), item.json());
    }
    document.put("info", info(plan.api));
    document.put("servers", servers());
    document.put("tags", tags(plan));
    document.put("paths", paths);
    let components = json!({
        "schemas": schemas.definitions(),
        "securitySchemes": security.schemes(),
    });
    document.put("components", components);
    document.json()
}

fn servers() -> Vec<Json> {
    let servers = ports().map(|(scheme, port, text)| {
        json!({
            "url": format!("{scheme}://{{host}}:{port}"),
            "description": text,
            "variables": { "host": host_variable() },
        })
    });
    servers.into()
}

/// A tag for each namespace with operations, in the order of the model.
fn tags(plan: &Plan<'_>) -> Vec<Json> {
    let mut names: Vec<&str> = Vec::new();
    for (_, operation) in plan.api.operations() {
        if !names.contains(&operation.namespace.as_str()) {
            names.push(&operation.namespace);
        }
    }
    let tags = names.iter().map(|name| {
        let mut fields = Fields::default();
        fields.put("name", *name);
        fields.markdown("description", plan.api.namespace_doc(name));
        fields.json()
    });
    tags.collect()
}

/// A path without its operations.
fn path(resource: &Resource) -> Fields {
    let mut fields = Fields::default();
    fields.markdown("description", &resource.doc);
    fields.since(resource.since.as_ref(), None);
    fields
}

fn operation(
    schemas: &Schemas<'_>,
    security: &Security<'_>,
    (resource, item): (&Resource, &Operation),
    subscription: Option<Json>,
) -> Json {
    let mut fields = Fields::default();
    fields.put("operationId", item.id());
    fields.put("tags", json!([item.namespace]));
    let summary = Some(sentence(&item.doc)).filter(|summary| !summary.is_empty());
    fields.put(
        "summary",
        summary.unwrap_or_else(|| texts::visible(&item.name)),
    );
    fields.markdown("description", &item.doc);
    fields.since(item.since.as_ref(), resource.since.as_ref());
    let mut needs = Fields::default();
    for name in security.names(item) {
        needs.put(name, json!([]));
    }
    let needs = (!needs.is_empty()).then(|| needs.json());
    fields.put("security", needs.into_iter().collect::<Vec<_>>());
    fields.list("parameters", requests::parameters(schemas, item));
    fields.option("requestBody", requests::body(schemas, item));
    fields.put("responses", replies::all(schemas, item));
    fields.option("x-icws-subscription", subscription);
    fields.json()
}
