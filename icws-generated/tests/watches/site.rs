//! A server and a session on it.

use std::sync::Arc;
use std::time::Duration;

use icws_generated::Message;
use icws_generated::client::{Change, Client, Credentials, Gap, MessageMode, Session, Watch};
use icws_generated::runtime::{Changes, Subscription};
use icws_mock::{Control, MockBuilder, MockServer, RecordedRequest};
use tokio::time::{sleep, timeout};

use crate::logs;

const PASSWORD: &str = "open sesame";

/// Long enough for a machine with much to do. Nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Site {
    pub control: Control,
    pub session: Session,
    /// It runs until it is dropped.
    #[expect(dead_code)]
    server: MockServer,
}

impl Site {
    /// Messages come as events of a stream, those that are sent by hand.
    pub async fn new() -> Self {
        let server = MockServer::builder().messages_by_hand();
        Self::with(server, MessageMode::Auto).await
    }

    /// Messages tell what the world of the server has.
    pub async fn living() -> Self {
        Self::with(MockServer::builder(), MessageMode::Auto).await
    }

    /// Messages are polled.
    pub async fn polling() -> Self {
        let server = MockServer::builder().messages_by_hand();
        Self::with(server, MessageMode::Polling).await
    }

    async fn with(server: MockBuilder, mode: MessageMode) -> Self {
        logs::listen();
        logs::secret(PASSWORD);
        let server = server.user("agent", PASSWORD).start().await.unwrap();
        let client = Client::builder()
            .plain_http()
            .host(server.address().to_string())
            .poll_interval(Duration::from_millis(5))
            .message_mode(mode)
            .backoff(Duration::from_millis(5), Duration::from_millis(20))
            .build()
            .unwrap();
        let credentials = Credentials::password("agent", PASSWORD);
        Site {
            control: server.control(),
            session: client.connect(credentials).await.unwrap(),
            server,
        }
    }

    pub async fn watch<S>(&self, subscription: S) -> Watch<S>
    where
        S: Subscription + Clone + Send + Sync + 'static,
    {
        self.session.watch(subscription).await.unwrap()
    }

    /// Puts a message into the queue of the session, as it is on the wire.
    pub fn send(&self, message: &str) {
        self.control.inject_raw(message.to_owned());
    }

    /// The requests of an operation.
    fn requests(&self, operation: &str) -> Vec<RecordedRequest> {
        let mut requests = self.control.requests();
        requests.retain(|request| request.operation.as_deref() == Some(operation));
        requests
    }

    /// How many requests of an operation succeeded.
    pub fn count(&self, operation: &str) -> usize {
        let requests = self.requests(operation).into_iter();
        let succeeded = requests.filter(|one| one.status.is_some_and(|status| status < 300));
        succeeded.count()
    }

    /// How many requests of an operation were sent, whatever became of them.
    pub fn sent(&self, operation: &str) -> usize {
        self.requests(operation).len()
    }

    /// Waits until so many of them were sent.
    pub async fn until_sent(&self, operation: &str, count: usize) {
        until(|| self.sent(operation) >= count).await;
    }

    /// Waits until so many requests of an operation succeeded.
    pub async fn until(&self, operation: &str, count: usize) {
        until(|| self.count(operation) >= count).await;
    }

    /// The body of the last request of an operation.
    pub fn body(&self, operation: &str) -> String {
        let last = self.requests(operation).pop().unwrap();
        String::from_utf8(last.body.to_vec()).unwrap()
    }
}

/// Waits until something is so.
async fn until(is_so: impl Fn() -> bool) {
    let come = async {
        while !is_so() {
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(PATIENCE, come).await.expect("no request comes");
}

/// Only now all of its sessions are known.
impl Drop for Site {
    fn drop(&mut self) {
        for request in self.control.requests() {
            logs::secrets_of(&request.headers);
        }
    }
}

pub async fn next<S: Subscription>(watch: &mut Watch<S>) -> Change<S::State, Message> {
    let next = timeout(PATIENCE, watch.next()).await;
    next.expect("nothing comes").expect("it has ended")
}

pub async fn snapshot<S: Subscription>(watch: &mut Watch<S>) -> Arc<S::State> {
    match next(watch).await {
        Change::Snapshot(state) => state,
        other => panic!("no snapshot but {}", name(&other)),
    }
}

pub async fn update<S: Subscription>(watch: &mut Watch<S>) -> (Arc<S::State>, Changes) {
    match next(watch).await {
        Change::Update { state, changes, .. } => (state, changes),
        other => panic!("no update but {}", name(&other)),
    }
}

pub async fn gap<S: Subscription>(watch: &mut Watch<S>) -> Gap {
    match next(watch).await {
        Change::Gap(gap) => gap,
        other => panic!("no gap but {}", name(&other)),
    }
}

/// What kind of change it is. States need not be `Debug`.
fn name<S>(change: &Change<S, Message>) -> String {
    match change {
        Change::Snapshot(_) => "a snapshot".to_owned(),
        Change::Update { changes, .. } => format!("{changes:?}"),
        Change::Event(message) => format!("{message:?}"),
        Change::Standing(standing) => format!("{standing:?}"),
        Change::Gap(gap) => gap.to_string(),
        Change::Ended(end) => end.to_string(),
        _ => "something else".to_owned(),
    }
}

/// Keys, as changes have them.
pub fn keys<K: AsRef<str>>(keys: &[K]) -> Vec<&str> {
    keys.iter().map(AsRef::as_ref).collect()
}
