//! Whose request it is: session id, cookie and CSRF token.

use bytes::Bytes;
use http::Uri;
use http::header::{COOKIE, HOST, ORIGIN, REFERER};
use http::uri::Authority;

use crate::world::{Session, World, place_of_id};

use crate::refusal::Refusal;
use crate::router::Needs;

/// The codes of 401 that live servers were seen to answer with.
const NO_SESSION_ID: i64 = 1;
const NO_TOKEN: i64 = 2;
const NO_COOKIE: i64 = 4;

/// Finds the session of a request and checks what it has to show. The session
/// may have ended: whether that matters depends on the operation.
pub(super) fn authorize(
    world: &mut World,
    needs: Needs,
    pieces: &[&str],
    request: &http::Request<Bytes>,
) -> Result<Option<String>, Refusal> {
    let Some(index) = needs.session else {
        return Ok(None);
    };
    let id = pieces.get(index).copied().unwrap_or_default();
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::unauthorized(
            NO_SESSION_ID,
            "A session id was expected.",
        ));
    }
    let cookie = cookie(request, id);
    if needs.cookie && cookie.is_none() {
        let hint = world
            .sessions
            .get(id)
            .and_then(|session| other_host(session, request));
        let message = match hint {
            Some(hint) => format!("The session cookie is missing. {hint}"),
            None => "The session cookie is missing.".to_owned(),
        };
        return Err(Refusal::unauthorized(NO_COOKIE, &message));
    }
    let Some(session) = world.sessions.get(id) else {
        return Err(not_found());
    };
    if needs.cookie && cookie.as_deref() != Some(&session.cookie) {
        return Err(not_found());
    }
    // Real servers give the header in any case; the type compares without it.
    let token = request.headers().get("ININ-ICWS-CSRF-Token");
    if needs.token && token.map(|token| token.as_bytes()) != Some(session.csrf_token.as_bytes()) {
        return Err(Refusal::unauthorized(
            NO_TOKEN,
            "The CSRF token is missing or wrong.",
        ));
    }
    Ok(Some(id.to_owned()))
}

/// 401: there is no such session, or it has ended.
pub(super) fn not_found() -> Refusal {
    Refusal::unauthorized(Refusal::SESSION_NOT_FOUND, "The session was not found.")
}

/// The value of the session's cookie, wherever it stands in what was sent:
/// clients in use send the whole `Set-Cookie` line, some as an array, some with
/// the bare id before it.
fn cookie(request: &http::Request<Bytes>, id: &str) -> Option<String> {
    let name = format!("icws_{id}=");
    request.headers().get_all(COOKIE).iter().find_map(|line| {
        let line = String::from_utf8_lossy(line.as_bytes());
        let mut places = line.match_indices(&name);
        let (place, _) = places.find(|(place, _)| {
            let before = line
                .get(..*place)
                .and_then(|before| before.chars().next_back());
            before.is_none_or(|before| matches!(before, ' ' | ';' | ',' | '"' | '['))
        })?;
        let value = line.get(place + name.len()..)?;
        let value = value.strip_prefix('"').unwrap_or(value);
        let end = value.find([';', ',', '"', ' ']).unwrap_or(value.len());
        value.get(..end).map(str::to_owned)
    })
}

/// What to do where a browser keeps the cookie for another host name.
fn other_host(session: &Session, request: &http::Request<Bytes>) -> Option<String> {
    let connected = session.host.as_deref()?;
    let asked = request.headers().get(HOST)?.to_str().ok()?;
    let other = if !connected.eq_ignore_ascii_case(asked) {
        format!("The session was made at {connected}")
    } else {
        let host: Authority = asked.parse().ok()?;
        let page = page_of(request).filter(|page| !page.eq_ignore_ascii_case(host.host()))?;
        format!("The page is one of {page}")
    };
    Some(format!(
        "{other}, and this request is for {asked}: browsers keep cookies by the host, so use one \
         name for both."
    ))
}

/// The name of the host of the page that a browser sends a request for.
fn page_of(request: &http::Request<Bytes>) -> Option<String> {
    [ORIGIN, REFERER].into_iter().find_map(|name| {
        let page = request.headers().get(name)?.to_str().ok()?;
        let page: Uri = page.parse().ok()?;
        // What has no scheme is the `null` of a page without a host.
        page.scheme()?;
        page.host().map(str::to_owned)
    })
}

/// The same for a path that is none of the API's: who has no session is not told that.
/// What stands where the id of a session does is one, but for the `connection` that is
/// asked for without.
pub(super) fn authorize_unknown(
    world: &mut World,
    request: &http::Request<Bytes>,
) -> Result<(), Refusal> {
    let Some(id) = place_of_id(request.uri().path()).filter(|id| *id != "connection") else {
        return Ok(());
    };
    let needs = Needs {
        session: Some(0),
        cookie: true,
        token: true,
    };
    authorize(world, needs, &[id], request)?;
    let is_up = world.sessions.get(id).is_some_and(Session::is_up);
    if is_up { Ok(()) } else { Err(not_found()) }
}
