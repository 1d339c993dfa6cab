//! The client for long: ten sessions that watch everything, and something goes wrong
//! every two seconds. Nothing is lost, memory does not grow, and no session stays on the
//! server.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use icws_generated::client::ClientError;
use tokio::time::sleep;

use crate::chance::trouble;
use crate::instance::Kind;
use crate::storm::Storm;
use crate::truth::learn;

const SESSIONS: usize = 10;
/// How long changes go on until everything has to be as on the server.
const ROUND: Duration = Duration::from_secs(60);
const TROUBLE: Duration = Duration::from_secs(2);
/// Calls in the world beyond which some are hung up.
const CALLS: usize = 12;

pub async fn soak(kinds: &[Kind<'_>], seed: u64, lasting: Duration) {
    let mut storm = Storm::new(2, seed, SESSIONS).await;
    for session in 0..SESSIONS {
        // Not the same ones are left out where two cannot be told apart.
        let first = session * kinds.len() / SESSIONS;
        for kind in kinds[first..].iter().chain(&kinds[..first]) {
            match storm.watch(kind, session).await {
                Ok(()) | Err(ClientError::Conflict(_)) => {}
                Err(error) => panic!("{}: {error}", kind.listed.id),
            }
        }
    }
    println!("{} watches in {SESSIONS} sessions", storm.all.len());
    let start = Instant::now();
    let (mut changes, mut troubles, mut gaps) = (0, 0, 0);
    let mut sizes = Vec::new();
    while start.elapsed() < lasting {
        let round = Instant::now();
        let mut last = round;
        while round.elapsed() < ROUND {
            storm.change().await;
            changes += 1;
            if last.elapsed() >= TROUBLE {
                trouble(&storm.control, kinds, &mut storm.rng);
                (last, troubles) = (Instant::now(), troubles + 1);
                gaps += told(&storm);
            }
            sleep(Duration::from_millis(5)).await;
        }
        tidy(&mut storm).await;
        gaps += told(&storm);
        for watched in &mut storm.all {
            watched.truths.iter_mut().for_each(HashSet::clear);
        }
        learn(&mut storm.all, &storm.control);
        sizes.push(resident());
        println!(
            "{:5} s, {changes} changes, {troubles} troubles, {gaps} gaps, {} KiB",
            start.elapsed().as_secs(),
            sizes.last().unwrap() / 1024
        );
    }
    storm.check().await;
    assert!(gaps > 0, "nothing went wrong");
    for session in &storm.sessions {
        session.disconnect().await.unwrap();
    }
    let left = storm.control.sessions();
    assert!(left.is_empty(), "{left:?} were left on the server");
    // What is allocated at the start is not the measure.
    let (settled, last) = (sizes[sizes.len() / 4], sizes[sizes.len() - 1]);
    assert!(
        last * 100 <= settled * 105,
        "memory has grown from {settled} to {last} bytes"
    );
}

/// Has the world stay as large as it is.
async fn tidy(storm: &mut Storm<'_>) {
    let calls = storm.control.items("interactions").into_keys();
    let calls: Vec<String> = calls.collect();
    let callback = storm.control.callbacks().swap_remove(0).interaction_id;
    for id in calls.iter().rev().skip(CALLS) {
        // Those two are watched.
        if id != "7001" && *id != callback {
            storm.control.hang_up(id);
            learn(&mut storm.all, &storm.control);
        }
    }
    storm.check().await;
}

/// What was told was true; how many gaps were.
fn told(storm: &Storm<'_>) -> usize {
    let all = storm.all.iter();
    all.map(|watched| {
        watched.check_heard();
        let mut heard = watched.live.heard.lock().unwrap();
        std::mem::take(&mut heard.gaps).len()
    })
    .sum()
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = pages
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4096
}
