//! Statistics: a small catalog whose values follow the interactions and the statuses
//! of the world.

use serde_json::{Value, json};

use super::call::Call;
use super::interactions::actions::{ALERTING, CONNECTED, OFFERING};
use super::people::WORKGROUPS;
use super::statuses;
use super::{Answer, Handler};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::World;
use crate::world::interaction::{INTERACTIONS, STATE, attribute, queues};

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

/// A statistic of a workgroup: its identifier, its name, and what counts for it.
type Statistic = (&'static str, &'static str, fn(&World, &str) -> i64);

const STATISTICS: &[Statistic] = &[
    (
        "interactionsWaiting",
        "Interactions waiting",
        |world, workgroup| {
            count(world, workgroup, |state| {
                [OFFERING, ALERTING].contains(&state)
            })
        },
    ),
    (
        "interactionsConnected",
        "Interactions connected",
        |world, workgroup| count(world, workgroup, |state| state == CONNECTED),
    ),
    ("interactions", "Interactions", |world, workgroup| {
        count(world, workgroup, |_| true)
    }),
    ("agentsAvailable", "Agents available", agents_available),
];

/// The number of `statisticValueType` for a whole number.
const INT: i64 = 0;

fn count(world: &World, workgroup: &str, counts: impl Fn(&str) -> bool) -> i64 {
    let all = world.tables.items(INTERACTIONS);
    let those = all.filter(|(_, item)| {
        let mut queues = queues(item).iter();
        queues.any(|queue| queue["queueName"] == json!(workgroup))
            && counts(attribute(item, STATE).unwrap_or_default())
    });
    i64::try_from(those.count()).unwrap_or(i64::MAX)
}

fn agents_available(world: &World, workgroup: &str) -> i64 {
    let members = world
        .tables
        .get(WORKGROUPS, workgroup)
        .map(|item| item["members"].clone());
    let members = members.as_ref().and_then(Value::as_array);
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
fn value(world: &World, key: &Value) -> Value {
    let identifier = key["statisticIdentifier"].as_str().unwrap_or_default();
    let name = identifier.strip_prefix(PREFIX);
    let statistic = STATISTICS.iter().find(|(known, ..)| Some(*known) == name);
    let items = key["parameterValueItems"].as_array();
    let mut items = items.into_iter().flatten();
    let workgroup = items.find(|item| item["parameterTypeId"] == json!(WORKGROUP));
    let workgroup = workgroup.and_then(|item| item["value"].as_str());
    match (statistic, workgroup) {
        (Some((.., counts)), Some(workgroup)) => json!({
            "__type": "urn:inin.com:statistics:statisticIntValue",
            "statisticValueType": INT,
            "value": counts(world, workgroup),
        }),
        _ => Value::Null,
    }
}

fn keys(body: &Value) -> impl Iterator<Item = &Value> {
    let keys = body.get("statisticKeys").and_then(Value::as_array);
    keys.into_iter().flatten()
}

/// Makes sure that what a subscription asks for has a value.
pub(super) fn prepare(call: &mut Call<'_>, start: &str) {
    match start {
        SUBSCRIBE => {
            for key in keys(&call.body.clone()) {
                put(call.world, key);
            }
        }
        "statistics.subscribeCatalog" if call.world.tables.get(CATALOG, ALL).is_none() => {
            let catalog = catalog();
            call.world.put(CATALOG, ALL, catalog);
        }
        _ => {}
    }
}

fn put(world: &mut World, key: &Value) {
    let value = value(world, key);
    let change = json!({ "statisticKey": key, "statisticValue": value });
    world.put(VALUES, &key.to_string(), change);
}

/// Counts anew what somebody watches.
pub(crate) fn refresh(world: &mut World) {
    let watched = world.topics.of_kind(SUBSCRIBE);
    let watched: Vec<Value> = watched
        .flat_map(|subject| keys(&subject.body).cloned())
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    for key in watched {
        if seen.insert(key.to_string())
            && key["statisticIdentifier"]
                .as_str()
                .is_some_and(|id| id.starts_with(PREFIX))
        {
            put(world, &key);
        }
    }
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

fn show(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    keys(&subject.body)
        .any(|key| key.to_string() == id)
        .then(|| item.clone())
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
