//! Random values by their types in the model, as JSON.

use fastrand::Rng;
use icws_spec::Api;
use icws_spec::api::{DeltaRule, List, Property, Record, RecordId, Type};
use serde_json::{Map, Value, json};

/// Objects deeper than this have nothing that is optional.
const DEPTH: u32 = 3;

/// Texts that need care on the way: empty, quoted, not of ASCII.
const TEXTS: &[&str] = &["", "a", "\"q\"\\", "Grüße\n", "x y", "日本", "null", "0"];

/// Makes values. They have no null but where a property must be there and has
/// none, and no list or map that is empty but where one must be there: neither
/// tells more than a property that is not there.
pub struct Values<'a, 'r> {
    pub api: &'a Api,
    pub rng: &'r mut Rng,
}

impl Values<'_, '_> {
    /// Returns true so many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    pub fn value(&mut self, ty: &Type, depth: u32) -> Value {
        match ty {
            Type::String | Type::Secret | Type::Uri | Type::Guid | Type::Date | Type::Time => {
                if self.chance(20) {
                    return json!(TEXTS[self.rng.usize(..TEXTS.len())]);
                }
                json!(format!("t{}", self.rng.u32(0..1000)))
            }
            Type::Boolean => json!(self.rng.bool()),
            Type::Int => json!(self.rng.i32(..)),
            Type::Long | Type::Integer => json!(self.rng.i64(-(1 << 53)..1 << 53)),
            // A half is the same in both precisions.
            Type::Float | Type::Double | Type::Number | Type::Duration => {
                json!(f64::from(self.rng.i16(..)) + 0.5)
            }
            Type::DateTime => {
                let number = self.rng.u32(..);
                let (day, hour, second) = (number % 28 + 1, number % 24, number % 60);
                json!(format!("2020-10-{day:02}T{hour:02}:20:{second:02}.000Z"))
            }
            Type::Moment => json!(format!("{:02}:30", self.rng.u32(0..24))),
            Type::Enum(id) => {
                let values = &self.api[*id].values;
                if self.chance(2) || values.is_empty() {
                    return json!(9999);
                }
                json!(values[self.rng.usize(..values.len())].number)
            }
            Type::Record(id) => self.record(*id, depth + 1),
            Type::List(list) => Value::Array(self.list(list, depth)),
            Type::Map(map) => {
                let count = self.rng.usize(1..3);
                let entries = (0..count).map(|_| {
                    let key = format!("k{}", self.rng.u32(0..6));
                    (key, self.value(&map.value, depth))
                });
                Value::Object(entries.collect())
            }
            other => panic!("a type of a new kind: {other:?}"),
        }
    }

    fn list(&mut self, list: &List, depth: u32) -> Vec<Value> {
        let least = usize::try_from(list.least).unwrap().max(1);
        let count = self.rng.usize(least..least + 2);
        (0..count).map(|_| self.value(&list.item, depth)).collect()
    }

    /// An object, or one of those that may stand in its place.
    pub fn record(&mut self, id: RecordId, depth: u32) -> Value {
        let options = &self.api[id].options;
        let id = match options.len() {
            0 => id,
            count => options[self.rng.usize(..count)],
        };
        let record = &self.api[id];
        let mut object = Map::new();
        if let (true, Some(urn)) = (record.is_typed, &record.urn) {
            object.insert("__type".to_owned(), json!(urn));
        }
        let likely = likely(record, depth);
        for property in &record.properties {
            // What only leaves has nothing to leave yet.
            let leaves = property.delta == Some(DeltaRule::Removed);
            let identifies = record.identity.iter().any(|path| path[0] == property.name);
            let there = property.required || identifies || !leaves && self.chance(likely);
            if there {
                object.insert(property.name.clone(), self.property(property, depth));
            }
        }
        Value::Object(object)
    }

    /// The value of a property that is there.
    pub fn property(&mut self, property: &Property, depth: u32) -> Value {
        if property.required && property.nullable && self.chance(30) {
            return Value::Null;
        }
        self.value(&property.ty, depth)
    }

    /// Gives an object what tells it apart: the same number, the same values.
    pub fn identify(&self, item: &mut Value, id: RecordId, number: u64) {
        for (part, path) in self.api[id].identity.iter().enumerate() {
            let mut rng = Rng::with_seed(number * 16 + part as u64);
            let (mut within, mut slot) = (id, &mut *item);
            for (step, name) in path.iter().enumerate() {
                let properties = &self.api[within].properties;
                let property = properties.iter().find(|p| p.name == *name).unwrap();
                slot = &mut slot[name.as_str()];
                if step + 1 < path.len() {
                    within = property.ty.record().unwrap();
                    if !slot.is_object() {
                        *slot = json!({});
                    }
                } else if property.ty.is_text() {
                    *slot = json!(format!("i{number}"));
                } else {
                    let (api, rng) = (self.api, &mut rng);
                    let mut values = Values { api, rng };
                    *slot = values.value(&property.ty, DEPTH);
                }
            }
        }
    }
}

/// How likely an optional property is there: of many properties few, deep down
/// none.
fn likely(record: &Record, depth: u32) -> u32 {
    if depth >= DEPTH {
        return 0;
    }
    let count = u32::try_from(record.properties.len()).unwrap().max(1);
    (400 / count).min(60) / (depth + 1)
}

/// Without what says no more than a property that is not there: null, and lists
/// without items.
pub fn stripped(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let entries = object.iter().map(|(key, value)| (key, stripped(value)));
            let entries = entries.filter(|(_, value)| !is_nothing(value));
            Value::Object(entries.map(|(key, value)| (key.clone(), value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(stripped).collect()),
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The value as servers write it: their times have another form.
pub fn on_wire(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let entries = object.iter();
            let entries = entries.map(|(key, value)| (key.clone(), on_wire(value)));
            Value::Object(entries.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(on_wire).collect()),
        Value::String(text) if text.starts_with("2020-10-") && text.ends_with(".000Z") => {
            let compact = text.replace(".000", "").replace(['-', ':'], "");
            Value::String(compact)
        }
        other => other.clone(),
    }
}
