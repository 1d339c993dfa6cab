//! Contacts that clients make, and speed dials.

use http::StatusCode;
use icws_generated::common::Error;
use serde_json::{Map, Value, json};

use super::{
    CONTACT, CONTACTS, Category, DIRECTORIES, GENERAL, LINKS, METADATA, directory, fill,
    is_seen_by, metadata,
};
use crate::areas::call::{Answer, Call};
use crate::refusal::Refusal;
use crate::world::{Item, World, set_property};

/// The number of `defaultPhoneNumberType`, and its name in a contact.
const NUMBER: &str = "primaryNumberDesignation";
/// The same in a speed dial.
const OF_LINK: &str = "contactPrimaryNumberDesignation";

/// A telephone number as the server writes it.
pub(super) fn phone(number: &str, edited: Option<&Value>) -> Value {
    let mut phone = json!({ "standardizedNumber": number, "displayString": number });
    if let Some(edited) = edited {
        phone["numberInfo"] = edited.clone();
    }
    phone
}

fn forbidden(id: &str) -> Refusal {
    let message = format!("The user may not change the directory {id}.");
    Refusal::new(StatusCode::FORBIDDEN, Error::new(message))
}

/// The directory that a parameter names, if the session's user sees it. No page lists a
/// 404 for these operations.
fn known(call: &mut Call<'_>, parameter: &str) -> Result<(String, Item), Refusal> {
    fill(call.world);
    let id = call.required(parameter)?;
    let known = call.world.tables.get(DIRECTORIES, &id);
    match known.filter(|known| is_seen_by(known, &call.user)) {
        Some(known) => Ok((id, known.clone())),
        None => Err(missing("directory", &id)),
    }
}

fn missing(what: &str, id: &str) -> Refusal {
    Refusal::bad_request(format!("There is no {what} {id}."))
}

fn is_of(directory: &Value, category: Category) -> bool {
    directory[METADATA]["category"] == json!(category as i64)
}

/// The directory whose contacts are those that clients make.
fn general(call: &mut Call<'_>) -> Result<(String, Item), Refusal> {
    let (id, item) = known(call, "directoryID")?;
    match is_of(&item, Category::General) {
        true => Ok((id, item)),
        false => Err(forbidden(&id)),
    }
}

/// A directory of speed dials of the session's user.
fn speed_dial(call: &mut Call<'_>) -> Result<(String, Item), Refusal> {
    let (id, item) = known(call, "speedDialDirectoryId")?;
    match is_of(&item, Category::SpeedDial) {
        true => Ok((id, item)),
        false => Err(forbidden(&id)),
    }
}

/// Changes the contacts of a directory, or what stands for them.
fn change(world: &mut World, id: &str, list: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    world.change(DIRECTORIES, id, |item| {
        let Some(entries) = item.get_mut(list).and_then(Value::as_object_mut) else {
            return;
        };
        change(entries);
        let count = entries.len();
        if let Some(metadata) = item.get_mut(METADATA) {
            set_property(metadata, "count", count);
        }
    });
    relink(world);
}

/// What a client says of a contact, as messages bring it.
fn contact(given: &Value) -> Map<String, Value> {
    let given = given.as_object().cloned().unwrap_or_default();
    // What a speed dial stands for is no property of a contact.
    let given = given
        .into_iter()
        .filter(|(name, _)| name != "contactLinkInfo");
    let properties = given.map(|(name, value)| match value.get("baseNumber") {
        Some(number) => {
            let number = phone(number.as_str().unwrap_or_default(), Some(&value));
            (name, number)
        }
        None => (name, value),
    });
    properties.filter(|(name, _)| name != "__type").collect()
}

pub(super) fn create_contact(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, _) = general(call)?;
    let given = call.body.clone();
    let id = add(call.world, &directory, &given);
    Ok(Answer::body(json!({ "entryId": id })))
}

/// Adds a contact, as clients describe one, to those that clients make.
pub(crate) fn add_contact(world: &mut World, given: &Value) {
    fill(world);
    add(world, GENERAL, given);
}

/// Adds a contact to a directory. Returns its id.
fn add(world: &mut World, directory: &str, given: &Value) -> String {
    let id = world.number().to_string();
    let mut contact = contact(given);
    contact.retain(|_, value| !value.is_null());
    contact.insert("__type".to_owned(), json!(CONTACT));
    contact.insert("entryID".to_owned(), json!(id));
    change(world, directory, CONTACTS, |contacts| {
        contacts.insert(id.clone(), Value::Object(contact));
    });
    id
}

/// The contact of a request.
fn entry(call: &Call<'_>, directory: &Value) -> Result<String, Refusal> {
    let id = call.required("entryID")?;
    match directory[CONTACTS].get(&id) {
        Some(_) => Ok(id),
        None => Err(missing("contact", &id)),
    }
}

pub(super) fn update_contact(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, item) = general(call)?;
    let id = entry(call, &item)?;
    let given = contact(&call.body);
    change(call.world, &directory, CONTACTS, |contacts| {
        if let Some(contact) = contacts.get_mut(&id) {
            crate::world::patch(contact, given);
        }
    });
    Ok(Answer::done())
}

pub(super) fn delete_contact(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, item) = general(call)?;
    let id = entry(call, &item)?;
    change(call.world, &directory, CONTACTS, |contacts| {
        contacts.remove(&id);
    });
    Ok(Answer::done())
}

pub(super) fn create_directory(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    fill(call.world);
    let id = call.world.guid();
    let name = call.text("name").unwrap_or_default();
    let mut metadata = metadata(&id, name, Category::SpeedDial);
    set_property(&mut metadata, "ownerID", &*call.user);
    let mut item = directory(metadata, Map::new());
    set_property(&mut item, LINKS, json!({}));
    describe(&mut item, &call.body);
    call.world.put(DIRECTORIES, &id, item);
    Ok(Answer::body(json!({ "directoryId": id })))
}

/// Gives a directory of speed dials its name, and the rights that are given.
fn describe(directory: &mut Value, given: &Value) {
    let Some(metadata) = directory.get_mut(METADATA) else {
        return;
    };
    for (own, name) in [("displayName", "name"), ("accessRights", "accessRights")] {
        if let Some(value) = given.get(name).filter(|value| !value.is_null()) {
            set_property(metadata, own, value.clone());
        }
    }
}

pub(super) fn update_directory(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, _) = speed_dial(call)?;
    let given = call.body.clone();
    call.world
        .change(DIRECTORIES, &id, |item| describe(item, &given));
    Ok(Answer::done())
}

pub(super) fn delete_directory(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (id, _) = speed_dial(call)?;
    call.world.remove(DIRECTORIES, &id);
    Ok(Answer::done())
}

/// A contact of another directory becomes a speed dial.
pub(super) fn create_link(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, _) = speed_dial(call)?;
    let of = |name: &str| call.text(name).unwrap_or_default();
    let (source, contact) = (of("sourceDirectoryID"), of("sourceContactEntryID"));
    let known = call.world.tables.get(DIRECTORIES, source);
    let known = known.filter(|known| is_seen_by(known, &call.user));
    let known = known.ok_or_else(|| missing("directory", source))?;
    if is_of(known, Category::SpeedDial) || known[CONTACTS].get(contact).is_none() {
        return Err(missing("contact", contact));
    }
    let link = json!({ "directory": source, "contact": contact, NUMBER: call.body[OF_LINK] });
    let id = call.world.number().to_string();
    change(call.world, &directory, LINKS, |links| {
        links.insert(id.clone(), link);
    });
    Ok(Answer::body(json!({ "speedDialContactLinkId": id })))
}

/// The speed dial of a request.
fn link(call: &Call<'_>, directory: &Value) -> Result<String, Refusal> {
    let id = call.required("speedDialLinkId")?;
    match directory[LINKS].get(&id) {
        Some(_) => Ok(id),
        None => Err(missing("speed dial", &id)),
    }
}

pub(super) fn update_link(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, item) = speed_dial(call)?;
    let id = link(call, &item)?;
    let number = call.body[OF_LINK].clone();
    change(call.world, &directory, LINKS, |links| {
        if let Some(link) = links.get_mut(&id) {
            set_property(link, NUMBER, number);
        }
    });
    Ok(Answer::done())
}

pub(super) fn delete_link(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (directory, item) = speed_dial(call)?;
    let id = link(call, &item)?;
    change(call.world, &directory, LINKS, |links| {
        links.remove(&id);
    });
    Ok(Answer::done())
}

/// Lets speed dials have what the contacts have that they stand for. Where such a
/// contact is gone, so is the speed dial.
pub(super) fn relink(world: &mut World) {
    let all = world.tables.items(DIRECTORIES);
    let own = all.filter(|(_, item)| is_of(item, Category::SpeedDial));
    let own: Vec<(String, Item)> = own
        .map(|(id, item)| (id.to_owned(), item.clone()))
        .collect();
    for (id, mut item) in own {
        let links = item[LINKS].as_object().cloned().unwrap_or_default();
        let contacts = links.iter().filter_map(|(link, stands_for)| {
            let source = stands_for["directory"].as_str()?;
            let source = world.tables.get(DIRECTORIES, source)?;
            let mut contact = source[CONTACTS]
                .get(stands_for["contact"].as_str()?)?
                .clone();
            set_property(&mut contact, "entryID", &**link);
            set_property(&mut contact, NUMBER, stands_for[NUMBER].clone());
            Some((link.clone(), contact))
        });
        let contacts: Map<String, Value> = contacts.collect();
        let kept = links
            .into_iter()
            .filter(|(link, _)| contacts.contains_key(link));
        let kept: Map<String, Value> = kept.collect();
        let item_now = std::sync::Arc::make_mut(&mut item);
        if let Some(metadata) = item_now.get_mut(METADATA) {
            set_property(metadata, "count", contacts.len());
        }
        set_property(item_now, LINKS, kept);
        set_property(item_now, CONTACTS, contacts);
        world.put(DIRECTORIES, &id, Value::clone(&item));
    }
}
