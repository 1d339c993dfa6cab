//! The statuses of users, which statuses there are, and who may choose them.

use serde_json::{Value, json};

use super::Handler;
use super::call::{Answer, Call, lists, texts};
use crate::modelled::times::now;
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::{World, set_property};

pub(crate) use crate::world::tables::STATUSES;

/// The tables: statuses of users, those that a user may choose, and what a user last gave
/// with each.
pub(crate) const USERS: &str = "status/user-statuses";
pub(crate) const ACCESS: &str = "status/status-messages-user-access";
pub(crate) const PREVIOUS: &str = "status/user-status-previous-info";

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("status.getUserStatus", get),
    ("status.setUserStatus", set),
    ("status.listStatusMessages", list),
    ("status.getStatusMessagesUserAccess", access),
    ("status.getPreviousUserStatuses", previous),
];

fn get(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = call.required("userId")?;
    let (_, status) = call.known(USERS, &user, "user")?;
    Ok(Answer::body(Value::clone(&status)))
}

/// The response says that the status is being set; a message, how that ended.
fn set(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = call.required("userId")?;
    let status = call.text("statusId").unwrap_or_default().to_owned();
    let Some(user) = call.world.tables.id(USERS, &user) else {
        return Ok(call.complete(Some(&format!("There is no user {user}."))));
    };
    let Some(status) = call.world.tables.id(STATUSES, &status) else {
        return Ok(call.complete(Some(&format!("There is no status {status}."))));
    };
    let given = call.body.clone();
    change(call.world, &user, &status, &given);
    Ok(call.complete(None))
}

/// Gives a user a status, with what else is said of it.
pub(crate) fn change(world: &mut World, user: &str, status: &str, given: &Value) {
    let of = |name: &str| given.get(name).filter(|value| !value.is_null()).cloned();
    world.change(USERS, user, |item| {
        set_property(item, "statusId", status);
        set_property(item, "statusChanged", now());
        for name in ["notes", "forwardNumber"] {
            // A text that is gone is an empty one: it cannot be null.
            let known = item.get(name).is_some();
            if let Some(value) = of(name).or_else(|| known.then(|| json!(""))) {
                set_property(item, name, value);
            }
        }
        set_property(item, "until", of("until").unwrap_or_default());
    });
    super::agreement::tell_status(world, user);
    if let Some(notes) = of("notes") {
        let mut info = json!({ "statusId": status, "notes": notes });
        if let Some(number) = of("forwardNumber") {
            info["forwardNumber"] = number;
        }
        world.put(PREVIOUS, &format!("{user}/{status}"), info);
    }
}

fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let all = call.world.tables.items(STATUSES);
    let all: Vec<&Value> = all.map(|(_, item)| &**item).collect();
    Ok(Answer::body(json!({ "statusMessageList": all })))
}

fn access(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let user = call.required("userId")?;
    let (_, access) = call.known(ACCESS, &user, "user")?;
    Ok(Answer::body(Value::clone(&access)))
}

fn previous(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (user, _) = call.known(USERS, &call.required("userId")?, "user")?;
    let prefix = format!("{user}/");
    let all = call.world.tables.items(PREVIOUS);
    let own = all.filter(|(id, _)| id.starts_with(&prefix));
    let own: Vec<&Value> = own.map(|(_, item)| &**item).collect();
    Ok(Answer::body(json!({ "userStatusPreviousInfoList": own })))
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    Some(match message {
        "userStatusMessage" => Feed::items(USERS, show_user),
        "statusMessagesMessage" => Feed::items(STATUSES, |_, _, item| Some(item.clone())),
        "statusMessagesUserAccessMessage" => Feed::items(ACCESS, show_access),
        "userStatusPreviousInfoMessage" => Feed::items(PREVIOUS, show_previous),
        _ => return None,
    })
}

/// The properties that the subscription names, and those that must be there.
fn show_user(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let is_watched = lists(&subject.body, "userIds", id);
    let names = texts(&subject.body, "userStatusProperties");
    let mut shown = is_watched.then(|| item.clone())?;
    if let Some(properties) = shown.as_object_mut().filter(|_| !names.is_empty()) {
        let must = ["userId", "statusId"];
        properties.retain(|name, _| must.contains(&&**name) || names.contains(&&**name));
    }
    Some(shown)
}

/// What a change of the choice says: the statuses that came are all that there are.
fn show_access(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let is_watched = lists(&subject.body, "userIds", id);
    is_watched.then(|| json!({ "userId": id, "statusMessagesAdded": item["statusMessages"] }))
}

fn show_previous(subject: &Subject, id: &str, item: &Value) -> Option<Value> {
    let (user, _) = id.split_once('/')?;
    (subject.owner.as_deref() == Some(user)).then(|| item.clone())
}

/// The text of the status that a user has; of a user who is new, that of the one to come.
pub(super) fn text_of(world: &World, user: &str) -> String {
    let own = world.tables.get(USERS, user);
    let own = own.and_then(|item| item["statusId"].as_str());
    let id = own.unwrap_or_else(|| super::people::first_status(world));
    let status = world.tables.get(STATUSES, id);
    let text = status.and_then(|status| status["messageText"].as_str());
    text.unwrap_or(id).to_owned()
}

/// Says at which station a user is.
pub(crate) fn at_station(world: &mut World, user: &str, station: Option<&str>) {
    world.change(USERS, user, |item| {
        set_property(item, "stations", Vec::from_iter(station));
    });
}
