//! The rules by which deltas go into what is known, over JSON: what the merge of
//! the runtime is held against, and nothing of it.

use std::collections::BTreeMap;

use icws_spec::Api;
use icws_spec::api::{DeltaRule, Property, Record, RecordId, Type};
use serde_json::{Map, Value, json};

use crate::values::stripped;

type Object = Map<String, Value>;

/// The properties of a delta message that bring items to its collection.
#[derive(Debug, Clone)]
pub struct Collection {
    /// The name under which a state has the items.
    pub name: String,
    /// The type of the items; of texts none.
    pub item: Option<RecordId>,
    /// Whether it is a map, whose keys are data.
    pub is_map: bool,
}

impl Collection {
    pub fn of(record: &Record) -> Option<Collection> {
        let by = |rule| record.properties.iter().find(|p| p.delta == Some(rule));
        let property = by(DeltaRule::Added).or_else(|| by(DeltaRule::Changed))?;
        Some(Collection {
            name: property.name.clone(),
            item: property.ty.record(),
            is_map: matches!(property.ty, Type::Map(_)),
        })
    }

    /// The items of a state by what tells them apart.
    pub fn items(&self, api: &Api, state: &Value) -> BTreeMap<String, Value> {
        match state.get(&self.name) {
            Some(Value::Object(entries)) => {
                let entries = entries.iter();
                entries.map(|(k, v)| (k.clone(), v.clone())).collect()
            }
            Some(Value::Array(items)) => {
                let items = items.iter();
                items
                    .map(|item| (key(api, self.item, item), item.clone()))
                    .collect()
            }
            _ => BTreeMap::new(),
        }
    }

    /// The key of an item as the runtime tells it, in the form of [`key`].
    pub fn told(&self, api: &Api, text: &str) -> String {
        let Some(id) = self.item.filter(|_| !self.is_map) else {
            return text.to_owned();
        };
        let paths = &api[id].identity;
        let parts: Vec<String> = match paths.len() {
            1 => vec![text.to_owned()],
            _ => serde_json::from_str(text).unwrap(),
        };
        assert_eq!(parts.len(), paths.len(), "{text}");
        let parts = paths.iter().zip(parts).map(|(path, part)| {
            let mut ty = Type::Record(id);
            for step in path {
                let mut properties = api[ty.record().unwrap()].properties.iter();
                ty = properties.find(|p| p.name == *step).unwrap().ty.clone();
            }
            if ty.is_text() {
                json!(part)
            } else {
                stripped(&serde_json::from_str(&part).unwrap())
            }
        });
        Value::Array(parts.collect()).to_string()
    }
}

/// What tells an item apart: of a text the text, of an object its identity.
pub fn key(api: &Api, record: Option<RecordId>, item: &Value) -> String {
    let Some(id) = record.filter(|_| item.is_object()) else {
        return match item {
            Value::String(text) if record.is_none() => text.clone(),
            // What leaves by the text alone of its identity.
            other => Value::Array(vec![other.clone()]).to_string(),
        };
    };
    let parts = api[id].identity.iter().map(|path| {
        let value = path.iter().fold(item, |value, step| &value[step.as_str()]);
        stripped(value)
    });
    Value::Array(parts.collect()).to_string()
}

/// Applies a message to a state. `flag` and `key` are the names of the properties
/// that are no part of it.
pub fn apply(api: &Api, record: &Record, state: &mut Object, delta: &Object, omit: &[&str]) {
    for (name, value) in delta {
        let property = record.properties.iter().find(|p| p.name == *name);
        let rule = property.and_then(|property| property.delta);
        let replaces = matches!(rule, None | Some(DeltaRule::Replace));
        if replaces && !omit.contains(&name.as_str()) {
            put(state, name, value);
        }
    }
    let there = record.properties.iter();
    let mut ruled: Vec<(DeltaRule, &Property, &Value)> = there
        .filter_map(|property| Some((property.delta?, property, delta.get(&property.name)?)))
        .collect();
    ruled.sort_by_key(|(rule, ..)| *rule);
    let collection = Collection::of(record);
    for (rule, property, value) in ruled {
        let name = &property.name;
        match (rule, &property.ty, &collection) {
            (DeltaRule::Merge, Type::Record(id), _) => {
                let known = entry(state, name, json!({}));
                part(&api[*id], known.as_object_mut().unwrap(), value);
            }
            (DeltaRule::Merge | DeltaRule::Append, ..) => extend(state, name, value),
            (DeltaRule::Added | DeltaRule::Changed | DeltaRule::Removed, _, Some(collection)) => {
                items(api, collection, rule, state, value);
            }
            _ => {}
        }
    }
}

/// Applies what came of an object to it.
fn part(record: &Record, known: &mut Object, patch: &Value) {
    let patch = patch.as_object().unwrap();
    let by = |rule| record.properties.iter().find(|p| p.delta == Some(rule));
    let find = |name: &String| record.properties.iter().find(|p| p.name == *name);
    let rule = |name: &String| find(name)?.delta;
    let must = |name: &String| find(name).is_some_and(|property| property.required);
    let mut there: Vec<_> = patch.iter().collect();
    there.sort_by_key(|(name, _)| rule(name));
    for (name, value) in there {
        match rule(name) {
            _ if name == "__type" => {}
            Some(DeltaRule::Merge | DeltaRule::Append) => extend(known, name, value),
            Some(DeltaRule::Added) => {
                let texts = entry(known, name, json!([])).as_array_mut().unwrap();
                for text in value.as_array().unwrap() {
                    if !texts.contains(text) {
                        texts.push(text.clone());
                    }
                }
            }
            Some(DeltaRule::Removed) => {
                let added = &by(DeltaRule::Added).unwrap().name;
                let texts = entry(known, added, json!([])).as_array_mut().unwrap();
                texts.retain(|text| !value.as_array().unwrap().contains(text));
            }
            // What must be there is there with nothing.
            _ if value.is_null() && must(name) => {
                known.insert(name.clone(), Value::Null);
            }
            _ => put(known, name, value),
        }
    }
}

fn items(api: &Api, collection: &Collection, rule: DeltaRule, state: &mut Object, value: &Value) {
    let id = collection.item;
    if let Value::Object(entries) = value {
        let known = entry(state, &collection.name, json!({}));
        let known = known.as_object_mut().unwrap();
        for (name, value) in entries {
            match known.get_mut(name) {
                Some(Value::Object(known)) if rule == DeltaRule::Changed => {
                    part(&api[id.unwrap()], known, value);
                }
                _ => put(known, name, value),
            }
        }
        return;
    }
    let empty = if collection.is_map {
        json!({})
    } else {
        json!([])
    };
    let known = entry(state, &collection.name, empty);
    let Value::Array(known) = known else {
        for text in value.as_array().unwrap() {
            known
                .as_object_mut()
                .unwrap()
                .remove(text.as_str().unwrap());
        }
        return;
    };
    for item in value.as_array().unwrap() {
        let wanted = key(api, id, item);
        let position = known.iter().position(|item| key(api, id, item) == wanted);
        match (rule, position) {
            (DeltaRule::Removed, Some(position)) => {
                known.remove(position);
            }
            (DeltaRule::Removed, None) => {}
            (DeltaRule::Changed, Some(position)) if item.is_object() => {
                let known = known[position].as_object_mut().unwrap();
                part(&api[id.unwrap()], known, item);
            }
            (_, Some(position)) => known[position] = item.clone(),
            (_, None) => known.push(item.clone()),
        }
    }
}

fn put(object: &mut Object, name: &str, value: &Value) {
    if value.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value.clone());
    }
}

fn entry<'a>(object: &'a mut Object, name: &str, empty: Value) -> &'a mut Value {
    object.entry(name).or_insert(empty)
}

fn extend(object: &mut Object, name: &str, value: &Value) {
    match value {
        Value::Array(new) => {
            let known = entry(object, name, json!([]));
            known.as_array_mut().unwrap().extend(new.iter().cloned());
        }
        Value::Object(new) => {
            let known = entry(object, name, json!({})).as_object_mut().unwrap();
            known.extend(new.iter().map(|(k, v)| (k.clone(), v.clone())));
        }
        _ => {}
    }
}

/// A state in the form in which two are compared.
pub fn normal(api: &Api, record: &Record, omit: &[&str], state: &Value) -> Value {
    let mut state = stripped(state);
    let object = state.as_object_mut().unwrap();
    // A map without entries is none.
    object.retain(|name, value| *value != json!({}) && !omit.contains(&name.as_str()));
    if let Some(collection) = Collection::of(record)
        && let Some(Value::Array(items)) = object.get_mut(&collection.name)
    {
        items.sort_by_cached_key(|item| key(api, collection.item, item));
    }
    state
}
