//! How a server was set up.

use std::collections::BTreeMap;
use std::time::Duration;

use icws_generated::recording::Tape;

use super::areas::Areas;
use super::modelled::Modelled;
use super::record::RecordedRequest;
use super::world::Limits;

/// How the server was set up.
pub(super) struct Settings {
    /// The features with their versions.
    pub features: BTreeMap<String, u32>,
    /// Who a token stands for that is not known to be somebody else's.
    pub default_user: String,
    pub chosen: Chosen,
    /// The shipped model: what has no state of its own is made up from it.
    pub shipped: &'static Modelled,
    /// What the areas take from it.
    pub areas: &'static Areas,
    /// A model whose operations are served besides those of the shipped one.
    pub loaded: Option<Modelled>,
}

/// What a builder was told, and is taken as it is.
pub(super) struct Chosen {
    pub ping_interval: Duration,
    /// How long the head of a request may take, and its body.
    pub request_time: Duration,
    pub limits: Limits,
    /// The `alternateHostList` of new sessions.
    pub alternates: Vec<String>,
    pub kept_requests: usize,
    /// The bytes that a body has at most.
    pub body_limit: usize,
    pub on_request: Option<OnRequest>,
    /// Whether responses and messages are kept before somebody wants to see them.
    pub keeps_traffic: bool,
    /// Where exchanges are recorded.
    pub tape: Option<Tape>,
    /// Whether subscriptions bring only what is sent by hand.
    pub by_hand: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Chosen {
            ping_interval: Duration::from_secs(15),
            request_time: Duration::from_secs(120),
            limits: Limits {
                idle: None,
                waiting: 100_000,
                sessions: 10_000,
                subscriptions: 100_000,
                kept_sessions: 1_000,
            },
            alternates: Vec::new(),
            kept_requests: 10_000,
            body_limit: 10 << 20,
            on_request: None,
            keeps_traffic: false,
            tape: None,
            by_hand: false,
        }
    }
}

/// A function that is called with each request that got a response.
pub(super) type OnRequest = Box<dyn Fn(&RecordedRequest) + Send + Sync>;

impl Settings {
    /// The version of a feature; 0 when the server does not have it.
    pub fn version(&self, feature: &str) -> u32 {
        self.features.get(feature).copied().unwrap_or_default()
    }
}
