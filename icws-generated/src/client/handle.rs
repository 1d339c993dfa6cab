//! The client: makes sessions, and carries their requests.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::response::Parts;
use http::{HeaderValue, Uri};
use tokio::time::Instant;
use tracing::Instrument;

use super::address::Addresses;
use super::builder::ClientBuilder;
use super::config::Config;
use super::connect;
use super::credentials::Credentials;
use super::error::ClientError;
use super::hosts::{self, Ask, Named, Refusal};
use super::session::{SavedSession, Session};
use super::transport::{ReplyBody, Transport, TransportError, collect};
use crate::Message;
use crate::runtime::__private1::without_user;
use crate::runtime::drift::Drift;
use crate::runtime::{Response, Server, Sessionless, Union};

/// Makes sessions. Cheap to clone; all clones share their connections.
///
/// ```no_run
/// use icws_generated::client::{Client, Credentials};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder().host("cic1.example").build()?;
/// let agent = client.connect(Credentials::password("agent", "secret")).await?;
/// let supervisor = client.connect(Credentials::password("supervisor", "secret")).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    config: Arc<Config>,
    addresses: Arc<Addresses>,
    agent: HeaderValue,
    transport: Arc<dyn Transport>,
    drift: Drift,
}

impl Client {
    pub(super) fn new(
        config: Config,
        addresses: Addresses,
        agent: HeaderValue,
        transport: Arc<dyn Transport>,
    ) -> Self {
        Client {
            config: Arc::new(config),
            addresses: Arc::new(addresses),
            agent,
            transport,
            drift: Drift::new(|difference| {
                tracing::info!(target: "icws::drift", "{difference}");
            }),
        }
    }

    /// Returns a builder of a client.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Connects to the first host that takes the session.
    ///
    /// A host that answers 503 names other hosts. Each host is tried once per
    /// round, with the same scheme, port and prefix. Rounds are spaced by
    /// exponential backoff with jitter, until the deadline
    /// ([`ClientBuilder::deadline`]). A `Retry-After` is kept to, within the longest
    /// wait of the backoff.
    ///
    /// A session costs a licence. One that is made when nobody waits for it any more,
    /// as the future was dropped or the server took too long, is ended. That needs
    /// the tokio runtime to live; and a session without a cookie cannot be ended.
    ///
    /// See the example of [`Client`].
    ///
    /// # Errors
    /// [`ClientError::Credentials`] at once when they are wrong, and
    /// [`ClientError::Unreachable`] with what each host said when none took the
    /// session in time.
    pub async fn connect(&self, credentials: Credentials) -> Result<Session, ClientError> {
        self.connect_as::<Message>(credentials).await
    }

    /// The same, for the messages of another model than the shipped one.
    ///
    /// See the example of [`Pages`](super::Pages).
    ///
    /// # Errors
    /// As [`Client::connect`].
    pub async fn connect_as<M>(&self, credentials: Credentials) -> Result<Session<M>, ClientError>
    where
        M: Union + Clone + Send + Sync,
    {
        let deadline = Instant::now() + self.config.deadline;
        let hosts = &self.config.hosts;
        let connected = connect::connect(self, &credentials, hosts, Some(deadline)).await?;
        Ok(Session::start(self.clone(), Some(credentials), connected))
    }

    /// Sends a request that needs no session, to the first host that answers it, and
    /// returns the success value: what a server says of itself, its version, its
    /// features, how one can sign on. Hosts are asked as by [`Client::connect`].
    ///
    /// ```no_run
    /// use icws_generated::client::Client;
    /// use icws_generated::connection::GetVersion;
    ///
    /// # async fn run() -> Result<(), icws_generated::client::ClientError> {
    /// let client = Client::builder().host("cic.example").build().unwrap();
    /// let version = client.call(GetVersion::builder().build()).await?;
    /// println!("{version:?}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Api`] when a host refused it, and
    /// [`ClientError::Unreachable`] when none answered in time.
    pub async fn call<E: Sessionless + Sync>(
        &self,
        request: E,
    ) -> Result<<E::Response as Response>::Success, ClientError> {
        let deadline = Instant::now() + self.config.deadline;
        let asked = Calling {
            client: self,
            request: &request,
        };
        hosts::ask_each(&asked, &self.config, &self.config.hosts, Some(deadline)).await
    }

    /// Returns what servers have sent so far that the model does not know, in responses and
    /// messages of all sessions of this client and its clones. Each kind is also told in
    /// the log when it is met first, under the target `icws::drift`. With some namespaces
    /// compiled the types of the others are unknown, too.
    ///
    /// ```
    /// use icws_generated::client::Client;
    ///
    /// /// At the end of a test against a server that was updated.
    /// fn check(client: &Client) {
    ///     for difference in client.drift().differences() {
    ///         eprintln!("not in the model: {difference}");
    ///     }
    ///     assert!(client.drift().is_empty());
    /// }
    /// ```
    pub fn drift(&self) -> &Drift {
        &self.drift
    }

    /// Returns the transport of the client, to send a request that nothing is added to and
    /// to read its response as it comes. What [`ClientBuilder::record`] records it records here,
    /// too; no time is limited but that of connecting.
    ///
    /// ```
    /// use std::error::Error;
    /// use bytes::Bytes;
    /// use http_body_util::BodyExt;
    /// use icws_generated::client::Client;
    ///
    /// /// Downloads what a response names by its address, such as a recording.
    /// async fn download(client: &Client, address: &str) -> Result<Bytes, Box<dyn Error>> {
    ///     let request = http::Request::get(address).body(Bytes::new())?;
    ///     let response = client.transport().send(request).await?;
    ///     Ok(response.into_body().collect().await?.to_bytes())
    /// }
    /// ```
    pub fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// Resumes a session that this or another process has saved with
    /// [`Session::save`]. Nothing is sent. With credentials the client can make a
    /// new session when this one is lost.
    ///
    /// See the example of [`SavedSession`].
    ///
    /// # Errors
    /// When what was saved makes no session.
    pub fn resume(
        &self,
        saved: &SavedSession,
        credentials: Option<Credentials>,
    ) -> Result<Session, ClientError> {
        self.resume_as::<Message>(saved, credentials)
    }

    /// The same, for the messages of another model than the shipped one.
    ///
    /// See the example of [`SavedSession`], and that of [`Pages`](super::Pages) for a model.
    ///
    /// # Errors
    /// As [`Client::resume`].
    pub fn resume_as<M>(
        &self,
        saved: &SavedSession,
        credentials: Option<Credentials>,
    ) -> Result<Session<M>, ClientError>
    where
        M: Union + Clone + Send + Sync,
    {
        Ok(Session::start(
            self.clone(),
            credentials,
            saved.connected()?,
        ))
    }
}

impl Client {
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// The address of a host.
    pub(super) fn base_url(&self, host: &str) -> String {
        self.addresses.base_url(host)
    }

    /// Sends a request and waits for its whole response, in a span of its own.
    pub(super) async fn exchange(
        &self,
        operation: &'static str,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, ClientError> {
        self.exchange_headed(self.config.timeout, operation, request, |_| {})
            .await
    }

    /// The same, with as long as that for it. The head of the response is told when it is
    /// there: the rest may not come.
    pub(super) async fn exchange_headed(
        &self,
        limit: Duration,
        operation: &'static str,
        request: http::Request<Bytes>,
        seen: impl FnOnce(&Parts) + Send,
    ) -> Result<http::Response<Bytes>, ClientError> {
        let uri = request.uri().clone();
        let span = tracing::debug_span!("request", operation, host = host_of(&uri));
        let whole = async {
            let (head, body) = self.start(request).await?.into_parts();
            seen(&head);
            let body = collect(body, self.config.response_limit).await?;
            Ok(http::Response::from_parts(head, body))
        };
        let limited = async {
            let answer = tokio::time::timeout(limit, whole).await;
            let answer = answer.unwrap_or_else(|_| Err(TransportError::timeout()));
            match &answer {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    tracing::debug!(status, "answered");
                }
                Err(error) => tracing::debug!(%error, "not answered"),
            }
            answer
        };
        let answer = limited.instrument(span).await;
        answer.map_err(|error| ClientError::transport(operation, host_of(&uri), error))
    }

    /// Sends a request and waits for the head of its response.
    pub(super) async fn start(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<http::Response<ReplyBody>, TransportError> {
        request.headers_mut().insert(USER_AGENT, self.agent.clone());
        let mut response = self.transport.send(request).await?;
        let limit = self.config.header_limit;
        if size(response.headers()) > limit {
            return Err(TransportError::large_head(limit));
        }
        response.extensions_mut().insert(self.drift.clone());
        Ok(response)
    }
}

/// A request without a session that is asked of hosts.
struct Calling<'a, E> {
    client: &'a Client,
    request: &'a E,
}

impl<E: Sessionless + Sync> Ask for Calling<'_, E> {
    type Done = <E::Response as Response>::Success;

    const OPERATION: &'static str = E::META.id;

    async fn ask(&self, host: &str) -> Result<Self::Done, Refusal> {
        let elsewhere = |error| Refusal::Elsewhere(error, Named::default());
        let server = Server::new(&self.client.base_url(host)).map_err(|e| elsewhere(e.into()))?;
        let request = self.request.to_http_on(&server);
        let request = request.map_err(|error| Refusal::Final(error.into()))?;
        let response = self.client.exchange(E::META.id, request).await;
        let response = E::parse(response.map_err(elsewhere)?);
        let outcome = response.map_err(|error| match error.is_foreign() {
            true => elsewhere(error.into()),
            false => Refusal::Final(error.into()),
        })?;
        outcome.into_result().map_err(|error| {
            // All but an ICWS server may be replaced by one on another host.
            let is_said = error.message().is_some() || error.error_id().is_some();
            let is_final = is_said && error.status().is_client_error();
            let error = error.into();
            if is_final {
                Refusal::Final(error)
            } else {
                elsewhere(error)
            }
        })
    }
}

/// How many bytes headers have, with what stands between them.
fn size(headers: &http::HeaderMap) -> usize {
    let sizes = headers.iter();
    sizes
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

/// Where a request goes, for logs and errors: without a name and a password, which a
/// program may have put before the host.
pub(super) fn host_of(uri: &Uri) -> String {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    without_user(authority).to_owned()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("hosts", &self.config.hosts)
            .field("addresses", &self.addresses)
            .field("application", &self.config.application)
            .finish_non_exhaustive()
    }
}
