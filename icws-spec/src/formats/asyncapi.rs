//! AsyncAPI 3.0, as a client sees it: it receives the messages of its session on
//! one channel, and sends requests that start and stop them.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::api::{BodyType, Location, Operation, OperationId, RecordId, Resource};
use crate::plan::{Plan, PlannedOperation};
use crate::texts;

use super::fields::Fields;
use super::names::names;
use super::schema::{self, Dialect, Schemas};
use super::security::Security;
use super::subscription::subscription;
use super::{EVENTS, MEDIA_TYPE, host_variable, info, ports, values};

/// A schema of AsyncAPI is one of draft 7 with more words; what tells options
/// apart would have to be the name of a schema, which an URN is not.
const DIALECT: Dialect = Dialect {
    at: "#/components/schemas/",
    beside: false,
    discriminator: false,
    of_2017: false,
};

/// The channel of messages in a model that does not have the operation which
/// fetches them.
const SESSION: &str = "session";

pub(super) fn document(plan: &Plan<'_>) -> Json {
    let schemas = Schemas::of(plan, DIALECT);
    let writer = Writer {
        plan,
        security: Security::of(plan.api, "httpApiKey"),
        messages: messages(plan),
        names: names(plan.operations.iter().map(|o| o.operation.id())),
        schemas: &schemas,
    };
    let mut channels = writer.channels();
    let operations = writer.operations(&mut channels).json();
    let (channels, messages) = (channels.json(), writer.definitions().json());
    let mut all = schemas.definitions();
    schemas.keep_needed(&mut all, &[&channels, &operations, &messages]);
    json!({
        "asyncapi": "3.0.0",
        "info": info(plan.api),
        "defaultContentType": MEDIA_TYPE,
        "servers": servers(),
        "channels": channels,
        "operations": operations,
        "components": {
            "schemas": all,
            "messages": messages,
            "securitySchemes": writer.security.schemes(),
        },
    })
}

/// The operations that have to do with messages.
pub(super) fn written<'a>(plan: &Plan<'a>) -> Vec<&'a Operation> {
    let stops = stops(plan);
    let operations = plan.operations.entries();
    let written = operations.filter(|(id, planned)| {
        let item = planned.operation;
        fetches(item) || starts(item) || stops.contains(id)
    });
    written.map(|(_, planned)| planned.operation).collect()
}

fn stops(plan: &Plan<'_>) -> BTreeSet<OperationId> {
    plan.subscriptions.iter().map(|s| s.stop).collect()
}

fn fetches(item: &Operation) -> bool {
    let mut replies = item.successes();
    replies.any(|reply| reply.body == Some(BodyType::Messages))
}

fn starts(item: &Operation) -> bool {
    item.successes().any(|reply| !reply.messages.is_empty())
}

/// The messages that can come, in the order of the model.
fn messages(plan: &Plan<'_>) -> Vec<RecordId> {
    let all = plan.api.messages();
    let all = all.filter(|(_, item)| schema::travels(item));
    all.map(|(id, _)| id).collect()
}

fn servers() -> Map<String, Json> {
    let mut servers = Fields::default();
    for (scheme, port, text) in ports() {
        servers.put(
            scheme,
            json!({
                "host": format!("{{host}}:{port}"),
                "protocol": scheme,
                "description": text,
                "variables": { "host": host_variable() },
            }),
        );
    }
    servers.map()
}

fn reference(path: &str) -> Json {
    json!({ "$ref": path })
}

struct Writer<'a> {
    plan: &'a Plan<'a>,
    schemas: &'a Schemas<'a>,
    security: Security<'a>,
    messages: Vec<RecordId>,
    /// The names of the operations, and of the channels that they go to.
    names: Vec<String>,
}

impl Writer<'_> {
    /// The operations with their names.
    fn named(&self) -> impl Iterator<Item = (&str, &PlannedOperation<'_>)> {
        let names = self.names.iter().map(String::as_str);
        names.zip(&self.plan.operations)
    }

    /// The channel of a session: that of the first operation that fetches
    /// messages.
    fn session(&self) -> &str {
        let first = self.named().find(|(_, planned)| fetches(planned.operation));
        first.map_or(SESSION, |(name, _)| name)
    }

    /// The channels on which messages come.
    fn channels(&self) -> Fields {
        let mut channels = Fields::default();
        for (name, planned) in self.named() {
            if fetches(planned.operation) {
                let mut channel = channel(planned.resource, planned.operation);
                channel.put("messages", self.all_messages());
                channels.put(name, channel.json());
            }
        }
        if channels.is_empty() {
            let mut channel = Fields::default();
            channel.put("address", Json::Null);
            channel.put("description", "The messages of a session.");
            channel.put("messages", self.all_messages());
            channels.put(SESSION, channel.json());
        }
        channels
    }

    fn all_messages(&self) -> Map<String, Json> {
        let mut all = Fields::default();
        for id in &self.messages {
            let name = self.schemas.names.record(*id);
            all.put(name, reference(&format!("#/components/messages/{name}")));
        }
        all.map()
    }

    /// What a client does. Adds a channel for each resource that requests go to.
    fn operations(&self, channels: &mut Fields) -> Fields {
        let stops = stops(self.plan);
        let mut operations = Fields::default();
        for ((name, planned), id) in self.named().zip(self.plan.operations.ids()) {
            let item = planned.operation;
            if fetches(item) {
                let mut fields = self.common(item, "receive", name);
                fields.put("x-icws-content-types", json!([MEDIA_TYPE, EVENTS]));
                operations.put(name, fields.json());
            } else if starts(item) || stops.contains(&id) {
                channels.put(name, self.request_channel(planned));
                let mut fields = self.common(item, "send", name);
                let request = format!("#/channels/{name}/messages/request");
                fields.put("messages", json!([reference(&request)]));
                self.replies(item, &mut fields);
                let subscription = subscription(self.plan, planned);
                fields.option("x-icws-subscription", subscription);
                operations.put(name, fields.json());
            }
        }
        operations
    }

    fn common(&self, item: &Operation, action: &str, channel: &str) -> Fields {
        let mut fields = Fields::default();
        fields.put("action", action);
        fields.put("channel", reference(&format!("#/channels/{channel}")));
        fields.summary(&item.doc);
        fields.markdown("description", &item.doc);
        fields.put("tags", json!([{ "name": item.namespace }]));
        let needs = self.security.names(item);
        let needs = needs.map(|name| reference(&format!("#/components/securitySchemes/{name}")));
        fields.list("security", needs.collect());
        let mut http = Fields::default();
        http.put("method", item.method.as_str());
        let mut query = Fields::default();
        for parameter in &item.parameters {
            if parameter.location == Location::Query {
                let mut more = Fields::default();
                more.markdown("description", &parameter.doc);
                let schema = self.schemas.ty(&parameter.ty);
                query.put(&parameter.name, self.schemas.with(schema, more));
            }
        }
        if !query.is_empty() {
            http.put(
                "query",
                json!({ "type": "object", "properties": query.map() }),
            );
        }
        http.put("bindingVersion", "0.3.0");
        fields.put("bindings", json!({ "http": http.json() }));
        fields.since(item.since.as_ref(), None);
        fields
    }

    /// The messages that follow, on the channel of the session.
    fn replies(&self, item: &Operation, fields: &mut Fields) {
        let mut messages: Vec<Json> = Vec::new();
        for id in item.successes().flat_map(|reply| &reply.messages) {
            let name = self.schemas.names.record(*id);
            let message = reference(&format!("#/channels/{}/messages/{name}", self.session()));
            if self.messages.contains(id) && !messages.contains(&message) {
                messages.push(message);
            }
        }
        if !messages.is_empty() {
            let channel = reference(&format!("#/channels/{}", self.session()));
            fields.put("reply", json!({ "channel": channel, "messages": messages }));
        }
    }

    /// Where a request goes, with what it carries.
    fn request_channel(&self, planned: &PlannedOperation<'_>) -> Json {
        let item = planned.operation;
        let mut channel = channel(planned.resource, item);
        let mut request = Fields::default();
        request.put("name", texts::visible(&item.name));
        if let Some(body) = &item.body {
            request.put("payload", self.schemas.ty(body));
            let examples = item.examples.iter().filter_map(|example| {
                let body = values::json(example.request_body.as_ref()?);
                Some(self::example(&example.name, &example.doc, body))
            });
            request.list("examples", examples.collect());
        }
        channel.put("messages", json!({ "request": request.json() }));
        channel.json()
    }

    /// The messages with what they mean.
    fn definitions(&self) -> Fields {
        let mut all = Fields::default();
        for id in &self.messages {
            let item = &self.plan.api[*id];
            let name = self.schemas.names.record(*id);
            let mut fields = Fields::default();
            fields.put("name", texts::visible(&item.name));
            fields.put("title", item.id());
            fields.summary(&item.doc);
            fields.markdown("description", &item.doc);
            fields.put("contentType", MEDIA_TYPE);
            fields.put("payload", self.schemas.reference(name));
            let examples = item.examples.iter();
            let examples = examples.map(|e| example(&e.name, &e.doc, values::json(&e.json)));
            fields.list("examples", examples.collect());
            fields.since(item.since.as_ref(), None);
            schema::facts_of_message(item, &mut fields);
            all.put(name, fields.json());
        }
        all
    }
}

fn example(name: &str, doc: &str, payload: Json) -> Json {
    let mut fields = Fields::default();
    fields.put("name", texts::visible(name));
    fields.summary(doc);
    fields.put("payload", payload);
    fields.json()
}

/// A channel without its messages.
fn channel(resource: &Resource, item: &Operation) -> Fields {
    let mut fields = Fields::default();
    fields.put("address", resource.path.as_str());
    fields.markdown("description", &resource.doc);
    let mut parameters = Fields::default();
    let in_path = item.parameters.iter();
    for parameter in in_path.filter(|p| p.location == Location::Path) {
        let mut fields = Fields::default();
        fields.markdown("description", &parameter.doc);
        parameters.put(&parameter.name, fields.json());
    }
    fields.object("parameters", parameters);
    fields
}
