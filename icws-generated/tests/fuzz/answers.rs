//! What a server answers to the client.

use std::time::Duration;

use icws_generated::client::{Change, Client, ClientError, Credentials, End, Session, Watch};
use icws_generated::connection::GetConnection;
use icws_generated::interactions::callback::{CallbackState, Subscribe};
use icws_generated::runtime::follow::Store;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::run::fuzz;
use super::server::Server;

const TIMEOUT: Duration = Duration::from_millis(150);
const DEADLINE: Duration = Duration::from_millis(300);

/// How many clients and servers an input has: mostly they wait.
const AT_ONCE: usize = 8;

/// How long anything may take beyond its limits, on a machine that is busy.
const SLACK: Duration = Duration::from_secs(8);

fn client(host: &str) -> Client {
    Client::builder()
        .plain_http()
        .host(host)
        .only_these_hosts()
        // A mad server may have told wrong versions when the session was made anew.
        .allow_any_version()
        .request_timeout(TIMEOUT)
        .deadline(DEADLINE)
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
        .poll_interval(Duration::from_millis(1))
        .stream_silence(TIMEOUT)
        .response_limit(100_000)
        .build()
        .unwrap()
}

async fn connect(client: &Client) -> Result<Session, ClientError> {
    let credentials = Credentials::password("agent", "open sesame");
    let connected = timeout(DEADLINE + SLACK, client.connect(credentials)).await;
    connected.expect("a connect that does not end")
}

/// The same, of a server that is well: only a busy machine makes it fail.
async fn connected(client: &Client) -> Session {
    let start = Instant::now();
    loop {
        match connect(client).await {
            Ok(session) => return session,
            Err(error) => assert!(start.elapsed() < SLACK, "{error}"),
        }
    }
}

async fn call(session: &Session) -> Result<(), ClientError> {
    let request = GetConnection::builder().build();
    let called = timeout(TIMEOUT + SLACK, session.call(request)).await;
    called.expect("a call that does not end").map(drop)
}

/// A watch of the callback, which a server that is well does not refuse.
async fn watched(session: &Session) -> Watch<Subscribe> {
    let start = Instant::now();
    loop {
        match session.watch_callback("2001").await {
            Ok(watch) => return watch,
            Err(error) => assert!(start.elapsed() < SLACK, "{error}"),
        }
    }
}

/// Waits until the state is known, or until the server has ended what would know it.
async fn current(store: &Store<CallbackState>) -> Result<(), End> {
    let start = Instant::now();
    while !store.is_current() {
        if let Some(end) = store.end() {
            return Err(end);
        }
        assert!(start.elapsed() < SLACK, "a watch does not become current");
        sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// What is told of a server stays on one line.
fn line(text: &str) {
    assert!(!text.contains(char::is_control), "{text:?}");
}

/// A client between a server in its right mind, one that is mad, and one that is well
/// again.
async fn episode(server: Server, host: String, rounds: usize) {
    let client = client(&host);
    let session = connected(&client).await;
    let mut watch = watched(&session).await;
    let store = watch.store();
    current(&store).await.unwrap();

    server.madden(true);
    for round in 0..rounds {
        if let Err(error) = call(&session).await {
            let _ = (error.retry(), error.is_unsent(), format!("{error:?}"));
            line(&error.to_string());
        }
        if round % 3 == 0 {
            match connect(&client).await {
                Ok(other) => {
                    let ended = timeout(SLACK, other.disconnect()).await;
                    let _ = ended.expect("no end");
                }
                Err(error) => line(&error.to_string()),
            }
        }
        if round % 4 == 1 {
            let other = timeout(SLACK, session.watch_callback("2002")).await;
            drop(other.expect("a watch that does not end"));
        }
        let change = timeout(Duration::from_millis(5), watch.next()).await;
        if let Ok(Some(Change::Gap(gap))) = change {
            line(&gap.to_string());
        }
    }
    server.madden(false);

    // What a server says of the session in that state counts: it may end for good.
    match current(&store).await {
        Ok(()) => {
            let start = Instant::now();
            while let Err(error) = call(&session).await {
                assert!(start.elapsed() < SLACK, "{error}");
            }
        }
        Err(end) => assert!(!matches!(end, End::Stopped | End::Disconnected), "{end}"),
    }
    let _ = timeout(SLACK, session.disconnect()).await.expect("no end");
    let again = connected(&client).await;
    let watch = watched(&again).await;
    current(&watch.store()).await.unwrap();
}

#[test]
fn answers() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    fuzz("answers", |random, trial| {
        let mut episodes = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (random, rounds) = (random.fork(), random.usize(1..6));
            let trial = trial.clone();
            episodes.spawn_on(
                async move {
                    let (server, host, task) = Server::start(random, trial).await;
                    episode(server, host, rounds).await;
                    task.abort();
                },
                runtime.handle(),
            );
        }
        runtime.block_on(episodes.join_all());
    });
}
