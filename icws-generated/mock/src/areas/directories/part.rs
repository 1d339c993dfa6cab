//! The part of a directory that a subscription asks for: filtered, sorted, and from one
//! place on.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::CONTACTS;
use crate::areas::call::texts;
use crate::areas::interactions::number;
use crate::topics::Subject;
use crate::world::set_property;

/// The properties of contacts by the numbers of `contactProperty`.
const PROPERTIES: &[&str] = &[
    "entryID",
    "firstName",
    "lastName",
    "extension",
    "userID",
    "department",
    "company",
    "title",
    "businessAddress",
    "businessCity",
    "businessState",
    "businessZipCode",
    "businessCountry",
    "businessEmail",
    "assistant",
    "homeCountry",
    "homeEmail",
    "businessPhone",
    "businessPhone2",
    "homePhone2",
    "mobilePhone",
    "fax",
    "pager",
    "assistantPhone",
    "primaryNumberDesignation",
    "notes",
    "displayName",
    "homeAddress",
    "homeCity",
    "homeState",
    "homeZipCode",
    "homePhone",
    "voicemailLocation",
    "workgroups",
    "ownerID",
    "alias",
    "accessRights",
    "trackerData",
    "statusURI",
    "externalPresenceProviders",
    "contactSources",
    "externalContactEntries",
    "skills",
];

/// The numbers of `contactFilterType`.
const PREFIX: i64 = 1;
const EXISTS: i64 = 2;
const EMPTY: i64 = 3;
const WILDCARDS: i64 = 4;

/// The number of `sortDirection` from last to first.
const DESCENDING: i64 = 1;

/// The contacts that a subscription asks for, each with its place among those that pass
/// the filter. Places count from 0.
pub(super) fn show(subject: &Subject, directory: &Value) -> Value {
    let contacts = directory[CONTACTS].as_object();
    let all = contacts.map_or(0, |contacts| contacts.len());
    let passes = |contact: &&Value| {
        let mut filters = list(&subject.body, "filterItems");
        filters.all(|filter| fits(contact, filter))
    };
    let contacts = contacts.into_iter().flat_map(|contacts| contacts.values());
    let mut contacts: Vec<&Value> = contacts.filter(passes).collect();
    contacts.sort_by(|one, other| compare(&subject.body, one, other));
    let filtered = contacts.len();
    let bound = |name: &str| {
        let bound = number(subject.body.get(name));
        bound.and_then(|bound| usize::try_from(bound).ok())
    };
    let first = bound("index").unwrap_or_default();
    let most = bound("count").unwrap_or(usize::MAX);
    let shown = contacts.into_iter().enumerate().skip(first).take(most);
    let shown = shown.map(|(place, contact)| {
        let mut contact = contact.clone();
        set_property(&mut contact, "index", place);
        contact
    });
    json!({
        "totalCount": all,
        "filteredCount": filtered,
        "contactsAdded": shown.collect::<Vec<Value>>(),
    })
}

fn list<'b>(body: &'b Value, name: &str) -> impl Iterator<Item = &'b Value> {
    let list = body.get(name).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The texts of a property, in lower case: of a telephone number it is that which people
/// read.
fn values(contact: &Value, item: &Value) -> Vec<String> {
    let index = number(item.get("contactProperty"));
    let index = index.and_then(|index| usize::try_from(index).ok());
    let name = index.and_then(|index| PROPERTIES.get(index).copied());
    let value = name.and_then(|name| contact.get(name));
    let all = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let texts = all.iter().filter_map(|value| match value {
        Value::String(text) => Some(text.to_lowercase()),
        Value::Object(phone) => Some(phone.get("displayString")?.as_str()?.to_lowercase()),
        Value::Null => None,
        other => Some(other.to_string()),
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// Whether a contact passes a filter: by any of its expressions, and in any case.
fn fits(contact: &Value, filter: &Value) -> bool {
    let values = values(contact, filter);
    let expressions = texts(filter, "filterExpressions");
    let any = |fits: fn(&str, &str) -> bool| {
        let mut expressions = expressions.iter().map(|text| text.to_lowercase());
        expressions.any(|expression| values.iter().any(|value| fits(value, &expression)))
    };
    match number(filter.get("filterType")) {
        Some(PREFIX) => any(|value, expression| value.starts_with(expression)),
        Some(EXISTS) => !values.is_empty(),
        Some(EMPTY) => values.is_empty(),
        Some(WILDCARDS) => any(matches),
        _ => any(|value, expression| value == expression),
    }
}

/// Whether a text is as an expression says, in which `*` stands for any text and `?` for
/// a character.
pub(super) fn matches(text: &str, expression: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let expression: Vec<char> = expression.chars().collect();
    let (mut at, mut wanted) = (0, 0);
    // Where the last `*` stands, and where the text goes on that it does not stand for.
    let mut star = None;
    while at < text.len() {
        match expression.get(wanted) {
            Some('*') => {
                star = Some((wanted, at));
                wanted += 1;
            }
            Some(next) if *next == '?' || text.get(at) == Some(next) => {
                at += 1;
                wanted += 1;
            }
            _ => match &mut star {
                Some((place, taken)) => {
                    *taken += 1;
                    at = *taken;
                    wanted = *place + 1;
                }
                None => return false,
            },
        }
    }
    let mut rest = expression.iter().skip(wanted);
    rest.all(|next| *next == '*')
}

/// The order that a subscription asks for; otherwise that of the names.
fn compare(body: &Value, one: &Value, other: &Value) -> Ordering {
    let orders = list(body, "sortItems").map(|item| {
        let order = values(one, item).cmp(&values(other, item));
        match number(item.get("sortDirection")) {
            Some(DESCENDING) => order.reverse(),
            _ => order,
        }
    });
    let name = |contact: &Value| {
        let name = contact["displayName"].as_str().unwrap_or_default();
        name.to_lowercase()
    };
    let mut orders = orders.chain([name(one).cmp(&name(other))]);
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
