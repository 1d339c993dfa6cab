//! Futures of the client that are dropped at random points, while things go wrong.
//!
//! Afterwards no session is left on the server, no task is left in the runtime, and what was
//! watched all along is true. `CANCELLED=50000` does as many operations by streams and as
//! many by polls, by another seed each time; `SEED` does those of one run again, as far as
//! time allows.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use fastrand::Rng;
use icws_generated::client::{Change, Client, Credentials, MessageMode, Session, Watch};
use icws_generated::connection::{GetConnection, GetVersion};
use icws_generated::interactions::callback::Subscribe;
use icws_generated::status::{SetUserStatus, UserStatusUpdate};
use icws_mock::{Callback, Control, Fault, MockServer};
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep, timeout};

use crate::logs;

/// Long enough for a machine with much to do. Nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

const PASSWORD: &str = "open sesame";

/// How long a session is used before it is left for another.
const LIFE: usize = 40;

/// A future that is dropped after so many polls or so much time, whatever is first.
struct Dropped<'a, F> {
    future: Pin<&'a mut F>,
    polls: u32,
    time: Pin<&'a mut Sleep>,
}

impl<F: Future> Future for Dropped<'_, F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let this = &mut *self;
        if this.polls == 0 || this.time.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        this.polls -= 1;
        let done = this.future.as_mut().poll(context);
        if this.polls == 0 && done.is_pending() {
            return Poll::Ready(None);
        }
        done.map(Some)
    }
}

/// Waits for a future until some point, and drops it there; a third of them are waited for.
async fn cut<F: Future>(rng: &mut Rng, future: F) -> Option<F::Output> {
    if rng.u8(..3) == 0 {
        let whole = timeout(PATIENCE, future).await;
        return Some(whole.expect("a future hangs"));
    }
    let time = sleep(Duration::from_micros(rng.u64(..8_000)));
    let dropped = Dropped {
        future: pin!(future),
        polls: rng.u32(..12),
        time: pin!(time),
    };
    dropped.await
}

/// What goes wrong. A response to a connect that does not come at all is left out: nobody can
/// know of the session.
fn trouble(control: &Control, sessions: &[String], rng: &mut Rng) {
    let fault = match rng.u8(..6) {
        0 => Fault::DropMidAnswer,
        1 => Fault::TruncateJson,
        2 => Fault::DropBeforeRequest,
        3 => Fault::Delay(Duration::from_millis(rng.u64(..20))),
        4 => Fault::Unavailable {
            alternates: vec!["127.0.0.1:1".to_owned()],
        },
        _ => Fault::status([401, 500, 502, 504][rng.usize(..4)]),
    };
    let operations = [
        "connection.connect",
        "connection.getConnection",
        "messaging.poll",
        "interactions.callback.subscribe",
        "interactions.callback.unsubscribe",
        "status.setUserStatus",
    ];
    match rng.u8(..8) {
        0 => drop(control.expire_session(&sessions[rng.usize(..sessions.len())])),
        1 => drop(control.break_streams()),
        2 => {
            let id = &sessions[rng.usize(..sessions.len())];
            control.disconnect(id, "The server is going down.", true);
        }
        3 => {
            let fault = Fault::DropBeforeAnswer;
            control.inject_fault_at("messaging.poll", fault).unwrap();
        }
        _ => {
            let operation = operations[rng.usize(..operations.len())];
            control.inject_fault_at(operation, fault).unwrap();
        }
    }
}

/// A session that is used for a while, and what it watches.
struct Used {
    session: Session,
    watches: Vec<Watch<Subscribe>>,
    left: usize,
}

/// Does something on a session, and drops it somewhere.
async fn act(used: &mut Used, callback: &str, rng: &mut Rng) {
    let session = &used.session;
    match rng.u8(..6) {
        0 => drop(cut(rng, session.call(GetConnection::builder().build())).await),
        1 => {
            let status = ["Available", "At Lunch", "Gone Home"][rng.usize(..3)];
            let update = UserStatusUpdate::new(status);
            let request = SetUserStatus::builder().user_id("agent").body(update);
            let limit = Duration::from_millis(rng.u64(1..100));
            let whole = session.complete_within(request.build(), limit);
            drop(cut(rng, whole).await);
        }
        2 | 3 => {
            let watch = cut(rng, session.watch_callback(callback)).await;
            used.watches.extend(watch.and_then(Result::ok));
        }
        4 if !used.watches.is_empty() => {
            let at = rng.usize(..used.watches.len());
            let limit = Duration::from_millis(20);
            let next = timeout(limit, used.watches[at].next());
            drop(cut(rng, next).await);
        }
        _ if !used.watches.is_empty() => {
            let at = rng.usize(..used.watches.len());
            let watch = used.watches.swap_remove(at);
            if rng.bool() {
                drop(cut(rng, watch.stop()).await);
            }
        }
        _ => {}
    }
}

/// Ends a session. That goes on when nobody waits for it, once it has begun.
async fn end(used: Used, rng: &mut Rng) {
    let mut ending = pin!(used.session.disconnect());
    let first = poll_fn(|context| Poll::Ready(ending.as_mut().poll(context))).await;
    if first.is_pending() {
        drop(cut(rng, ending).await);
    }
}

/// What was watched all along.
struct Steady {
    session: Session,
    watch: Watch<Subscribe>,
    last: i32,
}

impl Steady {
    /// Reads a change, if there is one before the future is dropped.
    async fn read(&mut self, rng: &mut Rng, now: i32) {
        let limit = Duration::from_millis(5);
        let next = timeout(limit, self.watch.next());
        let Some(Ok(change)) = cut(rng, next).await else {
            return;
        };
        match change {
            Some(Change::Snapshot(state) | Change::Update { state, .. }) => {
                let attempts = state.attempts.unwrap_or_default();
                assert!(
                    (self.last..=now).contains(&attempts),
                    "{attempts} is not between {} and {now}",
                    self.last
                );
                self.last = attempts;
            }
            Some(Change::Gap(_)) => {}
            other => panic!("{other:?}"),
        }
    }
}

async fn run(mode: MessageMode, seed: u64, count: usize) {
    let rng = &mut Rng::with_seed(seed);
    logs::listen();
    logs::secret(PASSWORD);
    let server = MockServer::builder().user("agent", PASSWORD);
    let server = server.kept_requests(10).start().await.unwrap();
    let control = server.control();
    let callback = control.create_callback(Callback::new("+1317", "Invoice"));
    let alive = || Handle::current().metrics().num_alive_tasks();
    let before = alive();
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .message_mode(mode)
        .poll_interval(Duration::from_millis(2))
        .backoff(Duration::from_millis(1), Duration::from_millis(10))
        .request_timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let credentials = || Credentials::password("agent", PASSWORD);
    let session = client.connect(credentials()).await.unwrap();
    let watch = session.watch_callback(&callback).await.unwrap();
    let mut steady = Steady {
        session,
        watch,
        last: 0,
    };
    let mut used: Vec<Used> = Vec::new();
    let mut attempts = 0;
    for _ in 0..count {
        if rng.u8(..4) == 0 {
            let sessions = control.sessions();
            if !sessions.is_empty() {
                trouble(&control, &sessions, rng);
            }
        }
        if rng.u8(..4) == 0 {
            attempts += 1;
            control.change(&callback, |callback| callback.attempts = Some(attempts));
        }
        match rng.u8(..8) {
            0 if used.len() < 3 => {
                let made = cut(rng, client.connect(credentials())).await;
                used.extend(made.and_then(Result::ok).map(|session| Used {
                    session,
                    watches: Vec::new(),
                    left: rng.usize(..LIFE),
                }));
            }
            1 => drop(cut(rng, client.call(GetVersion::builder().build())).await),
            2 | 3 => steady.read(rng, attempts).await,
            _ if !used.is_empty() => {
                let at = rng.usize(..used.len());
                act(&mut used[at], &callback, rng).await;
                used[at].left = used[at].left.saturating_sub(1);
                if used[at].left == 0 {
                    end(used.swap_remove(at), rng).await;
                }
            }
            _ => {}
        }
    }
    control.clear_faults();
    for used in used {
        end(used, rng).await;
    }

    let settled = async {
        while steady.last != attempts || !steady.watch.is_current() {
            steady.read(rng, attempts).await;
        }
    };
    timeout(PATIENCE, settled)
        .await
        .expect("it does not become true");
    let own = steady.session.id();
    until("sessions are left", || {
        let left = control.sessions();
        (left != [own.clone()]).then(|| format!("{left:?}, not {own} alone"))
    })
    .await;
    steady.session.disconnect().await.unwrap();
    drop((steady, client));
    until("tasks are left", || {
        let now = alive();
        (now > before).then(|| format!("{now}, and {before} before"))
    })
    .await;
    assert_eq!(control.sessions(), [""; 0]);
}

/// Waits until nothing is wrong.
async fn until(what: &str, wrong: impl Fn() -> Option<String>) {
    let wait = async {
        while wrong().is_some() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    if timeout(PATIENCE / 4, wait).await.is_err() {
        panic!("{what}: {:?}", wrong());
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test]
async fn futures_that_are_dropped_anywhere_leave_nothing_behind() {
    let count = number("CANCELLED");
    // A long run is another one each time; this tells how to do it again.
    let another = || count.map_or(1, |_| fastrand::u64(..));
    let seed = number("SEED").unwrap_or_else(another);
    let count = count.unwrap_or(600);
    println!("SEED={seed} CANCELLED={count}");
    for mode in [MessageMode::Auto, MessageMode::Polling] {
        run(mode, seed, count as usize).await;
    }
}
