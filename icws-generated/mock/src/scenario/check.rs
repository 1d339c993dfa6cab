//! What a scenario cannot mean: names that refer to nothing, things that are there twice.

use std::collections::{BTreeMap, HashSet};

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::build::numbered;
use super::more::{Contact, Statistic};
use super::{Named, Scenario};
use crate::areas;
use crate::modelled::Modelled;

/// The media of interactions. Callbacks are a list of their own.
const MEDIA: &[&str] = &[
    "Call",
    "Chat",
    "Email",
    "Generic Object",
    "SmsMessage",
    "WorkItem",
    "DirectMessage",
    "SocialConversation",
];

/// Lists of the configuration that have a key of their own.
const OWN: &[&str] = &[
    "roles",
    "skills",
    "stations",
    "status-messages",
    "users",
    "workgroups",
];

/// What has a key of its own is not said by properties, nor what follows of something else.
const OF_USERS: &[&str] = &["extension", "roles", "statusText", "workgroups"];
const OF_WORKGROUPS: &[&str] = &["extension"];

/// Reads a medium. The error has the line, as it is told here.
pub(super) fn medium<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let medium = String::deserialize(deserializer)?;
    if medium == "Callback" {
        return Err(D::Error::custom("`callbacks` are a list of their own"));
    }
    match MEDIA.contains(&&*medium) {
        true => Ok(medium),
        false => Err(D::Error::custom(unknown(
            "medium",
            &medium,
            MEDIA.iter().copied(),
        ))),
    }
}

/// The path of a list of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ListName(pub String);

impl<'de> Deserialize<'de> for ListName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if OWN.contains(&&*name) {
            let problem = format!("`{name}` has a key of its own");
            return Err(D::Error::custom(problem));
        }
        // A model that cannot be read is told when the server starts.
        let Ok(shipped) = Modelled::shipped() else {
            return Ok(ListName(name));
        };
        let tables = areas::areas(shipped).lists.tables().map(|(table, _)| table);
        let lists = tables.filter_map(|table| table.strip_prefix("configuration/"));
        let lists: Vec<&str> = lists.collect();
        match lists.contains(&&*name) {
            true => Ok(ListName(name)),
            false => Err(D::Error::custom(unknown("list", &name, lists.into_iter()))),
        }
    }
}

fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let meant = icws_spec::suggest(name, known);
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?"));
    format!("there is no {what} `{name}`{}", meant.unwrap_or_default())
}

/// All names of a kind.
pub(super) struct Names {
    what: &'static str,
    all: Vec<String>,
    known: HashSet<String>,
}

impl Names {
    fn new<'e>(what: &'static str, entries: impl Iterator<Item = (&'e String, u32)>) -> Self {
        let all = entries.flat_map(|(id, count)| (1..=count).map(move |n| numbered(id, n)));
        let all: Vec<String> = all.collect();
        Names {
            what,
            known: all.iter().cloned().collect(),
            all,
        }
    }

    fn named(what: &'static str, list: &[Named]) -> Self {
        Names::new(what, list.iter().map(|named| (&named.id, named.count)))
    }

    /// The first name that is there twice.
    fn twice(&self) -> Option<&str> {
        let mut seen = HashSet::new();
        let mut all = self.all.iter().map(String::as_str);
        all.find(|name| !seen.insert(*name))
    }

    /// What is to be said of a name that is not there.
    pub(super) fn missing(&self, name: &str, by: &str) -> Option<String> {
        let text = || {
            let known = self.all.iter().map(String::as_str);
            format!("{by}: {}", unknown(self.what, name, known))
        };
        (!self.known.contains(name)).then(text)
    }
}

/// A property that is not said as such.
pub(super) fn said_elsewhere<V>(
    by: &str,
    properties: &BTreeMap<String, V>,
    own: &[&str],
) -> Option<String> {
    let mut names = properties.keys();
    let name = names.find(|name| own.contains(&name.as_str()))?;
    Some(format!("{by}: `{name}` has a key of its own"))
}

impl Scenario {
    /// What cannot be meant, if something cannot.
    pub(super) fn problem(&self) -> Option<String> {
        let users = self.users.iter().map(|user| (&user.id, user.count));
        let users = Names::new("user", users);
        let groups = self.workgroups.iter().map(|group| (&group.id, group.count));
        let groups = Names::new("workgroup", groups);
        let statuses = self.statuses.iter().map(|status| (&status.id, 1));
        let statuses = Names::new("status", statuses);
        let stations = Names::named("station", &self.stations);
        let skills = Names::named("skill", &self.skills);
        let roles = Names::named("role", &self.roles);
        let lists = [
            ("users", &users),
            ("workgroups", &groups),
            ("statuses", &statuses),
            ("stations", &stations),
            ("skills", &skills),
            ("roles", &roles),
        ];
        let twice = lists.into_iter().find_map(|(what, names)| {
            let twice = names.twice()?;
            Some(format!("there are two {what} `{twice}`"))
        });
        twice
            .or_else(|| self.twice())
            .or_else(|| self.of_users(&groups, &statuses, &stations, &skills, &roles))
            .or_else(|| self.of_interactions(&groups, &users))
            .or_else(|| self.of_the_rest())
    }

    /// What else is there twice.
    fn twice(&self) -> Option<String> {
        let mut lists = self.configuration.iter();
        let list = lists.find_map(|(ListName(list), items)| {
            let names = Names::named("item", items);
            let twice = names.twice()?;
            Some(format!("there are two items of `{list}` `{twice}`"))
        });
        let interactions = self.interactions.iter();
        let with_id = interactions.filter_map(|entry| Some((entry.id.as_ref()?, entry.count)));
        let names = Names::new("interaction", with_id);
        let interaction = || {
            let twice = names.twice()?;
            Some(format!(
                "there are two interactions `{twice}`: `{{n}}` in an id with `count` is its number"
            ))
        };
        list.or_else(interaction)
    }

    fn of_the_rest(&self) -> Option<String> {
        let contact = self.contacts.iter().find_map(Contact::problem);
        contact.or_else(|| Statistic::twice(&self.statistics))
    }

    fn of_users(
        &self,
        groups: &Names,
        statuses: &Names,
        stations: &Names,
        skills: &Names,
        roles: &Names,
    ) -> Option<String> {
        let mut workgroups = self.workgroups.iter();
        let workgroup = workgroups.find_map(|group| {
            let by = format!("workgroup `{}`", group.id);
            if group.properties.contains_key("members") {
                return Some(format!("{by}: `members` follows the `workgroups` of users"));
            }
            said_elsewhere(&by, &group.properties, OF_WORKGROUPS)
        });
        let mut users = self.users.iter();
        let user = || {
            users.find_map(|user| {
                let by = format!("user `{}`", user.id);
                let lists = [
                    (groups, &user.workgroups),
                    (skills, &user.skills),
                    (roles, &user.roles),
                ];
                let mut lists = lists
                    .into_iter()
                    .flat_map(|(known, own)| own.iter().map(move |name| (known, name)));
                let found = lists
                    .find_map(|(known, name)| known.missing(name, &by))
                    .or_else(|| statuses.missing(user.status.as_ref()?, &by));
                let station = || {
                    let station = user.station.as_ref()?;
                    (1..=user.count).find_map(|number| {
                        let by = format!("user `{}`", numbered(&user.id, number));
                        stations.missing(&numbered(station, number), &by)
                    })
                };
                found
                    .or_else(station)
                    .or_else(|| said_elsewhere(&by, &user.properties, OF_USERS))
            })
        };
        workgroup.or_else(user)
    }

    fn of_interactions(&self, groups: &Names, users: &Names) -> Option<String> {
        let mut interactions = self.interactions.iter();
        let interaction = interactions.find_map(|entry| {
            let by = "an interaction";
            let user = || {
                let user = entry.user.as_ref()?;
                (1..=entry.count).find_map(|n| users.missing(&numbered(user, n), by))
            };
            let texts = || {
                let mut texts = entry.texts.iter();
                texts.find_map(|text| text.problem(entry, users))
            };
            let found = groups.missing(&entry.workgroup, by).or_else(user);
            found.or_else(texts)
        });
        let mut callbacks = self.callbacks.iter();
        let callback =
            || callbacks.find_map(|entry| groups.missing(entry.workgroup.as_ref()?, "a callback"));
        interaction.or_else(callback)
    }
}
