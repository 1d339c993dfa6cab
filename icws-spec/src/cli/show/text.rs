//! Items of a model for people.

use std::fmt::Write;

use icws_spec::api::{Api, Property, Since};
use icws_spec::facts::{self, Fact, Value, said};
use icws_spec::plan::{Enum, PlannedOperation, Struct};

pub(super) fn overview(api: &Api, out: &mut String) -> std::fmt::Result {
    writeln!(out, "features")?;
    for feature in &api.features {
        writeln!(out, "  {:<14}{}", feature.name, feature.doc)?;
    }
    writeln!(out, "\nresources")?;
    for resource in &api.resources {
        writeln!(out, "  {}{}", resource.path, since(resource.since.as_ref()))?;
        for operation in &resource.operations {
            writeln!(
                out,
                "    {:<7}{}{}",
                operation.method,
                operation.id(),
                since(operation.since.as_ref())
            )?;
        }
    }
    if !api.enums.is_empty() {
        writeln!(out, "\nenumerations")?;
    }
    for enumeration in &api.enums {
        writeln!(
            out,
            "  {}{}",
            enumeration.id(),
            since(enumeration.since.as_ref())
        )?;
    }
    for (title, message) in [("messages", true), ("objects", false)] {
        writeln!(out, "\n{title}")?;
        let records = api.records.iter();
        for record in records.filter(|r| r.message.is_some() == message) {
            writeln!(out, "  {}{}", record.id(), since(record.since.as_ref()))?;
        }
    }
    Ok(())
}

/// A text of the model, line by line; nothing when there is none.
fn doc(text: &str, indent: &str, out: &mut String) -> std::fmt::Result {
    text.lines()
        .try_for_each(|line| writeln!(out, "{indent}{line}"))
}

fn since(since: Option<&Since>) -> String {
    since
        .map(|since| format!("  [{since}]"))
        .unwrap_or_default()
}

/// Keys that have a place in the text of their item, or whose value has.
const OF_RECORDS: &[&str] = &[
    "urn", "base", "abstract", "id", "delta", "doc", "since", "source",
];
const OF_PROPERTIES: &[&str] = &[
    "type",
    "required",
    "nullable",
    "ignore_case",
    "delta",
    "doc",
    "since",
    "source",
];
const OF_PARAMETERS: &[&str] = &[
    "name", "in", "type", "required", "session", "default", "doc", "since", "source",
];

/// What an item says by keys that have no place of their own, as the model does.
fn others<T>(api: &Api, facts: &[Fact<T>], item: &T, placed: &[&str]) -> Vec<String> {
    let others = facts.iter().filter(|fact| !placed.contains(&fact.key));
    let others = others.filter_map(|fact| match (fact.of)(item) {
        Value::Nothing | Value::Flag(false) => None,
        value => Some(format!("{}: {}", fact.key, value.bare(api))),
    });
    others.collect()
}

/// What stands behind the rest of a line.
fn also(facts: Vec<String>) -> String {
    facts.iter().map(|fact| format!("  {fact}")).collect()
}

/// The version of a part, when it is not that of the whole.
fn newer(part: Option<&Since>, whole: Option<&Since>) -> String {
    if part == whole {
        String::new()
    } else {
        since(part)
    }
}

/// The width of a column.
fn widest(widths: impl Iterator<Item = usize>) -> usize {
    widths.max().unwrap_or_default()
}

fn required(is_required: bool) -> &'static str {
    match is_required {
        true => "required",
        false => "optional",
    }
}

pub(super) fn operation(
    api: &Api,
    planned: &PlannedOperation<'_>,
    out: &mut String,
) -> std::fmt::Result {
    let (resource, operation) = (planned.resource, planned.operation);
    writeln!(
        out,
        "operation {}{}",
        operation.id(),
        since(operation.since.as_ref())
    )?;
    writeln!(
        out,
        "  {} {}{}",
        operation.method,
        resource.path,
        since(resource.since.as_ref())
    )?;
    doc(&operation.doc, "  ", out)?;
    if let Some(source) = operation.source.as_ref().or(resource.source.as_ref()) {
        writeln!(out, "  Source: {source}")?;
    }
    let names = &planned.names;
    writeln!(
        out,
        "  Rust: {}, {}, {}",
        names.own, names.builder, names.response
    )?;
    writeln!(out, "\nparameters")?;
    let parameters = || operation.parameters.iter();
    let width = widest(parameters().map(|p| p.name.len()));
    let types = widest(parameters().map(|p| facts::type_name(api, &p.ty).len()));
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let required = required(parameter.required);
        let origin = match (parameter.supplier.word(), planned.parameter(index)) {
            (Some(word), _) => format!("from the session ({word})"),
            (None, Some(name)) => format!("Rust: {name}"),
            (None, None) => String::new(),
        };
        let default = parameter.default.as_ref();
        let default = default.map_or_else(String::new, |text| format!("  default {text}"));
        writeln!(
            out,
            "  {:<width$}  {:<6}  {:<types$}  {required}  {origin}{default}{}{}",
            parameter.name,
            parameter.location.word(),
            facts::type_name(api, &parameter.ty),
            also(others(api, facts::PARAMETER, parameter, OF_PARAMETERS)),
            newer(parameter.since.as_ref(), operation.since.as_ref())
        )?;
    }
    if let Some(body) = &operation.body {
        writeln!(out, "\nbody\n  {}", facts::type_name(api, body))?;
    }
    writeln!(out, "\nreplies")?;
    for reply in &operation.replies {
        let body = match said(facts::REPLY, reply, &["body", "content"]) {
            Value::Nothing => String::new(),
            body => format!("  body {}", body.bare(api)),
        };
        writeln!(
            out,
            "  {}{body}{}",
            reply.status,
            newer(reply.since.as_ref(), operation.since.as_ref())
        )?;
        doc(&reply.doc, "       ", out)?;
        for header in &reply.headers {
            let required = required(header.required);
            writeln!(
                out,
                "       header {}  {}  {required}  {}",
                header.name,
                said(facts::HEADER, header, &["type"]).bare(api),
                header.doc
            )?;
        }
        for error in &reply.errors {
            let ty = error
                .ty
                .map(|id| format!(" ({})", facts::record_id(api, id)));
            writeln!(
                out,
                "       error {}{}: {}",
                error.id,
                ty.unwrap_or_default(),
                error.doc
            )?;
        }
        for message in &reply.messages {
            writeln!(out, "       message {}", facts::record_id(api, *message))?;
        }
    }
    Ok(())
}

pub(super) fn record(api: &Api, planned: &Struct<'_>, out: &mut String) -> std::fmt::Result {
    let record = planned.record;
    let kind = if record.message.is_some() {
        "message"
    } else {
        "object"
    };
    writeln!(
        out,
        "{kind} {}{}",
        record.id(),
        since(record.since.as_ref())
    )?;
    doc(&record.doc, "  ", out)?;
    if let Some(source) = &record.source {
        writeln!(out, "  Source: {source}")?;
    }
    if let Some(urn) = &record.urn {
        writeln!(out, "  __type: {urn}")?;
    }
    writeln!(out, "  Rust: {}", planned.path)?;
    if let Some(base) = record.base {
        writeln!(out, "  derives from {}", facts::record_id(api, base))?;
    }
    if record.is_abstract {
        writeln!(out, "  abstract: only what derives from it travels")?;
    }
    if !record.options.is_empty() {
        let options: Vec<String> = record
            .options
            .iter()
            .map(|id| facts::record_id(api, *id))
            .collect();
        writeln!(out, "  options: {}", options.join(", "))?;
    }
    if !record.identity.is_empty() {
        let paths = record.identity.iter().map(|path| path.join("."));
        let paths: Vec<String> = paths.collect();
        writeln!(out, "  told apart by {}", paths.join(", "))?;
    }
    if let Some(state) = &planned.state {
        let name = |index: usize| record.properties.get(index).map_or("", |p| p.name.as_str());
        writeln!(
            out,
            "  delta: flag {}, key {}, merged into {}",
            name(state.flag),
            state.key.map_or("none", name),
            state.name
        )?;
    }
    for other in others(api, facts::RECORD, record, OF_RECORDS) {
        writeln!(out, "  {other}")?;
    }
    writeln!(out, "\nproperties")?;
    let width = widest(record.properties.iter().map(|p| p.name.len()));
    let ty = |property: &Property| {
        let null = if property.nullable { " or null" } else { "" };
        facts::type_name(api, &property.ty) + null
    };
    let types = widest(record.properties.iter().map(|p| ty(p).len()));
    for property in &record.properties {
        let required = match property.conditional && !property.required {
            true => "conditional",
            false => required(property.required),
        };
        let case = if property.ignore_case {
            "  case does not matter"
        } else {
            ""
        };
        let delta = match property.delta {
            Some(rule) => format!("  delta: {}", rule.word()),
            None => String::new(),
        };
        writeln!(
            out,
            "  {:<width$}  {:<types$}  {required:<11}  {}{case}{delta}{}{}",
            property.name,
            ty(property),
            property.doc,
            also(others(api, facts::PROPERTY, property, OF_PROPERTIES)),
            newer(property.since.as_ref(), record.since.as_ref())
        )?;
    }
    Ok(())
}

pub(super) fn enumeration(planned: &Enum<'_>, out: &mut String) -> std::fmt::Result {
    let enumeration = planned.enumeration;
    let kind = if enumeration.flags {
        "flags"
    } else {
        "enumeration"
    };
    writeln!(
        out,
        "{kind} {}{}",
        enumeration.id(),
        since(enumeration.since.as_ref())
    )?;
    doc(&enumeration.doc, "  ", out)?;
    if let Some(source) = &enumeration.source {
        writeln!(out, "  Source: {source}")?;
    }
    writeln!(out, "  Rust: {}", planned.path)?;
    writeln!(out, "\nvalues")?;
    let width = widest(enumeration.values.iter().map(|value| value.name.len()));
    for value in &enumeration.values {
        let newer = newer(value.since.as_ref(), enumeration.since.as_ref());
        writeln!(
            out,
            "  {:<width$}  {:>5}  {}{newer}",
            value.name, value.number, value.doc
        )?;
    }
    Ok(())
}
