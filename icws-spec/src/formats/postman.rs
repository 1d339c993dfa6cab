//! A collection of Postman 2.1: a folder for each namespace, a request for each
//! operation, and one that logs on and keeps what the others need.

use serde_json::{Value as Json, json};

use crate::api::{
    Api, BodyType, Location, Operation, OperationExample, Parameter, Resource, Segment, Supplier,
    Type,
};
use crate::plan::Plan;
use crate::texts;

use super::fields::{Fields, sentence};
use super::login::{self, Login};
use super::{ABOUT, MEDIA_TYPE, TITLE};

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

const HOW: &str = "Set the variables `host`, `userID` and `password`, and send the request that logs on: \
its script fills `sessionId` and `csrfToken`. Postman keeps the cookie of the session by itself.";

pub(super) fn document(plan: &Plan<'_>) -> Json {
    let writer = Writer {
        api: plan.api,
        login: Login::of(plan.api),
    };
    // What one begins with stands first.
    let first = writer.login.as_ref();
    let first = first.map(|login| (login.operation.namespace.as_str(), Vec::new()));
    let mut folders: Vec<(&str, Vec<Json>)> = first.into_iter().collect();
    for (resource, operation) in plan.api.operations() {
        let name = operation.namespace.as_str();
        let request = writer.item(resource, operation);
        match folders.iter_mut().find(|(other, _)| *other == name) {
            Some((_, requests)) => requests.push(request),
            None => folders.push((name, vec![request])),
        }
    }
    let folders = folders.into_iter();
    let folders = folders.map(|(name, requests)| {
        let mut folder = Fields::default();
        folder.put("name", name);
        folder.markdown("description", plan.api.namespace_doc(name));
        folder.put("item", requests);
        folder.json()
    });
    json!({
        "info": {
            "name": TITLE,
            "description": format!("{ABOUT}\n\n{HOW}"),
            "schema": SCHEMA,
        },
        "item": folders.collect::<Vec<_>>(),
        "variable": writer.variables(),
    })
}

struct Writer<'a> {
    api: &'a Api,
    login: Option<Login<'a>>,
}

impl Writer<'_> {
    fn variables(&self) -> Vec<Json> {
        let mut all = vec![
            ("scheme", "https".to_owned()),
            ("host", "icserver".to_owned()),
            ("port", "8019".to_owned()),
            (login::SESSION, String::new()),
            (login::TOKEN, String::new()),
        ];
        if let Some(login) = &self.login {
            let secrets = login.asked.iter();
            all.extend(secrets.map(|name| (name.as_str(), String::new())));
        }
        let variables = all.into_iter();
        let variables = variables.map(|(key, value)| json!({ "key": key, "value": value }));
        variables.collect()
    }

    fn item(&self, resource: &Resource, item: &Operation) -> Json {
        let login = self.login.as_ref();
        let login = login.filter(|login| std::ptr::eq(login.operation, item));
        let mut fields = Fields::default();
        fields.put("name", texts::visible(&item.name));
        if let Some(login) = login {
            fields.put("event", login.event());
        }
        let example = item.examples.first();
        fields.put("request", self.request(resource, item, example, login));
        let replies = item.examples.iter();
        let replies = replies.map(|example| self.reply(resource, item, example));
        fields.put("response", replies.collect::<Vec<_>>());
        fields.json()
    }

    fn request(
        &self,
        resource: &Resource,
        item: &Operation,
        example: Option<&OperationExample>,
        login: Option<&Login<'_>>,
    ) -> Json {
        let mut fields = Fields::default();
        fields.put("method", item.method.as_str());
        fields.put("description", description(item));
        fields.put("header", headers(item, example));
        fields.put("url", url(resource, item, example));
        let body = login.map(|login| login.body.clone());
        let body = body.unwrap_or_else(|| login::body(self.api, item, example));
        if let Some(body) = body {
            fields.put(
                "body",
                json!({
                    "mode": "raw",
                    "raw": format!("{body:#}"),
                    "options": { "raw": { "language": "json" } },
                }),
            );
        }
        fields.json()
    }

    /// An example as a response that was kept.
    fn reply(&self, resource: &Resource, item: &Operation, example: &OperationExample) -> Json {
        let mut fields = Fields::default();
        let doc = sentence(&example.doc);
        let name = if doc.is_empty() { &example.name } else { &doc };
        fields.put("name", texts::visible(name));
        let request = self.request(resource, item, Some(example), None);
        fields.put("originalRequest", request);
        fields.put("code", example.status);
        let mut headers: Vec<Json> = Vec::new();
        if example.body.is_some() {
            let media = example.media.as_deref().unwrap_or(MEDIA_TYPE);
            headers.push(json!({ "key": "Content-Type", "value": media }));
        }
        let own = example.headers.iter();
        headers.extend(own.map(|(key, value)| json!({ "key": key, "value": value })));
        fields.put("header", headers);
        fields.option("body", example.body.as_deref());
        fields.json()
    }
}

/// What an operation does, since which version, and what follows of it.
fn description(item: &Operation) -> String {
    let mut blocks = Vec::new();
    if !item.doc.is_empty() {
        blocks.push(texts::markdown(&item.doc));
    }
    if let Some(since) = &item.since {
        blocks.push(format!("Since {}.", texts::code(&since.to_string())));
    }
    let replies = item.replies.iter().map(|reply| {
        let doc = texts::inline(&reply.doc);
        let doc = if doc.is_empty() {
            doc
        } else {
            format!(": {doc}")
        };
        format!("- {}{doc}", reply.status)
    });
    blocks.push(replies.collect::<Vec<_>>().join("\n"));
    blocks.join("\n\n")
}

fn headers(item: &Operation, example: Option<&OperationExample>) -> Vec<Json> {
    let fixed = |key: &str, value: &str| json!({ "key": key, "value": value });
    let mut all = Vec::new();
    let mut replies = item.replies.iter();
    if replies.any(|reply| reply.body.as_ref().is_some_and(is_json)) {
        all.push(fixed("Accept", MEDIA_TYPE));
    }
    if item.body.is_some() {
        all.push(fixed("Content-Type", MEDIA_TYPE));
    }
    for parameter in &item.parameters {
        match parameter.supplier {
            Supplier::CsrfToken => {
                all.push(fixed(&parameter.name, &login::variable(login::TOKEN)));
            }
            Supplier::Caller if parameter.location == Location::Header => {
                all.push(pair(parameter, example));
            }
            _ => {}
        }
    }
    all
}

fn is_json(body: &BodyType) -> bool {
    !matches!(body, BodyType::Media(_))
}

/// A parameter with the value of an example. What is left out there is there to
/// be turned on.
fn pair(parameter: &Parameter, example: Option<&OperationExample>) -> Json {
    let given = given(parameter, example);
    let mut fields = Fields::default();
    fields.put("key", parameter.name.as_str());
    fields.put(
        "value",
        given.or(parameter.default.as_deref()).unwrap_or_default(),
    );
    fields.markdown("description", &parameter.doc);
    fields.flag("disabled", !parameter.required && given.is_none());
    fields.json()
}

fn given<'a>(parameter: &Parameter, example: Option<&'a OperationExample>) -> Option<&'a str> {
    let mut values = example?.parameters.iter();
    let found = values.find(|(name, _)| *name == parameter.name);
    found.map(|(_, value)| value.as_str())
}

fn url(resource: &Resource, item: &Operation, example: Option<&OperationExample>) -> Json {
    let path = resource.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!(":{name}"),
    });
    let path: Vec<String> = path.collect();
    let base = format!(
        "{}://{}:{}",
        login::variable("scheme"),
        login::variable("host"),
        login::variable("port")
    );
    let mut fields = Fields::default();
    let of = |location: Location| {
        let all = item.parameters.iter();
        all.filter(move |p| p.location == location)
    };
    let query: Vec<Json> = of(Location::Query).map(|p| pair(p, example)).collect();
    let sent = query.iter().filter(|pair| pair.get("disabled").is_none());
    let sent = sent.filter_map(|pair| {
        let text = |key: &str| pair.get(key).and_then(Json::as_str);
        Some(format!("{}={}", text("key")?, text("value")?))
    });
    let sent: Vec<String> = sent.collect();
    let ask = if sent.is_empty() { "" } else { "?" };
    let raw = format!("{base}/{}{ask}{}", path.join("/"), sent.join("&"));
    fields.put("raw", raw);
    fields.put("protocol", login::variable("scheme"));
    fields.put("host", json!([login::variable("host")]));
    fields.put("port", login::variable("port"));
    fields.put("path", path);
    fields.list("query", query);
    let variables = of(Location::Path).map(|parameter| {
        let mut fields = Fields::default();
        fields.put("key", parameter.name.as_str());
        let value = match parameter.supplier {
            Supplier::SessionId => login::variable(login::SESSION),
            _ => value(parameter, example),
        };
        fields.put("value", value);
        fields.markdown("description", &parameter.doc);
        fields.json()
    });
    fields.list("variable", variables.collect());
    fields.json()
}

fn value(parameter: &Parameter, example: Option<&OperationExample>) -> String {
    let given = given(parameter, example).map(str::to_owned);
    given.unwrap_or_else(|| match parameter.ty {
        Type::Enum(_) | Type::Int | Type::Long | Type::Integer => "0".to_owned(),
        _ => String::new(),
    })
}
