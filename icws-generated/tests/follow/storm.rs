//! All subscriptions over HTTP against the world of the mock: changes by its control
//! and by operations, and whatever can go wrong. No watch takes for true what never
//! was, and in the end each of them knows what there is.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fastrand::Rng;
use icws_generated::client::{Client, ClientError, Credentials, Session};
use icws_mock::{Control, MockServer, Scenario};
use icws_spec::api::RecordId;
use serde_json::Value;
use tokio::time::sleep;

use crate::chance::{body, change, restore, send, trouble};
use crate::history::{Events, History};
use crate::instance::Kind;
use crate::logs;
use crate::operate;
use crate::truth::{PATIENCE, Watched, learn, settle};

/// As many users as there are sessions.
fn world(users: usize) -> Scenario {
    let world = WORLD.replace("USERS", &users.to_string());
    world.parse().unwrap()
}

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users:
  - { count: USERS, id: 'agent{n}', password: secret, workgroups: [Sales, Support] }
  - { id: visitor }
stations: [{ id: desk }, { count: 3, id: 's{n}' }]
interactions:
  - { count: 4, workgroup: Sales, remote: '+1{n}', name: 'Caller {n}' }
  - { id: '7001', workgroup: Support, medium: Chat, name: Ada }
callbacks:
  - { workgroup: Sales, target: '+1317', subject: Invoice }
";

fn key(kind: &Kind<'_>, control: &Control) -> String {
    match kind.listed.id {
        "interactions.callback.subscribe" => control.callbacks()[0].interaction_id.clone(),
        id if id.starts_with("interactions.") => "7001".to_owned(),
        _ => "s 1/ü".to_owned(),
    }
}

/// All watches of a server, and what is true of them.
pub struct Storm<'a> {
    /// Ends with this.
    #[allow(dead_code)]
    server: MockServer,
    pub control: Control,
    pub sessions: Vec<Session>,
    pub all: Vec<Watched<'a>>,
    pub rng: Rng,
}

/// So many sessions, so that messages which belong to all subscriptions of their type
/// can be told apart.
const SESSIONS: usize = 4;

impl<'a> Storm<'a> {
    /// A server and sessions with it that watch nothing yet.
    pub async fn new(messaging: u32, seed: u64, sessions: usize) -> Self {
        let server = MockServer::builder()
            .world(world(sessions))
            .features([("messaging", messaging)])
            .kept_requests(100)
            .kept_sessions(10);
        let server = server.start().await.unwrap();
        let client = Client::builder()
            .plain_http()
            .host(server.address().to_string())
            .backoff(Duration::from_millis(5), Duration::from_millis(50))
            .build()
            .unwrap();
        let mut all = Vec::new();
        for number in 1..=sessions {
            let credentials = Credentials::password(format!("agent{number}"), "secret");
            all.push(client.connect(credentials).await.unwrap());
        }
        Storm {
            control: server.control(),
            server,
            sessions: all,
            all: Vec::new(),
            rng: Rng::with_seed(seed),
        }
    }

    /// Watches a subscription of a session, if it can be told from those that are
    /// watched already.
    pub async fn watch(&mut self, kind: &'a Kind<'a>, session: usize) -> Result<(), ClientError> {
        let control = &self.control;
        let (key, body) = (key(kind, control), body(kind, &mut self.rng));
        let live = (kind.listed.connect)(&self.sessions[session], &key, body.as_ref()).await?;
        let mut watched = Watched {
            kind,
            key,
            body: body.unwrap_or_default(),
            user: format!("agent{}", session + 1),
            session,
            live,
            truths: vec![HashMap::new(); kind.records.len()],
            step: 0,
            last: Arc::new([]),
            history: History::default(),
            events: Events::default(),
        };
        // The body as the client sends it.
        if !watched.body.is_null() {
            watched.body = sent(control, kind.listed.id);
        }
        learn(std::slice::from_mut(&mut watched), control);
        self.all.push(watched);
        Ok(())
    }

    /// Changes something by the control, or by an operation; whether it was one that
    /// was done, or why it was refused.
    ///
    /// What is true before an operation was learned after the change before it: streams
    /// are faster than its response.
    pub async fn change(&mut self) -> Option<Result<(), String>> {
        let rng = &mut self.rng;
        let outcome = if rng.bool() {
            let watched = &self.all[rng.usize(..self.all.len())];
            let (kind, user) = (watched.kind, watched.user.clone());
            match kind.records.is_empty() {
                true => self.tell(kind),
                false => change(&self.control, kind, &user, rng),
            }
            None
        } else {
            let operation = operate::any(self.all[0].kind.api, &self.control, rng);
            let session = &self.sessions[rng.usize(..self.sessions.len())];
            // Where a fault hits it nobody knows what was done.
            let outcome = operation.run(session).await;
            Some(outcome.map_err(|error| format!("{}: {error}", operation.id)))
        };
        learn(&mut self.all, &self.control);
        outcome
    }

    /// Sends an event to all who watch a subscription without a state.
    fn tell(&mut self, kind: &Kind<'_>) {
        let all = self.all.iter_mut();
        let own = all.filter(|watched| watched.kind.listed.id == kind.listed.id);
        let mut sent = None;
        for watched in own {
            sent = Some((watched.events.next(), watched.key.clone()));
        }
        if let Some((number, key)) = sent {
            send(&self.control, kind, &key, number);
        }
    }

    /// Something goes wrong; how many sessions have lost messages by it for sure.
    pub fn trouble(&mut self, kinds: &[Kind<'_>]) -> usize {
        let all = self.all.iter();
        let before: Vec<_> = all.map(|w| (w.position(), w.step)).collect();
        let ids = self.sessions.iter().map(Session::id);
        let ids: Vec<String> = ids.collect();
        let lost = trouble(&self.control, kinds, &ids, &mut self.rng);
        learn(&mut self.all, &self.control);
        for (watched, (at, step)) in self.all.iter_mut().zip(before) {
            if lost.contains(&watched.session) {
                watched.history.lose(at, step);
            }
        }
        lost.len()
    }

    /// Waits until all stores have what there is, and nothing was told that never was.
    pub async fn check(&mut self) {
        self.control.clear_faults();
        restore(&self.control);
        learn(&mut self.all, &self.control);
        for watched in &self.all {
            settle(watched).await;
        }
        // What has no state tells that it is watched by an event.
        for index in 0..self.all.len() {
            if self.all[index].kind.records.is_empty() {
                self.hear(index).await;
            }
        }
        for watched in &mut self.all {
            watched.check_heard();
            let heard = watched.live.heard.lock().unwrap();
            assert!(!heard.has_ended, "{} has ended", watched.kind.listed.id);
        }
    }

    /// Sends events until the watch of a subscription without a state hears the last one.
    async fn hear(&mut self, index: usize) {
        let start = Instant::now();
        let kind = self.all[index].kind;
        loop {
            self.tell(kind);
            sleep(Duration::from_millis(20)).await;
            let watched = &mut self.all[index];
            let before = watched.events.came;
            watched.check_heard();
            if watched.events.came > before {
                return;
            }
            let id = kind.listed.id;
            assert!(start.elapsed() < PATIENCE, "{id}: no event comes");
        }
    }

    /// How many gaps were told.
    pub fn gaps(&self) -> usize {
        let gaps = self.all.iter();
        gaps.map(|watched| watched.live.heard.lock().unwrap().gaps.len())
            .sum()
    }
}

impl Drop for Storm<'_> {
    /// Only now the sessions of the last requests are known.
    fn drop(&mut self) {
        for request in self.control.requests() {
            logs::secrets_of(&request.headers);
        }
    }
}

/// Runs a storm of so many changes. What is logged in a short one is held against the
/// tokens and cookies of its sessions; what is logged in a long one is too much to keep.
pub async fn storm(kinds: &[Kind<'_>], messaging: u32, seed: u64, changes: u64, progress: bool) {
    if !progress {
        logs::listen();
    }
    let mut storm = Storm::new(messaging, seed, SESSIONS).await;
    let mut used: BTreeMap<RecordId, usize> = BTreeMap::new();
    for kind in kinds {
        let mut number = 0;
        for message in &kind.facts.messages {
            let count = used.entry(message.record).or_default();
            number = number.max(*count);
            *count += 1;
        }
        let watched = storm.watch(kind, number).await;
        watched.unwrap_or_else(|error| panic!("{}: {error}", kind.listed.id));
    }
    let start = Instant::now();
    let (mut done, mut lost, mut refused) = (0, 0, BTreeMap::<String, u64>::new());
    for step in 0..changes {
        match storm.change().await {
            Some(Ok(())) => done += 1,
            Some(Err(error)) => *refused.entry(error).or_default() += 1,
            None => {}
        }
        let rng = &mut storm.rng;
        if rng.u8(..10) == 0 {
            lost += storm.trouble(kinds);
        }
        let rng = &mut storm.rng;
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
        eprintln!("\n{done} operations done, {lost} sessions lost, refused {refused:#?}");
    }
    assert!(done > changes / 4, "{done} of {changes}; {refused:#?}");
    storm.check().await;
    assert!(lost > 0 && storm.gaps() > 0, "nothing went wrong");
}

/// The body of the last request of an operation.
fn sent(control: &Control, operation: &str) -> Value {
    let mut requests = control.requests().into_iter();
    let last = requests.rfind(|request| request.operation.as_deref() == Some(operation));
    serde_json::from_slice(&last.unwrap().body).unwrap_or_default()
}
