//! What deltas say.

use fastrand::Rng;
use icws_spec::Api;
use icws_spec::api::{DeltaRule, Property, Record, RecordId, Type};
use serde_json::{Map, Value, json};

use crate::rules::{self, Collection};
use crate::values::Values;
use crate::world::{ITEMS, World};

impl World {
    /// Some properties of an object, some of them taken back, which may be a part of
    /// another one that must have them.
    pub fn part(&self, values: &mut Values<'_, '_>, id: RecordId, of: RecordId) -> Value {
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

    /// What a delta says of a property, if it does.
    pub fn changed(
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
