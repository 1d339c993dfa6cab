//! What is kept with recordings: tags, and attributes. Any id is that of a recording, which
//! has neither to begin with.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call, texts};
use crate::refusal::Refusal;
use crate::world::set_property;

/// The table of recordings.
const RECORDINGS: &str = "recordings";

const TAGS: &str = "tags";
const ATTRIBUTES: &str = "attributesValues";
/// What tells an attribute apart.
const NAME: &str = "attributeName";

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("recordings.getTags", |call| get(call, TAGS)),
    ("recordings.addTags", |call| {
        let given = texts(&call.body, TAGS).into_iter().map(|tag| json!(tag));
        let given = given.collect();
        add(call, TAGS, given, PartialEq::eq)
    }),
    ("recordings.deleteTags", |call| delete(call, TAGS, "tags")),
    ("recordings.getAttributes", |call| get(call, ATTRIBUTES)),
    ("recordings.setAttributes", |call| {
        let given = call.body.get(ATTRIBUTES).and_then(Value::as_array);
        let given = given.cloned().unwrap_or_default();
        add(call, ATTRIBUTES, given, |one, other| {
            one[NAME] == other[NAME]
        })
    }),
    ("recordings.deleteAttributes", |call| {
        delete(call, ATTRIBUTES, "attributeNames")
    }),
];

/// What is kept of a recording.
fn kept(call: &Call<'_>, list: &str) -> Result<(String, Vec<Value>), Refusal> {
    let id = call.required("recordingId")?;
    let known = call.world.tables.get(RECORDINGS, &id);
    let known = known.and_then(|item| item.get(list)?.as_array());
    Ok((id, known.cloned().unwrap_or_default()))
}

fn keep(call: &mut Call<'_>, id: &str, list: &str, entries: Vec<Value>) {
    let known = call.world.tables.get(RECORDINGS, id);
    let mut item = known.map_or_else(|| json!({}), |item| Value::clone(item));
    set_property(&mut item, list, entries);
    call.world.put(RECORDINGS, id, item);
}

fn get(call: &mut Call<'_>, list: &str) -> Result<Answer, Refusal> {
    let (_, entries) = kept(call, list)?;
    Ok(Answer::body(json!({ list: entries })))
}

/// Adds entries, each in place of the one that is the same, if there is one.
fn add(
    call: &mut Call<'_>,
    list: &str,
    given: Vec<Value>,
    is_same: fn(&Value, &Value) -> bool,
) -> Result<Answer, Refusal> {
    let (id, mut entries) = kept(call, list)?;
    for new in given {
        match entries.iter_mut().find(|known| is_same(known, &new)) {
            Some(known) => *known = new,
            None => entries.push(new),
        }
    }
    keep(call, &id, list, entries);
    Ok(Answer::done())
}

/// Takes away the entries that the query names, or all of them. The query is not known to
/// the model; clients in use send this one.
fn delete(call: &mut Call<'_>, list: &str, parameter: &str) -> Result<Answer, Refusal> {
    let (id, mut entries) = kept(call, list)?;
    let pairs = call
        .query
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let named = pairs.filter(|(name, _)| *name == parameter);
    let named = named.flat_map(|(_, names)| names.split(','));
    let named: Vec<String> = named
        .map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned())
        .collect();
    let is_named = |entry: &Value| {
        let name = entry.get(NAME).unwrap_or(entry);
        named.iter().any(|named| name == named)
    };
    entries.retain(|entry| !named.is_empty() && !is_named(entry));
    keep(call, &id, list, entries);
    Ok(Answer::done())
}
