//! All subscriptions over HTTP against the world of the mock: changes by its control
//! and by operations, and whatever can go wrong. No watch takes for true what never
//! was, and in the end each of them knows what there is.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use fastrand::Rng;
use icws_generated::client::{Client, Credentials, Session};
use icws_mock::{Control, MockServer, Scenario};
use icws_spec::api::{Location, RecordId};
use serde_json::Value;
use tokio::time::sleep;

use crate::chance::{body, change, trouble};
use crate::instance::Kind;
use crate::live::Live;
use crate::operate;
use crate::rules;
use crate::values::on_wire;
use crate::world::World;

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users:
  - { count: 4, id: 'agent{n}', password: secret, workgroups: [Sales, Support] }
interactions:
  - { count: 4, workgroup: Sales, remote: '+1{n}', name: 'Caller {n}' }
  - { id: '7001', workgroup: Support, medium: Chat, name: Ada }
callbacks:
  - { workgroup: Sales, target: '+1317', subject: Invoice }
";

/// Long enough for a machine with much to do. Nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// A subscription that is watched.
struct Watched<'a> {
    kind: &'a Kind<'a>,
    key: String,
    body: Value,
    user: String,
    live: Live,
    /// What was true of each of its states, in the form in which two are compared.
    truths: Vec<HashSet<String>>,
    last: Vec<Value>,
}

impl Watched<'_> {
    fn normal(&self, record: RecordId, state: &Value) -> Value {
        let api = self.kind.api;
        let omitted = World::omitted(api, record);
        let mut normal = rules::normal(api, &api[record], &omitted, &on_wire(state));
        // Full messages say what they are.
        normal.as_object_mut().unwrap().remove("__type");
        normal
    }

    /// Learns what is true now.
    fn learn(&mut self, control: &Control) {
        let given = self.kind.start.given();
        let in_path = given.filter(|(_, parameter)| parameter.location == Location::Path);
        let path = vec![self.key.as_str(); in_path.count()];
        let id = self.kind.listed.id;
        let full = control.full(id, &path, self.body.clone(), &self.user);
        let records = &self.kind.records;
        assert_eq!(full.len(), records.len(), "{id}: {full:?}");
        let all = records.iter().zip(&full);
        let all: Vec<Value> = all
            .map(|(record, state)| self.normal(*record, state))
            .collect();
        for (truths, state) in self.truths.iter_mut().zip(&all) {
            truths.insert(state.to_string());
        }
        self.last = all;
    }

    /// What the store knows, in the form of [`Watched::last`].
    fn known(&self) -> Option<Vec<Value>> {
        let current = self.live.current()?;
        let all = self.kind.records.iter().zip(&current);
        Some(
            all.map(|(record, state)| self.normal(*record, state))
                .collect(),
        )
    }

    fn check_heard(&self) {
        let heard = self.live.heard.lock().unwrap();
        for states in &heard.states {
            let parts = self.kind.records.iter().zip(states).zip(&self.truths);
            for ((record, state), truths) in parts {
                let state = self.normal(*record, state);
                let text = state.to_string();
                assert!(
                    truths.contains(&text),
                    "{}: never true: {text}",
                    self.kind.listed.id
                );
            }
        }
    }
}

fn key(kind: &Kind<'_>, control: &Control) -> String {
    match kind.listed.id {
        "interactions.callback.subscribe" => control.callbacks()[0].interaction_id.clone(),
        id if id.starts_with("interactions.") => "7001".to_owned(),
        _ => "s 1/ü".to_owned(),
    }
}

/// So many sessions, so that messages which belong to all subscriptions of their type
/// can be told apart.
const SESSIONS: usize = 4;

async fn sessions(server: &MockServer) -> Vec<Session> {
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .build()
        .unwrap();
    let mut sessions = Vec::new();
    for number in 1..=SESSIONS {
        let credentials = Credentials::password(format!("agent{number}"), "secret");
        sessions.push(client.connect(credentials).await.unwrap());
    }
    sessions
}

/// Runs a storm of so many changes.
pub async fn storm(kinds: &[Kind<'_>], messaging: u32, seed: u64, changes: u64, progress: bool) {
    let scenario: Scenario = WORLD.parse().unwrap();
    let server = MockServer::builder()
        .world(scenario)
        .features([("messaging", messaging)]);
    let server = server.start().await.unwrap();
    let control = server.control();
    let sessions = sessions(&server).await;
    let mut rng = Rng::with_seed(seed);
    let mut used: BTreeMap<RecordId, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for kind in kinds {
        let mut number = 0;
        for message in &kind.facts.messages {
            let count = used.entry(message.record).or_default();
            number = number.max(*count);
            *count += 1;
        }
        let (key, body) = (key(kind, &control), body(kind, &mut rng));
        let live = (kind.listed.connect)(&sessions[number], &key, body.as_ref()).await;
        let live = live.unwrap_or_else(|error| panic!("{}: {error}", kind.listed.id));
        let mut watched = Watched {
            kind,
            key,
            body: body.unwrap_or_default(),
            user: format!("agent{}", number + 1),
            live,
            truths: vec![HashSet::new(); kind.records.len()],
            last: Vec::new(),
        };
        // The body as the client sends it.
        if !watched.body.is_null() {
            watched.body = sent(&control, kind.listed.id);
        }
        watched.learn(&control);
        all.push(watched);
    }
    let start = Instant::now();
    let (mut done, mut refused) = (0, BTreeMap::<String, u64>::new());
    for step in 0..changes {
        // What is true before an operation was learned after the change before it:
        // streams are faster than its answer.
        if rng.bool() {
            let index = rng.usize(..all.len());
            change(&control, all[index].kind, &all[index].user, &mut rng);
        } else {
            let operation = operate::any(kinds[0].api, &control, &mut rng);
            let session = &sessions[rng.usize(..SESSIONS)];
            // Where a fault hits it nobody knows what was done.
            match operation.run(session).await {
                Ok(()) => done += 1,
                Err(error) => {
                    *refused
                        .entry(format!("{}: {error}", operation.id))
                        .or_default() += 1
                }
            }
        }
        learn(&mut all, &control);
        if rng.u8(..10) == 0 {
            trouble(&control, kinds, &mut rng);
        }
        if rng.u8(..4) == 0 {
            sleep(Duration::from_millis(rng.u64(..8))).await;
        }
        if progress && (step + 1) % (changes / 100).max(1) == 0 {
            let seconds = start.elapsed().as_secs();
            eprint!(
                "\r{:3} % of {changes} changes, {seconds} s",
                100 * (step + 1) / changes
            );
        }
    }
    if progress {
        eprintln!("\n{done} operations done, refused {refused:#?}");
    }
    assert!(done > changes / 4, "{done} of {changes}; {refused:#?}");
    control.clear_faults();
    learn(&mut all, &control);
    for watched in &mut all {
        settle(watched).await;
        watched.check_heard();
        let heard = watched.live.heard.lock().unwrap();
        assert!(!heard.has_ended, "{} has ended", watched.kind.listed.id);
    }
    let gaps: usize = all
        .iter()
        .map(|watched| watched.live.heard.lock().unwrap().gaps.len())
        .sum();
    assert!(gaps > 0, "nothing went wrong");
}

fn learn(all: &mut [Watched<'_>], control: &Control) {
    for watched in all {
        watched.learn(control);
    }
}

/// Waits until the store has what there is.
async fn settle(watched: &Watched<'_>) {
    let start = Instant::now();
    loop {
        let known = watched.known();
        let is_stateless = watched.kind.records.is_empty();
        if is_stateless || known.as_ref() == Some(&watched.last) {
            return;
        }
        let id = watched.kind.listed.id;
        assert!(
            start.elapsed() < PATIENCE,
            "{id}: {known:?}, but true is {:?}; {:?}",
            watched.last,
            watched.live.heard.lock().unwrap().gaps.last()
        );
        sleep(Duration::from_millis(5)).await;
    }
}

/// The body of the last request of an operation.
fn sent(control: &Control, operation: &str) -> Value {
    let mut requests = control.requests().into_iter();
    let last = requests.rfind(|request| request.operation.as_deref() == Some(operation));
    serde_json::from_slice(&last.unwrap().body).unwrap_or_default()
}
