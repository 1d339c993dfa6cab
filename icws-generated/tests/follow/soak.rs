//! The client for long: ten sessions that watch everything, and something goes wrong
//! every two seconds. Nothing is lost, memory does not grow, and no session stays on the
//! server.

use std::alloc::System;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use cap::Cap;
use icws_generated::client::ClientError;
use serde_json::json;
use tokio::time::sleep;

use crate::chance::change;
use crate::instance::Kind;
use crate::storm::Storm;
use crate::truth::{learn, settle};

/// Counts the bytes that are in use. What the allocator keeps of those that are not is
/// in the memory of the process besides.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

const SESSIONS: usize = 10;
/// How long changes go on until everything has to be as on the server.
const ROUND: Duration = Duration::from_secs(60);
const TROUBLE: Duration = Duration::from_secs(2);
/// Changes of each subscription before the time begins.
const CHANGES: usize = 40;
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
    fill(&mut storm, kinds).await;
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
                storm.trouble(kinds);
                (last, troubles) = (Instant::now(), troubles + 1);
                gaps += told(&mut storm);
            }
            sleep(Duration::from_millis(5)).await;
        }
        tidy(&mut storm).await;
        gaps += told(&mut storm);
        for watched in &mut storm.all {
            // All that was lost has been told.
            watched.truths.fill_with(HashMap::new);
        }
        learn(&mut storm.all, &storm.control);
        let size = Size::now();
        println!(
            "{:5} s, {changes} changes, {troubles} troubles, {gaps} gaps, {} KiB in use, {} KiB resident",
            start.elapsed().as_secs(),
            size.used / 1024,
            size.resident / 1024
        );
        sizes.push(size);
    }
    storm.check().await;
    assert!(gaps > 0, "nothing went wrong");
    for session in &storm.sessions {
        session.disconnect().await.unwrap();
    }
    let left = storm.control.sessions();
    assert!(left.is_empty(), "{left:?} were left on the server");
    flat("used", sizes.iter().map(|size| size.used).collect());
    flat("resident", sizes.iter().map(|size| size.resident).collect());
}

/// In the last quarter of the time there was as much as in the second. What is allocated
/// in the first is not the measure.
fn flat(what: &str, sizes: Vec<u64>) {
    let quarter = (sizes.len() / 4).max(1);
    let of = |quarter: &[u64]| quarter.iter().sum::<u64>() / quarter.len() as u64;
    let (settled, last) = (
        of(sizes.chunks(quarter).nth(1).unwrap_or(&sizes)),
        of(sizes.rchunks(quarter).next().unwrap_or(&sizes)),
    );
    println!("{what}: {settled}, then {last} bytes");
    assert!(
        last * 100 <= settled * 105,
        "{what} memory has grown from {settled} to {last} bytes: {sizes:?}"
    );
}

/// Lets so much happen that the world is as full as changes by chance make it: what they
/// add is no growth.
async fn fill(storm: &mut Storm<'_>, kinds: &[Kind<'_>]) {
    for kind in kinds {
        for _ in 0..CHANGES {
            change(&storm.control, kind, "agent1", &mut storm.rng);
        }
    }
    learn(&mut storm.all, &storm.control);
    for watched in &storm.all {
        settle(watched).await;
        // What was true in between nobody has learned.
        watched.live.heard.lock().unwrap().log.clear();
    }
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
    // What was written is told to all ten for as long as the chat lasts.
    storm.control.change_item("interactions", "7001", |chat| {
        chat["chat"]["texts"] = json!([])
    });
    storm.check().await;
}

/// What was told was true; how many gaps were.
fn told(storm: &mut Storm<'_>) -> usize {
    let all = storm.all.iter_mut();
    all.map(|watched| {
        watched.check_heard();
        let mut heard = watched.live.heard.lock().unwrap();
        std::mem::take(&mut heard.gaps).len()
    })
    .sum()
}

/// How much memory there is, in bytes.
struct Size {
    used: u64,
    /// What the process has, with what its allocator keeps.
    resident: u64,
}

impl Size {
    fn now() -> Self {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages = pages
            .split(' ')
            .nth(1)
            .and_then(|pages| pages.parse::<u64>().ok());
        Size {
            used: ALLOCATOR.allocated() as u64,
            resident: pages.unwrap_or_default() * 4096,
        }
    }
}
