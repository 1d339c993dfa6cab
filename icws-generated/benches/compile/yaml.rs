//! A synthetic model in the model language.

use std::fmt::Write;

use super::synthetic::{Model, Object, Type};

/// The files of the model: path and text, the root first.
pub fn files(model: &Model) -> Vec<(String, String)> {
    let mut files = vec![
        ("icws.yaml".to_owned(), root(model)),
        ("common.yaml".to_owned(), COMMON.to_owned()),
    ];
    for namespace in 1..model.namespaces.len() {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = file(model, namespace, &mut text);
        files.push((format!("namespace{namespace}.yaml"), text));
    }
    files
}

const COMMON: &str = "icws: 1
namespace: common
objects:
  error:
    doc: What went wrong.
    urn: urn:inin.com:common:error
    properties:
      errorId: { type: string, doc: The kind of error. }
      message: { type: string, required: true, doc: For a person. }
";

fn root(model: &Model) -> String {
    let mut text = "icws: 1\ninclude:\n  - common.yaml\n".to_owned();
    for namespace in 1..model.namespaces.len() {
        text.push_str(&format!("  - namespace{namespace}.yaml\n"));
    }
    text.push_str(
        "features: { interactions: { doc: Interactions. } }
parameters:
  csrfToken: { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken, doc: The token. }
  cookie: { name: Cookie, in: header, type: string, required: true, session: cookie, doc: The cookie. }
  sessionId: { name: sessionId, in: path, type: string, required: true, session: id, doc: The session. }
replies:
  failure: { doc: It did not work., body: common.error }
  unauthorized:
    doc: No session.
    headers: { WWW-Authenticate: { type: challenge, required: true, doc: How to connect. } }
    body: common.error
",
    );
    text
}

fn file(model: &Model, namespace: usize, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "icws: 1\nnamespace: {}\nsince: interactions 8",
        model.namespaces[namespace]
    )?;
    section(
        out,
        "enums",
        model.enums.iter().filter(|e| e.namespace == namespace),
        |out, value| {
            let numbers: Vec<String> = value
                .numbers
                .iter()
                .enumerate()
                .map(|(index, n)| format!("Value{index}: {n}"))
                .collect();
            writeln!(
                out,
                "  {}:\n    doc: One of some.\n    values: {{ {} }}",
                value.name,
                numbers.join(", ")
            )
        },
    )?;
    let objects = |message: bool| {
        model
            .objects
            .iter()
            .filter(move |o| o.namespace == namespace && o.message == message)
    };
    section(out, "objects", objects(false), |out, object| {
        self::object(model, object, out)
    })?;
    section(out, "messages", objects(true), |out, object| {
        self::object(model, object, out)
    })?;
    writeln!(out, "resources:")?;
    let mut paths: Vec<&str> = Vec::new();
    for operation in model
        .operations
        .iter()
        .filter(|operation| operation.namespace == namespace)
    {
        if paths.contains(&operation.path.as_str()) {
            continue;
        }
        paths.push(&operation.path);
        writeln!(
            out,
            "  {}:\n    doc: A thing.\n    parameters:\n      - csrfToken\n      - cookie\n      - sessionId",
            operation.path
        )?;
        for parameter in &operation.parameters {
            writeln!(
                out,
                "      - {{ name: {parameter}, in: path, type: string, required: true, doc: Which one. }}"
            )?;
        }
        for operation in model
            .operations
            .iter()
            .filter(|other| other.path == operation.path)
        {
            writeln!(
                out,
                "    {}:\n      name: {}\n      doc: Does it.",
                operation.method, operation.name
            )?;
            if let Some(body) = operation.body {
                writeln!(out, "      body: {}", reference(model, body))?;
            }
            write!(
                out,
                "      replies:\n        {}: {{ doc: It worked.",
                operation.success
            )?;
            if let Some(answer) = operation.answer {
                write!(out, ", body: {}", reference(model, answer))?;
            }
            if let Some(message) = operation.message {
                write!(out, ", messages: [{}]", reference(model, message))?;
            }
            writeln!(out, " }}")?;
            for status in &operation.failures {
                let reply = if *status == 401 {
                    "unauthorized"
                } else {
                    "failure"
                };
                writeln!(out, "        {status}: {reply}")?;
            }
        }
    }
    Ok(())
}

fn section<T>(
    out: &mut String,
    name: &str,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut String, T) -> std::fmt::Result,
) -> std::fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_some() {
        writeln!(out, "{name}:")?;
    }
    items.try_for_each(|item| write(out, item))
}

fn object(model: &Model, object: &Object, out: &mut String) -> std::fmt::Result {
    let namespace = &model.namespaces[object.namespace];
    writeln!(
        out,
        "  {0}:\n    doc: A thing.\n    urn: urn:inin.com:{namespace}:{0}",
        object.name
    )?;
    if object.message {
        let key = &object.properties[1].name;
        writeln!(out, "    delta: {{ flag: isDelta, key: {key} }}")?;
    }
    if let Some(base) = object.base {
        writeln!(out, "    base: {}", reference(model, base))?;
    }
    if object.is_abstract {
        writeln!(out, "    abstract: true")?;
    }
    writeln!(out, "    properties:")?;
    for property in &object.properties {
        let ty = match property.ty {
            Type::Basic(name) => name.to_owned(),
            Type::List(name) => format!("list {name}"),
            Type::Enum(index) => {
                let value = &model.enums[index];
                format!("{}.{}", model.namespaces[value.namespace], value.name)
            }
            Type::Object(index) => reference(model, index),
            Type::Objects(index) => format!("list {}", reference(model, index)),
            Type::Map => "map string".to_owned(),
        };
        write!(out, "      {}: {{ type: {ty}", property.name)?;
        if property.required {
            write!(out, ", required: true")?;
        }
        let is_many = matches!(property.ty, Type::List(_) | Type::Objects(_) | Type::Map);
        if object.message && is_many {
            write!(out, ", delta: replace")?;
        }
        if property.nullable {
            write!(out, ", nullable: true")?;
        }
        writeln!(out, ", doc: Says something. }}")?;
    }
    Ok(())
}

fn reference(model: &Model, index: usize) -> String {
    let object = &model.objects[index];
    format!("{}.{}", model.namespaces[object.namespace], object.name)
}
