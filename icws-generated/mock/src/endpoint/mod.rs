//! The control over HTTP, for shells: `/mock`, beside `/icws`. Only peers of
//! the same machine are let in.

mod callbacks;
mod faults;
mod fields;
pub(super) mod guard;
mod sessions;
mod state;
mod traffic;
mod trial;
mod world;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use tokio::task::spawn_blocking;

use super::areas::items::Unfit;
use super::console;
use super::control::{Control, UnknownOperation, version};
use super::record::RecordedRequest;
use fields::Fields;

/// What `GET /mock` answers, before what the console has.
const HELP: &str = "\
A POST, PUT or PATCH needs `Content-Type: application/json`, which pages of other sites cannot send: curl --json does.
GET    /mock/callbacks                 all callbacks
POST   /mock/callbacks                 makes one: {\"target\", \"subject\"}, and what else a callbackMessage has,
                                       \"interactionId\", \"workgroup\", \"attributes\": {}
GET    /mock/callbacks/ID              one callback
PATCH  /mock/callbacks/ID              changes it: {\"attempts\": 2, \"snoozed\": true, \"name\": null}
POST   /mock/interactions              makes one that is no callback: {\"interactionId\"}
PATCH  /mock/interactions/ID           changes it: {\"attributes\": {}, \"denied\": true}
DELETE /mock/interactions/ID           takes it away, callback or not
POST   /mock/calls                     lets a call ring: {\"workgroup\", \"user\", \"remote\", \"name\"}
POST   /mock/chats                     lets a chat begin: {\"workgroup\", \"user\", \"name\"}
POST   /mock/interactions/ID/pickup    a user picks it up: {\"user\"}
POST   /mock/interactions/ID/transfer  puts it on another queue: {\"workgroup\"}, or {\"user\"}
POST   /mock/interactions/ID/write     writes into a chat: {\"who\", \"text\"}
POST   /mock/interactions/ID/hold      holds it, or lets it go on: {\"on\": false}; true without it
POST   /mock/interactions/ID/mute      mutes whoever has it, or no more: {\"on\": false}; true without it
POST   /mock/interactions/ID/disconnect  ends it
POST   /mock/users/ID/status           gives a user a status: {\"statusId\"}
POST   /mock/users/ID/station          puts a user on a station, or on none: {\"station\"}
POST   /mock/notifications             sends one of a handler: {\"objectId\", \"eventId\", \"data\": []}
POST   /mock/subscriptions/OPERATION   how queues.subscribe, say, stands: {\"state\": \"suspended\"}; also \"normal\",
                                       \"faulted\"
POST   /mock/live                      lets things happen by chance: {\"count\": 10}, 1,000 at most
GET    /mock/tick                      how often something happens by itself: {\"milliseconds\"}, null if nothing does
PUT    /mock/tick                      changes that: {\"milliseconds\": 1000}
GET    /mock/world                     the tables, with how many items they have
GET    /mock/world/TABLE[/ID]          the items of one, configuration/users say, or one item
PUT    /mock/world/TABLE/ID            puts an item there, a JSON object, and completes what says which it is; with
                                       \"If-None-Match: *\" only a new one, with \"If-Match\" and the ETag of what was
                                       read only in place of that
PATCH  /mock/world/TABLE/ID            sets properties; null takes one away
DELETE /mock/world/TABLE/ID            takes it away
GET    /mock/sessions                  the sessions that are up
GET    /mock/sessions?details          the same with user, age, subscriptions, messages that wait
GET    /mock/sessions/ID               one of them
POST   /mock/sessions                  makes one without a password: {\"user\"}
DELETE /mock/sessions/ID               lets one expire
POST   /mock/sessions/ID/disconnect    ends one: {\"reason\", \"shouldReconnect\"}
POST   /mock/sessions/ID/drop          closes the connection of its stream at once
POST   /mock/sessions/ID/try           sends a request of it: {\"method\", \"path\", \"headers\": {}, \"body\"}; the
                                       path begins behind /icws/ID; the answer is {\"status\", \"headers\", \"body\"}
POST   /mock/messages[?session=ID]     puts the body into the queues of all sessions, or of one
GET    /mock/faults                    how many requests went wrong, and what waits: {\"count\", \"waiting\", \"random\"}
POST   /mock/faults                    lets the next request go wrong: {\"fault\": \"answer\", \"status\": 500, \"errorId\",
                                       \"errorCode\", \"message\"}, with
                                       \"operation\": \"messaging.poll\" the next one of that; also \"unavailable\" with
                                       \"alternates\": [], \"delay\" with \"seconds\", \"dropBeforeRequest\",
                                       \"dropBeforeAnswer\", \"dropMidAnswer\", \"truncateJson\", \"expireSession\"
POST   /mock/faults/random             {\"seed\": 1, \"rate\": 0.1, \"faults\": [{\"fault\": …}], \"operation\"}
DELETE /mock/faults/random             ends these
DELETE /mock/faults/NUMBER             takes one back that waits
DELETE /mock/faults                    nothing more goes wrong
GET    /mock/gone                      the operations that were taken out of the API
POST   /mock/gone                      takes an operation out of the API: {\"operation\"}
DELETE /mock/gone/OPERATION            puts one back
POST   /mock/tokens                    for one connection: {\"singleSignOnToken\"}, or {\"authToken\", \"authTokenSeed\",
                                       \"authTokenSourceSession\"}
GET    /mock/requests                  the last requests
GET    /mock/traffic                   requests, answers and messages of streams in short, from the first use of it on:
                                       ?after=NUMBER&limit=1000&session=ID&operation=ID&status=404&text=…; also
                                       status 5xx and closed. A text is not sought in secrets, but with &secrets
GET    /mock/traffic/live              the same as server-sent events, as it happens, ?after=ID from the event of this
                                       id on; \"event: lost\" tells how many entries a slow reader has missed,
                                       \"event: cleared\" the number before which all was forgotten
GET    /mock/traffic/NUMBER[?secrets]  one with headers and bodies, and where it differs from the model; secrets are
                                       masked unless they are asked for
GET    /mock/traffic/har               all of it as HAR, the format of browsers; secrets are masked
DELETE /mock/traffic                   forgets it
GET    /mock/state                     counters by which a watcher knows that something has changed
";

/// Why the control does not do what it is asked for.
pub(super) enum Problem {
    NotFound(String),
    MethodNotAllowed,
    BadRequest(String),
    /// It stands otherwise than the request takes it to.
    Conflict(String),
    Precondition(String),
}

impl From<UnknownOperation> for Problem {
    fn from(error: UnknownOperation) -> Self {
        Problem::BadRequest(error.to_string())
    }
}

impl From<Unfit> for Problem {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Malformed(problem) => Problem::BadRequest(problem),
            Unfit::Follows(problem) => Problem::Conflict(problem),
        }
    }
}

/// The pieces of a path behind `/mock`; `None` when it is another path.
pub(super) fn pieces(path: &str) -> Option<Vec<String>> {
    let mut pieces = path.split('/').filter(|piece| !piece.is_empty());
    let decode = |piece: &str| percent_decode_str(piece).decode_utf8_lossy().into_owned();
    (pieces.next() == Some("mock")).then(|| pieces.map(decode).collect())
}

/// Returns true if pieces of a path behind `/mock` name a document of the model.
pub(super) fn is_document(pieces: &[String]) -> bool {
    matches!(pieces, [name] if matches!(&**name, "openapi.json" | "asyncapi.json"))
}

/// Whether it takes long to look at something: all of the traffic may be searched, and all
/// of the model written.
fn is_long(pieces: &[String]) -> bool {
    is_document(pieces) || matches!(pieces, [first, ..] if first == "traffic" || first == "model")
}

/// Does what a request asks for.
pub(super) async fn answer(
    control: Control,
    pieces: Vec<String>,
    request: Request<Bytes>,
) -> Response<Bytes> {
    let method = request.method();
    match &*pieces {
        // Clients are not to wait for that.
        _ if is_long(&pieces) && *method == Method::GET => {
            let work = spawn_blocking(move || answer_now(&control, &pieces, &request));
            work.await.unwrap_or_else(|_| {
                let problem = json!({ "message": "It could not be read." });
                respond(StatusCode::INTERNAL_SERVER_ERROR, &problem)
            })
        }
        [first, id, last] if first == "sessions" && last == "try" && *method == Method::POST => {
            let tried = trial::run(&control, id, &request).await;
            tried.map_or_else(refuse, |shown| respond(StatusCode::OK, &shown))
        }
        _ => answer_now(&control, &pieces, &request),
    }
}

/// The same of what is done at once.
fn answer_now(control: &Control, pieces: &[String], request: &Request<Bytes>) -> Response<Bytes> {
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    if *request.method() == Method::GET {
        let file = console::page(request.uri().path(), &pieces);
        let file = file.or_else(|| console::document(control.settings(), &pieces, request));
        if let Some(response) = file.or_else(|| traffic::file(control, &pieces)) {
            return response;
        }
    }
    match act(control, &pieces, request) {
        Ok(Some(Value::String(text))) => {
            let mut response = Response::new(Bytes::from(text));
            let media = HeaderValue::from_static("text/plain; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, media);
            response
        }
        Ok(Some(value)) => {
            let mut response = respond(StatusCode::OK, &value);
            // By it a change can be made to depend on what was read.
            if let (["world", ..], Ok(version)) = (&*pieces, HeaderValue::try_from(version(&value)))
            {
                response.headers_mut().insert(ETAG, version);
            }
            response
        }
        Ok(None) => {
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        Err(problem) => refuse(problem),
    }
}

fn refuse(problem: Problem) -> Response<Bytes> {
    let (status, message) = match problem {
        Problem::NotFound(message) => (StatusCode::NOT_FOUND, message),
        Problem::MethodNotAllowed => {
            let message = "There is no such method here; GET /mock lists all of them.";
            (StatusCode::METHOD_NOT_ALLOWED, message.to_owned())
        }
        Problem::BadRequest(message) => (StatusCode::BAD_REQUEST, message),
        Problem::Conflict(message) => (StatusCode::CONFLICT, message),
        Problem::Precondition(message) => (StatusCode::PRECONDITION_FAILED, message),
    };
    respond(status, &json!({ "message": message }))
}

fn respond(status: StatusCode, value: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(format!("{value}\n")));
    *response.status_mut() = status;
    let media = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, media);
    response
}

fn act(
    control: &Control,
    pieces: &[&str],
    request: &Request<Bytes>,
) -> Result<Option<Value>, Problem> {
    let method = request.method();
    match *pieces {
        [] => {
            only(method, &Method::GET)?;
            Ok(Some(format!("{HELP}{}", console::HELP).into()))
        }
        ["world", ref rest @ ..] => world::tables(control, rest, request),
        ["chats"] => only(method, &Method::POST).and_then(|()| world::chat(control, request)),
        ["calls"] => only(method, &Method::POST).and_then(|()| world::call(control, request)),
        ["interactions", id, action] => world::act(control, id, action, request),
        ["notifications"] => {
            only(method, &Method::POST)?;
            world::notify(control, request)
        }
        ["subscriptions", operation] => world::stand(control, operation, request),
        ["live"] => only(method, &Method::POST).and_then(|()| world::live(control, request)),
        ["callbacks", ref rest @ ..] => callbacks::callbacks(control, rest, request),
        ["interactions", ref rest @ ..] => callbacks::interactions(control, rest, request),
        // What is tried may take a while, and is answered elsewhere.
        ["sessions", _, "try"] => Err(Problem::MethodNotAllowed),
        ["sessions", ref rest @ ..] => sessions::act(control, rest, request),
        ["users", id, what] => {
            only(method, &Method::POST)?;
            world::user(control, id, what, request)
        }
        ["tick"] => state::tick(control, request),
        ["state"] => only(method, &Method::GET).map(|()| Some(state::counters(control))),
        ["traffic", ref rest @ ..] => traffic::act(control, rest, request),
        ["model", ref rest @ ..] => {
            only(method, &Method::GET)?;
            let shown = control.reference().show(rest).ok_or_else(unknown)?;
            shown.map(Some).map_err(Problem::NotFound)
        }
        ["openapi.json" | "asyncapi.json"] if *method != Method::GET => {
            Err(Problem::MethodNotAllowed)
        }
        ["faults", ref rest @ ..] => faults::act(control, rest, request),
        ["messages"] => only(method, &Method::POST).and_then(|()| message(control, request)),
        ["tokens"] => only(method, &Method::POST).and_then(|()| token(control, request)),
        ["requests"] => {
            only(method, &Method::GET)?;
            let requests = control.requests();
            Ok(Some(requests.iter().map(recorded).collect()))
        }
        ["gone"] if *method == Method::GET => Ok(Some(control.gone_operations().into())),
        ["gone", operation] => {
            only(method, &Method::DELETE)?;
            found(
                control.restore(operation),
                "operation that is gone,",
                operation,
            )
        }
        ["gone"] => {
            only(method, &Method::POST)?;
            let mut fields = Fields::read(request.body())?;
            control.gone(&fields.required_text("operation")?)?;
            fields.finish()
        }
        _ => Err(unknown()),
    }
}

fn only(method: &Method, allowed: &Method) -> Result<(), Problem> {
    if method == allowed {
        Ok(())
    } else {
        Err(Problem::MethodNotAllowed)
    }
}

/// The path is none of the endpoint's.
fn unknown() -> Problem {
    Problem::NotFound("There is nothing here; GET /mock lists what there is.".to_owned())
}

/// Success, or a 404 about a thing that is not there.
fn found(found: bool, what: &str, id: &str) -> Result<Option<Value>, Problem> {
    if found {
        Ok(None)
    } else {
        Err(Problem::NotFound(format!("There is no {what} {id}.")))
    }
}

/// Refuses what a table does not have.
fn known(control: &Control, table: &str, what: &str, id: &str) -> Result<(), Problem> {
    found(control.knows(table, id), what, id).map(drop)
}

/// Whether the query is this word, which is the only one that there is.
fn asks_for(request: &Request<Bytes>, word: &str) -> Result<bool, Problem> {
    match request.uri().query().unwrap_or_default() {
        "" => Ok(false),
        query if query == word => Ok(true),
        other => {
            let message = format!("`{other}` is no query here; `{word}` is.");
            Err(Problem::BadRequest(message))
        }
    }
}

fn message(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    let query = request.uri().query().unwrap_or_default();
    let body = request.body().clone();
    match query.split_once('=') {
        Some(("session", id)) => found(control.inject_raw_to(id, body), "session", id),
        None if query.is_empty() => {
            control.inject_raw(body);
            Ok(None)
        }
        _ => {
            let message = format!("`{query}` is no query here; `session=ID` is.");
            Err(Problem::BadRequest(message))
        }
    }
}

fn token(control: &Control, request: &Request<Bytes>) -> Result<Option<Value>, Problem> {
    let mut fields = Fields::read(request.body())?;
    if let Some(token) = fields.text("singleSignOnToken")? {
        fields.finish()?;
        control.add_single_sign_on_token(&token);
        return Ok(None);
    }
    let token = fields.required_text("authToken")?;
    let seed = fields.required_text("authTokenSeed")?;
    let source = fields.required_text("authTokenSourceSession")?;
    fields.finish()?;
    control.add_auth_token(&source, &seed, &token);
    Ok(None)
}

/// Without headers and body: they hold secrets.
fn recorded(request: &RecordedRequest) -> Value {
    let fault = request.fault.as_ref();
    let address = request.address();
    json!({
        "method": request.method.as_str(),
        "path": address.path,
        "query": address.query,
        "operation": request.operation,
        "status": request.status,
        "fault": fault.map(|fault| format!("{fault:?}")),
    })
}
