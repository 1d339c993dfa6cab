//! Statistics: a small catalog whose values follow the interactions and the statuses
//! of the world.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::call::Call;
use super::people::WORKGROUPS;
use super::statuses;
use super::{Answer, Handler};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::World;
use crate::world::interaction::{
    ALERTING, CONNECTED, INTERACTIONS, OFFERING, STATE, attribute, is_of_workgroup, queues,
};

/// The tables of values by their keys, and of the catalog.
pub(crate) const VALUES: &str = "statistics/statistic-values";
const CATALOG: &str = "statistics/statistic-catalog";
/// The id of the only catalog.
const ALL: &str = "catalog";

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("statistics.retrieveParameterValues", parameter_values),
    ("statistics.queryParameterValues", query_values),
];

/// The identifiers are this server's own: those of real servers stand in their
/// catalogs.
const PREFIX: &str = "mock.workgroup:";
/// The parameter that all of them take.
const WORKGROUP: &str = "mock.workgroup";

const SUBSCRIBE: &str = "statistics.subscribeValues";

/// A statistic of a workgroup: its identifier, its name, and what it counts.
const STATISTICS: &[(&str, &str, Counted)] = &[
    (
        "interactionsWaiting",
        "Interactions waiting",
        Counted::Waiting,
    ),
    (
        "interactionsConnected",
        "Interactions connected",
        Counted::Connected,
    ),
    ("interactions", "Interactions", Counted::All),
    ("agentsAvailable", "Agents available", Counted::Agents),
];

#[derive(Clone, Copy)]
enum Counted {
    Waiting,
    Connected,
    All,
    Agents,
}

/// What is counted of the interactions of a workgroup.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    waiting: i64,
    connected: i64,
    all: i64,
}

/// Counts the interactions of the queues of workgroups.
fn count(world: &World) -> BTreeMap<&str, Counts> {
    let mut all: BTreeMap<&str, Counts> = BTreeMap::new();
    for (_, item) in world.tables.items(INTERACTIONS) {
        let state = attribute(item, STATE).unwrap_or_default();
        for queue in queues(item).iter().filter(|queue| is_of_workgroup(queue)) {
            let name = queue["queueName"].as_str().unwrap_or_default();
            let counts = all.entry(name).or_default();
            counts.all += 1;
            counts.waiting += i64::from([OFFERING, ALERTING].contains(&state));
            counts.connected += i64::from(state == CONNECTED);
        }
    }
    all
}

/// The number of `statisticValueType` for a whole number.
const INT: i64 = 0;

fn agents_available(world: &World, workgroup: &str) -> i64 {
    let workgroup = world.tables.get(WORKGROUPS, workgroup);
    let members = workgroup.and_then(|item| item["members"].as_array());
    let available = members.into_iter().flatten().filter(|member| {
        let user = member["id"].as_str().unwrap_or_default();
        let status = world.tables.get(statuses::USERS, user);
        let status = status.and_then(|status| status["statusId"].as_str());
        let status = status.and_then(|id| world.tables.get(statuses::STATUSES, id));
        status.is_some_and(|status| status["isAcdStatus"] == json!(true))
    });
    i64::try_from(available.count()).unwrap_or(i64::MAX)
}

/// The value for a key; null for what is not in the catalog.
fn value(world: &World, counts: &BTreeMap<&str, Counts>, key: &Value) -> Value {
    let identifier = key["statisticIdentifier"].as_str().unwrap_or_default();
    let name = identifier.strip_prefix(PREFIX);
    let statistic = STATISTICS.iter().find(|(known, ..)| Some(*known) == name);
    let items = key["parameterValueItems"].as_array();
    let mut items = items.into_iter().flatten();
    let workgroup = items.find(|item| item["parameterTypeId"] == json!(WORKGROUP));
    let workgroup = workgroup.and_then(|item| item["value"].as_str());
    let (Some((.., counted)), Some(workgroup)) = (statistic, workgroup) else {
        return Value::Null;
    };
    let counts = counts.get(workgroup).copied().unwrap_or_default();
    let value = match counted {
        Counted::Waiting => counts.waiting,
        Counted::Connected => counts.connected,
        Counted::All => counts.all,
        Counted::Agents => agents_available(world, workgroup),
    };
    json!({
        "__type": "urn:inin.com:statistics:statisticIntValue",
        "statisticValueType": INT,
        "value": value,
    })
}

fn keys(body: &Value) -> impl Iterator<Item = &Value> {
    let keys = body.get("statisticKeys").and_then(Value::as_array);
    keys.into_iter().flatten()
}

/// The id of the value for a key: the key in one spelling, as the order of properties means
/// nothing.
fn id(key: &Value) -> String {
    let mut key = key.clone();
    key.sort_all_objects();
    key.to_string()
}

/// The id of an item as its table has it: that of a value is a key in any spelling.
pub(crate) fn known_id<'i>(table: &str, item: &'i str) -> Cow<'i, str> {
    let key = (table == VALUES).then(|| serde_json::from_str(item).ok());
    match key.flatten() {
        Some(key) => Cow::Owned(id(&key)),
        None => Cow::Borrowed(item),
    }
}

/// Makes sure that what a subscription asks for has a value.
pub(super) fn prepare(call: &mut Call<'_>, start: &str) {
    match start {
        SUBSCRIBE => {
            call.world.make_room(VALUES, unwatched);
            let known = &call.world.tables;
            let kept = &call.world.by_hand;
            let new = |key: &&Value| {
                let id = id(key);
                is_own(key) && !kept.contains(&id) || known.get(VALUES, &id).is_none()
            };
            let body = call.body.clone();
            let new: Vec<Value> = keys(&body).filter(new).cloned().collect();
            put(call.world, new.into_iter());
        }
        "statistics.subscribeCatalog" if call.world.tables.get(CATALOG, ALL).is_none() => {
            let catalog = catalog();
            call.world.put(CATALOG, ALL, catalog);
        }
        _ => {}
    }
}

/// The keys of values that nobody watches, and that nobody has put there.
fn unwatched(world: &World) -> Vec<String> {
    let watched = world.topics.of_kind(SUBSCRIBE);
    let watched = watched.flat_map(|subject| keys(&subject.body));
    let watched: HashSet<String> = watched.map(id).collect();
    world.tables.ids(VALUES, |id, item| {
        let is_made_here = is_own(&item["statisticKey"]) || item["statisticValue"].is_null();
        is_made_here && !watched.contains(id) && !world.by_hand.contains(id)
    })
}

/// Counts for these keys.
fn put(world: &mut World, keys: impl Iterator<Item = Value>) {
    let counts = count(world);
    let values = keys.map(|key| {
        let value = value(world, &counts, &key);
        (
            id(&key),
            json!({ "statisticKey": key, "statisticValue": value }),
        )
    });
    for (id, change) in values.collect::<Vec<_>>() {
        world.put(VALUES, &id, change);
    }
}

/// Keeps a value that was set by hand until it is removed: it is counted no more.
pub(crate) fn keep(world: &mut World, table: &str, id: &str) {
    if table != VALUES {
        return;
    }
    if world.tables.get(VALUES, id).is_some() {
        world.by_hand.insert(id.to_owned());
    } else {
        world.by_hand.remove(id);
    }
}

/// Gives a statistic a value that is not counted.
pub(crate) fn set(world: &mut World, key: &Value, value: &Value) {
    let id = id(key);
    let item = json!({ "statisticKey": key, "statisticValue": value });
    world.put(VALUES, &id, item);
    keep(world, VALUES, &id);
}

/// Returns true if an item is a value that comes of counting for those who follow it.
pub(crate) fn is_counted(world: &World, table: &str, item: &str) -> bool {
    let item = &*known_id(table, item);
    let watched = world.topics.of_kind(SUBSCRIBE);
    let watched = watched.flat_map(|subject| keys(&subject.body));
    let mut counted = watched.filter(|key| is_own(key)).map(id);
    table == VALUES && !world.by_hand.contains(item) && counted.any(|known| known == item)
}

/// Counts anew what somebody watches.
pub(crate) fn refresh(world: &mut World) {
    if world.counted == world.changes {
        return;
    }
    let watched = world.topics.of_kind(SUBSCRIBE);
    let watched = watched.flat_map(|subject| keys(&subject.body));
    let watched = watched.map(|key| (id(key), key.clone()));
    let watched: BTreeMap<String, Value> = watched.collect();
    // What is none of the catalog is what somebody has put there.
    let counted = watched.into_iter();
    let counted = counted.filter(|(id, key)| is_own(key) && !world.by_hand.contains(id));
    let counted: Vec<Value> = counted.map(|(_, key)| key).collect();
    if !counted.is_empty() {
        put(world, counted.into_iter());
    }
    world.counted = world.changes;
}

/// Whether a key is of the catalog of this server.
fn is_own(key: &Value) -> bool {
    let identifier = key["statisticIdentifier"].as_str();
    identifier.is_some_and(|identifier| identifier.starts_with(PREFIX))
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    match message {
        "statisticValueMessage" => Some(Feed::items(VALUES, show)),
        "statisticCatalogMessage" => Some(Feed::one(
            CATALOG,
            |_| ALL.to_owned(),
            |_, item| item.clone(),
        )),
        _ => None,
    }
}

fn show(subject: &Subject, _: &str, item: &Value) -> Option<Value> {
    let own = item.get("statisticKey");
    let is_watched = keys(&subject.body).any(|key| Some(key) == own);
    is_watched.then(|| item.clone())
}

fn catalog() -> Value {
    let definitions = STATISTICS.iter().map(|(name, display, _)| {
        json!({
            "statisticIdentifier": format!("{PREFIX}{name}"),
            "displayString": display,
            "description": "A statistic of the mock server.",
            "unitsDisplayString": "",
            "requiredParametersDefinitions": [
                { "orderedParameterTypeList": [WORKGROUP], "shouldBeSuppressed": false }
            ],
            "statisticDefinitionData": { "precision": 0, "units": 0, "valueType": INT },
            "statisticDefinitionFlags": [],
            "drillDowns": [],
        })
    });
    json!({
        "statisticCatalogCacheTag": "1",
        "statisticCategoryList": [{
            "statisticCategoryId": "mock.workgroup",
            "displayString": "Workgroups",
            "description": "Counts of the mock server, by workgroup.",
            "statisticDefinitions": definitions.collect::<Vec<_>>(),
            "accessControlRights": [],
            "licenses": [],
        }],
        "parameterTypeDefinitions": [{
            "parameterTypeId": WORKGROUP,
            "displayString": "Workgroup",
            "description": "A workgroup of the mock server.",
            "accessControlLists": [],
            "preserveOrder": false,
        }],
    })
}

/// The values that a parameter can have: of this server's only one, the workgroups.
fn values(world: &World, parameter: &Value, filter: &str) -> Vec<Value> {
    if *parameter != json!(WORKGROUP) {
        return Vec::new();
    }
    let all = world.tables.items(WORKGROUPS).map(|(id, _)| id);
    let those = all.filter(|id| id.to_lowercase().contains(&filter.to_lowercase()));
    those
        .map(|id| json!({ "value": id, "displayString": id, "description": "" }))
        .collect()
}

fn parameter_values(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let items = call
        .body
        .get("parameterValueItems")
        .and_then(Value::as_array);
    let results = items.into_iter().flatten().filter_map(|item| {
        let parameter = item.get("parameterTypeId")?;
        let values = values(call.world, parameter, "");
        let name = parameter.as_str()?.to_owned();
        Some((name, json!({ "parameterValues": values })))
    });
    let map: serde_json::Map<String, Value> = results.collect();
    Ok(Answer::body(json!({ "parameterValuesMap": map })))
}

fn query_values(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let parameter = call
        .body
        .get("parameterTypeId")
        .cloned()
        .unwrap_or_default();
    let mut values = values(
        call.world,
        &parameter,
        call.text("filter").unwrap_or_default(),
    );
    let most = call.body.get("maxToReturn").and_then(Value::as_u64);
    values.truncate(
        most.and_then(|most| usize::try_from(most).ok())
            .unwrap_or(usize::MAX),
    );
    Ok(Answer::body(json!({ "parameterValues": values })))
}
