//! Licences: this server has every one that is asked for.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call, texts};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::{World, set_property};

/// The table of licences by session and name.
pub(crate) const LICENSES: &str = "licenses";

/// The number of `licenseStatus` for a licence that was granted.
const AVAILABLE: i64 = 2;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("licenses.acquire", acquire),
    ("licenses.replace", replace),
    ("licenses.releaseAll", release),
    ("licenses.acquireStages", stages),
];

fn acquire(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let results = granted(call, &call.body.clone());
    Ok(Answer::body(
        json!({ "licenseOperationResultList": results }),
    ))
}

fn replace(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    release(call)?;
    acquire(call)
}

fn stages(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let stages = call
        .body
        .get("licenseStageOperationList")
        .and_then(Value::as_array)
        .cloned();
    let results = stages.into_iter().flatten().map(|stage| {
        let result = granted(call, &stage);
        json!({ "stageName": stage["stageName"], "result": result })
    });
    let results: Vec<Value> = results.collect();
    Ok(Answer::body(
        json!({ "licenseStageOperationResultList": results }),
    ))
}

/// Grants a licence to a user.
pub(crate) fn grant(world: &mut World, user: &str, name: &str) {
    let item = json!({ "name": name, "isAssigned": true });
    world.put(LICENSES, &format!("{user}/{name}"), item);
}

/// Grants the licences of a list.
fn granted(call: &mut Call<'_>, list: &Value) -> Vec<Value> {
    let names = texts(list, "licenseList");
    let results = names.into_iter().map(|name| {
        grant(call.world, &call.user, name);
        json!({
            "licenseName": name,
            "isAvailable": true,
            "licenseStatus": AVAILABLE,
            "errorDetails": "",
        })
    });
    results.collect()
}

fn release(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let prefix = format!("{}/", call.user);
    let own = call
        .world
        .tables
        .ids(LICENSES, |id, _| id.starts_with(&prefix));
    for id in own {
        call.world.change(LICENSES, &id, |item| {
            set_property(item, "isAssigned", false)
        });
    }
    Ok(Answer::done())
}

/// The licences that nobody has and nobody watches.
fn unwatched(world: &World) -> Vec<String> {
    let subjects = world.topics.of_kind(SUBSCRIBE);
    let watched = subjects.flat_map(|subject| {
        let user = subject.owner.as_deref().unwrap_or_default();
        let names = texts(&subject.body, "licenseList");
        names.into_iter().map(move |name| format!("{user}/{name}"))
    });
    let watched: HashSet<String> = watched.collect();
    world.tables.ids(LICENSES, |id, item| {
        item["isAssigned"] != json!(true) && !watched.contains(id)
    })
}

const SUBSCRIBE: &str = "licenses.subscribe";

/// Makes sure that there is something to tell of the licences that are watched.
pub(super) fn prepare(call: &mut Call<'_>, start: &str) {
    if start != SUBSCRIBE {
        return;
    }
    call.world.make_room(LICENSES, unwatched);
    for name in texts(&call.body.clone(), "licenseList") {
        let id = format!("{}/{name}", call.user);
        if call.world.tables.get(LICENSES, &id).is_none() {
            call.world
                .put(LICENSES, &id, json!({ "name": name, "isAssigned": false }));
        }
    }
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    (message == "licenseMessage").then(|| Feed::items(LICENSES, show))
}

/// The licences of the user that the subscription names.
fn show(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let (user, name) = id.split_once('/')?;
    let is_own = subject.owner.as_deref() == Some(user);
    let is_named = texts(&subject.body, "licenseList").contains(&name);
    (is_own && is_named).then(|| item.clone())
}
