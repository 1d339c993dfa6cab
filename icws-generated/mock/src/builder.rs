//! How a server is set up.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use icws_generated::recording::{Recorder, Tape};
use tokio::net::TcpListener;

use super::areas;
use super::modelled::{ModelSource, Modelled};
use super::record::RecordedRequest;
use super::sample;
use super::scenario::Scenario;
use super::server::MockServer;
use super::settings::{Chosen, Settings};
use super::shared::Shared;

/// The user that there is when no other is named, and the password.
const USER: (&str, &str) = ("agent", "secret");

/// What came with a version of a feature and is no item of the model: streams of
/// events.
const FEATURES: &[(&str, u32)] = &[("messaging", 2)];

/// As good as for ever. A moment that is further off cannot be told.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// Sets up a [`MockServer`].
#[must_use = "a builder does nothing until `start`"]
pub struct MockBuilder {
    address: SocketAddr,
    users: Vec<(String, String)>,
    features: BTreeMap<String, u32>,
    chosen: Chosen,
    model: Option<ModelSource>,
    callbacks: usize,
    tick: Option<Duration>,
    scenario: Option<Scenario>,
}

impl Default for MockBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl MockBuilder {
    /// A free port of 127.0.0.1; the user `agent` with the password `secret`;
    /// `connection` 11, `interactions` 8 and `messaging` 2; a ping each 15
    /// seconds; no idle timeout; no alternate hosts; the last 10,000 requests
    /// are kept.
    pub fn new() -> Self {
        MockBuilder {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            users: Vec::new(),
            features: BTreeMap::new(),
            chosen: Chosen::default(),
            model: None,
            callbacks: 0,
            tick: None,
            scenario: None,
        }
    }

    /// Where to listen; port 0 is a free one.
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// A user, besides those named before and those of a scenario. `agent` is there only
    /// when none is named. Tokens stand for the first one.
    pub fn user(mut self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.users.push((name.into(), password.into()));
        self
    }

    /// Sets the versions of features; the others keep theirs. With version 0 the
    /// server does not have the feature.
    pub fn features<S: Into<String>>(
        mut self,
        features: impl IntoIterator<Item = (S, u32)>,
    ) -> Self {
        let features = features.into_iter();
        self.features
            .extend(features.map(|(name, version)| (name.into(), version)));
        self
    }

    /// A model whose operations are served as well, besides those of the shipped
    /// model, which keep their state. Requests are held against it, responses are
    /// made up from it, and its features are there in their newest versions.
    pub fn model(mut self, model: impl Into<ModelSource>) -> Self {
        self.model = Some(model.into());
        self
    }

    /// What the world has to begin with. Its users can connect, besides those of
    /// [`user`](Self::user); `agent` is not there unless it has one of that name.
    /// Without a scenario there are the users, in three workgroups, and no
    /// interactions.
    pub fn world(mut self, scenario: Scenario) -> Self {
        self.scenario = Some(scenario);
        self
    }

    /// How many callbacks there are to begin with.
    pub fn callbacks(mut self, count: usize) -> Self {
        self.callbacks = count;
        self
    }

    /// Lets something happen each time this much has passed, at least a millisecond.
    /// In the world of a scenario calls come, are picked up, held and ended, chats go
    /// on, and users change their statuses, by chance. Without one callbacks change,
    /// one after the other: the attempts, then whether it is snoozed, then the name.
    /// [`Control::set_tick`](super::Control::set_tick) changes it while the server runs.
    pub fn tick(mut self, period: Duration) -> Self {
        self.tick = Some(period);
        self
    }

    /// Subscriptions bring nothing by themselves: what comes is what
    /// [`Control::inject_raw`](super::Control::inject_raw) and the like send, for tests
    /// that say each message.
    pub fn messages_by_hand(mut self) -> Self {
        self.chosen.by_hand = true;
        self
    }

    /// How long a stream of events may be silent before it gets a `:ping`; at
    /// least a millisecond.
    pub fn ping_interval(mut self, interval: Duration) -> Self {
        self.chosen.ping_interval = interval.clamp(Duration::from_millis(1), LONGEST);
        self
    }

    /// Sessions end when they are not used for this long. The timeout of real
    /// servers is not known; without one they last.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.chosen.limits.idle = Some(timeout);
        self
    }

    /// How many messages may wait for a session; one for which there are more ends, as
    /// its client does not read. 100,000 without it, and 64 MiB of messages in any case.
    pub fn waiting_messages(mut self, count: usize) -> Self {
        self.chosen.limits.waiting = count;
        self
    }

    /// How many sessions there are at a time: 10,000 without it. Whoever asks for another
    /// one is sent to the [`alternates`](Self::alternates) by a 503.
    pub fn sessions(mut self, count: usize) -> Self {
        self.chosen.limits.sessions = count;
        self
    }

    /// How many subscriptions all sessions together have at a time: 100,000 without it.
    /// One more is refused with 400.
    pub fn subscriptions(mut self, count: usize) -> Self {
        self.chosen.limits.subscriptions = count;
        self
    }

    /// How many sessions that have ended are remembered, so that they can be told how
    /// they stand: 1,000 without it. Those that ended first are forgotten first.
    pub fn kept_sessions(mut self, count: usize) -> Self {
        self.chosen.limits.kept_sessions = count;
        self
    }

    /// How long the head of a request may take, counted from the request before it, and
    /// how long its body: two minutes each without it. A connection without a whole head
    /// is closed, one without a whole body is answered with 408.
    pub fn request_time(mut self, time: Duration) -> Self {
        self.chosen.request_time = time.min(LONGEST);
        self
    }

    /// The `alternateHostList` in the response to a new session.
    pub fn alternates<S: Into<String>>(mut self, hosts: impl IntoIterator<Item = S>) -> Self {
        self.chosen.alternates = hosts.into_iter().map(Into::into).collect();
        self
    }

    /// How many bytes the body of a request may have; more is answered with 413. 10 MiB
    /// without it. What real servers take is not known.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.chosen.body_limit = bytes;
        self
    }

    /// How many requests [`Control::requests`](super::Control::requests) keeps. Of large
    /// ones fewer are kept: 64 MiB of heads and bodies together.
    pub fn kept_requests(mut self, count: usize) -> Self {
        self.chosen.kept_requests = count;
        self
    }

    /// Keeps responses and messages for `/mock/traffic` from the start: the last 10,000
    /// entries, or 32 MiB. Without it they are kept once `/mock/traffic` is asked for.
    pub fn keep_traffic(mut self) -> Self {
        self.chosen.keeps_traffic = true;
        self
    }

    /// A function to call with each request, for a log.
    pub fn on_request(mut self, told: impl Fn(&RecordedRequest) + Send + Sync + 'static) -> Self {
        self.chosen.on_request = Some(Box::new(told));
        self
    }

    /// Records all exchanges but those of `/mock`, without their secrets: a response when it
    /// is made, a stream of events part by part. A
    /// [`RecordingFile`](icws_generated::recording::RecordingFile) writes them to a file, and
    /// counts what it could not keep; a function that takes an
    /// [`Entry`](icws_generated::recording::Entry) does what it likes.
    pub fn record(mut self, recorder: impl Recorder) -> Self {
        // A recorder that fails knows best whom to tell.
        self.chosen.tape = Some(Tape::new(recorder, |_| {}));
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When it cannot listen at the address, or the model cannot be read. Of one
    /// that is not sound the findings are in the text, and the kind is
    /// [`InvalidData`](io::ErrorKind::InvalidData).
    pub async fn start(self) -> io::Result<MockServer> {
        let shipped = Modelled::shipped()?;
        let loaded = self.model.map(Modelled::load).transpose()?;
        let listener = TcpListener::bind(self.address).await.map_err(|error| {
            let text = format!("cannot listen at {}: {error}", self.address);
            io::Error::new(error.kind(), text)
        })?;
        let mut users = self.users;
        users.extend(self.scenario.iter().flat_map(Scenario::logins));
        if users.is_empty() {
            users.push((USER.0.to_owned(), USER.1.to_owned()));
        }
        let lives = self.scenario.is_some();
        let scenario = self.scenario.unwrap_or_else(|| Scenario::small(&users));
        let names: Vec<String> = users.iter().map(|(name, _)| name.clone()).collect();
        let default_user = names.first().cloned();
        let mut features = shipped.features();
        let standard = FEATURES.iter();
        let standard = standard.map(|(name, version)| ((*name).to_owned(), *version));
        let others = loaded.as_ref().map(Modelled::features);
        for (feature, version) in standard.chain(others.unwrap_or_default()) {
            let newest: &mut u32 = features.entry(feature).or_default();
            *newest = version.max(*newest);
        }
        features.extend(self.features);
        features.retain(|_, version| *version > 0);
        let settings = Settings {
            features,
            default_user: default_user.unwrap_or_default(),
            chosen: self.chosen,
            areas: areas::areas(shipped),
            shipped,
            loaded,
        };
        let shared = Shared::new(settings, HashMap::from_iter(users));
        scenario.build(&mut shared.world(), &names);
        areas::refresh(&mut shared.world());
        let mut server = MockServer::run(listener, shared)?;
        let control = server.control();
        for number in 0..self.callbacks {
            control.create_callback(sample::callback(number));
        }
        control.set_tick(self.tick);
        server.spawn(sample::tick(control, lives));
        Ok(server)
    }
}
