//! The operation that makes a session, and the script that keeps what later
//! requests need of it.

use serde_json::{Value as Json, json};

use crate::api::{Api, BodyType, Operation, Type};

/// The variable for the id of the session, by the name that the reply gives it.
pub(super) const SESSION: &str = "sessionId";

/// The variable for the token of the session, by the name that the reply gives it.
pub(super) const TOKEN: &str = "csrfToken";

/// The property that names the user.
const USER: &str = "userID";

/// The operation that makes a session.
pub(super) struct Login<'a> {
    pub operation: &'a Operation,
    /// The variables for what only the user knows, by the properties that they
    /// fill.
    pub asked: Vec<String>,
}

impl<'a> Login<'a> {
    /// Finds the operation: the one without a session whose success brings one.
    pub fn of(api: &'a Api) -> Option<Login<'a>> {
        let mut operations = api.operations().map(|(_, operation)| operation);
        let operation = operations.find(|o| o.is_sessionless() && makes_session(api, o))?;
        let Some(Type::Record(body)) = operation.body else {
            return Some(Login {
                operation,
                asked: Vec::new(),
            });
        };
        let options = api.records.standing_for(body);
        let properties = options.iter().flat_map(|id| &api[*id].properties);
        let mut asked: Vec<String> = Vec::new();
        for property in properties {
            let is_asked = property.ty == Type::Secret || property.name == USER;
            if is_asked && !asked.contains(&property.name) {
                asked.push(property.name.clone());
            }
        }
        Some(Login { operation, asked })
    }

    /// The body with variables in place of what only the user knows.
    pub fn ask(&self, mut body: Json) -> Json {
        if let Some(map) = body.as_object_mut() {
            for (name, value) in map {
                if self.asked.contains(name) {
                    *value = variable(name).into();
                }
            }
        }
        body
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

/// A variable of the collection.
pub(super) fn variable(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

fn makes_session(api: &Api, operation: &Operation) -> bool {
    let bodies = operation.successes().filter_map(|reply| match reply.body {
        Some(BodyType::Value(Type::Record(id))) => Some(&api[id]),
        _ => None,
    });
    let mut bodies = bodies;
    bodies.any(|record| {
        let has = |name: &str| record.properties.iter().any(|p| p.name == name);
        has(SESSION) && has(TOKEN)
    })
}
