//! `icws-spec show`.

use std::fmt::Write;
use std::path::Path;

use icws_spec::api::{Api, Enumeration, Operation, Record, Resource, Since};
use icws_spec::export;

use super::{Failure, Format};

pub fn run(what: &[String], format: Format) -> Result<(), Failure> {
    // `show ID` of the shipped model and `show MODEL` look alike; a path wins.
    let (path, id) = match what {
        [] => (None, None),
        [one] if Path::new(one).exists() || looks_like_a_path(one) => (Some(one), None),
        [one] => (None, Some(one)),
        [path, id, ..] => (Some(path), Some(id)),
    };
    let model = super::load_sound(path.map(Path::new))?;
    let api = model.api();
    let found = match id {
        None => Item::All,
        Some(id) => find(api, id)?,
    };
    match format {
        Format::Text => super::print(&found.text(api)),
        Format::Json => super::print(&super::json(&found.json(api))),
    }
}

fn looks_like_a_path(text: &str) -> bool {
    text.contains(['/', '\\']) || text.ends_with(".yaml") || text.ends_with(".yml")
}

/// What is to be shown.
enum Item<'a> {
    All,
    Operation(&'a Resource, &'a Operation),
    Record(&'a Record),
    Enumeration(&'a Enumeration),
}

/// Finds an item by its id, or by its name when only one has it. The Rust name
/// is as good as the one on the wire.
fn find<'a>(api: &'a Api, id: &str) -> Result<Item<'a>, Failure> {
    let mut exact = Vec::new();
    let mut short = Vec::new();
    let mut ids = Vec::new();
    let records = api
        .records
        .iter()
        .map(|r| (r.id(), &r.name, &r.rust_name, Item::Record(r)));
    let operations = api.resources.iter().flat_map(|resource| {
        let item =
            move |o: &'a Operation| (o.id(), &o.name, &o.rust_name, Item::Operation(resource, o));
        resource.operations.iter().map(item)
    });
    let enums = api.enums.iter();
    let enums = enums.map(|e| (e.id(), &e.name, &e.rust_name, Item::Enumeration(e)));
    for (full, name, rust_name, item) in records.chain(operations).chain(enums) {
        if full == id {
            exact.push(item);
        } else if name == id || rust_name == id {
            short.push((full.clone(), item));
        }
        ids.push(full);
    }
    if let Some(item) = exact.pop() {
        return Ok(item);
    }
    if short.len() == 1
        && let Some((_, item)) = short.pop()
    {
        return Ok(item);
    }
    let message = if short.is_empty() {
        let whole = ids.iter().map(String::as_str);
        let last = ids.iter().filter_map(|id| id.rsplit('.').next());
        match icws_spec::suggest(id, whole.chain(last)) {
            Some(meant) => format!("there is no `{id}`; did you mean `{meant}`?"),
            None => format!("there is no `{id}`; `icws-spec show` lists all"),
        }
    } else {
        let candidates: Vec<&str> = short.iter().map(|(full, _)| full.as_str()).collect();
        format!("`{id}` can be {}", candidates.join(" or "))
    };
    Err(Failure::Usage(message))
}

impl Item<'_> {
    fn json(&self, api: &Api) -> serde_json::Value {
        match self {
            Item::All => export::model(api),
            Item::Operation(resource, operation) => export::operation(api, resource, operation),
            Item::Record(record) => export::record(api, record),
            Item::Enumeration(enumeration) => export::enumeration(enumeration),
        }
    }

    fn text(&self, api: &Api) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = match self {
            Item::All => overview(api, &mut out),
            Item::Operation(resource, operation) => {
                self::operation(api, resource, operation, &mut out)
            }
            Item::Record(record) => self::record(api, record, &mut out),
            Item::Enumeration(enumeration) => self::enumeration(enumeration, &mut out),
        };
        out
    }
}

fn overview(api: &Api, out: &mut String) -> std::fmt::Result {
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
        for record in api
            .records
            .iter()
            .filter(|r| r.message.is_some() == message)
        {
            writeln!(out, "  {}{}", record.id(), since(record.since.as_ref()))?;
        }
    }
    Ok(())
}

fn since(since: Option<&Since>) -> String {
    since
        .map(|since| format!("  [{since}]"))
        .unwrap_or_default()
}

/// The version of a part, when it is not that of the whole.
fn newer(part: Option<&Since>, whole: Option<&Since>) -> String {
    if part == whole {
        String::new()
    } else {
        since(part)
    }
}

fn operation(
    api: &Api,
    resource: &Resource,
    operation: &Operation,
    out: &mut String,
) -> std::fmt::Result {
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
    writeln!(out, "  {}", operation.doc)?;
    if let Some(source) = operation.source.as_ref().or(resource.source.as_ref()) {
        writeln!(out, "  Source: {source}")?;
    }
    let rust = &operation.rust_name;
    let module = operation.namespace.replace('.', "::");
    writeln!(
        out,
        "  Rust: {module}::{rust}, {rust}Builder, {rust}Response"
    )?;
    writeln!(out, "\nparameters")?;
    let width = operation
        .parameters
        .iter()
        .map(|p| p.name.len())
        .max()
        .unwrap_or_default();
    for parameter in &operation.parameters {
        let required = if parameter.required {
            "required"
        } else {
            "optional"
        };
        let origin = match parameter.origin.word() {
            Some(word) => format!("from the session ({word})"),
            None => format!("Rust: {}", parameter.rust_name),
        };
        writeln!(
            out,
            "  {:<width$}  {:<7}{:<8}{required}  {origin}{}",
            parameter.name,
            parameter.location.word(),
            export::type_name(api, &parameter.ty),
            newer(parameter.since.as_ref(), operation.since.as_ref())
        )?;
    }
    if let Some(body) = &operation.body {
        writeln!(out, "\nbody\n  {}", export::type_name(api, body))?;
    }
    writeln!(out, "\nreplies")?;
    for reply in &operation.replies {
        let body = reply
            .body
            .as_ref()
            .map(|body| format!("  body {}", export::body_name(api, body)));
        let body = body.unwrap_or_default();
        writeln!(
            out,
            "  {}{body}{}",
            reply.status,
            newer(reply.since.as_ref(), operation.since.as_ref())
        )?;
        writeln!(out, "       {}", reply.doc)?;
        for header in &reply.headers {
            let required = if header.required {
                "required"
            } else {
                "optional"
            };
            writeln!(
                out,
                "       header {}, {required}: {}",
                header.name, header.doc
            )?;
        }
        for error in &reply.errors {
            let ty = error
                .ty
                .map(|id| format!(" ({})", export::record_id(api, id)));
            writeln!(
                out,
                "       error {}{}: {}",
                error.id,
                ty.unwrap_or_default(),
                error.doc
            )?;
        }
        for message in &reply.messages {
            writeln!(out, "       message {}", export::record_id(api, *message))?;
        }
    }
    Ok(())
}

fn record(api: &Api, record: &Record, out: &mut String) -> std::fmt::Result {
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
    writeln!(out, "  {}", record.doc)?;
    if let Some(source) = &record.source {
        writeln!(out, "  Source: {source}")?;
    }
    if let Some(urn) = &record.urn {
        writeln!(out, "  __type: {urn}")?;
    }
    writeln!(
        out,
        "  Rust: {}::{}",
        record.namespace.replace('.', "::"),
        record.rust_name
    )?;
    if let Some(base) = record.base {
        writeln!(out, "  derives from {}", export::record_id(api, base))?;
    }
    if record.is_abstract {
        writeln!(out, "  abstract: only what derives from it travels")?;
    }
    if !record.options.is_empty() {
        let options: Vec<String> = record
            .options
            .iter()
            .map(|id| export::record_id(api, *id))
            .collect();
        writeln!(out, "  options: {}", options.join(", "))?;
    }
    if let Some(delta) = record
        .message
        .as_ref()
        .and_then(|message| message.delta.as_ref())
    {
        let name = |index: usize| record.properties.get(index).map_or("", |p| p.name.as_str());
        writeln!(
            out,
            "  delta: flag {}, key {}, merged into {}",
            name(delta.flag),
            delta.key.map_or("none", name),
            delta.state_rust_name
        )?;
    }
    writeln!(out, "\nproperties")?;
    let width = record
        .properties
        .iter()
        .map(|p| p.name.len())
        .max()
        .unwrap_or_default();
    for property in &record.properties {
        let required = match (property.required, property.conditional) {
            (true, _) => "required",
            (false, true) => "conditional",
            (false, false) => "optional",
        };
        let null = if property.nullable { " or null" } else { "" };
        let ty = export::type_name(api, &property.ty) + null;
        writeln!(
            out,
            "  {:<width$}  {ty:<9}{required}  {}{}",
            property.name,
            property.doc,
            newer(property.since.as_ref(), record.since.as_ref())
        )?;
    }
    Ok(())
}

fn enumeration(enumeration: &Enumeration, out: &mut String) -> std::fmt::Result {
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
    writeln!(out, "  {}", enumeration.doc)?;
    if let Some(source) = &enumeration.source {
        writeln!(out, "  Source: {source}")?;
    }
    let module = enumeration.namespace.replace('.', "::");
    writeln!(out, "  Rust: {module}::{}", enumeration.rust_name)?;
    writeln!(out, "\nvalues")?;
    let width = enumeration
        .values
        .iter()
        .map(|value| value.name.len())
        .max()
        .unwrap_or_default();
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
