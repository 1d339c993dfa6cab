//! What a client is made of.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::Client;
use super::address::{Addresses, is_host};
use super::config::{Config, ConfigError, MessageMode};
use super::transport::{self, Recorded, Transport};
use crate::recording::{Recorder, Tape};
use crate::runtime::__private1::without_user;
use crate::runtime::Server;

/// The `User-Agent` unless another is given.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Sets up a [`Client`]. Only a host is required.
///
/// ```
/// use std::time::Duration;
/// use icws_generated::client::Client;
///
/// let client = Client::builder()
///     .hosts(["cic1.example", "cic2.example"])
///     .application_name("wallboard")
///     .request_timeout(Duration::from_secs(20))
///     .build()?;
/// # Ok::<(), icws_generated::client::ConfigError>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
#[derive(Default)]
pub struct ClientBuilder {
    config: Config,
    http: bool,
    port: Option<u16>,
    prefix: String,
    template: Option<String>,
    roots: Vec<Vec<u8>>,
    transport: Option<Arc<dyn Transport>>,
    agent: Option<String>,
    tape: Option<Tape>,
}

impl ClientBuilder {
    /// Adds a host, a name or an IP address. It may have a port of its own,
    /// `cic1:9019`.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.config.hosts.push(host.into());
        self
    }

    /// Adds hosts, such as those of a switchover pair, in the order in which
    /// they are tried.
    pub fn hosts<H: Into<String>>(mut self, hosts: impl IntoIterator<Item = H>) -> Self {
        self.config.hosts.extend(hosts.into_iter().map(Into::into));
        self
    }

    /// Asks only the hosts that were added, whatever others servers name as their
    /// alternates.
    pub fn only_these_hosts(mut self) -> Self {
        self.config.only_own_hosts = true;
        self
    }

    /// Talks HTTP instead of HTTPS: passwords and tokens travel in the clear.
    pub fn plain_http(mut self) -> Self {
        self.http = true;
        self
    }

    /// The port of all hosts; 8019, or 8018 without TLS, if not given.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// The path of a proxy before `/icws`, `/app`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The whole address up to where `/icws` follows, with a place for the host:
    /// `https://web.example/app/api/{host}`. It takes the place of scheme, port
    /// and prefix.
    pub fn url_template(mut self, template: impl Into<String>) -> Self {
        self.template = Some(template.into());
        self
    }

    /// Trusts servers whose certificates come from this authority, in PEM, beside
    /// those that the system trusts. Can be called several times.
    ///
    /// It may be the certificate of the server itself, such as `openssl req -x509`
    /// makes. That one is trusted for the names in it (`-addext
    /// subjectAltName=DNS:cic1.example`), also after it has expired.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Carries requests in another way than by the built-in one; certificates
    /// are then up to it.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The name of the application, which servers log and count licences by.
    pub fn application_name(mut self, name: impl Into<String>) -> Self {
        self.config.application = name.into();
        self
    }

    /// The language of texts and formats for whole sessions, `en-US` if not
    /// given.
    pub fn accept_language(mut self, language: impl Into<String>) -> Self {
        self.config.language = language.into();
        self
    }

    /// What goes into `User-Agent`.
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.agent = Some(agent.into());
        self
    }

    /// What the response to a connect is to hold beside the features, which are
    /// always asked for: `version`, `server-time`, `effective-station` and so on.
    /// See [`Session::details`](super::Session::details).
    pub fn include<I: Into<String>>(mut self, parts: impl IntoIterator<Item = I>) -> Self {
        let parts = parts.into_iter().map(Into::into);
        let others = parts.filter(|part: &String| part != "features");
        self.config.include.extend(others);
        self
    }

    /// Sends requests, too, that the features of the server do not support: the
    /// model may be wrong about a version, or the server about its features.
    pub fn allow_any_version(mut self) -> Self {
        self.config.any_version = true;
        self
    }

    /// How long a request may take, from connecting to the end of the response;
    /// 10 seconds if not given.
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// How long [`Client::connect`] goes on trying; 60 seconds if not given. A
    /// session that was lost is made again without a limit.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.config.deadline = deadline;
        self
    }

    /// The first and the longest wait between tries; 1 and 30 seconds if not
    /// given.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.config.backoff = (first, longest.max(first));
        self
    }

    /// The time from the end of one poll to the next; 1 second if not given.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.config.poll_interval = interval;
        self
    }

    /// How long a stream of server-sent events may be silent before the client
    /// gives it up; 120 seconds if not given. Keep-alives count as a sign of life;
    /// how often servers send them is not documented.
    pub fn stream_silence(mut self, silence: Duration) -> Self {
        self.config.silence = silence;
        self
    }

    /// How many messages are kept for a slow reader of
    /// [`Messages`](super::Messages), and events for one of a
    /// [`Watch`](super::Watch); 256 if not given. The oldest are dropped for newer
    /// ones, and a gap tells how many.
    pub fn buffer(mut self, messages: usize) -> Self {
        self.config.buffer = messages.max(1);
        self
    }

    /// How many bytes the body of a response, or an event of a stream, may have;
    /// 64 MiB if not given. What is larger is an error and not kept.
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.config.answer_limit = bytes;
        self
    }

    /// How many bytes the headers of a response may have, all in all; 400 KiB if not
    /// given. What has more, or more than 100 headers over the transport that comes with
    /// the client, is an error.
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.config.header_limit = bytes;
        self
    }

    /// How many hosts are asked in a round, together with those that servers name as
    /// their alternates; 64 if not given. The program's own are asked however many they
    /// are. An error tells how many were left out.
    pub fn host_limit(mut self, hosts: usize) -> Self {
        self.config.host_limit = hosts;
        self
    }

    /// Records all exchanges, without their secrets: requests, polls, streams of events
    /// part by part, and what got no response. A
    /// [`RecordingFile`](crate::recording::RecordingFile) writes them to a file, a function
    /// that takes an [`Entry`](crate::recording::Entry) does what it likes. An error of the
    /// recorder is told in the log, once, and is of no account to requests.
    ///
    /// ```
    /// use icws_generated::client::Client;
    /// use icws_generated::recording::Entry;
    ///
    /// let record = |entry: Entry| print!("{}", String::from_utf8_lossy(&entry.to_line()));
    /// let client = Client::builder().host("cic1").record(record).build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
    pub fn record(mut self, recorder: impl Recorder) -> Self {
        self.tape = Some(Tape::new(recorder, |error| {
            tracing::warn!(%error, "the recording is not complete");
        }));
        self
    }

    /// How messages are fetched.
    pub fn message_mode(mut self, mode: MessageMode) -> Self {
        self.config.mode = mode;
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When there is no host, an address cannot be one, a root certificate
    /// cannot be read, or a text cannot travel in a header.
    pub fn build(mut self) -> Result<Client, ConfigError> {
        self.config.limit_times();
        if self.config.hosts.is_empty() {
            return Err(ConfigError::new("no host was given"));
        }
        let addresses = match &self.template {
            Some(template) => Addresses::template(template)?,
            None => Addresses::Parts {
                scheme: if self.http { "http" } else { "https" },
                port: self.port.unwrap_or(if self.http { 8018 } else { 8019 }),
                prefix: match self.prefix.trim_matches('/') {
                    "" => String::new(),
                    prefix => format!("/{prefix}"),
                },
            },
        };
        for host in &self.config.hosts {
            if !is_host(host) {
                let host = without_user(host);
                return Err(ConfigError::new(format!(
                    "`{host}` is no host: give a name or an address such as `cic1` or `cic1:9019`; \
                     scheme, prefix and templates are set by themselves"
                )));
            }
            let server = Server::new(&addresses.base_url(host));
            server.map_err(|error| ConfigError::new(error.to_string()))?;
        }
        // Whatever was put there by mistake is not shown: it may be a secret.
        let header = |name: &str, text: &str| {
            HeaderValue::from_str(text).map_err(|_| {
                ConfigError::new(format!(
                    "{name} has a character that cannot travel in a header"
                ))
            })
        };
        header("the language", &self.config.language)?;
        let agent = self.agent.as_deref().unwrap_or(AGENT);
        let agent = header("the user agent", agent)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let is_plain = addresses.is_plain();
                let (timeout, header_limit) = (self.config.timeout, self.config.header_limit);
                transport::built_in(is_plain, &self.roots, timeout, header_limit)?
            }
        };
        let transport = match self.tape {
            Some(tape) => Arc::new(Recorded { transport, tape }),
            None => transport,
        };
        Ok(Client::new(self.config, addresses, agent, transport))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What was given has not been checked yet.
        let hosts = self.config.hosts.iter().map(|host| without_user(host));
        let hosts: Vec<_> = hosts.collect();
        f.debug_struct("ClientBuilder")
            .field("hosts", &hosts)
            .finish_non_exhaustive()
    }
}
