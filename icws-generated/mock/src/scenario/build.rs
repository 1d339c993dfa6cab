//! Makes a world of a scenario.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CallbackEntry, Interaction, Named, Scenario, Status, User, Workgroup};
use crate::Callback;
use crate::areas::agreement::reference;
use crate::areas::interactions::{NewCall, create_callback, new_call};
use crate::areas::{choice, configuration, interactions, licenses, people, stations, statuses};
use crate::world::interaction::{INTERACTIONS, set_attribute};
use crate::world::{World, set_property};

/// The texts of an entry that stands for several.
pub(super) fn numbered(text: &str, number: u32) -> String {
    let two = format!("{number:02}");
    text.replace("{nn}", &two)
        .replace("{n}", &number.to_string())
}

impl Scenario {
    /// The users who can connect, with their passwords.
    pub(crate) fn logins(&self) -> Vec<(String, String)> {
        let users = self.users.iter().flat_map(|user| {
            let numbers = 1..=user.count;
            numbers.filter_map(|number| {
                let password = user.password.as_ref()?;
                Some((numbered(&user.id, number), password.0.clone()))
            })
        });
        users.collect()
    }

    /// The status of users of whom none is said.
    fn first_status(&self) -> Option<&Status> {
        let mut statuses = self.statuses.iter();
        let selectable = statuses.find(|status| status.selectable);
        selectable.or_else(|| self.statuses.first())
    }

    /// Fills a world. Those who can connect are users of it, whether the scenario has them
    /// or not.
    pub(crate) fn build(&self, world: &mut World, can_connect: &[String]) {
        for table in [statuses::STATUSES, choice::CONFIGURED] {
            world.tables.make(table);
        }
        for status in &self.statuses {
            add_status(world, status);
        }
        world.first_status = self.first_status().map(|status| status.id.clone());
        let lists = [
            ("stations", &self.stations),
            ("skills", &self.skills),
            ("roles", &self.roles),
        ];
        let others = self
            .configuration
            .iter()
            .map(|(list, items)| (list.0.as_str(), items));
        for (list, items) in lists.into_iter().chain(others) {
            world.tables.make(&format!("configuration/{list}"));
            for item in items {
                add_item(world, list, item);
            }
        }
        world.tables.make(people::WORKGROUPS);
        world.tables.make(people::USERS);
        world.tables.make(INTERACTIONS);
        for workgroup in &self.workgroups {
            for number in 1..=workgroup.count {
                add_workgroup(world, workgroup, number);
            }
        }
        for user in &self.users {
            for number in 1..=user.count {
                add_user(world, user, number, self.first_status());
            }
        }
        for user in can_connect {
            if world.tables.get(people::USERS, user).is_none() {
                let item = configuration::identified(people::USERS, user, user);
                world.put(people::USERS, user, item);
                people::follow(world, people::USERS, user);
            }
        }
        for interaction in &self.interactions {
            for number in 1..=interaction.count {
                add_interaction(world, interaction, number);
            }
        }
        for callback in &self.callbacks {
            for number in 1..=callback.count {
                add_callback(world, callback, number);
            }
        }
        for contact in &self.contacts {
            contact.add(world);
        }
        for statistic in &self.statistics {
            statistic.set(world);
        }
    }
}

fn add_status(world: &mut World, status: &Status) {
    let text = status.text.as_deref().unwrap_or(&status.id);
    let mut item = choice::status(&status.id, text);
    let group = if status.acd { "Available" } else { "Away" };
    set_property(&mut item, "groupTag", group);
    for (name, value) in [
        ("isAcdStatus", status.acd),
        ("isAfterCallWorkStatus", status.after_call_work),
        ("isDoNotDisturbStatus", status.do_not_disturb),
        ("isForwardStatus", status.forward),
        (choice::SELECTABLE, status.selectable),
    ] {
        set_property(&mut item, name, value);
    }
    world.put(statuses::STATUSES, &status.id, item);
    people::follow(world, statuses::STATUSES, &status.id);
}

/// An item of a configuration list, with the properties that are given.
fn item(table: &str, id: &str, name: Option<&str>, properties: &BTreeMap<String, Value>) -> Value {
    let mut item = configuration::identified(table, id, name.unwrap_or(id));
    let properties = properties.iter();
    let properties = properties.map(|(name, value)| (name.clone(), value.clone()));
    configuration::merge(&mut item, &properties.collect());
    item
}

fn add_item(world: &mut World, list: &str, named: &Named) {
    let table = format!("configuration/{list}");
    for number in 1..=named.count {
        let id = numbered(&named.id, number);
        let name = named.name.as_ref().map(|name| numbered(name, number));
        let item = item(&table, &id, name.as_deref(), &named.properties);
        world.put(&table, &id, item);
    }
}

fn add_workgroup(world: &mut World, workgroup: &Workgroup, number: u32) {
    let id = numbered(&workgroup.id, number);
    let name = workgroup.name.as_ref().map(|name| numbered(name, number));
    let mut item = item(
        people::WORKGROUPS,
        &id,
        name.as_deref(),
        &workgroup.properties,
    );
    for name in ["hasQueue", "isActive"] {
        if item.get(name).is_none() {
            set_property(&mut item, name, true);
        }
    }
    item["members"] = json!([]);
    if let Some(extension) = &workgroup.extension {
        item["extension"] = json!(numbered(extension, number));
    }
    world.put(people::WORKGROUPS, &id, item);
}

fn add_user(world: &mut World, user: &User, number: u32, first: Option<&Status>) {
    let id = numbered(&user.id, number);
    let name = user.name.as_ref().map(|name| numbered(name, number));
    let mut item = item(people::USERS, &id, name.as_deref(), &user.properties);
    let references = |world: &World, table: &str, ids: &[String]| -> Vec<Value> {
        ids.iter().map(|id| reference(world, table, id)).collect()
    };
    item["workgroups"] = references(world, people::WORKGROUPS, &user.workgroups).into();
    item["roles"] = json!({ "actualValue": references(world, "configuration/roles", &user.roles) });
    if let Some(extension) = &user.extension {
        item["extension"] = json!(numbered(extension, number));
    }
    if let Some(properties) = item.as_object_mut() {
        properties.retain(|_, value| !value.is_null());
    }
    world.put(people::USERS, &id, item);
    let own = reference(world, people::USERS, &id);
    for workgroup in &user.workgroups {
        add_to(world, people::WORKGROUPS, workgroup, "members", &own);
    }
    for skill in &user.skills {
        let setting = json!({ "id": own, "proficiency": 1, "desireToUse": 1 });
        add_to(
            world,
            "configuration/skills",
            skill,
            "userAssignments",
            &setting,
        );
    }
    let status = user.status.as_deref().or(first.map(|first| &*first.id));
    people::join(world, &id, status.unwrap_or_default());
    if let Some(notes) = &user.notes {
        world.change(statuses::USERS, &id, |status| {
            status["notes"] = json!(notes)
        });
    }
    for license in &user.licenses {
        licenses::grant(world, &id, license);
    }
    if let Some(station) = &user.station {
        let station = numbered(station, number);
        stations::place(world, &id, &station);
    }
}

/// Adds something to a list of an item.
fn add_to(world: &mut World, table: &str, id: &str, list: &str, entry: &Value) {
    world.change(table, id, |item| {
        if item.get(list).is_none() {
            item[list] = json!([]);
        }
        if let Some(entries) = item[list].as_array_mut() {
            entries.push(entry.clone());
        }
    });
}

fn add_interaction(world: &mut World, interaction: &Interaction, number: u32) {
    let id = match &interaction.id {
        Some(id) => numbered(id, number),
        None => world.new_interaction_id(),
    };
    let user = interaction.user.as_ref().map(|user| numbered(user, number));
    let call = NewCall {
        remote: &numbered(&interaction.remote, number),
        name: &numbered(&interaction.name, number),
        workgroup: &interaction.workgroup,
        user: user.as_deref(),
        medium: &interaction.medium,
    };
    new_call(world, &id, &call);
    world.change(INTERACTIONS, &id, |item| {
        for (name, value) in &interaction.attributes {
            set_attribute(item, name, &numbered(value, number));
        }
    });
    if let Some(user) = user.filter(|_| interaction.connected) {
        interactions::actions::pick_up(world, &id, &user);
    }
    let visitor = numbered(&interaction.name, number);
    for text in &interaction.texts {
        text.write(world, &id, &visitor, number);
    }
}

fn add_callback(world: &mut World, entry: &CallbackEntry, number: u32) {
    let target = numbered(&entry.target, number);
    let mut callback = Callback::new(target, numbered(&entry.subject, number));
    if let Some(name) = &entry.name {
        callback = callback.name(numbered(name, number));
    }
    if let Some(most) = entry.max_attempts {
        callback = callback.max_attempts(most);
    }
    if let Some(workgroup) = &entry.workgroup {
        callback = callback.workgroup(workgroup);
    }
    let id = world.new_interaction_id();
    create_callback(world, &id, callback, None);
}
