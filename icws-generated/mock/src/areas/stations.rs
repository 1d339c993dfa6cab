//! The station that a session is on.

use http::header::LOCATION;
use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::World;

/// The table of stations by the users who are on them: where users are known by
/// their names, each of them is on one station.
pub(crate) const STATIONS: &str = "connection/station";
/// The stations that there are.
pub(crate) const KNOWN: &str = "configuration/stations";

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("connection.getStation", get),
    ("connection.connectStation", connect),
    ("connection.disconnectStation", disconnect),
];

/// The numbers of `stationSettingsType`.
const NONE: i64 = 0;
const WORKSTATION: i64 = 1;
const REMOTE_WORKSTATION: i64 = 2;
const REMOTE_NUMBER: i64 = 3;

fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = call.user.clone();
    match call.world.tables.get(STATIONS, &user) {
        Some(station) if station["stationSetting"] != json!(NONE) => {
            Ok(Answer::body(Value::clone(station)))
        }
        _ => Err(Refusal::on_no_station()),
    }
}

fn connect(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let kind = call.text("__type").unwrap_or_default();
    let kind = kind.rsplit(':').next().unwrap_or_default().to_owned();
    let number = call.text("remoteNumber").map(str::to_owned);
    let station = call.text("workstation").unwrap_or_default().to_owned();
    let (id, setting) = match kind.as_str() {
        "remoteNumberSettings" => (number.clone().unwrap_or_default(), REMOTE_NUMBER),
        "remoteWorkstationSettings" => (station, REMOTE_WORKSTATION),
        "workstationSettings" => (station, WORKSTATION),
        _ => (String::new(), NONE),
    };
    let is_station = matches!(setting, WORKSTATION | REMOTE_WORKSTATION);
    if is_station && call.world.tables.get(KNOWN, &id).is_none() {
        return Err(Refusal::no_station(&id));
    }
    let mut information = json!({ "id": id, "extension": id, "stationSetting": setting });
    if let Some(number) = number {
        information["remoteNumber"] = json!(number);
    }
    if let Some(types) = call
        .body
        .get("supportedMediaTypes")
        .filter(|types| !types.is_null())
    {
        information["allowedMediaTypes"] = types.clone();
    }
    let user = call.user.clone();
    call.world.put(STATIONS, &user, information);
    super::statuses::at_station(call.world, &user, is_station.then_some(&*id));
    Ok(Answer::done().header(LOCATION, call.path))
}

fn disconnect(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = call.user.clone();
    if call.world.tables.get(STATIONS, &user).is_some() {
        leave(call.world, &user);
    }
    Ok(Answer::done())
}

/// Takes a user off the station.
pub(crate) fn leave(world: &mut World, user: &str) {
    world.put(STATIONS, user, no_station());
    super::statuses::at_station(world, user, None);
}

/// Takes all users off a station that is there no more.
pub(crate) fn close(world: &mut World, station: &str) {
    let is_there = |user: &str| of(world, user) == Some(station);
    let users = world.tables.ids(STATIONS, |user, _| is_there(user));
    world.together(super::statuses::USERS, |world| {
        users.iter().for_each(|user| leave(world, user));
    });
}

/// What is said of a user who is on no station.
pub(crate) fn no_station() -> Value {
    json!({ "id": "", "extension": "", "stationSetting": NONE })
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    (message == "stationConnectionStateChangeMessage")
        .then(|| Feed::one(STATIONS, own, |_, item| json!({ "newStationInfo": item })))
}

fn own(subject: &Subject) -> String {
    subject.owner.clone().unwrap_or_default()
}

/// The station that a user is on.
pub(crate) fn of<'w>(world: &'w World, user: &str) -> Option<&'w str> {
    let station = world.tables.get(STATIONS, user)?;
    let setting = station["stationSetting"].as_i64();
    let is_station = matches!(setting, Some(WORKSTATION | REMOTE_WORKSTATION));
    station["id"].as_str().filter(|_| is_station)
}

/// Puts a user on a station.
pub(crate) fn place(world: &mut World, user: &str, station: &str) {
    let information = json!({
        "id": station,
        "extension": station,
        "stationSetting": WORKSTATION,
    });
    world.put(STATIONS, user, information);
    super::statuses::at_station(world, user, Some(station));
}
