//! What all connections of a server share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::watch;

use icws_generated::connection::Connect;
use icws_generated::runtime::Request;

use super::answer::{Reply, answer};
use super::console::Reference;
use super::fault::{Fault, Faults};
use super::record::{Log, RecordedRequest, Traffic};
use super::refusal::{Refusal, elsewhere};
use super::router::{Found, Router};
use super::settings::Settings;
use super::world::World;

/// A server without its network.
pub(super) struct Shared {
    pub settings: Settings,
    pub router: Router,
    world: Mutex<World>,
    faults: Mutex<Faults>,
    log: Mutex<Log>,
    pub traffic: Traffic,
    /// The models, made ready for being looked at when somebody does.
    reference: OnceLock<Reference>,
    /// How often something happens by itself, if it does.
    pub tick: watch::Sender<Option<Duration>>,
}

/// What became of a request.
pub(super) struct Handled {
    /// The response; `None` when the connection is to be closed without one.
    pub reply: Option<Reply>,
    /// What went wrong, or is to go wrong where the response is sent: with a stream of events,
    /// with the connection, or by a delay.
    pub fault: Option<Fault>,
    /// The record of the request, where somebody wants to see the traffic.
    pub record: Option<RecordedRequest>,
}

impl Shared {
    /// With the users by name and their passwords.
    pub fn new(settings: Settings, users: HashMap<String, String>) -> Arc<Self> {
        let mut world = World::new(settings.chosen.limits, &settings.areas.catalog);
        world.tokens.users = users;
        Arc::new(Shared {
            router: Router::new(&settings),
            world: Mutex::new(world),
            faults: Mutex::default(),
            log: Mutex::new(Log::new(settings.chosen.kept_requests)),
            traffic: Traffic::new(settings.chosen.keeps_traffic),
            reference: OnceLock::new(),
            tick: watch::Sender::new(None),
            settings,
        })
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }

    pub fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub fn reference(&self) -> &Reference {
        self.reference
            .get_or_init(|| Reference::new(&self.settings))
    }

    pub fn log(&self) -> MutexGuard<'_, Log> {
        lock(&self.log)
    }

    /// Takes a request, with what is to go wrong with it, and keeps a record.
    pub fn handle(&self, request: &http::Request<Bytes>) -> Handled {
        let found = self.router.find(request.method(), request.uri().path());
        let operation = found.as_ref().ok().map(|(served, _)| served.id.as_str());
        let fault = self.faults().next(operation);
        let mut record = RecordedRequest::new(request, self.traffic.secrets());
        record.operation = operation.map(str::to_owned);
        record.fault.clone_from(&fault);
        let mut handled = self.execute(found, fault, request);
        record.status = handled.reply.as_ref().map(|reply| match reply {
            Reply::Whole(response) => response.status().as_u16(),
            Reply::Events { .. } => 200,
        });
        if let Some(on_request) = &self.settings.chosen.on_request {
            on_request(&record);
        }
        handled.record = self.traffic.is_on().then(|| record.clone());
        self.log().add(record);
        handled
    }

    fn execute(
        &self,
        found: Found<'_>,
        fault: Option<Fault>,
        request: &http::Request<Bytes>,
    ) -> Handled {
        let execute = |found| {
            let mut world = self.world();
            let reply = answer(&self.settings, &mut world, found, request);
            Some(reply.unwrap_or_else(|refusal| Reply::Whole(refusal.into_http())))
        };
        let mut reply = match &fault {
            Some(Fault::DropBeforeRequest) => None,
            Some(Fault::Answer {
                status,
                error_id,
                error_code,
                message,
            }) => {
                let (error_id, message) = (error_id.as_deref(), message.as_deref());
                let refusal = Refusal::injected(*status, error_id, *error_code, message);
                Some(Reply::Whole(refusal.into_http()))
            }
            Some(Fault::Unavailable { alternates }) => Some(Reply::Whole(match &found {
                Ok((served, _)) if served.id == Connect::META.id => elsewhere(alternates.clone()),
                _ => Refusal::unavailable().into_http(),
            })),
            Some(Fault::DropBeforeAnswer) => {
                execute(found);
                None
            }
            Some(Fault::ExpireSession) => {
                if let Ok((served, pieces)) = &found
                    && let Some(id) = served.needs.session.and_then(|index| pieces.get(index))
                {
                    self.world().expire_session(id);
                }
                execute(found)
            }
            _ => execute(found),
        };
        if let (Some(Fault::TruncateJson), Some(Reply::Whole(response))) = (&fault, &mut reply) {
            let half = response.body().len() / 2;
            response.body_mut().truncate(half);
        }
        Handled {
            reply,
            fault,
            record: None,
        }
    }
}

/// A panic elsewhere does not make what is known wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
