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
///     .only_these_hosts() // the firewall knows no others
///     .application_name("wallboard")
///     .user_agent("wallboard/2.1")
///     .accept_language("de-DE")
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
    ///
    /// See the example of [`ClientBuilder`].
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.config.hosts.push(host.into());
        self
    }

    /// Adds hosts, such as those of a switchover pair, in the order in which
    /// they are tried.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn hosts<H: Into<String>>(mut self, hosts: impl IntoIterator<Item = H>) -> Self {
        self.config.hosts.extend(hosts.into_iter().map(Into::into));
        self
    }

    /// Asks only the hosts that were added, whatever others servers name as their
    /// alternates.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn only_these_hosts(mut self) -> Self {
        self.config.only_own_hosts = true;
        self
    }

    /// Talks HTTP instead of HTTPS: passwords and tokens travel in the clear.
    ///
    /// See the example of [`Session::details`](super::Session::details).
    pub fn plain_http(mut self) -> Self {
        self.http = true;
        self
    }

    /// Sets the port of all hosts without a port of their own; 8019, or 8018 without TLS,
    /// if not given.
    ///
    /// See the example of [`ClientBuilder::prefix`].
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Sets the path that stands before `/icws` behind a proxy, such as `/app`.
    ///
    /// ```
    /// use icws_generated::client::Client;
    ///
    /// // https://web.example:443/app/icws/…
    /// let client = Client::builder().host("web.example").port(443).prefix("/app").build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets the whole address up to where `/icws` follows, with a place for the host:
    /// `https://web.example/app/api/{host}`. It takes the place of scheme, port
    /// and prefix.
    ///
    /// ```
    /// use icws_generated::client::Client;
    ///
    /// // One proxy before both servers of a switchover pair.
    /// let client = Client::builder()
    ///     .hosts(["cic1", "cic2"])
    ///     .url_template("https://web.example/app/api/{host}")
    ///     .build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
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
    ///
    /// ```no_run
    /// use icws_generated::client::Client;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::builder()
    ///     .host("cic1.example")
    ///     .root_certificate(std::fs::read("/etc/ssl/private-authority.pem")?)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Carries requests in another way than by the built-in one; certificates
    /// are then up to it.
    ///
    /// See the example of [`Transport`].
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the name of the application, by which servers log and count licences.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn application_name(mut self, name: impl Into<String>) -> Self {
        self.config.application = name.into();
        self
    }

    /// Sets the language of texts and formats for whole sessions; `en-US` if not
    /// given.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn accept_language(mut self, language: impl Into<String>) -> Self {
        self.config.language = language.into();
        self
    }

    /// Sets the header `User-Agent`.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn user_agent(mut self, agent: impl Into<String>) -> Self {
        self.agent = Some(agent.into());
        self
    }

    /// Sets what the response to a connect is to hold beside the features, which are
    /// always asked for: `version`, `server-time`, `effective-station` and so on.
    /// See [`Session::details`](super::Session::details).
    ///
    /// See the example of [`Session::details`](super::Session::details).
    pub fn include<I: Into<String>>(mut self, parts: impl IntoIterator<Item = I>) -> Self {
        let parts = parts.into_iter().map(Into::into);
        let others = parts.filter(|part: &String| part != "features");
        self.config.include.extend(others);
        self
    }

    /// Sends requests, too, that the features of the server do not support: the
    /// model may be wrong about a version, or the server about its features.
    ///
    /// ```
    /// use icws_generated::client::Client;
    ///
    /// // This server does what came with `interactions` 8, and says that it has 7.
    /// let client = Client::builder().host("cic1.example").allow_any_version().build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
    pub fn allow_any_version(mut self) -> Self {
        self.config.any_version = true;
        self
    }

    /// Sets how long a request may take, from connecting to the end of the response;
    /// 10 seconds if not given.
    ///
    /// See the example of [`ClientBuilder`].
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// Sets how long [`Client::connect`] and [`Client::call`] go on trying, how long
    /// [`Session::complete`](super::Session::complete) waits for an end, and how long a
    /// request waits for a lost session to be made again; 60 seconds if not given. The
    /// session itself is made again without a limit.
    ///
    /// See the example of [`ClientBuilder::backoff`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.config.deadline = deadline;
        self
    }

    /// Sets the first and the longest wait between tries; 1 and 30 seconds if not
    /// given.
    ///
    /// ```
    /// use std::time::Duration;
    /// use icws_generated::client::Client;
    ///
    /// // A wallboard that sits a night of maintenance out, and asks gently.
    /// let client = Client::builder()
    ///     .host("cic1.example")
    ///     .deadline(Duration::from_secs(12 * 60 * 60))
    ///     .backoff(Duration::from_secs(5), Duration::from_secs(300))
    ///     .stream_silence(Duration::from_secs(60))
    ///     .build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.config.backoff = (first, longest.max(first));
        self
    }

    /// Sets the time from the end of one poll to the next; 1 second if not given.
    ///
    /// See the example of [`MessageMode`].
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.config.poll_interval = interval;
        self
    }

    /// Sets how long a stream of server-sent events may be silent before the client
    /// gives it up; 120 seconds if not given. Keep-alives count as a sign of life;
    /// how often servers send them is not documented.
    ///
    /// See the example of [`ClientBuilder::backoff`].
    pub fn stream_silence(mut self, silence: Duration) -> Self {
        self.config.silence = silence;
        self
    }

    /// Sets how many messages are kept for a slow reader of
    /// [`Messages`](super::Messages), and events for one of a
    /// [`Watch`](super::Watch); 256 if not given. The oldest are dropped for newer
    /// ones, and a gap tells how many.
    ///
    /// See the example of [`ClientBuilder::response_limit`].
    pub fn buffer(mut self, messages: usize) -> Self {
        self.config.buffer = messages.max(1);
        self
    }

    /// Sets how many bytes the body of a response, or an event of a stream, may have;
    /// 64 MiB if not given. What is larger is an error and not kept.
    ///
    /// ```
    /// use icws_generated::client::Client;
    ///
    /// // For a device with little memory.
    /// let client = Client::builder()
    ///     .host("cic1.example")
    ///     .response_limit(4 << 20)
    ///     .header_limit(64 << 10)
    ///     .buffer(32)
    ///     .host_limit(8)
    ///     .build()?;
    /// # Ok::<(), icws_generated::client::ConfigError>(())
    /// ```
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.config.response_limit = bytes;
        self
    }

    /// Sets how many bytes the headers of a response may have, all in all; 400 KiB if not
    /// given. What has more, or more than 100 headers over the transport that comes with
    /// the client, is an error.
    ///
    /// See the example of [`ClientBuilder::response_limit`].
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.config.header_limit = bytes;
        self
    }

    /// Sets how many hosts are asked in a round, together with those that servers name as
    /// their alternates; 64 if not given. The program's own are asked however many they
    /// are. An error tells how many were left out.
    ///
    /// See the example of [`ClientBuilder::response_limit`].
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

    /// Sets how messages are fetched.
    ///
    /// See the example of [`MessageMode`].
    pub fn message_mode(mut self, mode: MessageMode) -> Self {
        self.config.mode = mode;
        self
    }

    /// Returns the client.
    ///
    /// See the example of [`ClientBuilder`].
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
