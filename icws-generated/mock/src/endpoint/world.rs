//! The tables of the world, and what can be let happen in it, over HTTP.

use bytes::Bytes;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::{Method, Request};
use serde_json::{Map, Value, json};

use icws_generated::runtime::Standing;

use crate::areas::items::{self, Unfit};
use crate::areas::people::WORKGROUPS;
use crate::areas::stations;
use crate::areas::statistics::VALUES;
use crate::areas::statuses::{STATUSES, USERS};
use crate::control::{Control, version};
use crate::world::{World, patch};

use super::fields::Fields;
use super::{Problem, found, known, only, unknown};

/// What a path below `/mock/world` names.
enum Place {
    Table(String),
    Item(String, String),
}

/// Tables have slashes in their names, and items may: the longest name of a table
/// counts.
fn place(control: &Control, pieces: &[&str]) -> Result<Place, Problem> {
    let path = pieces.join("/");
    let mut tables = control.tables();
    // A value can be made before a client has asked for one.
    if !tables.iter().any(|table| table == VALUES) {
        tables.push(VALUES.to_owned());
    }
    let of = |table: &String| {
        let rest = path.strip_prefix(table.as_str())?;
        match rest.strip_prefix('/') {
            Some(id) => Some(Place::Item(table.clone(), id.to_owned())),
            None => rest.is_empty().then(|| Place::Table(table.clone())),
        }
    };
    let mut known: Vec<&String> = tables.iter().collect();
    known.sort_by_key(|table| std::cmp::Reverse(table.len()));
    known.into_iter().find_map(of).ok_or_else(|| {
        let message = format!("There is no table {path}; GET /mock/world lists them.");
        Problem::NotFound(message)
    })
}

/// Reads and changes tables.
pub(super) fn tables(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let method = request.method();
    if pieces.is_empty() {
        only(method, &Method::GET)?;
        let counts = control.counts().into_iter();
        let counts = counts.map(|(table, count)| (table, json!(count)));
        return Ok(Some(Value::Object(counts.collect())));
    }
    match (method.as_str(), place(control, pieces)?) {
        ("GET", Place::Table(table)) => {
            let items = control.items(&table).into_iter();
            Ok(Some(Value::Object(items.collect())))
        }
        ("GET", Place::Item(table, id)) => match control.item(&table, &id) {
            Some(item) => Ok(Some(item)),
            None => found(false, "item", &id),
        },
        ("PUT", Place::Item(table, id)) => {
            let item: Value = object(request)?.into();
            edit(control, request, (&table, &id), |world, id| {
                let item = items::completed(world, &table, id, item)?;
                world.put(&table, id, item);
                Ok(true)
            })
        }
        ("PATCH", Place::Item(table, id)) => {
            let given = object(request)?;
            edit(control, request, (&table, &id), |world, id| {
                let Some(known) = world.tables.get(&table, id) else {
                    return Ok(false);
                };
                let mut item = Value::clone(known);
                patch(&mut item, given);
                let item = items::completed(world, &table, id, item)?;
                world.put(&table, id, item);
                Ok(true)
            })
        }
        ("DELETE", Place::Item(table, id)) => edit(control, request, (&table, &id), |world, id| {
            items::removable(world, &table, id)?;
            Ok(world.remove(&table, id))
        }),
        _ => Err(Problem::MethodNotAllowed),
    }
}

/// Changes an item if the conditions of the request hold of it: `If-None-Match: *` where
/// there is to be none yet, `If-Match` with the `ETag` under which it was read.
fn edit(
    control: &Control,
    request: &Request<Bytes>,
    (table, id): (&str, &str),
    change: impl FnOnce(&mut World, &str) -> Result<bool, Unfit>,
) -> Result<Option<Value>, Problem> {
    let header = |name: HeaderName| request.headers().get(name);
    let is_listed = |list: &[u8], item: Option<&Value>| {
        let list = String::from_utf8_lossy(list);
        let mut list = list.split(',').map(str::trim);
        item.is_some_and(|item| list.any(|known| known == "*" || known == version(item)))
    };
    let mut problem = String::new();
    let holds = |item: Option<&Value>| {
        let is_as_read = header(IF_MATCH).is_none_or(|list| is_listed(list.as_bytes(), item));
        let is_there = header(IF_NONE_MATCH).is_some_and(|list| is_listed(list.as_bytes(), item));
        if !is_as_read {
            problem = format!("{id} has been changed since it was read, or taken away.");
        } else if is_there {
            problem = format!("There is an item {id} already.");
        }
        is_as_read && !is_there
    };
    match control.edit((table, id), holds, change)? {
        Some(known) => found(known, "item", id),
        None => Err(Problem::Precondition(problem)),
    }
}

fn object(request: &Request<Bytes>) -> Result<Map<String, Value>, Problem> {
    let problem = |error| Problem::BadRequest(format!("The body is no JSON object: {error}."));
    serde_json::from_slice(request.body()).map_err(problem)
}

/// Lets a chat begin.
pub(super) fn chat(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    arrive(control, request, false)
}

/// Lets a call ring.
pub(super) fn call(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    arrive(control, request, true)
}

/// Lets a call or a chat arrive: only a call comes from a number.
fn arrive(
    control: &Control,
    request: &Request<Bytes>,
    is_call: bool,
) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let workgroup = fields.required_text("workgroup")?;
    let user = fields.text("user")?;
    let remote = match is_call {
        true => fields.text("remote")?.unwrap_or_default(),
        false => String::new(),
    };
    let name = fields.text("name")?.unwrap_or_default();
    fields.finish()?;
    known(control, WORKGROUPS, "workgroup", &workgroup)?;
    if let Some(user) = &user {
        known(control, USERS, "user", user)?;
    }
    let arrived = match is_call {
        true => control.ring(&workgroup, user.as_deref(), &remote, &name),
        false => control.chat(&workgroup, user.as_deref(), &name),
    };
    match arrived {
        Some(id) => Ok(Some(json!({ "interactionId": id }))),
        // It was taken away meanwhile.
        None => found(false, "workgroup", &workgroup),
    }
}

/// Does something with an interaction.
pub(super) fn act(
    control: &Control,
    id: &str,
    action: &str,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    only(request.method(), &Method::POST)?;
    let mut fields = Fields::read(request.body())?;
    let is_for_open = matches!(action, "pickup" | "transfer" | "hold" | "mute" | "write");
    if is_for_open && control.has_ended(id) {
        return Err(Problem::Conflict(format!(
            "The interaction {id} has ended."
        )));
    }
    if matches!(action, "hold" | "mute") && control.is_waiting(id) {
        let message = format!("Nobody has picked the interaction {id} up.");
        return Err(Problem::Conflict(message));
    }
    let done = match action {
        "pickup" => {
            let user = fields.required_text("user")?;
            fields.finish()?;
            known(control, USERS, "user", &user)?;
            control.pick_up(id, &user)
        }
        "transfer" => {
            if let Some(user) = fields.text("user")? {
                fields.finish()?;
                known(control, USERS, "user", &user)?;
                control.transfer_to_user(id, &user)
            } else {
                let workgroup = fields.required_text("workgroup")?;
                fields.finish()?;
                known(control, WORKGROUPS, "workgroup", &workgroup)?;
                control.transfer(id, &workgroup)
            }
        }
        "hold" | "mute" => {
            let on = fields.boolean("on")?.unwrap_or(true);
            fields.finish()?;
            match action {
                "hold" => control.hold(id, on),
                _ => control.mute(id, on),
            }
        }
        "disconnect" => {
            fields.finish()?;
            control.hang_up(id)
        }
        "write" => {
            let who = fields.required_text("who")?;
            let text = fields.required_text("text")?;
            fields.finish()?;
            control.write(id, &who, &text)
        }
        _ => return Err(unknown()),
    };
    found(done, "such interaction", id)
}

/// Gives a user a status, or a station.
pub(super) fn user(
    control: &Control,
    id: &str,
    what: &str,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let done = match what {
        "status" => {
            let status = fields.required_text("statusId")?;
            fields.finish()?;
            known(control, STATUSES, "status", &status)?;
            control.set_status(id, &status)
        }
        "station" => {
            let station = fields.text("station")?;
            fields.finish()?;
            if let Some(station) = &station {
                known(control, stations::KNOWN, "station", station)?;
            }
            control.set_station(id, station.as_deref())
        }
        _ => return Err(unknown()),
    };
    found(done, "user", id)
}

/// Sends a notification of a handler.
pub(super) fn notify(
    control: &Control,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let object = fields.required_text("objectId")?;
    let event = fields.required_text("eventId")?;
    let data = fields.strings("data")?;
    fields.finish()?;
    let watched = control.notify(&object, &event, &data);
    Ok(Some(json!({ "watched": watched })))
}

/// Says how a subscription stands.
pub(super) fn stand(
    control: &Control,
    operation: &str,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    only(request.method(), &Method::POST)?;
    let mut fields = Fields::read(request.body())?;
    let standing = match &*fields.required_text("state")? {
        "normal" => Standing::Normal,
        "suspended" => Standing::Suspended,
        "faulted" => Standing::Faulted,
        other => {
            let message = format!("`state`: {other} is none of normal, suspended and faulted.");
            return Err(Problem::BadRequest(message));
        }
    };
    fields.finish()?;
    found(
        control.stand(operation, standing),
        "subscription that says so and is followed,",
        operation,
    )
}

/// Lets things happen by chance.
pub(super) fn live(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let count = fields.natural("count")?.unwrap_or(1);
    fields.finish()?;
    (0..count.min(MOST)).for_each(|_| control.live());
    Ok(None)
}

/// So many things happen at once at most: nothing else is answered meanwhile.
const MOST: u64 = 1_000;
