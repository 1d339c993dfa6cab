//! A thousand sessions with ten callbacks each, in one process with the mock
//! server, which has a thread of its own.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use futures::StreamExt;
use icws_generated::client::{Change, Client, Credentials, MessageMode, Session};
use icws_mock::{Callback, Control, MockServer};

use crate::thread_time;

const SESSIONS: usize = 1_000;
const CALLBACKS: usize = 10;
/// Changes per second, all callbacks together, and for how long.
const CHANGES: u32 = 1_000;
const SECONDS: u32 = 20;
/// How many sessions are made at a time.
const AT_A_TIME: usize = 25;

/// When changes were made, by callback and attempts, and how long they took to
/// arrive.
#[derive(Default)]
struct Log {
    made: Mutex<Vec<Vec<Instant>>>,
    took: Mutex<Vec<Duration>>,
}

pub fn run() -> Result<(), Box<dyn Error>> {
    let (address, control) = mock()?;
    let log = Arc::new(Log::default());
    let mut ids = Vec::new();
    for _ in 0..SESSIONS * CALLBACKS {
        ids.push(control.create_callback(Callback::new("+13175550142", "Invoice")));
    }
    *log.made.lock().unwrap() = vec![vec![Instant::now()]; ids.len()];
    let before = resident();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (wall, cpu) = (Instant::now(), thread_time());
        let sessions = connect(address, &ids, &log).await?;
        println!(
            "{SESSIONS} sessions with {CALLBACKS} watches each: made in {:.1} s, {:.1} s of processor time, {:.0} KiB each, the server's part included",
            wall.elapsed().as_secs_f64(),
            (thread_time() - cpu).as_secs_f64(),
            (resident() - before) / SESSIONS as f64,
        );
        let (wall, cpu) = (Instant::now(), thread_time());
        let changes = std::thread::spawn({
            let log = Arc::clone(&log);
            move || change(&control, &ids, &log)
        });
        while !changes.is_finished() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        // The last changes arrive with the next poll.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let (wall, cpu) = (wall.elapsed(), thread_time() - cpu);
        report(&log, wall, cpu);
        drop(sessions);
        Ok(())
    })
}

/// The mock server on a thread of its own.
fn mock() -> Result<(SocketAddr, Control), Box<dyn Error>> {
    let (sender, receiver) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            let server = MockServer::builder().kept_requests(0).start().await.unwrap();
            sender.send((server.address(), server.control())).unwrap();
            std::future::pending::<()>().await;
        });
    });
    Ok(receiver.recv()?)
}

async fn connect(
    address: SocketAddr,
    ids: &[String],
    log: &Arc<Log>,
) -> Result<Vec<Session>, Box<dyn Error>> {
    let client = Client::builder()
        .plain_http()
        .host(address.to_string())
        .message_mode(MessageMode::Polling)
        .build()?;
    let sessions = ids.chunks(CALLBACKS).enumerate().map(|(number, ids)| {
        let (client, log) = (client.clone(), Arc::clone(log));
        async move {
            let session = client.connect(Credentials::password("agent", "secret")).await?;
            for (index, id) in ids.iter().enumerate() {
                let mut watch = session.watch_callback(id).await?;
                let log = Arc::clone(&log);
                tokio::spawn(async move {
                    while let Some(change) = watch.next().await {
                        if let Change::Update { state, .. } = change {
                            let now = Instant::now();
                            let version = state.attempts.unwrap_or_default() as usize;
                            let made = log.made.lock().unwrap()[number * CALLBACKS + index][version];
                            log.took.lock().unwrap().push(now - made);
                        }
                    }
                });
            }
            Ok::<_, icws_generated::client::ClientError>(session)
        }
    });
    let made: Vec<_> = futures::stream::iter(sessions).buffer_unordered(AT_A_TIME).collect().await;
    Ok(made.into_iter().collect::<Result<_, _>>()?)
}

/// Changes callbacks one after the other, evenly.
fn change(control: &Control, ids: &[String], log: &Log) {
    let start = Instant::now();
    for number in 0..CHANGES * SECONDS {
        let index = number as usize * 7919 % ids.len();
        log.made.lock().unwrap()[index].push(Instant::now());
        control.change(&ids[index], |state| {
            state.attempts = state.attempts.map(|attempts| attempts + 1);
        });
        let due = start + Duration::from_secs(1) * number / CHANGES;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

fn report(log: &Log, wall: Duration, cpu: Duration) {
    let mut took = log.took.lock().unwrap();
    took.sort();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).copied().unwrap_or_default();
    let polls = SESSIONS as f64 * wall.as_secs_f64();
    println!(
        "polling each second while {CHANGES} callbacks change per second: {:.0} µs of processor time per poll, {:.0} % of one processor",
        cpu.as_secs_f64() / polls * 1e6,
        cpu.as_secs_f64() / wall.as_secs_f64() * 100.0,
    );
    println!(
        "{} of {} changes arrived, half of them within {:.2} s, 99 % within {:.2} s",
        took.len(),
        CHANGES * SECONDS,
        at(0.5).as_secs_f64(),
        at(0.99).as_secs_f64(),
    );
}

/// Memory of the process in KiB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or_default()
}
