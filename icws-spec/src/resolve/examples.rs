//! Examples: read for the generated tests, and held against the model.

use crate::api::{
    Arena, BodyType, Location, OperationExample, Parameter, Record, RecordId, Reply, Segment, Type,
};
use crate::diagnostic::Diagnostic;
use crate::place::FileId;
use crate::syntax::{Node, Value};

use super::Types;
use super::headers;
use super::scope::{entries, text};
use super::values::Values;

/// An example that contradicts the model: the record, and its name.
pub(super) type Unsound = (RecordId, String);

/// Holds the examples of all messages and objects against their properties.
pub(super) fn check_records(types: &Types<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Unsound> {
    let mut unsound = Vec::new();
    for id in types.records.ids() {
        let declared = &types.scope.records[id].declared;
        for example in entries(declared.node, "examples") {
            let Some(value) = example.node.get("value") else {
                continue;
            };
            let found = diagnostics.len();
            let mut values = Values {
                types,
                file: declared.file,
                diagnostics,
            };
            if matches!(value.value, Value::Map(_)) {
                values.record(value, id);
            } else {
                values.report(value, "the value must be an object");
            }
            if diagnostics.len() > found {
                unsound.push((id, example.key.text.clone()));
            }
        }
    }
    unsound
}

/// Takes out the examples that would fail.
pub(super) fn remove(records: &mut Arena<Record>, unsound: &[Unsound]) {
    for (id, name) in unsound {
        records[*id]
            .examples
            .retain(|example| example.name != *name);
    }
}

/// What an operation's examples are held against.
pub(super) struct Expected<'a> {
    pub method: &'a str,
    pub segments: &'a [Segment],
    pub parameters: &'a [Parameter],
    pub body: Option<&'a Type>,
    pub replies: &'a [Reply],
    pub types: &'a Types<'a>,
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
    let mut checker = Values {
        types: expected.types,
        file,
        diagnostics,
    };
    let parameters = checker.parameters(node, expected.parameters);
    checker.request_line(node.get("request")?, expected);
    checker.request_body(node, expected.body);
    let scope = expected.types.scope;
    let documented = expected
        .replies
        .iter()
        .find(|reply| reply.status.is(status));
    match documented {
        None if scope.is_reported(operation, "replies", &status.to_string()) => {}
        None => checker.report(status_node, "the operation has no reply with this status"),
        Some(documented) => checker.reply(reply, documented),
    }
    let media = match documented.and_then(|reply| reply.body.as_ref()) {
        Some(BodyType::Media(media)) => Some(media.clone()),
        _ => None,
    };
    let body = match (reply.get("body"), &media) {
        (None, _) => None,
        (Some(body), Some(_)) => body.as_str().map(str::to_owned),
        (Some(body), None) => Some(checker.json(body)?),
    };
    let request_body = match node.get("body") {
        None => None,
        Some(body) => Some(checker.json(body)?),
    };
    Some(OperationExample {
        name: name.to_owned(),
        doc: text(node, "doc"),
        parameters,
        request: text(node, "request"),
        request_body,
        status,
        headers: entries(reply, "headers")
            .iter()
            .filter_map(|entry| Some((entry.key.text.clone(), scalar(&entry.node)?)))
            .collect(),
        media,
        body,
    })
}

impl Values<'_> {
    /// The values in the order of the operation's parameters.
    fn parameters(&mut self, example: &Node, parameters: &[Parameter]) -> Vec<(String, String)> {
        for entry in entries(example, "parameters") {
            let name = entry.key.text.as_str();
            if !parameters.iter().any(|p| p.name == name) && !self.types.scope.is_broken(name) {
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
                Some(node) => {
                    self.travels(node, parameter);
                    match scalar(node).filter(|text| fits(text, &parameter.ty)) {
                        Some(text) => values.push((parameter.name.clone(), text)),
                        None => {
                            let what = format!("`{}`", parameter.name);
                            self.mismatch(node, &what, &parameter.ty);
                        }
                    }
                }
            }
        }
        values
    }

    /// Reports what cannot be sent as the value of a parameter.
    fn travels(&mut self, node: &Node, parameter: &Parameter) {
        let comma = |item: &&Node| item.as_str().is_some_and(|text| text.contains(','));
        if let Some(item) = node.as_list().iter().find(comma) {
            let message = "commas are between the items of a list outside of a body, so that no item can hold one";
            self.report(item, message);
        }
        let sent = scalar(node).unwrap_or_default();
        if parameter.location == Location::Header && !headers::is_value(&sent) {
            let message = format!(
                "this cannot be the value of the header `{}`",
                parameter.name
            );
            self.report(node, message);
        }
    }

    fn request_body(&mut self, example: &Node, documented: Option<&Type>) {
        match (documented, example.get("body")) {
            (None, None) => {}
            (None, Some(body)) => self.report(body, "the model gives this request no body"),
            (Some(_), None) => self.report(example, "the model gives this request a body"),
            (Some(ty), Some(body)) => self.value(body, ty, "the body"),
        }
    }

    fn json(&mut self, node: &Node) -> Option<String> {
        let json = crate::json::to_json(node);
        if json.is_none() {
            self.report(node, "a number in it has no form in JSON");
        }
        json
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
        for entry in entries(example, "headers") {
            let name = &entry.key.text;
            if !headers::is_token(name) {
                let message = format!("`{name}` cannot name a header");
                self.report_at(entry.key.id, message);
            } else if !scalar(&entry.node).is_some_and(|text| headers::is_value(&text)) {
                let message = format!("this cannot be the value of the header `{name}`");
                self.report(&entry.node, message);
            }
        }
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
            (Some(BodyType::Media(_)), Some(body)) => {
                if body.as_str().is_none() {
                    self.report(body, "the body is not JSON; write it as a text");
                }
            }
        }
    }
}

/// A value as the text that travels in a path, query or header.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .map(scalar)
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(",")),
        Value::Str(text) => Some(text.clone()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Map(_) => None,
    }
}

fn fits(text: &str, ty: &Type) -> bool {
    match ty {
        Type::Boolean => text == "true" || text == "false",
        Type::Int => text.parse::<i32>().is_ok(),
        Type::Long | Type::Integer => text.parse::<i64>().is_ok(),
        Type::Float => text.parse::<f32>().is_ok_and(f32::is_finite),
        Type::Double | Type::Number | Type::Duration => {
            text.parse::<f64>().is_ok_and(f64::is_finite)
        }
        Type::Enum(_) => text.parse::<i64>().is_ok(),
        Type::List(list) => text.is_empty() || text.split(',').all(|item| fits(item, &list.item)),
        _ => true,
    }
}
