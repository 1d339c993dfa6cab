//! What a server has about one subject, and the messages that it sends of it.

use std::sync::Arc;

use fastrand::Rng;
use icws_spec::Api;
use icws_spec::api::{DeltaRule, Property, Record, RecordId, Type};
use serde_json::{Map, Value, json};

use crate::rules::{self, Collection};
use crate::values::Values;

/// A collection has hardly more items than this, and a list that grows is begun
/// anew when it has twice as many.
const ITEMS: usize = 8;

/// The subject of messages of one type.
pub struct World {
    record: RecordId,
    key: Option<(usize, String)>,
    state: Map<String, Value>,
    /// The state in the form in which two are compared.
    pub truth: Arc<Value>,
    /// Whether messages may leave out the key: there is no other subject.
    pub is_alone: bool,
}

/// A message, and the state that it leads to.
#[derive(Debug, Clone)]
pub struct Sent {
    pub message: Value,
    pub is_full: bool,
    pub truth: Arc<Value>,
}

impl World {
    pub fn new(api: &Api, record: RecordId, key: Option<(usize, String)>, rng: &mut Rng) -> World {
        let mut world = World {
            record,
            key,
            state: Map::new(),
            truth: Arc::default(),
            is_alone: false,
        };
        world.begin(api, rng);
        world
    }

    fn flag<'a>(&self, api: &'a Api) -> &'a str {
        let record = &api[self.record];
        &record.properties[record.delta().unwrap().flag].name
    }

    /// The properties that are no part of what is compared.
    pub fn omitted(api: &Api, record: RecordId) -> Vec<&str> {
        let record = &api[record];
        let delta = record.delta().unwrap();
        let omitted = [Some(delta.flag), delta.key];
        let omitted = omitted.into_iter().flatten();
        omitted
            .map(|i| record.properties[i].name.as_str())
            .collect()
    }

    /// All is other than it was.
    pub fn begin(&mut self, api: &Api, rng: &mut Rng) {
        let record = &api[self.record];
        self.state.clear();
        let collection = Collection::of(record);
        let mut values = Values { api, rng };
        let omitted = World::omitted(api, self.record);
        for property in &record.properties {
            let is_named = omitted.contains(&property.name.as_str());
            let leads = collection.as_ref().is_some_and(|c| c.name == property.name);
            let is_none = match property.delta {
                Some(DeltaRule::Tell) => true,
                Some(rule) => rule.is_of_items() && !leads,
                None => false,
            };
            if is_named || is_none || !property.required && values.chance(50) {
                continue;
            }
            let value = match &collection {
                Some(collection) if leads => self.items(&mut values, collection, property),
                _ => values.property(property, 0),
            };
            self.state.insert(property.name.clone(), value);
        }
        self.settle(api);
    }

    fn items(&self, values: &mut Values<'_, '_>, of: &Collection, property: &Property) -> Value {
        let count = values.rng.u64(0..4);
        let numbers: Vec<u64> = (0..count).collect();
        self.some(values, of, property, &numbers, false)
    }

    /// Items, whole or in part, with these numbers.
    fn some(
        &self,
        values: &mut Values<'_, '_>,
        of: &Collection,
        property: &Property,
        numbers: &[u64],
        partly: bool,
    ) -> Value {
        let record = property.ty.record();
        let items = numbers.iter().map(|number| {
            let Some(id) = record else {
                return json!(format!("i{number}"));
            };
            let mut item = values.record(id, 1);
            if partly {
                item = self.part(values, id, of.item.unwrap_or(id));
            }
            if !of.is_map {
                values.identify(&mut item, id, *number);
            }
            item
        });
        let items: Vec<Value> = items.collect();
        if !matches!(property.ty, Type::Map(_)) {
            return Value::Array(items);
        }
        let entries = numbers.iter().map(|number| format!("i{number}"));
        Value::Object(entries.zip(items).collect())
    }

    /// Some properties of an object, some of them taken back, which may be a part of
    /// another one that must have them.
    fn part(&self, values: &mut Values<'_, '_>, id: RecordId, of: RecordId) -> Value {
        let mut part = Map::new();
        let record = &values.api[id];
        if let (true, Some(urn)) = (record.is_typed, &record.urn) {
            part.insert("__type".to_owned(), json!(urn));
        }
        let count = u32::try_from(record.properties.len()).unwrap().max(1);
        for property in &record.properties {
            if !values.chance((300 / count).min(40)) {
                continue;
            }
            let is_whole = matches!(property.delta, None | Some(DeltaRule::Replace));
            let mut known = values.api[of].properties.iter();
            let must = known.any(|known| known.name == property.name && known.required);
            let value = if !property.required && !must && is_whole && values.chance(25) {
                Value::Null
            } else {
                values.property(property, 1)
            };
            part.insert(property.name.clone(), value);
        }
        Value::Object(part)
    }

    fn settle(&mut self, api: &Api) {
        let omitted = World::omitted(api, self.record);
        let state = Value::Object(self.state.clone());
        self.truth = Arc::new(rules::normal(api, &api[self.record], &omitted, &state));
    }

    fn send(
        &self,
        api: &Api,
        mut message: Map<String, Value>,
        is_full: bool,
        rng: &mut Rng,
    ) -> Sent {
        let record = &api[self.record];
        message.insert("__type".to_owned(), json!(record.urn));
        message.insert(self.flag(api).to_owned(), json!(!is_full));
        if let Some((property, key)) = &self.key {
            let property = &record.properties[*property];
            if property.required || !self.is_alone || rng.bool() {
                message.insert(property.name.clone(), json!(key));
            }
        }
        Sent {
            message: Value::Object(message),
            is_full,
            truth: Arc::clone(&self.truth),
        }
    }

    /// The message with all there is.
    pub fn full(&self, api: &Api, rng: &mut Rng) -> Sent {
        let mut message = self.state.clone();
        for property in &api[self.record].properties {
            if property.required && !message.contains_key(&property.name) {
                let nothing = match property.ty {
                    Type::List(_) => json!([]),
                    Type::Map(_) => json!({}),
                    // The state has what must be there, unless it is null.
                    _ => Value::Null,
                };
                message.insert(property.name.clone(), nothing);
            }
        }
        for name in World::omitted(api, self.record) {
            message.remove(name);
        }
        self.send(api, message, true, rng)
    }

    /// Changes something, and returns the message that tells it.
    pub fn change(&mut self, api: &Api, rng: &mut Rng) -> Sent {
        let record = &api[self.record];
        let long = |value: &Value| value.as_array().is_some_and(|list| list.len() > 2 * ITEMS);
        if rng.u32(0..100) < 3 || self.state.values().any(long) {
            self.begin(api, rng);
            return self.full(api, rng);
        }
        let omitted = World::omitted(api, self.record);
        let mut values = Values { api, rng };
        let mut delta = Map::new();
        for property in &record.properties {
            if omitted.contains(&property.name.as_str()) {
                continue;
            }
            if let Some(value) = self.changed(&mut values, record, property) {
                delta.insert(property.name.clone(), value);
            }
        }
        // A newer server knows more.
        if values.chance(3) {
            delta.insert("xNewer".to_owned(), json!(values.rng.u8(..)));
        }
        rules::apply(api, record, &mut self.state, &delta, &omitted);
        self.settle(api);
        self.send(api, delta, false, rng)
    }

    /// What a delta says of a property, if it does.
    fn changed(
        &self,
        values: &mut Values<'_, '_>,
        record: &Record,
        property: &Property,
    ) -> Option<Value> {
        let known = self.state.get(&property.name);
        let is_there = property.required || values.chance(40);
        match (property.delta, &property.ty) {
            (None | Some(DeltaRule::Replace), _) => {
                if property.required && values.chance(60) {
                    return Some(known.cloned().unwrap_or_default());
                }
                if !property.required && (!is_there || values.chance(40)) {
                    return (is_there || values.chance(10)).then_some(Value::Null);
                }
                Some(values.property(property, 0))
            }
            (Some(DeltaRule::Tell), _) => is_there.then(|| values.property(property, 0)),
            (Some(DeltaRule::Merge), Type::Record(id)) => {
                is_there.then(|| self.part(values, *id, *id))
            }
            (Some(DeltaRule::Merge | DeltaRule::Append), _) => {
                let value = is_there.then(|| values.value(&property.ty, 0))?;
                Some(if values.chance(20) {
                    empty(&property.ty)
                } else {
                    value
                })
            }
            (Some(rule), _) => {
                let collection = Collection::of(record)?;
                let numbers = self.numbers(values, record, rule, &collection);
                if numbers.is_empty() && !is_there {
                    return None;
                }
                let partly = |number: u64| {
                    rule == DeltaRule::Changed && self.has(values.api, &collection, number)
                };
                let (parts, wholes): (Vec<u64>, Vec<u64>) =
                    numbers.into_iter().partition(|number| partly(*number));
                let parts = self.some(values, &collection, property, &parts, true);
                let wholes = self.some(values, &collection, property, &wholes, false);
                Some(joined(parts, wholes))
            }
        }
    }

    fn has(&self, api: &Api, of: &Collection, number: u64) -> bool {
        match self.state.get(&of.name) {
            Some(Value::Object(entries)) => entries.contains_key(&format!("i{number}")),
            Some(Value::Array(items)) => {
                let mut item = json!(format!("i{number}"));
                if let Some(id) = of.item {
                    item = json!({});
                    let rng = &mut Rng::with_seed(0);
                    Values { api, rng }.identify(&mut item, id, number);
                }
                let key = rules::key(api, of.item, &item);
                items
                    .iter()
                    .any(|item| rules::key(api, of.item, item) == key)
            }
            _ => false,
        }
    }

    /// Which items a delta has: known ones to change or remove, others to add.
    fn numbers(
        &self,
        values: &mut Values<'_, '_>,
        record: &Record,
        rule: DeltaRule,
        of: &Collection,
    ) -> Vec<u64> {
        let count = values.rng.usize(0..3);
        let by = |rule| record.properties.iter().find(|p| p.delta == Some(rule));
        let adds = match rule {
            DeltaRule::Added => true,
            // What came in part before may come whole, if it is of one type.
            DeltaRule::Changed => {
                let own = by(rule).and_then(|p| p.ty.record());
                own == of.item && (by(DeltaRule::Added).is_none() || values.chance(10))
            }
            _ => values.chance(10),
        };
        let mut numbers: Vec<u64> = (0..count)
            .map(|_| values.rng.u64(0..ITEMS as u64))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let again = values.chance(20);
        numbers.retain(|number| match (rule, self.has(values.api, of, *number)) {
            (DeltaRule::Added, has) => !has || again,
            (_, has) => has || adds,
        });
        numbers
    }
}

fn empty(ty: &Type) -> Value {
    match ty {
        Type::Map(_) => json!({}),
        _ => json!([]),
    }
}

fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Array(mut one), Value::Array(other)) => {
            one.extend(other);
            Value::Array(one)
        }
        (Value::Object(mut one), Value::Object(other)) => {
            one.extend(other);
            Value::Object(one)
        }
        (one, _) => one,
    }
}
