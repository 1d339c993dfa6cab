//! What the clones of a session share with the task that fetches its messages.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tracing::Instrument;

use super::Loss;
use crate::client::Client;
use crate::client::config::MessageMode;
use crate::client::connect::{self, Connected};
use crate::client::credentials::Credentials;
use crate::client::error::ClientError;
use crate::client::messages::{self, Registry};
use crate::connection::{ConnectionSettings, ConnectionState, GetConnection};
use crate::runtime::follow::{End, GapCause};
use crate::runtime::{ApiSession, FeatureVersion, Request, Response, Union};

/// What servers must have to send messages as events.
const EVENTS: FeatureVersion = FeatureVersion {
    feature: "messaging",
    version: 2,
};

/// The session as it is now.
struct Current {
    connected: Arc<Connected>,
    /// Why it is taken for lost, if it is.
    loss: Option<Loss>,
}

impl Current {
    fn new(client: &Client, mut connected: Connected) -> Self {
        if client.config().any_version {
            connected.session = connected.session.allow_any_version();
        }
        Current {
            connected: Arc::new(connected),
            loss: None,
        }
    }
}

pub(in crate::client) struct Shared<M> {
    client: Client,
    credentials: Option<Credentials>,
    current: Mutex<Current>,
    registry: Mutex<Registry<M>>,
    wake: Notify,
    end: watch::Sender<Option<End>>,
    /// The task is there that fetches messages and makes the session anew.
    running: AtomicBool,
    /// Somebody reads messages, or did so once.
    reading: AtomicBool,
    /// The session was saved or resumed: another program may have it, too.
    is_elsewhere: AtomicBool,
    /// Counts how often it was decided what becomes of a lost session.
    renewals: watch::Sender<u64>,
}

impl<M> Shared<M> {
    pub fn new(client: Client, credentials: Option<Credentials>, connected: Connected) -> Self
    where
        M: Union + Clone + Send + Sync,
    {
        // Only one that was made here has them.
        let is_elsewhere = connected.details.is_none();
        Shared {
            current: Mutex::new(Current::new(&client, connected)),
            registry: Mutex::new(Registry::new(client.config())),
            client,
            credentials,
            wake: Notify::new(),
            end: watch::Sender::new(None),
            running: AtomicBool::new(false),
            reading: AtomicBool::new(false),
            is_elsewhere: AtomicBool::new(is_elsewhere),
            renewals: watch::Sender::new(0),
        }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The session as it is now.
    pub fn current(&self) -> Arc<Connected> {
        Arc::clone(&lock(&self.current).connected)
    }

    /// Must not be held while waiting for anything.
    pub fn registry(&self) -> MutexGuard<'_, Registry<M>> {
        lock(&self.registry)
    }

    /// Returns true if messages come as events.
    pub fn has_events(&self) -> bool {
        let current = self.current();
        let features = current.session.server().features();
        self.client.config().mode == MessageMode::Auto
            && features.is_some_and(|features| features.supports(EVENTS))
    }

    /// Says that a session is taken for lost. That of another one than the present is
    /// old news; servers may use an id again. What is said for certain is not taken back
    /// by a doubt that comes later.
    pub fn lose_session(&self, session: &Arc<Connected>, loss: Loss) {
        let mut current = lock(&self.current);
        if Arc::ptr_eq(&current.connected, session) && current.loss < Some(loss) {
            tracing::info!(session = session.session.id(), %loss, "the session is taken for lost");
            current.loss = Some(loss);
            self.wake();
        }
    }

    /// Says that the present session lives although it was taken for lost, unless
    /// something that weighs more is known by now; whether it is kept.
    pub fn keep_session(&self, loss: Loss) -> bool {
        let mut current = lock(&self.current);
        let is_kept = current.loss == Some(loss);
        if is_kept {
            current.loss = None;
            self.renewals.send_modify(|count| *count += 1);
        }
        is_kept
    }

    /// How a session stands; servers tell it of sessions that have ended, too.
    pub async fn state(&self, session: &ApiSession) -> Result<ConnectionSettings, ClientError> {
        let request = GetConnection::builder().build().to_http(session)?;
        let client = self.client();
        let answer = client.exchange(GetConnection::META.id, request).await?;
        Ok(GetConnection::parse(answer)?.into_result()?)
    }

    /// Whether the server says that a session lives.
    pub async fn is_up(&self, session: &ApiSession) -> bool {
        let state = self.state(session).await;
        state.is_ok_and(|state| state.connection_state == ConnectionState::Up)
    }

    /// Says that another program may have the session, too.
    pub fn give_away(&self) {
        self.is_elsewhere.store(true, Ordering::Release);
    }

    /// Whether another program may read the messages of the session.
    pub fn may_be_read_elsewhere(&self) -> bool {
        self.is_elsewhere.load(Ordering::Acquire)
    }

    /// Whether somebody reads messages, so that they have to be fetched.
    pub fn is_reading(&self) -> bool {
        self.reading.load(Ordering::Acquire)
    }

    /// Why the present session is taken for lost, if it is.
    pub fn loss(&self) -> Option<Loss> {
        lock(&self.current).loss
    }

    pub fn is_lost(&self) -> bool {
        self.loss().is_some()
    }

    /// The credentials, if another session can be made with them.
    pub fn renewable(&self) -> Option<Credentials> {
        let credentials = self.credentials.clone();
        credentials.filter(Credentials::reusable)
    }

    /// Lets the message task see what has changed.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits for a time, or until there is something to do.
    pub async fn rest(&self, time: Duration) {
        let _ = tokio::time::timeout(time, self.woken()).await;
    }

    /// Ends the session, unless it has ended before.
    pub fn end(&self, end: End) {
        self.end.send_if_modified(|known| {
            let first = known.is_none();
            if first {
                *known = Some(end);
            }
            first
        });
    }

    pub fn why_ended(&self) -> Option<End> {
        self.end.borrow().clone()
    }

    /// Waits for the end.
    pub async fn ended(&self) -> End {
        let mut end = self.end.subscribe();
        let end = end.wait_for(Option::is_some).await.ok();
        end.and_then(|end| end.clone()).unwrap_or(End::Disconnected)
    }
}

impl<M: Union + Clone + Send + Sync> Shared<M> {
    /// Puts a new session in the place of the one that was lost, and tells of the loss;
    /// or ends it, if nobody wants another one any more, and returns false.
    ///
    /// Whoever ends the session says so before it asks which one to end: the new one
    /// is seen there, or the end here.
    pub fn replace(&self, connected: Connected) -> bool {
        // Before anybody sees the new session: what is done on it is not lost.
        let mut registry = self.registry();
        let mut current = lock(&self.current);
        if self.why_ended().is_some() {
            drop(current);
            drop(registry);
            connect::leave(&self.client, &connected.session);
            return false;
        }
        let host = connected.host.clone();
        *current = Current::new(&self.client, connected);
        self.is_elsewhere.store(false, Ordering::Release);
        drop(current);
        registry.lose(GapCause::NewSession(host));
        drop(registry);
        self.renewals.send_modify(|count| *count += 1);
        true
    }

    /// Ends the session, unless it has ended before, and lets go of those who
    /// read its messages.
    pub fn finish(&self, end: End) {
        self.end(end);
        let end = self.why_ended().unwrap_or(End::Disconnected);
        self.registry().end(&end);
    }

    /// Has messages fetched from now on.
    pub fn fetch(self: &Arc<Self>) {
        if !self.reading.swap(true, Ordering::AcqRel) {
            self.wake();
        }
        self.run();
    }

    /// Starts the task of the session, once.
    fn run(self: &Arc<Self>) {
        if !self.running.swap(true, Ordering::AcqRel) {
            let span = tracing::info_span!("messages", session = self.current().session.id());
            tokio::spawn(messages::run(Arc::clone(self)).instrument(span));
        }
    }

    /// Has a lost session made anew, where that can be; whether it is waited for.
    pub fn renew(self: &Arc<Self>, lost: &Arc<Connected>, loss: Loss) -> bool {
        self.lose_session(lost, loss);
        let is_due = self.is_lost() && self.renewable().is_some();
        if is_due {
            self.run();
        }
        is_due
    }

    /// Waits until a lost session was made anew, by whoever finds it lost first;
    /// whether there is one that requests can be sent on.
    pub async fn renewed(
        self: &Arc<Self>,
        lost: &Arc<Connected>,
        loss: Loss,
        limit: Duration,
    ) -> bool {
        let mut renewals = self.renewals.subscribe();
        if self.renew(lost, loss) {
            let renewed = async {
                tokio::select! {
                    renewed = renewals.changed() => renewed.is_ok(),
                    _ = self.ended() => false,
                }
            };
            if !tokio::time::timeout(limit, renewed).await.unwrap_or(false) {
                return false;
            }
        }
        !Arc::ptr_eq(&self.current(), lost)
    }
}

/// What a panic elsewhere left behind is as good as ever: no change here has
/// more than one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
