//! What a message says of a change, by the rules that the model has for deltas.

use std::collections::BTreeMap;
use std::sync::Arc;

use icws_spec::Api;
use icws_spec::api::{DeltaRule, Property, Record, RecordId, Type};
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// The property of all messages that is true on a delta.
const FLAG: &str = "isDelta";

/// The messages of one type about one subject.
pub(crate) struct Wording<'a> {
    api: &'a Api,
    record: &'a Record,
    /// The property that tells the subjects apart, and its value.
    key: Option<(&'a str, &'a str)>,
}

/// What is to be said of an object that has changed.
enum Said<T> {
    Nothing,
    Part(T),
    /// A delta cannot say it.
    All,
}

impl<'a> Wording<'a> {
    pub fn new(api: &'a Api, record: RecordId, key: Option<(&'a str, &'a str)>) -> Self {
        let record = &api[record];
        Wording { api, record, key }
    }

    /// The message with these properties. Lists that must be there and say nothing
    /// are empty.
    fn message(&self, is_delta: bool, mut properties: Object) -> Value {
        let mut message = Object::new();
        message.insert("__type".to_owned(), json!(self.record.urn));
        let flag = self.record.delta().map(|delta| delta.flag);
        let flag = flag.and_then(|flag| self.record.properties.get(flag));
        let flag = flag.map_or(FLAG, |property| &property.name);
        message.insert(flag.to_owned(), json!(is_delta));
        message.extend(self.key.map(|(name, key)| (name.to_owned(), json!(key))));
        for property in &self.record.properties {
            let value = properties.remove(&property.name);
            if message.contains_key(&property.name) {
                continue;
            }
            let empty = || property.required.then(|| empty(&property.ty)).flatten();
            message.extend(
                value
                    .or_else(empty)
                    .map(|value| (property.name.clone(), value)),
            );
        }
        Value::Object(message)
    }

    fn by(&self, rule: DeltaRule) -> Option<&'a Property> {
        let mut properties = self.record.properties.iter();
        properties.find(|property| property.delta == Some(rule))
    }

    /// The property that brings items: that of new ones, or the only one.
    pub fn collection(&self) -> Option<&'a Property> {
        self.by(DeltaRule::Added)
            .or_else(|| self.by(DeltaRule::Changed))
    }

    /// All items.
    pub fn all<'i>(&self, items: impl Iterator<Item = (&'i str, Value)>) -> Value {
        let mut properties = Object::new();
        if let Some(property) = self.collection() {
            let list = match property.ty {
                Type::Map(_) => {
                    Value::Object(items.map(|(id, item)| (id.to_owned(), item)).collect())
                }
                _ => items.map(|(_, item)| item).collect(),
            };
            properties.insert(property.name.clone(), list);
        }
        self.message(false, properties)
    }

    /// The items of a message, each with what tells it apart.
    pub fn items(&self, mut message: Value) -> Vec<(String, Value)> {
        let list = self
            .collection()
            .and_then(|property| message.get_mut(&property.name));
        match list.map(Value::take) {
            Some(Value::Object(entries)) => entries.into_iter().collect(),
            Some(Value::Array(items)) => {
                let items = items
                    .into_iter()
                    .map(|item| (self.identity("", &item), item));
                items.collect()
            }
            _ => Vec::new(),
        }
    }

    /// What tells an item apart: its identity, or else its id in its table.
    fn identity(&self, id: &str, item: &Value) -> String {
        match item {
            Value::Object(_) => {
                let record = self.collection().and_then(|property| property.ty.record());
                let paths = record.map(|record| self.api[record].identity.as_slice());
                let Some(paths) = paths.filter(|paths| !paths.is_empty()) else {
                    return id.to_owned();
                };
                let steps = |path: &Vec<String>| {
                    let value = path.iter().fold(item, |value, step| &value[step.as_str()]);
                    text(value)
                };
                let parts: Vec<String> = paths.iter().map(steps).collect();
                parts.join("/")
            }
            other => text(other),
        }
    }

    /// That an item came, changed or left.
    pub fn item(&self, id: &str, before: Option<&Value>, now: Option<&Value>) -> Change {
        let mut lists = Object::new();
        match self.list(&mut lists, id, before, now) {
            Said::Nothing => Change::Nothing,
            Said::All => Change::All,
            Said::Part(()) => Change::Message(self.message(true, lists)),
        }
    }

    /// Puts an item that has changed into the list that says so.
    fn list(
        &self,
        lists: &mut Object,
        id: &str,
        before: Option<&Value>,
        now: Option<&Value>,
    ) -> Said<()> {
        let (property, value) = match (before, now) {
            (None, None) => return Said::Nothing,
            (None, Some(now)) => (self.collection(), now.clone()),
            (Some(before), None) => {
                let property = self.by(DeltaRule::Removed);
                let is_text = |ty: &Type| matches!(ty, Type::List(list) if list.item.is_text());
                let gone = match property {
                    Some(property) if is_text(&property.ty) => json!(self.identity(id, before)),
                    _ => before.clone(),
                };
                (property, gone)
            }
            (Some(before), Some(now)) if before == now => return Said::Nothing,
            (Some(before), Some(now)) => {
                let changed = self.by(DeltaRule::Changed);
                let record = changed.and_then(|property| property.ty.record());
                match record.map(|record| self.part(record, before, now)) {
                    Some(Said::Nothing) => return Said::Nothing,
                    Some(Said::Part(part)) => (changed, Value::Object(part)),
                    // What comes again comes whole.
                    _ => (self.by(DeltaRule::Added), now.clone()),
                }
            }
        };
        let Some(property) = property else {
            return Said::All;
        };
        let empty = || empty(&property.ty).unwrap_or_default();
        match lists.entry(property.name.clone()).or_insert_with(empty) {
            Value::Object(entries) => drop(entries.insert(id.to_owned(), value)),
            Value::Array(items) => items.push(value),
            _ => {}
        }
        Said::Part(())
    }

    /// What of an item a message says: what must be there, what tells it apart, and
    /// what has changed.
    fn part(&self, record: RecordId, before: &Value, now: &Value) -> Said<Object> {
        let record = &self.api[record];
        let (Some(before), Some(now)) = (before.as_object(), now.as_object()) else {
            return if before == now {
                Said::Nothing
            } else {
                Said::All
            };
        };
        let is_identity = |name: &str| {
            let mut paths = record.identity.iter();
            paths.any(|path| path.first().is_some_and(|first| first == name))
        };
        match changes(self.api, &record.properties, before, now) {
            Said::Part(mut part) => {
                for (name, value) in now {
                    let must = record
                        .properties
                        .iter()
                        .any(|p| p.name == *name && p.required);
                    if must || is_identity(name) || name == "__type" {
                        part.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
                Said::Part(part)
            }
            other => other,
        }
    }

    /// A state in full, or a message that stands for itself.
    pub fn whole(&self, state: &Value) -> Value {
        self.message(false, state.as_object().cloned().unwrap_or_default())
    }

    /// The change of a state.
    pub fn change(&self, before: &Value, now: &Value) -> Change {
        let (mut before, mut now) = (before.clone(), now.clone());
        let (old_items, new_items) = (self.take_items(&mut before), self.take_items(&mut now));
        let (Some(old), Some(new)) = (before.as_object(), now.as_object()) else {
            return Change::All;
        };
        let mut part = match changes(self.api, &self.record.properties, old, new) {
            Said::Nothing => Object::new(),
            Said::Part(part) => part,
            Said::All => return Change::All,
        };
        let gone = old_items
            .iter()
            .filter(|(id, _)| !new_items.contains_key(*id));
        let ids = gone.chain(&new_items).map(|(id, _)| id);
        for id in ids {
            let said = self.list(&mut part, id, old_items.get(id), new_items.get(id));
            if matches!(said, Said::All) {
                return Change::All;
            }
        }
        if part.is_empty() {
            return Change::Nothing;
        }
        for property in &self.record.properties {
            let is_whole = matches!(property.delta, None | Some(DeltaRule::Replace));
            let value = new
                .get(&property.name)
                .filter(|_| property.required && is_whole);
            part.extend(value.map(|value| (property.name.clone(), value.clone())));
        }
        Change::Message(self.message(true, part))
    }

    /// Takes the items out of a state.
    fn take_items(&self, state: &mut Value) -> BTreeMap<String, Value> {
        let items = self.items(state.clone()).into_iter().collect();
        let name = self.collection().map(|property| &*property.name);
        if let (Some(name), Some(state)) = (name, state.as_object_mut()) {
            state.remove(name);
        }
        items
    }
}

/// What is sent because of a change.
pub(crate) enum Change {
    Nothing,
    Message(Value),
    /// A full message.
    All,
}

impl Change {
    /// This and what is sent because of another item.
    pub fn and(self, other: Change) -> Change {
        match (self, other) {
            (Change::All, _) | (_, Change::All) => Change::All,
            (Change::Nothing, change) | (change, Change::Nothing) => change,
            (Change::Message(mut message), Change::Message(other)) => {
                append(&mut message, other);
                Change::Message(message)
            }
        }
    }
}

/// Adds a delta to another of the same type: lists and maps have the items of both.
fn append(message: &mut Value, other: Value) {
    match (message, other) {
        (Value::Array(all), Value::Array(more)) => all.extend(more),
        (Value::Object(all), Value::Object(more)) => {
            for (name, value) in more {
                match all.get_mut(&name) {
                    Some(known) => append(known, value),
                    None => drop(all.insert(name, value)),
                }
            }
        }
        (known, value) => *known = value,
    }
}

/// An item of a table that has changed.
pub(crate) struct Changed {
    pub id: String,
    pub before: Option<Arc<Value>>,
    pub now: Option<Arc<Value>>,
}

/// What has changed of an object.
fn changes(api: &Api, properties: &[Property], before: &Object, now: &Object) -> Said<Object> {
    if before == now {
        return Said::Nothing;
    }
    let mut part = Object::new();
    let names = now
        .keys()
        .chain(before.keys().filter(|name| !now.contains_key(*name)));
    for name in names {
        let (old, new) = (before.get(name), now.get(name));
        if old == new {
            continue;
        }
        // What no delta of this type can say is said in full.
        let Some(property) = properties.iter().find(|property| property.name == *name) else {
            return Said::All;
        };
        let old = old.filter(|old| !old.is_null());
        match (property.delta, old, new.filter(|new| !new.is_null())) {
            (Some(rule), ..) if rule.is_of_items() => return Said::All,
            (_, None, None) => {}
            (_, Some(_), None) => {
                if !property.nullable {
                    return Said::All;
                }
                part.insert(name.clone(), Value::Null);
            }
            (Some(DeltaRule::Append), Some(Value::Array(old)), Some(Value::Array(new))) => {
                match new.strip_prefix(&**old) {
                    Some(more) => part.insert(name.clone(), json!(more)),
                    None => return Said::All,
                };
            }
            (Some(DeltaRule::Merge), Some(old), Some(new)) => {
                match merged(api, &property.ty, old, new) {
                    Said::Part(merged) => {
                        part.insert(name.clone(), Value::Object(merged));
                    }
                    Said::Nothing => {}
                    Said::All => return Said::All,
                }
            }
            (_, _, Some(new)) => {
                part.insert(name.clone(), new.clone());
            }
        }
    }
    if part.is_empty() {
        Said::Nothing
    } else {
        Said::Part(part)
    }
}

/// What has changed of the entries of a map, or of the properties of an object.
fn merged(api: &Api, ty: &Type, old: &Value, new: &Value) -> Said<Object> {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
        return Said::All;
    };
    match ty {
        Type::Record(id) => changes(api, &api[*id].properties, old, new),
        _ if old.keys().any(|key| !new.contains_key(key)) => Said::All,
        _ => {
            let changed = new
                .iter()
                .filter(|(key, value)| old.get(*key) != Some(value));
            Said::Part(
                changed
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect(),
            )
        }
    }
}

/// A value as text: without quotes, if it is one.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A value that says nothing, of a type that can.
fn empty(ty: &Type) -> Option<Value> {
    match ty {
        Type::List(_) => Some(json!([])),
        Type::Map(_) => Some(json!({})),
        _ => None,
    }
}
