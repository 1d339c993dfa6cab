//! The operation that makes a session, and the script that keeps what later
//! requests need of it.

use serde_json::{Value as Json, json};

use crate::api::{Api, BodyType, Operation, OperationExample, Property, Type};

use super::sample::sample;
use super::values;

/// The variable for the id of the session, by the name that the reply gives it.
pub(super) const SESSION: &str = "sessionId";

/// The variable for the token of the session, by the name that the reply gives it.
pub(super) const TOKEN: &str = "csrfToken";

/// The property that names the user.
const USER: &str = "userID";

/// The operation that makes a session.
pub(super) struct Login<'a> {
    pub operation: &'a Operation,
    /// The body, with variables in place of what only the user knows.
    pub body: Option<Json>,
    /// These variables.
    pub asked: Vec<String>,
}

impl<'a> Login<'a> {
    /// Finds the operation: the one without a session whose success brings one.
    pub fn of(api: &'a Api) -> Option<Login<'a>> {
        let mut operations = api.operations().map(|(_, operation)| operation);
        let operation = operations.find(|o| o.is_sessionless() && makes_session(api, o))?;
        let mut login = Login {
            operation,
            body: body(api, operation, operation.examples.first()),
            asked: Vec::new(),
        };
        let record = operation.body.as_ref().and_then(Type::record);
        let options = record.map(|id| api.records.standing_for(id));
        let options = options.iter().flatten();
        let properties: Vec<&Property> = options.flat_map(|id| &api[*id].properties).collect();
        let map = login.body.as_mut().and_then(Json::as_object_mut);
        for (name, value) in map.into_iter().flatten() {
            let mut properties = properties.iter();
            let is_secret = properties.any(|p| p.name == *name && p.ty == Type::Secret);
            if is_secret || name == USER {
                *value = variable(name).into();
                login.asked.push(name.clone());
            }
        }
        Some(login)
    }

    /// The script that runs when the reply is there.
    pub fn event(&self) -> Json {
        let keep = [SESSION, TOKEN];
        let keep =
            keep.map(|name| format!("    pm.collectionVariables.set(\"{name}\", made.{name});"));
        let mut script = vec![
            "if (pm.response.code >= 200 && pm.response.code < 300) {".to_owned(),
            "    const made = pm.response.json();".to_owned(),
        ];
        script.extend(keep);
        script.push("}".to_owned());
        script.push("pm.test(\"There is a session\", () => pm.expect(pm.response.code).to.be.within(200, 299));".to_owned());
        json!([{ "listen": "test", "script": { "type": "text/javascript", "exec": script } }])
    }
}

/// The body of a request: that of an example, or what is required.
pub(super) fn body(
    api: &Api,
    operation: &Operation,
    example: Option<&OperationExample>,
) -> Option<Json> {
    let ty = operation.body.as_ref()?;
    let given = example.and_then(|example| example.request_body.as_deref());
    Some(given.map_or_else(|| sample(api, ty), values::json))
}

/// A variable of the collection.
pub(super) fn variable(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

fn makes_session(api: &Api, operation: &Operation) -> bool {
    let mut bodies = operation.successes().filter_map(|reply| match reply.body {
        Some(BodyType::Value(Type::Record(id))) => Some(&api[id]),
        _ => None,
    });
    bodies.any(|record| {
        let has = |name: &str| record.properties.iter().any(|p| p.name == name);
        has(SESSION) && has(TOKEN)
    })
}
