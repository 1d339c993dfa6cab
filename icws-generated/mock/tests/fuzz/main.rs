//! Requests that are damaged in all kinds of ways, over a raw socket. After each of them
//! the server answers a good one, and nothing has panicked.
//!
//! ```text
//! FUZZ_SECONDS=3600 cargo test --release -p icws-mock --test fuzz -- --ignored --nocapture
//! ```
//!
//! `FUZZ_SEED` begins elsewhere. What went before a failure is in `target/tmp`.

mod damage;
mod requests;
#[allow(dead_code)]
#[path = "../../../tests/follow/values.rs"]
mod values;

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;
use icws_mock::{Control, MockServer, Scenario};
use icws_spec::{Model, ModelSource};

use requests::{Case, Requests, Session};

/// Far longer than any request takes, also on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(200);
/// How long the server waits for what does not come.
const REQUEST_TIME: Duration = Duration::from_millis(50);
/// So many requests go to one server: its world grows with them.
const ROUND: usize = 5_000;
/// So many requests are kept for those who look at a failure.
const KEPT: usize = 50;

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users: [{ count: 4, id: 'agent{n}', password: secret, workgroups: [Sales, Support] }]
interactions:
  - { count: 4, workgroup: Sales, remote: '+1{n}', name: 'Caller {n}' }
  - { id: '7001', workgroup: Support, medium: Chat, name: Ada }
callbacks: [{ workgroup: Sales, target: '+1317', subject: Invoice }]
";

static PANICS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn damaged_requests_harm_nobody() {
    fuzz(given("FUZZ_SEED").unwrap_or(1), Duration::from_secs(3));
}

#[test]
#[ignore = "takes an hour"]
fn damaged_requests_harm_nobody_for_long() {
    let seconds = given("FUZZ_SECONDS").unwrap_or(3600);
    let seed = given("FUZZ_SEED").unwrap_or_else(|| fastrand::u64(..));
    fuzz(seed, Duration::from_secs(seconds));
}

fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn fuzz(seed: u64, time: Duration) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        before(panic);
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }.worker_threads(1).enable_all().build().unwrap();
    let model = Model::load(ModelSource::Shipped).unwrap();
    let mut rng = Rng::with_seed(seed);
    let (start, mut count) = (Instant::now(), 0);
    let mut kept: VecDeque<Case> = VecDeque::new();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    while start.elapsed() < time {
        let scenario: Scenario = WORLD.parse().unwrap();
        let server = MockServer::builder()
            .world(scenario)
            .request_time(REQUEST_TIME)
            .body_limit(1 << 20);
        let server = runtime.block_on(server.start()).unwrap();
        let (address, control) = (server.address(), server.control());
        let mut session = connect(address);
        for _ in 0..ROUND {
            if start.elapsed() >= time {
                break;
            }
            let case = Requests::new(model.api(), &control, &mut rng).case(&session);
            kept.push_back(case.clone());
            if kept.len() > KEPT {
                kept.pop_front();
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let status = run(address, &case);
                check(address, &control, &mut session);
                status
            }));
            let Ok(status) = outcome else {
                let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-requests.txt");
                let all: Vec<u8> = kept.iter().flat_map(Case::shown).collect();
                fs::write(&file, all).unwrap();
                panic!("seed {seed}, request {count}: the last ones are in {file:?}");
            };
            *statuses.entry(status).or_default() += 1;
            count += 1;
        }
        runtime.block_on(server.stop());
    }
    eprintln!("{count} requests, seed {seed}; answers: {statuses:?}");
}

/// Sends what is to be sent, and checks what comes back, if that was sound. The status of
/// the first response; empty when there is none.
fn run(address: SocketAddr, case: &Case) -> String {
    let start = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    for piece in &case.pieces {
        // The server may have closed the connection by then.
        if stream.write_all(piece).is_err() {
            break;
        }
    }
    if case.leaves {
        return String::new();
    }
    if case.half_closes {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                panic!("the server neither answers nor closes: {answer:?}")
            }
            // A reset is one of the ways in which a connection ends.
            Err(_) => break,
        }
        // A stream of events has no end of its own.
        let is_stream = String::from_utf8_lossy(&answer).contains("text/event-stream");
        if is_stream && !case.half_closes {
            break;
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    // Otherwise the server may have given up waiting for it.
    if case.is_sound && start.elapsed() < REQUEST_TIME {
        assert!(answer.starts_with("HTTP/1.1 "), "no answer: {answer:?}");
    }
    let is_failure = answer.starts_with("HTTP/1.1 5") && !answer.starts_with("HTTP/1.1 501");
    assert!(!is_failure || case.is_of_control(), "{answer}");
    answer.get(9..12).unwrap_or_default().to_owned()
}

/// Nothing has panicked, and the server goes on.
fn check(address: SocketAddr, control: &Control, session: &mut Session) {
    assert_eq!(PANICS.load(Ordering::SeqCst), 0, "a panic");
    control.clear_faults();
    let (status, _) = exchange(address, "GET /icws/connection/version", "", "");
    assert_eq!(status, 200);
    if control.sessions().contains(&session.id) {
        let line = format!("GET /icws/{}/messaging/messages", session.id);
        let (status, answer) = exchange(address, &line, &session.headers(), "");
        // A request whose client has left can end the session as late as this.
        let has_ended = !control.sessions().contains(&session.id);
        assert!(status == 200 || has_ended, "{answer}");
    } else {
        // A request can take the user away, too.
        let (table, user) = ("configuration/users", "agent1");
        if control.item(table, user).is_none() {
            control.put(table, user, serde_json::json!({}));
        }
        *session = connect(address);
    }
}

fn connect(address: SocketAddr) -> Session {
    let body = r#"{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings",
        "applicationName":"fuzz","userID":"agent1","password":"secret"}"#;
    let language = "Accept-Language: en-us\r\n";
    let (status, answer) = exchange(address, "POST /icws/connection", language, body);
    assert_eq!(status, 201, "{answer}");
    let between = |start: &str, end: &str| {
        let (_, rest) = answer.split_once(start).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    Session {
        id: between("\"sessionId\":\"", "\""),
        token: between("\"csrfToken\":\"", "\""),
        cookie: between("set-cookie: ", ";"),
    }
}

/// Sends a good request; the status and all of the response. On a machine with much to do
/// the request itself can take longer than the server waits for one, which then closes the
/// connection: it is sent again.
fn exchange(address: SocketAddr, line: &str, headers: &str, body: &str) -> (u16, String) {
    loop {
        let start = Instant::now();
        let (status, answer) = exchange_once(address, line, headers, body);
        let is_given_up = answer.is_empty() || status == 408;
        if !is_given_up || start.elapsed() < REQUEST_TIME {
            return (status, answer);
        }
    }
}

fn exchange_once(address: SocketAddr, line: &str, headers: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\
         Content-Length: {length}\r\n\r\n{body}"
    );
    // The server may have closed the connection by then.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    assert!(
        !matches!(&end, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock),
        "the server neither answers nor closes"
    );
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.unwrap_or_default(), answer)
}
