//! What a server has about one subject, and the messages that it sends of it.

use std::sync::Arc;

use fastrand::Rng;
use icws_spec::Api;
use icws_spec::api::{DeltaRule, Property, RecordId, Type};
use serde_json::{Map, Value, json};

use crate::rules::{self, Collection};
use crate::values::Values;

/// A collection has hardly more items than this, and a list that grows is begun
/// anew when it has twice as many.
pub const ITEMS: usize = 8;

/// The subject of messages of one type.
pub struct World {
    record: RecordId,
    key: Option<(usize, String)>,
    pub state: Map<String, Value>,
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
    pub fn some(
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
}
