//! `icws-spec show`.

mod text;

use std::path::Path;

use icws_spec::api::{Api, Enumeration, Operation, Record, Resource};
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
            Item::All => text::overview(api, &mut out),
            Item::Operation(resource, operation) => {
                text::operation(api, resource, operation, &mut out)
            }
            Item::Record(record) => text::record(api, record, &mut out),
            Item::Enumeration(enumeration) => text::enumeration(enumeration, &mut out),
        };
        // Columns that are empty at the end of a line leave blanks behind.
        out.lines()
            .flat_map(|line| [line.trim_end(), "\n"])
            .collect()
    }
}
