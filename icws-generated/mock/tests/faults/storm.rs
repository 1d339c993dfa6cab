//! A storm of faults: whatever goes wrong, no watch takes a wrong state for
//! true, and in the end all of them are right.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use icws_generated::client::{Change, Client, Credentials, Session};
use icws_generated::interactions::callback::CallbackState;
use icws_mock::{Callback, Control, Fault, MockServer};

use crate::failover::pair;

/// How much happens.
#[derive(Clone, Copy)]
struct Extent {
    changes: usize,
    faults: usize,
    callbacks: usize,
    seed: u64,
    /// The version of `messaging`: 2 for server-sent events, 1 for polling.
    messaging: u32,
    /// Shows how far it is.
    progress: bool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_storm_of_polls() {
    storm(Extent {
        changes: 1_000,
        faults: 100,
        callbacks: 20,
        seed: 1,
        messaging: 1,
        progress: false,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_storm_of_events() {
    storm(Extent {
        changes: 1_000,
        faults: 100,
        callbacks: 20,
        seed: 2,
        messaging: 2,
        progress: false,
    })
    .await;
}

/// `cargo test --test faults --release -- --ignored --nocapture`; the seed can
/// be set by the variable `SEED`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute"]
async fn a_long_storm() {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    for messaging in [1, 2] {
        storm(Extent {
            changes: 10_000,
            faults: 1_000,
            callbacks: 50,
            seed: seed.unwrap_or(4711),
            messaging,
            progress: true,
        })
        .await;
    }
}

/// What was true of each callback, by its attempts: each change raises them by
/// one.
#[derive(Default)]
struct History(Mutex<HashMap<String, Vec<CallbackState>>>);

impl History {
    fn push(&self, state: CallbackState) {
        let mut all = self.0.lock().unwrap();
        all.entry(state.interaction_id.clone())
            .or_default()
            .push(state);
    }

    fn last(&self, id: &str) -> CallbackState {
        self.0.lock().unwrap()[id].last().cloned().unwrap()
    }

    fn assert_true(&self, state: &CallbackState) {
        let version = usize::try_from(state.attempts.unwrap()).unwrap();
        let all = self.0.lock().unwrap();
        assert_eq!(
            *state, all[&state.interaction_id][version],
            "this was never true"
        );
    }
}

/// What a watch says at the moment.
#[derive(Clone, Default)]
struct Known {
    state: Option<CallbackState>,
    current: bool,
    gaps: usize,
    updates: usize,
}

type AllKnown = Arc<Mutex<HashMap<String, Known>>>;

async fn storm(extent: Extent) {
    let servers = pair(&[("messaging", extent.messaging)]).await;
    let controls: Vec<Control> = servers.iter().map(MockServer::control).collect();
    let history = Arc::new(History::default());
    let ids: Vec<String> = (0..extent.callbacks)
        .map(|n| format!("{}", 2_001_000 + n))
        .collect();
    for id in &ids {
        for control in &controls {
            control.create_callback_with_id(id, Callback::new("+13175550142", "Invoice"));
            control.change(id, |state| state.attempts = Some(0));
        }
        history.push(controls[0].callback(id).unwrap());
    }

    let session = connect(&servers).await;
    let known = AllKnown::default();
    for id in &ids {
        tokio::spawn(watch(
            session.clone(),
            id.clone(),
            Arc::clone(&history),
            Arc::clone(&known),
        ));
    }
    until(&ids, &history, &known, "before the storm").await;

    let hosts = ["127.0.0.1", "127.0.0.2"];
    for (index, control) in controls.iter().enumerate() {
        let other = hosts[1 - index].to_owned();
        let faults = vec![
            Fault::DropBeforeRequest,
            Fault::DropBeforeAnswer,
            Fault::DropMidAnswer,
            Fault::TruncateJson,
            Fault::status(500),
            Fault::Unavailable {
                alternates: vec![other],
            },
            Fault::Delay(Duration::from_millis(5)),
            Fault::Delay(Duration::from_millis(400)),
            Fault::ExpireSession,
        ];
        control
            .random_faults(extent.seed + index as u64, 0.1, faults, None)
            .unwrap();
    }
    let changes = rage(extent, &ids, &controls, &history).await;
    for control in &controls {
        control.clear_faults();
    }
    until(&ids, &history, &known, "after the storm").await;
    assert!(session.end().is_none());

    let known = known.lock().unwrap();
    let gaps: usize = known.values().map(|known| known.gaps).sum();
    let updates: usize = known.values().map(|known| known.updates).sum();
    let faults: usize = controls.iter().map(Control::fault_count).sum();
    assert!(gaps > 0 && updates > 0);
    if extent.progress {
        eprintln!(
            "\rseed {}, messaging {}: {} changes, {faults} faults, {gaps} gaps told, {updates} updates seen",
            extent.seed, extent.messaging, changes,
        );
    }
}

/// Changes callbacks while faults happen, until there were enough of both.
async fn rage(extent: Extent, ids: &[String], controls: &[Control], history: &History) -> usize {
    let mut random = fastrand::Rng::with_seed(extent.seed);
    let faults = || controls.iter().map(Control::fault_count).sum::<usize>();
    let mut changes = 0;
    while changes < extent.changes || faults() < extent.faults {
        let id = &ids[random.usize(..ids.len())];
        let mut state = history.last(id);
        state.attempts = state.attempts.map(|attempts| attempts + 1);
        match random.u8(..4) {
            0 => state.snoozed = Some(random.bool()),
            1 => state.name = Some(format!("Ada {}", random.u8(..))),
            2 => state.subject = format!("Invoice {}", random.u16(..)),
            _ => state.max_attempts = Some(random.i32(1..10)),
        }
        history.push(state.clone());
        for control in controls {
            control.change(id, |callback| *callback = state.clone());
        }
        changes += 1;
        // A stream meets the faults of requests only when it is opened.
        if extent.messaging == 2 && random.u8(..) < 8 {
            random.choice(controls).unwrap().break_streams();
        }
        if changes % 5 == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if extent.progress && changes % 100 == 0 {
            eprint!("\r{changes} changes, {} faults", faults());
            let _ = std::io::stderr().flush();
        }
    }
    changes
}

async fn connect(servers: &[MockServer]) -> Session {
    let client = Client::builder()
        .plain_http()
        .hosts(["127.0.0.1", "127.0.0.2"])
        .port(servers[0].address().port())
        .request_timeout(Duration::from_millis(200))
        .poll_interval(Duration::from_millis(2))
        .backoff(Duration::from_millis(1), Duration::from_millis(20))
        .build()
        .unwrap();
    client
        .connect(Credentials::password("agent", "secret"))
        .await
        .unwrap()
}

/// Watches one callback, and holds what it is told against what was true.
async fn watch(session: Session, id: String, history: Arc<History>, known: AllKnown) {
    let mut watch = session.watch_callback(&id).await.unwrap();
    while let Some(change) = watch.next().await {
        let mut all = known.lock().unwrap();
        let known = all.entry(id.clone()).or_default();
        match change {
            Change::Snapshot(state) => {
                history.assert_true(&state);
                *known = Known {
                    state: Some(CallbackState::clone(&state)),
                    current: true,
                    ..known.clone()
                };
            }
            Change::Update { state, .. } => {
                history.assert_true(&state);
                let before = known.state.as_ref().and_then(|state| state.attempts);
                assert!(known.current, "an update between a gap and its snapshot");
                assert!(state.attempts > before, "an update brought nothing new");
                known.state = Some(CallbackState::clone(&state));
                known.updates += 1;
            }
            Change::Gap(_) => {
                known.current = false;
                known.gaps += 1;
            }
            change => panic!("{id}: {change:?}"),
        }
    }
}

/// Waits until all watches know what is true now.
async fn until(ids: &[String], history: &History, known: &AllKnown, when: &str) {
    let is_right = |id: &String| {
        let all = known.lock().unwrap();
        let known = all.get(id).cloned().unwrap_or_default();
        known.current && known.state == Some(history.last(id))
    };
    for _ in 0..3_000 {
        if ids.iter().all(is_right) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let wrong: Vec<&String> = ids.iter().filter(|id| !is_right(id)).collect();
    panic!("{when} these are not right: {wrong:?}");
}
