//! What a world has to begin with, as a file says it.

mod build;
mod check;
mod life;
mod more;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use check::ListName;
pub(crate) use life::live;
use more::{Contact, Statistic, Text};

/// What a world has to begin with: users, workgroups, statuses, interactions, contacts, values
/// of statistics and items of configuration lists.
///
/// ```
/// use icws_mock::{MockServer, Scenario};
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let scenario: Scenario = "
/// workgroups:
///   - { id: Sales, name: Sales }
/// users:
///   - { id: ada, name: Ada Example, password: secret, workgroups: [Sales] }
/// interactions:
///   - { count: 3, workgroup: Sales, remote: '+1317555010{n}', name: 'Caller {n}' }
/// ".parse()?;
/// let server = MockServer::builder().world(scenario).start().await?;
/// assert_eq!(server.control().items("interactions").len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// An entry with `count` stands for that many; `{n}` in its texts is their number
/// from 1, `{nn}` the same with at least two digits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    statuses: Vec<Status>,
    workgroups: Vec<Workgroup>,
    users: Vec<User>,
    stations: Vec<Named>,
    skills: Vec<Named>,
    roles: Vec<Named>,
    interactions: Vec<Interaction>,
    callbacks: Vec<CallbackEntry>,
    /// Contacts of the general directory.
    contacts: Vec<Contact>,
    /// Values of statistics that are not counted.
    statistics: Vec<Statistic>,
    /// Items of other configuration lists, by the path of the list below
    /// `configuration`.
    configuration: BTreeMap<ListName, Vec<Named>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    id: String,
    text: Option<String>,
    /// Whether calls are assigned to users in this status.
    #[serde(default)]
    acd: bool,
    #[serde(default)]
    do_not_disturb: bool,
    #[serde(default)]
    after_call_work: bool,
    #[serde(default)]
    forward: bool,
    #[serde(default = "yes")]
    selectable: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Workgroup {
    #[serde(default = "one")]
    count: u32,
    id: String,
    name: Option<String>,
    extension: Option<String>,
    /// Other properties, as `configuration.workgroups` has them.
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    #[serde(default = "one")]
    count: u32,
    id: String,
    name: Option<String>,
    /// Without one the user cannot connect.
    password: Option<Password>,
    extension: Option<String>,
    status: Option<String>,
    notes: Option<String>,
    station: Option<String>,
    #[serde(default)]
    workgroups: Vec<String>,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
    /// The licences that the user has.
    #[serde(default)]
    licenses: Vec<String>,
    /// Other properties, as `configuration.users` has them.
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

/// A password, which no `Debug` shows.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(transparent)]
struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// An item of a configuration list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    #[serde(default = "one")]
    count: u32,
    id: String,
    name: Option<String>,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Interaction {
    #[serde(default = "one")]
    count: u32,
    id: Option<String>,
    #[serde(default = "call", deserialize_with = "check::medium")]
    medium: String,
    workgroup: String,
    /// The user who has it.
    user: Option<String>,
    /// Whether the user talks: without it the interaction alerts.
    #[serde(default)]
    connected: bool,
    #[serde(default)]
    remote: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    /// What was written, of a chat.
    #[serde(default)]
    texts: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct CallbackEntry {
    #[serde(default = "one")]
    count: u32,
    workgroup: Option<String>,
    target: String,
    subject: String,
    name: Option<String>,
    max_attempts: Option<i32>,
}

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

fn call() -> String {
    "Call".to_owned()
}

/// What whoever names a file that there is not may have meant.
const BUILT_IN: &str = "; the world that is built in is called `contact-center`";

/// Why a scenario cannot be read.
#[derive(Debug)]
pub struct ScenarioError {
    text: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for ScenarioError {}

/// An error without the value that is of another type than it should be: it may be a
/// password that stands where none does (`users: [ada:secret]`).
fn without_value(error: &str) -> String {
    const EXPECTED: &str = ", expected ";
    for kind in ["invalid type: ", "invalid value: "] {
        let Some((before, rest)) = error.split_once(kind) else {
            continue;
        };
        let Some((found, expected)) = rest.rsplit_once(EXPECTED) else {
            continue;
        };
        let found = found.split(['"', '`']).next().unwrap_or_default();
        return format!("{before}{kind}{}{EXPECTED}{expected}", found.trim_end());
    }
    error.to_owned()
}

impl std::str::FromStr for Scenario {
    type Err = ScenarioError;

    /// Reads YAML.
    ///
    /// # Errors
    /// When the text is no YAML, has a key that is not known, refers to something that is
    /// not there, or has something twice: the error says what, and where if that is known.
    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        let read: Result<Scenario, _> = serde_yaml::from_str(text);
        let scenario = read.map_err(|error| ScenarioError {
            text: without_value(&error.to_string()),
        })?;
        match scenario.problem() {
            Some(problem) => Err(ScenarioError { text: problem }),
            None => Ok(scenario),
        }
    }
}

impl Default for Scenario {
    /// Some statuses, and nothing else.
    fn default() -> Self {
        let status = |id: &str, acd, do_not_disturb| Status {
            id: id.to_owned(),
            text: None,
            acd,
            do_not_disturb,
            after_call_work: id == "Follow Up",
            forward: id == "Available, Forward",
            selectable: true,
        };
        Scenario {
            statuses: vec![
                status("Available", true, false),
                status("Available, Forward", true, false),
                status("At Lunch", false, true),
                status("Do Not Disturb", false, true),
                status("Follow Up", false, true),
                status("Gone Home", false, true),
            ],
            workgroups: Vec::new(),
            users: Vec::new(),
            stations: Vec::new(),
            skills: Vec::new(),
            roles: Vec::new(),
            interactions: Vec::new(),
            callbacks: Vec::new(),
            contacts: Vec::new(),
            statistics: Vec::new(),
            configuration: BTreeMap::new(),
        }
    }
}

impl Scenario {
    /// A contact center: 50 users in 8 workgroups, 200 interactions, callbacks and
    /// chats among them. Users are called `agent01` to `agent22`, `billing01` to
    /// `billing12`, `claims01` to `claims08`, `desk01` to `desk04` and `night01` to
    /// `night04`, all with the password `secret`.
    ///
    /// # Errors
    /// None: the file is tested.
    pub fn contact_center() -> Result<Self, ScenarioError> {
        include_str!("contact-center.yaml").parse()
    }

    /// The text of [`Scenario::contact_center`], to begin one's own with.
    pub const CONTACT_CENTER: &str = include_str!("contact-center.yaml");

    /// Reads a file.
    ///
    /// # Errors
    /// When the file cannot be read; where there is none, the error tells of the world that
    /// is built in. Of the kind
    /// [`InvalidData`](io::ErrorKind::InvalidData) when it is no scenario.
    pub fn load(path: &Path) -> io::Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let hint = match error.kind() {
                io::ErrorKind::NotFound => BUILT_IN,
                _ => "",
            };
            io::Error::new(error.kind(), format!("{}: {error}{hint}", path.display()))
        })?;
        let parsed: Result<Scenario, ScenarioError> = text.parse();
        parsed.map_err(|error| {
            let text = format!("{}: {error}", path.display());
            io::Error::new(io::ErrorKind::InvalidData, text)
        })
    }

    /// What there is without a file: two workgroups with all of the users.
    pub(crate) fn small(users: &[(String, String)]) -> Self {
        let named = |id: &str| Named {
            count: 1,
            id: id.to_owned(),
            name: None,
            properties: BTreeMap::new(),
        };
        let workgroups = ["Marketing", "Sales", "Support"];
        let users = users
            .iter()
            .zip(7001..)
            .map(|((user, password), extension)| User {
                count: 1,
                id: user.clone(),
                name: None,
                password: Some(Password(password.clone())),
                extension: Some(extension.to_string()),
                status: None,
                notes: None,
                station: None,
                workgroups: workgroups.map(str::to_owned).to_vec(),
                skills: vec!["English".to_owned()],
                roles: vec!["Agent".to_owned()],
                licenses: Vec::new(),
                properties: BTreeMap::new(),
            });
        let workgroup = |id: &str| Workgroup {
            count: 1,
            id: id.to_owned(),
            name: None,
            extension: None,
            properties: BTreeMap::new(),
        };
        Scenario {
            users: users.collect(),
            workgroups: workgroups.map(workgroup).to_vec(),
            stations: vec![named("station1"), named("station2")],
            skills: vec![named("English"), named("Spanish")],
            roles: vec![named("Agent"), named("Supervisor")],
            ..Scenario::default()
        }
    }
}
