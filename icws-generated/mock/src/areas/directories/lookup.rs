//! Looking up users, stations and workgroups by text.

use serde_json::{Value, json};

use super::edit::phone;
use super::part::matches;
use crate::areas::call::{Answer, Call};
use crate::areas::interactions::{Queue, number, queue};
use crate::areas::people::{USERS, WORKGROUPS};
use crate::areas::{agreement, configuration, stations};
use crate::refusal::Refusal;
use crate::world::World;

/// What can be looked up here: the number of `lookupEntryType`, the table, the queue
/// if it has one, and whether it takes voicemails.
const KINDS: &[(i64, &str, Option<Queue>, bool)] = &[
    (1, USERS, Some(Queue::User), true),
    (3, stations::KNOWN, None, false),
    (6, WORKGROUPS, Some(Queue::Workgroup), true),
];

/// The numbers of `lookupComparisonType`.
const EXACT: i64 = 1;
const STARTS_WITH: i64 = 2;
const CONTAINS: i64 = 3;
const WILDCARDS: i64 = 4;

/// The properties of an entry by the numbers of `lookupEntryProperty`: those that the
/// world knows.
const PROPERTIES: &[(i64, &str)] = &[(3, "displayName"), (5, "entryID"), (6, "extension")];

fn numbers(call: &Call<'_>, name: &str) -> Vec<i64> {
    let list = call.body.get(name).and_then(Value::as_array);
    let items = list.into_iter().flatten();
    items.filter_map(|item| number(Some(item))).collect()
}

/// Looks up what a text says, in any case.
pub(super) fn look_up(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kinds = numbers(call, "lookupEntryTypes");
    let properties = numbers(call, "lookupEntryProperties");
    let comparison = number(call.body.get("lookupComparisonType"));
    let text = call.text("lookupString").unwrap_or_default().to_owned();
    let wanted = text.to_lowercase();
    let fits = |entry: &Value| {
        let names = PROPERTIES.iter().filter(|(id, _)| properties.contains(id));
        let mut values = names.filter_map(|(_, name)| entry.get(*name)?.as_str());
        values.any(|value| {
            let value = value.to_lowercase();
            match comparison {
                Some(EXACT) => value == wanted,
                Some(STARTS_WITH) => value.starts_with(&wanted),
                Some(CONTAINS) => value.contains(&wanted),
                Some(WILDCARDS) => matches(&value, &wanted),
                _ => false,
            }
        })
    };
    let mut found = Vec::new();
    for (kind, table, queue, takes_voicemails) in KINDS {
        if !kinds.contains(kind) {
            continue;
        }
        configuration::fill_table(call, table);
        let entries = call.world.tables.items(table).map(|(id, item)| {
            let entry = entry(call.world, table, (id, &**item), *queue);
            (entry, takes_voicemails)
        });
        let entries = entries.filter(|(entry, _)| fits(entry));
        found.extend(entries.map(|(mut entry, takes_voicemails)| {
            entry["lookupEntryType"] = json!(kind);
            entry["voicemailCapable"] = json!(takes_voicemails);
            entry
        }));
    }
    let most = number(call.body.get("maxEntries")).unwrap_or_default();
    let most = usize::try_from(most).unwrap_or_default();
    let more = found.len() > most;
    found.truncate(most);
    Ok(Answer::body(json!({
        "lookupEntriesList": found,
        "moreEntriesMatched": more,
        "phoneNumber": phone(&text, None),
    })))
}

fn entry(world: &World, table: &str, (id, item): (&str, &Value), kind: Option<Queue>) -> Value {
    let name = agreement::name_of(world, table, id);
    let mut entry = json!({ "entryID": id, "displayName": name });
    if let Some(extension) = item.get("extension").filter(|value| value.is_string()) {
        entry["extension"] = extension.clone();
    }
    if let Some(kind) = kind {
        entry["queueID"] = queue(kind, id);
    }
    entry
}
