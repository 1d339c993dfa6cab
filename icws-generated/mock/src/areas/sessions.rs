//! Who is connected where, as the subscriptions to sessions tell it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::call::{Call, lists};
use super::{agreement, people, stations};
use crate::topics::{Feed, Subject};
use crate::world::World;

/// The table of sessions: those of one user at one station with one application are one
/// item, as nothing that messages say tells them apart.
pub(crate) const SESSIONS: &str = "session/sessions";

/// The number of `sessionMessageReason` for a connection that has come or gone.
const CONNECTION_CHANGE: i64 = 0;

/// Makes sure that there is something to tell of the sessions that are watched.
pub(super) fn prepare(call: &mut Call<'_>, start: &str) {
    if start.starts_with("session.subscribe") {
        call.world.tables.make(SESSIONS);
        refresh(call.world);
    }
}

/// Brings the table up to date, if anybody has asked for it.
pub(super) fn refresh(world: &mut World) {
    if !world.tables.has(SESSIONS) {
        return;
    }
    let now = connected(world);
    let gone = world.tables.ids(SESSIONS, |id, _| !now.contains_key(id));
    world.together(SESSIONS, |world| {
        for id in gone {
            world.remove(SESSIONS, &id);
        }
        for (id, item) in now {
            world.put(SESSIONS, &id, item);
        }
    });
}

/// The sessions that there are, by what tells them apart.
fn connected(world: &World) -> BTreeMap<String, Value> {
    let items = world.sessions.up().map(|session| {
        let (user, application) = (&*session.user, &*session.application);
        let station = stations::of(world, user).unwrap_or_default();
        let item = json!({
            "applicationName": application,
            // Nothing tells the name of a client's machine.
            "machineName": "",
            "stationId": { "id": station, "displayName": agreement::name_of(world, stations::KNOWN, station) },
            "userId": { "id": user, "displayName": people::name_of(world, user) },
            "reason": CONNECTION_CHANGE,
        });
        (json!([user, station, application]).to_string(), item)
    });
    items.collect()
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    (message == "sessionsMessage").then(|| Feed::items(SESSIONS, show))
}

/// The sessions of the users, or at the stations, that are watched. No station of this
/// server is on a layout.
fn show(subject: &Subject, _: &str, item: &Value) -> Option<Value> {
    let is_one_of = |list: &str, property: &str| {
        let id = item[property]["id"].as_str().unwrap_or_default();
        lists(&subject.body, list, id)
    };
    let is_watched = is_one_of("userIds", "userId") || is_one_of("stationIds", "stationId");
    is_watched.then(|| item.clone())
}
