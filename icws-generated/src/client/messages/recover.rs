//! Makes sessions and subscriptions again that were lost.

use std::sync::Arc;

use tokio::time::{Instant, sleep};

use super::pump::Pump;
use crate::client::connect::{self, Connected};
use crate::client::error::ClientError;
use crate::client::hosts::instead_of;
use crate::client::session::Loss;
use crate::connection::{ConnectionSettings, ConnectionState};
use crate::runtime::Union;
use crate::runtime::follow::{Answer, End, Requests, Subscriptions, Task};

/// How many polls in a row are refused until a session is made anew although the server
/// says that it lives: without one nothing would be heard for ever.
const MOST_REFUSED: u32 = 5;

impl<M> Pump<'_, M>
where
    M: Union + Clone + Send + Sync,
{
    /// Makes the subscriptions that are due, and ends those that nobody reads.
    pub async fn subscribe(&mut self) {
        loop {
            let task = self.shared.registry().now(Subscriptions::next_task);
            let answered = match task {
                Some(Task::Subscribe(id, requests)) => self.subscribe_one(id, &*requests).await,
                Some(Task::Unsubscribe(id, requests)) => self.unsubscribe(id, &*requests).await,
                _ => return,
            };
            // Where the server does not answer, messages come before the next try.
            if !answered {
                return;
            }
        }
    }

    /// Makes one subscription; whether the server has answered.
    async fn subscribe_one(&self, id: u64, requests: &dyn Requests) -> bool {
        let current = self.shared.current();
        let (answer, answered) = self.make(&current, requests).await;
        let mut registry = self.shared.registry();
        registry.now(|subscriptions, now| subscriptions.answered(id, answer, now));
        answered
    }

    async fn make(&self, current: &Arc<Connected>, requests: &dyn Requests) -> (Answer, bool) {
        let operation = requests.operations().0;
        let request = match requests.start(&current.session) {
            Ok(request) => request,
            Err(error) => {
                let end = End::Unsupported(error.to_string());
                return (Answer::Refused(end), true);
            }
        };
        let response = match self.shared.client().exchange(operation, request).await {
            Ok(response) => response,
            Err(error) => {
                tracing::warn!(operation, %error, "not subscribed");
                return (Answer::NotMade, false);
            }
        };
        match requests.started(response) {
            Ok(Ok(())) => (Answer::Made, true),
            // A proxy, or a page to log in: no server has seen the request.
            Err(error) if error.is_foreign() => {
                tracing::warn!(operation, %error, "not subscribed");
                (Answer::NotMade, true)
            }
            // The server took it, whatever stands in its response.
            Err(error) => {
                tracing::warn!(operation, %error, "the response cannot be read");
                (Answer::Made, true)
            }
            Ok(Err(error)) => {
                tracing::warn!(operation, %error, "not subscribed");
                let status = error.status();
                if status == http::StatusCode::UNAUTHORIZED {
                    // A proxy may filter this one path: the session lives, and no other
                    // subscription has to be made again for it.
                    if self.shared.is_up(&current.session).await {
                        return (Answer::NotMade, true);
                    }
                    self.shared
                        .lose_session(current, Loss::of(&error).max(Loss::NotUp));
                    (Answer::NotMade, false)
                } else if status.is_client_error() {
                    (Answer::Refused(End::Subscription(error)), true)
                } else {
                    // That one alone is tried again; no other has to wait for it.
                    (Answer::NotMade, true)
                }
            }
        }
    }

    /// Ends a subscription that nobody reads; whether there was a response. Should
    /// it fail, its messages are passed over.
    async fn unsubscribe(&self, id: u64, requests: &dyn Requests) -> bool {
        let answered = match requests.stop(&self.shared.current().session) {
            Ok(request) => {
                let operation = requests.operations().1;
                let answer = self.shared.client().exchange(operation, request).await;
                if let Err(error) = &answer {
                    tracing::debug!(operation, %error, "not unsubscribed");
                }
                answer.is_ok()
            }
            Err(_) => true,
        };
        let mut registry = self.shared.registry();
        registry.now(|subscriptions, now| subscriptions.unsubscribed(id, answered, now));
        answered
    }

    /// Looks after the session, since its messages do not come.
    pub async fn probe(&self) {
        let current = self.shared.current();
        match self.shared.state(&current.session).await {
            Ok(state) if state.connection_state == ConnectionState::Down => {
                self.shared.lose_session(&current, Loss::Down);
            }
            Ok(_) => {}
            Err(ClientError::Transport { .. }) if self.shared.renewable().is_some() => {
                self.shared.lose_session(&current, Loss::Unreachable);
            }
            Err(ClientError::Api(error)) if error.status() == http::StatusCode::UNAUTHORIZED => {
                self.shared.lose_session(&current, Loss::of(&error));
            }
            Err(error) => tracing::debug!(%error, "how the session stands is not known"),
        }
    }

    /// Makes a session anew that was lost, on whatever host takes it; or keeps it, where
    /// all that is known is that something refused a request.
    pub async fn reconnect(&mut self, loss: Loss) -> Result<(), End> {
        let lost = self.shared.current();
        let state = self.shared.state(&lost.session).await;
        if let Ok(state) = &state
            && state.connection_state == ConnectionState::Down
            && state.should_reconnect == Some(false)
        {
            return Err(End::ByServer(state.reason.clone().unwrap_or_default()));
        }
        let is_up = |state: &ConnectionSettings| state.connection_state == ConnectionState::Up;
        let credentials = self.shared.renewable();
        // A new one costs a login, and every watch its state. What says `Up` after another
        // loss came too late, but is better than no session.
        let is_doubted = loss == Loss::Refused && self.refused < MOST_REFUSED;
        if (is_doubted || credentials.is_none()) && state.as_ref().is_ok_and(is_up) {
            if self.shared.keep_session(loss) {
                tracing::info!(%loss, "the session lives, and is kept");
                let wait = self.backoff.next_wait();
                self.wait(wait).await;
            }
            return Ok(());
        }
        let Some(credentials) = credentials else {
            return Err(End::NotRenewable);
        };
        self.wait_for_renewal().await;
        let client = self.shared.client();
        let hosts = instead_of(client.config(), &lost);
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
        if !self.shared.replace(connected) {
            return Err(End::Disconnected);
        }
        self.renewed = Some(Instant::now());
        self.events = self.shared.has_events();
        self.barren = 0;
        self.refused = 0;
        self.backoff.reset();
        // A server that could not be reached, or in whose place another one spoke, may
        // still have the old session.
        let is_unknown = loss == Loss::Unknown
            || matches!(&state, Err(ClientError::Api(error)) if Loss::of(error) == Loss::Unknown);
        if !is_unknown {
            connect::leave(client, &lost.session);
        }
        Ok(())
    }

    /// A session that was lost soon after it was made is not made again at once:
    /// each costs the server a login.
    async fn wait_for_renewal(&mut self) {
        let longest = self.shared.client().config().backoff.1;
        if self.renewed.is_some_and(|at| at.elapsed() < longest) {
            sleep(self.renewals.next_wait()).await;
        } else {
            self.renewals.reset();
        }
    }
}
