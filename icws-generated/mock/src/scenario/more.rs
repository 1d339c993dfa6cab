//! What few worlds have: contacts, values of statistics, and what was written in chats.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Interaction;
use super::build::numbered;
use super::check::{Names, said_elsewhere};
use crate::areas::interactions::chats;
use crate::areas::{directories, statistics};
use crate::world::World;

/// A contact of the general directory, which clients can change.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    #[serde(default = "super::one")]
    count: u32,
    name: String,
    /// The number of the telephone at work.
    phone: Option<String>,
    /// Other properties, as `directories.createContact` has them.
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

/// The properties of a contact that have keys of their own, or none.
const NAME: &str = "displayName";
const PHONE: &str = "businessPhone";
const OWN: &[&str] = &["__type", PHONE, NAME, "entryID"];

impl Contact {
    pub(super) fn problem(&self) -> Option<String> {
        said_elsewhere(&format!("contact `{}`", self.name), &self.properties, OWN)
    }

    pub(super) fn add(&self, world: &mut World) {
        for number in 1..=self.count {
            let mut contact = json!(self.properties);
            contact[NAME] = json!(numbered(&self.name, number));
            if let Some(phone) = &self.phone {
                contact[PHONE] = json!({ "baseNumber": numbered(phone, number) });
            }
            directories::add_contact(world, &contact);
        }
    }
}

/// A value of a statistic.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statistic {
    /// The identifier of the statistic.
    id: String,
    /// In the order in which clients ask for them.
    #[serde(default)]
    parameters: Vec<Parameter>,
    value: Measured,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameter {
    /// The identifier of the type of the parameter.
    id: String,
    value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected a number, a text, true or false")]
enum Measured {
    Int(i64),
    Double(f64),
    Bool(bool),
    String(String),
}

impl Statistic {
    /// The statistic that has two values, if one has.
    pub(super) fn twice(all: &[Statistic]) -> Option<String> {
        let mut known = std::collections::BTreeSet::new();
        let twice = all
            .iter()
            .find(|one| !known.insert((&one.id, &one.parameters)));
        twice.map(|one| format!("there are two values of the statistic `{}`", one.id))
    }

    pub(super) fn set(&self, world: &mut World) {
        let parameters = self.parameters.iter();
        let parameters = parameters
            .map(|one| json!({ "parameterTypeId": one.id, "value": one.value }))
            .collect::<Vec<_>>();
        let key = json!({
            "statisticIdentifier": self.id,
            "parameterValueItems": parameters,
        });
        // The numbers of `statisticValueType`.
        let (kind, number, value) = match &self.value {
            Measured::Int(value) => ("Int", 0, json!(value)),
            Measured::Double(value) => ("Double", 1, json!(value)),
            Measured::String(value) => ("String", 2, json!(value)),
            Measured::Bool(value) => ("Bool", 3, json!(value)),
        };
        let value = json!({
            "__type": format!("urn:inin.com:statistics:statistic{kind}Value"),
            "statisticValueType": number,
            "value": value,
        });
        statistics::set(world, &key, &value);
    }
}

/// A text of a chat.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// The user who wrote it; without one it was whoever came.
    user: Option<String>,
    text: String,
}

impl Text {
    pub(super) fn problem(&self, of: &Interaction, users: &Names) -> Option<String> {
        let by = "a text of an interaction";
        if of.medium != "Chat" {
            return Some(format!("{by}: `{}` has no texts, a `Chat` has", of.medium));
        }
        let user = self.user.as_ref()?;
        (1..=of.count).find_map(|number| users.missing(&numbered(user, number), by))
    }

    pub(super) fn write(&self, world: &mut World, id: &str, visitor: &str, number: u32) {
        let user = self.user.as_ref().map(|user| numbered(user, number));
        let who = user.as_deref().unwrap_or(visitor);
        chats::write(world, id, who, &numbered(&self.text, number));
    }
}
