//! What is set once for all sessions of a client.

use std::fmt;
use std::time::Duration;

use crate::runtime::follow::Waits;

/// How messages are fetched.
///
/// ```
/// use std::time::Duration;
/// use icws_generated::client::{Client, MessageMode};
///
/// // Behind a proxy that holds event streams back.
/// let client = Client::builder()
///     .host("cic1.example")
///     .message_mode(MessageMode::Polling)
///     .poll_interval(Duration::from_secs(2))
///     .build()?;
/// # Ok::<(), icws_generated::client::ConfigError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum MessageMode {
    /// Server-sent events if the server has `messaging` 2 and streams work, otherwise
    /// polling.
    #[default]
    Auto,
    /// By polling, whatever the server has.
    Polling,
}

/// Longer times are as good as this one, and points in time stay within what
/// can be counted.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What is set once for all sessions of a client.
pub(super) struct Config {
    pub hosts: Vec<String>,
    /// Whether hosts that servers name are not asked.
    pub only_own_hosts: bool,
    pub application: String,
    pub language: String,
    pub include: Vec<String>,
    pub timeout: Duration,
    pub deadline: Duration,
    pub backoff: (Duration, Duration),
    pub poll_interval: Duration,
    pub silence: Duration,
    pub buffer: usize,
    pub response_limit: usize,
    pub header_limit: usize,
    pub host_limit: usize,
    pub mode: MessageMode,
    pub any_version: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            hosts: Vec::new(),
            only_own_hosts: false,
            application: env!("CARGO_PKG_NAME").to_owned(),
            language: "en-US".to_owned(),
            include: vec!["features".to_owned()],
            timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(60),
            backoff: (Duration::from_secs(1), Duration::from_secs(30)),
            poll_interval: Duration::from_secs(1),
            silence: Duration::from_secs(120),
            buffer: 256,
            response_limit: 64 << 20,
            header_limit: 400 << 10,
            host_limit: 64,
            mode: MessageMode::Auto,
            any_version: false,
        }
    }
}

impl Config {
    /// The waits between tries.
    pub fn waits(&self) -> Waits {
        Waits {
            least: self.backoff.0,
            most: self.backoff.1,
            chance: fastrand::f64,
        }
    }

    /// How long a full message may take after subscribing.
    pub fn patience(&self) -> Duration {
        self.timeout + self.poll_interval.saturating_mul(3)
    }

    pub fn limit_times(&mut self) {
        for time in [
            &mut self.timeout,
            &mut self.deadline,
            &mut self.backoff.0,
            &mut self.backoff.1,
            &mut self.poll_interval,
            &mut self.silence,
        ] {
            *time = LONGEST.min(*time);
        }
    }
}

/// Why a client cannot be made.
///
/// ```
/// use icws_generated::client::Client;
///
/// let error = Client::builder().host("https://cic1.example").build().unwrap_err();
/// assert!(error.to_string().contains("is no host: give a name or an address"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(String);

impl ConfigError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        ConfigError(problem.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}
