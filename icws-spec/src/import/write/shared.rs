//! What a model shares between its operations.

use std::collections::HashMap;

use crate::api::{Operation, RecordId, Reply, Type};
use crate::model::Model;
use crate::syntax::{Node, Value};

use super::super::page::Parameter;
use super::super::tree;
use super::super::yaml::{Field, Yaml, field, word};
use super::Writer;

/// The shared parameters of a model, and the replies that its operations use
/// for each status.
pub(crate) struct Shared<'m> {
    parameters: Vec<(&'m str, Declared<'m>)>,
    replies: HashMap<u16, (&'m str, &'m Reply)>,
    declared_replies: HashMap<&'m str, Declared<'m>>,
}

/// Where something shared is written.
#[derive(Clone, Copy)]
pub(crate) struct Declared<'m> {
    /// The namespace of the file.
    pub namespace: &'m str,
    pub node: &'m Node,
}

impl<'m> Shared<'m> {
    pub fn of(model: &'m Model) -> Self {
        let mut shared = Shared {
            parameters: Vec::new(),
            replies: HashMap::new(),
            declared_replies: HashMap::new(),
        };
        let resources = &model.api().resources;
        let operations: HashMap<(&str, &str), &Operation> = resources
            .iter()
            .flat_map(|resource| {
                let operations = resource.operations.iter();
                operations.map(move |operation| {
                    (
                        (resource.path.as_str(), operation.method.as_str()),
                        operation,
                    )
                })
            })
            .collect();
        for (_, file) in model.sources().files() {
            let entries =
                |section: &str| file.root.get(section).map(Node::as_map).unwrap_or_default();
            let namespace = file.root.get("namespace").and_then(Node::as_str);
            let namespace = namespace.unwrap_or_default();
            let named = |section: &str| {
                entries(section).iter().map(|entry| {
                    let node = &entry.node;
                    (entry.key.text.as_str(), Declared { namespace, node })
                })
            };
            shared.parameters.extend(named("parameters"));
            shared.declared_replies.extend(named("replies"));
            for resource in entries("resources") {
                for method in resource.node.as_map() {
                    let key = (resource.key.text.as_str(), method.key.text.as_str());
                    if let Some(operation) = operations.get(&key) {
                        shared.read(operation, &method.node);
                    }
                }
            }
        }
        shared
    }

    fn read(&mut self, operation: &'m Operation, node: &'m Node) {
        for entry in node.get("replies").map(Node::as_map).unwrap_or_default() {
            // One that completes a shared reply by a text alone says the same.
            let completed = entry
                .node
                .as_map()
                .iter()
                .all(|part| ["use", "doc"].contains(&part.key.text.as_str()));
            let used = entry
                .node
                .get("use")
                .filter(|_| completed)
                .and_then(Node::as_str);
            let Some(id) = entry.node.as_str().or(used) else {
                continue;
            };
            let reply = operation
                .replies
                .iter()
                .find(|reply| reply.status.to_string() == entry.key.text);
            if let Some(reply) = reply
                && let Some(code) = reply.status.code()
            {
                self.replies.entry(code).or_insert((id, reply));
            }
        }
    }

    /// A shared parameter by its id.
    pub fn declared(&self, id: &str) -> Option<Declared<'m>> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(other, _)| *other == id);
        found.map(|(_, declared)| *declared)
    }

    /// The ids of the shared parameters that a session supplies: its id, its token, its
    /// cookie.
    pub fn of_session(&self) -> Vec<&'m str> {
        let parts = ["csrfToken", "cookie", "id"];
        let id = |part: &str| {
            let mut parameters = self.parameters.iter();
            let found = parameters.find(|(_, declared)| {
                let own = declared.node.get("session").and_then(Node::as_str);
                own == Some(part)
            });
            found.map(|(id, _)| *id)
        };
        parts.into_iter().filter_map(id).collect()
    }

    /// A shared reply by its id.
    pub fn declared_reply(&self, id: &str) -> Option<Declared<'m>> {
        self.declared_replies.get(id).copied()
    }

    /// The name on the wire of a shared parameter.
    pub fn name_of(&self, id: &str) -> Option<&'m str> {
        self.declared(id)?.node.get("name")?.as_str()
    }

    /// The reply that operations of the model use for a status.
    pub fn reply(&self, status: u16) -> Option<(&'m str, &'m Reply)> {
        self.replies.get(&status).copied()
    }

    /// The shared parameter that says what the page says.
    pub fn parameter(&self, page: &Parameter) -> Option<&'m str> {
        let plain = page.since.is_none() && page.default.is_none() && page.choices.is_empty();
        let found = self
            .parameters
            .iter()
            .filter(|_| plain)
            .find(|(_, declared)| {
                let node = declared.node;
                let text = |key: &str| node.get(key).and_then(Node::as_str);
                let required = node
                    .get("required")
                    .and_then(Node::as_bool)
                    .unwrap_or_default();
                text("name") == Some(page.name.as_str())
                    && text("in") == Some(page.location.word())
                    && required == page.required
                    && node.get("since").is_none()
                    && node.get("default").is_none()
            });
        found.map(|(id, _)| *id)
    }
}

impl<'m> Writer<'_, 'm> {
    /// The shared parameters that were used, for a file of their own.
    pub(super) fn shared_parameters(&self) -> Vec<Field> {
        let parameters = self.shared.parameters.iter();
        let used = parameters.filter(|(id, _)| self.used_parameters.contains(*id));
        used.map(|(id, declared)| field(*id, Yaml::Block(node_fields(declared.node))))
            .collect()
    }

    /// The shared replies that were used, with the names that their bodies have
    /// in this file.
    pub(super) fn shared_replies(&self) -> Vec<Field> {
        let mut replies: Vec<_> = self
            .shared
            .replies
            .values()
            .filter(|(id, _)| self.used_replies.contains(*id))
            .collect();
        replies.sort_by_key(|(_, reply)| reply.status);
        let mut written = Vec::new();
        for (id, reply) in replies {
            let Some(declared) = self.shared.declared_replies.get(id) else {
                continue;
            };
            let mut fields = node_fields(declared.node);
            for field in &mut fields {
                if field.key == "body"
                    && let Some(name) = record_of(reply).and_then(|id| self.copied.get(&id))
                {
                    *field = word("body", name);
                }
            }
            let reply = field(*id, Yaml::Block(fields));
            if !written.contains(&reply) {
                written.push(reply);
            }
        }
        written
    }

    /// Whether a reply of the model can be used here as it is: in a file that
    /// stands alone its body has to come along.
    pub(super) fn can_use(&mut self, reply: &Reply) -> bool {
        match (self.target, &reply.body) {
            (super::Target::Model, _) | (_, None) => true,
            (super::Target::Alone, Some(_)) => {
                record_of(reply).is_some_and(|id| self.copy(id).is_some())
            }
        }
    }

    /// Takes a record of the model along, with what it derives from.
    pub(super) fn copy(&mut self, id: RecordId) -> Option<String> {
        if let Some(name) = self.copied.get(&id) {
            return Some(name.clone());
        }
        let record = &self.model.api()[id];
        let self_contained = record.properties.iter().all(|property| match &property.ty {
            Type::List(list) => is_basic(&list.item),
            other => is_basic(other),
        });
        if !self_contained || record.message.is_some() || self.names.contains(&record.name) {
            return None;
        }
        let file = self.model.sources().get(record.place.file)?;
        let mut fields = node_fields(tree::item(&file.root, record.place.node)?);
        fields.retain(|field| field.key != "examples");
        if let Some(base) = record.base {
            let base = self.copy(base)?;
            fields
                .iter_mut()
                .filter(|field| field.key == "base")
                .for_each(|field| *field = word("base", base.clone()));
        }
        if let Some(since) = &record.since {
            self.features.insert(since.feature.clone());
            if !fields.iter().any(|field| field.key == "since") {
                fields.push(word("since", since.to_string()));
            }
        }
        let name = record.name.clone();
        self.copied.insert(id, name.clone());
        self.names.insert(name.clone());
        if let Some(urn) = &record.urn {
            self.urns.insert(urn.clone(), name.clone());
        }
        self.parts.objects.push(field(&name, Yaml::Block(fields)));
        Some(name)
    }
}

fn is_basic(ty: &Type) -> bool {
    Type::BASIC.iter().any(|(_, basic)| basic == ty)
}

fn record_of(reply: &Reply) -> Option<RecordId> {
    match &reply.body {
        Some(crate::api::BodyType::Value(Type::Record(id))) => Some(*id),
        _ => None,
    }
}

/// A map of a model, to be written again.
pub(in super::super) fn node_fields(node: &Node) -> Vec<Field> {
    let entries = node.as_map().iter();
    entries
        .map(|entry| field(&entry.key.text, node_value(&entry.key.text, &entry.node)))
        .collect()
}

pub(in super::super) fn node_value(key: &str, node: &Node) -> Yaml {
    match &node.value {
        Value::Map(entries) => {
            let deep = entries
                .iter()
                .any(|entry| matches!(entry.node.value, Value::Map(_)));
            if deep {
                Yaml::Block(node_fields(node))
            } else {
                Yaml::Line(node_fields(node))
            }
        }
        Value::List(items) => Yaml::List(items.iter().map(|item| node_value(key, item)).collect()),
        Value::Str(text) if ["doc", "source"].contains(&key) => Yaml::Text(text.clone()),
        Value::Str(text) => Yaml::Word(text.clone()),
        Value::Null => Yaml::Raw("null".to_owned()),
        Value::Bool(truth) => Yaml::Raw(truth.to_string()),
        Value::Int(number) => Yaml::Raw(number.to_string()),
        Value::Float(number) => Yaml::Raw(format!("{number:?}")),
    }
}
