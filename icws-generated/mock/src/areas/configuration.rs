//! Lists of the configuration: all of them work alike, so the model tells what they
//! are. Their items are what `create`, `update` and `delete` make of them.

use http::header::{CONTENT_RANGE, LOCATION};
use icws_spec::Api;
use icws_spec::api::{Operation, RecordId, Resource};
use icws_spec::plan::Plan;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::call::{Answer, Call, lists, texts};
use super::query::{self, Query};
use super::{Role, agreement, choice, people};
use crate::refusal::Refusal;
use crate::topics::{Feed, SESSION, Subject, Wording};
use crate::world::{patch, set_property};

/// The lists of the configuration.
#[derive(Debug)]
pub(crate) struct Lists {
    lists: Vec<List>,
}

/// A list: the resource of the list, and below it one for each item.
#[derive(Debug)]
struct List {
    /// Its path below that of a session, and the name of its table.
    table: String,
    /// The property of a page with the items.
    items: String,
    item: RecordId,
}

/// What is done with a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    List,
    Create,
    Get,
    Update,
    Delete,
}

/// The parts of an item that say which it is.
pub(super) const CONFIGURATION_ID: &str = "configurationId";

impl Lists {
    pub fn of(plan: &Plan<'_>) -> Self {
        let api = plan.api;
        let lists = plan.operations.iter().filter_map(|planned| {
            let paged = planned.paged.as_ref()?;
            let table = planned.resource.path.strip_prefix(SESSION)?.to_owned();
            let items = paged.items.name.clone();
            let mut properties = api[paged.item].properties.iter();
            let is_known = properties.any(|property| property.name == CONFIGURATION_ID);
            (is_known && !table.contains('{')).then_some(List {
                table,
                items,
                item: paged.item,
            })
        });
        Lists {
            lists: lists.collect(),
        }
    }

    /// The tables of the lists, with what their items are.
    pub fn tables(&self) -> impl Iterator<Item = (&str, RecordId)> {
        let lists = self.lists.iter();
        lists.map(|list| (list.table.as_str(), list.item))
    }

    fn at(&self, path: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.table == path)
    }

    /// What is done with a list by an operation.
    pub fn role(&self, resource: &Resource, operation: &Operation) -> Option<Role> {
        let path = resource.path.strip_prefix(SESSION)?;
        let of_list = self.at(path);
        let (list, act) = match (&*operation.method, of_list) {
            ("GET", Some(list)) => (list, Act::List),
            ("POST", Some(list)) => (list, Act::Create),
            (method, None) => {
                let (parent, last) = path.rsplit_once('/')?;
                let list = self.at(parent).filter(|_| last == "{id}")?;
                match method {
                    "GET" => (list, Act::Get),
                    "PUT" => (list, Act::Update),
                    "DELETE" => (list, Act::Delete),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Role::List(list, act))
    }

    /// The list that a subscription follows: their paths are alike.
    pub fn feed(&self, path: &str, api: &Api, message: RecordId) -> Option<Feed> {
        let path = path.strip_prefix("messaging/subscriptions/")?;
        let (path, _) = path.rsplit_once('/')?;
        let list = self.lists.get(self.at(path)?)?;
        let items = Wording::new(api, message, None).collection()?;
        (items.ty.record() == Some(list.item)).then(|| Feed::items(list.table.clone(), show))
    }
}

/// The items that a subscription names, or all; with the properties that it names,
/// or all.
fn show(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let list = "configurationIds";
    if !texts(&subject.body, list).is_empty() && !lists(&subject.body, list, id) {
        return None;
    }
    let names = texts(&subject.body, "properties");
    Some(match names.is_empty() {
        true => item.clone(),
        false => query::project(item, &names),
    })
}

/// Does something with a list.
pub(super) fn act(call: &mut Call<'_>, list: usize, act: Act) -> Result<Answer, Refusal> {
    let settings = call.settings;
    let list = settings.areas.lists.lists.get(list);
    let list = list.ok_or_else(Refusal::not_implemented)?;
    fill(call, list);
    match act {
        Act::List => get_all(call, list),
        Act::Create => create(call, list),
        Act::Get => {
            let (_, item) = call.known(&list.table, &call.required("id")?, "item")?;
            let names = query::names(call.parameter("select"));
            Ok(Answer::body(query::project(&item, &names)))
        }
        Act::Update => update(call, list),
        Act::Delete => {
            let (id, _) = call.known(&list.table, &call.required("id")?, "item")?;
            if let Some(user) = choice::holder(call.world, &list.table, &id) {
                let problem = format!("{id} is the status of {user}.");
                return Err(Refusal::bad_request(problem));
            }
            call.world.remove(&list.table, &id);
            people::follow(call.world, &list.table, &id);
            Ok(Answer::done())
        }
    }
}

/// So many items are made up for a list that no scenario has.
const MADE_UP: u32 = 3;

/// Fills a list that nobody has filled.
fn fill(call: &mut Call<'_>, list: &List) {
    let table = &*list.table;
    if call.world.tables.has(table) {
        return;
    }
    call.world.tables.make(table);
    let name = table.rsplit('/').next().unwrap_or_default();
    for number in 1..=MADE_UP {
        let id = format!("{name}-{number}");
        let made = call
            .settings
            .shipped
            .made_up(list.item, &[], &call.world.tables);
        let mut item = identified(table, &id, &id);
        merge(&mut item, &made.as_object().cloned().unwrap_or_default());
        item[CONFIGURATION_ID]["displayName"] = json!(id);
        call.world.put(table, &id, item);
    }
}

/// Fills the list of a table, if it is one.
pub(super) fn fill_table(call: &mut Call<'_>, table: &str) {
    let settings = call.settings;
    let lists = &settings.areas.lists;
    if let Some(list) = lists.at(table).and_then(|list| lists.lists.get(list)) {
        fill(call, list);
    }
}

fn get_all(call: &mut Call<'_>, list: &List) -> Result<Answer, Refusal> {
    let query = Query::read(call)?;
    let page = query.page(
        call.world
            .tables
            .items(&list.table)
            .map(|(_, item)| &**item),
    );
    let answer = Answer::body(json!({ &list.items: page.items }));
    Ok(match page.range {
        Some(range) => answer.header(CONTENT_RANGE, &range),
        None => answer,
    })
}

/// The id is that of the body, or the name there, or a number.
fn create(call: &mut Call<'_>, list: &List) -> Result<Answer, Refusal> {
    let given = call.body.as_object().cloned().unwrap_or_default();
    let part = |name: &str| given.get(CONFIGURATION_ID)?.get(name)?.as_str();
    let id = part("id")
        .or_else(|| part("displayName"))
        .filter(|id| !id.is_empty());
    let name = part("displayName").or(id).map(str::to_owned);
    let id = id.map_or_else(|| call.world.number().to_string(), str::to_owned);
    if call.world.tables.known(&list.table, &id).is_some() {
        let problem = format!("there is an item {id} already");
        return Err(Refusal::invalid("configurationId.id", &problem));
    }
    refers(call, list)?;
    let mut item = identified(&list.table, &id, name.as_deref().unwrap_or(&id));
    merge(&mut item, &given);
    agreement::settle(call.world, &list.table, &id, &mut item);
    call.world.put(&list.table, &id, item);
    people::follow(call.world, &list.table, &id);
    let uri = uri(&list.table, &id);
    let location = format!("/icws/{}{uri}", call.session);
    Ok(Answer::body(json!({ "id": id, "uri": uri })).header(LOCATION, &location))
}

/// Checks that there is what a body refers to.
fn refers(call: &Call<'_>, list: &List) -> Result<(), Refusal> {
    match agreement::dangling(call.world, &list.table, &call.body) {
        Some((place, problem)) => Err(Refusal::invalid(&place, &problem)),
        None => Ok(()),
    }
}

fn update(call: &mut Call<'_>, list: &List) -> Result<Answer, Refusal> {
    let (id, known) = call.known(&list.table, &call.required("id")?, "item")?;
    refers(call, list)?;
    let given = call.body.as_object().cloned().unwrap_or_default();
    let mut item = Value::clone(&known);
    merge(&mut item, &given);
    agreement::settle(call.world, &list.table, &id, &mut item);
    call.world.put(&list.table, &id, item);
    people::follow(call.world, &list.table, &id);
    Ok(Answer::body(
        json!({ "id": id, "uri": uri(&list.table, &id) }),
    ))
}

/// An item with its id and name.
pub(crate) fn identified(table: &str, id: &str, name: &str) -> Value {
    json!({ CONFIGURATION_ID: { "id": id, "displayName": name, "uri": uri(table, id) } })
}

/// Ids are names, mostly, with blanks and more in them.
fn uri(table: &str, id: &str) -> String {
    format!("/{table}/{}", utf8_percent_encode(id, SEGMENT))
}

/// All but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Sets the properties that are given; null takes one away. An item keeps its id.
pub(crate) fn merge(item: &mut Value, given: &Map<String, Value>) {
    let mut given = given.clone();
    let name = given.remove(CONFIGURATION_ID);
    let name = name.and_then(|known| known.get("displayName")?.as_str().map(str::to_owned));
    if let (Some(known), Some(name)) = (item.get_mut(CONFIGURATION_ID), name) {
        set_property(known, "displayName", name);
    }
    patch(item, given);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_an_item_is_can_be_asked_for() {
        let uri = uri("configuration/status-messages", "At Lunch/ü?");
        assert_eq!(uri, "/configuration/status-messages/At%20Lunch%2F%C3%BC%3F");
        assert!(uri.parse::<http::Uri>().is_ok());
    }
}
