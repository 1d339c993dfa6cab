//! Makes sessions and subscriptions again that were lost.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::item::{End, Gap, GapCause};
use super::pump::Pump;
use super::registry::tell;
use super::task::Task;
use crate::client::connect;
use crate::client::error::ClientError;
use crate::connection::{ConnectionSettings, ConnectionState, Disconnect, GetConnection};
use crate::runtime::{ApiSession, Request, Response, Union};

/// How long the end of a session that was given up may take.
const FAREWELL: Duration = Duration::from_secs(5);

impl<M> Pump<'_, M>
where
    M: Union + Clone + Send + Sync,
{
    /// Makes the subscriptions that are due, and ends those that nobody watches.
    pub async fn subscribe(&mut self) {
        let mut abandoned = self.shared.registry().take_abandoned().into_iter();
        while let Some(one) = abandoned.next() {
            if !self.unsubscribe(&one).await {
                // Messages come before the next try.
                self.shared.registry().put_back(abandoned);
                break;
            }
        }
        let mut due = self.shared.registry().take_due().into_iter();
        while let Some(one) = due.next() {
            if !self.subscribe_one(&one).await {
                let mut registry = self.shared.registry();
                registry.not_made(one.id);
                due.for_each(|other| registry.not_tried(other.id));
                return;
            }
        }
    }

    /// Makes one subscription; whether the server has answered.
    async fn subscribe_one(&mut self, due: &Task) -> bool {
        if !self.shared.registry().is_wanted(due, false) {
            return true;
        }
        let current = self.shared.current();
        let operation = due.requests.operations().0;
        let request = match due.requests.start(&current.session) {
            Ok(request) => request,
            Err(error) => {
                let end = End::Unsupported(error.to_string());
                self.shared.registry().end(due.id, end);
                return true;
            }
        };
        let answer = self.shared.client().exchange(operation, request).await;
        let error = match answer.and_then(|answer| due.requests.started(answer)) {
            Ok(()) => {
                self.shared.registry().is_wanted(due, true);
                return true;
            }
            Err(error) => error,
        };
        tracing::warn!(operation, %error, "not subscribed");
        match error {
            ClientError::Api(error) if error.status() == http::StatusCode::UNAUTHORIZED => {
                self.shared.lose_session(&current);
                false
            }
            ClientError::Api(error) if error.status().is_client_error() => {
                self.shared.registry().end(due.id, End::Subscription(error));
                true
            }
            // That one alone is tried again; no other has to wait for it.
            ClientError::Api(_) => {
                self.shared.registry().not_made(due.id);
                true
            }
            // The server took it, whatever stands in its response.
            ClientError::Decode(_) => true,
            _ => false,
        }
    }

    /// Ends a subscription that nobody watches; whether there was a response.
    /// Should it fail, its messages are passed over.
    async fn unsubscribe(&self, task: &Task) -> bool {
        let Ok(request) = task.requests.stop(&self.shared.current().session) else {
            return true;
        };
        let operation = task.requests.operations().1;
        let answer = self.shared.client().exchange(operation, request).await;
        if let Err(error) = &answer {
            tracing::debug!(operation, %error, "not unsubscribed");
        }
        let told = self.shared.registry().ended(task);
        tell(
            told.into_iter().collect(),
            &Gap::new(GapCause::Unsubscribed),
        )
        .await;
        answer.is_ok()
    }

    /// Looks after the session, since its messages do not come.
    pub async fn probe(&mut self) -> Result<(), End> {
        let current = self.shared.current();
        match self.state(&current.session).await {
            Ok(state) if state.connection_state == ConnectionState::Down => {
                self.shared.lose_session(&current);
            }
            Ok(_) => {}
            Err(ClientError::Transport { .. }) if self.shared.renewable().is_some() => {
                self.shared.lose_session(&current);
            }
            Err(ClientError::Api(error)) if error.status() == http::StatusCode::UNAUTHORIZED => {
                self.shared.lose_session(&current);
            }
            Err(error) => tracing::debug!(%error, "how the session stands is not known"),
        }
        Ok(())
    }

    /// How the session stands; servers tell it of sessions that have ended, too.
    async fn state(&self, session: &ApiSession) -> Result<ConnectionSettings, ClientError> {
        let request = GetConnection::builder().build().to_http(session)?;
        let client = self.shared.client();
        let answer = client.exchange(GetConnection::META.id, request).await?;
        Ok(GetConnection::parse(answer)?.into_result()?)
    }

    /// Makes the session anew, on whatever host takes it.
    pub async fn reconnect(&mut self) -> Result<(), End> {
        self.wait_for_renewal().await;
        let lost = self.shared.current();
        let state = self.state(&lost.session).await;
        if let Ok(state) = &state
            && state.connection_state == ConnectionState::Down
            && state.should_reconnect == Some(false)
        {
            return Err(End::ByServer(state.reason.clone().unwrap_or_default()));
        }
        let Some(credentials) = self.shared.renewable() else {
            // One request may be refused where others are not.
            if state.is_ok_and(|state| state.connection_state == ConnectionState::Up) {
                self.shared.keep_session();
                self.renewed = Some(Instant::now());
                return Ok(());
            }
            return Err(End::NotRenewable);
        };
        let client = self.shared.client();
        let mut hosts = vec![lost.host.clone()];
        hosts.extend(lost.alternates.iter().cloned());
        hosts.extend(client.config().hosts.iter().cloned());
        let connected = match connect::connect(client, &credentials, &hosts, None).await {
            Ok(connected) => connected,
            Err(ClientError::Credentials(error) | ClientError::Api(error)) => {
                return Err(End::Refused(error));
            }
            Err(error) => return Err(End::Unsupported(error.to_string())),
        };
        tracing::info!(
            host = connected.host,
            session = connected.session.id(),
            "connected anew"
        );
        let host = connected.host.clone();
        self.shared.replace(connected);
        self.renewed = Some(Instant::now());
        self.events = self.shared.has_events();
        self.barren = 0;
        self.backoff.reset();
        // A server that could not be reached may still have the old session.
        if !matches!(&state, Err(ClientError::Api(_))) {
            self.leave(&lost.session);
        }
        self.lose(None, GapCause::NewSession(host)).await;
        Ok(())
    }

    /// A session that was lost soon after it was made is not made again at once:
    /// each costs the server a login.
    async fn wait_for_renewal(&mut self) {
        let longest = self.shared.client().config().backoff.1;
        if self.renewed.is_some_and(|at| at.elapsed() < longest) {
            sleep(self.renewals.next()).await;
        } else {
            self.renewals.reset();
        }
    }

    /// Ends a session without waiting for it.
    fn leave(&self, session: &ApiSession) {
        let client = self.shared.client().clone();
        if let Ok(request) = Disconnect::builder().build().to_http(session) {
            tokio::spawn(async move {
                let farewell = client.exchange(Disconnect::META.id, request);
                let _ = tokio::time::timeout(FAREWELL, farewell).await;
            });
        }
    }
}
