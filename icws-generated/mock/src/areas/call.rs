//! A request that is being carried out.

use icws_spec::api::RecordId;
use serde_json::{Value, json};

pub(crate) use crate::modelled::Answer;
use crate::modelled::Given;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::world::{Item, World, is_same_name};

/// A request that the model allows.
pub(crate) struct Call<'a> {
    pub settings: &'a Settings,
    pub world: &'a mut World,
    /// The id of the session, and whose it is.
    pub session: &'a str,
    pub user: String,
    /// The parameters.
    pub given: Vec<Given>,
    /// The body; null without one.
    pub body: Value,
    /// The path, as it was asked for.
    pub path: &'a str,
    /// The query, which may say what the model does not know.
    pub query: &'a str,
}

impl Call<'_> {
    /// A parameter, if it is given.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut given = self.given.iter();
        let found = given.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter that has to be there, as the model says.
    pub fn required(&self, name: &str) -> Result<String, Refusal> {
        let found = self.parameter(name).map(str::to_owned);
        found.ok_or_else(|| Refusal::missing(name))
    }

    /// A text of the body.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    /// A boolean of the body, which may stand in quotes.
    pub fn flag(&self, name: &str) -> bool {
        match self.body.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    /// An item of a table by its id, which may be in any case, with the id as it is spelled
    /// there; or 404.
    pub fn known(&self, table: &str, id: &str, what: &str) -> Result<(String, Item), Refusal> {
        let found = self.world.tables.known(table, id);
        let found = found.map(|(id, item)| (id.to_owned(), item.clone()));
        found.ok_or_else(|| Refusal::not_found(format!("There is no {what} {id}.")))
    }

    /// Answers 202, and sends the message that tells how it ended. The message may
    /// overtake the response.
    pub fn complete(&mut self, error: Option<&str>) -> Answer {
        let message = json!({
            "__type": "urn:inin.com:messaging:asyncOperationCompletedMessage",
            "isDelta": false,
            "error": error.map(|message| json!({ "message": message })),
        });
        self.completed(message)
    }

    /// The same of an operation of which nothing more is known: it succeeds, and all
    /// else that the message has is made up.
    pub fn accept(&mut self, completed: RecordId) -> Answer {
        let mut message = self
            .settings
            .shipped
            .made_up(completed, &[], &self.world.tables);
        message["error"] = Value::Null;
        self.completed(message)
    }

    fn completed(&mut self, mut message: Value) -> Answer {
        let id = self.world.number().to_string();
        message["requestId"] = json!(id);
        let message = message.to_string().into();
        self.world.sessions.push(self.session, message);
        Answer::body(json!({ "requestId": id }))
    }
}

/// Returns true if a list in a body has a name, in any case.
pub(crate) fn lists(body: &Value, list: &str, name: &str) -> bool {
    let mut names = texts(body, list).into_iter();
    names.any(|known| is_same_name(known, name))
}

/// Texts of a list in a body; none when it is not there.
pub(crate) fn texts<'b>(body: &'b Value, name: &str) -> Vec<&'b str> {
    let list = body.get(name).and_then(Value::as_array);
    let items = list.into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}
