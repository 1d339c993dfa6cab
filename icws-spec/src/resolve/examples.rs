//! Examples: read for the generated tests, and held against the model.

use crate::api::{BodyType, OperationExample, Parameter, Record, Reply, Segment, Type};
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::source::{FileId, Place};
use crate::syntax::{Node, NodeId, Value};

use super::scope::{Scope, entries, text};

/// Holds the examples of all messages and objects against their properties.
pub(super) fn check_records(
    records: &mut [Record],
    scope: &Scope<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for index in 0..records.len() {
        let declared = &scope.records[index].declared;
        let mut unsound = Vec::new();
        for example in entries(declared.node, "examples") {
            let Some(value) = example.node.get("value") else {
                continue;
            };
            let found = diagnostics.len();
            let mut checker = Checker {
                file: declared.file,
                records,
                scope,
                diagnostics,
            };
            checker.record(value, index);
            if diagnostics.len() > found {
                unsound.push(example.key.text.clone());
            }
        }
        records[index]
            .examples
            .retain(|example| !unsound.contains(&example.name));
    }
}

/// What an operation's examples are held against.
pub(super) struct Expected<'a> {
    pub method: &'a str,
    pub segments: &'a [Segment],
    pub parameters: &'a [Parameter],
    pub replies: &'a [Reply],
    pub records: &'a [Record],
    pub scope: &'a Scope<'a>,
}

/// Reads the examples of an operation. One that contradicts the model is
/// reported and left out.
pub(super) fn read(
    operation: &Node,
    file: FileId,
    expected: &Expected<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<OperationExample> {
    entries(operation, "examples")
        .iter()
        .filter_map(|entry| {
            let found = diagnostics.len();
            let example = example(
                operation,
                &entry.key.text,
                &entry.node,
                file,
                expected,
                diagnostics,
            )?;
            (diagnostics.len() == found).then_some(example)
        })
        .collect()
}

fn example(
    operation: &Node,
    name: &str,
    node: &Node,
    file: FileId,
    expected: &Expected<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<OperationExample> {
    let reply = node.get("reply")?;
    let status_node = reply.get("status")?;
    let status = match status_node.value {
        Value::Int(status) => u16::try_from(status).unwrap_or_default(),
        _ => 0,
    };
    let mut checker = Checker {
        file,
        records: expected.records,
        scope: expected.scope,
        diagnostics,
    };
    let parameters = checker.parameters(node, expected.parameters);
    checker.request_line(node.get("request")?, expected);
    match expected.replies.iter().find(|reply| reply.status == status) {
        None if checker.is_reported(Some(operation), "replies", &status.to_string()) => {}
        None => checker.report(status_node, "the operation has no reply with this status"),
        Some(documented) => checker.reply(reply, documented),
    }
    let body = match reply.get("body") {
        None => None,
        Some(body) => {
            let json = crate::json::to_json(body);
            if json.is_none() {
                checker.report(body, "a number in it has no form in JSON");
            }
            Some(json?)
        }
    };
    Some(OperationExample {
        name: name.to_owned(),
        doc: text(node, "doc"),
        parameters,
        request: text(node, "request"),
        status,
        headers: entries(reply, "headers")
            .iter()
            .map(|entry| {
                (
                    entry.key.text.clone(),
                    scalar(&entry.node).unwrap_or_default(),
                )
            })
            .collect(),
        body,
    })
}

struct Checker<'a> {
    file: FileId,
    records: &'a [Record],
    scope: &'a Scope<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, node: &Node, message: impl Into<String>) {
        self.report_at(node.id, message);
    }

    fn report_at(&mut self, node: NodeId, message: impl Into<String>) {
        let place = Place {
            file: self.file,
            node,
        };
        self.diagnostics.push(Diagnostic::new(
            &rules::EXAMPLE_CONTRADICTS_MODEL,
            place,
            message,
        ));
    }

    /// The values in the order of the operation's parameters.
    fn parameters(&mut self, example: &Node, parameters: &[Parameter]) -> Vec<(String, String)> {
        for entry in entries(example, "parameters") {
            let name = entry.key.text.as_str();
            if !parameters.iter().any(|p| p.name == name) && !self.scope.is_broken(name) {
                self.report_at(
                    entry.key.id,
                    format!("the operation has no parameter `{}`", entry.key.text),
                );
            }
        }
        let mut values = Vec::new();
        for parameter in parameters {
            let given = example
                .get("parameters")
                .and_then(|map| map.get(&parameter.name));
            match given {
                None if parameter.required => {
                    self.report(
                        example,
                        format!("the required parameter `{}` is missing", parameter.name),
                    );
                }
                None => {}
                Some(node) => match scalar(node).filter(|text| fits(text, &parameter.ty)) {
                    Some(text) => values.push((parameter.name.clone(), text)),
                    None => self.report(
                        node,
                        format!(
                            "`{}` must be {}, but this is {}",
                            parameter.name,
                            name_of(&parameter.ty),
                            node.kind()
                        ),
                    ),
                },
            }
        }
        values
    }

    fn request_line(&mut self, node: &Node, expected: &Expected<'_>) {
        let line = node.as_str().unwrap_or_default();
        let Some((method, target)) = line.split_once(' ') else {
            self.report(node, "a request is a method and a path: `PUT /icws/…`");
            return;
        };
        if method != expected.method {
            self.report(node, format!("the method is {}", expected.method));
        }
        let path = target.split('?').next().unwrap_or_default();
        let pieces: Vec<&str> = path.split('/').skip(1).collect();
        let fits = pieces.len() == expected.segments.len()
            && pieces
                .iter()
                .zip(expected.segments)
                .all(|(piece, segment)| match segment {
                    Segment::Literal(text) => piece == text,
                    Segment::Parameter(_) => !piece.is_empty(),
                });
        if !fits {
            self.report(node, "the path is not the one of the resource");
        }
    }

    fn reply(&mut self, example: &Node, documented: &Reply) {
        for header in &documented.headers {
            let given = entries(example, "headers")
                .iter()
                .any(|entry| entry.key.text.eq_ignore_ascii_case(&header.name));
            if header.required && !given {
                self.report(
                    example,
                    format!("the required header `{}` is missing", header.name),
                );
            }
        }
        match (&documented.body, example.get("body")) {
            (None, None) => {}
            (None, Some(body)) => self.report(body, "the model gives this reply no body"),
            (Some(_), None) => self.report(example, "the model gives this reply a body"),
            (Some(BodyType::Value(ty)), Some(body)) => self.value(body, ty, "the body"),
            (Some(BodyType::Messages), Some(body)) => self.messages(body),
        }
    }

    fn messages(&mut self, body: &Node) {
        let Value::List(items) = &body.value else {
            self.report(body, "the body is a list of messages");
            return;
        };
        for item in items {
            let urn = item.get("__type").and_then(Node::as_str);
            let records = self.records;
            // A type that the model does not know is what examples of unknown
            // messages are for.
            if let Some(index) = records
                .iter()
                .position(|r| r.urn.is_some() && r.urn.as_deref() == urn)
            {
                self.record(item, index);
            }
        }
    }

    fn value(&mut self, node: &Node, ty: &Type, what: &str) {
        let fits = match (ty, &node.value) {
            (Type::String, Value::Str(_)) | (Type::Boolean, Value::Bool(_)) => true,
            (Type::Int, Value::Int(value)) => i32::try_from(*value).is_ok(),
            (Type::Long, Value::Int(_)) => true,
            (Type::Float | Type::Double, Value::Int(_) | Value::Float(_)) => true,
            (Type::Record(id), Value::Map(_)) => {
                self.record(node, id.0);
                true
            }
            (Type::List(item), Value::List(nodes)) => {
                for node in nodes {
                    self.value(node, item, what);
                }
                true
            }
            _ => false,
        };
        if !fits {
            self.report(
                node,
                format!(
                    "{what} must be {}, but this is {}",
                    name_of(ty),
                    node.kind()
                ),
            );
        }
    }

    /// Whether a part of an item has had a finding of its own.
    fn is_reported(&self, item: Option<&Node>, section: &str, name: &str) -> bool {
        let written = item.map_or(&[][..], |item| entries(item, section));
        written.iter().any(|entry| entry.key.text == name) || self.scope.is_broken(name)
    }

    fn record(&mut self, node: &Node, index: usize) {
        let records = self.records;
        let declared = self
            .scope
            .records
            .get(index)
            .map(|record| record.declared.node);
        let Some(record) = records.get(index) else {
            return;
        };
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
                None if self.is_reported(declared, "properties", name) => {}
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
        if record.message.is_some() && record.urn.is_some() && node.get("__type").is_none() {
            self.report(node, "a message needs its `__type`");
        }
    }
}

/// A scalar as the text that travels in a path, query or header.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Str(text) => Some(text.clone()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

fn fits(text: &str, ty: &Type) -> bool {
    match ty {
        Type::Boolean => text == "true" || text == "false",
        Type::Int => text.parse::<i32>().is_ok(),
        Type::Long => text.parse::<i64>().is_ok(),
        Type::Float | Type::Double => text.parse::<f64>().is_ok(),
        _ => true,
    }
}

fn name_of(ty: &Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Boolean => "a boolean",
        Type::Int => "a whole number of 32 bits",
        Type::Long => "a whole number",
        Type::Float | Type::Double => "a number",
        Type::Record(_) => "an object",
        Type::List(_) => "a list",
    }
}
