//! Changes by operations, as clients make them.

use std::future::Future;
use std::pin::Pin;

use fastrand::Rng;
use icws_generated::client::{ClientError, Session};
use icws_generated::runtime::__private1::Reader;
use icws_generated::runtime::Request;
use icws_generated::runtime::meta::{Location, Supplier};
use icws_generated::*;
use icws_mock::Control;
use icws_spec::Api;
use icws_spec::api::Type;
use serde_json::{Value, json};

use crate::chance::{DESK, some};
use crate::values::{Values, on_wire};

/// An operation that is on its way.
type Operating = Pin<Box<dyn Future<Output = Result<(), ClientError>> + Send>>;

/// Calls an operation with what its path names, and a body as JSON.
type Call = fn(Session, &str, Option<&Value>) -> Operating;

/// An operation with what it is called with.
pub struct Operation {
    pub id: &'static str,
    call: Call,
    key: String,
    body: Option<Value>,
}

impl Operation {
    pub async fn run(&self, session: &Session) -> Result<(), ClientError> {
        (self.call)(session.clone(), &self.key, self.body.as_ref()).await
    }
}

fn call<O>(session: Session, key: &str, body: Option<&Value>) -> Operating
where
    O: Request + Send + Sync + 'static,
{
    let mut request = O::blank();
    for (index, parameter) in O::META.parameters.iter().enumerate() {
        let is_given = parameter.supplier == Supplier::Caller;
        if is_given && parameter.location == Location::Path {
            let slot = request.parameter_mut(index).unwrap();
            slot.read_text(key).unwrap();
        }
    }
    if let (Some(slot), Some(body)) = (request.body_mut(), body) {
        let text = body.to_string();
        slot.read(&mut Reader::new(text.as_bytes())).unwrap();
    }
    Box::pin(async move { session.call(request).await.map(drop) })
}

fn operation<O>(key: &str, body: impl Into<Option<Value>>) -> Operation
where
    O: Request + Send + Sync + 'static,
{
    Operation {
        id: O::META.id,
        call: call::<O>,
        key: key.to_owned(),
        body: body.into(),
    }
}

/// The operations of a list of the configuration.
struct List {
    table: &'static str,
    create: fn(&str, Value) -> Operation,
    update: fn(&str, Value) -> Operation,
    delete: fn(&str) -> Operation,
}

macro_rules! lists {
    ($($module:ident: $table:literal,)*) => {
        &[$(List {
            table: $table,
            create: |id, body| operation::<configuration::$module::Create>(id, body),
            update: |id, body| operation::<configuration::$module::Update>(id, body),
            delete: |id| operation::<configuration::$module::Delete>(id, None),
        },)*]
    };
}

const LISTS: &[List] = lists! {
    account_codes: "configuration/account-codes",
    roles: "configuration/roles",
    skills: "configuration/skills",
    users: "configuration/users",
    workgroups: "configuration/workgroups",
    wrap_up_codes: "configuration/wrap-up-codes",
};

/// An operation by chance. Each changes the state of a subscription in one step at most:
/// a stream could tell what was true between two.
pub fn any(api: &Api, control: &Control, rng: &mut Rng) -> Operation {
    match rng.u8(..10) {
        0 => station(control, rng),
        1 => {
            // Operations may have deleted them all.
            let Some(status) = some(control, "status/status-messages", rng) else {
                return list(api, control, rng);
            };
            let notes = format!("n{}", rng.u8(..9));
            let body = json!({ "statusId": status, "notes": notes });
            operation::<status::SetUserStatus>(["agent1", "agent2"][rng.usize(..2)], body)
        }
        2..5 => list(api, control, rng),
        _ => interaction(control, rng),
    }
}

fn station(control: &Control, rng: &mut Rng) -> Operation {
    let station = some(control, "configuration/stations", rng);
    match station.filter(|station| station != DESK) {
        Some(station) if rng.bool() => {
            let body = json!({
                "__type": "urn:inin.com:connection:workstationSettings",
                "workstation": station,
            });
            operation::<connection::ConnectStation>("", body)
        }
        _ if rng.bool() => {
            let body = json!({
                "__type": "urn:inin.com:connection:remoteNumberSettings",
                "remoteNumber": rng.u8(..).to_string(),
            });
            operation::<connection::ConnectStation>("", body)
        }
        _ => operation::<connection::DisconnectStation>("", None),
    }
}

fn interaction(control: &Control, rng: &mut Rng) -> Operation {
    let id = some(control, "interactions", rng).unwrap();
    let callback = control.callbacks()[0].interaction_id.clone();
    let number = rng.u8(..).to_string();
    let on = json!({ "on": rng.bool() });
    match rng.u8(..12) {
        0 => operation::<interactions::PickUp>(&id, None),
        1 => operation::<interactions::Hold>(&id, on),
        2 => operation::<interactions::Mute>(&id, on),
        3 => {
            let target = ["Sales", "Support", "agent1"][rng.usize(..3)];
            operation::<interactions::BlindTransfer>(&id, json!({ "target": target }))
        }
        // Those two are watched, and stay.
        4 if id != "7001" && id != callback => operation::<interactions::Disconnect>(&id, None),
        5 => operation::<interactions::SendToVoicemail>(&id, None),
        6 => {
            let body = json!({ "attributes": { "Note": number, "eic_remotename": "Ada" } });
            operation::<interactions::Update>(&id, body)
        }
        7 => operation::<interactions::chat::SendMessage>(
            "7001",
            json!({ "text": number, "clearTypingIndicator": true }),
        ),
        8 => {
            // A success would take it away.
            let body = json!({ "disposition": rng.u8(1..3) });
            operation::<interactions::callback::SetDisposition>(&callback, body)
        }
        9 => create("Call", json!({ "target": format!("+1{number}") })),
        10 => {
            let body = json!({ "parentInteractionId": callback, "target": "+1" });
            create("CallbackResponseCall", body)
        }
        _ => {
            let queue = json!({ "queueType": 2, "queueName": "Sales" });
            let body = json!({ "target": "+1", "targetQueue": queue, "subject": number });
            create("Callback", body)
        }
    }
}

/// Makes an interaction of a medium.
fn create(medium: &str, mut body: Value) -> Operation {
    let namespace = match medium {
        "Call" => "interactions",
        _ => "interactions.callback",
    };
    body["__type"] = json!(format!("urn:inin.com:{namespace}:create{medium}Parameters"));
    operation::<interactions::Create>("", body)
}

/// Lets a body refer to what there is.
fn refer(body: &mut Value, control: &Control, rng: &mut Rng) {
    for (place, table) in [
        ("/workgroups", "configuration/workgroups"),
        ("/members", "configuration/users"),
        ("/userAssignments", "configuration/users"),
        ("/workgroupAssignments", "configuration/workgroups"),
        ("/roles/actualValue", "configuration/roles"),
    ] {
        let Some(list) = body.pointer_mut(place).and_then(Value::as_array_mut) else {
            continue;
        };
        list.retain_mut(|entry| {
            // A setting has a reference.
            let entry = match entry["id"].is_object() {
                true => &mut entry["id"],
                false => entry,
            };
            let known = some(control, table, rng);
            entry["id"] = json!(known);
            known.is_some()
        });
    }
}

/// Makes, changes or deletes an item of a list. What the world began with stays.
fn list(api: &Api, control: &Control, rng: &mut Rng) -> Operation {
    let list = &LISTS[rng.usize(..LISTS.len())];
    let new = format!("new{}", rng.u8(..6));
    let is_there = control.item(list.table, &new).is_some();
    if is_there && rng.u8(..4) == 0 {
        return (list.delete)(&new);
    }
    let id = match some(control, list.table, rng) {
        Some(known) if rng.u8(..4) == 0 => known,
        _ => new,
    };
    let make = match control.item(list.table, &id) {
        Some(_) => list.update,
        None => list.create,
    };
    let name = make(&id, Value::Null).id;
    let mut operations = api.operations();
    let (_, operation) = operations.find(|(_, known)| known.id() == name).unwrap();
    let Some(Type::Record(record)) = operation.body else {
        panic!("{name} takes no object");
    };
    let mut body = Values { api, rng }.record(record, 1);
    refer(&mut body, control, rng);
    body["configurationId"] = json!({ "id": id, "displayName": format!("d{}", rng.u8(..9)) });
    make(&id, on_wire(&body))
}
