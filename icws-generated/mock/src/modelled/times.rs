//! Points in time, which servers send in one form, in whatever form they came.

use std::collections::HashSet;

use icws_spec::Api;
use icws_spec::api::{Record, RecordId, Type};
use serde_json::{Map, Value};

use icws_generated::runtime::DateTime;

/// The present moment, as servers write it: `20201029T082018Z`.
pub(crate) fn now() -> String {
    compact(DateTime::from(jiff::Timestamp::now()).civil())
}

/// A moment, as servers write it.
pub(crate) fn compact(moment: jiff::civil::DateTime) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Writes the points in time of a value of a type in the compact form.
pub(crate) fn rewrite(api: &Api, ty: &Type, value: &mut Value) {
    match (ty, value) {
        (Type::Record(id), Value::Object(object)) => {
            let record = option(api, *id, object);
            for property in &record.properties {
                if let Some(value) = object.get_mut(&property.name) {
                    rewrite(api, &property.ty, value);
                }
            }
        }
        (Type::List(list), Value::Array(items)) => {
            for item in items {
                rewrite(api, &list.item, item);
            }
        }
        (Type::Map(map), Value::Object(entries)) => {
            for (_, value) in entries {
                rewrite(api, &map.value, value);
            }
        }
        (Type::DateTime, Value::String(text)) => point(text),
        // A date and a time of day stay what they are.
        (Type::Moment, Value::String(text)) if has_both(text) => point(text),
        _ => {}
    }
}

fn point(text: &mut String) {
    if let Ok(time) = text.parse::<DateTime>() {
        *text = compact(time.civil());
    }
}

/// So many digits have a date and a time of day at least.
const BOTH: usize = 12;

fn has_both(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= BOTH
}

/// The record itself, or the one that derives from it.
fn option<'a>(api: &'a Api, id: RecordId, object: &Map<String, Value>) -> &'a Record {
    let record = &api[id];
    let urn = object.get("__type").and_then(Value::as_str);
    let mut options = record.options.iter().map(|id| &api[*id]);
    let option = urn.and_then(|urn| options.find(|option| option.urn.as_deref() == Some(urn)));
    option.unwrap_or(record)
}

/// Returns true if there are points in time in values of a type.
pub(crate) fn are_in(api: &Api, ty: &Type) -> bool {
    fn look<'a>(api: &'a Api, ty: &'a Type, seen: &mut HashSet<RecordId>) -> bool {
        match ty {
            Type::DateTime | Type::Moment => true,
            Type::List(list) => look(api, &list.item, seen),
            Type::Map(map) => look(api, &map.value, seen),
            Type::Record(id) if seen.insert(*id) => {
                let record = &api[*id];
                let options = record.options.iter().map(|id| &api[*id]);
                let records: Vec<&Record> = options.chain([record]).collect();
                let mut properties = records.iter().flat_map(|record| &record.properties);
                properties.any(|property| look(api, &property.ty, seen))
            }
            _ => false,
        }
    }
    look(api, ty, &mut HashSet::new())
}
