//! The models of the server, item by item, as `icws-spec show --format json` has them.

use std::collections::BTreeMap;

use icws_spec::export;
use icws_spec::plan::Plan;
use serde_json::{Map, Value, json};

use crate::modelled::Modelled;
use crate::settings::Settings;

/// The operations and types of the models, by their ids.
pub(crate) struct Reference {
    operations: BTreeMap<String, Value>,
    types: BTreeMap<String, Value>,
}

/// What the list of an item has, of what the item has.
const LISTED: &[&str] = &["id", "kind", "method", "path", "urn", "doc", "since"];

impl Reference {
    /// Of the shipped model and of the loaded one. What both have is that of the shipped
    /// one, which the server carries out.
    pub fn new(settings: &Settings) -> Self {
        let mut reference = Reference {
            operations: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        let loaded = settings.loaded.iter();
        for model in std::iter::once(settings.shipped).chain(loaded) {
            reference.add(model);
        }
        reference
    }

    fn add(&mut self, model: &Modelled) {
        let plan: Plan<'_> = model.plan();
        let mut model = export::model(&plan);
        for kind in ["operations", "enums", "objects", "messages"] {
            let known = match kind {
                "operations" => &mut self.operations,
                _ => &mut self.types,
            };
            let Some(Value::Array(items)) = model.get_mut(kind).map(Value::take) else {
                continue;
            };
            for mut item in items {
                let Some(id) = item.get("id").and_then(Value::as_str).map(str::to_owned) else {
                    continue;
                };
                if kind != "operations" {
                    item["kind"] = json!(kind.trim_end_matches('s'));
                }
                known.entry(id).or_insert(item);
            }
        }
    }

    /// What a path behind `/mock/model` names: all of them, or one. `None` if it is no such
    /// path; a problem in words if there is nothing of that name.
    pub fn show(&self, pieces: &[&str]) -> Option<Result<Value, String>> {
        let (kind, items, id) = match *pieces {
            [] => return Some(Ok(self.list())),
            ["operations", id] => ("operation", &self.operations, id),
            ["types", id] => ("type", &self.types, id),
            _ => return None,
        };
        Some(items.get(id).cloned().ok_or_else(|| {
            let meant = icws_spec::suggest(id, items.keys().map(String::as_str));
            let meant = meant.map(|meant| format!(" Did you mean {meant}?"));
            let meant = meant.unwrap_or_default();
            format!("There is no {kind} {id}.{meant}")
        }))
    }

    /// All of them, with little of each.
    fn list(&self) -> Value {
        let short = |items: &BTreeMap<String, Value>| -> Vec<Value> {
            items.values().map(listed).collect()
        };
        json!({ "operations": short(&self.operations), "types": short(&self.types) })
    }
}

fn listed(item: &Value) -> Value {
    let there = LISTED.iter().filter_map(|name| {
        let value = item.get(*name)?.clone();
        Some(((*name).to_owned(), value))
    });
    Value::Object(there.collect::<Map<_, _>>())
}
