//! What people who watch the server see of it.

use std::sync::MutexGuard;

use bytes::Bytes;
use serde_json::{Value, json};

use super::Control;
use crate::areas::refresh;
use crate::console::{self, Reference};
use crate::fault::{Random, Waiting};
use crate::record::{Entry, Traffic};
use crate::settings::Settings;
use crate::shared::Handled;
use crate::world::{Session, World};

/// A session as it stands.
fn state(world: &World, session: &Session) -> Value {
    let followed = world.topics.of_session(&session.id);
    let followed = followed.map(|(kind, subject)| {
        let named = kind.parameters.iter().cloned();
        let named = named.zip(subject.path.iter().map(|piece| json!(piece)));
        json!({
            "operation": kind.start,
            "parameters": Value::Object(named.collect()),
            "body": subject.body,
        })
    });
    let reads = match session.has_reader() {
        _ if session.is_streaming() => Some("stream"),
        true => Some("poll"),
        false => None,
    };
    let (waiting, bytes) = session.waiting();
    json!({
        "sessionId": session.id,
        "user": session.user,
        "ageSeconds": session.made.elapsed().as_secs_f64(),
        "idleSeconds": session.used.elapsed().as_secs_f64(),
        "reads": reads,
        "waiting": waiting,
        "waitingBytes": bytes,
        "subscriptions": followed.collect::<Vec<_>>(),
    })
}

impl Control {
    /// The world without the sessions that have not been used for too long.
    pub(super) fn present(&self) -> MutexGuard<'_, World> {
        let mut world = self.shared.world();
        world.expire_idle();
        refresh(&mut world);
        world
    }

    /// The sessions that are up.
    pub(crate) fn session_states(&self) -> Vec<Value> {
        let world = self.present();
        let up = world.sessions.up();
        up.map(|session| state(&world, session)).collect()
    }

    /// A session that is up.
    pub(crate) fn session_state(&self, id: &str) -> Option<Value> {
        let world = self.present();
        let session = world.sessions.get(id).filter(|session| session.is_up());
        session.map(|session| state(&world, session))
    }

    /// The cookie and the token that requests of a session show.
    pub(crate) fn credentials(&self, id: &str) -> Option<(String, String)> {
        let world = self.shared.world();
        let session = world.sessions.get(id)?;
        let cookie = format!("icws_{id}={}", session.cookie);
        Some((cookie, session.csrf_token.clone()))
    }

    /// The faults that wait, and those that come at a rate.
    pub(crate) fn faults(&self) -> (Vec<Waiting>, Option<Random>) {
        self.shared.faults().active()
    }

    /// Takes back a fault that waits; whether it still did.
    pub(crate) fn take_fault_back(&self, number: u64) -> bool {
        self.shared.faults().take_back(number)
    }

    /// Lets no faults come at a rate any more; whether some did.
    pub(crate) fn stop_random_faults(&self) -> bool {
        self.shared.faults().stop_random()
    }

    /// The operations that were taken out of the API.
    pub(crate) fn gone_operations(&self) -> Vec<String> {
        let world = self.shared.world();
        let mut gone: Vec<String> = world.gone.iter().cloned().collect();
        gone.sort_unstable();
        gone
    }

    /// The tables, with how many items they have.
    pub(crate) fn counts(&self) -> Vec<(String, usize)> {
        let world = self.shared.world();
        let tables = world.tables.names();
        let counts = tables.map(|table| (table.to_owned(), world.tables.len(table)));
        counts.collect()
    }

    /// How many changes of tables there were.
    pub(crate) fn changes(&self) -> u64 {
        self.shared.world().changes
    }

    /// What of an entry of the traffic the model does not say.
    pub(crate) fn remarks(&self, entry: &Entry) -> Vec<Value> {
        console::remarks(&self.shared.settings, entry)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// The models.
    pub(crate) fn reference(&self) -> &Reference {
        self.shared.reference()
    }

    /// Sends a request as if it came from the network, but for what a fault does to the
    /// connection.
    pub(crate) fn handle(&self, request: &http::Request<Bytes>) -> Handled {
        self.shared.handle(request)
    }

    /// The traffic, which is kept from now on.
    pub(crate) fn traffic(&self) -> &Traffic {
        self.shared.traffic.switch_on();
        &self.shared.traffic
    }
}
