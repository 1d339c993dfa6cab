//! What is shared by name, written where it is used, with all that it says: its
//! texts, its types, and what the place itself adds.

use crate::api::{Api, BodyType, Parameter, Reply};
use crate::facts::type_name;
use crate::model::Model;
use crate::place::Place;
use crate::syntax::Node;

use super::super::tree;
use super::super::write::{Declared, Shared, node_fields, node_value};
use super::super::yaml::{Field, Yaml, word};

/// The parameter or reply that is used at a place; `None` when none is.
pub(super) fn in_place(model: &Model, shared: &Shared<'_>, item: Place) -> Option<Yaml> {
    let file = model.sources().get(item.file)?;
    let node = tree::item(&file.root, item.node)?;
    let namespace = file.root.get("namespace").and_then(Node::as_str);
    let own = Own {
        api: model.api(),
        namespace: namespace.unwrap_or_default(),
    };
    let mut operations = own.api.operations().map(|(_, operation)| operation);
    let fields = operations.find_map(|operation| {
        let mut replies = operation.replies.iter();
        let mut parameters = operation.parameters.iter();
        if let Some(reply) = replies.find(|reply| reply.place == item) {
            let id = node.as_str().or(node.get("use").and_then(Node::as_str))?;
            return own.reply(shared.declared_reply(id)?, node, reply);
        }
        let parameter = parameters.find(|parameter| parameter.place == item)?;
        Some(own.parameter(shared.declared(node.as_str()?)?, parameter))
    });
    fields.map(Yaml::Line)
}

/// The file that it is written into.
struct Own<'m> {
    api: &'m Api,
    namespace: &'m str,
}

impl Own<'_> {
    fn parameter(&self, declared: Declared<'_>, parameter: &Parameter) -> Vec<Field> {
        let mut fields = node_fields(declared.node);
        if declared.namespace != self.namespace {
            let ty = word("type", type_name(self.api, &parameter.ty));
            put(&mut fields, ty);
        }
        fields
    }

    fn reply(&self, declared: Declared<'_>, node: &Node, reply: &Reply) -> Option<Vec<Field>> {
        let mut fields = node_fields(declared.node);
        if declared.namespace != self.namespace {
            self.name_types(&mut fields, reply);
        }
        for entry in node.as_map() {
            let key = entry.key.text.as_str();
            let value = node_value(key, &entry.node);
            let found = fields.iter_mut().find(|field| field.key == key);
            match (key, found.map(|field| &mut field.value), value) {
                ("use", ..) => {}
                ("body" | "content", _, value) => {
                    fields.retain(|field| !["body", "content"].contains(&field.key.as_str()));
                    fields.push(super::super::yaml::field(key, value));
                }
                // What the place itself has comes behind.
                (_, Some(Yaml::List(all)), Yaml::List(own)) => all.extend(own),
                (
                    "headers" | "errors",
                    Some(Yaml::Line(all) | Yaml::Block(all)),
                    Yaml::Line(own) | Yaml::Block(own),
                ) => all.extend(own),
                (_, _, value) => put(&mut fields, super::super::yaml::field(key, value)),
            }
        }
        Some(fields)
    }

    /// Names in another file are whole ids here.
    fn name_types(&self, fields: &mut [Field], reply: &Reply) {
        for field in fields {
            match (field.key.as_str(), &mut field.value) {
                ("body", value) => {
                    if let Some(BodyType::Value(ty)) = &reply.body {
                        *value = Yaml::Word(type_name(self.api, ty));
                    }
                }
                ("messages", Yaml::List(items)) => {
                    // Those of the shared reply come first.
                    for (item, id) in items.iter_mut().zip(&reply.messages) {
                        *item = Yaml::Word(self.api[*id].id());
                    }
                }
                ("errors", Yaml::Line(errors) | Yaml::Block(errors)) => {
                    for error in errors {
                        let mut all = reply.errors.iter();
                        let found = all.find(|other| other.id == error.key);
                        let ty = found.and_then(|found| found.ty);
                        if let (Some(ty), Yaml::Line(parts) | Yaml::Block(parts)) =
                            (ty, &mut error.value)
                        {
                            put(parts, word("type", self.api[ty].id()));
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Puts a key in the place of the one that is there, or behind all others.
fn put(fields: &mut Vec<Field>, new: Field) {
    match fields.iter_mut().find(|field| field.key == new.key) {
        Some(field) => *field = new,
        None => fields.push(new),
    }
}
