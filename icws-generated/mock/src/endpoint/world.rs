//! The tables of the world, and what can be let happen in it, over HTTP.

use bytes::Bytes;
use http::{Method, Request};
use serde_json::{Map, Value, json};

use icws_generated::runtime::Standing;

use crate::control::Control;
use crate::world::patch;

use super::fields::Fields;
use super::{Problem, found, only, unknown};

/// What a path below `/mock/world` names.
enum Place {
    Table(String),
    Item(String, String),
}

/// Tables have slashes in their names, and items may: the longest name of a table
/// counts.
fn place(control: &Control, pieces: &[&str]) -> Result<Place, Problem> {
    let path = pieces.join("/");
    let tables = control.tables();
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
            control.put(&table, &id, object(request)?.into());
            Ok(None)
        }
        ("PATCH", Place::Item(table, id)) => {
            let given = object(request)?;
            let known = control.change_item(&table, &id, |item| patch(item, given));
            found(known, "item", &id)
        }
        ("DELETE", Place::Item(table, id)) => found(control.remove(&table, &id), "item", &id),
        _ => Err(Problem::MethodNotAllowed),
    }
}

fn object(request: &Request<Bytes>) -> Result<Map<String, Value>, Problem> {
    let problem = |error| Problem::BadRequest(format!("The body is no JSON object: {error}."));
    serde_json::from_slice(request.body()).map_err(problem)
}

/// Lets a call ring.
pub(super) fn call(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let workgroup = fields.required_text("workgroup")?;
    let user = fields.text("user")?;
    let remote = fields.text("remote")?.unwrap_or_default();
    let name = fields.text("name")?.unwrap_or_default();
    fields.finish()?;
    let id = control.ring(&workgroup, user.as_deref(), &remote, &name);
    Ok(Some(json!({ "interactionId": id })))
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
    let known = match action {
        "pickup" => {
            let user = fields.required_text("user")?;
            fields.finish()?;
            control.pick_up(id, &user)
        }
        "transfer" => {
            let workgroup = fields.required_text("workgroup")?;
            fields.finish()?;
            control.transfer(id, &workgroup)
        }
        "hold" => {
            let on = fields.boolean("on")?.unwrap_or(true);
            fields.finish()?;
            control.hold(id, on)
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
    found(known, "such interaction", id)
}

/// Gives a user a status, or a station.
pub(super) fn user(
    control: &Control,
    id: &str,
    what: &str,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let known = match what {
        "status" => {
            let status = fields.required_text("statusId")?;
            fields.finish()?;
            if control.item("status/status-messages", &status).is_none() {
                return found(false, "status", &status);
            }
            control.set_status(id, &status)
        }
        "station" => {
            let station = fields.text("station")?;
            fields.finish()?;
            let known = |id: &str| control.item("configuration/stations", id).is_some();
            if let Some(station) = station.as_deref().filter(|station| !known(station)) {
                return found(false, "station", station);
            }
            control.set_station(id, station.as_deref())
        }
        _ => return Err(unknown()),
    };
    found(known, "user", id)
}

/// Sends a notification of a handler.
pub(super) fn notify(
    control: &Control,
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    let object = fields.required_text("objectId")?;
    let event = fields.required_text("eventId")?;
    let data = fields.list("data")?;
    fields.finish()?;
    let data: Vec<&str> = data.iter().filter_map(Value::as_str).collect();
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
