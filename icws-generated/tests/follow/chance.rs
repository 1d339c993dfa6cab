//! What happens by chance to the world of the mock: changes of all areas, and trouble.

use std::time::Duration;

use fastrand::Rng;
use icws_generated::runtime::Standing;
use icws_mock::{Control, Fault};
use icws_spec::api::RecordId;
use serde_json::{Value, json};

use crate::instance::Kind;
use crate::rules::{self, Collection};
use crate::values::{Values, on_wire};

/// Somebody who has no client, and where only that user is.
const VISITOR: &str = "visitor";
pub const DESK: &str = "desk";
/// A table of nobody's that remembers the sessions of that user.
const VISITS: &str = "visits";

/// A table of nobody's that remembers the operations that are gone.
const GONE: &str = "gone";

/// The body of a subscription: of those whose area the mock knows one that shows
/// something.
pub fn body(kind: &Kind<'_>, rng: &mut Rng) -> Option<Value> {
    kind.start.body.as_ref()?;
    let id = kind.listed.id;
    Some(match id {
        "queues.subscribe" => json!({
            "queueIds": [{ "queueType": 2, "queueName": "Sales" }, { "queueType": 1, "queueName": "agent1" }],
            "attributeNames": ["Eic_State", "eic_remotename", "Eic_Muted"],
        }),
        "interactions.subscribe" => json!({ "attributeNames": ["Eic_State", "Note"] }),
        "status.subscribeUserStatuses" => json!({ "userIds": ["agent1", "agent2"] }),
        "status.subscribeStatusMessagesUserAccess" => json!({ "userIds": ["agent1", "agent3"] }),
        "directories.subscribeDirectory" => json!({
            "directoryID": "company",
            "sortItems": [{ "contactProperty": 26, "sortDirection": 1 }],
        }),
        // Other sessions come and go when clients lose them: what is true then is known too
        // late.
        "session.subscribeUserSessions" => json!({ "userIds": [VISITOR] }),
        "session.subscribeStationSessions" => json!({ "stationIds": [DESK] }),
        "system.subscribeHandlerNotifications" => {
            json!({ "headers": [{ "objectId": "o", "eventIds": ["e"] }] })
        }
        "licenses.subscribe" => json!({ "licenseList": ["A", "B"] }),
        "statistics.subscribeValues" => {
            let key = |name: &str| {
                json!({
                    "statisticIdentifier": format!("mock.workgroup:{name}"),
                    "parameterValueItems": [{ "parameterTypeId": "mock.workgroup", "value": "Sales" }],
                })
            };
            json!({ "statisticKeys": [key("interactionsWaiting"), key("agentsAvailable")] })
        }
        _ if id.starts_with("configuration.") => {
            let mut body = crate::instance::body(kind, rng)?;
            for (name, value) in [("configurationIds", json!([])), ("properties", json!([]))] {
                if body.get(name).is_some() {
                    body[name] = value;
                }
            }
            body
        }
        _ => on_wire(&crate::instance::body(kind, rng)?),
    })
}

/// With more interactions than this some are taken away, so that a long run does not
/// become slower and slower.
const MANY: usize = 60;

/// Changes something in one of the tables of a subscription, by chance.
pub fn change(control: &Control, kind: &Kind<'_>, user: &str, rng: &mut Rng) {
    if control.items("interactions").len() > MANY {
        let id = some(control, "interactions", rng).unwrap();
        // Those two are watched, and stay.
        if id != "7001" && id != control.callbacks()[0].interaction_id {
            control.deallocate(&id);
        }
        return;
    }
    let tables = control.tables_of(kind.listed.id);
    if tables.is_empty() {
        return;
    }
    let part = rng.usize(..tables.len());
    let table = &*tables[part];
    match table {
        "interactions" => interaction(control, rng),
        "statistics/statistic-values" => {
            control.ring("Sales", None, "+1", "Bob");
        }
        "status/status-messages-user-access" => {
            let statuses: Vec<String> = control
                .items("status/status-messages")
                .into_keys()
                .collect();
            let count = rng.usize(..=statuses.len());
            control.change_item(table, "agent1", |item| {
                item["statusMessages"] = json!(statuses[..count])
            });
        }
        "status/user-statuses" | "status/user-status-previous-info" => {
            let id = some_status(control, rng);
            let notes = format!("n{}", rng.u8(..9));
            control.change_item("status/user-statuses", "agent1", |item| {
                item["statusId"] = json!(id);
                item["notes"] = json!(notes);
            });
            let info = json!({ "statusId": id, "notes": notes });
            control.put(
                "status/user-status-previous-info",
                &format!("agent1/{id}"),
                info,
            );
        }
        // It follows from the users and their statuses.
        "directories" => {
            let id = some_status(control, rng);
            control.change_item("status/user-statuses", "agent2", |item| {
                item["statusId"] = json!(id)
            });
        }
        "session/sessions" => visit(control, rng),
        "licenses" => {
            control.put(
                table,
                "agent1/A",
                json!({ "name": "A", "isAssigned": rng.bool() }),
            );
        }
        "connection/station" => {
            let number = rng.u8(..);
            let station =
                json!({ "id": format!("s{number}"), "extension": "1", "stationSetting": 1 });
            control.put(table, user, station);
        }
        _ => made_up(control, table, kind, kind.records[part], rng),
    }
}

/// The user without a client comes, goes, and takes a seat.
fn visit(control: &Control, rng: &mut Rng) {
    let table = "session/sessions";
    let is_visitor = |item: &Value| item["userId"]["id"] == VISITOR;
    let is_there = control.items(table).values().any(is_visitor);
    match rng.u8(..3) {
        0 if is_there => {
            let status = control.item("status/user-statuses", VISITOR);
            let is_at_desk = status.is_some_and(|status| status["stations"] == json!([DESK]));
            control.set_station(VISITOR, (!is_at_desk).then_some(DESK));
        }
        1 if is_there => {
            for id in control.items(VISITS).into_keys() {
                control.remove(VISITS, &id);
                control.expire_session(&id);
            }
        }
        _ if is_there => {}
        _ => control.put(VISITS, &control.open_session(VISITOR), json!({})),
    }
}

/// Sends an event of a subscription without a state.
pub fn send(control: &Control, kind: &Kind<'_>, key: &str, number: u64) {
    let number = number.to_string();
    if kind.listed.id == "system.subscribeHandlerNotifications" {
        control.notify("o", "e", &[number]);
        return;
    }
    let message = json!({
        "__type": "urn:inin.com:ipa:currentPageSubscriptionShowPageEventArgs",
        "isDelta": false,
        "workItemInstanceId": key,
        "workItemDynamicDetails": "",
        "pageInstanceId": number,
        "pageAndDataDefinitions": "",
    });
    control.inject_raw(message.to_string());
}

/// One of the statuses; any text when chance has taken all of them away.
pub fn some_status(control: &Control, rng: &mut Rng) -> String {
    let status = some(control, "status/status-messages", rng);
    status.unwrap_or_else(|| "Available".to_owned())
}

/// One of the ids of a table.
pub fn some(control: &Control, table: &str, rng: &mut Rng) -> Option<String> {
    let ids: Vec<String> = control.items(table).into_keys().collect();
    rng.choice(ids)
}

/// Changes something where any value will do.
fn made_up(control: &Control, table: &str, kind: &Kind<'_>, record: RecordId, rng: &mut Rng) {
    let api = kind.api;
    let Some(collection) = Collection::of(&api[record]) else {
        let item = on_wire(&Values { api, rng }.record(record, 0));
        let id = control.items(table).into_keys().next().unwrap();
        return control.put(table, &id, item);
    };
    if rng.u8(..4) == 0 {
        // Without those who are logged in their sessions would end.
        let is_needed =
            |id: &str| table == "configuration/users" && (id.starts_with("agent") || id == VISITOR);
        if let Some(id) = some(control, table, rng).filter(|id| !is_needed(id)) {
            control.remove(table, &id);
        }
        return;
    }
    let number = rng.u64(0..6);
    let Some(id) = collection.item else {
        return;
    };
    let mut values = Values { api, rng };
    let mut item = values.record(id, 1);
    let mut name = format!("i{number}");
    if !collection.is_map {
        values.identify(&mut item, id, number);
        name = rules::key(api, Some(id), &on_wire(&item));
    }
    control.put(table, &name, on_wire(&item));
}

fn interaction(control: &Control, rng: &mut Rng) {
    let id = some(control, "interactions", rng).unwrap();
    let callback = control.callbacks()[0].interaction_id.clone();
    match rng.u8(..7) {
        0 => {
            control.ring("Sales", None, "+1", "Bob");
        }
        1 => {
            control.pick_up(&id, "agent1");
        }
        2 if id != "7001" && id != callback => {
            control.hang_up(&id);
        }
        3 => {
            let note = rng.u8(..).to_string();
            control.set_attributes("7001", &[("note", note.as_str()), ("Eic_Muted", "1")]);
        }
        4 => {
            let who = ["Ada", "agent1", "agent2"][rng.usize(..3)];
            control.write("7001", who, &format!("t{}", rng.u8(..)));
        }
        5 => {
            control.transfer(&id, ["Sales", "Support"][rng.usize(..2)]);
        }
        _ => {
            let number = i32::from(rng.u8(..));
            control.change(&callback, |callback| {
                callback.attempts = Some(number);
                callback.name = (number % 3 > 0).then(|| "Ada".to_owned());
            });
        }
    }
}

/// Something goes wrong; the numbers of the sessions that have lost messages by it for sure.
pub fn trouble(
    control: &Control,
    kinds: &[Kind<'_>],
    sessions: &[String],
    rng: &mut Rng,
) -> Vec<usize> {
    let one = rng.usize(..sessions.len());
    let id = &sessions[one];
    let at = |operation: &str, fault| control.inject_fault_at(operation, fault).unwrap();
    match rng.u8(..15) {
        0 | 1 if control.break_streams() == sessions.len() => {
            return (0..sessions.len()).collect();
        }
        2 if control.expire_session(id) => return vec![one],
        3 if control.disconnect(id, "The server is going down.", true) => return vec![one],
        4 => drop(control.cut_stream(id)),
        5..8 => at("messaging.poll", fault(rng)),
        8 => {
            let kind = &kinds[rng.usize(..kinds.len())];
            at(kind.listed.id, fault(rng));
        }
        9 => {
            let operation = crate::operate::any(kinds[0].api, control, rng);
            at(operation.id, fault(rng));
        }
        10 => {
            let kind = &kinds[rng.usize(..kinds.len())];
            let standing = [Standing::Suspended, Standing::Normal, Standing::Faulted];
            control.stand(kind.listed.id, standing[rng.usize(..3)]);
        }
        // Whose request comes next, and so which session ends, nobody knows before.
        11 => at("messaging.poll", Fault::ExpireSession),
        12 => {
            let operation = crate::operate::any(kinds[0].api, control, rng).id;
            control.gone(operation).unwrap();
            control.put(GONE, operation, json!({}));
        }
        13 => {
            let faults = (0..3).map(|_| fault(rng)).collect();
            let all = control.random_faults(rng.u64(..), 0.1, faults, Some("messaging.poll"));
            all.unwrap();
        }
        _ => restore(control),
    }
    Vec::new()
}

/// Puts the operations that were taken out of the API back.
pub fn restore(control: &Control) {
    for operation in control.items(GONE).into_keys() {
        control.restore(&operation);
        control.remove(GONE, &operation);
    }
}

/// What goes wrong with one request. Nothing that says it can never work.
fn fault(rng: &mut Rng) -> Fault {
    match rng.u8(..7) {
        0 => Fault::DropMidAnswer,
        1 => Fault::TruncateJson,
        2 => Fault::DropBeforeRequest,
        3 => Fault::DropBeforeAnswer,
        4 => Fault::Delay(Duration::from_millis(rng.u64(..20))),
        5 => Fault::Unavailable {
            alternates: Vec::new(),
        },
        _ => Fault::status([500, 502, 504][rng.usize(..3)]),
    }
}
