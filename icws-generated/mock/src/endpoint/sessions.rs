//! Sessions, over HTTP.

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use crate::areas::statuses::USERS;
use crate::control::Control;

use super::fields::Fields;
use super::{Problem, asks_for, found, known, unknown};

pub(super) fn act(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    match (request.method().as_str(), pieces) {
        ("GET", []) => Ok(Some(match asks_for(request, "details")? {
            true => control.session_states().into(),
            false => control.sessions().into(),
        })),
        ("POST", []) => {
            let mut fields = Fields::read(request.body())?;
            let user = fields.required_text("user")?;
            fields.finish()?;
            known(control, USERS, "user", &user)?;
            Ok(Some(json!({ "sessionId": control.open_session(&user) })))
        }
        ("GET", [id]) => match control.session_state(id) {
            Some(session) => Ok(Some(session)),
            None => found(false, "session", id),
        },
        ("DELETE", [id]) => found(control.expire_session(id), "session", id),
        ("POST", [id, "drop"]) => {
            Fields::read(request.body())?.finish()?;
            found(control.cut_stream(id), "stream of session", id)
        }
        ("POST", [id, "disconnect"]) => {
            let mut fields = Fields::read(request.body())?;
            let reason = fields.text("reason")?;
            let reason = reason.unwrap_or_else(|| "The server ends the session.".to_owned());
            let should_reconnect = fields.boolean("shouldReconnect")?.unwrap_or(true);
            fields.finish()?;
            found(
                control.disconnect(id, &reason, should_reconnect),
                "session",
                id,
            )
        }
        (_, [] | [_] | [_, "disconnect" | "drop"]) => Err(Problem::MethodNotAllowed),
        _ => Err(unknown()),
    }
}
