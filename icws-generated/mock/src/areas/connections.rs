//! Tokens by which another program connects as the same user.

use serde_json::json;

use super::Handler;
use super::call::{Answer, Call};
use crate::modelled::times::now;
use crate::refusal::Refusal;
use crate::world::AuthToken;

pub(super) const HANDLERS: &[(&str, Handler)] = &[
    ("connection.createUniqueAuthToken", create_token),
    ("connection.getServerTime", server_time),
];

fn server_time(_: &mut Call<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::body(json!({ "serverUtcTime": now() })))
}

/// A token for one connection. It does not die after seven seconds.
fn create_token(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let token = call.world.guid();
    call.world.tokens.add_auth(AuthToken {
        source_session: call.session.to_owned(),
        seed: call.text("authTokenSeed").unwrap_or_default().to_owned(),
        token: token.clone(),
    });
    Ok(Answer::body(json!({ "authToken": token })))
}
