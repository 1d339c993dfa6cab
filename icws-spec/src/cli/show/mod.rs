//! `icws-spec show`.

mod text;

use std::path::Path;

use icws_spec::api::{EnumId, RecordId};
use icws_spec::plan::{Plan, PlannedOperation};
use icws_spec::{Selection, export};

use super::{Failure, Format};

pub fn run(what: &[String], selection: &Selection, format: Format) -> Result<(), Failure> {
    // `show ID` of the shipped model and `show MODEL` look alike; a path wins.
    let (path, id) = match what {
        [] => (None, None),
        [one] if Path::new(one).exists() || looks_like_a_path(one) => (Some(one), None),
        [one] => (None, Some(one)),
        [path, id, ..] => (Some(path), Some(id)),
    };
    let model = super::select(super::load_sound(path.map(Path::new))?, selection)?;
    let plan = &model.plan();
    let found = match id {
        None => Item::All,
        Some(id) => find(plan, id)?,
    };
    match format {
        Format::Text => super::say(&found.text(plan)),
        Format::Json => super::print(&super::json(&found.json(plan))),
    }
}

fn looks_like_a_path(text: &str) -> bool {
    text == "-" || text.contains(['/', '\\']) || text.ends_with(".yaml") || text.ends_with(".yml")
}

/// What is to be shown.
enum Item<'a> {
    All,
    Operation(&'a PlannedOperation<'a>),
    Record(RecordId),
    Enumeration(EnumId),
}

/// Finds an item by its id, or by its name when only one has it. The Rust name
/// is as good as the one on the wire.
fn find<'a>(plan: &'a Plan<'a>, id: &str) -> Result<Item<'a>, Failure> {
    let mut exact = Vec::new();
    let mut short = Vec::new();
    let mut ids = Vec::new();
    let records = plan.structs.entries().map(|(id, planned)| {
        let (record, name) = (planned.record, &planned.path.name);
        (record.id(), &record.name, name, Item::Record(id))
    });
    let operations = plan.operations.iter().map(|planned| {
        let (operation, name) = (planned.operation, &planned.names.own.name);
        (
            operation.id(),
            &operation.name,
            name,
            Item::Operation(planned),
        )
    });
    let enums = plan.enums.entries().map(|(id, planned)| {
        let (enumeration, name) = (planned.enumeration, &planned.path.name);
        (
            enumeration.id(),
            &enumeration.name,
            name,
            Item::Enumeration(id),
        )
    });
    for (full, name, rust_name, item) in records.chain(operations).chain(enums) {
        if full == id {
            exact.push(item);
        } else if name == id || rust_name.as_str() == id {
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
    fn json(&self, plan: &Plan<'_>) -> serde_json::Value {
        match self {
            Item::All => export::model(plan),
            Item::Operation(operation) => export::operation(plan, operation),
            Item::Record(id) => export::record(plan, *id),
            Item::Enumeration(id) => export::enumeration(plan, *id),
        }
    }

    fn text(&self, plan: &Plan<'_>) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = match self {
            Item::All => text::overview(plan.api, &mut out),
            Item::Operation(operation) => text::operation(plan.api, operation, &mut out),
            Item::Record(id) => text::record(plan.api, &plan.structs[*id], &mut out),
            Item::Enumeration(id) => text::enumeration(&plan.enums[*id], &mut out),
        };
        // Columns that are empty at the end of a line leave blanks behind.
        out.lines()
            .flat_map(|line| [line.trim_end(), "\n"])
            .collect()
    }
}
