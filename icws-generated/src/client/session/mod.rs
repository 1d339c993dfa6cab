//! A session: requests, messages and watches.

mod loss;
mod saved;
mod shared;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use tracing::Instrument;

pub(super) use loss::Loss;
pub use saved::SavedSession;
pub(super) use shared::Shared;

use super::Client;
use super::connect::Connected;
use super::credentials::Credentials;
use super::error::{ClientError, Retry};
use super::transport::{TransportError, TransportErrorKind};
use crate::Message;
use crate::connection::{ConnectionResponse, Disconnect};
use crate::runtime::drift::Drift;
use crate::runtime::follow::End;
use crate::runtime::{ApiError, ApiSession, RawReply, Request, RequestError, Response, Union};

/// A session of a user with a server. Cheap to clone; all clones are one
/// session. Several sessions live side by side in one process.
///
/// A session is kept alive: when it is lost, the client makes a new one, on another
/// host if necessary, once for all who use it. A session whose messages are read,
/// by [`watch`](Session::watch) or [`messages`](Session::messages), finds out by
/// itself; otherwise the next request does, and is sent again on the new session.
/// Requests use the session that exists at the time.
///
/// Dropping the last clone and all watches stops that without notifying the
/// server; [`disconnect`](Session::disconnect) ends the session there.
///
/// ```no_run
/// # async fn run(session: icws_generated::client::Session) -> Result<(), Box<dyn std::error::Error>> {
/// use icws_generated::connection::GetConnection;
///
/// let connection = session.call(GetConnection::builder().build()).await?;
/// println!("{connection:?}");
/// session.disconnect().await?;
/// # Ok(())
/// # }
/// ```
pub struct Session<M: Union + Clone + Send + Sync = Message> {
    shared: Arc<Shared<M>>,
    alive: Arc<Alive<M>>,
}

/// Ends the task of the session when nobody has the session any more.
struct Alive<M>(Arc<Shared<M>>);

impl<M> Drop for Alive<M> {
    fn drop(&mut self) {
        self.0.end(End::Disconnected);
    }
}

impl<M: Union + Clone + Send + Sync> Clone for Session<M> {
    fn clone(&self) -> Self {
        Session {
            shared: Arc::clone(&self.shared),
            alive: Arc::clone(&self.alive),
        }
    }
}

impl<M: Union + Clone + Send + Sync> Session<M> {
    pub(super) fn start(
        client: Client,
        credentials: Option<Credentials>,
        connected: Connected,
    ) -> Self {
        let shared = Arc::new(Shared::new(client, credentials, connected));
        let alive = Arc::new(Alive(Arc::clone(&shared)));
        Session { shared, alive }
    }

    /// Returns the id of the current session.
    ///
    /// See the example of [`Session::details`].
    pub fn id(&self) -> String {
        self.shared.current().session.id().to_owned()
    }

    /// Returns the host of the current session, as the program gave it or another
    /// host named it.
    ///
    /// See the example of [`Session::details`].
    pub fn host(&self) -> String {
        self.shared.current().host.clone()
    }

    /// Returns the current session in the form that [`Request::to_http`] takes, with the
    /// features of its server.
    ///
    /// See the example of [`Session::send_http`].
    pub fn api_session(&self) -> ApiSession {
        self.shared.current().session.clone()
    }

    /// Returns the response of the server to the connect: the user, the name of the
    /// server, and what [`ClientBuilder::include`](super::ClientBuilder::include)
    /// asked for. Returns `None` for a session that was resumed.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// use icws_generated::client::{Client, Credentials};
    ///
    /// let client = Client::builder()
    ///     .plain_http()
    ///     .host(server.address().to_string())
    ///     .include(["version"])
    ///     .build()?;
    /// let session = client.connect(Credentials::password("agent", "secret")).await?;
    /// println!("session {} on {}", session.id(), session.host());
    /// if let Some(details) = session.details() {
    ///     println!("{:?} on {:?}: {:?}", details.user_id, details.ic_server, details.version);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn details(&self) -> Option<ConnectionResponse> {
        self.shared.current().details.clone()
    }

    /// Sends a request and returns the response enum, whatever the status.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// # let client = icws_generated::client::Client::builder().plain_http();
    /// # let client = client.host(server.address().to_string()).build()?;
    /// # let credentials = icws_generated::client::Credentials::password("agent", "secret");
    /// # let session = client.connect(credentials).await?;
    /// use icws_generated::interactions::callback::{Subscribe, SubscribeOutcome};
    ///
    /// let subscribe = Subscribe::builder().interaction_id("2001234567").build();
    /// match session.send(subscribe).await? {
    ///     SubscribeOutcome::Ok(()) => println!("subscribed"),
    ///     SubscribeOutcome::NotFound(_) => println!("there is no such interaction"),
    ///     other => println!("{other:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the server's features do not support the request (nothing is sent
    /// then), the response does not arrive completely, or a success cannot be
    /// read.
    pub async fn send<E: Request>(&self, request: E) -> Result<E::Response, ClientError> {
        let answer = self.exchange_request(&request).await?;
        Ok(E::parse(answer)?)
    }

    /// Sends a request of the model; on a new session where the old one is lost.
    pub(super) async fn exchange_request<E: Request>(
        &self,
        request: &E,
    ) -> Result<http::Response<Bytes>, ClientError> {
        self.exchange_renewing(E::META.id, |session| request.to_http(session))
            .await
    }

    /// Sends a request. Where the server does not know the session any more it has
    /// not done anything: the request is made and sent once more, for a new session.
    pub(super) async fn exchange_renewing(
        &self,
        operation: &'static str,
        make: impl Fn(&ApiSession) -> Result<http::Request<Bytes>, RequestError>,
    ) -> Result<http::Response<Bytes>, ClientError> {
        // A session that the server has ended still tells how it stands; one that the
        // program has ended has nothing to say.
        if let Some(End::Disconnected) = self.end() {
            return Err(ClientError::Ended(End::Disconnected));
        }
        let current = self.shared.current();
        let request = make(&current.session)?;
        let (answer, loss) = self.exchange(&current, operation, request).await?;
        let Some(loss) = loss else {
            return Ok(answer);
        };
        let limit = self.shared.client().config().deadline;
        if !self.shared.renewed(&current, loss, limit).await {
            return Ok(answer);
        }
        let current = self.shared.current();
        let request = make(&current.session)?;
        let (answer, _) = self.exchange(&current, operation, request).await?;
        Ok(answer)
    }

    /// Sends a request that the model does not have, and returns the HTTP
    /// response. [`api_session`](Session::api_session) and the bindings build requests to
    /// start from. A session that turns out to be lost is made anew; the request, which
    /// has the old one in it, is not sent again.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// # let client = icws_generated::client::Client::builder().plain_http();
    /// # let client = client.host(server.address().to_string()).build()?;
    /// # let credentials = icws_generated::client::Credentials::password("agent", "secret");
    /// # let session = client.connect(credentials).await?;
    /// use icws_generated::connection::GetConnection;
    /// use icws_generated::runtime::Request;
    ///
    /// // An operation that came with a newer server.
    /// let session_of_api = session.api_session();
    /// let path = format!("/icws/{}/queues/forecast", session_of_api.id());
    /// let mut request = GetConnection::builder().build().to_http(&session_of_api)?;
    /// *request.uri_mut() = format!("{}{path}", session_of_api.server().base_url()).parse()?;
    /// let response = session.send_http(request).await?;
    /// println!("{}", response.status());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the response does not arrive completely.
    pub async fn send_http(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, ClientError> {
        let current = self.shared.current();
        let operation = "a request of one's own";
        let (answer, _) = self.exchange(&current, operation, request).await?;
        Ok(answer)
    }

    /// Sends a request of a session. With a response by which the server does not know
    /// the session any more, so that it is made anew, comes how that was told.
    pub(super) async fn exchange(
        &self,
        current: &Arc<Connected>,
        operation: &'static str,
        request: http::Request<Bytes>,
    ) -> Result<(http::Response<Bytes>, Option<Loss>), ClientError> {
        let answer = self.shared.client().exchange(operation, request).await?;
        let loss = match loss(&answer) {
            None => return Ok((answer, None)),
            // A session that cannot be made anew is looked after by its task, if it has one.
            Some(Loss::Refused) if self.shared.renewable().is_none() => {
                self.shared.renew(current, Loss::Refused);
                return Ok((answer, None));
            }
            // It may be this one request that something between refuses.
            Some(Loss::Refused) if self.shared.is_up(&current.session).await => {
                return Ok((answer, None));
            }
            Some(Loss::Refused) => Loss::NotUp,
            Some(loss) => loss,
        };
        self.shared.renew(current, loss);
        Ok((answer, Some(loss)))
    }

    /// Sends a request and returns the success value.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let server = icws_mock::MockServer::start().await?;
    /// # let client = icws_generated::client::Client::builder().plain_http();
    /// # let client = client.host(server.address().to_string()).build()?;
    /// # let credentials = icws_generated::client::Credentials::password("agent", "secret");
    /// # let session = client.connect(credentials).await?;
    /// use icws_generated::interactions::Create;
    /// use icws_generated::interactions::callback::CreateCallbackParameters;
    /// use icws_generated::queues::{QueueId, QueueType};
    ///
    /// let queue = QueueId::new(QueueType::User, "agent");
    /// let wanted = CreateCallbackParameters::new("+13175550142", queue, "Invoice 4711");
    /// let created = session.call(Create::builder().body(wanted).build()).await?;
    /// println!("callback {}", created.interaction_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Session::send`], and [`ClientError::Api`] when the server responded
    /// with a failure.
    pub async fn call<E: Request>(
        &self,
        request: E,
    ) -> Result<<E::Response as Response>::Success, ClientError> {
        Ok(self.send(request).await?.into_result()?)
    }

    /// Returns what servers have sent so far that the model does not know: see
    /// [`Client::drift`], with which it is one.
    ///
    /// See the example of [`Client::drift`].
    pub fn drift(&self) -> &Drift {
        self.shared.client().drift()
    }

    /// Returns the number of messages that arrived and had no reader.
    ///
    /// ```
    /// use icws_generated::client::Session;
    ///
    /// /// Finds what was subscribed to and is not read.
    /// fn check(session: &Session) {
    ///     let count = session.unclaimed();
    ///     if count > 0 {
    ///         eprintln!("{count} messages of session {} had no reader", session.id());
    ///     }
    /// }
    /// ```
    pub fn unclaimed(&self) -> u64 {
        self.shared.registry().unclaimed()
    }

    /// Ends the session on the server. Watches and readers end. Once it has begun, the
    /// server is told although nobody waits for it any more.
    ///
    /// See the example of [`Session`].
    ///
    /// # Errors
    /// When the server did not answer, or with a failure: it may not know the session any
    /// more.
    pub async fn disconnect(&self) -> Result<(), ClientError> {
        // A stream of messages is closed before its session goes.
        self.shared.end(End::Disconnected);
        let current = self.shared.current();
        let request = Disconnect::builder().build().to_http(&current.session)?;
        let (client, operation) = (self.shared.client().clone(), Disconnect::META.id);
        let task = async move { client.exchange(operation, request).await };
        let answer = tokio::spawn(task.in_current_span()).await;
        // It panicked, or the runtime ends.
        let answer = answer.unwrap_or_else(|error| {
            let error = TransportError::new(TransportErrorKind::Cut, error);
            let host = current.host.clone();
            Err(ClientError::transport(operation, host, error))
        });
        Disconnect::parse(answer?)?.into_result()?;
        Ok(())
    }

    /// Returns why the session has ended, or `None` while it lives.
    ///
    /// ```
    /// use icws_generated::client::Session;
    ///
    /// /// What a service says when it is asked whether it works.
    /// fn health(session: &Session) -> Result<(), String> {
    ///     match session.end() {
    ///         None => Ok(()),
    ///         Some(end) => Err(end.to_string()),
    ///     }
    /// }
    /// ```
    pub fn end(&self) -> Option<End> {
        self.shared.why_ended()
    }

    /// Returns everything that another process needs to resume the session
    /// ([`Client::resume`]), including its secrets. Watches are not part of it.
    ///
    /// The server gives a message once: two programs that read one session take
    /// messages from each other. A stream that the server ends may be a sign of it, and
    /// is a gap from now on; polls have none.
    ///
    /// See the example of [`SavedSession`].
    pub fn save(&self) -> SavedSession {
        self.shared.give_away();
        SavedSession::of(&self.shared.current())
    }

    pub(super) fn check_alive(&self) -> Result<(), ClientError> {
        self.end()
            .map_or(Ok(()), |end| Err(ClientError::Ended(end)))
    }

    pub(super) fn shared(&self) -> &Arc<Shared<M>> {
        &self.shared
    }
}

impl<M: Union + Clone + Send + Sync> fmt::Debug for Session<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let current = self.shared.current();
        f.debug_struct("Session")
            .field("host", &current.host)
            .field("session", &current.session)
            .field("end", &self.end())
            .finish_non_exhaustive()
    }
}

/// What a 401 says of the session, if anything; `None` when the response does not say
/// that it is gone, or only that its token or cookie did not come through: on another
/// session they would not either.
fn loss(answer: &http::Response<Bytes>) -> Option<Loss> {
    if answer.status() != http::StatusCode::UNAUTHORIZED {
        return None;
    }
    let error = ApiError::from(RawReply::received(None, answer.clone()));
    let loss = Loss::of(&error);
    let is_lost = ClientError::from(error).retry() == Retry::Reconnected;
    is_lost.then_some(loss)
}
