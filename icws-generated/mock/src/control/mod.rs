//! The hand of a test in the server.

mod edit;
mod look;
mod world;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use icws_generated::Message;
use icws_generated::interactions::callback::CallbackState;
use icws_generated::runtime::Union;
use serde_json::Value;

use super::areas::interactions::create_callback;
use super::areas::refresh;
use super::areas::statuses::USERS;
use super::callback::Callback;
use super::fault::Fault;
use super::record::RecordedRequest;
use super::shared::Shared;
use super::world::interaction::{self, INTERACTIONS};
use super::world::{AuthToken, Ended, Session, World};
pub(crate) use edit::version;

/// Changes what a [`MockServer`](super::MockServer) knows, and looks at it.
/// Cheap to clone, good for any thread; none of the methods waits for the
/// network.
#[derive(Clone)]
pub struct Control {
    pub(super) shared: Arc<Shared>,
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

/// The callbacks and other interactions.
impl Control {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Control { shared }
    }

    /// Does something to the world, and lets what follows from it follow.
    fn act<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.shared.world();
        let done = act(&mut world);
        refresh(&mut world);
        done
    }

    /// Puts a callback into the world; its id.
    pub fn create_callback(&self, callback: Callback) -> String {
        self.act(|world| {
            let id = world.new_interaction_id();
            create_callback(world, &id, callback, None);
            id
        })
    }

    /// The same with an id of one's own. An interaction that was there by this
    /// id is replaced.
    pub fn create_callback_with_id(&self, id: &str, callback: Callback) {
        self.act(|world| create_callback(world, id, callback, None));
    }

    /// Puts an interaction into the world that is no callback: watching it as
    /// one is answered with 400.
    pub fn create_interaction(&self, id: &str) {
        let item = interaction::interaction(&BTreeMap::new());
        self.act(|world| world.put(INTERACTIONS, id, item));
    }

    /// Changes a callback. Returns false if there is no such callback. Sessions
    /// that watch it receive a delta, or a full message when a value was removed,
    /// because a delta cannot express that. The id cannot change. The closure must
    /// not use the control.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut CallbackState)) -> bool {
        self.act(|world| world.change_callback(id, change))
    }

    /// A callback as it stands.
    pub fn callback(&self, id: &str) -> Option<CallbackState> {
        let world = self.shared.world();
        interaction::callback_of(world.tables.get(INTERACTIONS, id)?)
    }

    /// The callbacks, by their ids.
    pub fn callbacks(&self) -> Vec<CallbackState> {
        let world = self.shared.world();
        let interactions = world.tables.items(INTERACTIONS);
        let callbacks = interactions.filter_map(|(_, item)| interaction::callback_of(item));
        callbacks.collect()
    }

    /// Sets attributes of an interaction; sessions that watch them receive a
    /// message. Returns false if there is no such interaction.
    pub fn set_attributes<N: AsRef<str>, V: AsRef<str>>(
        &self,
        id: &str,
        attributes: &[(N, V)],
    ) -> bool {
        self.change_interaction(id, |item| {
            for (name, value) in attributes {
                interaction::set_attribute(item, name.as_ref(), value.as_ref());
            }
        })
    }

    /// Removes an interaction. Returns false if there was none.
    pub fn deallocate(&self, id: &str) -> bool {
        self.act(|world| world.deallocate(id))
    }

    /// Denies all users access to an interaction: requests about it get 403.
    /// Returns false if there is no such interaction.
    pub fn deny(&self, id: &str) -> bool {
        self.set_denied(id, true)
    }

    /// Denies all users access to an interaction, or allows it again. Returns
    /// false if there is no such interaction.
    pub fn set_denied(&self, id: &str, denied: bool) -> bool {
        self.change_interaction(id, |item| interaction::set_denied(item, denied))
    }

    fn change_interaction(&self, id: &str, change: impl FnOnce(&mut Value)) -> bool {
        self.act(|world| world.change(INTERACTIONS, id, change).is_some())
    }
}

/// Messages and sessions.
impl Control {
    /// Puts a message into the queues of all sessions.
    pub fn inject(&self, message: &Message) {
        self.inject_raw(message.to_json());
    }

    /// The same with a text that need not be a message, nor JSON.
    pub fn inject_raw(&self, json: impl Into<Bytes>) {
        self.act(|world| world.sessions.push_all(&json.into()));
    }

    /// Makes a session of a user without credentials, whether or not there is such a
    /// user. Returns its id.
    pub fn open_session(&self, user: &str) -> String {
        self.act(|world| {
            let user = world
                .tables
                .id(USERS, user)
                .unwrap_or_else(|| user.to_owned());
            world.connect(&user).id.clone()
        })
    }

    /// Closes the connection of the stream of a session, in the middle of a comment.
    /// Messages that wait stay. Returns false if no stream of it is open. It counts as a
    /// fault.
    pub fn cut_stream(&self, session_id: &str) -> bool {
        let mut world = self.shared.world();
        let session = world.sessions.get_mut(session_id);
        let cut = session.is_some_and(Session::cut_stream);
        drop(world);
        self.shared.faults().count(usize::from(cut));
        cut
    }

    /// Puts a message into the queue of one session. Returns false if the session
    /// is not up.
    pub fn inject_to(&self, session_id: &str, message: &Message) -> bool {
        self.inject_raw_to(session_id, message.to_json())
    }

    /// The same with a text that need not be a message, nor JSON.
    pub fn inject_raw_to(&self, session_id: &str, json: impl Into<Bytes>) -> bool {
        self.act(|world| world.sessions.push(session_id, json.into()))
    }

    /// The ids of the sessions that are up.
    pub fn sessions(&self) -> Vec<String> {
        let world = self.present();
        let up = world.sessions.up();
        up.map(|session| session.id.clone()).collect()
    }

    /// Ends a session as if it had been idle for too long: its queue is gone, its
    /// stream ends, and requests get 401. Returns false if it was not up.
    pub fn expire_session(&self, id: &str) -> bool {
        self.act(|world| world.expire_session(id))
    }

    /// The same with all sessions.
    pub fn expire_sessions(&self) {
        for id in self.sessions() {
            self.expire_session(&id);
        }
    }

    /// Ends a session from the side of the server. The session receives a
    /// `connectionStateChangeMessage`. It can still fetch its queue; the state of
    /// its connection is down, and all other requests get 401. Returns false if
    /// the session was not up.
    pub fn disconnect(&self, id: &str, reason: &str, should_reconnect: bool) -> bool {
        let reason = reason.to_owned();
        let ended = Ended {
            reason,
            should_reconnect,
        };
        self.act(|world| world.disconnect(id, ended))
    }

    /// A token that is good for one connection of the source session's user, as
    /// `unique-auth-token` hands it out. It does not die after seven seconds.
    pub fn add_auth_token(&self, source_session: &str, seed: &str, token: &str) {
        let token = AuthToken {
            source_session: source_session.to_owned(),
            seed: seed.to_owned(),
            token: token.to_owned(),
        };
        self.shared.world().tokens.add_auth(token);
    }

    /// A single sign-on token that is good for one connection of the first user.
    pub fn add_single_sign_on_token(&self, token: &str) {
        self.shared
            .world()
            .tokens
            .add_single_sign_on(token.to_owned());
    }
}

/// What goes wrong, and what came.
impl Control {
    /// Lets the next request go wrong. Several are used one after the other.
    pub fn inject_fault(&self, fault: Fault) {
        self.shared.faults().add(None, fault);
    }

    /// Lets the next request of an operation go wrong, `messaging.poll`.
    ///
    /// # Errors
    /// When the server has no such operation.
    pub fn inject_fault_at(&self, operation: &str, fault: Fault) -> Result<(), UnknownOperation> {
        self.known(operation)?;
        self.shared.faults().add(Some(operation), fault);
        Ok(())
    }

    /// Lets requests go wrong at a rate from 0 to 1, all or those of one
    /// operation, by one of the faults each, until [`Control::clear_faults`].
    /// The seed decides which requests in the order in which they come, and how.
    /// Faults that were injected go before.
    ///
    /// # Errors
    /// When the server has no such operation.
    pub fn random_faults(
        &self,
        seed: u64,
        rate: f64,
        faults: Vec<Fault>,
        operation: Option<&str>,
    ) -> Result<(), UnknownOperation> {
        operation.map_or(Ok(()), |operation| self.known(operation))?;
        self.shared
            .faults()
            .randomize(seed, rate, faults, operation);
        Ok(())
    }

    /// Lets each stream that is open break within its next event, so that the
    /// messages which wait then are lost; how many there are. Each counts as a
    /// fault.
    pub fn break_streams(&self) -> usize {
        let mut world = self.shared.world();
        let sessions = world.sessions.values_mut();
        let streams = sessions.filter_map(|session| session.break_stream().then_some(()));
        let streams = streams.count();
        drop(world);
        self.shared.faults().count(streams);
        streams
    }

    /// Nothing more goes wrong.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// How many requests and streams went wrong.
    pub fn fault_count(&self) -> usize {
        self.shared.faults().used()
    }

    /// Takes an operation out of the API: it is answered with 410 from now on.
    ///
    /// # Errors
    /// When the server has no such operation.
    pub fn gone(&self, operation: &str) -> Result<(), UnknownOperation> {
        self.known(operation)?;
        self.shared.world().gone.insert(operation.to_owned());
        Ok(())
    }

    /// Puts an operation that was taken out of the API back. Returns false if it is
    /// there.
    pub fn restore(&self, operation: &str) -> bool {
        self.shared.world().gone.remove(operation)
    }

    fn known(&self, operation: &str) -> Result<(), UnknownOperation> {
        if self.shared.router.ids().any(|id| id == operation) {
            return Ok(());
        }
        let meant = icws_spec::suggest(operation, self.shared.router.ids());
        Err(UnknownOperation {
            operation: operation.to_owned(),
            meant: meant.map(str::to_owned),
        })
    }

    /// The last requests, oldest first. Those of the control endpoint and of
    /// browsers that ask whether they may are not among them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.log().all()
    }
}

/// The server has no operation of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOperation {
    operation: String,
    meant: Option<String>,
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server has no operation `{}`", self.operation)?;
        match &self.meant {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => f.write_str("; operations are named like `messaging.poll`"),
        }
    }
}

impl std::error::Error for UnknownOperation {}
