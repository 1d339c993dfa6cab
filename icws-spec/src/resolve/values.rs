//! JSON of examples against the types of the model.

use crate::api::{List, Record, RecordId, Type};
use crate::diagnostic::Diagnostic;
use crate::place::FileId;
use crate::rules;
use crate::syntax::{Entry, Node, NodeId, Value};

use super::Types;

/// Checks values and reports what contradicts the model.
pub(super) struct Values<'a> {
    pub types: &'a Types<'a>,
    pub file: FileId,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Values<'_> {
    pub fn report(&mut self, node: &Node, message: impl Into<String>) {
        self.report_at(node.id, message);
    }

    pub fn report_at(&mut self, node: NodeId, message: impl Into<String>) {
        let place = self.file.at(node);
        self.diagnostics.push(Diagnostic::new(
            &rules::EXAMPLE_CONTRADICTS_MODEL,
            place,
            message,
        ));
    }

    /// Reports that a value has another type.
    pub fn mismatch(&mut self, node: &Node, what: &str, ty: &Type) {
        let message = format!(
            "{what} must be {}, but this is {}",
            name_of(ty),
            node.kind()
        );
        self.report(node, message);
    }

    /// A bare array of messages.
    pub fn messages(&mut self, body: &Node) {
        let Value::List(items) = &body.value else {
            self.report(body, "the body is a list of messages");
            return;
        };
        for item in items {
            // A type that the model does not know is what examples of unknown
            // messages are for.
            if let Some(id) = self.by_urn(item, |record| record.message.is_some()) {
                self.record(item, id);
            }
        }
    }

    fn by_urn(&self, node: &Node, fits: impl Fn(&Record) -> bool) -> Option<RecordId> {
        let urn = node.get("__type").and_then(Node::as_str)?;
        let mut records = self.types.records.entries();
        let found = records.find(|(_, r)| r.urn.as_deref() == Some(urn) && fits(r));
        found.map(|(id, _)| id)
    }

    /// Any value.
    pub fn value(&mut self, node: &Node, ty: &Type, what: &str) {
        let fits = match (ty, &node.value) {
            (Type::String | Type::Secret | Type::Uri, Value::Str(_))
            | (Type::Guid | Type::Date | Type::Time, Value::Str(_))
            | (Type::DateTime | Type::Moment, Value::Str(_))
            | (Type::Boolean, Value::Bool(_))
            | (Type::Long | Type::Integer | Type::Enum(_), Value::Int(_))
            | (Type::Float | Type::Double | Type::Number | Type::Duration, Value::Int(_)) => true,
            // What is beyond 32 bits is infinite there, and JSON has no infinity.
            (Type::Float, Value::Float(value)) => (*value as f32).is_finite(),
            (Type::Double | Type::Number | Type::Duration, Value::Float(value)) => {
                value.is_finite()
            }
            (Type::Int, Value::Int(value)) => i32::try_from(*value).is_ok(),
            (Type::Record(id), Value::Map(_)) => {
                self.object(node, *id);
                true
            }
            (Type::List(list), Value::List(nodes)) => {
                self.items(node, nodes, list, what);
                true
            }
            (Type::Map(map), Value::Map(entries)) => {
                let known = |entry: &&Entry| {
                    !(map.nullable_values && matches!(entry.node.value, Value::Null))
                };
                for entry in entries.iter().filter(known) {
                    self.value(&entry.node, &map.value, &format!("`{}`", entry.key.text));
                }
                true
            }
            _ => false,
        };
        if !fits {
            self.mismatch(node, what, ty);
        }
    }

    fn items(&mut self, node: &Node, items: &[Node], list: &List, what: &str) {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if count < list.least || list.most.is_some_and(|most| count > most) {
            self.report(
                node,
                format!("{what} has {count} items, which its bounds do not allow"),
            );
        }
        for item in items {
            if !(list.nullable_items && matches!(item.value, Value::Null)) {
                self.value(item, &list.item, what);
            }
        }
    }

    /// An object, or one that derives from it.
    fn object(&mut self, node: &Node, id: RecordId) {
        let options = &self.types.records[id].options;
        if options.is_empty() {
            self.record(node, id);
        } else if let Some(option) = self.by_urn(node, |_| true) {
            if options.contains(&option) {
                self.record(node, option);
            } else {
                self.report(node, "this `__type` does not derive from what is asked for");
            }
        } else if node.get("__type").is_none() {
            self.record(node, id);
        }
    }

    /// An object of one type.
    pub fn record(&mut self, node: &Node, id: RecordId) {
        let record = &self.types.records[id];
        let scope = self.types.scope;
        let declared = scope.records[id].declared.node;
        if !matches!(node.value, Value::Map(_)) {
            self.report(node, format!("a `{}` is an object", record.name));
            return;
        }
        for entry in node.as_map() {
            let name = entry.key.text.as_str();
            if name == "__type" {
                if record.urn.is_some() && entry.node.as_str() != record.urn.as_deref() {
                    self.report(
                        &entry.node,
                        format!("this is not the `__type` of `{}`", record.name),
                    );
                }
                continue;
            }
            match record.properties.iter().find(|p| p.name == name) {
                None if scope.is_reported(declared, "properties", name) => {}
                None => {
                    self.report_at(
                        entry.key.id,
                        format!("`{}` has no property `{name}`", record.name),
                    );
                }
                Some(property) if property.nullable && matches!(entry.node.value, Value::Null) => {}
                Some(property) => self.value(&entry.node, &property.ty, &format!("`{name}`")),
            }
        }
        for property in record.properties.iter().filter(|p| p.required) {
            if node.get(&property.name).is_none() {
                self.report(
                    node,
                    format!("the required property `{}` is missing", property.name),
                );
            }
        }
        if record.is_typed && record.urn.is_some() && node.get("__type").is_none() {
            self.report(node, "it needs its `__type`");
        }
    }
}

/// A type in words.
fn name_of(ty: &Type) -> &'static str {
    match ty {
        Type::String | Type::Secret | Type::Uri | Type::Guid | Type::Date | Type::Time => {
            "a string"
        }
        Type::DateTime => "a point in time",
        Type::Moment => "a point in time, a date or a time of day",
        Type::Boolean => "a boolean",
        Type::Int => "a whole number of 32 bits",
        Type::Long | Type::Integer => "a whole number",
        Type::Enum(_) => "the number of an enumeration",
        Type::Float => "a finite number of 32 bits",
        Type::Double | Type::Number => "a finite number",
        Type::Duration => "a finite number of seconds",
        Type::Record(_) | Type::Map(_) => "an object",
        Type::List(_) => "a list",
    }
}
