//! Directories: that of the company and those of the workgroups have the users as
//! contacts, one is there for contacts that clients make, and users make their own of
//! speed dials.

mod edit;
mod lookup;
mod part;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::call::Call;
use super::items::{self, Unfit};
use super::people::{USERS, WORKGROUPS};
use super::{Handler, agreement, statuses};
use crate::refusal::Refusal;
use crate::topics::{Feed, Subject};
use crate::world::World;

/// The table of directories: each with its metadata, its contacts by their ids, and if
/// it is one of speed dials with what these stand for.
pub(crate) const DIRECTORIES: &str = "directories";

const COMPANY: &str = "company";
const GENERAL: &str = "general";
/// What the ids of the directories of workgroups begin with.
const WORKGROUP: &str = "workgroup.";

const METADATA: &str = "metadata";
const CONTACTS: &str = "contacts";
const LINKS: &str = "links";

pub(crate) use edit::add_contact;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("directories.createContact", edit::create_contact),
    ("directories.updateContact", edit::update_contact),
    ("directories.deleteContact", edit::delete_contact),
    (
        "directories.createSpeedDialDirectory",
        edit::create_directory,
    ),
    (
        "directories.updateSpeedDialDirectory",
        edit::update_directory,
    ),
    (
        "directories.deleteSpeedDialDirectory",
        edit::delete_directory,
    ),
    ("directories.createSpeedDialLink", edit::create_link),
    ("directories.updateSpeedDialLink", edit::update_link),
    ("directories.deleteSpeedDialLink", edit::delete_link),
    ("directories.lookUpEntries", lookup::look_up),
];

/// What a directory is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    Company = 0,
    Workgroup = 1,
    General = 2,
    SpeedDial = 4,
}

/// A directory as messages bring it, without its contacts.
fn metadata(id: &str, name: &str, category: Category) -> Value {
    use Category::{Company, General, SpeedDial, Workgroup};
    let is_of_users = matches!(category, Company | Workgroup);
    let is_own = category == SpeedDial;
    let edits = category == General;
    json!({
        "directoryID": id,
        "displayName": name,
        "schemaID": "",
        "category": category as i64,
        "displayType": if is_own { 2 } else { 0 },
        "count": 0,
        "canRefresh": false,
        "hasActivation": category == Workgroup,
        "hasDynamicFields": false,
        "hasStatus": is_of_users,
        "isPrivate": is_own,
        "accessRights": {
            "read": true,
            "create": edits || is_own,
            "update": edits || is_own,
            "delete": edits || is_own,
            "rename": is_own,
            "primaryNumber": is_own,
            "admin": is_own,
        },
    })
}

/// A directory with its contacts.
fn directory(mut metadata: Value, contacts: Map<String, Value>) -> Value {
    metadata["count"] = json!(contacts.len());
    json!({ METADATA: metadata, CONTACTS: contacts })
}

/// Makes the directories, where nobody has asked for them before.
fn fill(world: &mut World) {
    if world.tables.has(DIRECTORIES) {
        return;
    }
    world.tables.make(DIRECTORIES);
    let general = metadata(GENERAL, "General Directory", Category::General);
    world.put(DIRECTORIES, GENERAL, directory(general, Map::new()));
    rebuild(world);
}

/// Makes sure that there is something to tell of the directories that are watched.
///
/// # Errors
/// 404 when there is no such directory for the session's user.
pub(super) fn prepare(call: &mut Call<'_>, start: &str) -> Result<(), Refusal> {
    if matches!(start, "directories.subscribeDirectories" | SUBSCRIBE) {
        fill(call.world);
    }
    if start == SUBSCRIBE {
        let id = call.text("directoryID").unwrap_or_default();
        let (_, known) = call.known(DIRECTORIES, id, "directory")?;
        if !is_seen_by(&known, &call.user) {
            return Err(Refusal::not_found(format!("There is no directory {id}.")));
        }
    }
    Ok(())
}

const SUBSCRIBE: &str = "directories.subscribeDirectory";

/// The tables of which the directories of users are made.
const SOURCES: [&str; 3] = [USERS, WORKGROUPS, statuses::USERS];

/// Brings the directories of users up to date, if anybody has asked for them.
pub(super) fn refresh(world: &mut World) {
    if !world.tables.has(DIRECTORIES) {
        return;
    }
    let versions = SOURCES.map(|table| world.tables.version(table));
    if world.directories != versions {
        rebuild(world);
    }
}

fn rebuild(world: &mut World) {
    world.directories = SOURCES.map(|table| world.tables.version(table));
    let all = of_users(world);
    let is_gone = |id: &str| id.starts_with(WORKGROUP) && !all.contains_key(id);
    let gone = world.tables.ids(DIRECTORIES, |id, _| is_gone(id));
    // A user is in several of them: they change together.
    world.together(DIRECTORIES, |world| {
        for id in gone {
            world.remove(DIRECTORIES, &id);
        }
        for (id, item) in all {
            world.put(DIRECTORIES, &id, item);
        }
        edit::relink(world);
    });
}

/// The directories whose contacts are users.
fn of_users(world: &World) -> BTreeMap<String, Value> {
    let users = world.tables.items(USERS);
    let users = users.map(|(id, user)| (id.to_owned(), contact(world, id, user)));
    let users: Map<String, Value> = users.collect();
    let groups = world.tables.items(WORKGROUPS).map(|(id, group)| {
        let members = group["members"].as_array().into_iter().flatten();
        let ids = members.filter_map(|member| member["id"].as_str());
        let contacts = ids.filter_map(|id| {
            let mut contact = users.get(id)?.clone();
            contact["activated"] = json!(true);
            Some((id.to_owned(), contact))
        });
        let name = agreement::name_of(world, WORKGROUPS, id);
        let own = format!("{WORKGROUP}{id}");
        let metadata = metadata(&own, &name, Category::Workgroup);
        (own, directory(metadata, contacts.collect()))
    });
    let groups: Vec<(String, Value)> = groups.collect();
    let company = metadata(COMPANY, "Company Directory", Category::Company);
    let company = (COMPANY.to_owned(), directory(company, users));
    groups.into_iter().chain([company]).collect()
}

/// What contacts say of the status of a user, by their own names and those of the
/// status.
const OF_STATUS: &[(&str, &str)] = &[
    ("statusID", "statusId"),
    ("statusNotes", "notes"),
    ("statusChanged", "statusChanged"),
    ("until", "until"),
    ("onPhone", "onPhone"),
    ("loggedIn", "loggedIn"),
    ("stations", "stations"),
    ("icServers", "icServers"),
];

/// The type of contacts.
const CONTACT: &str = "urn:inin.com:directories:contactEntry";

/// A user as a contact.
fn contact(world: &World, id: &str, user: &Value) -> Value {
    let mut contact = Map::new();
    let name = agreement::name_of(world, USERS, id);
    contact.insert("__type".to_owned(), json!(CONTACT));
    contact.insert("entryID".to_owned(), json!(id));
    contact.insert("userID".to_owned(), json!(id));
    contact.insert("displayName".to_owned(), json!(name));
    let extension = user
        .get("extension")
        .filter(|extension| extension.is_string());
    contact.extend(extension.map(|value| ("extension".to_owned(), value.clone())));
    let groups = user["workgroups"].as_array().into_iter().flatten();
    let groups: Vec<&str> = groups.filter_map(|group| group["id"].as_str()).collect();
    contact.insert("workgroups".to_owned(), json!(groups));
    if let Some(status) = world.tables.get(statuses::USERS, id) {
        for (own, name) in OF_STATUS {
            let value = status.get(*name).filter(|value| !value.is_null());
            contact.extend(value.map(|value| ((*own).to_owned(), value.clone())));
        }
        let summary = json!({
            "statusID": status["statusId"],
            "loggedIn": status["loggedIn"] == json!(true),
            "onPhone": status["onPhone"] == json!(true),
        });
        contact.insert("statusSummary".to_owned(), summary);
    }
    Value::Object(contact)
}

/// Directories of speed dials are seen by those alone who made them.
fn is_seen_by(directory: &Value, user: &str) -> bool {
    directory[METADATA].get("ownerID").is_none() || is_owned(directory, user)
}

/// Returns true if a directory is a user's own.
pub(super) fn is_owned(directory: &Value, user: &str) -> bool {
    let owner = directory[METADATA].get("ownerID");
    owner.is_some_and(|owner| owner == user)
}

/// Returns true if a directory is made of the users that there are.
pub(super) fn is_of_users(world: &World, id: &str) -> bool {
    let group = id.strip_prefix(WORKGROUP);
    id == COMPANY || group.is_some_and(|group| world.tables.get(WORKGROUPS, group).is_some())
}

/// Completes a directory that people put there: one of contacts that clients make, unless it
/// says otherwise.
pub(super) fn complete(id: &str, directory: &mut Map<String, Value>) -> Result<(), Unfit> {
    let known = directory.entry(METADATA).or_insert_with(|| json!({}));
    let Some(known) = known.as_object_mut() else {
        return Err(items::expected(METADATA, "an object", known));
    };
    items::named(known, "directoryID", id)?;
    let made = metadata(id, id, Category::General);
    for (name, value) in made.as_object().into_iter().flatten() {
        known.entry(name.clone()).or_insert_with(|| value.clone());
    }
    items::mapped(directory, CONTACTS, "objects", Value::is_object)?;
    match directory.contains_key(LINKS) {
        true => items::mapped(directory, LINKS, "objects", Value::is_object),
        false => Ok(()),
    }
}

pub(super) fn feed(message: &str) -> Option<Feed> {
    Some(match message {
        "directoriesMessage" => Feed::items(DIRECTORIES, show),
        "directoryMessage" => Feed::one(
            DIRECTORIES,
            |subject| {
                let id = subject.body.get("directoryID").and_then(Value::as_str);
                id.unwrap_or_default().to_owned()
            },
            part::show,
        ),
        _ => return None,
    })
}

fn show(subject: &Subject, _: &str, directory: &Value) -> Option<Value> {
    let user = subject.owner.as_deref().unwrap_or_default();
    is_seen_by(directory, user).then(|| directory[METADATA].clone())
}
