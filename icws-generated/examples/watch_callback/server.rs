//! A small ICWS server on a loopback port, built on the server side of the
//! bindings: requests are routed and answers written by generated code.

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use icws_generated::common::{AnyError, Error};
use icws_generated::interactions::callback::{
    CallbackMessage, SubscribeResponse, UnsubscribeResponse,
};
use icws_generated::messaging::PollResponse;
use icws_generated::runtime::{
    Batch, Challenge, Credentials, Failure, Field, MessageError, Response, RouteError,
    SessionParts, Unexpected, route,
};
use icws_generated::{Message, Operation, ROUTES};

const SESSION: &str = "1731001";
const CSRF_TOKEN: &str = "WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==";
const COOKIE: &str = "icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us";

/// The server; it stops with the program.
pub struct EmbeddedServer {
    base_url: String,
    world: Arc<Mutex<World>>,
}

/// A callback as the server knows it.
#[derive(Clone, PartialEq)]
pub struct Callback {
    pub target: String,
    pub subject: String,
    pub name: Option<String>,
    pub attempts: Option<i32>,
    pub snoozed: Option<bool>,
}

impl Callback {
    pub fn new(target: &str, subject: &str) -> Self {
        Callback {
            target: target.to_owned(),
            subject: subject.to_owned(),
            name: None,
            attempts: Some(0),
            snoozed: None,
        }
    }
}

impl EmbeddedServer {
    /// Listens on a free port of the loopback address.
    pub fn start() -> io::Result<EmbeddedServer> {
        let listener = std::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(World::default()));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let shared = Arc::clone(&world);
        std::thread::spawn(move || runtime.block_on(serve(listener, shared)));
        Ok(EmbeddedServer { base_url, world })
    }

    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The one session that the server knows.
    pub fn session_parts(&self) -> SessionParts<'_> {
        SessionParts {
            base_url: &self.base_url,
            session_id: SESSION,
            csrf_token: CSRF_TOKEN,
            cookie: COOKIE,
        }
    }

    pub fn create_callback(&self, id: &str, callback: Callback) {
        self.world()
            .interactions
            .insert(id.to_owned(), Some(callback));
    }

    pub fn create_chat(&self, id: &str) {
        self.world().interactions.insert(id.to_owned(), None);
    }

    /// Changes a callback; who watches it gets a delta of what is different.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut Callback)) {
        self.world().change(id, change);
    }

    /// Puts a message into the queue as it is.
    pub fn inject(&self, json: &str) {
        // A text that is no message still is an item of a batch.
        if let Ok(batch) = Batch::decode(format!("[{json}]").as_bytes()) {
            self.world().queue.extend(batch);
        }
    }

    pub fn expire_session(&self) {
        self.world().expired = true;
    }

    fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }
}

fn lock(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: std::net::TcpListener, world: Arc<Mutex<World>>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let world = Arc::clone(&world);
        let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
            let world = Arc::clone(&world);
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                let request = http::Request::from_parts(head, body);
                Ok::<_, hyper::Error>(lock(&world).answer(&request).map(Full::new))
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        // That a client goes away is no concern of the others.
        tokio::spawn(async move { drop(connection.await) });
    }
}

/// What the server knows.
#[derive(Default)]
struct World {
    /// Callbacks, and interactions of other media.
    interactions: HashMap<String, Option<Callback>>,
    watched: HashSet<String>,
    queue: Vec<Result<Message, MessageError>>,
    expired: bool,
}

impl World {
    fn answer(&mut self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let incoming = match route(ROUTES, request) {
            Ok(incoming) => incoming,
            Err(error) => return refusal(&error),
        };
        let authorized = self.knows(&incoming.credentials);
        match incoming.request {
            Operation::Subscribe(_) if !authorized => SubscribeResponse::Unauthorized {
                failure: failure("The session was not found."),
                www_authenticate: Some(challenge()),
            }
            .to_http(),
            Operation::Unsubscribe(_) if !authorized => UnsubscribeResponse::Unauthorized {
                failure: failure("The session was not found."),
                www_authenticate: Some(challenge()),
            }
            .to_http(),
            Operation::Poll(_) if !authorized => PollResponse::Unauthorized {
                failure: failure("The session was not found."),
                www_authenticate: Some(challenge()),
            }
            .to_http(),
            Operation::Subscribe(subscribe) => self.subscribe(&subscribe.interaction_id).to_http(),
            Operation::Unsubscribe(unsubscribe) => {
                self.unsubscribe(&unsubscribe.interaction_id).to_http()
            }
            Operation::Poll(_) => {
                let items = std::mem::take(&mut self.queue);
                PollResponse::Ok(Batch { items }).to_http()
            }
            _ => refusal(&RouteError::NotFound),
        }
    }

    /// A poll has no token to show; what it has must be right.
    fn knows(&self, credentials: &Credentials) -> bool {
        let token = credentials.csrf_token.as_deref();
        !self.expired
            && credentials.session_id.as_deref() == Some(SESSION)
            && credentials
                .cookie
                .as_deref()
                .is_some_and(|cookie| cookie.contains(COOKIE))
            && token.is_none_or(|token| token == CSRF_TOKEN)
    }

    fn subscribe(&mut self, id: &str) -> SubscribeResponse {
        match self.interactions.get(id) {
            None => SubscribeResponse::NotFound(failure(format!("There is no interaction {id}."))),
            Some(None) => SubscribeResponse::BadRequest(failure(format!(
                "The interaction {id} is not a callback."
            ))),
            Some(Some(callback)) => {
                let message = message(id, None, callback);
                self.queue.push(Ok(Message::CallbackMessage(message)));
                self.watched.insert(id.to_owned());
                SubscribeResponse::Ok(())
            }
        }
    }

    fn unsubscribe(&mut self, id: &str) -> UnsubscribeResponse {
        if !self.interactions.contains_key(id) {
            return UnsubscribeResponse::NotFound(failure(format!(
                "There is no interaction {id}."
            )));
        }
        self.watched.remove(id);
        UnsubscribeResponse::NoContent(())
    }

    fn change(&mut self, id: &str, change: impl FnOnce(&mut Callback)) {
        let Some(Some(callback)) = self.interactions.get_mut(id) else {
            return;
        };
        let before = callback.clone();
        change(callback);
        if self.watched.contains(id) && *callback != before {
            let message = message(id, Some(&before), callback);
            self.queue.push(Ok(Message::CallbackMessage(message)));
        }
    }
}

/// A full message, or what is different from before.
fn message(id: &str, before: Option<&Callback>, now: &Callback) -> CallbackMessage {
    let mut message = CallbackMessage::new(
        before.is_some(),
        id,
        now.target.as_str(),
        now.subject.as_str(),
    );
    message.name = field(before.map(|before| &before.name), &now.name);
    message.attempts = field(before.map(|before| &before.attempts), &now.attempts);
    message.snoozed = field(before.map(|before| &before.snoozed), &now.snoozed);
    message
}

fn field<T: Clone + PartialEq>(before: Option<&Option<T>>, now: &Option<T>) -> Field<T> {
    match (before, now) {
        (Some(before), now) if before == now => Field::Absent,
        // The reference lets none of these properties be null.
        (_, None) => Field::Absent,
        (_, Some(value)) => Field::Value(value.clone()),
    }
}

fn failure(message: impl Into<String>) -> Failure<AnyError> {
    Failure::new(Error::new(message))
}

fn challenge() -> Challenge {
    Challenge::icws("ICWS", "/ICWS/connection")
}

fn refusal(error: &RouteError) -> http::Response<Bytes> {
    let status = match error {
        RouteError::NotFound => 404,
        RouteError::MethodNotAllowed { .. } => 405,
        _ => 400,
    };
    let mut response = http::Response::new(Bytes::from(error.to_string()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    Unexpected::new(response).to_reply().into_http()
}
